//! Hostile and faulty files: refused with a place and a reason.

use super::*;
use crate::archive::hashing::ClaimFault;
use crate::archive::sentence::assert_said;
use proptest::prelude::*;

#[test]
fn every_prefix_of_a_file_is_refused_and_none_panics() {
    let whole = call().to_string();
    for end in 0..whole.len() {
        assert!(parse(&whole.as_bytes()[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn what_is_not_json_names_the_line() {
    let fault = |bytes: &[u8]| parse(bytes).unwrap_err()[0].fault.clone();
    assert!(matches!(fault(b"{\n  nonsense"), Fault::NotJson { line: 2, .. }));
    assert!(matches!(fault(b"{\"uuid\": \"\xFF\xFE\"}"), Fault::NotJson { .. }), "invalid UTF-8");
    assert!(matches!(fault(br#"{"duration": NaN}"#), Fault::NotJson { .. }));
    assert!(matches!(fault(br#"{} {}"#), Fault::NotJson { .. }), "two files in one");
    assert!(matches!(fault(b""), Fault::NotJson { .. }));
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{\"a\":"] {
        let deep = open.repeat(100_000);
        assert_eq!(parse(deep.as_bytes()).unwrap_err(), [Problem::of_file(Fault::TooDeep)]);
    }
}

#[test]
fn a_million_small_values_are_refused_before_they_are_built() {
    let many = format!("[{}0]", "0,".repeat(1_000_000));
    assert_eq!(parse(many.as_bytes()).unwrap_err(), [Problem::of_file(Fault::TooManyValues)]);
}

#[test]
fn s54_a_file_that_is_too_large_is_refused_unread() {
    let huge = vec![b' '; MAX_VCON_BYTES + 1];
    assert_eq!(parse(&huge).unwrap_err(), [Problem::of_file(Fault::FileTooLarge)]);
}

#[test]
fn all_problems_are_reported_at_once_with_their_places() {
    let mut file = call();
    file["uuid"] = json!("not an id");
    file["parties"][0]["name"] = json!(17);
    file["dialog"][0]["duration"] = json!(-1);
    file["dialog"][0]["parties"] = json!([7]);
    let expected = [
        ("uuid", Fault::NotAnId),
        ("parties[0].name", Fault::WrongKind { expected: problem::Kind::Text }),
        ("dialog[0].duration", Fault::DurationOutOfRange),
        ("dialog[0].parties[0]", Fault::NoSuchParty),
    ];
    let expected: Vec<_> = expected.map(|(at, fault)| (at.to_owned(), fault)).into();
    assert_eq!(faults(&file), expected);
}

#[test]
fn no_more_than_a_screenful_of_problems_is_reported() {
    let dialogs = vec![json!({"type": "text", "start": "never"}); 5_000];
    assert_eq!(faults(&with("/dialog", json!(dialogs))).len(), MAX_PROBLEMS);
}

#[test]
fn wrong_kinds_are_refused_at_their_place() {
    for (pointer, at) in [
        ("/parties", "parties"),
        ("/dialog", "dialog"),
        ("/dialog/0", "dialog[0]"),
        ("/dialog/0/start", "dialog[0].start"),
        ("/dialog/0/filename", "dialog[0].filename"),
        ("/parties/0", "parties[0]"),
        ("/analysis", "analysis"),
        ("/attachments", "attachments"),
        ("/uuid", "uuid"),
    ] {
        let found = faults(&with(pointer, json!(true)));
        assert!(
            found.iter().any(|(place, fault)| place == at && matches!(fault, Fault::WrongKind { .. })),
            "{found:?}"
        );
    }
    assert!(read(&json!([1, 2])).is_err());
    assert!(read(&json!("text")).is_err());
}

#[test]
fn texts_and_lists_over_their_limits_are_refused() {
    let long = |chars: usize| json!("å".repeat(chars + 1));
    let limit = |pointer: &str, new: Value| faults(&with(pointer, new))[0].1.clone();
    let limit_chars = MAX_NAME_CHARS;
    assert_eq!(limit("/parties/0/name", long(limit_chars)), Fault::TooLong { limit_chars });
    assert!(read(&with("/parties/0/name", json!("å".repeat(limit_chars)))).is_ok());
    let limit_chars = MAX_ADDRESS_CHARS;
    assert_eq!(limit("/parties/1/tel", long(limit_chars)), Fault::TooLong { limit_chars });
    let party = json!({"name": "x"});
    assert_eq!(limit("/parties", json!(vec![party; MAX_PARTIES + 1])), Fault::TooMany { limit: MAX_PARTIES });
    let attachments = json!(vec![json!({}); MAX_ATTACHMENTS + 1]);
    assert_eq!(limit("/attachments", attachments), Fault::TooMany { limit: MAX_ATTACHMENTS });
    let recordings = json!(vec![call()["dialog"][0].clone(); MAX_RECORDINGS + 1]);
    assert_eq!(limit("/dialog", recordings), Fault::TooMany { limit: MAX_RECORDINGS });
}

#[test]
fn absurd_times_and_lengths_are_refused() {
    let start = |text: &str| faults(&with("/dialog/0/start", json!(text)))[0].1.clone();
    assert_eq!(start("1601-01-01T00:00:00Z"), Fault::TimeOutOfRange);
    assert_eq!(start("2100-01-01T00:00:00Z"), Fault::TimeOutOfRange);
    assert_eq!(start("2026-02-30T00:00:00Z"), Fault::NotATime);
    assert_eq!(start("yesterday"), Fault::NotATime);
    for seconds in [json!(-0.1), json!(1e300), json!(604_801)] {
        assert_eq!(faults(&with("/dialog/0/duration", seconds))[0].1, Fault::DurationOutOfRange);
    }
}

#[test]
fn s54_a_file_name_that_leads_elsewhere_is_refused() {
    for name in ["../secret.mp3", "/etc/passwd", "a\\b.mp3", "C:a.mp3", ".hidden", "a\u{0}.mp3", "a\n.mp3"] {
        let found = read(&with("/dialog/0/filename", json!(name)));
        let safe = found.as_ref().is_ok_and(
            |call| matches!(&call.recordings[0].source, Source::Beside(name) if !name.contains('\0')),
        );
        assert!(found.is_err() || safe, "{name}");
    }
    let fault = faults(&with("/dialog/0/filename", json!("../a.mp3")));
    assert_eq!(fault, [("dialog[0].filename".to_owned(), Fault::UnsafeFileName)]);
}

#[test]
fn a_nul_never_reaches_the_database() {
    let call = read(&with("/parties/0/name", json!("Ås\u{0}a"))).unwrap();
    assert_eq!(call.parties[0].name.as_deref(), Some("Ås\u{FFFD}a"));
}

#[test]
fn a_signed_or_encrypted_file_says_so() {
    let signed = json!({"payload": "e30", "signatures": []});
    assert_eq!(faults(&signed), [(String::new(), Fault::SignedOrEncrypted)]);
}

#[test]
fn a_body_that_cannot_be_decoded_is_refused() {
    let mut file = call();
    file["dialog"][0]["body"] = json!("not base64!");
    assert_eq!(faults(&file), [("dialog[0].body".to_owned(), Fault::NotDecodable)]);
}

#[test]
fn a_hash_that_cannot_be_checked_is_kept_as_such() {
    let call = read(&with("/dialog/0/signature", json!("short"))).unwrap();
    assert_eq!(call.recordings[0].claim, Some(Err(ClaimFault::Malformed)));
}

#[test]
fn every_fault_has_its_sentence_in_both_languages() {
    let limit = 1;
    let all = [
        Fault::NotJson { line: 1, column: 1 },
        Fault::FileTooLarge,
        Fault::TooDeep,
        Fault::TooManyValues,
        Fault::SignedOrEncrypted,
        Fault::Absent,
        Fault::WrongKind { expected: problem::Kind::List },
        Fault::TooMany { limit },
        Fault::TooLong { limit_chars: limit },
        Fault::NotAnId,
        Fault::NotATime,
        Fault::TimeOutOfRange,
        Fault::NoTime,
        Fault::DurationOutOfRange,
        Fault::NoSuchParty,
        Fault::UnsafeFileName,
        Fault::NotDecodable,
        Fault::UnknownEncoding,
    ];
    assert_said(&all.map(|fault| Problem { at: "dialog[2]".into(), fault }.sentence()));
}

/// Any JSON at all, a few levels deep, with the format's own names in it.
fn any_json() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "uuid",
        "parties",
        "dialog",
        "analysis",
        "attachments",
        "type",
        "start",
        "body",
        "encoding",
        "duration",
        "filename",
        "signature",
        "alg",
        "content_hash",
        "originator",
        "transcript",
        "speaker",
        "text",
        "meta",
    ]);
    let word = prop::sample::select(vec![
        "recording",
        "text",
        "transcript",
        "base64url",
        "2026-03-06T15:30:00Z",
        "[1",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..8).prop_map(|fields| Value::Object(
                fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused_with_a_reason(value in any_json()) {
        if let Err(problems) = read(&value) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn any_value_in_any_place_is_read_or_refused_with_a_reason(
        place in prop::sample::select(vec!["/parties/0", "/dialog/0", "/analysis", "/dialog", "/attachments", "/parties"]),
        value in any_json(),
    ) {
        if let Err(problems) = read(&with(place, value)) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(parse(&bytes).is_err());
    }
}
