//! SQLite: one writer thread that commits groups, and read-only connections beside it.
//!
//! - WAL with `synchronous=FULL`: an acknowledged change survives a loss of power.
//! - One folder is one process: the second is refused by a lock on `lock`, with the reason.

use super::{Bulk, Conn, READER_THREADS, Shared, Store, Transactions, group, unwritable, writes};
use crate::schema::{self, SchemaFile};
use crate::statement::{Dialect, Rendered};
use crate::{Chance, Clock, Error, Message, Result, Row, TenantId, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql};
use std::path::Path;
use std::sync::Arc;

/// What the embedded engine keeps everything in, within its folder.
pub const DATA_FILE: &str = "vaktbok.db";
/// Prepared statements kept per connection.
const STATEMENT_CACHE: usize = 512;
/// Memory a connection may use for pages, in KiB.
const WRITER_CACHE_KIB: i64 = 32 * 1024;
const READER_CACHE_KIB: i64 = 4 * 1024;

pub(super) struct Sqlite {
    conn: Connection,
    in_savepoint: bool,
    touched: bool,
    _lock: Option<std::fs::File>,
}

pub(super) fn open(folder: &Path, clock: Clock, chance: Chance) -> Result<Store> {
    std::fs::create_dir_all(folder).map_err(|e| Error::broken(format!("{}: {e}", folder.display())))?;
    let lock = std::fs::File::create(folder.join("lock"))
        .map_err(|e| Error::broken(format!("{}: {e}", folder.display())))?;
    lock.try_lock()
        .map_err(|_| Error::Conflict(Message::new("error-folder-in-use").with("folder", folder.display())))?;
    let path = folder.join(DATA_FILE);
    let mut writer =
        Sqlite { conn: connect(&path, false)?, in_savepoint: false, touched: false, _lock: Some(lock) };
    migrate(&mut writer, schema::FILES)?;
    crate::estimates::write(&writer.conn)?;
    Store::start(clock, chance, true, |shared| {
        let mut joins = Vec::new();
        for n in 0..READER_THREADS {
            let mut reader =
                Sqlite { conn: connect(&path, true)?, in_savepoint: false, touched: false, _lock: None };
            let shared = Arc::clone(shared);
            joins.push(thread(format!("reader-{n}"), move || read(&shared, &mut reader))?);
        }
        let shared = Arc::clone(shared);
        joins.push(thread("writer".to_owned(), move || group::work(&shared, &mut writer))?);
        Ok(joins)
    })
}

fn thread(name: String, run: impl FnOnce() + Send + 'static) -> Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name(name).spawn(run).map_err(Error::broken)
}

fn connect(path: &Path, read_only: bool) -> Result<Connection> {
    let access = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let conn = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
    conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    let cache = if read_only { READER_CACHE_KIB } else { WRITER_CACHE_KIB };
    let pragmas = format!(
        "pragma cache_size = -{cache}; pragma foreign_keys = on; pragma trusted_schema = off; pragma temp_store = memory; pragma busy_timeout = 5000;"
    );
    conn.execute_batch(&pragmas).map_err(failed)?;
    if read_only {
        conn.execute_batch("pragma query_only = on;").map_err(failed)?;
    } else {
        conn.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000;",
        )
        .map_err(failed)?;
    }
    Ok(conn)
}

fn migrate(db: &mut Sqlite, files: &'static [SchemaFile]) -> Result<()> {
    db.conn
        .execute_batch("create table if not exists schema_version (number integer primary key, name text not null, digest text not null) strict")
        .map_err(failed)?;
    schema::all_known(applied(&db.conn).map_err(failed)?, files)?;
    for file in files {
        let known: Option<String> = db
            .conn
            .query_row("select digest from schema_version where number = ?1", [file.number], |r| r.get(0))
            .map(Some)
            .or_else(none)
            .map_err(failed)?;
        match known {
            Some(digest) if digest == file.digest() => continue,
            Some(_) => return Err(schema::differs(file)),
            None => {}
        }
        let tx = db.conn.transaction().map_err(failed)?;
        for statement in schema::statements(file, Dialect::Sqlite, "")? {
            tx.execute_batch(&statement)
                .map_err(|e| Error::broken(format!("{}: {e}: {statement}", file.name)))?;
        }
        tx.execute(
            "insert into schema_version (number, name, digest) values (?1, ?2, ?3)",
            (file.number, file.name, file.digest()),
        )
        .map_err(failed)?;
        tx.commit().map_err(failed)?;
    }
    Ok(())
}

fn applied(conn: &Connection) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut find = conn.prepare("select number, name from schema_version order by number")?;
    find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn none<T>(error: rusqlite::Error) -> rusqlite::Result<Option<T>> {
    if error == rusqlite::Error::QueryReturnedNoRows { Ok(None) } else { Err(error) }
}

/// Takes reads until the store stops. Each runs in its own snapshot.
fn read(shared: &Shared, db: &mut Sqlite) {
    while let Some(mut batch) = shared.reads.take(1, || db.rest()) {
        for job in batch.jobs.drain(..) {
            let begun = db.conn.execute_batch("begin").map_err(failed);
            let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                (job.run)(begun.map(|()| db as &mut dyn Conn))
            }));
            if let Err(panic) = run {
                tracing::error!(cause = group::words(&*panic), "a read panicked");
            }
            let _ = db.conn.execute_batch("rollback");
        }
    }
}

