//! Long work that outlived its process: ended where nobody can go on with it, so that nothing stays under way for ever.
//!
//! - Imports of users (`users/import`) and files of logs (`logs/files`) are gone on with by any node; all other work ends, and is
//!   asked for again.
//! - Where this process is alone, what the last one left is found at its start; else by the time limit of each job.
//! - Files of an upload that nobody brings in any more are removed.

use crate::App;
use crate::archive::import::upload::UPLOAD;
use crate::logs::book::checking::CHECK_JOB;
use crate::logs::book::heads;
use kernel::policy::Machine;
use kernel::work;
use kernel::{Grant, Result, TenantId, Timestamp, once};
use std::time::Duration;

/// How often lost work is looked for.
const EVERY: Duration = Duration::from_secs(20);
/// An upload's folder that nothing was written to for so long is nobody's, also where nodes share a disk.
const SPOOL_KEPT_SECONDS: i64 = 86_400;
/// How long the answer to a creation is kept for asking again.
pub const ANSWERS_KEPT_SECONDS: i64 = 7 * 86_400;
/// The kinds that end.
const ENDED: [&str; 2] = [CHECK_JOB, UPLOAD];

/// Looks for ever. `began` is when this process did.
pub async fn follow(app: App, began: Timestamp) {
    if let Err(cause) = first(&app, began).await {
        tracing::warn!(%cause, "work that was left under way could not be looked for");
    }
    loop {
        if let Err(cause) = look(&app).await {
            tracing::warn!(%cause, "lost work could not be looked for");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// What the last process left, where this one is alone.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn first(app: &App, began: Timestamp) -> Result<()> {
    if !app.store.alone() {
        return Ok(());
    }
    sweep(app, began);
    for tenant in heads::tenants(app).await? {
        work::let_go(&machine(app, tenant)?, &app.store, began).await?;
    }
    Ok(())
}

/// One look at every tenant.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn look(app: &App) -> Result<()> {
    sweep(app, app.store.clock().now().plus_seconds(-SPOOL_KEPT_SECONDS));
    for tenant in heads::tenants(app).await? {
        let grant = machine(app, tenant)?;
        for kind in ENDED {
            for job in grant.read(&app.store, move |r| work::lost(r, kind)).await? {
                if grant.quietly(&app.store, move |w| work::give_up(w, job)).await? {
                    tracing::warn!(%job, kind, "a job was lost with its process");
                }
            }
        }
        once::forget(&grant, &app.store, ANSWERS_KEPT_SECONDS).await?;
    }
    Ok(())
}

fn machine(app: &App, tenant: TenantId) -> Result<Grant<Machine>> {
    heads::machine(app, tenant, "jobs").grant()
}

/// Removes the folders of uploads that nothing was written to since a moment.
fn sweep(app: &App, before: Timestamp) {
    let Ok(folders) = std::fs::read_dir(app.config.data.join("spool")) else { return };
    for folder in folders.filter_map(std::io::Result::ok) {
        let written = folder.metadata().and_then(|about| about.modified()).ok();
        let age = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let written = age.and_then(|age| i64::try_from(age.as_micros()).ok());
        if written.is_some_and(|at| at < before.0)
            && let Err(cause) = std::fs::remove_dir_all(folder.path())
        {
            tracing::warn!(%cause, folder = %folder.path().display(), "the files of an upload stay behind");
        }
    }
}
