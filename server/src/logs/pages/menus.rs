//! A menu for each column of a log: codes and names to choose from, and a field for what one types.
//!
//! - Every menu is links or a form, so it works without script, and its choice stands in the address.
//! - What is offered beside a field are the values of the page that is shown; people are sought by name.

use super::line;
use crate::logs::asked;
use crate::logs::facets::CLIENTS;
use crate::logs::listing::{Listed, Wanted};
use crate::logs::model::Entry;
use crate::logs::saved::menu as saved;
use crate::logs::saved::model::SavedSearch;
use crate::logs::saved::page::Page;
use crate::logs::undo;
use crate::ops::places::{countries, country_said};
use crate::ui::field::{Choice, Field};
use crate::ui::filter::{Menu, Preset};
use crate::ui::{Address, Locale};
use crate::users::model::sort_key;
use ::book::Log;
use kernel::{Uuid, setting};
use std::collections::{BTreeMap, HashMap};

/// Values of the page that a menu offers.
const MAX_OFFERED_VALUES: usize = 8;

/// What a result can be.
pub(in crate::logs) const RESULTS: [&str; 5] = ["accepted", "refused", "ended", "exported", "resumed"];
/// What the reason of an access can be, beside a right that lacks.
pub(in crate::logs) const REASONS: [&str; 21] = [
    "wrong-password",
    "unknown-user",
    "no-password",
    "deactivated",
    "suspended",
    "waiting",
    "busy",
    "unknown-tenant",
    "tenant-suspended",
    "link-over",
    "link-unknown",
    "key-unknown",
    "key-ended",
    "key-expired",
    "key-not-yet",
    "key-user-out",
    "key-owner-out",
    "out-of-scope",
    "user-out",
    "idle-too-long",
    "lasted-too-long",
];

/// What an entry of a log can be about.
#[must_use]
pub(in crate::logs) const fn kinds(log: Log) -> &'static [&'static str] {
    match log {
        Log::Access => &["user", "session", "key", "tenant", "log", "book", "program"],
        Log::Change => &[
            "user",
            "group",
            "key",
            "tenant",
            "system",
            "queue",
            "profile",
            "reach",
            "word",
            "import",
            "book",
            "program",
            "interaction",
            "set_aside",
            "session",
            "search",
        ],
        Log::Archive => &["interaction", "set_aside", "tenant"],
    }
}

/// The codes of a column that has few.
pub(in crate::logs) const fn codes(log: Log, facet: &str) -> &'static [&'static str] {
    match (log, facet.as_bytes()) {
        (_, b"result") => &RESULTS,
        (_, b"way") => &["web", "api", "command", "job"],
        (_, b"method") => &["password", "key", "link"],
        (_, b"client") => &CLIENTS,
        (_, b"level") => &["system", "tenant", "group", "user"],
        (_, b"medium") => &["call", "chat", "email"],
        (_, b"kind") => kinds(log),
        (Log::Access, b"reason") => &REASONS,
        _ => &[],
    }
}

/// Whether a column holds people.
#[must_use]
pub(super) fn is_of_people(facet: &str) -> bool {
    matches!(facet, "user" | "actor" | "behalf" | "agent" | "subject")
}

