//! Searches that people gave a name, and took away.

use crate::logs::queries::saved::{find, own_and_shared};
use crate::logs::saved::model::{MAX_OWN_SEARCHES, MAX_SHARED_SEARCHES, SavedSearch};
use crate::logs::saved::page::Page;
use crate::settings::events::ManageSettings;
use kernel::body::Body;
use kernel::facet::fold;
use kernel::policy::Person;
use kernel::{Error, Event, Message, Name, Result, Right, Subject, UserId, Uuid, Writer, params, sql};
use serde::Serialize;
use serde_json::{Value, json};

kernel::upgrade!("search.saved", 1, of_a_log);
kernel::upgrade!("search.deleted", 1, of_a_log);

/// At first only searches of logs were saved, and the field said `log`.
fn of_a_log(body: &mut Body) {
    let fields = body.change.get_mut("fields").and_then(Value::as_array_mut);
    for field in fields.into_iter().flatten().filter(|field| field["field"] == "log") {
        field["field"] = json!("page");
    }
}

/// Filters of a list got a name.
#[derive(Serialize)]
pub struct SearchSaved {
    /// The search.
    #[serde(skip)]
    pub search: Uuid,
    /// Whose it is.
    #[serde(skip)]
    pub owner: Uuid,
    /// Of which list.
    #[serde(skip)]
    pub page: Page,
    /// What it is called.
    #[serde(skip)]
    pub name: String,
    /// The filters, as an address has them.
    #[serde(skip)]
    pub filters: String,
    /// Whether it is offered to all whom that list opens for.
    #[serde(skip)]
    pub shared: bool,
}

impl Event for SearchSaved {
    type Needs = Person;
    type Output = ();
    const NAME: Name = kernel::name!("search.saved", 2);
    fn subject(&self) -> Subject {
        Subject::new("search", self.search)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let opens = self.page.opens_with(w.access(), &self.filters);
        if !opens || !self.shared && self.owner != w.access().actor().id() {
            return Err(Error::NotFound);
        }
        if self.shared {
            may_share(w)?;
        }
        free(w, self.page, self.search, &self.name)?;
        let all = own_and_shared(w, self.page)?;
        let most = if self.shared { MAX_SHARED_SEARCHES } else { MAX_OWN_SEARCHES };
        if all.iter().filter(|one| one.shared == self.shared).count() >= most {
            return Err(Error::invalid("name", Message::new("logs-saved-too-many").with("most", most)));
        }
        let insert = sql!(
            "insert into saved_search (tenant_id, id, owner_id, page, name, query, shared, made_at)
             values ($tenant, $id, $owner, $page, $name, $query, $shared, $now)"
        );
        let given = params! { id: self.search, owner: self.owner, page: self.page.name(), name: &self.name,
        query: &self.filters, shared: i64::from(self.shared) };
        w.one(insert, given)?;
        w.about(&self.name);
        w.changed("page", (), self.page.name());
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
        free(w, found.page, self.search, &self.after)?;
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
    const NAME: Name = kernel::name!("search.deleted", 2);
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
        w.changed("page", found.page.name(), ());
        w.changed("name", found.name, ());
        w.changed("filters", found.filters, ());
        w.changed("shared", found.shared, ());
        w.changed("owner", found.owner, ());
        Ok(())
    }
}

/// Takes away what somebody saved for nobody else, as a part of the change by which they leave; what is shared is the
/// customer's and stays. Says how many there were.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own_end(w: &mut Writer<'_>, user: UserId) -> Result<u64> {
    let delete =
        sql!("delete from saved_search where tenant_id = $tenant and owner_id = $owner and shared = 0");
    w.any(delete, params! { owner: user })
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
fn free(w: &mut Writer<'_>, page: Page, search: Uuid, name: &str) -> Result<()> {
    let taken = |one: &SavedSearch| one.id != search && fold(&one.name) == fold(name);
    match own_and_shared(w, page)?.iter().any(taken) {
        true => Err(Error::invalid("name", "logs-saved-taken")),
        false => Ok(()),
    }
}
