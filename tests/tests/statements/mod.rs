//! Every SQL statement of the program, judged without running it.
//!
//! A statement registers itself where it is written (`sql!`), so none can be forgotten. Each combination of its filters is a
//! statement of its own here. SQLite's authorizer says which tables and columns it touches, its planner
//! says how; PostgreSQL says whether it understands it too, and how it would go about it. Each rule is also tried on a statement
//! that breaks it.

mod engines;
mod filled;
mod plan;
mod rules;
mod samples;
mod tenants;
mod text;
mod touched;

use kernel::Statement;
use kernel::statement::{Dialect, Rendered};
use server as _;
use std::fmt;

/// Every statement of the product; those of these tests are left out.
fn registered() -> impl Iterator<Item = &'static Statement> {
    kernel::statement::registered().filter(|statement| !statement.file.starts_with("tests/"))
}

/// Something a statement must not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    place: String,
    what: String,
}

impl Wrong {
    fn new(statement: &Statement, what: impl Into<String>) -> Wrong {
        Wrong { place: format!("{}:{}", statement.file, statement.line), what: what.into() }
    }
}

/// All that is wrong, printed as a list.
pub struct Faults(Vec<Wrong>);

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> =
            self.0.iter().map(|wrong| format!("{}: {}", wrong.place, wrong.what)).collect();
        lines.sort();
        lines.dedup();
        write!(f, "\n\n{}\n\n{} to mend", lines.join("\n"), lines.len())
    }
}

/// Judges every registered statement in every combination of filters by one rule.
fn judge(rule: impl Fn(&'static Statement, &'static Rendered) -> Vec<Wrong>) -> Result<(), Faults> {
    let mut wrong = Vec::new();
    for statement in registered() {
        for rendered in variants(statement, Dialect::Sqlite) {
            wrong.extend(rule(statement, rendered));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Faults(wrong)) }
}

/// All combinations of few filters; of many: none, each alone, each pair, all.
fn variants(statement: &'static Statement, dialect: Dialect) -> Vec<&'static Rendered> {
    let mut filters = statement.filters(dialect).unwrap();
    filters.dedup();
    let count = u32::try_from(filters.len()).unwrap();
    let few = count <= 5;
    let all = (1_u32 << count) - 1;
    let chosen = (0..=all).filter(|mask| few || mask.count_ones() <= 2 || *mask == all);
    let on = |mask: u32| {
        let names: Vec<&str> =
            filters.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, n)| *n).collect();
        statement.render(dialect, &|name| names.contains(&name)).unwrap()
    };
    chosen.map(on).collect()
}

#[test]
fn every_statement_written_is_registered() {
    let written = text::written_in_the_sources();
    let known = registered().count();
    assert!(known > 0 && known >= written, "{known} statements are registered, {written} are written");
}

#[test]
fn every_statement_is_understood_by_sqlite() -> Result<(), Faults> {
    let engine = engines::Sqlite::new();
    judge(|statement, rendered| {
        engine.touched(rendered).err().map(|e| Wrong::new(statement, e)).into_iter().collect()
    })
}

#[tokio::test]
async fn every_statement_is_understood_by_postgresql() -> Result<(), Faults> {
    let engine = engines::Postgres::new().await;
    let mut wrong = Vec::new();
    for statement in registered() {
        for rendered in variants(statement, Dialect::Postgres) {
            wrong.extend(engine.prepare(rendered).await.err().map(|error| Wrong::new(statement, error)));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Faults(wrong)) }
}

/// Runs a rule that looks at what a statement touches.
fn judge_touched(rule: fn(&Statement, &Rendered, &touched::Touched) -> Vec<Wrong>) -> Result<(), Faults> {
    let engine = engines::Sqlite::new();
    judge(|statement, rendered| match engine.touched(rendered) {
        Ok(touched) => rule(statement, rendered, &touched),
        Err(_) => Vec::new(), // named by every_statement_is_understood_by_sqlite
    })
}

#[test]
fn no_statement_touches_a_tenant_table_without_its_tenant() -> Result<(), Faults> {
    judge_touched(rules::tenant)
}

#[test]
fn a_row_limited_by_reach_is_read_through_reach() -> Result<(), Faults> {
    judge_touched(rules::reach)
}

#[test]
fn only_a_domains_own_events_write_its_tables() -> Result<(), Faults> {
    judge_touched(rules::owner)
}

#[test]
fn only_silent_tables_change_without_an_entry() -> Result<(), Faults> {
    judge_touched(rules::silent)
}

#[test]
fn the_book_is_never_rewritten() -> Result<(), Faults> {
    judge_touched(rules::insert_only)
}

#[test]
fn a_query_does_not_write() -> Result<(), Faults> {
    judge_touched(rules::queries_read)
}

#[test]
fn no_statement_scans_a_large_table() -> Result<(), Faults> {
    let engine = engines::Sqlite::new();
    judge(|statement, rendered| plan::scans(&engine, statement, rendered))
}

#[test]
fn no_statement_goes_through_all_that_a_tenant_has_in_a_large_table() -> Result<(), Faults> {
    let engine = engines::Sqlite::new();
    judge(|statement, rendered| plan::walks(&engine, statement, rendered))
}

#[tokio::test]
async fn no_statement_goes_through_all_that_a_tenant_has_in_a_large_table_on_postgresql() -> Result<(), Faults>
{
    let engine = engines::Postgres::new().await;
    engine.fill().await;
    let mut wrong = Vec::new();
    for statement in registered() {
        for rendered in variants(statement, Dialect::Postgres) {
            wrong.extend(plan::walks_on_postgres(&engine, statement, rendered).await);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Faults(wrong)) }
}
