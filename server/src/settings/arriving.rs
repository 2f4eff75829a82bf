//! Rights that a newer program brings, given at its start to those who held every right there was.

use super::events::RightsArrived;
use super::queries;
use crate::App;
use kernel::policy::Machine;
use kernel::{Error, Grant, Origin, RequestId, Result, Way, setting};

/// Gives new rights in every tenant, once. Two nodes may do so at once: one does.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn all(app: &App, account: &str) -> Result<()> {
    for tenant in app.gate.all().await? {
        let request = RequestId::new(app.store.clock().now(), app.store.chance());
        let grant: Grant<Machine> =
            app.gate.machine(tenant, account, Origin::inside(Way::Command, request)).grant()?;
        for (group, known) in grant.read(&app.store, queries::administrators).await? {
            let rights: Vec<&'static str> = setting::known()
                .filter(|s| s.is_right() && !known.iter().any(|key| key == s.key))
                .map(|s| s.key)
                .collect();
            if rights.is_empty() {
                continue;
            }
            match grant.apply(&app.store, RightsArrived { group, rights }).await {
                Ok(()) | Err(Error::Conflict(_) | Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(())
}
