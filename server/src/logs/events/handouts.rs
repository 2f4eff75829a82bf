//! How far the heads were handed out. It follows from the heads and the settings, so it makes no entry.

use crate::logs::book::handout::Way;
use crate::ops::outgoing::Fault;
use kernel::{Result, Timestamp, Writer, params, sql};

/// Heads up to this size have been taken at that place.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn handed_out(w: &mut Writer<'_>, way: Way, place: &str, size: i64) -> Result<()> {
    let upsert = sql!(
        "insert into head_handout (tenant_id, way, place, size, at, failures, failing_since, next_at, why, detail)
         values ($tenant, $way, $place, $size, $now, 0, 0, 0, '', '')
         on conflict (tenant_id, way) do update
         set place = $place, size = $size, at = $now, failures = 0, failing_since = 0, next_at = 0, why = '', detail = ''"
    );
    w.one(upsert, params! { way: way.name(), place: place, size: size })
}

/// They were not taken: why, and when it is tried again. `size` is how far they were taken before at that place.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn not_handed_out(
    w: &mut Writer<'_>,
    way: Way,
    (place, size): (&str, i64),
    fault: &Fault,
    next_at: Timestamp,
) -> Result<()> {
    let upsert = sql!(
        "insert into head_handout (tenant_id, way, place, size, at, failures, failing_since, next_at, why, detail)
         values ($tenant, $way, $place, $size, 0, 1, $now, $next_at, $why, $detail)
         on conflict (tenant_id, way) do update
         set failing_since = case when head_handout.place = $place and head_handout.failing_since > 0
                                  then head_handout.failing_since else $now end,
             failures = case when head_handout.place = $place then head_handout.failures + 1 else 1 end,
             at = case when head_handout.place = $place then head_handout.at else 0 end,
             place = $place, size = $size, next_at = $next_at, why = $why, detail = $detail"
    );
    let given = params! { way: way.name(), place: place, size: size, next_at: next_at, why: fault.key, detail: fault.detail.as_str() };
    w.one(upsert, given)
}
