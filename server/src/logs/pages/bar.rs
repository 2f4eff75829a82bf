//! The bar above a log: a chip for each filter in force, a menu for each column.

use super::line;
use crate::logs::asked;
use crate::logs::listing::{Listed, Wanted};
use crate::logs::model::Entry;
use crate::logs::undo;
use crate::ui::field::Field;
use crate::ui::filter::{Chip, Filters, Menu, Preset};
use crate::ui::{Address, Locale};
use ::book::Log;
use kernel::Uuid;

/// Menus of few values: the facet and its codes.
const CODES: [(&str, &[&str]); 3] = [
    ("result", &["accepted", "refused", "ended", "exported"]),
    ("way", &["web", "api", "command", "job"]),
    ("method", &["password", "key", "link"]),
];
/// Menus one types into.
const TYPED: [&str; 7] = ["typed", "address", "country", "network", "browser", "system", "reason"];

/// The bar of a page.
pub(super) fn filters(t: &Locale, here: &Address, wanted: &Wanted, listed: &Listed) -> Filters {
    let label = |facet: &str| t.say(&format!("logs-facet-{facet}"));
    let chip = |(facet, value): &(String, String)| {
        Chip::new(label(facet), value_label(t, facet, value, listed), here, &[facet])
    };
    let mut chips: Vec<Chip> = wanted.facets.iter().map(chip).collect();
    for name in ["since", "until"] {
        if let Some(text) = here.get(name).filter(|text| !text.is_empty()) {
            chips.push(Chip::new(
                t.say(&format!("logs-facet-{name}")),
                text.replace('T', " "),
                here,
                &[name],
            ));
        }
    }
    if let Some(q) = here.get("q").filter(|q| !q.is_empty()) {
        chips.push(Chip::new(t.say("ui-search"), q, here, &["q"]));
    }
    let mut menus = vec![events(t, here, wanted.log)];
    let known = asked::facets(wanted.log);
    for (facet, codes) in CODES.into_iter().filter(|(facet, _)| known.contains(facet)) {
        let one = |code: &&str| Preset::set(line::word(t, facet, code), here, facet, code);
        menus.push(Menu::choices(label(facet), codes.iter().map(one).collect()));
    }
    let typed = |facet: &&str| Field::text(*facet, label(facet)).value(here.get(facet).unwrap_or_default());
    let fields: Vec<Field> = TYPED.iter().filter(|facet| known.contains(*facet)).map(typed).collect();
    menus.push(Menu::fields(t.say("logs-more-filters"), fields));
    if wanted.log == Log::Access {
        let lists = [("", "logs-list-all"), ("readings", "logs-list-readings")];
        let one = |(code, key): (&str, &str)| Preset::set(t.say(key), here, "list", code);
        menus.push(Menu::choices(t.say("logs-list"), lists.into_iter().map(one).collect()));
    }
    let time = here.get("time").unwrap_or(if here.get("since").is_some() { "" } else { "all" });
    Filters::new(*t, here.clone())
        .search(t.say("logs-search-hint"))
        .times(time)
        .between()
        .chips(chips)
        .menus(menus)
}

fn events(t: &Locale, here: &Address, log: Log) -> Menu {
    let mut names: Vec<(String, &str)> =
        names(log).into_iter().map(|name| (line::event(t, name), name)).collect();
    names.sort_unstable();
    let one = |(label, name): (String, &str)| Preset::set(label, here, "name", name);
    Menu::choices(t.say("logs-facet-name"), names.into_iter().map(one).collect())
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

/// A filter's value as a person reads it: names instead of ids, words instead of codes.
fn value_label(t: &Locale, facet: &str, value: &str, listed: &Listed) -> String {
    if facet == "name" {
        return line::event(t, value);
    }
    let Ok(id) = Uuid::parse_str(value) else { return line::word(t, facet, value) };
    let mut names = listed.entries.iter().filter_map(|entry| match facet {
        "actor" if entry.actor == id => Some(line::actor(t, entry)),
        "behalf" if entry.on_behalf == Some(id) => Some(Entry::text(&entry.who, "behalf").to_owned()),
        "user" | "subject" if entry.subject == id => Some(line::subject(t, entry)),
        "user" if entry.actor == id => Some(Entry::text(&entry.who, "name").to_owned()),
        _ => None,
    });
    names.find(|name| !name.is_empty()).unwrap_or_else(|| t.say("logs-chosen-one"))
}
