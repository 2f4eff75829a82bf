//! Each new head handed out by itself, so that somebody else holds earlier ones: as files below a folder that the operator
//! chose, and to a web hook.
//!
//! - Every stored head is handed out, in order, and at least once: what was taken is written down only after it was taken, so a
//!   crash in between hands it out again. Nothing is sent from inside a change: this reads the stored heads from where it had come to.
//! - A place that is new begins with the newest head. One that does not answer is tried again after 1, 2, 4 … up to
//!   [`MAX_WAIT_SECONDS`] seconds; then it gets all it missed, oldest first.
//! - The node that signs does it. A customer has one delivery at a time for each way, and waits for nobody else's.
//! - Where to is a setting of the tenant, so that a change of it is an entry and can be undone.

pub use said::Standing;

pub mod folder;
pub mod hook;
pub mod queries;
pub mod said;

use super::heads::{machine, tenants};
use super::queries::{HeadRow, last_head};
use crate::App;
use crate::logs::events;
use crate::ops::outgoing::{Fault, Target};
use kernel::policy::{Machine, Policy};
use kernel::setting::{Kind, Level, Mode, Setting};
use kernel::{Grant, Reader, Result, TenantId, Timestamp, setting};
pub use queries::HandoutRow;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// Heads handed out in one delivery.
pub const MAX_HEADS_A_DELIVERY: i64 = 100;
/// Deliveries to one place before others have their turn.
const MAX_DELIVERIES_A_TURN: usize = 20;
/// Deliveries at the same time, of all customers together.
const MAX_DELIVERIES_AT_ONCE: usize = 16;
/// The longest wait before a place that fails is tried again.
pub const MAX_WAIT_SECONDS: i64 = 900;
/// Between two looks.
const ROUND: Duration = Duration::from_secs(1);
/// Characters of a folder's name.
const MAX_FOLDER_CHARACTERS: usize = 64;

setting!(
    /// The folder in which heads are handed out as files, below what the operator chose; empty for none.
    pub HEAD_FOLDER = place("book.head_folder", MAX_FOLDER_CHARACTERS, folder::fits, "setting-book-head_folder-form")
);
setting!(
    /// The web hook that heads are handed out to; empty for none.
    pub HEAD_HOOK = place("book.head_hook", crate::ops::outgoing::target::MAX_TARGET_CHARACTERS, is_target, "setting-book-head_hook-form")
);

const fn place(key: &'static str, most: usize, fits: fn(&str) -> bool, form: &'static str) -> Setting {
    let kind = Kind::Shaped { most, fits, form };
    Setting { key, area: "logs", kind, default: "\"\"", mode: Mode::Free, lowest: Level::Tenant }
}

fn is_target(text: &str) -> bool {
    Target::parse(text).is_some()
}

/// How heads are handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// As files.
    Folder,
    /// To a web hook.
    Hook,
}

impl Way {
    /// Both of them.
    pub const ALL: [Way; 2] = [Way::Folder, Way::Hook];
    /// The word in the table and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Way::Folder => "folder",
            Way::Hook => "hook",
        }
    }
    /// The setting that says where to.
    #[must_use]
    pub fn setting(self) -> &'static Setting {
        match self {
            Way::Folder => &HEAD_FOLDER,
            Way::Hook => &HEAD_HOOK,
        }
    }
}

/// Where to, as it may be shown: a path may hold a secret of the receiver's.
#[derive(Clone, Debug)]
pub struct TargetShown(pub String);

/// How things stand, in every way.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn standing(r: &mut Reader<'_>) -> Result<Vec<Standing>> {
    let policy = Policy::read(r, None, None)?;
    let mut all = Vec::new();
    for way in Way::ALL {
        let place = policy.text(way.setting());
        let state = queries::handout(r, way)?.filter(|state| state.place == place);
        let shown = match way {
            Way::Folder => place,
            Way::Hook => Target::parse(&place).map(|target| target.authority()).unwrap_or_default(),
        };
        let to = (!shown.is_empty()).then_some(TargetShown(shown));
        all.push(Standing { way, to, state });
    }
    Ok(all)
}

/// What is to be handed out at one place.
struct Due {
    place: String,
    state: Option<HandoutRow>,
    heads: Vec<HeadRow>,
}

fn look(r: &mut Reader<'_>, way: Way) -> Result<Option<Due>> {
    let place = Policy::read(r, None, None)?.text(way.setting());
    if place.is_empty() {
        return Ok(None);
    }
    let state = queries::handout(r, way)?.filter(|state| state.place == place);
    let heads = match &state {
        Some(state) if state.next_at > r.now() => Vec::new(),
        Some(state) => queries::heads_after(r, state.size, MAX_HEADS_A_DELIVERY)?,
        None => last_head(r)?.into_iter().collect(),
    };
    Ok(Some(Due { place, state, heads }))
}

