//! Sessions and password links for programs. A program has no session of its own: what it sees and ends are those of people.

use super::changing;
use super::events::sessions::{AllSessionsEnded, UserSessionsEnded};
use super::model::{EndAllSessions, EndSessions, LINK_MINUTES, ResetPasswords, SessionRow};
use super::pages::everybody::asked;
use super::queries;
use crate::front::answer;
use crate::users::pages::act::REASON_CHARACTERS;
use crate::users::queries as users;
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::door::{Ask, Fields};
use kernel::once::{self, Answer};
use kernel::{Error, Grant, Result, SessionId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

/// A session. Times are RFC 3339 in UTC; `seen_at` is exact to half a minute.
#[derive(Serialize, ToSchema)]
pub struct SessionBody {
    id: String,
    made_at: String,
    seen_at: String,
    method: String,
    address: String,
    country: String,
    browser: String,
    system: String,
}
schema!(SessionBody);

impl From<SessionRow> for SessionBody {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id.to_string(),
            made_at: row.made_at.to_string(),
            seen_at: row.seen_at.to_string(),
            method: row.method,
            address: row.address,
            country: row.country,
            browser: row.browser,
            system: row.system,
        }
    }
}

/// Sessions of one user, last used first.
#[derive(Serialize, ToSchema)]
pub struct SessionsBody {
    sessions: Vec<SessionBody>,
}
schema!(SessionsBody);

/// A link that sets a password: works once, for so many minutes, and is told in the first answer alone.
#[derive(Serialize, ToSchema)]
pub struct PasswordLinkBody {
    link: Option<String>,
    minutes: i64,
}
schema!(PasswordLinkBody);

/// Which sessions stay when all others end: those of these users, by id.
#[derive(Serialize, ToSchema)]
pub struct EndAllBody {
    except: Option<Vec<String>>,
    reason: Option<String>,
}
schema!(EndAllBody);

/// What ended.
#[derive(Serialize, ToSchema)]
pub struct EndedBody {
    sessions: u64,
}
schema!(EndedBody);

/// `GET /api/v1/users/{id}/sessions`
pub async fn of_user(app: App, grant: Grant<EndSessions>, ask: Ask) -> Result<Response> {
    let user: UserId = ask.place("id")?;
    let rows = grant
        .read(&app.store, move |r| {
            users::user(r, user)?;
            queries::sessions(r, user)
        })
        .await?;
    answer::json(
        StatusCode::OK,
        &SessionsBody { sessions: rows.into_iter().map(SessionBody::from).collect() },
    )
}

/// `DELETE /api/v1/users/{id}/sessions?session=`: one, or all.
pub async fn end_of_user(app: App, grant: Grant<EndSessions>, ask: Ask) -> Result<Response> {
    let user: UserId = ask.place("id")?;
    let mut query = ask.query();
    let session: Option<SessionId> = query.optional("session");
    let reason = query.optional_text("reason", REASON_CHARACTERS);
    query.done()?;
    grant.apply(&app.store, UserSessionsEnded { user, session, reason }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /api/v1/users/{id}/password-link`: the answer that is kept for asking again is without the link.
pub async fn link(app: App, grant: Grant<ResetPasswords>, ask: Ask) -> Result<Response> {
    let user: UserId = ask.place("id")?;
    let (event, link) = changing::new_link(&app, &grant, user).await?;
    let told = |link: Option<String>| PasswordLinkBody { link, minutes: LINK_MINUTES };
    let kept = serde_json::to_string(&told(None)).map_err(Error::broken)?;
    once::once(&grant, &app.store, event, Answer { status: 201, body: kept }).await?;
    answer::json(StatusCode::CREATED, &told(Some(link)))
}

/// `POST /api/v1/sessions/end-all`
pub async fn end_everybodys(app: App, grant: Grant<EndAllSessions>, ask: Ask) -> Result<Response> {
    let body = ask.bytes().await?;
    let fields = if body.is_empty() { Fields::default() } else { Fields::json(&body)? };
    let event: AllSessionsEnded = asked(fields, None)?;
    let sessions = grant.apply(&app.store, event).await?;
    answer::json(StatusCode::OK, &EndedBody { sessions })
}
