//! How often something happened in an hour: counted once, after commit, so that nobody has to count it again.

use super::span;
use crate::logs::hours::{COUNTED, KEPT_DAYS, READER};
use ::book::Log;
use kernel::{Reader, Result, Timestamp, Uuid, from_row, params, sql, work};

/// Entries that are looked at in one batch.
pub const ENTRIES_A_COUNT: i64 = 2_000;

/// Entries of one name, group and hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The event.
    pub name: String,
    /// The group it belonged to then; `None` for no group.
    pub group: Option<Uuid>,
    /// Hours since 1970 UTC.
    pub hour: i64,
    /// How many.
    pub n: i64,
}
from_row!(Tally { name, group, hour, n });

/// What is still to be counted.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Where the reader stands.
    pub position: i64,
    /// Where it will stand.
    pub end: i64,
    /// What there is between.
    pub tallies: Vec<Tally>,
}

/// The next batch; `None` when all is counted. A new reader begins with the entries that are still of use.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn uncounted(r: &mut Reader<'_>) -> Result<Option<Batch>> {
    let position = work::position(r, READER)?;
    let oldest = r.now().plus_seconds(-KEPT_DAYS * 86_400);
    let size = span(r, None, None)?.before;
    let first = if position == 0 {
        let kept = span(r, Some(oldest), None)?;
        if kept.is_empty() { size } else { kept.least }
    } else {
        position
    };
    if position >= size {
        return Ok(None);
    }
    let end = size.min(first + ENTRIES_A_COUNT);
    let count = sql!(
        "select /* system: counts say nothing of an entry; who reads them is held to reach then */
         e.name, e.group_id, e.at / 3600000000, count(*) from entry e
         where e.tenant_id = $tenant and e.idx >= $first and e.idx < $end and e.log = $log and e.name in ($a, $b, $c)
         group by e.name, e.group_id, e.at / 3600000000"
    );
    let [a, b, c] = COUNTED;
    let log = i64::from(Log::Access.code());
    let tallies = r.rows(count, params! { first: first, end: end, log: log, a: a, b: b, c: c })?;
    Ok(Some(Batch { position, end, tallies }))
}

/// One hour of one event, within the reach of who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The event.
    pub name: String,
    /// Hours since 1970 UTC.
    pub hour: i64,
    /// How many.
    pub n: i64,
}
from_row!(Hour { name, hour, n });

/// Every hour since, of the events that are counted: of all groups, or of those within reach.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn hours(r: &mut Reader<'_>, since: Timestamp) -> Result<Vec<Hour>> {
    let everything = sql!(
        "select 1 from reach where tenant_id = $tenant and holder in ($actor, $actor_group) and kind = 'all' limit 1"
    );
    let all = r.maybe::<(i64,)>(everything, params! {})?.is_some();
    let whole = sql!(
        "select name, hour, n from hour_count where tenant_id = $tenant and name in ($a, $b, $c) and group_id = $none and hour >= $since"
    );
    let within = sql!(
        "select c.name, c.hour, cast(sum(c.n) as bigint)
         from (select distinct scope_id from reach where tenant_id = $tenant and holder in ($actor, $actor_group) and kind = 'group') s
         join hour_count c on c.tenant_id = $tenant and c.name in ($a, $b, $c) and c.group_id = s.scope_id and c.hour >= $since
         group by c.name, c.hour"
    );
    let [a, b, c] = COUNTED;
    let given = params! { a: a, b: b, c: c, since: hour_of(since) };
    if all { r.rows(whole, given.with("none", Uuid::nil())) } else { r.rows(within, given) }
}

/// The hour of a moment, counted from 1970 UTC.
#[must_use]
pub const fn hour_of(at: Timestamp) -> i64 {
    at.0.div_euclid(3_600_000_000)
}
