//! The bar above a log: a chip for each filter in force, a menu for each column.

use super::menus::{self, Known, coded, is_of_people, label};
use super::{line, strip};
use crate::logs::listing::{Listed, Wanted};
use crate::ui::filter::{Chip, Filters};
use crate::ui::{Address, Locale};
use kernel::Uuid;

/// The bar of a page.
pub(super) fn filters(
    t: &Locale,
    here: &Address,
    wanted: &Wanted,
    listed: &Listed,
    known: &Known,
) -> Filters {
    let time = here.get("time").unwrap_or(if here.get("since").is_some() { "" } else { "all" });
    Filters::new(*t, here.clone())
        .search(t.say("logs-search-hint"))
        .times(time)
        .between()
        .chips(chips(t, here, wanted, listed, known))
        .menus(menus::menus(t, here, wanted, listed, known))
}

/// A chip for each filter in force, but for a time of the presets, which stand beside them.
fn chips(t: &Locale, here: &Address, wanted: &Wanted, listed: &Listed, known: &Known) -> Vec<Chip> {
    let chip = |(facet, value): &(String, String)| {
        Chip::new(label(t, facet), said(t, facet, value, listed, known), here, &[facet])
    };
    let mut chips: Vec<Chip> = wanted.facets.iter().map(chip).collect();
    chips.extend(wanted.request.map(|id| Chip::new(label(t, "request"), id.to_string(), here, &["request"])));
    if wanted.apart {
        chips.push(Chip::new(t.say("logs-list"), t.say("logs-list-readings"), here, &["list"]));
    }
    for (name, at) in [("since", wanted.since), ("until", wanted.until)] {
        if let Some(at) = at.filter(|_| here.get(name).is_some_and(|text| !text.is_empty())) {
            chips.push(Chip::new(label(t, name), strip::said(t, at), here, &[name]));
        }
    }
    if let Some(q) = here.get("q").filter(|q| !q.is_empty()) {
        chips.push(Chip::new(t.say("ui-search"), q, here, &["q"]));
    }
    chips
}

/// The filters of an address in words, for who reads of them elsewhere than above the list.
pub(in crate::logs) fn in_words(t: &Locale, here: &Address, wanted: &Wanted, known: &Known) -> String {
    let chips = chips(t, here, wanted, &Listed::default(), known);
    let time = here.get("time").filter(|time| matches!(*time, "1h" | "today" | "7d" | "30d"));
    let time = time.map(|time| t.say(&format!("ui-time-{time}")));
    let all: Vec<String> = chips.iter().map(Chip::said).chain(time).collect();
    all.join(" · ")
}

/// A filter's value as a person reads it: names instead of ids, words instead of codes.
fn said(t: &Locale, facet: &str, value: &str, listed: &Listed, known: &Known) -> String {
    if facet == "name" {
        return line::event(t, value);
    }
    let Ok(id) = Uuid::parse_str(value) else { return coded(t, facet, value) };
    if !(is_of_people(facet) || matches!(facet, "group" | "queue")) {
        return value.to_owned();
    }
    let seen = listed.entries.iter().filter_map(|entry| menus::person(t, entry, facet));
    let mut seen = seen.filter(|(who, name)| *who == id && !name.is_empty()).map(|(_, name)| name);
    let places = known.groups.iter().chain(&known.queues);
    let place = || places.clone().find(|(at, _)| *at == id).map(|(_, name)| name.clone());
    let name = known.names.get(&id).cloned().or_else(|| seen.next()).or_else(place);
    name.unwrap_or_else(|| t.say("ui-chosen-one"))
}
