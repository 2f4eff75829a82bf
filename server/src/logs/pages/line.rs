//! One entry as a line of a list: columns by log, words instead of codes, names instead of ids.

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
            Column::new("event", say("event")),
            Column::tight("result", say("result")),
            Column::new("who", say("who")),
            Column::new("typed", say("typed")).minor(),
            Column::new("subject", say("subject")).minor(),
            Column::tight("way", say("way")).minor(),
            Column::tight("address", say("address")),
            Column::new("country", say("country")).minor(),
            Column::new("network", say("network")).least(),
            Column::new("browser", say("browser")).minor(),
            Column::new("system", say("system")).least(),
            Column::tight("method", say("method")).least(),
            Column::long("reason", say("reason")),
        ],
        Log::Change => vec![
            Column::tight("at", say("at")),
            Column::new("event", say("event")),
            Column::new("subject", say("subject")),
            Column::long("change", say("change")),
            Column::new("who", say("who")),
            Column::tight("way", say("way")).minor(),
            Column::tight("address", say("address")).minor(),
            Column::long("reason", say("reason")).minor(),
        ],
        Log::Archive => vec![
            Column::tight("at", say("at")),
            Column::new("event", say("event")),
            Column::new("subject", say("subject")),
            Column::new("who", say("who")),
            Column::number("seconds", say("seconds")).minor(),
            Column::number("stated", say("stated")).minor(),
            Column::long("reason", say("reason")),
            Column::tight("way", say("way")).minor(),
            Column::tight("address", say("address")).minor(),
        ],
    };
    all.into_iter().map(|column| column.hideable(here)).collect()
}

/// The line of an entry; it opens in the drawer of `here`.
#[must_use]
pub fn row(t: &Locale, entry: &Entry, names: &Names, here: &Address) -> Row {
    let who = |key| Cell::maybe(Some(Entry::text(&entry.who, key)));
    let at = Cell::from(t.when_exact(entry.at.to_jiff()));
    let name = Cell::from(event(t, &entry.name));
    let subject = Cell::maybe(Some(&subject(t, entry)));
    let actor = Cell::maybe(Some(&actor(t, entry)));
    let address = match Entry::text(&entry.who, "address") {
        "" => Cell::none(),
        text => Cell::code(text),
    };
    let cells = match entry.log {
        Log::Access => vec![
            at,
            name,
            result(t, entry),
            actor,
            who("typed"),
            subject,
            Cell::from(word(t, "way", Entry::text(&entry.who, "way"))),
            address,
            Cell::maybe(Some(&country_said(t, Entry::text(&entry.who, "country")))),
            who("network"),
            who("browser"),
            who("system"),
            Cell::maybe(Some(&word(t, "method", Entry::text(&entry.who, "method")))),
            Cell::maybe(Some(&reason(t, entry))),
        ],
        Log::Change => {
            let way = word(t, "way", Entry::text(&entry.who, "way"));
            let changed = Cell::maybe(Some(&summary(&Teller { t, names }, entry)));
            vec![at, name, subject, changed, actor, Cell::from(way), address, Cell::maybe(entry.why())]
        }
        Log::Archive => {
            let way = word(t, "way", Entry::text(&entry.who, "way"));
            let seconds =
                |ms: Option<u64>| ms.map_or_else(Cell::none, |ms| Cell::from(t.clock(ms.div_ceil(1000))));
            vec![
                at,
                name,
                subject,
                actor,
                seconds(entry.delivered_ms()),
                seconds(entry.stated_ms()),
                Cell::maybe(Some(&reason(t, entry))),
                Cell::from(way),
                address,
            ]
        }
    };
    let open = here.with("open", entry.idx).to_string();
    let current = here.get("open") == Some(entry.idx.to_string().as_str());
    Row::new(entry.idx.to_string(), cells).to(open).current(current)
}

/// What an event is called.
#[must_use]
pub fn event(t: &Locale, name: &str) -> String {
    let key = format!("event-{}", name.replace(['.', '_'], "-"));
    if t.knows(&key) { t.say(&key) } else { name.to_owned() }
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
        None => word(t, "reason", Entry::text(&entry.who, "reason")),
    }
}

/// What came of it, with its colour.
#[must_use]
pub fn result(t: &Locale, entry: &Entry) -> Cell {
    let said = match entry.name.as_str() {
        "door.refused" => "refused",
        _ => Entry::text(&entry.who, "result"),
    };
    match said {
        "" => Cell::none(),
        "refused" => Badge::new(Tone::Bad, word(t, "result", said)).into(),
        "accepted" => Badge::new(Tone::Ok, word(t, "result", said)).into(),
        other => Badge::new(Tone::Still, word(t, "result", other)).into(),
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
