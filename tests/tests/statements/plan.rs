//! How the engines would go about it: no statement walks through all rows of a table that grows without bound.

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

/// Large tables of which PostgreSQL's plan goes through all that one tenant has there, or all that there is.
///
/// Row security is a condition of its own, and what might tell of other rows is asked after it: a comparison that may fail with a
/// message, such as one with a text that is made a number, is of no use to an index then.
pub fn walks_on_postgres(statement: &Statement, rendered: &Rendered, plan: &serde_json::Value) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let stops = words(&rendered.text).contains(&"limit");
    if !rendered.text.contains(WHOLE) {
        let root = plan.get(0).and_then(|one| one.get("Plan")).unwrap();
        each_walk(root, stops, false, &mut |line| wrong.push(Wrong::new(statement, line)));
    }
    wrong
}

fn each_walk(node: &serde_json::Value, stops: bool, sorted: bool, found: &mut dyn FnMut(String)) {
    let said = |name: &str| node.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let kind = said("Node Type");
    // Aggregates and whole sorts take all that comes from below; sorting on within what is equal so far does not.
    let sorted = kind != "Limit" && (sorted || kind == "Sort" || kind == "Aggregate");
    let relation = said("Relation Name");
    let narrows = said("Index Cond").contains(" AND ");
    let reads = ["Seq Scan", "Index Scan", "Index Only Scan"].contains(&kind);
    let walks = kind == "Seq Scan" || !narrows && (!stops || sorted);
    if reads && says(relation, "large") && walks {
        found(format!("{kind} on `{relation}`, {:?}", said("Index Cond")));
    }
    let bitmap = kind == "Bitmap Index Scan" && !narrows;
    if bitmap && says(said("Index Name").trim_end_matches("_pkey"), "large") {
        found(format!("{kind} by `{}`, {:?}", said("Index Name"), said("Index Cond")));
    }
    for below in node.get("Plans").and_then(serde_json::Value::as_array).into_iter().flatten() {
        each_walk(below, stops, sorted, found);
    }
}