/// Hands out what one tenant's place has not got. Says when there is more to do: because it failed, or the turn was over.
///
/// # Errors
/// `Busy` or `Broken` from the engine; a place that does not take it is no error.
pub async fn hand_out(app: &App, tenant: TenantId, way: Way) -> Result<Option<Timestamp>> {
    let grant: Grant<Machine> = machine(app, tenant, "handout").grant()?;
    for _ in 0..MAX_DELIVERIES_A_TURN {
        let Some(due) = grant.read(&app.store, move |r| look(r, way)).await? else { return Ok(None) };
        let (Some(first), Some(last)) = (due.heads.first(), due.heads.last()) else {
            return Ok(due.state.filter(|state| state.failures > 0).map(|state| state.next_at));
        };
        let taken = match way {
            Way::Folder => {
                folder::write(&app.config.handout_folder, tenant.number(), &due.place, &due.heads).await
            }
            Way::Hook => hook::send(&app.outgoing, &due.place, &due.heads).await,
        };
        let (place, size) = (due.place, last.size);
        match taken {
            Ok(()) => grant.quietly(&app.store, move |w| events::handed_out(w, way, &place, size)).await?,
            Err(fault) => {
                let reached = due.state.as_ref().map_or(first.size - 1, |state| state.size);
                let again = retry_at(app.store.clock().now(), due.state.map_or(0, |state| state.failures));
                warn(tenant, way, &fault);
                let note = move |w: &mut kernel::Writer<'_>| {
                    events::not_handed_out(w, way, (&place, reached), &fault, again)
                };
                grant.quietly(&app.store, note).await?;
                return Ok(Some(again));
            }
        }
    }
    Ok(Some(app.store.clock().now()))
}

/// The receiver's own words are not for the log of the machine: only which rule or step failed.
fn warn(tenant: TenantId, way: Way, fault: &Fault) {
    tracing::warn!(tenant = tenant.number(), way = way.name(), why = fault.key, "a head was not handed out");
}

/// When a place that failed so often before is tried again.
fn retry_at(now: Timestamp, failures: i64) -> Timestamp {
    let wait = 1_i64 << failures.clamp(0, 20);
    now.plus_seconds(wait.min(MAX_WAIT_SECONDS))
}

/// Hands out whatever is due, of every tenant, one after the other.
///
/// # Errors
/// The first fault of the engine.
pub async fn all(app: &App) -> Result<()> {
    for tenant in tenants(app).await? {
        for way in Way::ALL {
            hand_out(app, tenant, way).await?;
        }
    }
    Ok(())
}

/// Hands out until the process ends, on the node that signs: `signed` rings after each of its rounds. A process that is alone
/// signs only when something changed, so it looks by itself while a place has still to get something.
pub async fn run(app: App, signed: Arc<Notify>) {
    let mut turn = Turn::default();
    loop {
        if turn.unfinished() && app.store.alone() {
            drop(tokio::time::timeout(ROUND, signed.notified()).await);
        } else {
            signed.notified().await;
        }
        if let Err(cause) = turn.begin(&app).await {
            tracing::warn!(%cause, "heads were not handed out");
        }
        tokio::time::sleep(ROUND).await;
        turn.gather();
    }
}

/// One tenant's way.
type Who = (i64, Way);

/// Deliveries that are going on.
#[derive(Default)]
struct Turn {
    going: JoinSet<(Who, bool)>,
    busy: HashSet<Who>,
    /// Whether something has still to be handed out.
    again: bool,
}

impl Turn {
    fn unfinished(&self) -> bool {
        self.again || !self.going.is_empty()
    }
    /// Begins a delivery for each tenant and way that has none going.
    async fn begin(&mut self, app: &App) -> Result<()> {
        self.again = true;
        let tenants = tenants(app).await?;
        self.again = false;
        for who in tenants.into_iter().flat_map(|tenant| Way::ALL.map(|way| (tenant, way))) {
            let key = (who.0.number(), who.1);
            if self.going.len() >= MAX_DELIVERIES_AT_ONCE || !self.busy.insert(key) {
                self.again = true;
                continue;
            }
            let app = app.clone();
            self.going.spawn(async move {
                let ended = hand_out(&app, who.0, who.1).await;
                if let Err(cause) = &ended {
                    tracing::warn!(%cause, "heads were not handed out");
                }
                (key, !matches!(ended, Ok(None)))
            });
        }
        Ok(())
    }
    /// Takes note of those that have come to their end.
    fn gather(&mut self) {
        while let Some(ended) = self.going.try_join_next() {
            match ended {
                Ok((who, again)) => {
                    self.busy.remove(&who);
                    self.again |= again;
                }
                // Which one it was is not known: all may be begun again, at least once is what is promised.
                Err(_) => {
                    self.busy.clear();
                    self.again = true;
                }
            }
        }
    }
}
