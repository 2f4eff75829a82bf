//! PostgreSQL: engine threads that each own a connection and commit one tenant's group at a time.
//!
//! - The tenant is set for the transaction, and row security refuses everything else.
//! - A tenant's groups are committed one after the other, on all nodes, by a lock on the tenant that ends with the
//!   transaction. So a change decides by what it reads, as on SQLite.
//! - A lost connection fails its group with `Busy` and is made anew; nothing is repeated by us.

mod link;
mod value;

use super::{
    Bulk, Conn, Kind, READER_THREADS, Shared, Store, TOO_SLOW, Transactions, group, too_slow, unwritable,
    writes,
};
use crate::schema::{self, FILES};
use crate::statement::{Dialect, Rendered};
use crate::{Chance, Clock, Error, Message, Result, Row, TenantId, Value};
pub use link::PostgresLink;
use link::{Link, told};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};
use value::{Bound, Fetched};

/// Threads that commit groups, each of another tenant.
const WRITER_THREADS: usize = 4;
/// A connection that is not made within this is given up, and asked for again by the next group.
const CONNECT_SECONDS: u64 = 2;
/// A statement that the server does not end within this is given up by the server.
const STATEMENT_TIMEOUT_MILLISECONDS: u32 = 10_000;

/// How to reach the database as the application's role, which owns nothing.
#[derive(Clone, Debug)]
pub struct PostgresOptions {
    /// `postgres://role@host/database`, with libpq's `sslmode` and `sslrootcert` if encryption is to be certain.
    pub url: String,
}

struct Postgres {
    runtime: Runtime,
    url: String,
    client: Option<Client>,
    prepared: HashMap<usize, Statement>,
    bulk: HashMap<&'static str, Statement>,
    in_savepoint: bool,
    touched: bool,
    read_only: bool,
}

pub(super) fn open(options: PostgresOptions, clock: Clock, chance: Chance) -> Result<Store> {
    beside(move || open_here(options, clock, chance))
}

/// Runs on a thread of its own: a connection has its own runtime, which may not be used from inside the caller's.
fn beside<T: Send + 'static>(run: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let joined = std::thread::Builder::new().spawn(run).map_err(Error::broken)?.join();
    joined.map_err(|panic| Error::broken(group::words(&*panic)))?
}

fn open_here(options: PostgresOptions, clock: Clock, chance: Chance) -> Result<Store> {
    let mut first = Postgres::new(&options.url, false)?;
    first.dial().map_err(Error::Broken)?;
    first.settle()?;
    first.check_role()?;
    first.check_schema()?;
    drop(first);
    Store::start(clock, chance, false, |shared| {
        let mut joins = Vec::new();
        for n in 0..WRITER_THREADS {
            let mut db = Postgres::new(&options.url, false)?;
            let shared = Arc::clone(shared);
            joins.push(thread(format!("writer-{n}"), move || group::work(&shared, &mut db))?);
        }
        for n in 0..READER_THREADS {
            let mut db = Postgres::new(&options.url, true)?;
            let shared = Arc::clone(shared);
            joins.push(thread(format!("reader-{n}"), move || read(&shared, &mut db))?);
        }
        Ok(joins)
    })
}

fn thread(name: String, run: impl FnOnce() + Send + 'static) -> Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name(name).spawn(run).map_err(Error::broken)
}

/// Connects once, and says how.
pub(super) fn look(options: PostgresOptions) -> Result<PostgresLink> {
    beside(move || Postgres::new(&options.url, true)?.dial().map_err(Error::Broken))
}

/// Applies the schema files that are not there yet, each in one transaction, and names them.
pub(super) fn migrate(owner_url: &str, role: &str) -> Result<Vec<&'static str>> {
    let (owner_url, role) = (owner_url.to_owned(), role.to_owned());
    beside(move || migrate_here(&owner_url, &role))
}

fn migrate_here(owner_url: &str, role: &str) -> Result<Vec<&'static str>> {
    if !role.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Err(Error::broken(format!("{role}: a role's name is letters, digits and _")));
    }
    let mut db = Postgres::new(owner_url, false)?;
    db.dial().map_err(Error::Broken)?;
    db.settle()?;
    let first = format!(
        "create table if not exists schema_version (number bigint primary key, name text not null, digest text not null); \
         grant usage on schema public to \"{role}\"; grant select on schema_version to \"{role}\""
    );
    db.batch(&first)?;
    schema::all_known(db.applied()?, FILES)?;
    let mut applied = Vec::new();
    for file in FILES {
        db.batch("begin; lock table schema_version in exclusive mode")?;
        let known = db.schema_digest(file.number)?;
        if known.as_deref() == Some(&file.digest()) {
            db.batch("rollback")?;
            continue;
        }
        if known.is_some() {
            return Err(schema::differs(file));
        }
        for statement in schema::statements(file, Dialect::Postgres, role)? {
            db.batch(&statement).map_err(|e| Error::broken(format!("{}: {e}: {statement}", file.name)))?;
        }
        db.batch(&format!(
            "insert into schema_version values ({}, '{}', '{}'); commit",
            file.number,
            file.name,
            file.digest()
        ))?;
        applied.push(file.name);
    }
    Ok(applied)
}

