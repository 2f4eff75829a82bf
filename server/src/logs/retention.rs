//! Forgetting: the words of an entry go when their time is over; that it happened stays provable.
//!
//! - How long is a setting for each log, in months; nothing goes earlier, and what is due goes within the hour.
//! - What was erased is said by an entry of the book (FORMAT.md, Erasure); what says so is never erased itself.
//! - What an entry was found by goes in the same commit: no filter and no search finds it any more. The index's pages, which
//!   still hold its words then but are not asked any more, are made anew without them in the next round of [`super::index`].
//! - One change costs what it erases, however long the book and however many different values it holds.

use super::events::PartsErased;
use super::queries::Due;
use super::{book, queries};
use crate::App;
use crate::logs::book::heads::machine;
use ::book::{Erased, Log, PartKind};
use jiff::ToSpan;
use kernel::policy::{Machine, Policy};
use kernel::setting::{Kind, Level, Mode, Setting, Tighter};
use kernel::{Access, Error, Grant, Result, TenantId, Timestamp, Uuid, setting, work};
use std::time::Duration;

/// Entries of the book looked through, and erased at most, in one change.
pub const ENTRIES_A_CHANGE: i64 = 1_000;
/// Between two rounds.
const ROUND: Duration = Duration::from_secs(20 * 60);
/// What is forgotten within so long is said beforehand.
const SOON_SECONDS: i64 = 30 * 86_400;
/// How long a node keeps the lease.
const LEASE_SECONDS: i64 = 3600;

setting!(
    /// How long the words of the access log are kept.
    pub ACCESS_MONTHS = months("logs.access_months")
);
setting!(
    /// How long the words of the change log are kept.
    pub CHANGE_MONTHS = months("logs.change_months")
);
setting!(
    /// How long the words of the archive log are kept.
    pub ARCHIVE_MONTHS = months("logs.archive_months")
);

const fn months(key: &'static str) -> Setting {
    Setting {
        key,
        area: "logs",
        kind: Kind::Count { least: 1, most: 240, unit: "months", tighter: Tighter::Neither },
        default: "13",
        mode: Mode::Free,
        lowest: Level::Tenant,
    }
}

fn kept(log: Log) -> &'static Setting {
    match log {
        Log::Access => &ACCESS_MONTHS,
        Log::Change => &CHANGE_MONTHS,
        Log::Archive => &ARCHIVE_MONTHS,
    }
}

/// The moment before which words go.
fn limit(now: Timestamp, months: i64) -> Result<Timestamp> {
    let here = now.to_jiff().to_zoned(jiff::tz::TimeZone::UTC);
    let then = here.checked_sub(months.months()).map_err(Error::broken)?;
    Ok(Timestamp(then.timestamp().as_microsecond()))
}

/// The logs whose first words are forgotten within the next 30 days, of a book that began then, and when.
#[must_use]
pub fn coming(access: &Access, now: &Timestamp, began: Option<Timestamp>) -> Vec<(Log, Timestamp)> {
    let Some(began) = began else { return Vec::new() };
    let first = |log: Log| {
        let months = access.setting(kept(log)).as_i64()?;
        let then = began.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).checked_add(months.months()).ok()?;
        let at = Timestamp(then.timestamp().as_microsecond());
        (0..SOON_SECONDS).contains(&at.seconds_since(*now)).then_some((log, at))
    };
    [Log::Access, Log::Change, Log::Archive].into_iter().filter_map(first).collect()
}

/// Runs of neighbours.
fn runs(indexes: &[i64]) -> Vec<Erased> {
    let mut out: Vec<Erased> = Vec::new();
    for idx in indexes.iter().map(|idx| idx.unsigned_abs()) {
        match out.last_mut() {
            Some(run) if run.last + 1 == idx => run.last = idx,
            _ => out.push(Erased { first: idx, last: idx, parts: PartKind::ALL.to_vec() }),
        }
    }
    out
}

/// The reader's name among the positions: up to where a log has been erased.
#[must_use]
pub const fn reader(log: Log) -> &'static str {
    match log {
        Log::Access => "retention-access",
        Log::Change => "retention-change",
        Log::Archive => "retention-archive",
    }
}

/// Erases what is due in one log, one change's worth; false when no more is.
///
/// # Errors
/// `Busy` when the book cannot be written; nothing is erased then.
pub async fn erase_some(app: &App, tenant: TenantId, log: Log) -> Result<bool> {
    let grant: Grant<Machine> = machine(app, tenant, "retention").grant()?;
    let due = grant.read(&app.store, move |r| {
        let months = Policy::read(r, None, None)?.count(kept(log));
        let from = work::position(r, reader(log))?;
        let due = queries::due(r, log, from, limit(r.now(), months)?, ENTRIES_A_CHANGE)?;
        Ok((from, due))
    });
    let (from, Due { indexes, reached }) = due.await?;
    if !indexes.is_empty() {
        grant.apply(&app.store, PartsErased { log, runs: runs(&indexes) }).await?;
    }
    if reached == from {
        return Ok(false);
    }
    grant.quietly(&app.store, move |w| work::reached(w, reader(log), reached)).await?;
    Ok(true)
}

/// Erases what is due in every log of every tenant.
///
/// # Errors
/// The first fault; what is left is due the next time too.
pub async fn all(app: &App) -> Result<()> {
    for tenant in book::heads::tenants(app).await? {
        for log in Log::ALL {
            while erase_some(app, tenant, log).await? {}
        }
    }
    Ok(())
}

/// Erases what is due, again and again, on one node.
pub async fn run(app: App) {
    let node: Uuid = app.store.chance().uuid(app.store.clock().now());
    loop {
        let round = async {
            let grant: Grant<Machine> = machine(&app, app.gate.operator(), "retention").grant()?;
            if grant.quietly(&app.store, move |w| work::hold(w, "log-retention", node, LEASE_SECONDS)).await?
            {
                all(&app).await?;
            }
            Ok::<(), Error>(())
        };
        if let Err(cause) = round.await {
            tracing::error!(%cause, "what is due in the logs was not erased");
        }
        tokio::time::sleep(ROUND).await;
    }
}
