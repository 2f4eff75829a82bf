//! Seals blocks of new entries, joins small blocks into big ones, and takes out of the index what was erased.
//!
//! - What is made is made beside the writer and put in by small changes, so that nobody waits for it.
//! - A block takes the place of others in one change, when it is whole. A process that ends half way leaves pages that no reader
//!   looks at and the next round sweeps away.

use super::bits::PLACES_A_BLOCK;
use super::block::{Block, Page};
use super::remake::remake;
use crate::App;
use crate::logs::book::heads::{machine, tenants};
use crate::logs::queries::{self, BlockRow, Keyed};
use crate::logs::{events, facets, retention, words};
use ::book::Log;
use kernel::policy::Machine;
use kernel::{Error, Grant, Result, TenantId, Uuid, facet, work};
use std::collections::HashSet;
use std::time::Duration;

/// The reader's name among the positions: up to where blocks are sealed.
pub const READER: &str = "log-index";
/// Pages put in by one change.
const PAGES_A_CHANGE: usize = 64;
/// How long a node keeps the lease to join, forget and sweep.
const LEASE_SECONDS: i64 = 300;
/// Between two rounds that look everywhere for what is to be joined, forgotten and swept.
const WHOLE_ROUND: Duration = Duration::from_secs(10);
/// How often it is renewed.
const RENEWAL: Duration = Duration::from_secs(60);

/// How many indexes of the book a block covers.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// When it is sealed.
    pub small: i64,
    /// When small ones are joined; a multiple of small, and no more than places allow.
    pub big: i64,
}

/// The sizes in service.
pub const SIZES: Sizes = Sizes { small: 1_024, big: PLACES_A_BLOCK };

pub(super) fn grant(app: &App, tenant: TenantId) -> Result<Grant<Machine>> {
    machine(app, tenant, "log-index").grant()
}

/// A number no block had before: the moment in milliseconds, and chance for many in one moment, as under a clock that stands.
pub(super) fn number(app: &App) -> i64 {
    let [high, middle, low] = app.store.chance().bytes::<3>();
    let chance = i64::from(u32::from_be_bytes([0, high, middle, low]) & 0x003f_ffff);
    ((app.store.clock().now().0 / 1_000) << 22) | chance
}

pub(super) async fn aside<T: Send + 'static>(make: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(make).await.map_err(Error::broken)
}

/// The blocks of some entries, one for each log that has any.
fn blocks(entries: &[Keyed], start: i64) -> Vec<(Log, Block)> {
    let mut out: Vec<(Log, Block)> = Log::ALL.map(|log| (log, Block::default())).into();
    for Keyed { entry, keys } in entries {
        let (Some(keys), Ok(place)) = (keys, u16::try_from(entry.idx - start)) else { continue };
        if let Some((_, block)) = out.iter_mut().find(|(log, _)| *log == entry.log) {
            let keys = facets::indexed(entry, facet::unpack(keys).collect());
            block.add(place, keys.into_iter(), words::texts(entry));
        }
    }
    out.retain(|(_, block)| !block.is_empty());
    out
}

/// Seals the next blocks of a tenant; false when too few entries have come since.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn seal(app: &App, tenant: TenantId, sizes: Sizes) -> Result<bool> {
    let grant = grant(app, tenant)?;
    let read = grant.read(&app.store, move |r| {
        let (first, size) = queries::sealed(r)?;
        let end = first + sizes.small;
        if end > size { Ok(None) } else { Ok(Some((first, end, queries::batch(r, first, end)?))) }
    });
    let Some((first, end, entries)) = read.await? else { return Ok(false) };
    let listed = entries.iter().filter(|one| one.keys.is_some()).count() as i64;
    let made = aside(move || {
        let pages = |(log, block): (Log, Block)| (log, block.pages());
        blocks(&entries, first).into_iter().map(pages).collect::<Vec<_>>()
    });
    let row = |(log, pages): (Log, Vec<Page>)| {
        let log = i64::from(log.code());
        (BlockRow { block: number(app), log, start: first, size: end - first }, pages)
    };
    let mut rows: Vec<(BlockRow, Vec<Page>)> = made.await?.into_iter().map(row).collect();
    for (n, (row, _)) in rows.iter_mut().enumerate() {
        row.block += n as i64;
    }
    grant.quietly(&app.store, move |w| events::sealed(w, (first, end), listed, &rows)).await
}

