//! The cells of an entry, and how they are made harmless.

use crate::logs::model::{Entry, Field};
use crate::logs::said::Teller;
use kernel::Uuid;
use serde_json::{Map, Value};

/// The columns, in order: of the first line of a CSV, and the members of a line of JSON.
pub const COLUMNS: [&str; 32] = [
    "index",
    "time",
    "log",
    "event",
    "result",
    "actor_kind",
    "actor",
    "actor_id",
    "typed",
    "subject_kind",
    "subject",
    "subject_id",
    "way",
    "address",
    "country",
    "network",
    "browser",
    "system",
    "method",
    "reason",
    "changes",
    "request_id",
    "on_behalf_id",
    "group_id",
    "queue_id",
    "session_id",
    "clock_stepped_back",
    "delivered_s",
    "player_s",
    "changes_said",
    "door",
    "right",
];

/// The values of an entry, in the order of [`COLUMNS`]. Times are RFC 3339 in UTC; columns are
/// only ever added at the end. `changes` is as stored, `changes_said` in the reader's words.
#[must_use]
pub fn cells(entry: &Entry, teller: &Teller<'_>) -> [String; 32] {
    let who = |key: &str| Entry::text(&entry.who, key).to_owned();
    let change = |field: &Field| {
        let side = |value: &Value| plain(value).unwrap_or_default();
        format!("{}: {} -> {}", field.name, side(&field.before), side(&field.after))
    };
    let reason = entry.why().map_or_else(|| who("reason"), str::to_owned);
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let seconds =
        |ms: Option<u64>| ms.map(|ms| format!("{}.{:03}", ms / 1000, ms % 1000)).unwrap_or_default();
    [
        entry.idx.to_string(),
        entry.at.to_string(),
        entry.log.name().to_owned(),
        entry.name.clone(),
        entry.result().to_owned(),
        entry.actor_kind.clone(),
        who("name"),
        entry.actor.to_string(),
        who("typed"),
        entry.subject_kind.clone(),
        Entry::text(&entry.about, "name").to_owned(),
        entry.subject.to_string(),
        who("way"),
        who("address"),
        who("country"),
        who("network"),
        who("browser"),
        who("system"),
        who("method"),
        reason,
        entry.fields().iter().map(change).collect::<Vec<_>>().join("; "),
        entry.request.to_string(),
        id(entry.on_behalf),
        id(entry.group),
        id(entry.queue),
        who("session"),
        if entry.stepped_back { "true".to_owned() } else { String::new() },
        seconds(entry.delivered_ms()),
        seconds(entry.stated_ms()),
        entry.fields().iter().filter_map(|field| said(entry, field, teller)).collect::<Vec<_>>().join("; "),
        entry.door().to_owned(),
        entry.right().to_owned(),
    ]
}

/// A value as it is stored; what is not a text as JSON.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// A field in the reader's words; nothing where it says nothing.
fn said(entry: &Entry, field: &Field, teller: &Teller<'_>) -> Option<String> {
    let side = |value| teller.said(&entry.name, &field.name, value).map(|said| said.written(teller.t));
    let (before, after) = (side(&field.before), side(&field.after));
    if before.is_none() && after.is_none() {
        return None;
    }
    let side = |side: Option<String>| side.unwrap_or_else(|| "–".to_owned());
    Some(format!("{}: {} → {}", teller.called(&field.name), side(before), side(after)))
}

/// Whether a character could split a line, steer a terminal or turn the writing round (UAX 9, section 2).
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Text in which nothing steers: such characters stand as `\u{202e}`.
fn still(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// One line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
#[must_use]
pub fn csv_line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for cell in cells {
        if !line.is_empty() {
            line.push(',');
        }
        let text = still(cell);
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']);
        let text = if formula { format!("'{text}") } else { text };
        line.push('"');
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    line
}

/// One line of JSON: the same values, and the whole of what changed. What steers is escaped (RFC 8259, section 7).
#[must_use]
pub fn json_line(entry: &Entry, teller: &Teller<'_>) -> String {
    let mut object: Map<String, Value> = COLUMNS
        .iter()
        .zip(cells(entry, teller))
        .map(|(name, cell)| ((*name).to_owned(), Value::String(cell)))
        .collect();
    object.insert("index".to_owned(), entry.idx.into());
    for (name, part) in [("who", &entry.who), ("about", &entry.about), ("change", &entry.change)] {
        object.insert(name.to_owned(), Value::Object(part.clone()));
    }
    let mut line = String::new();
    for c in Value::Object(object).to_string().chars() {
        if steers(c) {
            line.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    line
}