fn failed(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::DatabaseBusy
            | ErrorCode::OutOfMemory,
        ) => unwritable(error),
        Some(ErrorCode::ConstraintViolation) => {
            Error::Conflict(Message::new("error-exists-already").with("detail", error))
        }
        _ => Error::broken(error),
    }
}

struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
            Value::Id(id) => ValueRef::Blob(id.as_bytes()),
        }))
    }
}

fn fetched(value: ValueRef<'_>) -> Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Text(text) => Value::Text(String::from_utf8(text.to_vec()).map_err(Error::broken)?),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Real(_) => return Err(Error::broken("a column holds a fraction; the product stores none")),
    })
}

impl Conn for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
    fn query(&mut self, statement: &'static Rendered, values: &[Value]) -> Result<Vec<Row>> {
        self.touched |= writes(&statement.text);
        let mut prepared = self.conn.prepare_cached(&statement.text).map_err(failed)?;
        let columns = prepared.column_count();
        let mut rows =
            prepared.query(rusqlite::params_from_iter(values.iter().map(Bound))).map_err(failed)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let values = (0..columns)
                .map(|i| row.get_ref(i).map_err(failed).and_then(fetched))
                .collect::<Result<_>>()?;
            out.push(Row::new(values));
        }
        Ok(out)
    }
    fn execute(&mut self, statement: &'static Rendered, values: &[Value]) -> Result<u64> {
        self.touched = true;
        let mut prepared = self.conn.prepare_cached(&statement.text).map_err(failed)?;
        prepared
            .execute(rusqlite::params_from_iter(values.iter().map(Bound)))
            .map(|n| n as u64)
            .map_err(failed)
    }
    fn insert_many(&mut self, into: &'static Bulk, rows: Vec<Vec<Value>>) -> Result<()> {
        let names: Vec<&str> = into.columns.iter().map(|(name, _)| *name).collect();
        let places: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
        let text =
            format!("insert into {} ({}) values ({})", into.table, names.join(", "), places.join(", "));
        let mut prepared = self.conn.prepare_cached(&text).map_err(failed)?;
        for row in rows {
            prepared.execute(rusqlite::params_from_iter(row.iter().map(Bound))).map_err(failed)?;
        }
        Ok(())
    }
}

impl Transactions for Sqlite {
    fn begin(&mut self, _tenant: Option<TenantId>) -> Result<()> {
        self.in_savepoint = false;
        self.conn.execute_batch("begin immediate").map_err(failed)
    }
    fn savepoint(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.in_savepoint, true) {
            self.conn.prepare_cached("release change").and_then(|mut s| s.execute([])).map_err(failed)?;
        }
        self.conn.prepare_cached("savepoint change").and_then(|mut s| s.execute([])).map(drop).map_err(failed)
    }
    fn rollback_to_savepoint(&mut self) -> Result<()> {
        self.conn.execute_batch("rollback to change").map_err(failed)
    }
    fn commit(&mut self) -> Result<()> {
        self.conn.execute_batch("commit").map_err(failed)
    }
    fn rollback(&mut self) {
        let _ = self.conn.execute_batch("rollback");
    }
    fn touched(&mut self) -> bool {
        std::mem::take(&mut self.touched)
    }
    fn rest(&mut self) {
        if let Err(cause) = self.conn.execute_batch("pragma shrink_memory") {
            tracing::debug!(%cause, "pages held ready were not given back");
        }
    }
    fn heal(&mut self) -> Result<()> {
        Ok(())
    }
    fn conn(&mut self) -> &mut dyn Conn {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_logs_index_are_kept_when_their_table_becomes_one_with_rowids() {
        let conn = Connection::open_in_memory().unwrap();
        let mut db = Sqlite { conn, in_savepoint: false, touched: false, _lock: None };
        let (before, _) = schema::FILES.split_at(schema::FILES.iter().position(|f| f.number == 25).unwrap());
        migrate(&mut db, before).unwrap();
        let insert =
            "insert into log_page (tenant_id, block, kind, first, body) values (1, ?1, 0, ?2, x'0102')";
        for n in 0..10 {
            db.conn.execute(insert, (n % 3, -n)).unwrap();
        }
        let text = "select block, first, body from log_page order by block, first";
        let rows = |conn: &Connection| -> Vec<(i64, i64, Vec<u8>)> {
            let mut find = conn.prepare(text).unwrap();
            let found = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
            found.collect::<rusqlite::Result<_>>().unwrap()
        };
        let known = rows(&db.conn);
        assert_eq!(known.len(), 10);
        migrate(&mut db, schema::FILES).unwrap();
        assert_eq!(rows(&db.conn), known);
        assert!(db.conn.execute(insert, (0, 0)).is_err(), "one page for each key still");
        db.conn.query_row("select max(rowid) from log_page", [], |row| row.get::<_, i64>(0)).unwrap();
    }
}
