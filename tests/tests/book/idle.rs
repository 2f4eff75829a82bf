//! A server that nobody asks for anything rests: it writes nothing.

use std::time::{Duration, SystemTime};
use vaktbok_tests::{Engine, Program, World};

/// Long enough for a few rounds of everything that goes on beside requests.
const LONG_ENOUGH: Duration = Duration::from_secs(4);

fn last_written(world: &World) -> (SystemTime, u64) {
    let log = std::fs::metadata(world.folder().path().join("vaktbok.db-wal")).unwrap();
    (log.modified().unwrap(), log.len())
}

/// Waits until the start's own entries have been signed.
async fn settled(world: &World) -> (SystemTime, u64) {
    let mut before = last_written(world);
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let now = last_written(world);
        if now == before {
            return now;
        }
        before = now;
    }
    panic!("the server does not come to rest");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_server_commits_nothing_and_stays_ready() {
    let world = World::new(Engine::Sqlite).await;
    let server = Program::serve(&world);
    let before = settled(&world).await;
    let http = server.http();
    let began = std::time::Instant::now();
    while began.elapsed() < LONG_ENOUGH {
        http.get("/readyz").send().await.expect(200);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(last_written(&world), before, "nothing was committed meanwhile");
    assert!(server.stop());
}
