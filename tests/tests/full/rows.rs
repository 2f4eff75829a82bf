//! A disk of PostgreSQL that is really full: that of the rows, and that of the journal, which PostgreSQL does not survive.

use super::disk::{empty, fill};
use super::{Witness, refused_with_the_reason, whole, witness};
use std::time::{Duration, Instant};
use vaktbok_tests::{Small, SmallPostgres, World, repetitions};

/// How long it may take at most until changes go through again.
const RECOVERY: Duration = Duration::from_secs(60);

/// Makes changes until one is refused; how many went through.
async fn until_refused(witness: &Witness, round: usize) -> usize {
    for tries in 0..20_000 {
        let answer = witness.renamed(&format!("Namn {round} {tries}")).await;
        match answer.status {
            303 => {}
            503 => return tries,
            other => panic!("{other}: {}", answer.text()),
        }
    }
    panic!("the disk is full and everything goes on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s40_r06_a_full_disk_of_postgresqls_rows_refuses_what_finds_no_room_with_the_reason_and_nothing_else()
{
    let small = tokio::task::spawn_blocking(|| SmallPostgres::start(Small::Rows)).await.unwrap();
    let world = World::with(small.database().await);
    let portal = world.portal().await;
    let tenant = portal.tenant(1).await;
    let witness = witness(&portal, &tenant).await;
    for round in 0..repetitions(2, 20) {
        fill(&small.disk());
        let through = until_refused(&witness, round).await;
        println!("{through} changes still went through");
        witness.reading_goes_on().await;
        // In pages that are begun one change may find room where another finds none.
        for (what, answer) in witness.written().await {
            if ![200, 303].contains(&answer.status) {
                refused_with_the_reason(what, &answer);
            }
        }
        empty(&small.disk());
        witness.recovers().await;
    }
    whole(&portal, &tenant).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s40_r06_a_full_disk_of_postgresqls_journal_is_told_and_got_over_when_postgresql_is_back() {
    let small = tokio::task::spawn_blocking(|| SmallPostgres::start(Small::Journal)).await.unwrap();
    let world = World::with(small.database().await);
    let portal = world.portal().await;
    let tenant = portal.tenant(1).await;
    let witness = witness(&portal, &tenant).await;
    for round in 0..repetitions(1, 20) {
        fill(&small.disk());
        let through = until_refused(&witness, round).await;
        println!("{through} changes still went through");
        // PostgreSQL is gone, or ends and begins again and again: whatever is asked is answered in time, and nothing is said to be done.
        for page in ["/", "/users", "/me", "/readyz"] {
            let status = witness.http.get(page).send().await.status;
            assert!([200, 303, 503].contains(&status), "{page}: {status}");
        }
        for open in ["/healthz", server::ui::assets::asset("app.css")] {
            assert_eq!(
                witness.http.get(open).send().await.status,
                200,
                "{open} needs no database, whoever asks"
            );
        }
        assert_eq!(witness.renamed("Medan").await.status, 503);
        empty(&small.disk());
        let began = Instant::now();
        while witness.renamed(&format!("Efteråt {round}")).await.status != 303 {
            assert!(began.elapsed() < RECOVERY, "no change goes through again");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        witness.recovers().await;
    }
    whole(&portal, &tenant).await;
}
