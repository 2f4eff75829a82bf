//! What the program was last started with.

use kernel::{Reader, Result, params, sql};

/// Version, options and whether it said that it stopped; none where this node never was.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn last_run(r: &mut Reader<'_>, node: &str) -> Result<Option<(String, String, bool)>> {
    let find = sql!(
        "select version, options, stopped_at from program_run where tenant_id = $tenant and node = $node"
    );
    let row = r.maybe::<(String, String, i64)>(find, params! { node: node })?;
    Ok(row.map(|(version, options, stopped)| (version, options, stopped > 0)))
}