/// Puts a block in the place of others; false when one of them was replaced meanwhile.
pub(super) async fn replace(
    app: &App,
    grant: &Grant<Machine>,
    old: Vec<i64>,
    new: BlockRow,
    block: Block,
) -> Result<bool> {
    if block.is_empty() {
        return grant.quietly(&app.store, move |w| events::replaced(w, &old, None)).await;
    }
    let pages = aside(move || block.pages()).await?;
    grant.quietly(&app.store, move |w| events::begun(w, &new)).await?;
    for some in pages.chunks(PAGES_A_CHANGE) {
        let some = some.to_vec();
        grant.quietly(&app.store, move |w| events::added(w, new.block, &some)).await?;
    }
    grant.quietly(&app.store, move |w| events::replaced(w, &old, Some(new.block))).await
}

pub(super) async fn stored(app: &App, grant: &Grant<Machine>, row: BlockRow) -> Result<Block> {
    let pages = grant.read(&app.store, move |r| queries::whole(r, row.block)).await?;
    aside(move || Block::of(&pages)).await?
}

/// Joins the small blocks of one part of the book, of one log; false when there were none.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn join(app: &App, tenant: TenantId, sizes: Sizes) -> Result<bool> {
    let grant = grant(app, tenant)?;
    for log in Log::ALL {
        let small = grant.read(&app.store, move |r| {
            let (sealed, _) = queries::sealed(r)?;
            queries::smaller(r, log, 0, sealed - sealed % sizes.big, sizes.big)
        });
        let mut small = small.await?;
        let Some(first) = small.first().copied() else { continue };
        let start = first.start - first.start % sizes.big;
        small.retain(|row| row.start < start + sizes.big);
        let mut joined = Block::default();
        for row in &small {
            let block = stored(app, &grant, *row).await?;
            let offset = u16::try_from(row.start - start).map_err(Error::broken)?;
            joined = aside(move || {
                joined.append(block, offset);
                joined
            })
            .await?;
        }
        let old = small.iter().map(|row| row.block).collect();
        let row = BlockRow { block: number(app), log: first.log, start, size: sizes.big };
        replace(app, &grant, old, row, joined).await?;
        return Ok(true);
    }
    Ok(false)
}

/// Sweeps away what blocks left that are no longer, or never came to be, live.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn sweep(app: &App, tenant: TenantId) -> Result<()> {
    let grant = grant(app, tenant)?;
    for row in grant.read(&app.store, queries::dead).await? {
        while !grant.quietly(&app.store, move |w| events::swept(w, row.block)).await? {}
    }
    Ok(())
}

/// How far what was erased has left the index, by log.
const fn forgotten(log: Log) -> &'static str {
    match log {
        Log::Access => "log-index-forgotten-access",
        Log::Change => "log-index-forgotten-change",
        Log::Archive => "log-index-forgotten-archive",
    }
}

/// Takes out of the index what was erased since the last time.
///
/// # Errors
/// `Busy` or `Broken` from the engine; the same is forgotten the next time then.
pub async fn forget(app: &App, tenant: TenantId) -> Result<()> {
    let grant = grant(app, tenant)?;
    for log in Log::ALL {
        let reached = grant.read(&app.store, move |r| {
            Ok((work::position(r, forgotten(log))?, work::position(r, retention::reader(log))?))
        });
        let (from, before) = reached.await?;
        if from < before {
            forget_some(app, tenant, log, from, before).await?;
            grant.quietly(&app.store, move |w| work::reached(w, forgotten(log), before)).await?;
        }
    }
    Ok(())
}