/// Takes reads until the store stops. Each runs in its own read-only snapshot, with its tenant set.
fn read(shared: &Shared, db: &mut Postgres) {
    while let Some(mut batch) = shared.reads.take(1, || ()) {
        for job in batch.jobs.drain(..) {
            let begun = db.heal().and_then(|()| db.begin(Some(job.tenant)));
            let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                (job.run)(begun.map(|()| db as &mut dyn Conn))
            }));
            if let Err(panic) = run {
                tracing::error!(cause = group::words(&*panic), "a read panicked");
            }
            db.rollback();
        }
    }
}

impl Postgres {
    fn new(url: &str, read_only: bool) -> Result<Self> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::broken)?;
        Ok(Self {
            runtime,
            url: url.to_owned(),
            client: None,
            prepared: HashMap::new(),
            bulk: HashMap::new(),
            in_savepoint: false,
            touched: false,
            read_only,
        })
    }
    /// Makes a connection, and says how it was made, or all that is known of why it was not.
    fn dial(&mut self) -> std::result::Result<PostgresLink, String> {
        let mut link = Link::read(&self.url)?;
        link.config
            .connect_timeout(Duration::from_secs(CONNECT_SECONDS))
            .tcp_user_timeout(Duration::from_secs(CONNECT_SECONDS));
        let dialled = self.runtime.block_on(link.config.connect(link.tls.clone()));
        let (client, connection) = dialled.map_err(|e| told(&e))?;
        self.runtime.spawn(async move {
            if let Err(cause) = connection.await {
                tracing::warn!(%cause, "a database connection ended");
            }
        });
        self.client = Some(client);
        Ok(link.found())
    }
    /// What holds for all that a connection does.
    fn settle(&self) -> Result<()> {
        self.batch(&format!(
            "set statement_timeout = {STATEMENT_TIMEOUT_MILLISECONDS}; set synchronous_commit = on"
        ))
    }
    fn client(&self) -> Result<&Client> {
        self.client.as_ref().ok_or_else(|| unwritable("no connection"))
    }
    fn batch(&self, text: &str) -> Result<()> {
        self.runtime.block_on(self.client()?.batch_execute(text)).map_err(failed)
    }
    fn schema_digest(&self, number: i64) -> Result<Option<String>> {
        let row = self
            .runtime
            .block_on(
                self.client()?.query_opt("select digest from schema_version where number = $1", &[&number]),
            )
            .map_err(failed)?;
        Ok(row.map(|r| r.get(0)))
    }
    fn applied(&self) -> Result<Vec<(i64, String)>> {
        let find = "select number, name from schema_version order by number";
        let rows = self.runtime.block_on(self.client()?.query(find, &[])).map_err(failed)?;
        Ok(rows.into_iter().map(|row| (row.get(0), row.get(1))).collect())
    }
    fn check_schema(&self) -> Result<()> {
        for file in FILES {
            match self.schema_digest(file.number) {
                Ok(Some(digest)) if digest == file.digest() => {}
                Ok(Some(_)) => return Err(schema::differs(file)),
                _ => {
                    return Err(Error::Conflict(
                        Message::new("error-schema-missing").with("file", file.name),
                    ));
                }
            }
        }
        schema::all_known(self.applied()?, FILES)
    }
    /// A role that owns tables or steps round row security would make the walls between tenants a promise only.
    fn check_role(&self) -> Result<()> {
        let text = "select (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
            or exists (select 1 from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user and c.relkind = 'r')";
        let unsafe_role: bool =
            self.runtime.block_on(self.client()?.query_one(text, &[])).map_err(failed)?.get(0);
        if unsafe_role {
            return Err(Error::broken(
                "the database role owns tables or steps round row security; give `--database` a role of its own and `migrate` the owner's",
            ));
        }
        Ok(())
    }
    fn prepared(&mut self, statement: &'static Rendered) -> Result<Statement> {
        if let Some(known) = self.prepared.get(&std::ptr::from_ref(statement).addr()) {
            return Ok(known.clone());
        }
        let made = self.runtime.block_on(self.client()?.prepare(&statement.text)).map_err(failed)?;
        self.prepared.insert(std::ptr::from_ref(statement).addr(), made.clone());
        Ok(made)
    }
    /// The statement that adds rows to a table from one array for each column.
    fn bulk(&mut self, into: &'static Bulk) -> Result<Statement> {
        if let Some(known) = self.bulk.get(into.table) {
            return Ok(known.clone());
        }
        let names: Vec<&str> = into.columns.iter().map(|(name, _)| *name).collect();
        let kind = |kind: Kind| match kind {
            Kind::Int => "bigint",
            Kind::Text => "text",
            Kind::Bytes => "bytea",
            Kind::Id => "uuid",
        };
        let places = (1..).zip(into.columns).map(|(n, (_, k))| format!("${n}::{}[]", kind(*k)));
        let places: Vec<String> = places.collect();
        let text = format!(
            "insert into {} ({}) select * from unnest({})",
            into.table,
            names.join(", "),
            places.join(", ")
        );
        let made = self.runtime.block_on(self.client()?.prepare(&text)).map_err(failed)?;
        self.bulk.insert(into.table, made.clone());
        Ok(made)
    }
}

