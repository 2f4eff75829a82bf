//! Sessions, links, and who is out when.

use std::sync::Arc;
use tokio::sync::Barrier;
use vaktbok_tests::{Engine, Http, Moved, PASSWORD, both_engines};

const SESSION: &str = "__Host-vaktbok";
const OTHER: &str = "sju blåa segelbåtar";

/// Whether the visitor is in.
async fn inside(http: &Http) -> bool {
    http.get("/me").send().await.status == 200
}

/// The status of a change of password; 401 where it led to the sign-in.
async fn change(http: &Http, current: &str, new: &str) -> u16 {
    let fields = [("current", current), ("new", new), ("again", new)];
    let answer = http.post("/me/password").form(&fields).send().await;
    let out = answer.header("location").is_some_and(|to| to.starts_with("/sign-in"));
    if out { 401 } else { answer.status }
}

both_engines! {
    async fn s10_a_password_change_needs_the_current_one_and_ends_all_other_sessions(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let here = portal.sign_in(&tenant.administrator).await;
        let there = portal.sign_in(&tenant.administrator).await;
        assert_eq!(change(&here, "not the current one", OTHER).await, 422);
        assert!(inside(&there).await);
        let before = here.cookie(SESSION);
        assert_eq!(change(&here, PASSWORD, OTHER).await, 303);
        assert!(inside(&here).await && !inside(&there).await);
        assert_ne!(here.cookie(SESSION), before, "the session goes on by a new secret");
        portal.try_sign_in(&portal.http(), 1, "admin", PASSWORD).await.expect(422);
        portal.try_sign_in(&portal.http(), 1, "admin", OTHER).await.expect(303);
    }

    async fn a_wrong_current_password_at_an_open_session_is_told_of_and_waited_for(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        for _ in 0..5 {
            assert_eq!(change(&http, "not the current one", OTHER).await, 422);
        }
        assert_eq!(change(&http, PASSWORD, OTHER).await, 429, "the right one too has to wait now");
        for (reason, entries) in [("wrong-password", 5), ("waiting", 1), ("busy", 0)] {
            let path = format!("/logs/access?name=password.refused&reason={reason}");
            let told = http.get(&path).send().await.expect(200).text();
            assert_eq!(told.matches("title=\"Change of password refused\"").count(), entries, "{reason}: {told}");
        }
        portal.clock().by_seconds(2);
        assert_eq!(change(&http, PASSWORD, OTHER).await, 303);
    }

    async fn s11_r24_of_two_password_changes_at_once_exactly_one_wins(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        for round in 0..vaktbok_tests::repetitions(12, 1000) {
            let user = portal.person(&tenant, tenant.agents, &format!("anna{round}"), &[]).await;
            let both = [portal.sign_in(&user).await, portal.sign_in(&user).await];
            let barrier = Arc::new(Barrier::new(2));
            let tries: Vec<_> = both.into_iter().enumerate().map(|(at, http)| {
                let barrier = Arc::clone(&barrier);
                tokio::spawn(async move {
                    barrier.wait().await;
                    change(&http, PASSWORD, &format!("{OTHER} {at}")).await
                })
            }).collect();
            let mut won = 0;
            for done in tries {
                won += usize::from(done.await.unwrap() == 303 );
            }
            let mut open = 0;
            for at in 0..2 {
                let answer = portal.try_sign_in(&portal.http(), 1, &user.user_name, &format!("{OTHER} {at}")).await;
                open += usize::from(answer.status == 303);
            }
            assert_eq!(open, 1, "one of the two new passwords holds");
            assert_eq!(won, 1, "and one was told that it holds");
        }
    }

    async fn s12_r24_a_link_works_once_for_half_an_hour_and_not_after_any_change(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let link = async || {
            let page = admin.post(&format!("/users/{}/link", anna.user)).send().await.expect(200).text();
            let secret = page.split_once("/set-password/").unwrap().1.split(['<', '"']).next().unwrap().to_owned();
            format!("/set-password/{secret}")
        };
        let set = async |path: String, new: &'static str| {
            portal.http().post(&path).form(&[("new", new), ("again", new)]).send().await.status
        };
        assert_eq!(set((link().await, link().await).0, OTHER).await, 404, "a newer link makes the older void");
        for _ in 0..vaktbok_tests::repetitions(12, 1000) {
            let second = link().await;
            let barrier = Arc::new(Barrier::new(16));
            let tries: Vec<_> = (0..16).map(|_| {
                let (barrier, http, path) = (Arc::clone(&barrier), portal.http(), second.clone());
                tokio::spawn(async move {
                    barrier.wait().await;
                    http.post(&path).form(&[("new", OTHER), ("again", OTHER)]).send().await.status
                })
            }).collect();
            let mut answers = Vec::new();
            for done in tries {
                answers.push(done.await.unwrap());
            }
            assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "used once: {answers:?}");
        }
        let stale = link().await;
        portal.clock().by_seconds(31 * 60);
        assert_eq!(set(stale, PASSWORD).await, 404, "half an hour");
        portal.clock().by_seconds(-31 * 60);
        let before = link().await;
        let user = portal.http();
        portal.try_sign_in(&user, 1, "anna", OTHER).await.expect(303);
        assert_eq!(change(&user, OTHER, PASSWORD).await, 303);
        assert_eq!(set(before, OTHER).await, 404, "void after a change");
        portal.http().get("/set-password/made-up").send().await.expect(404);
    }

    async fn s13_whoever_must_change_the_password_gets_no_further_on_any_door(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        portal.give_password(tenant.id, tenant.administrator.user, true).await;
        let http = portal.sign_in(&tenant.administrator).await;
        for sign in server::doors::doors(false).into_iter().map(|door| door.sign) {
            if sign.who != kernel::door::For::People || sign.right == "arriving" {
                continue;
            }
            let path = sign.path.replace("{id}", "019a0000-0000-7000-8000-000000000000").replace(['{', '}'], "");
            let answer = http.ask(sign.method.as_str(), &path).send().await;
            let led = answer.status == 303 && answer.header("location") == Some("/me/password");
            assert!(led || answer.status == 403, "{} {path}: {}", sign.method, answer.status);
        }
        assert_eq!(change(&http, PASSWORD, OTHER).await, 303);
        assert!(inside(&http).await);
    }

    async fn s17_the_session_cookie_is_guarded_and_new_at_sign_in_and_when_rights_change(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.http();
        http.set_cookie(SESSION, "planted");
        let answer = portal.try_sign_in(&http, 1, "admin", PASSWORD).await.expect(303);
        let given = answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
        let given = given.filter(|cookie| cookie.starts_with(SESSION)).find(|c| !c.contains("-device")).unwrap().to_owned();
        for guard in ["Path=/", "Secure", "HttpOnly", "SameSite="] {
            assert!(given.contains(guard), "{given}");
        }
        let first = http.cookie(SESSION).unwrap();
        assert!(data_encoding::BASE64URL_NOPAD.decode(first.as_bytes()).unwrap().len() - 8 >= 16, "128 bits and more");
        portal.try_sign_in(&http, 1, "admin", PASSWORD).await.expect(303);
        let second = http.cookie(SESSION).unwrap();
        assert_ne!(first, second);
        let old = portal.http();
        old.set_cookie(SESSION, &first);
        assert!(!inside(&old).await, "the session before ended");
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let http = portal.sign_in(&anna).await;
        let before = http.cookie(SESSION).unwrap();
        assert!(inside(&http).await);
        assert_eq!(http.cookie(SESSION).unwrap(), before, "as long as the rights stay");
        let given = server::settings::events::SettingGiven {
            place: server::settings::model::Place::User(anna.user),
            key: "keys.manage".to_owned(),
            told: server::settings::model::Told { value: true.into(), mode: kernel::setting::Mode::Free },
            expected: server::settings::events::Expected::Anything,
        };
        let machine = portal.app().gate.machine(tenant.id, "tests", portal.origin());
        machine.grant().unwrap().apply(&portal.app().store, given).await.unwrap();
        assert!(inside(&http).await);
        assert_ne!(http.cookie(SESSION).unwrap(), before, "more rights, another secret");
        assert!(inside(&http).await);
        let old = portal.http();
        old.set_cookie(SESSION, &before);
        portal.clock().by_seconds(11);
        assert!(!inside(&old).await, "the old one ends");
    }

    async fn s18_a_session_ends_after_idling_and_at_the_latest_after_its_longest_time(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let idle = portal.sign_in(&tenant.administrator).await;
        portal.clock().by_seconds(14 * 60);
        assert!(inside(&idle).await);
        portal.clock().by_seconds(16 * 60);
        assert!(!inside(&idle).await, "administrators idle 15 minutes");
        let busy = portal.sign_in(&tenant.administrator).await;
        for _ in 0..71 {
            portal.clock().by_seconds(600);
            assert!(inside(&busy).await);
        }
        portal.clock().by_seconds(600);
        assert!(!inside(&busy).await, "12 hours at the most");
    }

    async fn s20_one_sees_and_ends_ones_own_sessions_and_an_administrator_those_of_others(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let (here, there, third) = (portal.sign_in(&anna).await, portal.sign_in(&anna).await, portal.sign_in(&anna).await);
        let page = here.get("/me").send().await.expect(200).text();
        let other = page.split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        here.post("/me/sessions/end").form(&[("session", &other)]).send().await.expect(303);
        assert!(inside(&there).await ^ inside(&third).await, "just that one");
        here.post("/me/sessions/end").send().await.expect(303);
        assert!(inside(&here).await && !inside(&there).await && !inside(&third).await);
        let admin = portal.sign_in(&tenant.administrator).await;
        let shown = admin.get(&format!("/users/{}/sessions", anna.user)).send().await.expect(200).text();
        assert!(shown.contains("name=\"session\""));
        admin.post(&format!("/users/{}/sessions/end", anna.user)).send().await.expect(303);
        assert!(!inside(&here).await && inside(&admin).await);
        let bert = portal.sign_in(&portal.person(&tenant, tenant.agents, "bert", &[]).await).await;
        bert.get(&format!("/users/{}/sessions", anna.user)).send().await.expect(403);
    }
}

