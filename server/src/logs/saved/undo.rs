//! How each change of saved searches is taken back.

use crate::logs::events::{SearchDeleted, SearchRenamed, SearchSaved};
use crate::logs::model::Entry;
use crate::logs::saved::page::Page;
use crate::{App, undo};
use kernel::policy::Person;
use kernel::{Error, Grant, Result};

undo!("search.saved", Person, undo_saved);
undo!("search.renamed", Person, undo_renamed);
undo!("search.deleted", Person, undo_deleted);

async fn undo_saved(app: App, grant: Grant<Person>, entry: Entry) -> Result<()> {
    let event = SearchDeleted { search: entry.subject, expected: Some(entry.after("name")?) };
    grant.apply(&app.store, event).await
}

async fn undo_renamed(app: App, grant: Grant<Person>, entry: Entry) -> Result<()> {
    let (before, after) = (Some(entry.after("name")?), entry.before("name")?);
    grant.apply(&app.store, SearchRenamed { search: entry.subject, before, after }).await
}

async fn undo_deleted(app: App, grant: Grant<Person>, entry: Entry) -> Result<()> {
    let page: String = entry.before("page")?;
    let event = SearchSaved {
        search: entry.subject,
        owner: entry.before("owner")?,
        page: Page::from_name(&page).ok_or_else(|| Error::conflict("undo-unreadable"))?,
        name: entry.before("name")?,
        filters: entry.before("filters")?,
        shared: entry.before("shared")?,
    };
    grant.apply(&app.store, event).await
}
