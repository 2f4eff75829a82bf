//! The store: runs domain code inside a transaction, on the engine's own threads.
//!
//! - Nothing can wait inside a transaction, and a dropped request cannot leave one open: the closure runs to its end.
//! - Changes are committed in groups; an acknowledged change is on disk.
//! - If the book cannot be written, nothing changes: the whole group fails with `Busy`, and the store says so.

mod group;
mod intake;
mod postgres;
mod sqlite;

use crate::grant::Access;
use crate::ledger::Pending;
use crate::statement::{Dialect, Rendered};
use crate::{Chance, Clock, Error, Reader, Result, Row, TenantId, Value};
use intake::Intake;
use std::any::Any;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{oneshot, watch};

pub(crate) use group::words;
pub use postgres::{PostgresLink, PostgresOptions};
pub use sqlite::DATA_FILE;

/// Changes of one group at the most. More would make the first of them wait for the last.
pub const MAX_GROUP_CHANGES: usize = 256;
/// Changes and reads that may wait for the engine; one more is refused with `Busy`.
pub const MAX_WAITING_JOBS: usize = 10_000;
/// A thread of the engine that has had nothing to do for so long gives back the memory it holds ready.
pub const REST_SECONDS: u64 = 20;
/// Threads that read, on either engine.
pub const READER_THREADS: usize = 4;

/// A connection in a transaction. Implemented by the two engines alone.
pub(crate) trait Conn {
    fn dialect(&self) -> Dialect;
    fn query(&mut self, statement: &'static Rendered, values: &[Value]) -> Result<Vec<Row>>;
    fn execute(&mut self, statement: &'static Rendered, values: &[Value]) -> Result<u64>;
    /// Adds many rows at once; each has a value for each column.
    fn insert_many(&mut self, into: &'static Bulk, rows: Vec<Vec<Value>>) -> Result<()>;
}

/// A table that rows are added to in bulk, and the columns they fill.
pub(crate) struct Bulk {
    pub table: &'static str,
    pub columns: &'static [(&'static str, Kind)],
}

/// The kind of a column: what PostgreSQL calls it where an array of its values is sent.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
    Id,
}

/// What a group needs beyond a connection: its transaction. One implementation per engine.
pub(crate) trait Transactions: Conn {
    fn begin(&mut self, tenant: Option<TenantId>) -> Result<()>;
    fn savepoint(&mut self) -> Result<()>;
    fn rollback_to_savepoint(&mut self) -> Result<()>;
    fn commit(&mut self) -> Result<()>;
    fn rollback(&mut self);
    /// Whether anything was written, or failed, since it was last asked: what follows then needs a savepoint or a roll-back.
    fn touched(&mut self) -> bool;
    /// Nobody has asked for anything in a while: what is only held ready can be given back.
    fn rest(&mut self);
    /// Makes a broken connection anew, if it is broken.
    fn heal(&mut self) -> Result<()>;
    fn conn(&mut self) -> &mut dyn Conn;
}

pub(crate) type Output = Box<dyn Any + Send>;

/// A change that waits for its group.
pub(crate) struct Change {
    pub access: Arc<Access>,
    #[expect(clippy::type_complexity, reason = "one erased event: what it needs and what it gives")]
    pub run: Box<dyn Fn(&mut dyn Conn, &Access, &Clock) -> Result<(Output, Vec<Pending>)> + Send>,
    pub reply: oneshot::Sender<Result<Output>>,
}

/// A read that waits for a thread.
pub(crate) struct Read {
    pub tenant: TenantId,
    #[expect(
        clippy::type_complexity,
        reason = "one erased question: it takes a connection, or why there is none"
    )]
    pub run: Box<dyn FnOnce(Result<&mut dyn Conn>) + Send>,
}

/// What both engines share.
pub(crate) struct Shared {
    pub changes: Intake<Change>,
    pub reads: Intake<Read>,
    pub clock: Clock,
    pub chance: Chance,
    pub writable: AtomicBool,
    pub alone: bool,
    pub commits: watch::Sender<u64>,
}

/// The data of all tenants. Cloned freely; the threads stop when the last one is dropped.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
    _threads: Arc<Threads>,
}

struct Threads {
    shared: Arc<Shared>,
    joins: Mutex<Vec<std::thread::JoinHandle<()>>>,
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.shared.changes.close();
        self.shared.reads.close();
        for join in self.joins.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = join.join();
        }
    }
}

