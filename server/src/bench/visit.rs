//! Somebody's session, made by the event that makes it in service.

use super::town::{Person, Town};
use crate::App;
use crate::signin::events::attempts::SignedIn;
use kernel::gate::Secret;
use kernel::policy::Anyone;
use kernel::{Access, Grant, Origin, RequestId, Result, SessionId, Way};
use std::sync::Arc;

/// Lets somebody in, and gives what they may do.
///
/// # Errors
/// `Conflict` when they may not come in; `Busy` or `Broken` from the engine.
pub async fn come_in(app: &App, town: &Town, person: &Person) -> Result<Arc<Access>> {
    let (secret, origin) = session(app, town, person).await?;
    app.gate.session(&secret, origin).await
}

/// A session's secret, and where it came from.
///
/// # Errors
/// As [`come_in`].
pub async fn session(app: &App, town: &Town, person: &Person) -> Result<(String, Origin)> {
    let (now, chance) = (app.store.clock().now(), app.store.chance());
    let mut origin = Origin::inside(Way::Web, RequestId::new(now, chance));
    "127.0.0.1".clone_into(&mut origin.address);
    "private".clone_into(&mut origin.country);
    "Firefox 152".clone_into(&mut origin.browser);
    "Linux".clone_into(&mut origin.system);
    let secret = Secret::new(town.tenant, chance);
    let event = SignedIn {
        user: person.user,
        session: SessionId::new(now, chance),
        method: "password",
        typed: person.user_name.clone(),
        token: secret.hash,
        checked: town.hash.clone(),
        rehashed: None,
        counters: Vec::new(),
        replaces: None,
    };
    let grant: Grant<Anyone> = app.gate.visitor(town.tenant, origin.clone()).grant()?;
    grant.apply(&app.store, event).await?;
    Ok((secret.text, origin))
}
