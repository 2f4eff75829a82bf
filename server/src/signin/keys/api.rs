//! Keys for programs: the same reads and changes as on the pages.

use super::making;
use super::model::{KeyLine, Wanted};
use super::queries;
use crate::front::answer;
use crate::signin::events::keys::KeyEnded;
use crate::signin::model::ManageKeys;
use crate::users::api::answered;
use crate::users::pages::act::REASON_CHARACTERS;
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use kernel::door::{Ask, Fields};
use kernel::once::{self, Answer};
use kernel::{Grant, KeyId, Result};
use serde::Serialize;
use utoipa::ToSchema;

/// A key as the API gives it, without its secret. Times are RFC 3339 in UTC; `used_at` is exact to the minute.
#[derive(Serialize, ToSchema)]
pub struct KeyBody {
    id: String,
    name: String,
    user: String,
    user_name: String,
    owner: String,
    owner_name: String,
    scope: Vec<String>,
    made_at: String,
    until: String,
    used_at: Option<String>,
    /// Why it opens nothing now: `key-expired`, `key-not-yet`, `key-user-out` or `key-owner-out`.
    refused: Option<String>,
}
schema!(KeyBody);

impl From<KeyLine> for KeyBody {
    fn from(key: KeyLine) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name,
            user: key.user.to_string(),
            user_name: key.user_name,
            owner: key.owner.to_string(),
            owner_name: key.owner_name,
            scope: key.scope,
            made_at: key.made_at.to_string(),
            until: key.until.to_string(),
            used_at: key.used_at.map(|at| at.to_string()),
            refused: Some(key.why).filter(|why| !why.is_empty()),
        }
    }
}

/// One page of keys, newest first; `next` is the `from` of the page after it.
#[derive(Serialize, ToSchema)]
pub struct KeysBody {
    keys: Vec<KeyBody>,
    next: Option<String>,
}
schema!(KeysBody);

/// What a key is made from. `user` is a service user's id; `owner` a person's id or user name; `scope` rights by their keys,
/// each held by the asking key, its service user, the owner and the new key's service user; `until` a day or a moment
/// (RFC 3339), in 90 days where it is left out.
#[derive(Serialize, ToSchema)]
pub struct NewKeyBody {
    user: String,
    owner: String,
    name: String,
    scope: Vec<String>,
    until: Option<String>,
}
schema!(NewKeyBody);

/// A key that was made. `key` is its secret: given in the first answer alone, and kept nowhere.
#[derive(Serialize, ToSchema)]
pub struct MadeKeyBody {
    id: String,
    until: String,
    key: Option<String>,
}
schema!(MadeKeyBody);

/// `GET /api/v1/keys`
pub async fn list(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let mut query = ask.query();
    let wanted = Wanted {
        user: query.optional("user"),
        owner: query.optional("owner"),
        before: query.optional("from"),
    };
    query.done()?;
    let (keys, more) = grant.read(&app.store, move |r| queries::keys(r, &wanted)).await?;
    let next = keys.last().filter(|_| more).map(|key| key.id.to_string());
    answer::json(StatusCode::OK, &KeysBody { keys: keys.into_iter().map(KeyBody::from).collect(), next })
}

/// `GET /api/v1/keys/{id}`
pub async fn one(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let id: KeyId = ask.place("id")?;
    let key = grant.read(&app.store, move |r| queries::key(r, id)).await?;
    answer::json(StatusCode::OK, &KeyBody::from(key))
}

/// `POST /api/v1/keys`: the answer that is kept for asking again is without the secret (decisions/0141).
pub async fn create(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let body = ask.bytes().await?;
    let (event, secret) = making::asked(&app, &grant, &TimeZone::UTC, Fields::json(&body)?).await?;
    let (id, until) = (event.key.to_string(), event.until.to_string());
    let text = |key: Option<String>| {
        let made = MadeKeyBody { id: id.clone(), until: until.clone(), key };
        serde_json::to_string(&made).map_err(kernel::Error::broken)
    };
    let (kept, shown) = (Answer { status: 201, body: text(None)? }, text(Some(secret))?);
    once::once(&grant, &app.store, event, kept).await?;
    answered(Answer { status: 201, body: shown })
}

/// `DELETE /api/v1/keys/{id}`
pub async fn end(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let key: KeyId = ask.place("id")?;
    let mut query = ask.query();
    let reason = query.optional_text("reason", REASON_CHARACTERS);
    query.done()?;
    grant.apply(&app.store, KeyEnded { key, reason }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
