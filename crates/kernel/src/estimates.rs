//! How many rows SQLite's planner shall reckon with, so that it uses the narrowest index from the first row on, and each
//! folder of data has the plans that the statement test has judged.
//!
//! Without statistics SQLite reckons that an index narrows hardly more by its second column than by its first, and goes through
//! all that a tenant has by the primary key; with statistics of its own it would plan each folder in another way. So the numbers are
//! ours: every table as it is in a large installation (SQLite, "The ANALYZE command", section 3.3: statistics that are written).

use crate::schema::{self, FILES};
use crate::{Error, Result};
use rusqlite::Connection;
use std::collections::HashMap;

/// Rows that one of ten tenants has in a table that grows without bound, and in any other.
const LARGE_ROWS: u64 = 1_000_000;
const SMALL_ROWS: u64 = 1_000;
const TENANTS: u64 = 10;
/// Of how many rows each further column of an index leaves one.
const NARROWS: u64 = 1_000;
/// Rows that are left, at least, where more than one may be.
const FEW_ROWS: u64 = 2;

/// Writes the estimates where they are not written yet; true when something was written.
///
/// # Errors
/// `Broken` from the engine.
pub fn write(conn: &Connection) -> Result<bool> {
    let wanted = wanted(conn)?;
    // Analyzing makes the table of statistics; a start that finds it as it should be writes nothing.
    if !conn.table_exists(None, "sqlite_stat1").map_err(Error::broken)? {
        conn.execute_batch("analyze schema_version").map_err(Error::broken)?;
    }
    let known = rows(conn, "select tbl, idx, stat from sqlite_stat1 where tbl <> 'schema_version'")?;
    if known == wanted {
        return Ok(false);
    }
    let write = |conn: &Connection| -> rusqlite::Result<()> {
        conn.execute("delete from sqlite_stat1 where tbl <> 'schema_version'", [])?;
        let mut insert = conn.prepare("insert into sqlite_stat1 (tbl, idx, stat) values (?1, ?2, ?3)")?;
        wanted.iter().try_for_each(|row| insert.execute(row.clone()).map(drop))
    };
    conn.execute_batch("begin immediate").map_err(Error::broken)?;
    let written = write(conn).and_then(|()| conn.execute_batch("commit; analyze sqlite_schema"));
    if written.is_err() {
        let _ = conn.execute_batch("rollback");
    }
    written.map(|()| true).map_err(Error::broken)
}

type Line = (String, String, String);

fn rows(conn: &Connection, text: &str) -> Result<Vec<Line>> {
    let mut statement = conn.prepare(text).map_err(Error::broken)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let mut found: Vec<Line> = found.and_then(Iterator::collect).map_err(Error::broken)?;
    found.sort();
    Ok(found)
}

/// A line for each index of our tables; the primary key of a table without row numbers is an index by the table's name.
fn wanted(conn: &Connection) -> Result<Vec<Line>> {
    let large: HashMap<String, bool> =
        schema::tables(FILES)?.into_iter().map(|table| (table.name.clone(), table.is("large"))).collect();
    let indexes = rows(
        conn,
        "select m.name, case when i.origin = 'pk' and m.sql like '%without rowid' then m.name else i.name end,
           i.\"unique\" || ' ' || i.partial || ' ' || (select count(*) from pragma_index_info(i.name))
         from sqlite_schema m, pragma_index_list(m.name) i where m.type = 'table'",
    )?;
    let ours = indexes.into_iter().filter_map(|(table, index, shape)| {
        let rows = if *large.get(&table)? { LARGE_ROWS } else { SMALL_ROWS };
        let line = stat(rows, &shape);
        Some((table, index, line))
    });
    let mut lines: Vec<Line> = ours.collect();
    lines.sort();
    lines.dedup();
    Ok(lines)
}

/// Rows in all, then how many are left by one column, by two, and so on.
fn stat(rows: u64, shape: &str) -> String {
    let mut shape = shape.split(' ').map(|n| n.parse::<u32>().unwrap_or_default());
    let (unique, partial, columns) =
        (shape.next() == Some(1), shape.next() == Some(1), shape.next().unwrap_or_default());
    // Few rows fulfil the condition of a partial index.
    let rows = if partial { rows / NARROWS + FEW_ROWS } else { rows };
    let left = |column: u32| match column {
        _ if unique && column + 1 == columns => 1,
        _ => (rows / NARROWS.saturating_pow(column)).max(FEW_ROWS),
    };
    let numbers = std::iter::once(rows * TENANTS).chain((0..columns).map(left));
    numbers.map(|n| n.to_string()).collect::<Vec<_>>().join(" ")
}
