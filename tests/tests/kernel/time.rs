//! Time that steps back is written as it is and marked; order is the index.

use kernel::{Clock, Timestamp, params, sql};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use vaktbok_tests::both_engines;
use vaktbok_tests::line::{LineAdded, machine, machine_at};

both_engines! {
    async fn r10_a_clock_that_steps_back_is_marked_and_nothing_is_refused(world: World) {
        let hour = 3_600_000_000;
        let now = Arc::new(AtomicI64::new(500_000 * hour));
        let hand = Arc::clone(&now);
        let store = world.store(Clock::from_fn(move || Timestamp(hand.load(Ordering::SeqCst))));
        for (number, step) in [0, hour, -400 * 24 * hour, 1, -hour, 401 * 24 * hour].into_iter().enumerate() {
            now.fetch_add(step, Ordering::SeqCst);
            machine(&store).apply(&store, LineAdded { number: number as i64, fail: None }).await.unwrap();
        }
        let order = sql!("select stepped_back, at from entry where tenant_id = $tenant order by idx");
        let found: Vec<(bool, i64)> = machine(&store).read(&store, move |r| r.rows(order, params! {})).await.unwrap();
        let marks: Vec<bool> = found.iter().map(|(mark, _)| *mark).collect();
        assert_eq!(marks, [false, false, true, false, true, false]);
        assert!(found[2].1 < found[1].1 && found[5].1 > found[4].1, "times are written as they were");
    }

    async fn a_moment_of_its_own_is_believed_under_a_replaying_clock_alone(world: World) {
        let told = Timestamp(1_000_000);
        let replaying = world.store(Clock::replaying(|| Timestamp(9_000_000)));
        machine_at(&replaying, Some(told)).apply(&replaying, LineAdded { number: 1, fail: None }).await.unwrap();
        drop(replaying);
        let serving = world.store(Clock::from_fn(|| Timestamp(9_000_000)));
        machine_at(&serving, Some(told)).apply(&serving, LineAdded { number: 2, fail: None }).await.unwrap();
        let times = sql!("select at from entry where tenant_id = $tenant order by idx");
        let found: Vec<(i64,)> = machine(&serving).read(&serving, move |r| r.rows(times, params! {})).await.unwrap();
        assert_eq!(found, [(1_000_000,), (9_000_000,)]);
    }
}
