//! How the engines would go about it: no statement walks through all rows of a table that grows without bound.

use super::Wrong;
use super::engines::{Postgres, Sqlite, says};
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
///
/// What is found must be found with sorting and without: in a large table the planner takes the way that is open with either.
pub async fn walks_on_postgres(engine: &Postgres, statement: &Statement, rendered: &Rendered) -> Vec<Wrong> {
    if rendered.text.contains(WHOLE) {
        return Vec::new();
    }
    let stops = words(&rendered.text).contains(&"limit");
    let mut wrong = Vec::new();
    for sorts in [true, false] {
        wrong.clear();
        let plan = engine.plan(rendered, sorts).await;
        let root = plan.get(0).and_then(|one| one.get("Plan")).unwrap();
        each_walk(root, stops, false, &mut |line| wrong.push(Wrong::new(statement, line)));
        if wrong.is_empty() {
            break;
        }
    }
    wrong
}

fn each_walk(node: &serde_json::Value, stops: bool, sorted: bool, found: &mut dyn FnMut(String)) {
    let said = |name: &str| node.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let kind = said("Node Type");
    // Aggregates and whole sorts take all that comes from below; sorting on within what is equal so far does not.
    let sorted = kind != "Limit" && (sorted || kind == "Sort" || kind == "Aggregate");
    let relation = said("Relation Name");
    // A bitmap of some indexes says of its table which conditions they narrowed by, and is whole before the first row comes.
    let (bitmap, by) = (kind == "Bitmap Heap Scan", [said("Index Cond"), said("Recheck Cond")].concat());
    let reads = bitmap || ["Seq Scan", "Index Scan", "Index Only Scan"].contains(&kind);
    let walks = kind == "Seq Scan" || !by.contains(" AND ") && (!stops || sorted || bitmap);
    if reads && says(relation, "large") && walks {
        found(format!("{kind} on `{relation}`, {by:?}"));
    }
    for below in node.get("Plans").and_then(serde_json::Value::as_array).into_iter().flatten() {
        each_walk(below, stops, sorted, found);
    }
}
