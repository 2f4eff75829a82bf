//! Searches that were saved: one's own, and those that are shared.

use crate::logs::saved::model::{SavedSearch, may_read};
use ::book::Log;
use kernel::{Error, FromRow, Reader, Result, Row, Uuid, params, sql};

impl FromRow for SavedSearch {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self {
            id: row.read()?,
            owner: row.read()?,
            log: Log::from_name(&row.read::<String>()?)
                .ok_or_else(|| Error::broken("a search of an unknown log"))?,
            name: row.read()?,
            filters: row.read()?,
            shared: row.read::<i64>()? != 0,
        })
    }
}

/// The searches of a log that who asks is offered, if they may read it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn all_of_log(r: &mut Reader<'_>, log: Log) -> Result<Vec<SavedSearch>> {
    let list = sql!(
        "select id, owner_id, page, name, query, shared from saved_search
         where tenant_id = $tenant and page = $page and owner_id = $actor and shared = 0
         union all select id, owner_id, page, name, query, shared from saved_search
         where tenant_id = $tenant and page = $page and shared = 1"
    );
    if !may_read(r.access(), log) {
        return Ok(Vec::new());
    }
    let mut all: Vec<SavedSearch> = r.rows(list, params! { page: log.name() })?;
    all.sort_by_cached_key(|one| (crate::users::model::sort_key(&one.name), one.id));
    Ok(all)
}

/// Every search that who asks is offered.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<SavedSearch>> {
    let mut all = Vec::new();
    for log in Log::ALL {
        all.extend(all_of_log(r, log)?);
    }
    Ok(all)
}

/// One search that who asks is offered.
///
/// # Errors
/// `NotFound` when there is none, or not for this reader.
pub fn find(r: &mut Reader<'_>, id: Uuid) -> Result<SavedSearch> {
    let find = sql!(
        "select id, owner_id, page, name, query, shared from saved_search
         where tenant_id = $tenant and id = $id and (owner_id = $actor or shared = 1)"
    );
    let found: SavedSearch = r.row(find, params! { id: id })?;
    if may_read(r.access(), found.log) { Ok(found) } else { Err(Error::NotFound) }
}
