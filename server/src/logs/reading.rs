//! Reading a log is an entry too: once for each view and filter, and again after a while if one goes on.

use super::events::LogRead;
use super::{Kind, ReadAccessLog};
use crate::App;
use kernel::door::Ask;
use kernel::policy::Anyone;
use kernel::{Access, Actor, Grant, Result, Timestamp, Uuid};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The same view is an entry again after so long.
pub const AGAIN_SECONDS: i64 = 15 * 60;
/// Views remembered; beyond it the memory is emptied, and views are entries again.
const MAX_REMEMBERED_VIEWS: usize = 10_000;

/// Views that are entries already, by session or key.
static SEEN: LazyLock<Mutex<HashMap<(Uuid, String), Timestamp>>> = LazyLock::new(Mutex::default);

fn holder(access: &Access) -> Uuid {
    match access.actor() {
        Actor::User { session, .. } => session.0,
        Actor::Key { key, .. } => key.0,
        Actor::Visitor | Actor::Machine { .. } => Uuid::nil(),
    }
}

/// The view without what only moves in it: the page, the open drawer, hidden columns, whom a menu
/// looks for.
#[must_use]
pub fn view(ask: &Ask) -> String {
    let gone = ["from", "open", "hide", "done", "after", "undone"];
    let mut kept: Vec<String> = ask
        .query()
        .values()
        .iter()
        .filter(|(name, value)| {
            !gone.contains(&name.as_str()) && !name.starts_with("find-") && !value.is_empty()
        })
        .map(|(name, value)| format!("{name}={}", value.chars().take(200).collect::<String>()))
        .collect();
    kept.sort_unstable();
    kept.truncate(32);
    kept.join("&")
}

/// Writes down that this log is read, unless this view has been lately.
///
/// # Errors
/// `Busy` when it cannot be written: then nothing is shown.
pub async fn told<K: Kind>(app: &App, grant: &Grant<K>, view: &str) -> Result<()> {
    let now = app.store.clock().now();
    let key = (holder(grant.access()), format!("{}?{view}", K::PATH));
    {
        let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.get(&key).is_some_and(|at| (0..AGAIN_SECONDS).contains(&now.seconds_since(*at))) {
            return Ok(());
        }
    }
    // The right to the log was proven; the entry itself needs none, so that no reading goes unwritten.
    let anyone: Grant<Anyone> = grant.also()?;
    anyone.apply(&app.store, LogRead { log: K::LOG.name(), view: view.to_owned() }).await?;
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.len() >= MAX_REMEMBERED_VIEWS {
        seen.clear();
    }
    seen.insert(key, now);
    Ok(())
}

/// The log in which readings stand.
pub type Readings = ReadAccessLog;
