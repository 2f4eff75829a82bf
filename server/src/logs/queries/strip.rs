//! Where the bars of the time strip begin.

use kernel::{Reader, Result, Timestamp, params, sql};

/// Moments that one statement looks up.
const MOMENTS: [&str; 8] = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"];

/// For each moment the index of the first entry made then or later, in the order of time; none where there is none. Where a clock
/// was set back, a bar may count an entry of its neighbour's.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn edges(r: &mut Reader<'_>, moments: &[Timestamp]) -> Result<Vec<Option<i64>>> {
    let look = sql!(
        "select /* system: an index says nothing of its entry */
         (select idx from entry where tenant_id = $tenant and at >= $t0 order by at limit 1),
         (select idx from entry where tenant_id = $tenant and at >= $t1 order by at limit 1),
         (select idx from entry where tenant_id = $tenant and at >= $t2 order by at limit 1),
         (select idx from entry where tenant_id = $tenant and at >= $t3 order by at limit 1),
         (select idx from entry where tenant_id = $tenant and at >= $t4 order by at limit 1),
         (select idx from entry where tenant_id = $tenant and at >= $t5 order by at limit 1),
         (select idx from entry where tenant_id = $tenant and at >= $t6 order by at limit 1),
         (select idx from entry where tenant_id = $tenant and at >= $t7 order by at limit 1)"
    );
    let mut out = Vec::with_capacity(moments.len());
    for some in moments.chunks(MOMENTS.len()) {
        let mut given = params! {};
        for (n, name) in MOMENTS.into_iter().enumerate() {
            given = given.with(name, some.get(n).or(some.last()).copied());
        }
        type Eight = (
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
        );
        let (a, b, c, d, e, f, g, h): Eight = r.row(look, given)?;
        out.extend([a, b, c, d, e, f, g, h].into_iter().take(some.len()));
    }
    Ok(out)
}