/// Takes out of the index what is in no list any more, in the blocks of a log between two indexes.
async fn forget_some(app: &App, tenant: TenantId, log: Log, from: i64, before: i64) -> Result<()> {
    let grant = grant(app, tenant)?;
    let least = from - PLACES_A_BLOCK;
    let rows =
        grant.read(&app.store, move |r| queries::smaller(r, log, least, before, PLACES_A_BLOCK + 1)).await?;
    for row in rows.into_iter().filter(|row| row.end() > from) {
        let mut block = stored(app, &grant, row).await?;
        let kept = grant.read(&app.store, move |r| queries::rest(r, row.start, row.end(), row.size)).await?;
        let block = aside(move || {
            let places = kept.iter().filter_map(|(idx, _)| u16::try_from(idx - row.start).ok());
            block.retain(&places.collect::<HashSet<u16>>());
            block
        })
        .await?;
        let new = BlockRow { block: number(app), ..row };
        if !replace(app, &grant, vec![row.block], new, block).await? {
            return Err(Error::Busy("error-overloaded".into()));
        }
    }
    sweep(app, tenant).await
}

/// Does all there is to do in every tenant.
///
/// # Errors
/// The first tenant's fault.
pub async fn all(app: &App, sizes: Sizes) -> Result<()> {
    for tenant in tenants(app).await? {
        while seal(app, tenant, sizes).await? {}
        tidy_up(app, tenant, sizes).await?;
    }
    Ok(())
}

async fn tidy_up(app: &App, tenant: TenantId, sizes: Sizes) -> Result<()> {
    forget(app, tenant).await?;
    while remake(app, tenant).await? {}
    while join(app, tenant, sizes).await? {}
    sweep(app, tenant).await
}

/// Seals what has come in every tenant, and does the rest where something was sealed.
async fn sealed(app: &App) -> Result<()> {
    for tenant in tenants(app).await? {
        let mut any = false;
        while seal(app, tenant, SIZES).await? {
            any = true;
        }
        if any {
            tidy_up(app, tenant, SIZES).await?;
        }
    }
    Ok(())
}

/// Seals, joins and forgets until the process ends. Where several nodes share a database, one of them does.
pub async fn run(app: App) {
    let node: Uuid = app.store.chance().uuid(app.store.clock().now());
    let alone = app.config.database.is_none();
    let mut commits = app.store.commits();
    let mut held: Option<tokio::time::Instant> = None;
    let mut whole: Option<tokio::time::Instant> = None;
    loop {
        commits.mark_unchanged();
        let round = async {
            if !alone && held.is_none_or(|since| since.elapsed() >= RENEWAL) {
                let grant = grant(&app, app.gate.operator())?;
                let ours = grant.quietly(&app.store, move |w| work::hold(w, READER, node, LEASE_SECONDS));
                held = ours.await?.then(tokio::time::Instant::now);
            }
            if !alone && held.is_none() {
                return Ok(true);
            }
            let due = whole.is_none_or(|since| since.elapsed() >= WHOLE_ROUND);
            if due {
                all(&app, SIZES).await?;
                whole = Some(tokio::time::Instant::now());
            } else {
                sealed(&app).await?;
            }
            Ok::<bool, Error>(due)
        };
        let owing = match round.await {
            Ok(due) => {
                tokio::time::sleep(Duration::from_millis(500)).await;
                !due
            }
            Err(cause) => {
                tracing::warn!(%cause, "the index of the logs was not kept up");
                tokio::time::sleep(Duration::from_secs(2)).await;
                true
            }
        };
        // A server where nothing happens rests, once the last round was a whole one.
        tokio::select! {
            rung = commits.changed(), if alone => if rung.is_err() { return },
            () = tokio::time::sleep(WHOLE_ROUND), if alone && owing => {}
            else => {}
        }
    }
}
