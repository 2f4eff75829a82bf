//! A change and its entry: both or neither, however many at once.

use kernel::{Error, Store, params, sql};
use vaktbok_tests::line::{LineAdded, machine};
use vaktbok_tests::{World, both_engines};

/// A queue's worth of stores: one per test.
pub(super) fn store(world: &World) -> Store {
    world.store(kernel::Clock::system())
}

async fn lines_and_entries(store: &Store) -> (i64, i64, i64) {
    let counts = sql!(
        "select (select count(*) from tenant_directory), (select count(*) from entry where tenant_id = $tenant),
         (select coalesce(max(size), 0) from book where tenant_id = $tenant)"
    );
    machine(store).read(store, move |r| r.row(counts, params! {})).await.unwrap()
}

both_engines! {
    async fn a_change_too_large_for_an_entry_is_refused_and_leaves_nothing(world: World) {
        let store = store(&world);
        let refused = machine(&store).apply(&store, LineAdded { number: 2, fail: Some("too long") }).await;
        assert!(matches!(refused, Err(Error::TooLarge(_))), "{refused:?}");
        machine(&store).apply(&store, LineAdded { number: 1, fail: None }).await.unwrap();
        assert_eq!(lines_and_entries(&store).await, (1, 1, 1));
    }

    async fn s31_a_change_and_its_entry_are_committed_together_or_not_at_all(world: World) {
        let store = store(&world);
        machine(&store).apply(&store, LineAdded { number: 1, fail: None }).await.unwrap();
        let failed = machine(&store).apply(&store, LineAdded { number: 2, fail: Some("error") }).await;
        assert!(matches!(failed, Err(Error::Conflict(_))), "{failed:?}");
        let panicked = machine(&store).apply(&store, LineAdded { number: 3, fail: Some("panic") }).await;
        assert!(matches!(panicked, Err(Error::Broken(_))), "{panicked:?}");
        let twice = machine(&store).apply(&store, LineAdded { number: 1, fail: None }).await;
        assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
        machine(&store).apply(&store, LineAdded { number: 4, fail: None }).await.unwrap();
        assert_eq!(lines_and_entries(&store).await, (2, 2, 2));
    }

    async fn many_changes_at_once_are_all_kept_and_their_indexes_have_no_gap(world: World) {
        let store = store(&world);
        let tasks: Vec<_> = (0..600).map(|n| {
            let store = store.clone();
            let fail = (n % 10 == 9).then_some("error");
            tokio::spawn(async move { machine(&store).apply(&store, LineAdded { number: n, fail }).await.is_ok() })
        }).collect();
        let mut kept = 0;
        for task in tasks {
            kept += i64::from(task.await.unwrap());
        }
        assert_eq!(kept, 540);
        assert_eq!(lines_and_entries(&store).await, (540, 540, 540));
        let indexes = sql!("select min(idx), max(idx), count(distinct idx) from entry where tenant_id = $tenant");
        let found: (i64, i64, i64) = machine(&store).read(&store, move |r| r.row(indexes, params! {})).await.unwrap();
        assert_eq!(found, (0, 539, 540));
    }

    async fn a_request_dropped_half_way_leaves_no_open_transaction(world: World) {
        let store = store(&world);
        for number in 0..50 {
            let grant = machine(&store);
            let change = grant.apply(&store, LineAdded { number, fail: None });
            let _ = tokio::time::timeout(std::time::Duration::from_micros(number as u64 * 20), change).await;
        }
        machine(&store).apply(&store, LineAdded { number: 1000, fail: None }).await.unwrap();
        let (lines, entries, size) = lines_and_entries(&store).await;
        assert_eq!((lines, lines), (entries, size));
    }

    async fn what_was_acknowledged_is_there_after_a_restart(world: World) {
        let first = store(&world);
        machine(&first).apply(&first, LineAdded { number: 7, fail: None }).await.unwrap();
        drop(first);
        let second = store(&world);
        assert_eq!(lines_and_entries(&second).await, (1, 1, 1));
    }
}
