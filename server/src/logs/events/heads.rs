//! Signed heads. A head makes no entry: an entry for each would call for the next.

use kernel::{Result, Writer, params, sql};

/// Stores a head signed by a key, unless that key has been handed over or the head is there. Says how many were stored.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn head_signed(w: &mut Writer<'_>, size: i64, note: &str, version: i64) -> Result<u64> {
    let insert = sql!(
        "insert into book_head (tenant_id, size, at, note) select $tenant, $size, $now, $note
         where not exists (select 1 from book_key k where k.tenant_id = $tenant and k.version > $version)
         on conflict (tenant_id, size) do nothing"
    );
    w.any(insert, params! { size: size, note: note, version: version })
}
