//! What is canonical is written, read and checked alike, and nothing else passes.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn text(value: &Value) -> String {
    String::from_utf8(canonical(value)).unwrap()
}

#[test]
fn keys_are_sorted_by_their_bytes_and_nothing_is_spaced() {
    let value =
        json!({"b": [1, -2, {"z": null, "a": true}], "a": "x", "\u{e000}": 1, "\u{10000}": 2, "Å": 3, "": 0});
    assert_eq!(
        text(&value),
        "{\"\":0,\"a\":\"x\",\"b\":[1,-2,{\"a\":true,\"z\":null}],\"Å\":3,\"\u{e000}\":1,\"\u{10000}\":2}"
    );
}

#[test]
fn strings_are_escaped_only_where_they_must_be() {
    assert_eq!(
        text(&json!("\"\\/\u{8}\t\n\u{c}\r\u{1}\u{1f}\u{7f}\u{2028}åäö")),
        "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\u{7f}\u{2028}åäö\""
    );
}

#[test]
fn integers_keep_all_their_digits_and_other_numbers_become_text() {
    assert_eq!(
        text(&json!([i64::MIN, u64::MAX, 1.5, 1.0, 1e300])),
        "[-9223372036854775808,18446744073709551615,\"1.5\",\"1.0\",\"1e+300\"]"
    );
}

#[test]
fn other_spellings_are_not_canonical() {
    let bad = [
        "",
        " 1",
        "1 ",
        "01",
        "-0",
        "+1",
        "1.0",
        "1e3",
        "-",
        "18446744073709551616",
        "-9223372036854775809",
        "tru",
        "True",
        "NaN",
        "[1,]",
        "[,1]",
        "[1 ,2]",
        "{\"a\":1,}",
        "{\"a\" :1}",
        "{\"b\":1,\"a\":1}",
        "{\"a\":1,\"a\":1}",
        "{a:1}",
        "\"",
        "\"\\/\"",
        "\"\\u0041\"",
        "\"\\u000A\"",
        "\"\\u000a\"",
        "\"\\u001F\"",
        "\"\\u007f\"",
        "\"\\ud800\"",
        "\"\t\"",
        "\"\\x\"",
        "\"\\",
        "\"\\u00",
        "[1][2]",
        "{\"\\\"\":1,\"!\":2}",
        "'a'",
        "/**/1",
    ];
    for text in bad {
        assert!(check_canonical(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(check_canonical(b"\"\xff\""), Err(NotCanonical { at: 1, what: "UTF-8" }));
}

#[test]
fn escaped_keys_are_ordered_by_what_they_mean() {
    assert_eq!(check_canonical(br##"{"!":1,"\"":2,"#":3}"##), Ok(()));
    assert!(check_canonical(br#"{"\"":1,"!":2}"#).is_err());
}

#[test]
fn nesting_has_a_limit() {
    let nested = |n: usize| [vec![b'['; n], vec![b']'; n]].concat();
    assert_eq!(check_canonical(&nested(DEPTH_MAX)), Ok(()));
    assert!(check_canonical(&nested(DEPTH_MAX + 2)).is_err());
    assert!(check_canonical(&vec![b'['; 1_000_000]).is_err());
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\"\\\\\\x00-\\x20a]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[\"\\\\\\x00-\\x24a-c]{0,3}", inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_passes_and_means_the_same(value in any_value()) {
        let bytes = canonical(&value);
        prop_assert_eq!(check_canonical(&bytes), Ok(()));
        prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
    }

    #[test]
    fn whatever_passes_is_what_would_be_written(value in any_value(), at: prop::sample::Index, bit in 0u8..8) {
        let mut bytes = canonical(&value);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if check_canonical(&bytes).is_ok() {
            let read: Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert_eq!(canonical(&read), bytes);
        }
    }

    #[test]
    fn no_text_makes_the_check_fail_otherwise_than_by_saying_so(bytes: Vec<u8>) {
        if check_canonical(&bytes).is_ok() {
            prop_assert_eq!(canonical(&serde_json::from_slice::<Value>(&bytes).unwrap()), bytes);
        }
    }
}
