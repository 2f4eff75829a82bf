//! How SQLite would go about it: no statement walks through all rows of a table that grows without bound.

use super::Wrong;
use super::engines::{Sqlite, says};
use super::text::references;
use kernel::Statement;
use kernel::statement::Rendered;

/// Large tables that the plan walks through from end to end.
pub fn scans(engine: &Sqlite, statement: &Statement, rendered: &Rendered) -> Vec<Wrong> {
    let references = references(rendered);
    let lines = engine.plan(rendered);
    let scanned = lines.iter().filter_map(|line| {
        let name = line.strip_prefix("SCAN ")?.split(' ').next()?;
        let reference =
            references.iter().find(|reference| reference.alias == name || reference.table == name)?;
        says(&reference.table, "large")
            .then(|| Wrong::new(statement, format!("{line} – `{}` is large", reference.table)))
    });
    scanned.collect()
}
