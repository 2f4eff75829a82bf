//! Between which indexes a time lies, and whose entries a reader sees.

use crate::logs::model::Entry;
use ::book::Log;
use kernel::facet::key;
use kernel::{Reader, Result, Timestamp, Uuid, params, sql};
use sha2::{Digest, Sha256};

/// Indexes from `least` up to but without `before`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub least: i64,
    /// The one after the last.
    pub before: i64,
}

impl Span {
    /// How many indexes there are.
    #[must_use]
    pub const fn len(self) -> i64 {
        if self.before > self.least { self.before - self.least } else { 0 }
    }
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// Entries at the edge of a time that are looked at, so that a clock that stepped back there hides none.
const EDGE_ENTRIES: i64 = 200;

/// The indexes of entries made in a time. Order is by index; entries near the edges may lie outside the time, where a clock
/// was set back, so whoever lists them looks at their time too.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn span(r: &mut Reader<'_>, since: Option<Timestamp>, until: Option<Timestamp>) -> Result<Span> {
    let size = sql!("select size from book where tenant_id = $tenant");
    let size = r.maybe::<(i64,)>(size, params! {})?.map_or(0, |(size,)| size);
    let least = match since {
        None => Some(0),
        Some(since) => {
            let first = sql!(
                "select /* system: an index says nothing of its entry */ min(idx) from
                 (select idx from entry where tenant_id = $tenant and at >= $since order by at limit $most) f"
            );
            r.row::<(Option<i64>,)>(first, params! { since: since, most: EDGE_ENTRIES })?.0
        }
    };
    let last = match until {
        None => Some(size - 1),
        Some(until) => {
            let last = sql!(
                "select /* system: an index says nothing of its entry */ max(idx) from
                 (select idx from entry where tenant_id = $tenant and at < $until order by at desc limit $most) f"
            );
            r.row::<(Option<i64>,)>(last, params! { until: until, most: EDGE_ENTRIES })?.0
        }
    };
    Ok(match (least, last) {
        (Some(least), Some(last)) => Span { least, before: last + 1 },
        _ => Span { least: 0, before: 0 },
    })
}

/// What a reader may see of the logs, looked up once for many entries.
#[derive(Clone, Debug)]
pub struct Reach {
    own: Uuid,
    parts: Vec<(String, Uuid)>,
}

impl Reach {
    /// Whether reach covers everything.
    #[must_use]
    pub fn everything(&self) -> bool {
        self.parts.iter().any(|(kind, _)| kind == "all")
    }
    /// A mark of all its parts, equal for equal reaches.
    #[must_use]
    pub fn mark(&self) -> String {
        if self.everything() {
            return "all".to_owned();
        }
        let mut hash = Sha256::new();
        for (kind, id) in &self.parts {
            hash.update(kind.as_bytes());
            hash.update(id.as_bytes());
        }
        data_encoding::HEXLOWER.encode(&hash.finalize())
    }
    /// Whether the reader may see an entry: made by themselves, or within reach.
    #[must_use]
    pub fn covers(&self, entry: &Entry) -> bool {
        let within = |(kind, id): &(String, Uuid)| match kind.as_str() {
            "all" => true,
            "group" => entry.group == Some(*id),
            "queue" => entry.queue == Some(*id),
            _ => false,
        };
        entry.actor == self.own || self.parts.iter().any(within)
    }
}

/// The reach of who asks.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn reach(r: &mut Reader<'_>) -> Result<Reach> {
    let list = sql!(
        "select kind, scope_id from reach where tenant_id = $tenant and holder in ($actor, $actor_group) order by kind, scope_id"
    );
    Ok(Reach { own: r.access().actor().id(), parts: r.rows(list, params! {})? })
}

/// The facets under which the reader's entries of a log are found: groups and queues within reach, and oneself. `None`
/// where reach covers everything. `apart` names the list that stands apart.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn scopes(r: &mut Reader<'_>, log: Log, prefix: &str) -> Result<Option<Vec<i64>>> {
    let reach = reach(r)?;
    if reach.everything() {
        return Ok(None);
    }
    let mut keys: Vec<i64> =
        reach.parts.iter().map(|(kind, id)| key(log, &format!("{prefix}{kind}"), &id.to_string())).collect();
    keys.push(key(log, &format!("{prefix}actor"), &reach.own.to_string()));
    keys.sort_unstable();
    keys.dedup();
    Ok(Some(keys))
}
