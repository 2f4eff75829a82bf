//! Filling a folder: time runs through the past months while people do what they do, then the words are gathered.

use super::Progress;
use super::deeds;
use super::gauge::Lap;
use super::queries;
use super::report::{Report, Row};
use super::town::{Town, machine, only_ours};
use crate::App;
use crate::logs::book::heads;
use crate::logs::index::gather;
use crate::ops::config::Config;
use kernel::policy::Machine;
use kernel::{Chance, Clock, Grant, Message, Result, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Between two entries of the past.
const STEP_MICROSECONDS: i64 = 3_200_000;
/// How far back the past goes at most: within the months that logs are kept.
const MOST_SECONDS: i64 = 380 * 86_400;
/// Looks at the clock for each entry, about.
const LOOKS_AN_ENTRY: i64 = 4;

/// A clock that moves on a little with each look, up to an end.
#[derive(Clone)]
struct Walking {
    at: Arc<AtomicI64>,
    step: Arc<AtomicI64>,
}

impl Walking {
    fn clock(&self, end: Timestamp) -> Clock {
        let Self { at, step } = self.clone();
        Clock::from_fn(move || {
            Timestamp(at.fetch_add(step.load(Ordering::Relaxed), Ordering::Relaxed).min(end.0))
        })
    }
}

/// Fills up to so many entries, if there are fewer, and gathers the words of all.
///
/// # Errors
/// What could not be built or written, and why.
pub async fn fill(config: &Config, entries: i64, progress: &Progress, report: &mut Report) -> Result<()> {
    let end = Clock::system().now();
    let back = (entries.saturating_mul(STEP_MICROSECONDS)).min(MOST_SECONDS * 1_000_000);
    let walking =
        Walking { at: Arc::new(AtomicI64::new(end.0 - back)), step: Arc::new(AtomicI64::new(1_000)) };
    let clock = walking.clock(end);
    let app = tokio::task::block_in_place(|| App::build(config.clone(), clock, Chance::system()))?;
    only_ours(&app).await?;
    if let Ok(tenant) = app.gate.by_number(super::town::NUMBER).await {
        let grant: Grant<Machine> = machine(&app, tenant).grant()?;
        let (size, last) = grant.read(&app.store, queries::edge).await?;
        walking.at.fetch_max(last.0, Ordering::Relaxed);
        if size >= entries {
            return index(&app, tenant, progress, report).await;
        }
    }
    let town = Arc::new(Town::settle(&app, entries).await?);
    let grant: Grant<Machine> = machine(&app, town.tenant).grant()?;
    let (size, _) = grant.read(&app.store, queries::edge).await?;
    let missing = (entries - size).max(0);
    let left = (end.0 - walking.at.load(Ordering::Relaxed)).max(0);
    walking.step.store((left / (missing * LOOKS_AN_ENTRY).max(1)).max(1), Ordering::Relaxed);
    let made = Arc::new(AtomicI64::new(0));
    let telling = tell(progress.clone(), "bench-filling", made.clone(), missing);
    let lap = Lap::begin();
    let filled = deeds::fill(&app, &town, end.0.unsigned_abs(), missing, &made).await;
    telling.abort();
    filled?;
    let (wall, cpu) = lap.end();
    let count = made.load(Ordering::Relaxed) as f64;
    if count > 0.0 {
        report.add(Row::new("fill-rate", count / wall, "entries/s"));
        report.add(Row::new("fill-cpu", cpu / count * 1e6, "us"));
    }
    heads::sign(&app, town.tenant).await?;
    index(&app, town.tenant, progress, report).await
}

/// Indexes what is not indexed yet.
async fn index(app: &App, tenant: kernel::TenantId, progress: &Progress, report: &mut Report) -> Result<()> {
    let grant: Grant<Machine> = machine(app, tenant).grant()?;
    let behind = grant.read(&app.store, crate::logs::queries::behind).await?;
    let done = Arc::new(AtomicI64::new(0));
    let telling = tell(progress.clone(), "bench-gathering", done.clone(), behind);
    let lap = Lap::begin();
    let mut sealed = Ok(true);
    while matches!(sealed, Ok(true)) {
        sealed = gather::seal(app, tenant, gather::SIZES).await;
        done.fetch_add(gather::SIZES.small, Ordering::Relaxed);
    }
    let joined = match sealed {
        Ok(_) => gather::all(app, gather::SIZES).await,
        Err(cause) => Err(cause),
    };
    telling.abort();
    joined?;
    let (wall, cpu) = lap.end();
    if behind > gather::SIZES.small {
        report.add(Row::new("words-rate", behind as f64 / wall, "entries/s"));
        report.add(Row::new("words-cpu", cpu / behind as f64 * 1e6, "us"));
    }
    Ok(())
}

/// Says every few seconds how far it has come.
fn tell(
    progress: Progress,
    key: &'static str,
    done: Arc<AtomicI64>,
    all: i64,
) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let began = tokio::time::Instant::now();
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            let done = done.load(Ordering::Relaxed);
            let rate = done as f64 / began.elapsed().as_secs_f64();
            progress(Message::new(key).with("done", done).with("all", all).with("rate", rate.round()));
        }
    })
}
