//! What is due to be erased.

use ::book::{Erasure, Log};
use kernel::{Reader, Result, Timestamp, params, sql};

/// Indexes of a log's entries from `from` on that were made before `limit` and still have words, oldest first. What says that
/// words were erased is never due.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn due(r: &mut Reader<'_>, log: Log, from: i64, limit: Timestamp, most: i64) -> Result<Vec<i64>> {
    let before = super::span(r, None, Some(limit))?.before;
    let list = sql!(
        "select /* system: forgetting knows no reach */ e.idx from entry e
         where e.tenant_id = $tenant and e.idx >= $from and e.idx < $before and e.log = $log and e.at < $limit
         and e.name <> $erasure
         and exists (select 1 from entry_part p where p.tenant_id = $tenant and p.idx = e.idx)
         order by e.idx limit $most"
    );
    let log = i64::from(log.code());
    let given =
        params! { log: log, from: from, before: before, limit: limit, erasure: Erasure::NAME, most: most };
    let rows: Vec<(i64,)> = r.rows(list, given)?;
    Ok(rows.into_iter().map(|(idx,)| idx).collect())
}
