//! What is due to be erased.

use ::book::{Erasure, Log};
use kernel::{Reader, Result, Timestamp, params, sql};

/// What is due in one part of the book.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Indexes, the oldest first.
    pub indexes: Vec<i64>,
    /// Before this index nothing else is due now.
    pub reached: i64,
}

/// Indexes of a log's entries from `from` on that were made before `limit` and still have words, among the next `most` of the
/// book. What says that words were erased is never due. The first entry that is kept ends it, so that it is looked at again.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn due(r: &mut Reader<'_>, log: Log, from: i64, limit: Timestamp, most: i64) -> Result<Due> {
    let before = super::span(r, None, Some(limit))?.before.min(from + most);
    let list = sql!(
        "select /* system: forgetting knows no reach */ e.idx, e.at from entry e
         where e.tenant_id = $tenant and e.idx >= $from and e.idx < $before and e.log = $log and e.name <> $erasure
         and exists (select 1 from entry_part p where p.tenant_id = $tenant and p.idx = e.idx)
         order by e.idx"
    );
    let given = params! { log: i64::from(log.code()), from: from, before: before, erasure: Erasure::NAME };
    let rows: Vec<(i64, Timestamp)> = r.rows(list, given)?;
    let kept = rows.iter().find(|(_, at)| *at >= limit).map(|(idx, _)| *idx);
    let reached = kept.unwrap_or(before).max(from);
    let indexes = rows.into_iter().map(|(idx, _)| idx).filter(|idx| *idx < reached).collect();
    Ok(Due { indexes, reached })
}