/// What the menus need that stands in other domains.
#[derive(Clone, Debug, Default)]
pub(in crate::logs) struct Known {
    /// Groups within reach.
    pub groups: Vec<(Uuid, String)>,
    /// Queues within reach.
    pub queues: Vec<(Uuid, String)>,
    /// Names of what is chosen.
    pub names: HashMap<Uuid, String>,
    /// Saved searches of the log.
    pub saved: Vec<SavedSearch>,
    /// The column somebody is sought for, and who fits.
    pub sought: Option<(&'static str, Vec<(Uuid, String)>)>,
}

/// The menus of a page, one for each column.
pub(super) fn menus(
    t: &Locale,
    here: &Address,
    wanted: &Wanted,
    listed: &Listed,
    known: &Known,
) -> Vec<Menu> {
    let one = |facet: &&'static str| menu(t, here, wanted.log, facet, listed, known);
    let mut all = vec![saved::menu(t, here, Page::Log(wanted.log), &known.saved)];
    all.extend(asked::facets(wanted.log).iter().map(one));
    all.push(typed(t, here, wanted.log, "request", &Listed::default()));
    if wanted.log == Log::Access {
        let lists = [("", "logs-list-all"), ("readings", "logs-list-readings")];
        let one = |(code, key): (&str, &str)| Preset::set(t.say(key), here, "list", code);
        all.push(Menu::choices(t.say("logs-list"), lists.into_iter().map(one).collect()));
    }
    all
}

fn menu(t: &Locale, here: &Address, log: Log, facet: &'static str, listed: &Listed, known: &Known) -> Menu {
    let few = codes(log, facet);
    if !few.is_empty() {
        let one = |code: &&str| Preset::set(coded(t, facet, code), here, facet, code);
        return Menu::choices(label(t, facet), few.iter().map(one).collect());
    }
    match facet {
        "name" => events(t, here, log),
        "country" => select(t, here, facet, countries(t).to_vec()),
        "group" => select(t, here, facet, by_id(&known.groups)),
        "queue" => select(t, here, facet, by_id(&known.queues)),
        "right" => select(t, here, facet, settings(t, |one| one.is_right())),
        "setting" => select(t, here, facet, settings(t, |_| true)),
        _ if is_of_people(facet) => people(t, here, facet, listed, known),
        _ => typed(t, here, log, facet, listed),
    }
}

/// What a column is called.
pub(super) fn label(t: &Locale, facet: &str) -> String {
    t.say(&format!("logs-facet-{facet}"))
}

/// A code of a column as a word.
pub(super) fn coded(t: &Locale, facet: &str, code: &str) -> String {
    match facet {
        "kind" => line::word(t, "subject", code),
        "country" => country_said(t, code),
        "right" | "setting" => t.setting(code),
        // Who lacked a right was refused for it.
        "reason" if setting::find(code).is_some() => t.setting(code),
        _ => line::word(t, facet, code),
    }
}

fn by_id(all: &[(Uuid, String)]) -> Vec<(String, String)> {
    all.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
}

fn settings(t: &Locale, which: fn(&setting::Setting) -> bool) -> Vec<(String, String)> {
    let named = setting::known().filter(|one| which(one)).map(|one| (one.key.to_owned(), t.setting(one.key)));
    let mut all: Vec<(String, String)> = named.collect();
    all.sort_by_cached_key(|(_, name)| sort_key(name));
    all
}

/// A menu with many choices: a list to choose from by its first letters.
fn select(t: &Locale, here: &Address, facet: &str, choices: Vec<(String, String)>) -> Menu {
    let any = std::iter::once(Choice::new("", t.say("logs-any")));
    let choices = any.chain(choices.into_iter().map(|(value, label)| Choice::new(value, label)));
    let field = Field::select(facet, label(t, facet), choices.collect());
    Menu::fields(label(t, facet), vec![field.value(here.get(facet).unwrap_or_default())])
}

/// A menu one types into, with the most frequent values of the page.
fn typed(t: &Locale, here: &Address, log: Log, facet: &str, listed: &Listed) -> Menu {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in listed.entries.iter().filter(|entry| entry.log == log).map(|entry| value(entry, facet)) {
        *counts.entry(value).or_default() += usize::from(!value.is_empty());
    }
    let mut values: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| *n > 0).collect();
    values.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let offered =
        values.iter().take(MAX_OFFERED_VALUES).map(|(value, _)| Preset::set(*value, here, facet, value));
    let field = Field::text(facet, label(t, facet)).value(here.get(facet).unwrap_or_default());
    Menu::choices(label(t, facet), offered.collect()).finder(field, false)
}

