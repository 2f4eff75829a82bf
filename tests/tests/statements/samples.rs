//! Each rule tried on a statement that breaks it, and on one that just keeps it.

use super::engines::Sqlite;
use super::{Wrong, plan, rules};
use kernel::Statement;
use kernel::statement::{Dialect, Rendered};

/// A statement as one that stands in a module.
fn sample(
    module: &'static str,
    text: &'static str,
    dialect: Dialect,
) -> (&'static Statement, &'static Rendered) {
    let statement: &Statement = Box::leak(Box::new(Statement::new([text, text], module, "sample.rs", 1)));
    (statement, statement.render(dialect, &|_| false).unwrap())
}

/// What a rule says of a statement standing in a module.
fn said(
    rule: fn(&Statement, &Rendered, &super::touched::Touched) -> Vec<Wrong>,
    module: &'static str,
    text: &'static str,
) -> Vec<String> {
    let (statement, rendered) = sample(module, text, Dialect::Sqlite);
    let touched = Sqlite::new().touched(rendered).unwrap();
    rule(statement, rendered, &touched).into_iter().map(|wrong| wrong.what).collect()
}

#[test]
fn a_tenant_table_without_its_tenant_is_found() {
    let none: [&str; 0] = [];
    let bare = "select name from users where id = $id";
    assert_eq!(said(rules::tenant, "server::users::queries", bare).len(), 3);
    let half =
        "select u.name from users u join user_groups g on g.id = u.group_id where u.tenant_id = $tenant";
    assert_eq!(said(rules::tenant, "server::users::queries", half).len(), 2);
    let whole = "select u.name from users u join user_groups g on g.tenant_id = u.tenant_id and g.id = u.group_id where u.tenant_id = $tenant";
    assert_eq!(said(rules::tenant, "server::users::queries", whole), none);
}

#[test]
fn a_row_read_past_reach_is_found() {
    let past = "select name from users where tenant_id = $tenant and id = $id";
    let found = said(rules::reach, "server::users::queries", past);
    assert_eq!(found, ["reads `users` without joining reach, and no /* system: why */"]);
    let system =
        "select /* system: nobody is signed in yet */ name from users where tenant_id = $tenant and id = $id";
    assert!(said(rules::reach, "server::signin::queries", system).is_empty());
}

#[test]
fn a_stranger_who_writes_is_found() {
    let write = "update users set name = $name where tenant_id = $tenant and id = $id";
    let found = said(rules::owner, "server::archive::events", write);
    assert_eq!(found, ["server::archive::events writes `users`, which belongs to users"]);
    assert!(said(rules::owner, "server::users::events", write).is_empty());
    assert_eq!(said(rules::queries_read, "server::users::queries", write), ["a query writes `users`"]);
}

#[test]
fn a_change_without_its_entry_is_found() {
    let loud = "update users set name = $name where tenant_id = $tenant and id = $id";
    assert_eq!(said(rules::silent, "server::users::pages", loud), ["writes `users` where no entry is made"]);
    assert!(said(rules::silent, "server::users::events", loud).is_empty());
    let quiet = "update job set done = $done where tenant_id = $tenant and id = $id";
    assert!(said(rules::silent, "server::jobs::queue", quiet).is_empty());
}

#[test]
fn a_rewritten_book_is_found() {
    let update = "update entry set name = $name where tenant_id = $tenant";
    assert_eq!(said(rules::insert_only, "kernel::ledger", update), ["updates `entry`"]);
    let delete = "delete from entry where tenant_id = $tenant";
    assert_eq!(said(rules::insert_only, "kernel::ledger", delete), ["deletes from `entry`"]);
    let erase = "delete from entry_part where tenant_id = $tenant and idx = $idx";
    assert!(said(rules::insert_only, "kernel::ledger", erase).is_empty());
}

#[test]
fn a_walk_through_a_large_table_is_found() {
    let text = "select u.name from users u where u.name = $name";
    let (statement, rendered) = sample("server::users::queries", text, Dialect::Sqlite);
    assert_eq!(plan::scans(&Sqlite::new(), statement, rendered).len(), 1);
}

#[test]
fn going_through_all_that_a_tenant_has_is_found() {
    let found = |text: &'static str| {
        let (statement, rendered) = sample("server::users::queries", text, Dialect::Sqlite);
        plan::walks(&Sqlite::new(), statement, rendered).len()
    };
    assert_eq!(found("select u.name from users u where u.tenant_id = $tenant and u.mobile = $mobile"), 1);
    assert_eq!(found("select u.name from users u where u.tenant_id = $tenant order by u.mobile limit 50"), 1);
    assert_eq!(
        found("select u.name from users u where u.tenant_id = $tenant order by u.sort_key limit 50"),
        0
    );
    assert_eq!(found("select u.name from users u where u.tenant_id = $tenant and u.mail_folded = $mail"), 0);
    let why = "select /* whole: a sample */ u.name from users u where u.tenant_id = $tenant";
    assert_eq!(found(why), 0);
}

#[tokio::test]
async fn going_through_all_that_a_tenant_has_on_postgresql_is_found() {
    let engine = super::engines::Postgres::new().await;
    engine.fill().await;
    for (text, faults) in [
        ("select u.name from users u where u.tenant_id = $tenant and u.mobile = $mobile", 1),
        ("select u.name from users u where u.tenant_id = $tenant order by u.mobile limit 50", 1),
        ("select u.name from users u where u.tenant_id = $tenant order by u.sort_key limit 50", 0),
        ("select u.name from users u where u.tenant_id = $tenant and u.mail_folded = $mail", 0),
        ("select /* whole: a sample */ u.name from users u where u.tenant_id = $tenant", 0),
        (
            "select e.name from jsonb_array_elements_text(cast($list as text)::jsonb) j(value)
             join entry e on e.tenant_id = $tenant and e.idx = j.value::bigint",
            1,
        ),
    ] {
        let (statement, rendered) = sample("server::users::queries", text, Dialect::Postgres);
        let found = plan::walks_on_postgres(&engine, statement, rendered).await;
        assert_eq!(found.len(), faults, "{text}: {found:?}");
    }
}
