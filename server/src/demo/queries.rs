//! What the story looks up in its own book.

use kernel::{Reader, Result, params, sql};

/// How many entries the book has.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn size(r: &mut Reader<'_>) -> Result<i64> {
    Ok(r.row::<(i64,)>(sql!("select size from book where tenant_id = $tenant"), params! {})?.0)
}

/// The index of the newest entry of that name.
///
/// # Errors
/// `NotFound` when there is none.
pub fn newest(r: &mut Reader<'_>, name: &str) -> Result<i64> {
    let find = sql!(
        "select idx from entry where tenant_id = $tenant and name = $name /* system: the story takes back its own change */
         order by idx desc limit 1"
    );
    Ok(r.row::<(i64,)>(find, params! { name: name })?.0)
}
