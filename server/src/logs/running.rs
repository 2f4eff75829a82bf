//! The program's own start and stop, and the options it runs with, as entries of the operator's book.
//!
//! - A start says whether the one before it was followed by a stop: where none was, what ended it could write nothing.
//! - What is configured otherwise than at the last start is a change with before and after. Of secrets it is said that they are set, changed or cannot be compared, no more.
//! - A start that cannot be written down is tried again until it can; what would leave an entry stops meanwhile in any case.

use super::book::heads::machine;
use super::configured::Options;
use super::events::{ProgramConfigured, ProgramStarted, ProgramStopped};
use super::queries;
use crate::App;
use kernel::policy::Machine;
use kernel::{Grant, Result};
use std::time::Duration;

/// Between two tries to write down that the program was started.
const AGAIN: Duration = Duration::from_secs(5);

/// This machine's name and the folder of its data: what tells nodes apart.
fn node(app: &App) -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let data = std::fs::canonicalize(&app.config.data).unwrap_or_else(|_| app.config.data.clone());
    format!("{}:{}", name.trim(), data.display())
}

fn grant(app: &App) -> Result<Grant<Machine>> {
    machine(app, app.gate.operator(), "program").grant()
}

/// Writes down that the program was started, and what it is configured with if that is not what it was.
///
/// # Errors
/// `Busy` or `Broken` when it cannot be written.
pub async fn started(app: &App) -> Result<()> {
    let (grant, node) = (grant(app)?, node(app));
    let (version, options) = (env!("CARGO_PKG_VERSION").to_owned(), Options::of(&app.config));
    let all = options.kept(&app.keys);
    let asked = node.clone();
    let before = grant.read(&app.store, move |r| queries::last_run(r, &asked)).await?;
    let unclean = before.as_ref().is_some_and(|(_, _, stopped)| !stopped);
    let (old_version, kept) = before.map(|(version, options, _)| (version, options)).unzip();
    let options = options.other(kept.as_deref(), &app.keys);
    let same = options.0.as_ref() == Some(&options.1);
    if old_version.as_ref() != Some(&version) || !same {
        let version = (old_version, version.clone());
        let event = ProgramConfigured { node: node.clone(), version, options, all: all.clone() };
        grant.apply(&app.store, event).await?;
    }
    grant.apply(&app.store, ProgramStarted { node, version, unclean, all }).await
}

/// Writes it down as soon as it can be.
pub async fn follow(app: App) {
    while let Err(cause) = started(&app).await {
        tracing::error!(%cause, "the start cannot be written down; it is tried again");
        tokio::time::sleep(AGAIN).await;
    }
}

/// Writes down that the program stops.
///
/// # Errors
/// `Busy` or `Broken` when it cannot be written.
pub async fn stopped(app: &App) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    grant(app)?.apply(&app.store, ProgramStopped { node: node(app), version }).await
}
