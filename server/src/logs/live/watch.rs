//! One watcher of a customer's book for all of its live pages in this process: it reads what is new once, and tells them all.
//!
//! - It looks at most once a second, and where nobody else can write, only after a commit.
//! - It reads so many entries at a time; where it cannot keep up it says that some were left out.
//! - It ends when nobody follows it any more.

use super::places::Places;
use crate::App;
use crate::logs::book::heads::machine;
use crate::logs::queries::{self, Keyed};
use kernel::policy::Machine;
use kernel::{Grant, Result, TenantId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;

/// Between two looks.
pub const LOOK: Duration = Duration::from_secs(1);
/// Between two looks at whether anybody follows still, where nothing is written.
const QUIET: Duration = Duration::from_secs(15);
/// Entries read at a time.
const ENTRIES_A_LOOK: i64 = 500;
/// Entries that the watcher may lag behind the book before it leaves some out.
const MAX_BEHIND_ENTRIES: i64 = 10_000;
/// Looks that a page may lag behind the watcher before some are left out for it: what is kept in memory for all pages.
const MAX_KEPT_LOOKS: usize = 16;
/// Entries that change neither a session, nor a right, nor a reach; after any other a page proves anew what it may show.
const HARMLESS: [&str; 10] = [
    "log.read",
    "sign-in.accepted",
    "sign-in.refused",
    "key.used",
    "key.refused",
    "door.refused",
    "interaction.opened",
    "content.opened",
    "content.played",
    "archive.searched",
];

/// What a look found.
#[derive(Debug)]
pub struct News {
    /// The index of the entry after the last that was looked at.
    pub end: i64,
    /// New entries of all three logs, oldest first, whoever may see them.
    pub entries: Vec<Keyed>,
    /// Whether entries were left out.
    pub skipped: bool,
    /// Whether a session, a right or a reach may be another now.
    pub proves: bool,
}

/// The watchers of this process, and the room there is for pages.
#[derive(Debug, Default)]
pub struct Watches {
    /// Room for pages.
    pub places: Arc<Places>,
    open: Mutex<HashMap<TenantId, Arc<Watch>>>,
}

/// One customer's watcher.
#[derive(Debug)]
struct Watch {
    news: broadcast::Sender<Arc<News>>,
    /// The index that it reads next; held while it tells, so that who begins to follow misses nothing.
    at: Mutex<i64>,
}

/// What comes from now on, and from which index that is.
pub struct Following {
    /// Each look's news.
    pub news: broadcast::Receiver<Arc<News>>,
    /// The first index that is told of.
    pub from: i64,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watches {
    /// How many watchers there are.
    #[must_use]
    pub fn count(&self) -> usize {
        held(&self.open).len()
    }
    fn join(&self, tenant: TenantId) -> Option<Following> {
        let open = held(&self.open);
        let watch = open.get(&tenant)?;
        let at = held(&watch.at);
        Some(Following { news: watch.news.subscribe(), from: *at })
    }
    /// Ends a watcher that nobody follows. Whoever begins to, does so under the same lock.
    fn over(&self, tenant: TenantId, watch: &Watch) -> bool {
        let mut open = held(&self.open);
        let over = watch.news.receiver_count() == 0;
        if over {
            open.remove(&tenant);
        }
        over
    }
}

/// Follows the book of a customer: the watcher there is, or a new one.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn follow(app: &App, tenant: TenantId) -> Result<Following> {
    if let Some(following) = app.live.join(tenant) {
        return Ok(following);
    }
    let grant: Grant<Machine> = machine(app, tenant, "live").grant()?;
    let (_, size) = grant.read(&app.store, queries::sealed).await?;
    let mut open = held(&app.live.open);
    let watch = open.entry(tenant).or_insert_with(|| {
        let (news, _) = broadcast::channel(MAX_KEPT_LOOKS);
        let watch = Arc::new(Watch { news, at: Mutex::new(size) });
        tokio::spawn(run(app.clone(), grant, Arc::clone(&watch)));
        watch
    });
    let at = held(&watch.at);
    Ok(Following { news: watch.news.subscribe(), from: *at })
}

async fn run(app: App, grant: Grant<Machine>, watch: Arc<Watch>) {
    let tenant = grant.access().tenant();
    let mut commits = app.store.commits();
    loop {
        tokio::time::sleep(LOOK).await;
        if app.live.over(tenant, &watch) {
            return;
        }
        commits.mark_unchanged();
        loop {
            let at = *held(&watch.at);
            match grant.read(&app.store, move |r| look(r, at)).await {
                Ok(None) => break,
                Ok(Some(news)) => {
                    let mut at = held(&watch.at);
                    *at = news.end;
                    let _ = watch.news.send(Arc::new(news));
                }
                Err(cause) => {
                    tracing::warn!(%cause, "live pages were not told what is new");
                    break;
                }
            }
        }
        if app.store.alone() {
            tokio::select! {
                _ = commits.changed() => {}
                () = tokio::time::sleep(QUIET) => {}
            }
        }
    }
}

/// What is new since an index; none when nothing is.
fn look(r: &mut kernel::Reader<'_>, at: i64) -> Result<Option<News>> {
    let (_, size) = queries::sealed(r)?;
    if size <= at {
        return Ok(None);
    }
    if size - at > MAX_BEHIND_ENTRIES {
        return Ok(Some(News { end: size, entries: Vec::new(), skipped: true, proves: true }));
    }
    let end = size.min(at + ENTRIES_A_LOOK);
    let entries = queries::batch(r, at, end)?;
    let proves = entries.iter().any(|one| !HARMLESS.contains(&one.entry.name.as_str()));
    Ok(Some(News { end, entries, skipped: false, proves }))
}
