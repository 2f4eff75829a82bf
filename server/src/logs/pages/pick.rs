//! Values of a row that one filters by: each leads to the same list with that value chosen.

use super::menus;
use crate::logs::model::Entry;
use crate::ui::Address;
use crate::ui::table::Cell;

/// The cell of a column, as a link that chooses its value; as it was, where the column has none that can be chosen.
pub(super) fn pick(here: &Address, entry: &Entry, column: &str, cell: Cell) -> Cell {
    match chosen(entry, column) {
        Some((facet, value)) if here.get(facet) != Some(value.as_str()) => {
            let to = here.with(facet, value).without(&["from", "open", "after"]);
            cell.picks(&to.to_string())
        }
        _ => cell,
    }
}

/// The filter that a column's value stands for.
fn chosen(entry: &Entry, column: &str) -> Option<(&'static str, String)> {
    let some = |facet: &'static str, value: &str| (!value.is_empty()).then(|| (facet, value.to_owned()));
    let of = |facet: &'static str| some(facet, menus::value(entry, facet));
    match column {
        "event" => some("name", &entry.name),
        "result" => some("result", entry.result()),
        "who" if !entry.actor.is_nil() => some("actor", &entry.actor.to_string()),
        "who" => some("client", &entry.actor_kind),
        "subject" if !entry.subject.is_nil() => some("subject", &entry.subject.to_string()),
        "subject" => some("kind", &entry.subject_kind),
        "reason" => of("reason").or_else(|| some("reason", Entry::text(&entry.who, "reason"))),
        "typed" => of("typed"),
        "way" => of("way"),
        "address" => of("address"),
        "country" => of("country"),
        "network" => of("network"),
        "browser" => of("browser"),
        "system" => of("system"),
        "method" => of("method"),
        _ => None,
    }
}
