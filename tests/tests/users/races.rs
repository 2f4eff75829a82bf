//! What several do at the same moment: somebody always remains who may run the place, and who is out is out.

use super::post;
use kernel::{Reader, params, sql};
use server::front::SESSION_COOKIE as SESSION;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Barrier;
use vaktbok_tests::{Engine, Moved, Portal, Tenant, World, both_engines, repetitions};

/// Administrators who move each other away.
const ADMINISTRATORS: usize = 8;
/// Clients who go on asking while their session is ended.
const CLIENTS: usize = 8;

async fn in_group(portal: &Portal, tenant: &Tenant) -> i64 {
    let group = tenant.administrators;
    let find = sql!(
        "select /* system: a test counts */ count(*) from users where tenant_id = $tenant and group_id = $group and state = 'active'"
    );
    let read = move |r: &mut Reader<'_>| r.row::<(i64,)>(find, params! { group: group });
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

both_engines! {
    async fn s29_r24_of_eight_administrators_who_move_each_other_away_at_once_somebody_remains(world: World) {
        let portal = world.portal().await;
        for round in 1..=repetitions(2, 100) {
            let tenant = portal.tenant(round.try_into().unwrap()).await;
            let mut all = vec![tenant.administrator.clone()];
            for n in 1..ADMINISTRATORS {
                all.push(portal.person(&tenant, tenant.administrators, &format!("admin{n}"), &[]).await);
            }
            let barrier = Arc::new(Barrier::new(ADMINISTRATORS));
            let mut moves = Vec::new();
            for (at, me) in all.iter().enumerate() {
                let (http, next) = (portal.sign_in(me).await, all[(at + 1) % ADMINISTRATORS].user);
                let (barrier, to) = (Arc::clone(&barrier), tenant.agents.to_string());
                moves.push(tokio::spawn(async move {
                    barrier.wait().await;
                    post(&http, &format!("/users/{next}/move"), &[("group", &to), ("seen", &to)]).await.status
                }));
            }
            let mut answers = Vec::new();
            for moved in moves {
                answers.push(moved.await.unwrap());
            }
            let moved = answers.iter().filter(|status| **status == 303).count();
            let left = usize::try_from(in_group(&portal, &tenant).await).unwrap();
            assert!(left >= 1, "nobody remains: {answers:?}");
            assert_eq!(left, ADMINISTRATORS - moved, "each was told what happened: {answers:?}");
            assert!(moved >= 1 && answers.iter().all(|status| *status < 500), "{answers:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s19_r24_no_request_that_begins_after_a_session_was_ended_on_another_node_gets_in() {
    let world = World::new(Engine::Postgres).await;
    let clock = Moved::default();
    let (one, two) = (world.portal_on(clock.clone()).await, world.portal_on(clock).await);
    let tenant = one.tenant(1).await;
    for round in 0..repetitions(4, 200) {
        let anna = one.person(&tenant, tenant.agents, &format!("anna{round}"), &[]).await;
        let ends = one.sign_in(&anna).await;
        let cookie = ends.cookie(SESSION).unwrap();
        let (ended, barrier) = (Arc::new(AtomicBool::new(false)), Arc::new(Barrier::new(CLIENTS + 1)));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let (ended, barrier) = (Arc::clone(&ended), Arc::clone(&barrier));
                let (http, cookie) = (two.http(), cookie.clone());
                tokio::spawn(async move {
                    barrier.wait().await;
                    let (mut before, mut late) = (0, 0);
                    for _ in 0..200 {
                        let after = ended.load(Ordering::SeqCst);
                        http.set_cookie(SESSION, &cookie);
                        let status = http.get("/me").send().await.status;
                        if after {
                            late += usize::from(status == 200);
                            break;
                        }
                        before += usize::from(status == 200);
                    }
                    (before, late)
                })
            })
            .collect();
        barrier.wait().await;
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        ends.post("/sign-out").send().await.expect(303);
        ended.store(true, Ordering::SeqCst);
        let (mut before, mut late) = (0, 0);
        for client in clients {
            let (mine, after) = client.await.unwrap();
            before += mine;
            late += after;
        }
        assert_eq!(late, 0, "round {round}: requests got in after the end was answered");
        assert!(before > 0, "round {round}: the session was in use");
    }
}
