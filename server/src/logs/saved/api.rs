//! Saved searches for programs.

use super::model::{self, NAME_CHARACTERS, SavedSearch};
use super::page::Page;
use crate::front::answer;
use crate::logs::events::{SearchDeleted, SearchRenamed, SearchSaved};
use crate::logs::queries::saved;
use crate::users::api::{answered, made};
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::door::{Ask, Fields};
use kernel::policy::Person;
use kernel::{Error, Grant, Result, Uuid, once};
use serde::Serialize;
use utoipa::ToSchema;

/// A saved search. `page` is `access`, `change` or `archive` for a log, or `interactions`; `filters` are parameters of that list's
/// address; a shared one is offered to all whom that list opens for, and `own` says whether it was saved by who asks.
#[derive(Serialize, ToSchema)]
pub struct SearchLine {
    id: String,
    page: &'static str,
    name: String,
    filters: String,
    shared: bool,
    own: bool,
}

impl SearchLine {
    fn of(search: &SavedSearch, me: Uuid) -> Self {
        Self {
            id: search.id.to_string(),
            page: search.page.name(),
            name: search.name.clone(),
            filters: search.filters.clone(),
            shared: search.shared,
            own: search.owner == me,
        }
    }
}

schema!(SearchLine);

/// Filters of a list to save. `page` is `access`, `change` or `archive` for a log, or `interactions`; to share them takes the right to change settings.
#[derive(Serialize, ToSchema)]
pub struct SearchBody {
    page: String,
    name: String,
    filters: String,
    shared: Option<bool>,
}
schema!(SearchBody);

/// Another name for a saved search.
#[derive(Serialize, ToSchema)]
pub struct SearchNameBody {
    name: String,
}
schema!(SearchNameBody);

/// What was sent to be saved: a form or JSON.
///
/// # Errors
/// `Invalid` with what is wrong.
pub(super) fn sent(app: &App, grant: &Grant<Person>, mut fields: Fields) -> Result<SearchSaved> {
    let name = fields.text("name", NAME_CHARACTERS);
    let page = fields.text("page", 20);
    let query = fields.optional_text("filters", model::FILTERS_CHARACTERS).unwrap_or_default();
    let shared = fields.flag("shared");
    let page = Page::from_name(&page);
    if page.is_none() {
        fields.problem("page", "error-field-form");
    }
    fields.done()?;
    let page = page.ok_or_else(|| Error::invalid("page", "error-field-form"))?;
    if !page.opens(grant.access()) {
        return Err(Error::NotFound);
    }
    let now = app.store.clock().now();
    let filters = model::sent(page, &query, now)?;
    let search = app.store.chance().uuid(now);
    Ok(SearchSaved { search, owner: grant.access().actor().id(), page, name, filters, shared })
}

/// `GET /api/v1/searches`
pub async fn list(app: App, grant: Grant<Person>, _ask: Ask) -> Result<Response> {
    let all = grant.read(&app.store, saved::all).await?;
    let me = grant.access().actor().id();
    answer::json(StatusCode::OK, &all.iter().map(|one| SearchLine::of(one, me)).collect::<Vec<_>>())
}

/// `POST /api/v1/searches`
pub async fn save(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let event = sent(&app, &grant, ask.fields().await?)?;
    let told = made(event.search);
    answered(once::once(&grant, &app.store, event, told).await?)
}

/// `PATCH /api/v1/searches/{id}`
pub async fn rename(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let search: Uuid = ask.place("id")?;
    let mut fields = ask.fields().await?;
    let after = fields.text("name", NAME_CHARACTERS);
    fields.done()?;
    grant.apply(&app.store, SearchRenamed { search, before: None, after }).await?;
    let now = grant.read(&app.store, move |r| saved::find(r, search)).await?;
    answer::json(StatusCode::OK, &SearchLine::of(&now, grant.access().actor().id()))
}

/// `DELETE /api/v1/searches/{id}`
pub async fn delete(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let search: Uuid = ask.place("id")?;
    grant.apply(&app.store, SearchDeleted { search, expected: None }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
