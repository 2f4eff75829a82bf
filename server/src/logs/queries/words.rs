//! Reads of the search index: which texts fit, and the entries whose texts are not gathered yet.

use crate::logs::model::Entry;
use crate::logs::words::{ENTRIES_A_BATCH, MAX_TEXTS, Pattern, READER};
use ::book::Log;
use kernel::{Reader, Result, params, sql, work};

/// The keys of the texts of a log that fit; one more than [`MAX_TEXTS`] when there are more.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn fitting(r: &mut Reader<'_>, log: Log, pattern: &Pattern) -> Result<Vec<i64>> {
    let list = sql!(
        "select key from log_word where tenant_id = $tenant and log = $log and value like $pattern escape '\\' limit $most"
    );
    let log = i64::from(log.code());
    let most = i64::try_from(MAX_TEXTS + 1).unwrap_or(i64::MAX);
    let rows: Vec<(i64,)> = r.rows(list, params! { log: log, pattern: pattern.like(), most: most })?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}

/// How many entries of the book have not been gathered yet.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn behind(r: &mut Reader<'_>) -> Result<i64> {
    let size = sql!("select size from book where tenant_id = $tenant");
    let size = r.maybe::<(i64,)>(size, params! {})?.map_or(0, |(size,)| size);
    Ok(size - work::position(r, READER)?)
}

/// The entries from `first` on that come next.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn batch(r: &mut Reader<'_>, first: i64) -> Result<Vec<Entry>> {
    let list = sql!(
        "select /* system: gathers words for readers who are limited themselves */
         e.idx, e.at, e.log, e.name, e.version, e.actor_kind, e.actor_id, e.on_behalf, e.subject_kind,
         e.subject_id, e.group_id, e.queue_id, e.request_id, e.stepped_back, w.body, s.body, c.body, y.body
         from entry e
         left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
         left join entry_part s on s.tenant_id = $tenant and s.idx = e.idx and s.part = 2
         left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
         left join entry_part y on y.tenant_id = $tenant and y.idx = e.idx and y.part = 4
         where e.tenant_id = $tenant and e.idx >= $first and e.idx < $end order by e.idx"
    );
    r.rows(list, params! { first: first, end: first + ENTRIES_A_BATCH })
}
