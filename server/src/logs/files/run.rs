//! The job that makes a file, part by part: stopped, and gone on with by any node from the part it had come to.
//!
//! - A part is on disk before the job says so, in one commit with where it goes on: a kill at any moment repeats at most one.
//! - Each part is read by the rights and the reach that its owner has then. Another reach than the order's ends it.
//! - A customer's files are made one after the other, and so many at once of all customers.

use super::order::{FILE_KEPT_HOURS, Format, Order};
use super::sealed::{self, Parts};
use crate::App;
use crate::logs::events::EXPORT_JOB;
use crate::logs::listing::{self, Wanted};
use crate::logs::queries;
use crate::logs::said::Teller;
use crate::logs::{ExportLogs, ReadAccessLog, ReadArchiveLog, ReadChangeLog};
use ::book::Log;
use kernel::policy::Machine;
use kernel::work::{self, Job, JobState};
use kernel::{Access, Error, Grant, Origin, Reader, RequestId, Result, TenantId, Timestamp, Uuid, Way};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Pages of a list in one part.
const PAGES_A_PART: usize = 20;
/// Files that are made at once in this process.
const MAX_FILES_AT_ONCE: usize = 2;
/// How often a node looks for files that nobody is at.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// It throws away what is over at every so many looks.
const THROWS_EVERY_LOOKS: u64 = 12;
/// How often a part is tried again where the store is busy, and after how long.
const MAX_TRIES: u32 = 60;
const AGAIN: Duration = Duration::from_secs(1);

/// What is being made in this process.
#[derive(Debug)]
pub struct Making {
    tenants: Mutex<HashSet<TenantId>>,
    room: Semaphore,
}

impl Default for Making {
    fn default() -> Self {
        Self { tenants: Mutex::default(), room: Semaphore::new(MAX_FILES_AT_ONCE) }
    }
}

impl Making {
    /// Whether nobody was at the files of a tenant; somebody is from now on.
    #[must_use]
    pub fn enter(&self, tenant: TenantId) -> bool {
        self.tenants.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant)
    }
    /// Nobody is at the files of a tenant any more.
    pub fn leave(&self, tenant: TenantId) {
        self.tenants.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }
}

