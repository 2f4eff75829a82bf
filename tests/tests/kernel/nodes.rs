//! Two nodes on one PostgreSQL: one order of entries, and no change decided by what the other has changed meanwhile.

use super::commits::store;
use kernel::{Error, params, sql};
use vaktbok_tests::line::{LineAdded, machine};
use vaktbok_tests::{Engine, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_write_one_book_without_a_gap_and_one_of_two_equal_changes_wins() {
    let world = World::new(Engine::Postgres).await;
    let nodes = [store(&world), store(&world)];
    let mut tasks = Vec::new();
    for number in 0..150 {
        for node in &nodes {
            let node = node.clone();
            tasks.push(tokio::spawn(async move {
                machine(&node).apply(&node, LineAdded { number, fail: None }).await
            }));
        }
    }
    let (mut won, mut lost) = (0, 0);
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => won += 1,
            Err(Error::Conflict(_)) => lost += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((won, lost), (150, 150));
    let counts = sql!(
        "select min(idx), max(idx), count(distinct idx), (select size from book where tenant_id = $tenant)
         from entry where tenant_id = $tenant"
    );
    let found: (i64, i64, i64, i64) =
        machine(&nodes[0]).read(&nodes[0], move |r| r.row(counts, params! {})).await.unwrap();
    assert_eq!(found, (0, 149, 150, 150));
}
