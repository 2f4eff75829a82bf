//! What the reader of the hours writes: it can be counted anew from the log, so it makes no entry.

use crate::logs::hours::{KEPT_DAYS, READER};
use crate::logs::queries::{Batch, hour_of};
use kernel::{Result, Uuid, Writer, params, sql, work};

/// Adds a batch to the counts, if the reader still stands where it was counted from, and drops what is too old.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn counted(w: &mut Writer<'_>, batch: &Batch) -> Result<()> {
    if work::position(w, READER)? != batch.position {
        return Ok(()); // another node was first
    }
    let add = sql!(
        "insert into hour_count (tenant_id, name, group_id, hour, n) values ($tenant, $name, $group, $hour, $n)
         on conflict (tenant_id, name, group_id, hour) do update set n = hour_count.n + $n"
    );
    for tally in &batch.tallies {
        for group in tally.group.into_iter().chain([Uuid::nil()]) {
            let given = params! { name: &tally.name, group: group, hour: tally.hour, n: tally.n };
            w.one(add, given)?;
        }
    }
    let oldest = hour_of(w.now().plus_seconds(-KEPT_DAYS * 86_400));
    let drop = sql!("delete from hour_count where tenant_id = $tenant and hour < $oldest");
    w.any(drop, params! { oldest: oldest })?;
    work::reached(w, READER, batch.end)
}
