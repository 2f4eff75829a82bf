//! Searches that people gave a name, and took away.

use crate::logs::queries::saved::{all_of_log, find};
use crate::logs::saved::model::{MAX_OWN_SEARCHES, MAX_SHARED_SEARCHES, SavedSearch, may_read};
use crate::settings::events::ManageSettings;
use ::book::Log;
use kernel::facet::fold;
use kernel::policy::Person;
use kernel::{Error, Event, Message, Name, Result, Right, Subject, Uuid, Writer, params, sql};
use serde::Serialize;

/// Filters of a log got a name.
#[derive(Serialize)]
pub struct SearchSaved {
    /// The search.
    #[serde(skip)]
    pub search: Uuid,
    /// Whose it is.
    #[serde(skip)]
    pub owner: Uuid,
    /// Of which log.
    #[serde(skip)]
    pub log: Log,
    /// What it is called.
    #[serde(skip)]
    pub name: String,
    /// The filters, as an address has them.
    #[serde(skip)]
    pub filters: String,
    /// Whether it is offered to all who may read that log.
    #[serde(skip)]
    pub shared: bool,
}

impl Event for SearchSaved {
    type Needs = Person;
    type Output = ();
    const NAME: Name = kernel::name!("search.saved", 1);
    fn subject(&self) -> Subject {
        Subject::new("search", self.search)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        if !may_read(w.access(), self.log) || !self.shared && self.owner != w.access().actor().id() {
            return Err(Error::NotFound);
        }
        if self.shared {
            may_share(w)?;
        }
        free(w, self.log, self.search, &self.name)?;
        let all = all_of_log(w, self.log)?;
        let most = if self.shared { MAX_SHARED_SEARCHES } else { MAX_OWN_SEARCHES };
        if all.iter().filter(|one| one.shared == self.shared).count() >= most {
            return Err(Error::invalid("name", Message::new("logs-saved-too-many").with("most", most)));
        }
        let insert = sql!(
            "insert into saved_search (tenant_id, id, owner_id, page, name, query, shared, made_at)
             values ($tenant, $id, $owner, $page, $name, $query, $shared, $now)"
        );
        let given = params! { id: self.search, owner: self.owner, page: self.log.name(), name: &self.name,
        query: &self.filters, shared: i64::from(self.shared) };
        w.one(insert, given)?;
        w.about(&self.name);
        w.changed("log", (), self.log.name());
        w.changed("name", (), &self.name);
        w.changed("filters", (), &self.filters);
        w.changed("shared", (), self.shared);
        w.changed("owner", (), self.owner);
        Ok(())
    }
}

/// A saved search got another name.
#[derive(Serialize)]
pub struct SearchRenamed {
    /// The search.
    #[serde(skip)]
    pub search: Uuid,
    /// The name it must still have, if one was seen.
    #[serde(skip)]
    pub before: Option<String>,
    /// What it is called from now on.
    #[serde(skip)]
    pub after: String,
}

impl Event for SearchRenamed {
    type Needs = Person;
    type Output = ();
    const NAME: Name = kernel::name!("search.renamed", 1);
    fn subject(&self) -> Subject {
        Subject::new("search", self.search)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let found = changeable(w, self.search)?;
        if self.before.as_ref().is_some_and(|before| *before != found.name) {
            return Err(Error::conflict("logs-saved-changed-meanwhile"));
        }
        free(w, found.log, self.search, &self.after)?;
        let rename = sql!("update saved_search set name = $name where tenant_id = $tenant and id = $id");
        w.one(rename, params! { id: self.search, name: &self.after })?;
        w.about(&self.after);
        w.changed("name", found.name, &self.after);
        Ok(())
    }
}

/// A saved search was taken away.
#[derive(Serialize)]
pub struct SearchDeleted {
    /// The search.
    #[serde(skip)]
    pub search: Uuid,
    /// The name it must still have, if one was seen.
    #[serde(skip)]
    pub expected: Option<String>,
}

impl Event for SearchDeleted {
    type Needs = Person;
    type Output = ();
    const NAME: Name = kernel::name!("search.deleted", 1);
    fn subject(&self) -> Subject {
        Subject::new("search", self.search)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let found = changeable(w, self.search)?;
        if self.expected.as_ref().is_some_and(|expected| *expected != found.name) {
            return Err(Error::conflict("logs-saved-changed-meanwhile"));
        }
        let delete = sql!("delete from saved_search where tenant_id = $tenant and id = $id");
        w.one(delete, params! { id: self.search })?;
        w.about(&found.name);
        w.changed("log", found.log.name(), ());
        w.changed("name", found.name, ());
        w.changed("filters", found.filters, ());
        w.changed("shared", found.shared, ());
        w.changed("owner", found.owner, ());
        Ok(())
    }
}

fn may_share(w: &Writer<'_>) -> Result<()> {
    if w.access().may::<ManageSettings>() { Ok(()) } else { Err(Error::Forbidden(ManageSettings::KEY)) }
}

/// The search, if who asks may change it: their own, or a shared one with the right to change settings.
fn changeable(w: &mut Writer<'_>, search: Uuid) -> Result<SavedSearch> {
    let found = find(w, search)?;
    if found.shared {
        may_share(w)?;
    }
    Ok(found)
}

/// Refuses a name that stands in the same menu already.
fn free(w: &mut Writer<'_>, log: Log, search: Uuid, name: &str) -> Result<()> {
    let taken = |one: &SavedSearch| one.id != search && fold(&one.name) == fold(name);
    match all_of_log(w, log)?.iter().any(taken) {
        true => Err(Error::invalid("name", "logs-saved-taken")),
        false => Ok(()),
    }
}
