//! What entries can be found by, beyond what each event says of itself; and how entries of before are found by it too.
//!
//! - Some facets came after the first entries. What they say of an older entry follows from the entry itself; [`late`] gives it.
//! - An older row of facets is never written again. A block of the index says which of its entries it knows by their late
//!   facets; the others are read before they are shown (decisions/0185).

use super::model::Entry;
use ::book::Log;
use kernel::facet::{APART, key};

/// Facets that came after the first entries.
pub const LATE: [&str; 5] = ["client", "kind", "door", "right", "reason"];
/// The ways somebody can be known as: each entry of today has one of these as its `client`.
pub const CLIENTS: [&str; 4] = ["user", "key", "machine", "visitor"];

/// The key that a block has for each of its entries that are known by their late facets. No entry's row has it.
#[must_use]
pub fn known(log: Log) -> i64 {
    key(log, "shape", "2")
}

/// Whether a facet is one that older rows lack. The reason of an access is not: its code was a facet from the first day.
#[must_use]
pub fn is_late(log: Log, facet: &str) -> bool {
    LATE.contains(&facet) && (facet, log) != ("reason", Log::Access)
}

/// The keys of an entry's late facets, as they follow from the entry. `prefix` names the list that stands apart.
#[must_use]
pub fn late(entry: &Entry, prefix: &str) -> Vec<i64> {
    let facets = [
        ("client", entry.actor_kind.as_str()),
        ("kind", entry.subject_kind.as_str()),
        ("door", entry.door()),
        ("right", entry.right()),
        ("reason", entry.why().unwrap_or_default()),
    ];
    let said = facets.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| key(entry.log, &format!("{prefix}{name}"), value)).collect()
}

/// The keys under which a block holds an entry: those of its row, what the late facets add, and that it is known by them.
#[must_use]
pub fn indexed(entry: &Entry, mut row: Vec<i64>) -> Vec<i64> {
    let apart = row.contains(&key(entry.log, APART, ""));
    row.extend(late(entry, if apart { APART } else { "" }));
    row.push(known(entry.log));
    row.sort_unstable();
    row.dedup();
    row
}

/// The keys of which each row of today has one.
#[must_use]
pub fn clients(log: Log, prefix: &str) -> [i64; 4] {
    CLIENTS.map(|client| key(log, &format!("{prefix}client"), client))
}
