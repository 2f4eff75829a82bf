//! One's own sign-ins: every attempt to come in with one's name, good or bad.

use crate::logs::pages::word;
use crate::ops::places::country_said;
use crate::signin::queries::Tried;
use crate::ui::Locale;
use crate::ui::facts::Section;
use crate::ui::state::{Badge, Empty, Tone};
use crate::ui::table::{Cell, Column, Pager, Row, Table};
use serde_json::{Map, Value};

/// The part of the page: the newest attempts, and the way to older ones.
#[must_use]
pub fn part(t: &Locale, tried: &[Tried], older: Option<i64>) -> Section {
    let older = older.map(|idx| format!("/me?from={idx}#tried"));
    attempts(t, tried).with(Pager::new(t, None, older))
}

/// Attempts, newest first.
#[must_use]
pub fn attempts(t: &Locale, tried: &[Tried]) -> Section {
    let columns = vec![
        Column::tight("at", t.say("me-tried-at")),
        Column::tight("result", t.say("me-tried-result")),
        Column::tight("method", t.say("me-tried-method")).minor(),
        Column::new("place", t.say("me-session-place")),
        Column::new("client", t.say("me-session-client")).minor(),
    ];
    let table = Table::new("attempts", t.say("me-tried"), columns)
        .rows(tried.iter().map(|one| row(t, one)).collect())
        .empty(Empty::new(t.say("me-tried-none"), t.say("me-tried-none-text")));
    Section::new(t.say("me-tried")).lead(t.say("me-tried-lead")).with(table)
}

fn row(t: &Locale, one: &Tried) -> Row {
    let who: Map<String, Value> =
        one.who.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let text = |key: &str| who.get(key).and_then(Value::as_str).unwrap_or_default();
    let country = country_said(t, text("country"));
    let tone = if text("result") == "accepted" { Tone::Ok } else { Tone::Bad };
    let cells = vec![
        t.when_exact(one.at.to_jiff()).into(),
        Badge::new(tone, word(t, "result", text("result"))).into(),
        word(t, "method", text("method")).as_str().into(),
        joined(&[text("address"), &country, text("network")]),
        joined(&[text("browser"), text("system")]),
    ];
    Row::new(one.idx.to_string(), cells)
}

fn joined(words: &[&str]) -> Cell {
    let said: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    Cell::maybe(Some(&said.join(" · ")).filter(|said| !said.is_empty()).map(String::as_str))
}
