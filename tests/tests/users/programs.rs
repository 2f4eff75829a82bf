//! Users and groups by the API.

use super::bounds::reach_everything;
use super::{count, key, known, post};
use serde_json::json;
use vaktbok_tests::both_engines;

const RIGHTS: [&str; 3] = ["users.view", "users.manage", "groups.manage"];

both_engines! {
    async fn a_creation_asked_for_twice_with_one_key_makes_one_user_and_answers_the_same(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (service, secret) = key(&portal, &tenant, &RIGHTS).await;
        reach_everything(&portal, &tenant, &as_somebody(&tenant, service)).await;
        let http = portal.http();
        let body = json!({ "name": "Anna", "user_name": "anna", "group": tenant.agents.to_string() });
        let ask = |body: &serde_json::Value| http.post("/api/v1/users").key(&secret).header("idempotency-key", "k-1").json(body).send();
        let (first, second) = tokio::join!(ask(&body), ask(&body));
        assert_eq!((first.status, second.status), (201, 201), "{} {}", first.text(), second.text());
        assert_eq!(first.json(), second.json());
        assert_eq!(ask(&body).await.expect(201).json(), first.json());
        assert_eq!(count(&portal, &tenant, "user.created").await, 1);
        let other = json!({ "name": "Bo", "user_name": "bo", "group": tenant.agents.to_string() });
        ask(&other).await.expect(409);
        http.post("/api/v1/users").key(&secret).json(&body).send().await.expect(422);
    }

    async fn a_program_reads_edits_moves_suspends_and_lists_users(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (service, secret) = key(&portal, &tenant, &RIGHTS).await;
        reach_everything(&portal, &tenant, &as_somebody(&tenant, service)).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await.user;
        let http = portal.http();
        let one = format!("/api/v1/users/{anna}");
        let changed = http.ask("PATCH", &one).key(&secret).json(&json!({ "mail": "a@example.se", "number": 12 })).send().await.expect(200);
        assert_eq!((changed.json()["mail"].as_str(), changed.json()["number"].as_i64()), (Some("a@example.se"), Some(12)));
        let wrong = http.ask("PATCH", &one).key(&secret).json(&json!({ "mail": "nowhere", "number": -1 })).send().await.expect(422);
        assert_eq!(wrong.json()["errors"].as_array().unwrap().len(), 2);
        let group = http.post("/api/v1/groups").key(&secret).json(&json!({ "name": "Kväll", "kind": "agents" })).send().await.expect(201);
        let to = group.json()["id"].as_str().unwrap().to_owned();
        let moved = http.post(&format!("{one}/move")).key(&secret).json(&json!({ "group": to })).send().await.expect(200);
        assert_eq!(moved.json()["group_name"], "Kväll");
        http.post(&format!("{one}/suspend")).key(&secret).send().await.expect(200);
        let listed = http.get("/api/v1/users?state=suspended").key(&secret).send().await.expect(200).json();
        assert_eq!(listed["users"].as_array().unwrap().len(), 1);
        assert_eq!(known(&portal, &tenant, "anna").await.standing.word(), "suspended");
        http.ask("DELETE", &format!("/api/v1/groups/{to}")).key(&secret).send().await.expect(409);
    }

    async fn a_program_sees_what_a_move_would_do_and_nothing_is_done(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (service, secret) = key(&portal, &tenant, &[&RIGHTS[..], &["settings.manage", "settings.view"]].concat()).await;
        reach_everything(&portal, &tenant, &as_somebody(&tenant, service)).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &["users.view"]).await.user;
        let boss = portal.sign_in(&tenant.administrator).await;
        let setting = format!("/groups/{}/settings/session.idle_minutes", tenant.services);
        post(&boss, &setting, &[("step", "save"), ("value", "25"), ("mode", "free")]).await.expect(303);
        let (http, one) = (portal.http(), format!("/api/v1/users/{anna}"));
        let preview = format!("{one}/move?group={}", tenant.services);
        let told = http.get(&preview).key(&secret).send().await.expect(200).json();
        assert_eq!(told["rights_lost"], json!(["users.view"]), "{told}");
        assert_eq!(told["settings"][0]["key"], "session.idle_minutes");
        assert_eq!((&told["settings"][0]["before"], &told["settings"][0]["after"]), (&json!(60), &json!(25)));
        assert_eq!(told["own"], json!(["users.view"]));
        let kept = http.get(&format!("{preview}&keep=users.view")).key(&secret).send().await.expect(200).json();
        assert_eq!(kept["rights_lost"], json!([]), "{kept}");
        assert_eq!(http.get(&one).key(&secret).send().await.json()["group"], tenant.agents.to_string());
        assert_eq!(count(&portal, &tenant, "user.moved").await, 0);
        for wrong in ["", "?group=", &format!("?group={}", tenant.agents), &format!("?group={anna}")] {
            http.get(&format!("{one}/move{wrong}")).key(&secret).send().await.expect(422);
        }
    }
}

fn as_somebody(tenant: &vaktbok_tests::Tenant, user: kernel::UserId) -> vaktbok_tests::Somebody {
    vaktbok_tests::Somebody { user, ..tenant.administrator.clone() }
}
