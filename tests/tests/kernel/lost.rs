//! Long work whose process was killed, answers kept for asking again, and statements that take too long.

use kernel::work::{self, JobState};
use kernel::{Error, Uuid, params, sql};
use server::jobs;
use vaktbok_tests::line::{LineAdded, machine};
use vaktbok_tests::{Engine, Portal, Tenant, World, both_engines};

const KINDS: [&str; 2] = ["book-check", "archive-upload"];

/// Writes a job down; taken by a node that is dead from now on, unless it waits.
async fn begun(portal: &Portal, tenant: &Tenant, id: u128, kind: &'static str, taken: bool) -> Uuid {
    let (id, node) = (Uuid::from_u128(id), Uuid::from_u128(77));
    let grant = portal.machine(tenant.id);
    let begin = move |w: &mut kernel::Writer<'_>| {
        work::begin(w, id, kind, 10, "{}")?;
        if taken { work::take(w, id, node).map(drop) } else { Ok(()) }
    };
    grant.quietly(&portal.app().store, begin).await.unwrap();
    id
}

async fn state(portal: &Portal, tenant: &Tenant, id: Uuid, kind: &'static str) -> JobState {
    portal.machine(tenant.id).read(&portal.app().store, move |r| work::find(r, id, kind)).await.unwrap().state
}

both_engines! {
    async fn what_a_killed_process_left_under_way_comes_to_an_end(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let mut going = Vec::new();
        for (n, kind) in KINDS.into_iter().enumerate() {
            going.push((begun(&portal, &tenant, n as u128 + 1, kind, true).await, kind));
        }
        let resumed = begun(&portal, &tenant, 11, "log-export", true).await;
        let never = begun(&portal, &tenant, 12, "book-check", false).await;
        jobs::look(portal.app()).await.unwrap();
        for (id, kind) in &going {
            assert_eq!(state(&portal, &tenant, *id, kind).await, JobState::Going, "{kind} may still live");
        }
        portal.clock().by_seconds(work::JOB_SILENCE_SECONDS + 1);
        jobs::look(portal.app()).await.unwrap();
        for (id, kind) in &going {
            assert_eq!(state(&portal, &tenant, *id, kind).await, JobState::Failed, "{kind}");
        }
        assert_eq!(state(&portal, &tenant, never, "book-check").await, JobState::Failed);
        assert_eq!(state(&portal, &tenant, resumed, "log-export").await, JobState::Going, "it is gone on with, not ended");
    }

    async fn a_job_without_a_node_is_stopped_at_once_and_one_with_a_node_by_its_node(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let id = begun(&portal, &tenant, 1, "book-check", true).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let stop = async || {
            let stopped = portal.machine(tenant.id);
            stopped.quietly(&portal.app().store, move |w| work::stop(w, id, "book-check")).await.unwrap();
            state(&portal, &tenant, id, "book-check").await
        };
        assert_eq!(stop().await, JobState::Going);
        portal.clock().by_seconds(work::JOB_SILENCE_SECONDS + 1);
        assert_eq!(stop().await, JobState::Stopped);
        admin.get("/book").send().await.expect(200);
    }

    async fn an_answer_is_kept_for_asking_again_for_a_week(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let grant = portal.machine(tenant.id);
        let keep = sql!(
            "insert into idempotency (tenant_id, actor_id, key, digest, status, answer, made_at)
             values ($tenant, $actor, 'k', $digest, 201, '', $now)"
        );
        let kept = move |w: &mut kernel::Writer<'_>| w.any(keep, params! { digest: [7_u8; 32] });
        grant.quietly(&portal.app().store, kept).await.unwrap();
        let there = async || {
            let all = sql!("select count(*) from idempotency where tenant_id = $tenant");
            let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(all, params! {});
            portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
        };
        portal.clock().by_seconds(jobs::ANSWERS_KEPT_SECONDS - 60);
        jobs::look(portal.app()).await.unwrap();
        assert_eq!(there().await, 1);
        portal.clock().by_seconds(120);
        jobs::look(portal.app()).await.unwrap();
        assert_eq!(there().await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_alone_ends_at_its_start_what_the_last_one_left_and_sweeps_its_files() {
    let world = World::new(Engine::Sqlite).await;
    let portal = world.portal().await;
    let tenant = portal.tenant(1001).await;
    let id = begun(&portal, &tenant, 1, "archive-upload", true).await;
    let spool = world.folder().join("spool").join("left");
    std::fs::create_dir_all(&spool).unwrap();
    std::fs::write(spool.join("0"), "half a recording").unwrap();
    let began = portal.app().store.clock().now().plus_seconds(1);
    jobs::first(portal.app(), began).await.unwrap();
    jobs::look(portal.app()).await.unwrap();
    assert_eq!(state(&portal, &tenant, id, "archive-upload").await, JobState::Failed);
    assert!(!spool.exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r09_a_statement_that_takes_too_long_is_no_fault_of_the_book() {
    let world = World::new(Engine::Postgres).await;
    let store = super::commits::store(&world);
    machine(&store).apply(&store, LineAdded { number: 1, fail: None }).await.unwrap();
    let other = world.database().unwrap().superuser().await;
    // The tenant's lock, as another node would hold it.
    other.execute("select pg_advisory_lock(6215331784897331200)", &[]).await.unwrap();
    let late = machine(&store).apply(&store, LineAdded { number: 2, fail: None }).await;
    let Err(Error::Busy(message)) = late else { panic!("{late:?}") };
    assert_eq!(message.key, "error-too-slow");
    assert!(store.writable(), "the book can be written");
    other.execute("select pg_advisory_unlock(6215331784897331200)", &[]).await.unwrap();
    machine(&store).apply(&store, LineAdded { number: 2, fail: None }).await.unwrap();
}
