//! What the archive does by itself, now and then: tells of plays that nobody ended, and sweeps encrypted files
//! whose rows were never written because the process died between the two, or that were being written when it died.

use super::chest::folder;
use super::events::{Play, PlaySettled};
use super::queries;
use crate::App;
use futures_util::TryStreamExt;
use kernel::policy::Machine;
use kernel::{Error, Grant, Origin, RequestId, Result, Timestamp, Uuid, Way};
use object_store::ObjectStoreExt;
use std::path::Path;
use std::time::Duration;

/// How often it looks for plays that are over.
pub const EVERY_SECONDS: u64 = 60;
/// It sweeps at every so many looks.
const SWEEPS_EVERY_LOOKS: u64 = 10;
/// A play of which nothing was heard for so long is over.
const PLAY_QUIET_SECONDS: i64 = 120;
/// A file without a row is swept when it is older than any import takes between the two.
pub const ORPHAN_SECONDS: i64 = 3600;
/// Openings told of at a time.
const MAX_TOLD_OPENINGS: i64 = 1000;

/// Looks for ever, for every tenant. What goes wrong is logged and tried again the next time.
pub async fn keep(app: App) {
    for look in 1_u64.. {
        tokio::time::sleep(Duration::from_secs(EVERY_SECONDS)).await;
        let cause = match round(&app, look.is_multiple_of(SWEEPS_EVERY_LOOKS)).await {
            Ok(()) => continue,
            Err(cause) => cause,
        };
        tracing::warn!(%cause, "the archive's own work is put off");
    }
}

/// One look at every tenant; now and then it sweeps too.
///
/// # Errors
/// `Busy` or `Broken` from the engine or the store.
pub async fn round(app: &App, sweeps: bool) -> Result<()> {
    for tenant in app.gate.all().await? {
        let request = RequestId::new(app.store.clock().now(), app.store.chance());
        let access = app.gate.machine(tenant, "archive", Origin::inside(Way::Job, request));
        let grant = access.grant()?;
        settle(app, &grant).await?;
        if sweeps {
            sweep(app, &grant, ORPHAN_SECONDS).await?;
        }
    }
    Ok(())
}

/// Makes the entries of plays that are over, each in the name of whoever played. Gives how many.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn settle(app: &App, grant: &Grant<Machine>) -> Result<usize> {
    let now = app.store.clock().now();
    let quiet = now.plus_seconds(-PLAY_QUIET_SECONDS);
    let untold = grant.read(&app.store, move |r| queries::untold(r, quiet, MAX_TOLD_OPENINGS)).await?;
    let count = untold.len();
    for one in untold {
        let queries::Untold { opening, interaction, content, by, by_name } = one;
        let origin = Origin::inside(Way::Job, RequestId::new(now, app.store.chance()));
        let tenant = grant.access().tenant();
        let access = app.gate.machine_for(tenant, "archive", (by, &by_name), origin);
        let play = Play { interaction, content, opening };
        access.grant()?.apply(&app.store, PlaySettled { play, by }).await?;
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
    let folder = crate::app::content_folder(&app.config)?.join(folder(grant.access().tenant()).as_ref());
    let before = now.plus_seconds(-older_than_seconds);
    let half = tokio::task::spawn_blocking(move || sweep_half_written(&folder, before)).await;
    Ok(swept + half.map_err(Error::broken)?)
}

/// Takes away what a write left that never ended: the store writes beside the name that a file will have, and lists only
/// what has its name. Gives how many.
fn sweep_half_written(tenant: &Path, before: Timestamp) -> usize {
    let within = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = within(tenant).flat_map(|spread| within(&spread.path()));
    let mut swept = 0;
    for file in files.filter(|file| is_half_written(&file.file_name().to_string_lossy())) {
        let written = file.metadata().and_then(|about| about.modified()).ok();
        let written = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let written = written.and_then(|since| i64::try_from(since.as_micros()).ok());
        if written.is_some_and(|at| at < before.0) {
            match std::fs::remove_file(file.path()) {
                Ok(()) => swept += 1,
                Err(cause) => tracing::warn!(%cause, "a half-written file stays behind"),
            }
        }
    }
    swept
}

/// `<id>#<number>`, as `object_store`'s `LocalFileSystem` names what it is about to put in place.
fn is_half_written(name: &str) -> bool {
    name.split_once('#').is_some_and(|(id, number)| {
        Uuid::parse_str(id).is_ok() && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    })
}
