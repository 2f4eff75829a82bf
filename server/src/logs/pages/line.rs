//! One entry as a line of a list: columns by log, words instead of codes, names instead of ids.

use super::pick::pick;
use crate::logs::model::Entry;
use crate::logs::said::{Names, Teller, word as worded};
use crate::ops::places::country_said;
use crate::ui::state::{Badge, Tone};
use crate::ui::table::{Cell, Column, Row};
use crate::ui::{Address, Locale};
use ::book::Log;

/// Fields of a change that a line of the list tells; the drawer tells all.
const FIELDS_A_LINE: usize = 4;

/// The columns of a log.
#[must_use]
pub fn columns(t: &Locale, log: Log, here: &Address) -> Vec<Column> {
    let say = |key: &str| t.say(&format!("logs-col-{key}"));
    let all = match log {
        Log::Access => vec![
            Column::tight("at", say("at")),
            Column::telling("event", say("event")),
            Column::tight("result", say("result")),
            Column::named("who", say("who")),
            Column::new("typed", say("typed")).least(),
            Column::named("subject", say("subject")).minor(),
            Column::tight("way", say("way")).minor(),
            Column::tight("address", say("address")),
            Column::new("country", say("country")).minor(),
            Column::new("network", say("network")).least(),
            Column::new("browser", say("browser")).least(),
            Column::new("system", say("system")).least(),
            Column::tight("method", say("method")).least(),
            Column::long("reason", say("reason")),
        ],
        Log::Change => vec![
            Column::tight("at", say("at")),
            Column::telling("event", say("event")),
            Column::named("subject", say("subject")),
            Column::long("change", say("change")),
            Column::named("who", say("who")),
            Column::tight("way", say("way")).minor(),
            Column::tight("address", say("address")).minor(),
            Column::long("reason", say("reason")).minor(),
        ],
        Log::Archive => vec![
            Column::tight("at", say("at")),
            Column::telling("event", say("event")),
            Column::named("subject", say("subject")),
            Column::named("who", say("who")),
            Column::number("seconds", say("seconds")).minor(),
            Column::number("stated", say("stated")).minor(),
            Column::long("reason", say("reason")),
            Column::tight("way", say("way")).minor(),
            Column::tight("address", say("address")).minor(),
        ],
    };
    all.into_iter().map(|column| column.hideable(here)).collect()
}

/// The line of an entry; it opens in the drawer of `here`, and its values choose what else is shown.
#[must_use]
pub fn row(t: &Locale, entry: &Entry, names: &Names, here: &Address) -> Row {
    let at = Cell::from(t.when_exact(entry.at.to_jiff()));
    let cells = match entry.log {
        Log::Access => access(t, entry, here),
        Log::Change => change(&Teller { t, names }, entry, here),
        Log::Archive => archive(t, entry, here),
    };
    let open = here.with("open", entry.idx).to_string();
    let current = here.get("open") == Some(entry.idx.to_string().as_str());
    let cells = std::iter::once(at).chain(cells).collect();
    Row::new(entry.idx.to_string(), cells).to(open).current(current)
}

/// The cells that more than one log has.
fn cell(t: &Locale, entry: &Entry, here: &Address, column: &str) -> Cell {
    let who = |key| Cell::maybe(Some(Entry::text(&entry.who, key)));
    let cell = match column {
        "event" => Cell::from(event(t, &entry.name)),
        "result" => result(t, entry),
        "who" => Cell::maybe(Some(&actor(t, entry))),
        "subject" => Cell::maybe(Some(&subject(t, entry))),
        "way" | "method" => Cell::maybe(Some(&word(t, column, Entry::text(&entry.who, column)))),
        "address" if !Entry::text(&entry.who, column).is_empty() => {
            Cell::code(Entry::text(&entry.who, column))
        }
        "country" => Cell::maybe(Some(&country_said(t, Entry::text(&entry.who, column)))),
        "reason" => Cell::maybe(Some(&reason(t, entry))),
        other => who(other),
    };
    pick(here, entry, column, cell)
}

fn access(t: &Locale, entry: &Entry, here: &Address) -> Vec<Cell> {
    let columns = [
        "event", "result", "who", "typed", "subject", "way", "address", "country", "network", "browser",
        "system", "method", "reason",
    ];
    columns.map(|column| cell(t, entry, here, column)).into()
}

