//! The walls PostgreSQL itself holds up, tested by trying.

use super::commits::store;
use vaktbok_tests::line::{LineAdded, machine};
use vaktbok_tests::{Engine, World};

async fn refused(client: &tokio_postgres::Client, text: &str) -> String {
    client.batch_execute(text).await.expect_err(text).to_string()
}

async fn seen(client: &tokio_postgres::Client) -> i64 {
    client.query_one("select count(*) from entry", &[]).await.unwrap().get(0)
}

pub(super) async fn application(world: &World) -> tokio_postgres::Client {
    let url = world.database().unwrap().application_url();
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s39_the_application_role_cannot_change_or_delete_an_entry() {
    let world = World::new(Engine::Postgres).await;
    let store = store(&world);
    machine(&store).apply(&store, LineAdded { number: 1, fail: None }).await.unwrap();
    let client = application(&world).await;
    client.batch_execute("select set_config('vaktbok.tenant', '0', false)").await.unwrap();
    for table in ["entry", "book_node", "book_head"] {
        refused(&client, &format!("update {table} set tenant_id = tenant_id")).await;
        refused(&client, &format!("delete from {table}")).await;
        refused(&client, &format!("truncate {table}")).await;
    }
    refused(&client, "update entry_part set body = ''").await;
    refused(&client, "alter table entry disable row level security").await;
    refused(&client, "drop policy tenant_wall on entry").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s27_without_a_tenant_set_nothing_is_seen_and_nothing_can_be_written() {
    let world = World::new(Engine::Postgres).await;
    let store = store(&world);
    machine(&store).apply(&store, LineAdded { number: 1, fail: None }).await.unwrap();
    let client = application(&world).await;
    assert_eq!(seen(&client).await, 0);
    client.batch_execute("select set_config('vaktbok.tenant', '5', false)").await.unwrap();
    assert_eq!(seen(&client).await, 0);
    refused(&client, "insert into user_groups (tenant_id, id, name, folded, kind, made_at) values (0, gen_random_uuid(), 'x', 'x', 'agents', 0)").await;
    client.batch_execute("select set_config('vaktbok.tenant', '0', false)").await.unwrap();
    assert_eq!(seen(&client).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_owns_the_tables_is_not_served() {
    let world = World::new(Engine::Postgres).await;
    drop(store(&world));
    let options = kernel::engine::PostgresOptions { url: world.database().unwrap().owner_url() };
    let refused = kernel::Store::postgres(options, kernel::Clock::system(), kernel::Chance::system());
    assert!(refused.unwrap_err().to_string().contains("owns tables"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_another_process_has_is_refused_with_the_reason() {
    let world = World::new(Engine::Sqlite).await;
    let _first = store(&world);
    let second =
        kernel::Store::sqlite(world.folder().path(), kernel::Clock::system(), kernel::Chance::system());
    assert!(matches!(second, Err(kernel::Error::Conflict(m)) if m.key == "error-folder-in-use"));
}
