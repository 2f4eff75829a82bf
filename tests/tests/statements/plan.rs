//! How SQLite would go about it: no statement walks through all rows of a table that grows without bound.

use super::Wrong;
use super::engines::{Sqlite, says};
use super::text::{references, words};
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

/// A statement that goes through all of a tenant's rows of a large table says why: `/* whole: a job takes the archive in turn */`.
const WHOLE: &str = "/* whole: ";

/// Large tables of which the plan goes through all that one tenant has there.
///
/// A part of an index that only says whose the row is narrows nothing. It may begin such a walk where it stops by itself: the rows
/// come in the order of the index (nothing is sorted) and there is a limit.
pub fn walks(engine: &Sqlite, statement: &Statement, rendered: &Rendered) -> Vec<Wrong> {
    let lines = engine.plan(rendered);
    // What is equal so far may be sorted by what follows.
    let sorts = lines.iter().any(|line| {
        line.starts_with("USE TEMP B-TREE") && !line.contains("FOR LAST") && !line.contains("RIGHT PART")
    });
    let stops = !sorts && words(&rendered.text).contains(&"limit");
    if stops || rendered.text.contains(WHOLE) {
        return Vec::new();
    }
    let references = references(rendered);
    let walked = lines.iter().filter_map(|line| {
        let name = line.strip_prefix("SEARCH ")?.split(' ').next()?;
        line.ends_with("(tenant_id=?)").then_some(())?;
        let reference =
            references.iter().find(|reference| reference.alias == name || reference.table == name)?;
        says(&reference.table, "large").then(|| {
            Wrong::new(
                statement,
                format!("{line} – `{}` is large, and all of a tenant's is read", reference.table),
            )
        })
    });
    walked.collect()
}