/// Makes what is ordered, of every tenant, for as long as the process lives, and throws away what is over.
pub async fn follow(app: App) {
    for look in 0_u64.. {
        if let Err(cause) = take_up(&app).await {
            tracing::warn!(%cause, "files of logs could not be looked for");
        }
        if look.is_multiple_of(THROWS_EVERY_LOOKS)
            && let Err(cause) = throw_away(&app).await
        {
            tracing::warn!(%cause, "files of logs whose time is over stay behind");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Takes up the files that nobody is at, of every tenant.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn take_up(app: &App) -> Result<()> {
    for tenant in app.gate.all().await? {
        if !machine(app, tenant)?.read(&app.store, |r| work::idle(r, EXPORT_JOB)).await?.is_empty() {
            nudge(app, tenant);
        }
    }
    Ok(())
}

/// Throws away the files whose time is over.
///
/// # Errors
/// `Busy` or `Broken` from the engine or the store.
pub async fn throw_away(app: &App) -> Result<()> {
    let before = app.store.clock().now().plus_seconds(-FILE_KEPT_HOURS * 3_600);
    for tenant in app.gate.all().await? {
        let grant = machine(app, tenant)?;
        for job in grant.read(&app.store, move |r| work::kept(r, EXPORT_JOB, before)).await? {
            sealed::throw_away(app, tenant, job.id).await?;
            let result = Order::of(&job).without_key()?;
            grant.quietly(&app.store, move |w| work::emptied(w, job.id, &result)).await?;
        }
    }
    Ok(())
}

/// Makes the files of a tenant that nobody is at, beside what asks for it.
pub fn nudge(app: &App, tenant: TenantId) {
    if app.exports.enter(tenant) {
        tokio::spawn(all(app.clone(), tenant));
    }
}

async fn all(app: App, tenant: TenantId) {
    loop {
        let outcome = one_after_the_other(&app, tenant).await;
        app.exports.leave(tenant);
        match outcome {
            // What was ordered since the last look, by whom this tenant was found busy.
            Ok(more) if more && app.exports.enter(tenant) => {}
            Ok(_) => return,
            Err(cause) => {
                tracing::error!(%cause, "the making of a log's file broke off");
                return;
            }
        }
    }
}

/// True when something was made: there may be more by now.
async fn one_after_the_other(app: &App, tenant: TenantId) -> Result<bool> {
    let machine = machine(app, tenant)?;
    let mut made = false;
    for job in machine.read(&app.store, |r| work::idle(r, EXPORT_JOB)).await? {
        let _room = app.exports.room.acquire().await.map_err(Error::broken)?;
        made |= one(app, &machine, job).await?;
    }
    Ok(made)
}

fn machine(app: &App, tenant: TenantId) -> Result<Grant<Machine>> {
    app.gate.machine(tenant, EXPORT_JOB, origin(app)).grant()
}

fn origin(app: &App) -> Origin {
    Origin::inside(Way::Job, RequestId::new(app.store.clock().now(), app.store.chance()))
}

/// Makes one file, or goes on with it; false when another node is at it.
async fn one(app: &App, machine: &Grant<Machine>, job: Job) -> Result<bool> {
    let node = app.store.chance().uuid(app.store.clock().now());
    let id = job.id;
    if !machine.quietly(&app.store, move |w| work::take(w, id, node)).await? {
        return Ok(false);
    }
    let tenant = machine.access().tenant();
    let job = machine.read(&app.store, move |r| work::find(r, id, EXPORT_JOB)).await?;
    let mut order = Order::resumed(&job).unwrap_or_default();
    let making = parts(app, machine, &job, node, &mut order);
    let state = match work::attended(machine, &app.store, (id, node), making).await {
        Ok(state) => state,
        Err(cause) => {
            why(&cause).clone_into(&mut order.why);
            tracing::warn!(%cause, job = %id, "a log's file was not made");
            JobState::Failed
        }
    };
    order.ended = Some(app.store.clock().now());
    if state != JobState::Done {
        sealed::throw_away(app, tenant, id).await?;
    }
    let result = order.without_key()?;
    let end = move |w: &mut kernel::Writer<'_>| {
        work::end(w, id, node, state, &result)?;
        if state == JobState::Done { Ok(()) } else { work::emptied(w, id, &result) }
    };
    machine.quietly(&app.store, end).await?;
    Ok(true)
}

/// What a person is told of why a file was not made.
fn why(cause: &Error) -> &str {
    match cause {
        Error::Forbidden(_) | Error::SignedOut | Error::NotFound => "logs-export-no-right",
        Error::Conflict(message) => message.key,
        _ => "logs-export-failed",
    }
}

/// Who ordered it, as they are now: the right to take logs out, and to read this one.
async fn owner(app: &App, tenant: TenantId, order: &Order) -> Result<Grant<ExportLogs>> {
    let user = order.user.ok_or(Error::NotFound)?;
    let access: Arc<Access> = app.gate.owner(tenant, user, origin(app)).await?;
    let grant = access.grant()?;
    reads(&grant, order.log()?)?;
    Ok(grant)
}

/// Proof that who asks may read the log.
///
/// # Errors
/// `Forbidden` with the right that is missing.
pub fn reads(grant: &Grant<ExportLogs>, log: Log) -> Result<()> {
    match log {
        Log::Access => grant.also::<ReadAccessLog>().map(drop),
        Log::Change => grant.also::<ReadChangeLog>().map(drop),
        Log::Archive => grant.also::<ReadArchiveLog>().map(drop),
    }
}

/// One part after the other, from the one it had come to.
async fn parts(
    app: &App,
    machine: &Grant<Machine>,
    job: &Job,
    node: Uuid,
    order: &mut Order,
) -> Result<JobState> {
    let wanted = order.wanted(job.made_at)?;
    let sealed = Parts::open(app, machine.access().tenant(), job.id, &order.key)?;
    let mut tries = 0;
    order.taken = None;
    loop {
        match next(app, machine, (job.id, node), (&wanted, &sealed), order).await {
            Err(Error::Busy(_)) if tries < MAX_TRIES => {
                tries += 1;
                tokio::time::sleep(AGAIN).await;
            }
            Ok(None) => tries = 0,
            Ok(Some(state)) => return Ok(state),
            Err(cause) => return Err(cause),
        }
    }
}

/// Makes the next part; how the job ended, if it did.
async fn next(
    app: &App,
    machine: &Grant<Machine>,
    (job, node): (Uuid, Uuid),
    (wanted, sealed): (&Wanted, &Parts),
    order: &mut Order,
) -> Result<Option<JobState>> {
    let grant = owner(app, machine.access().tenant(), order).await?;
    let (wanted, so_far) = (wanted.clone(), order.clone());
    let (text, next, goes_on) = grant.read(&app.store, move |r| part(r, wanted, so_far)).await?;
    sealed.put(app, order.parts, &text).await?;
    let ((done, total), resume) = (next.looked_through(), next.text()?);
    let step = move |w: &mut kernel::Writer<'_>| work::step(w, job, node, done, total, &resume);
    if !machine.quietly(&app.store, step).await? {
        return Ok(Some(JobState::Stopped));
    }
    *order = next;
    Ok(if goes_on { None } else { Some(JobState::Done) })
}

/// The text of the next part, the order as it is then, and whether there is more.
fn part(r: &mut Reader<'_>, mut wanted: Wanted, mut order: Order) -> Result<(String, Order, bool)> {
    let (now, format): (Timestamp, Format) = (r.now(), order.format()?);
    if queries::reach(r)?.mark() != order.reach {
        return Err(Error::conflict("logs-export-reach"));
    }
    let (mut text, t) = (String::new(), order.locale());
    if order.size.is_none() {
        let span = queries::span(r, wanted.since, wanted.until)?;
        (order.size, order.least, order.from) = (Some(span.before), span.least, span.before);
        text = format.head();
    }
    order.taken.get_or_insert((now, order.from));
    wanted.before = Some(order.from);
    for _ in 0..PAGES_A_PART {
        let listed = listing::list(r, &wanted)?;
        let teller = Teller { t: &t, names: &listed.names };
        for entry in &listed.entries {
            text.push_str(&format.line(entry, &teller));
            order.entries += 1;
        }
        wanted.before = listed.older;
        order.from = listed.older.unwrap_or(order.least);
        if wanted.before.is_none() {
            break;
        }
    }
    order.parts += 1;
    order.bytes += text.len() as u64;
    Ok((text, order, wanted.before.is_some()))
}
