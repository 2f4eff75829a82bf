//! What a statement must not do, whatever it is for.

use super::Wrong;
use super::engines::{TABLES, says};
use super::text::{references, words};
use super::touched::Touched;
use kernel::Statement;
use kernel::statement::Rendered;
use std::path::Path;

/// A statement that reads rows past reach says so, and why: `/* system: nobody is signed in yet */`.
const SYSTEM_READER: &str = "/* system: ";

/// Tables of a tenant are touched with their `tenant_id`, and `$tenant` is what it is compared with.
pub fn tenant(statement: &Statement, rendered: &Rendered, touched: &Touched) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let of_tenants: Vec<&str> = touched.tables().into_iter().filter(|table| says(table, "tenant")).collect();
    if of_tenants.is_empty() {
        return wrong;
    }
    if !rendered.names.contains(&"tenant") {
        wrong.push(Wrong::new(statement, "touches tenant tables and does not name $tenant"));
    }
    for table in of_tenants {
        let inserts = touched.inserts.contains(table) && names_tenant_column(rendered, table);
        if !touched.reads(table, "tenant_id") && !inserts {
            wrong.push(Wrong::new(statement, format!("touches `{table}` without its tenant_id")));
        }
    }
    let tables = references(rendered).iter().filter(|reference| says(&reference.table, "tenant")).count();
    let tenants = rendered.text.matches("tenant_id").count();
    if tenants < tables {
        wrong.push(Wrong::new(
            statement,
            format!("names {tables} tenant tables but tenant_id only {tenants} times"),
        ));
    }
    wrong
}

/// `insert into t (…, tenant_id, …)`.
fn names_tenant_column(rendered: &Rendered, table: &str) -> bool {
    let words = words(&rendered.text);
    let Some(at) = words.windows(2).position(|pair| pair == ["into", table]) else { return false };
    words.iter().skip(at + 2).take_while(|word| **word != ")").any(|word| *word == "tenant_id")
}

/// Rows marked `reach` are selected together with the table that says who may see them.
pub fn reach(statement: &Statement, rendered: &Rendered, touched: &Touched) -> Vec<Wrong> {
    let exempt = statement.module.starts_with("kernel::") || rendered.text.contains(SYSTEM_READER);
    let selects =
        rendered.text.trim_start().starts_with("select") || rendered.text.trim_start().starts_with("with");
    if exempt || !selects || touched.reads("reach", "holder") {
        return Vec::new();
    }
    let limited = touched.tables().into_iter().filter(|table| says(table, "reach"));
    limited
        .map(|table| {
            Wrong::new(statement, format!("reads `{table}` without joining reach, and no /* system: why */"))
        })
        .collect()
}

/// Columns that the kernel writes in a domain's table, each with its reason.
const KERNEL_WRITES: [(&str, &str); 1] =
    [("session", "its last use moves with each request, at most once a minute")];

/// A table is written by its owner's module alone, and there by its events.
pub fn owner(statement: &Statement, _: &Rendered, touched: &Touched) -> Vec<Wrong> {
    let domain = domain(statement.module);
    let in_kernel = statement.module.starts_with("kernel::");
    let foreign = touched.written().filter_map(|table| {
        let owner = TABLES.get(table)?.owner()?;
        let kernels_own =
            ["kernel", "ledger"].contains(&owner) || KERNEL_WRITES.iter().any(|(t, _)| *t == table);
        let allowed = owner == domain || in_kernel && kernels_own;
        (!allowed).then(|| {
            Wrong::new(statement, format!("{} writes `{table}`, which belongs to {owner}", statement.module))
        })
    });
    foreign.collect()
}

/// Without an entry only the tables marked `silent` change: outside `events`, and wherever a file changes something quietly.
pub fn silent(statement: &Statement, _: &Rendered, touched: &Touched) -> Vec<Wrong> {
    let in_kernel = statement.module.starts_with("kernel::");
    let an_event = statement.module.split("::").any(|part| part == "events");
    if !is_quiet(statement.file) && (in_kernel || an_event) {
        return Vec::new();
    }
    let spared = |table: &str| in_kernel && KERNEL_WRITES.iter().any(|(t, _)| *t == table);
    let loud = touched
        .written()
        .filter(|table| TABLES.contains_key(*table) && !says(table, "silent") && !spared(table));
    loud.map(|table| Wrong::new(statement, format!("writes `{table}` where no entry is made"))).collect()
}

/// Does the statement's file make changes without an entry?
fn is_quiet(file: &str) -> bool {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(file);
    std::fs::read_to_string(path).is_ok_and(|text| text.contains(".quietly("))
}

fn domain(module: &str) -> &str {
    module.split("::").nth(1).unwrap_or_default()
}

/// Tables marked `insert` are only added to; those marked `delete` are never updated.
pub fn insert_only(statement: &Statement, _: &Rendered, touched: &Touched) -> Vec<Wrong> {
    let updated = touched.updates.iter().filter(|table| says(table, "insert") || says(table, "delete"));
    let deleted = touched.deletes.iter().filter(|table| says(table, "insert"));
    let updated = updated.map(|table| Wrong::new(statement, format!("updates `{table}`")));
    updated.chain(deleted.map(|table| Wrong::new(statement, format!("deletes from `{table}`")))).collect()
}

/// What stands in `queries` changes nothing.
pub fn queries_read(statement: &Statement, _: &Rendered, touched: &Touched) -> Vec<Wrong> {
    let is_query = statement.module.split("::").any(|part| part == "queries");
    let written = touched.written().filter(|_| is_query);
    written.map(|table| Wrong::new(statement, format!("a query writes `{table}`"))).collect()
}