/// The entries are the same on both engines; the embedded one's file is the plain place to look into.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s34_no_password_link_or_session_secret_stands_in_any_entry() {
    let world = vaktbok_tests::World::new(Engine::Sqlite).await;
    let portal = world.portal().await;
    let tenant = portal.tenant(1).await;
    let http = portal.sign_in(&tenant.administrator).await;
    let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
    portal.try_sign_in(&portal.http(), 1, "admin", "canary-in-a-wrong-password").await.expect(422);
    let page = http.post(&format!("/users/{}/link", anna.user)).send().await.expect(200).text();
    let link = page.split_once("/set-password/").unwrap().1.split(['<', '"']).next().unwrap().to_owned();
    let canaries =
        [PASSWORD, "canary-in-a-wrong-password", &link, &http.cookie(SESSION).unwrap(), "argon2id"];
    let folder = world.folder().path().to_path_buf();
    let db = rusqlite::Connection::open(folder.join("vaktbok.db")).unwrap();
    let mut find = db.prepare("select body from entry_part").unwrap();
    let bodies: Vec<String> = find.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(bodies.len() > 5);
    for body in bodies {
        assert!(!canaries.iter().any(|canary| body.contains(canary)), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s19_whoever_is_deactivated_is_out_at_once_on_both_nodes() {
    let world = vaktbok_tests::World::new(Engine::Postgres).await;
    let clock = Moved::default();
    let (one, two) = (world.portal_on(clock.clone()).await, world.portal_on(clock).await);
    let tenant = one.tenant(1).await;
    let anna = one.person(&tenant, tenant.agents, "anna", &[]).await;
    let (at_one, at_two) = (one.sign_in(&anna).await, two.sign_in(&anna).await);
    assert!(inside(&at_one).await && inside(&at_two).await);
    let gone = server::users::events::UserDeactivated { user: anna.user, reason: None };
    let machine = one.app().gate.machine(tenant.id, "tests", one.origin());
    machine.grant().unwrap().apply(&one.app().store, gone).await.unwrap();
    assert!(!inside(&at_one).await && !inside(&at_two).await, "no wait: each request asks the rows");
}
