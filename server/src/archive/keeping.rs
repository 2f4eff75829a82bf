//! What the archive does by itself, now and then: tells of deliveries that no player spoke of, and sweeps encrypted files
//! whose rows were never written because the process died between the two.

use super::chest::folder;
use super::events::DeliverySettled;
use super::queries;
use crate::App;
use futures_util::TryStreamExt;
use kernel::policy::Machine;
use kernel::{Error, Grant, Origin, RequestId, Result, Uuid, Way};
use object_store::ObjectStoreExt;
use std::time::Duration;

/// How often it looks.
pub const EVERY_SECONDS: u64 = 300;
/// A file without a row is swept when it is older than any import takes between the two.
pub const ORPHAN_SECONDS: i64 = 3600;
/// Openings told of at a time.
const MAX_TOLD_OPENINGS: i64 = 1000;

/// Looks for ever, for every tenant. What goes wrong is logged and tried again the next time.
pub async fn keep(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(EVERY_SECONDS)).await;
        let cause = match round(&app).await {
            Ok(()) => continue,
            Err(cause) => cause,
        };
        tracing::warn!(%cause, "the archive's own work is put off");
    }
}

/// One look at every tenant.
///
/// # Errors
/// `Busy` or `Broken` from the engine or the store.
pub async fn round(app: &App) -> Result<()> {
    for tenant in app.gate.all().await? {
        let request = RequestId::new(app.store.clock().now(), app.store.chance());
        let access = app.gate.machine(tenant, "archive", Origin::inside(Way::Job, request));
        let grant = access.grant()?;
        settle(app, &grant).await?;
        sweep(app, &grant, ORPHAN_SECONDS).await?;
    }
    Ok(())
}

/// Makes the entries of deliveries in openings that are over. Gives how many.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn settle(app: &App, grant: &Grant<Machine>) -> Result<usize> {
    let untold = grant.read(&app.store, |r| queries::untold(r, MAX_TOLD_OPENINGS)).await?;
    let count = untold.len();
    for one in untold {
        let queries::Untold { opening, interaction, content, by } = one;
        grant.apply(&app.store, DeliverySettled { interaction, content, opening, by }).await?;
    }
    Ok(count)
}

/// Takes away the tenant's files that are older than so many seconds and have no row. Gives how many.
///
/// # Errors
/// `Busy` or `Broken` from the engine or the store.
pub async fn sweep(app: &App, grant: &Grant<Machine>, older_than_seconds: i64) -> Result<usize> {
    let now = app.store.clock().now();
    let mut files = app.content.list(Some(&folder(grant.access().tenant())));
    let mut swept = 0;
    while let Some(file) = files.try_next().await.map_err(Error::broken)? {
        let age_seconds = now.0 / 1_000_000 - file.last_modified.timestamp();
        let id = file.location.filename().and_then(|name| Uuid::parse_str(name).ok());
        let Some(id) = id.filter(|_| age_seconds >= older_than_seconds) else { continue };
        if !grant.read(&app.store, move |r| queries::has_row(r, id)).await? {
            app.content.delete(&file.location).await.map_err(Error::broken)?;
            swept += 1;
        }
    }
    Ok(swept)
}
