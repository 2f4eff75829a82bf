//! A session whose user's rights have changed gets a new secret with the next page (OWASP, session fixation).

use super::cookies;
use super::events::sessions::SessionRenewed;
use super::queries;
use crate::App;
use crate::front::{SESSION_COOKIE, cookie};
use axum::response::Response;
use kernel::door::Head;
use kernel::gate::{Secret, hash};
use kernel::policy::Anyone;
use kernel::{Access, Actor, Error, Result};
use std::sync::Arc;

/// Gives the session a new secret if the rights it was given for are others now. A failure is logged: the page stands,
/// and the next one tries again.
pub async fn renew(app: &App, head: &Head, response: &mut Response) {
    let (Some(access), Some(secret)) = (&head.access, cookie(&head.headers, SESSION_COOKIE)) else { return };
    match renewed(app, access, secret).await {
        Ok(Some(secret)) => {
            if let Err(cause) = cookies::give_session(response, &secret) {
                tracing::warn!(%cause, "a renewed session could not be handed out");
            }
        }
        // Another page of the same browser was quicker.
        Ok(None) | Err(Error::NotFound) => {}
        Err(cause) => tracing::warn!(%cause, "a session could not be renewed"),
    }
}

async fn renewed(app: &App, access: &Arc<Access>, secret: &str) -> Result<Option<String>> {
    let Actor::User { session, .. } = *access.actor() else { return Ok(None) };
    let grant = access.grant::<Anyone>()?;
    let mark = access.policy().rights_mark();
    if grant.read(&app.store, move |r| queries::mark(r, session)).await? == mark {
        return Ok(None);
    }
    let new = Secret::new(access.tenant(), app.store.chance());
    let event = SessionRenewed { session, before: hash(secret), token: new.hash, mark };
    grant.apply(&app.store, event).await?;
    Ok(Some(new.text))
}