fn change(teller: &Teller<'_>, entry: &Entry, here: &Address) -> Vec<Cell> {
    let t = teller.t;
    let changed = Cell::maybe(Some(&summary(teller, entry)));
    let [event, subject] = ["event", "subject"].map(|column| cell(t, entry, here, column));
    let rest = ["who", "way", "address", "reason"].map(|column| cell(t, entry, here, column));
    [event, subject, changed].into_iter().chain(rest).collect()
}

fn archive(t: &Locale, entry: &Entry, here: &Address) -> Vec<Cell> {
    let seconds = |ms: Option<u64>| ms.map_or_else(Cell::none, |ms| Cell::from(t.clock(ms.div_ceil(1000))));
    let first = ["event", "subject", "who"].map(|column| cell(t, entry, here, column));
    let heard = [seconds(entry.delivered_ms()), seconds(entry.stated_ms())];
    let rest = ["reason", "way", "address"].map(|column| cell(t, entry, here, column));
    first.into_iter().chain(heard).chain(rest).collect()
}

/// What an event is called.
#[must_use]
pub fn event(t: &Locale, name: &str) -> String {
    let key = format!("event-{}", name.replace(['.', '_'], "-"));
    t.known(&key).unwrap_or_else(|| name.to_owned())
}

/// A code as a word, where there is one: `logs-word-result-refused`.
#[must_use]
pub fn word(t: &Locale, kind: &str, code: &str) -> String {
    if code.is_empty() { String::new() } else { worded(t, &format!("logs-word-{kind}"), code) }
}

/// Who did it, by the name of that day; what was typed where it is nobody known.
#[must_use]
pub fn actor(t: &Locale, entry: &Entry) -> String {
    let (name, typed) = (Entry::text(&entry.who, "name"), Entry::text(&entry.who, "typed"));
    let opened_by = Entry::text(&entry.who, "opened_by");
    if !opened_by.is_empty() {
        // The program settled it; the person heard it.
        return opened_by.to_owned();
    }
    match (entry.actor_kind.as_str(), name, typed) {
        ("visitor", _, "") => t.say("logs-visitor"),
        ("visitor", _, typed) => typed.to_owned(),
        ("machine", name, _) => t.say1("logs-machine", "name", name),
        (_, "", _) => t.say("logs-erased"),
        (_, name, _) => name.to_owned(),
    }
}

/// What it was done to.
#[must_use]
pub fn subject(t: &Locale, entry: &Entry) -> String {
    let name = Entry::text(&entry.about, "name");
    match (entry.subject_kind.as_str(), name) {
        ("log", name) => word(t, "log", name),
        (kind, "") => word(t, "subject", kind),
        (_, name) => name.to_owned(),
    }
}

/// Why: the person's words, or the code of a refusal.
#[must_use]
pub fn reason(t: &Locale, entry: &Entry) -> String {
    match entry.why() {
        Some(why) => why.to_owned(),
        None => super::menus::coded(t, "reason", Entry::text(&entry.who, "reason")),
    }
}

/// What came of it, with its colour.
#[must_use]
pub fn result(t: &Locale, entry: &Entry) -> Cell {
    match entry.result() {
        "" => Cell::none(),
        said @ "refused" => Badge::new(Tone::Bad, word(t, "result", said)).into(),
        said @ "accepted" => Badge::new(Tone::Ok, word(t, "result", said)).into(),
        said => Badge::new(Tone::Still, word(t, "result", said)).into(),
    }
}

/// The fields of a change in one line, the first few of them.
fn summary(teller: &Teller<'_>, entry: &Entry) -> String {
    let one = |(called, before, after): (String, Option<String>, Option<String>)| {
        let side = |side: Option<String>| side.unwrap_or_else(|| "–".to_owned());
        format!("{called}: {} → {}", side(before), side(after))
    };
    let fields = entry.fields();
    let some = fields.iter().filter_map(|field| {
        let side = |value| teller.said(&entry.name, &field.name, value).map(|said| said.line(teller.t));
        let (before, after) = (side(&field.before), side(&field.after));
        (before.is_some() || after.is_some()).then(|| (teller.called(&field.name), before, after))
    });
    some.take(FIELDS_A_LINE).map(one).collect::<Vec<_>>().join(" · ")
}