fn failed(error: tokio_postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else { return unwritable(error) };
    let code = db.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        return Error::Conflict(Message::new("error-exists-already").with("detail", db.message()));
    }
    if *code == SqlState::QUERY_CANCELED {
        // The statement took too long; the database is well, and so are the others of its group.
        return too_slow(db);
    }
    // Classes 53 (resources), 57 (operator), 58 (system), 25006 (read only), 40 (deadlock, serialisation): try later.
    if ["53", "57", "58", "40", "08"].iter().any(|class| code.code().starts_with(class))
        || code.code() == "25006"
    {
        return unwritable(db);
    }
    Error::broken(db)
}

impl Conn for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
    fn query(&mut self, statement: &'static Rendered, values: &[Value]) -> Result<Vec<Row>> {
        let writes = writes(&statement.text);
        let answer = self.ask(statement, values);
        // A statement that failed has ended the transaction's luck, whatever it was.
        self.touched |= writes || answer.is_err();
        answer
    }
    fn execute(&mut self, statement: &'static Rendered, values: &[Value]) -> Result<u64> {
        self.touched = true;
        let prepared = self.prepared(statement)?;
        self.runtime.block_on(self.client()?.execute_raw(&prepared, values.iter().map(Bound))).map_err(failed)
    }
    fn insert_many(&mut self, into: &'static Bulk, rows: Vec<Vec<Value>>) -> Result<()> {
        let statement = self.bulk(into)?;
        let column = |at| rows.iter().filter_map(|row: &Vec<Value>| row.get(at).map(Bound)).collect();
        let columns: Vec<Vec<Bound<'_>>> = (0..into.columns.len()).map(column).collect();
        self.runtime.block_on(self.client()?.execute_raw(&statement, columns)).map(drop).map_err(failed)
    }
}

impl Postgres {
    fn ask(&mut self, statement: &'static Rendered, values: &[Value]) -> Result<Vec<Row>> {
        let prepared = self.prepared(statement)?;
        let bound: Vec<Bound<'_>> = values.iter().map(Bound).collect();
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as &(dyn ToSql + Sync)).collect();
        let rows = self.runtime.block_on(self.client()?.query(&prepared, &bound)).map_err(failed)?;
        let read = |row: tokio_postgres::Row| {
            let values =
                (0..row.len()).map(|i| row.try_get::<_, Fetched>(i).map(|f| f.0).map_err(Error::broken));
            values.collect::<Result<_>>().map(Row::new)
        };
        rows.into_iter().map(read).collect()
    }
}

impl Transactions for Postgres {
    fn begin(&mut self, tenant: Option<TenantId>) -> Result<()> {
        self.in_savepoint = false;
        let number = tenant.map_or(-1, TenantId::number);
        let mode = if self.read_only {
            "isolation level repeatable read read only"
        } else {
            "isolation level read committed"
        };
        let lock = if self.read_only {
            String::new()
        } else {
            format!("; select pg_advisory_xact_lock({LOCK_SPACE} + {number})")
        };
        let text = format!("begin {mode}; select set_config('vaktbok.tenant', '{number}', true){lock}");
        match self.batch(&text) {
            // That the server has gone away meanwhile shows only now. Nothing has been asked of it yet, so it is asked anew.
            // One that waited too long for its turn is not: the server is well, and would only be waited for twice as long.
            Err(Error::Busy(why)) if why.key != TOO_SLOW => {
                self.client = None;
                self.heal()?;
                self.batch(&text)
            }
            begun => begun,
        }
    }
    fn savepoint(&mut self) -> Result<()> {
        let release = if std::mem::replace(&mut self.in_savepoint, true) { "release change; " } else { "" };
        self.batch(&format!("{release}savepoint change"))
    }
    fn rollback_to_savepoint(&mut self) -> Result<()> {
        self.batch("rollback to change")
    }
    fn commit(&mut self) -> Result<()> {
        self.batch("commit")
    }
    fn rollback(&mut self) {
        if self.batch("rollback").is_err() {
            self.client = None;
        }
    }
    fn touched(&mut self) -> bool {
        std::mem::take(&mut self.touched)
    }
    fn rest(&mut self) {}
    fn heal(&mut self) -> Result<()> {
        if self.client.as_ref().is_some_and(|c| !c.is_closed()) {
            return Ok(());
        }
        self.client = None;
        self.prepared.clear();
        self.bulk.clear();
        self.dial().map_err(unwritable)?;
        self.settle()
    }
    fn conn(&mut self) -> &mut dyn Conn {
        self
    }
}

/// Where the tenants' locks begin among the database's advisory locks.
const LOCK_SPACE: i64 = 0x5641_4b54_0000_0000;
