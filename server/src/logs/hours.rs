//! Counts by the hour, so that a page can show weeks of sign-ins without walking through the log.
//!
//! - Counted after commit by a reader of the log, each entry once, on one node at a time.
//! - Counts are kept by group, so that who reads them sees those of their own reach; they name nobody.
//! - They are forgotten after [`KEPT_DAYS`], and can be counted anew from the log before that.

use super::{events, queries};
use crate::App;
use crate::logs::book::heads::{machine, tenants};
use kernel::policy::Machine;
use kernel::setting::{Kind, Level, Mode, Setting, Tighter};
use kernel::{Grant, Result, TenantId};
use std::time::Duration;

/// Good sign-ins, refused ones, and refused openings: what is counted.
pub const COUNTED: [&str; 3] = ["sign-in.accepted", "sign-in.refused", "door.refused"];
/// How long counts are kept.
pub const KEPT_DAYS: i64 = 36;
/// The reader's name among the positions.
pub const READER: &str = "log-hours";
/// Between two rounds.
const ROUND: Duration = Duration::from_secs(2);

kernel::setting!(
    /// The hour at which ordinary work begins.
    pub WORK_BEGINS = hour("hours.begin", "7")
);
kernel::setting!(
    /// The hour at which ordinary work is over.
    pub WORK_ENDS = hour("hours.end", "18")
);
kernel::setting!(
    /// Whether work goes on at weekends.
    pub WORK_AT_WEEKENDS = Setting {
        key: "hours.weekends",
        area: "hours",
        kind: Kind::Flag { tighter: None },
        default: "false",
        mode: Mode::Free,
        lowest: Level::Group,
    }
);

const fn hour(key: &'static str, default: &'static str) -> Setting {
    Setting {
        key,
        area: "hours",
        kind: Kind::Count { least: 0, most: 24, unit: "clock", tighter: Tighter::Neither },
        default,
        mode: Mode::Free,
        lowest: Level::Group,
    }
}

/// Counts one batch of a tenant's entries; false when there were none.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn count_batch(app: &App, tenant: TenantId) -> Result<bool> {
    let grant: Grant<Machine> = machine(app, tenant, READER).grant()?;
    let Some(batch) = grant.read(&app.store, queries::uncounted).await? else { return Ok(false) };
    grant.quietly(&app.store, move |w| events::counted(w, &batch)).await?;
    Ok(true)
}

/// Counts all there is in every tenant.
///
/// # Errors
/// The first tenant's fault.
pub async fn all(app: &App) -> Result<()> {
    for tenant in tenants(app).await? {
        while count_batch(app, tenant).await? {}
    }
    Ok(())
}

/// Counts until the process ends.
pub async fn run(app: App) {
    let mut commits = app.store.commits();
    loop {
        commits.mark_unchanged();
        if let Err(cause) = all(&app).await {
            tracing::warn!(%cause, "the hours of the logs were not counted");
        }
        tokio::time::sleep(ROUND).await;
        if app.config.database.is_none() && commits.changed().await.is_err() {
            return;
        }
    }
}
