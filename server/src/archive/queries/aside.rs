//! What was set aside.

use super::super::model::AsideId;
use super::PAGE_ROWS;
use kernel::{Params, Reader, Result, Timestamp, from_row, params, sql};

/// A file that was not archived.
#[derive(Clone, Debug)]
pub struct AsideRow {
    /// Its id.
    pub id: AsideId,
    /// Its name as sent in.
    pub file_name: String,
    /// The reasons: a list of sentences as JSON.
    pub reasons: String,
    /// When.
    pub at: Timestamp,
    /// Who sent it in.
    pub by: String,
}
from_row!(AsideRow { id, file_name, reasons, at, by });

/// What was set aside, newest first, at most one more than a page.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn asides(r: &mut Reader<'_>, from: Option<(Timestamp, AsideId)>) -> Result<Vec<AsideRow>> {
    let statement = sql!(
        "select id, file_name, reasons, at, by_name from set_aside s where tenant_id = $tenant
         and not exists (select 1 from aside_decision d where d.tenant_id = $tenant and d.aside_id = s.id)
         {from| and (at, id) < ($from_at, $from)} order by at desc, id desc limit $limit"
    );
    let (from_at, from) = from.unzip();
    let limit = i64::try_from(PAGE_ROWS + 1).unwrap_or(i64::MAX);
    r.rows(statement, Params::none().filter("from", from).filter("from_at", from_at).with("limit", limit))
}

/// A file that is still set aside.
///
/// # Errors
/// `NotFound` when there is none, or it was decided about.
pub fn aside(r: &mut Reader<'_>, id: AsideId) -> Result<AsideRow> {
    let statement = sql!(
        "select s.id, s.file_name, s.reasons, s.at, s.by_name from set_aside s where s.tenant_id = $tenant and s.id = $id
         and not exists (select 1 from aside_decision d where d.tenant_id = $tenant and d.aside_id = s.id)"
    );
    r.row(statement, params! { id: id })
}

/// Whether the very same file was set aside before.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn known_aside(r: &mut Reader<'_>, digest: [u8; 32]) -> Result<bool> {
    let statement = sql!("select at from set_aside where tenant_id = $tenant and digest = $digest");
    Ok(r.maybe::<(Timestamp,)>(statement, params! { digest: digest })?.is_some())
}