impl Store {
    fn start(
        clock: Clock,
        chance: Chance,
        mixed: bool,
        threads: impl FnOnce(&Arc<Shared>) -> Result<Vec<std::thread::JoinHandle<()>>>,
    ) -> Result<Self> {
        let shared = Arc::new(Shared {
            changes: Intake::new(MAX_WAITING_JOBS, mixed, |c: &Change| c.access.tenant()),
            reads: Intake::new(MAX_WAITING_JOBS, true, |r: &Read| r.tenant),
            clock,
            chance,
            writable: AtomicBool::new(true),
            // Only the embedded engine mixes tenants in a group, because only it has one process.
            alone: mixed,
            commits: watch::Sender::new(0),
        });
        let joins = threads(&shared)?;
        let threads = Arc::new(Threads { shared: Arc::clone(&shared), joins: Mutex::new(joins) });
        Ok(Self { shared, _threads: threads })
    }
    /// Opens the embedded engine in a folder, made if absent; applies the schema. One folder is one process.
    ///
    /// # Errors
    /// `Conflict` when another process has the folder; `Broken` when it cannot be used.
    pub fn sqlite(folder: &Path, clock: Clock, chance: Chance) -> Result<Self> {
        sqlite::open(folder, clock, chance)
    }
    /// Opens PostgreSQL. The schema must be there (see [`Store::migrate_postgres`]).
    ///
    /// # Errors
    /// `Broken` when it cannot be reached, or when the role could step round row security.
    pub fn postgres(options: PostgresOptions, clock: Clock, chance: Chance) -> Result<Self> {
        postgres::open(options, clock, chance)
    }
    /// Connects to PostgreSQL once, and says whether the link is encrypted and the server's certificate checked.
    ///
    /// # Errors
    /// `Broken` when it cannot be reached as the URL demands.
    pub fn postgres_link(options: PostgresOptions) -> Result<PostgresLink> {
        postgres::look(options)
    }
    /// Applies the schema on PostgreSQL as the owner, and gives the application's role its rights.
    ///
    /// # Errors
    /// `Broken` with the engine's words.
    pub fn migrate_postgres(owner_url: &str, role: &str) -> Result<Vec<&'static str>> {
        postgres::migrate(owner_url, role)
    }
    /// The clock entries are stamped by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }
    /// The randomness salts and secrets come from.
    #[must_use]
    pub fn chance(&self) -> &Chance {
        &self.shared.chance
    }
    /// Whether the last commit went through. When false nothing changes and nobody signs in.
    #[must_use]
    pub fn writable(&self) -> bool {
        self.shared.writable.load(Ordering::Acquire)
    }
    /// Rings after each commit of this process that made entries, for readers of the log. The number counts them; a quiet
    /// change rings for nobody.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.shared.commits.subscribe()
    }
    /// Whether no other process can have these rows open: true of the embedded engine, whose folder is one process.
    #[must_use]
    pub fn alone(&self) -> bool {
        self.shared.alone
    }
    pub(crate) async fn change(&self, access: Arc<Access>, run: ChangeRun) -> Result<Output> {
        let (reply, answer) = oneshot::channel();
        self.shared.changes.push(Change { access, run, reply })?;
        answer.await.map_err(|_| stopping())?
    }
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        access: Arc<Access>,
        ask: impl FnOnce(&mut Reader<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let clock = self.shared.clock.clone();
        let tenant = access.tenant();
        let run = Box::new(move |conn: Result<&mut dyn Conn>| {
            let result = conn.and_then(|conn| ask(&mut Reader::new(conn, &access, &clock)));
            let _ = reply.send(result);
        });
        self.shared.reads.push(Read { tenant, run })?;
        answer.await.map_err(|_| Error::broken("a read did not come to its end"))?
    }
}

type ChangeRun = Box<dyn Fn(&mut dyn Conn, &Access, &Clock) -> Result<(Output, Vec<Pending>)> + Send>;

fn stopping() -> Error {
    Error::Busy("error-stopping".into())
}

/// What a statement that was given up is answered with.
const TOO_SLOW: &str = "error-too-slow";

/// A statement was given up because it took too long. Nothing of its change was made.
pub(crate) fn too_slow(cause: impl std::fmt::Display) -> Error {
    tracing::warn!(%cause, "a statement was given up");
    Error::Busy(TOO_SLOW.into())
}

/// The engine cannot write: full disk, lost connection, read-only. Nothing was changed.
pub(crate) fn unwritable(cause: impl std::fmt::Display) -> Error {
    tracing::error!(%cause, "the book cannot be written");
    Error::Busy("error-book-unwritable".into())
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// Whether a statement changes rows; a reading one begins with `select`, or with `with`.
pub(crate) fn writes(text: &str) -> bool {
    let text = text.trim_start();
    !text.starts_with("select") && !text.starts_with("with")
}
