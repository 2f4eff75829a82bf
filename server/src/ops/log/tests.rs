//! What a reader of the log sees.

use std::io;
use std::sync::{Arc, Mutex};

use tracing_subscriber::layer::SubscriberExt;

use super::*;

/// What was written.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The log of `happening`.
fn logged(format: LogFormat, happening: impl FnOnce()) -> String {
    let written = Written::default();
    let lines = Lines::new(
        format,
        Clock::from_fn(|| "2026-11-23T01:02:03.456789Z".parse().unwrap()),
        written.clone(),
    );
    tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), happening);
    String::from_utf8(written.0.lock().unwrap().clone()).unwrap()
}

#[test]
fn an_event_is_one_line_with_the_request_it_belongs_to() {
    let happening = || {
        let _request = tracing::info_span!("request", request = "0193-ab", door = "users").entered();
        tracing::warn!(tenant = 7, cause = "no such user", "sign-in refused");
    };
    assert_eq!(
        logged(LogFormat::Text, happening),
        "2026-11-23T01:02:03.456Z WARN  server::ops::log::tests sign-in refused tenant=7 cause=\"no such user\" request=0193-ab door=users\n"
    );
    let object: serde_json::Value = serde_json::from_str(&logged(LogFormat::Json, happening)).unwrap();
    assert_eq!(object["time"], "2026-11-23T01:02:03.456Z");
    assert_eq!(object["level"], "warn");
    assert_eq!(object["message"], "sign-in refused");
    assert_eq!(object["request"], "0193-ab");
}

#[test]
fn s35_no_value_can_forge_a_line_a_field_or_an_escape_sequence() {
    let hostile = [
        "x\n2026-11-23T01:02:03.456Z ERROR forged",
        "x\r\nforged",
        "x\u{1b}[2K\u{1b}[31mred",
        "\u{202e}txet denrut",
        "x level=ERROR user=admin",
        "x\" forged=\"yes",
        "\u{2028}forged\u{2029}",
        "nul\0, bell\u{7}, del\u{7f}, csi\u{9b}31m",
    ];
    for value in hostile {
        let text = logged(LogFormat::Text, || tracing::info!(user = value, "typed"));
        assert_eq!(text.lines().count(), 1, "{text:?}");
        assert!(
            text.trim_end().chars().all(|c| !c.is_control() && !('\u{2028}'..='\u{202e}').contains(&c)),
            "{text:?}"
        );
        let (_, field) = text.trim_end().split_once(" user=").unwrap();
        let whole = serde_json::from_str::<String>(field).is_ok() || !field.contains([' ', '=']);
        assert!(whole, "one field and no more: {field}");
        let json = logged(LogFormat::Json, || tracing::info!(user = value, "typed"));
        assert_eq!(json.lines().count(), 1, "{json:?}");
        let object: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(object["user"], plain(value).as_ref());
        assert_eq!(object.as_object().unwrap().len(), 5);
    }
}

#[test]
fn s35_a_value_of_a_megabyte_is_cut_and_says_so() {
    let huge = "å".repeat(1 << 19);
    let text = logged(LogFormat::Text, || tracing::info!(user = huge, "typed"));
    assert!(text.len() < 2 * VALUE_BYTES && text.contains("…(+1044480 bytes)"), "{} bytes", text.len());
}

#[test]
fn s34_secrets_are_never_written() {
    let canary = "canary-51f0";
    let url = format!("cannot reach postgres://vaktbok:{canary}@db/x and s3://a:{canary}@host?q");
    for format in [LogFormat::Text, LogFormat::Json] {
        let log = logged(format, || {
            let _span = tracing::info_span!("x", session_token = canary).entered();
            tracing::info!(
                password = canary,
                new_password = canary,
                set_cookie = canary,
                cause = url,
                "{}",
                url
            );
        });
        assert!(!log.contains(canary), "{log}");
        assert!(log.contains("postgres://vaktbok:•••@db/x"), "{log}");
    }
}

#[test]
fn harmless_text_is_left_alone() {
    for text in ["Åke Öberg", "日本語", "a\\b", "naïve – “quoted”", ""] {
        assert_eq!(plain(text), text);
    }
}
