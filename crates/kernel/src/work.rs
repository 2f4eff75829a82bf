//! Work that goes on beside requests: jobs with progress, leases for what one node does at a time, and how far each reader
//! of the log has come.
//!
//! - A job is a row: it survives a restart, says how far it is, and ends early when asked to.
//! - A node that dies loses its jobs and leases by their time limit; another takes them up from their resume point.
//! - None of this makes an entry: what a job does is in its own entries.

mod lease;
mod lost;

use crate::{Error, Reader, Result, Timestamp, Value, Writer, from_row, params, sql};
use uuid::Uuid;

pub use lease::{Lease, hold};
pub use lost::{attended, give_up, let_go, lost};

/// A node that has not moved its job for so long has died; another may take the job up.
pub const JOB_SILENCE_SECONDS: i64 = 60;
/// Clocks of two nodes that are further apart than this are not believed: a time limit that lies further ahead than one
/// taken now could lie was set under a clock that has been put right since, and holds nothing.
pub const CLOCK_ERROR_SECONDS: i64 = 60;
/// Jobs of one kind and owner shown in a list, newest first.
pub const MAX_LISTED_JOBS: i64 = 50;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Nobody has begun.
    Waiting,
    /// A node is at it.
    Going,
    /// Come to its end.
    Done,
    /// Ended early by a person.
    Stopped,
    /// Ended by what the result says.
    Failed,
}

impl JobState {
    /// The word in the table and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Going => "going",
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }
    /// Whether it will not move again.
    #[must_use]
    pub const fn over(self) -> bool {
        matches!(self, Self::Done | Self::Stopped | Self::Failed)
    }
    fn parse(word: &str) -> Result<Self> {
        [Self::Waiting, Self::Going, Self::Done, Self::Stopped, Self::Failed]
            .into_iter()
            .find(|s| s.name() == word)
            .ok_or_else(|| Error::broken(format!("a job in the state {word}")))
    }
}

/// One piece of long work.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// What kind of work: `log-export`, `user-import` …
    pub kind: String,
    /// Who began it; zero for our own work.
    pub owner: Uuid,
    /// Where it stands.
    pub state: JobState,
    /// How much is done, in the unit of its kind.
    pub done: i64,
    /// How much there is; 0 if unknown.
    pub total: i64,
    /// What its kind needs to begin or go on: JSON.
    pub resume: String,
    /// What came of it: JSON; empty until then.
    pub result: String,
    /// Whether somebody has asked it to stop.
    pub stop: bool,
    /// When it was begun.
    pub made_at: Timestamp,
    /// When it last moved.
    pub changed_at: Timestamp,
}

struct JobRow {
    id: Uuid,
    kind: String,
    owner: Uuid,
    state: String,
    done: i64,
    total: i64,
    resume: String,
    result: String,
    stop: bool,
    made_at: Timestamp,
    changed_at: Timestamp,
}
from_row!(JobRow { id, kind, owner, state, done, total, resume, result, stop, made_at, changed_at });

impl JobRow {
    fn job(self) -> Result<Job> {
        let Self { id, kind, owner, state, done, total, resume, result, stop, made_at, changed_at } = self;
        let state = JobState::parse(&state)?;
        Ok(Job { id, kind, owner, state, done, total, resume, result, stop, made_at, changed_at })
    }
}

/// The latest time limit that can have been set by a clock that is right: later ones hold nothing.
fn latest(now: Timestamp, seconds: i64) -> Timestamp {
    now.plus_seconds(seconds + CLOCK_ERROR_SECONDS)
}

/// Writes a job down for whoever asks; `resume` says what to do.
///
/// # Errors
/// `Conflict` when the id is taken; `Busy` or `Broken` from the engine.
pub fn begin(w: &mut Writer<'_>, id: Uuid, kind: &'static str, total: i64, resume: &str) -> Result<()> {
    let insert = sql!(
        "insert into job (tenant_id, id, kind, owner_id, state, done, total, resume, result, stop, node_until, made_at, changed_at)
         values ($tenant, $id, $kind, $actor, 'waiting', 0, $total, $resume, '', 0, 0, $now, $now)"
    );
    w.one(insert, params! { id: id, kind: kind, total: total, resume: resume })
}

/// The job of that id and kind, whoever began it: the caller says who may see it.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Reader<'_>, id: Uuid, kind: &'static str) -> Result<Job> {
    let find = sql!(
        "select id, kind, owner_id, state, done, total, resume, result, stop, made_at, changed_at
         from job where tenant_id = $tenant and id = $id and kind = $kind"
    );
    r.row::<JobRow>(find, params! { id: id, kind: kind })?.job()
}

/// The newest jobs of a kind that the actor began.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own(r: &mut Reader<'_>, kind: &'static str) -> Result<Vec<Job>> {
    let list = sql!(
        "select id, kind, owner_id, state, done, total, resume, result, stop, made_at, changed_at
         from job where tenant_id = $tenant and owner_id = $actor and kind = $kind order by made_at desc limit $most"
    );
    let rows: Vec<JobRow> = r.rows(list, params! { kind: kind, most: MAX_LISTED_JOBS })?;
    rows.into_iter().map(JobRow::job).collect()
}

