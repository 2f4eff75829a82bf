//! Users and groups by the API.

use super::bounds::reach_everything;
use super::{count, key, known};
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
}

fn as_somebody(tenant: &vaktbok_tests::Tenant, user: kernel::UserId) -> vaktbok_tests::Somebody {
    vaktbok_tests::Somebody { user, ..tenant.administrator.clone() }
}
