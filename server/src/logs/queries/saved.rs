//! Searches that were saved: one's own, and those that are shared.

use crate::logs::saved::model::SavedSearch;
use crate::logs::saved::page::Page;
use kernel::{Error, FromRow, Reader, Result, Row, Uuid, params, sql};

impl FromRow for SavedSearch {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self {
            id: row.read()?,
            owner: row.read()?,
            page: Page::from_name(&row.read::<String>()?)
                .ok_or_else(|| Error::broken("a search of an unknown list"))?,
            name: row.read()?,
            filters: row.read()?,
            shared: row.read::<i64>()? != 0,
        })
    }
}

/// One's own searches of a list, and the shared ones, whether they would open or not.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own_and_shared(r: &mut Reader<'_>, page: Page) -> Result<Vec<SavedSearch>> {
    let list = sql!(
        "select id, owner_id, page, name, query, shared from saved_search
         where tenant_id = $tenant and page = $page and owner_id = $actor and shared = 0
         union all select id, owner_id, page, name, query, shared from saved_search
         where tenant_id = $tenant and page = $page and shared = 1"
    );
    r.rows(list, params! { page: page.name() })
}

/// The searches of a list that who asks is offered: none that would not open for them.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn all_of_page(r: &mut Reader<'_>, page: Page) -> Result<Vec<SavedSearch>> {
    if !page.opens(r.access()) {
        return Ok(Vec::new());
    }
    let mut all = own_and_shared(r, page)?;
    all.retain(|one| page.opens_with(r.access(), &one.filters));
    all.sort_by_cached_key(|one| (crate::users::model::sort_key(&one.name), one.id));
    Ok(all)
}

/// Every search that who asks is offered.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<SavedSearch>> {
    let mut all = Vec::new();
    for page in Page::ALL {
        all.extend(all_of_page(r, page)?);
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
    if found.page.opens_with(r.access(), &found.filters) { Ok(found) } else { Err(Error::NotFound) }
}
