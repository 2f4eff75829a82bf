//! Heads are signed in time by what runs in service, and by one node of several.

use super::grow;
use book::{Head, Note};
use kernel::{params, sql};
use server::logs::book::heads::ROUND;
use std::time::{Duration, Instant};
use vaktbok_tests::{Engine, Moved, Portal, World, both_engines};

/// What was promised: a head follows a change within a second. No test measures it on a machine that others use: each round
/// signs all that is there, and rounds follow each other after less than half of that.
const PROMISED: Duration = Duration::from_secs(1);
const _: () = assert!(ROUND.as_millis() * 2 < PROMISED.as_millis());
/// What a busy machine adds at most: the others' tests run beside this one.
const BESIDE_OTHERS: Duration = Duration::from_secs(40);

fn size_of(note: &str) -> u64 {
    Head::parse(Note::parse(note).unwrap().text()).unwrap().size
}

/// The newest stored head's size and the book's.
async fn sizes(portal: &Portal, tenant: kernel::TenantId) -> (i64, i64) {
    let both = sql!(
        "select (select coalesce(max(size), 0) from book_head where tenant_id = $tenant),
         (select coalesce(max(size), 0) from book where tenant_id = $tenant)"
    );
    portal.machine(tenant).read(&portal.app().store, move |r| r.row(both, params! {})).await.unwrap()
}

/// How long until a head covers the whole book.
async fn covered(portal: &Portal, tenant: kernel::TenantId, patience: Duration) -> Option<Duration> {
    let began = Instant::now();
    while began.elapsed() < patience {
        let (signed, there) = sizes(portal, tenant).await;
        if there > 0 && signed == there {
            return Some(began.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    None
}

both_engines! {
    async fn s38_a_signed_head_follows_each_change_by_itself(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let signing = tokio::spawn(server::logs::book::heads::run(portal.app().clone()));
        covered(&portal, tenant.id, BESIDE_OTHERS).await.expect("signed at all");
        let mut waits = Vec::new();
        for pause in [0, 50, 450, 700, 1500] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            grow(&portal, tenant.id, 1).await;
            waits.push(covered(&portal, tenant.id, PROMISED + BESIDE_OTHERS).await.expect("a head in time"));
        }
        println!("a head came after {waits:?}");
        signing.abort();
    }

    async fn s38_one_round_signs_whatever_was_written_before_it(world: World) {
        let portal = world.portal().await;
        let tenants = [portal.tenant(1001).await.id, portal.tenant(1002).await.id];
        let mut lease = server::logs::book::heads::lease(portal.app());
        for count in [1, 3, 40] {
            for tenant in tenants {
                grow(&portal, tenant, count).await;
            }
            assert!(server::logs::book::heads::round(portal.app(), &mut lease).await.unwrap());
            for tenant in tenants {
                let (signed, there) = sizes(&portal, tenant).await;
                assert_eq!(signed, there, "after {count} more");
            }
        }
    }

    async fn r10_a_lease_does_not_outlast_a_clock_that_steps_back(world: World) {
        let clock = Moved::default();
        let portal = world.portal_on(clock.clone()).await;
        let tenant = portal.tenant(1001).await;
        for excursion in [3600, 400 * 24 * 3600] {
            clock.by_seconds(excursion);
            let mut ahead = server::logs::book::heads::lease(portal.app());
            assert!(server::logs::book::heads::round(portal.app(), &mut ahead).await.unwrap());
            clock.by_seconds(-excursion);
            // The same node after a new start: its name is another one.
            let mut again = server::logs::book::heads::lease(portal.app());
            grow(&portal, tenant.id, 1).await;
            assert!(server::logs::book::heads::round(portal.app(), &mut again).await.unwrap(), "{excursion} s");
            let (signed, there) = sizes(&portal, tenant.id).await;
            assert_eq!(signed, there);
        }
    }

    async fn r10_a_job_is_taken_up_after_a_clock_that_stepped_back(world: World) {
        use kernel::work;
        let clock = Moved::default();
        let portal = world.portal_on(clock.clone()).await;
        let tenant = portal.tenant(1001).await;
        let (grant, store) = (portal.machine(tenant.id), &portal.app().store);
        let [job, first, second] = [1, 2, 3].map(kernel::Uuid::from_u128);
        grant.quietly(store, move |w| work::begin(w, job, "user-import", 0, "{}")).await.unwrap();
        clock.by_seconds(400 * 24 * 3600);
        assert!(grant.quietly(store, move |w| work::take(w, job, first)).await.unwrap());
        assert!(!grant.quietly(store, move |w| work::take(w, job, second)).await.unwrap(), "it is held");
        clock.by_seconds(-400 * 24 * 3600);
        let idle = grant.read(store, |r| work::idle(r, "user-import")).await.unwrap();
        assert_eq!(idle.len(), 1);
        assert!(grant.quietly(store, move |w| work::take(w, job, second)).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s38_one_of_two_nodes_signs_and_the_other_takes_over_within_the_lease() {
    let world = World::new(Engine::Postgres).await;
    let nodes = [world.portal().await, world.portal().await];
    let tenant = nodes[0].tenant(1001).await;
    let mut leases = [0, 1].map(|n: usize| server::logs::book::heads::lease(nodes[n].app()));
    for (n, expected) in [(0, true), (1, false), (0, true), (1, false)] {
        let signs = server::logs::book::heads::round(nodes[n].app(), &mut leases[n]).await.unwrap();
        assert_eq!(signs, expected, "node {n}");
    }
    let running = |n: usize| tokio::spawn(server::logs::book::heads::run(nodes[n].app().clone()));
    let first = running(0);
    grow(&nodes[0], tenant.id, 3).await;
    let limit = Duration::from_secs(u64::from(server::logs::book::heads::LEASE_SECONDS));
    covered(&nodes[0], tenant.id, limit + BESIDE_OTHERS + PROMISED).await.expect("the first signs");
    let second = running(1);
    tokio::time::sleep(PROMISED).await;
    first.abort();
    grow(&nodes[0], tenant.id, 3).await;
    covered(&nodes[1], tenant.id, limit + BESIDE_OTHERS + PROMISED).await.expect("the other took over");
    second.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r11_two_nodes_that_both_sign_hand_out_one_head_of_each_size() {
    let world = World::new(Engine::Postgres).await;
    let nodes = [world.portal().await, world.portal().await];
    let tenant = nodes[0].tenant(1001).await;
    let mut notes = std::collections::BTreeMap::<u64, std::collections::BTreeSet<String>>::new();
    for _ in 0..20 {
        grow(&nodes[0], tenant.id, 1).await;
        let sign = |n: usize| server::logs::book::heads::sign(nodes[n].app(), tenant.id);
        let (one, other) = tokio::join!(sign(0), sign(1));
        for note in [one, other].into_iter().filter_map(|note| note.unwrap()) {
            notes.entry(size_of(&note)).or_default().insert(note);
        }
    }
    assert!(notes.len() >= 20, "{}", notes.len());
    let twice: Vec<_> = notes.iter().filter(|(_, notes)| notes.len() > 1).map(|(size, _)| size).collect();
    assert!(twice.is_empty(), "two heads of sizes {twice:?}");
}
