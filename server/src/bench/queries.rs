//! Reads of the filled book.

use kernel::{Reader, Result, Timestamp, params, sql};

/// The number of entries, and the time of the last one.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn edge(r: &mut Reader<'_>) -> Result<(i64, Timestamp)> {
    let find = sql!("select size, last_at from book where tenant_id = $tenant");
    Ok(r.maybe(find, params! {})?.unwrap_or((0, Timestamp(0))))
}