/// Jobs of a kind that nobody is at: waiting ones, and those of a node that has died.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn idle(r: &mut Reader<'_>, kind: &'static str) -> Result<Vec<Job>> {
    let list = sql!(
        "select id, kind, owner_id, state, done, total, resume, result, stop, made_at, changed_at
         from job where tenant_id = $tenant and kind = $kind
         and (state = 'waiting' or (state = 'going' and (node_until < $now or node_until > $latest)))
         order by made_at limit $most"
    );
    let latest = latest(r.now(), JOB_SILENCE_SECONDS);
    let rows: Vec<JobRow> = r.rows(list, params! { kind: kind, most: MAX_LISTED_JOBS, latest: latest })?;
    rows.into_iter().map(JobRow::job).collect()
}

/// Takes a job for a node; false when another has it or it is over.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn take(w: &mut Writer<'_>, id: Uuid, node: Uuid) -> Result<bool> {
    let (until, latest) = (w.now().plus_seconds(JOB_SILENCE_SECONDS), latest(w.now(), JOB_SILENCE_SECONDS));
    let update = sql!(
        "update job set state = 'going', node = $node, node_until = $until, changed_at = $now
         where tenant_id = $tenant and id = $id and (state = 'waiting'
         or (state = 'going' and (node = $node or node_until < $now or node_until > $latest)))"
    );
    Ok(w.any(update, params! { id: id, node: node, until: until, latest: latest })? == 1)
}

/// Says how far a job is and where it would go on. False when it was asked to stop or is another's by now.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn step(w: &mut Writer<'_>, id: Uuid, node: Uuid, done: i64, total: i64, resume: &str) -> Result<bool> {
    let until = w.now().plus_seconds(JOB_SILENCE_SECONDS);
    let update = sql!(
        "update job set done = $done, total = $total, resume = $resume, node_until = $until, changed_at = $now
         where tenant_id = $tenant and id = $id and state = 'going' and node = $node and stop = 0"
    );
    let given = params! { id: id, node: node, done: done, total: total, resume: resume, until: until };
    Ok(w.any(update, given)? == 1)
}

/// Ends a job, with what came of it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn end(w: &mut Writer<'_>, id: Uuid, node: Uuid, state: JobState, result: &str) -> Result<()> {
    let update = sql!(
        "update job set state = $state, result = $result, node_until = 0, changed_at = $now
         where tenant_id = $tenant and id = $id and state = 'going' and node = $node"
    );
    w.any(update, params! { id: id, node: node, state: state.name(), result: result }).map(drop)
}

/// Asks a job to stop; one that nobody has begun, or whose node has died, is over at once.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn stop(w: &mut Writer<'_>, id: Uuid, kind: &'static str) -> Result<()> {
    let update = sql!(
        "update job set stop = 1, changed_at = $now, state = case when state = 'waiting'
         or (state = 'going' and (node_until < $now or node_until > $latest)) then 'stopped' else state end
         where tenant_id = $tenant and id = $id and kind = $kind"
    );
    let latest = latest(w.now(), JOB_SILENCE_SECONDS);
    w.one(update, params! { id: id, kind: kind, latest: latest })
}

/// Jobs of a kind that were over before a moment and still keep what they would go on with, the oldest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn kept(r: &mut Reader<'_>, kind: &'static str, before: Timestamp) -> Result<Vec<Job>> {
    let list = sql!(
        "select id, kind, owner_id, state, done, total, resume, result, stop, made_at, changed_at
         from job where tenant_id = $tenant and state in ('done', 'stopped', 'failed') and kind = $kind
         and changed_at < $before and resume <> '' order by made_at limit $most"
    );
    let rows: Vec<JobRow> = r.rows(list, params! { kind: kind, before: before, most: MAX_LISTED_JOBS })?;
    rows.into_iter().map(JobRow::job).collect()
}

/// Forgets what a job that is over would go on with, and keeps what came of it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn emptied(w: &mut Writer<'_>, id: Uuid, result: &str) -> Result<()> {
    let update = sql!(
        "update job set resume = '', result = $result where tenant_id = $tenant and id = $id
         and state in ('done', 'stopped', 'failed')"
    );
    w.any(update, params! { id: id, result: result }).map(drop)
}

/// How far a reader of the log has come: the index it will read next.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn position(r: &mut Reader<'_>, reader: &str) -> Result<i64> {
    let find = sql!("select position from reader_position where tenant_id = $tenant and reader = $reader");
    Ok(r.maybe::<(i64,)>(find, params! { reader: reader })?.map_or(0, |(at,)| at))
}

/// Says how far a reader has come. It never goes back.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn reached(w: &mut Writer<'_>, reader: &str, position: i64) -> Result<()> {
    let upsert = sql!(
        "insert into reader_position (tenant_id, reader, position) values ($tenant, $reader, $position)
         on conflict (tenant_id, reader) do update set position = $position where reader_position.position < $position"
    );
    w.any(upsert, params! { reader: reader, position: Value::Int(position) }).map(drop)
}
