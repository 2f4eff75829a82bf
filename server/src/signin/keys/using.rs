//! What the access log learns of keys: that one was used, and that one was refused.

use super::model::{USE_AGAIN_SECONDS, USED_EVERY_SECONDS};
use crate::App;
use crate::signin::events::uses::{KeyRefused, KeyUsed, seen};
use crate::signin::repeats::{Same, network};
use kernel::gate::{Key, Opens, Refusal};
use kernel::policy::Anyone;
use kernel::{Access, Error, Grant, Origin, Result};
use std::sync::Arc;

/// The holder of a key. Its use is an entry, or its refusal.
///
/// # Errors
/// `KeyRefused` with the reason; `Busy` when the book cannot be written: nobody comes in then.
pub async fn holder(app: &App, secret: &str, origin: Origin) -> Result<Arc<Access>> {
    match app.gate.key(secret, origin.clone()).await? {
        Key::Opens(opens) => {
            used(app, &opens).await?;
            Ok(opens.access)
        }
        Key::Refused(refusal) => {
            refused(app, &refusal, origin).await?;
            Err(refusal.why.into())
        }
    }
}

async fn used(app: &App, opens: &Opens) -> Result<()> {
    let now = app.store.clock().now();
    let within = |at: Option<kernel::Timestamp>, seconds: i64| {
        at.is_some_and(|at| (0..seconds).contains(&now.seconds_since(at)))
    };
    let grant: Grant<Anyone> = opens.access.grant()?;
    if !within(opens.told_at, USE_AGAIN_SECONDS) {
        let used = KeyUsed { key: opens.key, name: opens.name.clone() };
        return match grant.apply(&app.store, used).await {
            Err(Error::Conflict(_)) => Ok(()),
            other => other,
        };
    }
    if !within(opens.used_at, USED_EVERY_SECONDS) {
        let (key, address) = (opens.key, opens.access.origin().address.clone());
        if let Err(cause) = grant.quietly(&app.store, move |w| seen(w, key, &address)).await {
            tracing::warn!(%cause, "a key's last use was not written down");
        }
    }
    Ok(())
}

async fn refused(app: &App, refusal: &Refusal, origin: Origin) -> Result<()> {
    let (tenant, reason) = (refusal.tenant, refusal.why.name());
    let key = refusal.key.as_ref().map(|(key, ..)| *key);
    let same = Same { tenant: tenant.number(), reason, key, network: network(&origin.address) };
    let Some(passed_over) = app.repeats.due(same, app.store.clock().now()) else { return Ok(()) };
    let grant: Grant<Anyone> = app.gate.visitor(tenant, origin).grant()?;
    grant.apply(&app.store, KeyRefused { key: refusal.key.clone(), reason, passed_over }).await
}
