//! Every table of a tenant, tried by real statements as the program's own role: what its line in the schema says, and no more.

use std::collections::BTreeSet;
use std::path::Path;
use vaktbok_tests::line::LineAdded;
use vaktbok_tests::{Engine, World};

/// A tenant's table and the words that its schema says of it.
struct Table {
    name: String,
    words: BTreeSet<String>,
}

fn tables() -> Vec<Table> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema"));
    let mut out: Vec<Table> = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let mut words = BTreeSet::new();
        for line in text.lines() {
            if let Some(said) = line.strip_prefix("--@ ") {
                words = said.split(':').next().unwrap().split(' ').map(str::to_owned).collect();
            } else if let Some(gone) = line.strip_prefix("drop table ") {
                out.retain(|table| table.name != gone.trim_end_matches(';'));
            } else if let Some(rest) = line.strip_prefix("create table ") {
                let name = rest.split(' ').next().unwrap().to_owned();
                out.push(Table { name, words: std::mem::take(&mut words) });
            }
        }
    }
    out.retain(|table| table.words.contains("tenant"));
    out
}

/// What happened to a statement: how many rows it touched, or that it was refused.
async fn tried(client: &tokio_postgres::Client, text: &str) -> Option<u64> {
    client.execute(text, &[]).await.ok()
}

/// What the role can do to a table that it must not be able to.
async fn too_much(client: &tokio_postgres::Client, table: &Table) -> Vec<String> {
    let name = &table.name;
    let mut told = Vec::new();
    let none = [
        format!("update {name} set tenant_id = 2 where tenant_id = 1"),
        format!("update {name} set tenant_id = 1 where tenant_id = 2"),
        format!("update {name} set tenant_id = tenant_id where tenant_id = 2"),
        format!("delete from {name} where tenant_id = 2"),
    ];
    let mut never = vec![
        format!("truncate {name}"),
        format!("alter table {name} disable row level security"),
        format!("drop table {name}"),
    ];
    if table.words.contains("insert") || table.words.contains("delete") {
        never.push(format!("update {name} set tenant_id = tenant_id"));
    }
    if table.words.contains("insert") {
        never.push(format!("delete from {name}"));
    }
    for text in none {
        if tried(client, &text).await.is_some_and(|rows| rows > 0) {
            told.push(text);
        }
    }
    for text in never {
        if tried(client, &text).await.is_some() {
            told.push(text);
        }
    }
    let others: i64 = client
        .query_one(&format!("select count(*) from {name} where tenant_id <> 1"), &[])
        .await
        .unwrap()
        .get(0);
    if others > 0 {
        told.push(format!("{name}: {others} rows of other tenants are seen"));
    }
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s27_s39_no_statement_of_the_programs_role_reaches_another_tenant_or_rewrites_what_is_written() {
    let world = World::new(Engine::Postgres).await;
    let portal = world.portal().await;
    for number in [1, 2] {
        crate::doors::ground::Ground::new(&portal, number).await;
    }
    let client = super::walls::application(&world).await;
    let (mut told, mut filled) = (Vec::new(), 0);
    let superuser = world.database().unwrap().superuser().await;
    for table in tables() {
        let name = &table.name;
        client.batch_execute("select set_config('vaktbok.tenant', '', false)").await.unwrap();
        let unset = client
            .query_one(&format!("select count(*) from {name}"), &[])
            .await
            .map(|row| row.get::<_, i64>(0));
        if unset.is_ok_and(|rows| rows > 0) {
            told.push(format!("{name} is seen without a tenant"));
        }
        client.batch_execute("select set_config('vaktbok.tenant', '1', false)").await.unwrap();
        told.extend(too_much(&client, &table).await);
        let both = format!("select count(distinct tenant_id) from {name}");
        filled += i64::from(superuser.query_one(&both, &[]).await.unwrap().get::<_, i64>(0) >= 2);
        let forced =
            "select relrowsecurity and relforcerowsecurity from pg_class where oid = $1::text::regclass";
        if !superuser.query_one(forced, &[name]).await.unwrap().get::<_, bool>(0) {
            told.push(format!("{name} has no forced row security"));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(filled >= 15, "the tables hold rows of both tenants: {filled}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s27_a_connection_keeps_no_tenant_after_an_error_a_rollback_or_a_panic() {
    let world = World::new(Engine::Postgres).await;
    let portal = world.portal().await;
    let tenants = [portal.tenant(1).await, portal.tenant(2).await];
    let store = &portal.app().store;
    let count = async |tenant: &vaktbok_tests::Tenant| -> i64 {
        let all = kernel::sql!("select count(*) from entry where tenant_id = $tenant");
        let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(all, kernel::params! {});
        portal.machine(tenant.id).read(store, read).await.unwrap().0
    };
    let mut expected = [count(&tenants[0]).await, count(&tenants[1]).await];
    let ways = [None, Some("error"), Some("panic"), Some("too long"), None];
    for n in 0..200_usize {
        let who = n % 2;
        let fail = ways[(n / 2) % ways.len()];
        let number = 10_000 + i64::try_from(n).unwrap();
        let made = portal.machine(tenants[who].id).apply(store, LineAdded { number, fail }).await;
        expected[who] += i64::from(made.is_ok());
        assert_eq!(made.is_ok(), fail.is_none());
        // A read that panics on the other's behalf, in between.
        let panics = |_: &mut kernel::Reader<'_>| -> kernel::Result<()> { panic!("as asked") };
        assert!(portal.machine(tenants[1 - who].id).read(store, panics).await.is_err());
        assert_eq!([count(&tenants[0]).await, count(&tenants[1]).await], expected, "after {fail:?}");
    }
}