/// What an entry says in a column that one types into.
pub(super) fn value<'e>(entry: &'e Entry, facet: &str) -> &'e str {
    match facet {
        "door" => entry.door(),
        "reason" => entry.why().unwrap_or_default(),
        other => Entry::text(&entry.who, other),
    }
}

/// A menu of people: those of the page, or those who fit what is sought.
fn people(t: &Locale, here: &Address, facet: &'static str, listed: &Listed, known: &Known) -> Menu {
    let field = format!("find-{facet}");
    let away = here.without(&[&field]);
    let sought = known.sought.as_ref().filter(|(of, _)| *of == facet);
    let people = match sought {
        Some((_, people)) => people.clone(),
        None => seen(t, facet, listed),
    };
    let one = |(id, name): &(Uuid, String)| Preset::set(name.clone(), &away, facet, &id.to_string());
    let offered: Vec<Preset> = people.iter().map(one).collect();
    let typed = here.get(&field).unwrap_or_default();
    let help =
        t.say(if sought.is_some() && people.is_empty() { "logs-find-nobody" } else { "logs-find-help" });
    let field = Field::text(field, t.say("logs-find")).value(typed).help(help);
    Menu::choices(label(t, facet), offered).finder(field, sought.is_some())
}

/// Who stands in a column of the page, each once.
fn seen(t: &Locale, facet: &str, listed: &Listed) -> Vec<(Uuid, String)> {
    let mut out: Vec<(Uuid, String)> = Vec::new();
    for entry in &listed.entries {
        let Some((id, name)) = person(t, entry, facet) else { continue };
        if out.len() < MAX_OFFERED_VALUES && !name.is_empty() && out.iter().all(|(known, _)| *known != id) {
            out.push((id, name));
        }
    }
    out
}

/// Who stands in a column of an entry, by the name of that day.
pub(super) fn person(t: &Locale, entry: &Entry, facet: &str) -> Option<(Uuid, String)> {
    let acted = || (!entry.actor.is_nil()).then(|| (entry.actor, Entry::text(&entry.who, "name").to_owned()));
    match facet {
        "actor" => acted(),
        "user" if entry.subject_kind == "user" => Some((entry.subject, line::subject(t, entry))),
        "user" => acted(),
        "behalf" => Some((entry.on_behalf?, Entry::text(&entry.who, "behalf").to_owned())),
        "subject" if !entry.subject.is_nil() => Some((entry.subject, line::subject(t, entry))),
        _ => None,
    }
}

fn events(t: &Locale, here: &Address, log: Log) -> Menu {
    let mut names: Vec<(String, &str)> =
        names(log).into_iter().map(|name| (line::event(t, name), name)).collect();
    names.sort_by_cached_key(|(said, _)| sort_key(said));
    let one = |(label, name): (String, &str)| Preset::set(label, here, "name", name);
    Menu::choices(label(t, "name"), names.into_iter().map(one).collect())
}

/// The events of a log that one can choose: of changes all that say how they are undone, and they all do; of the other logs
/// those named here, and a test finds one that is not.
pub(crate) fn names(log: Log) -> Vec<&'static str> {
    match log {
        Log::Access => vec![
            "sign-in.accepted",
            "sign-in.refused",
            "key.used",
            "key.refused",
            "link.used",
            "link.refused",
            "link.expired",
            "password.refused",
            "session.expired",
            "session.renewed",
            "session.ended",
            "session.ended-by-other",
            "session.all-ended",
            "session.signed-out",
            "door.refused",
            "log.exported",
            "log.fetched",
            "users.exported",
            "book.checked",
            "book.exported",
            "book.extracted",
            "book.resumed",
            "program.started",
            "program.stopped",
        ],
        Log::Change => undo::names().collect(),
        Log::Archive => vec![
            "interaction.opened",
            "aside.opened",
            "content.opened",
            "content.played",
            "content.downloaded",
            "content.damaged",
            "archive.searched",
        ],
    }
}
