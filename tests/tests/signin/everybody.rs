//! Ending every session of a customer, and sessions, links and files of users through the API.

use vaktbok_tests::{Http, both_engines};

async fn inside(http: &Http) -> bool {
    http.get("/me").send().await.status == 200
}

both_engines! {
    async fn s20_every_session_of_the_customer_is_ended_but_the_own_by_choice_and_no_other_customers(world: World) {
        let portal = world.portal().await;
        let (tenant, other) = (portal.tenant(1).await, portal.tenant(2).await);
        let elsewhere = portal.sign_in(&other.administrator).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let all = [portal.sign_in(&anna).await, portal.sign_in(&anna).await, portal.sign_in(&tenant.administrator).await];
        all[0].post("/access/sessions/end").send().await.expect(403);
        let page = admin.get("/access/sessions").send().await.expect(200).text();
        assert!(page.contains("4 sessions of 2 people end"), "{page}");
        admin.post("/access/sessions/end").form(&[("keep", "on"), ("reason", "a stolen laptop")]).send().await.expect(303);
        for http in &all {
            assert!(!inside(http).await);
        }
        assert!(inside(&admin).await && inside(&elsewhere).await);
        let told = admin.get("/logs/access?name=session.all-ended").send().await.expect(200).text();
        assert!(told.contains("a stolen laptop"), "{told}");
        admin.post("/access/sessions/end").send().await.expect(303);
        assert!(!inside(&admin).await, "by choice the own one too");
    }

    async fn a_program_lists_and_ends_sessions_and_makes_a_link(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let rights = ["users.view", "sign_in.sessions", "sign_in.reset", "sign_in.end_all"];
        let (service, key) = crate::users::key(&portal, &tenant, &rights).await;
        let holder = vaktbok_tests::Somebody { user: service, ..tenant.administrator.clone() };
        crate::users::bounds::reach_everything(&portal, &tenant, &holder).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let (one, two) = (portal.sign_in(&anna).await, portal.sign_in(&anna).await);
        let admin = portal.sign_in(&tenant.administrator).await;
        let http = portal.http();
        let path = format!("/api/v1/users/{}/sessions", anna.user);
        let listed = http.get(&path).key(&key).send().await.expect(200).json();
        let session = listed["sessions"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(listed["sessions"].as_array().unwrap().len(), 2);
        http.ask("DELETE", &format!("{path}?session={session}")).key(&key).send().await.expect(204);
        assert!(inside(&one).await ^ inside(&two).await);
        http.ask("DELETE", &path).key(&key).send().await.expect(204);
        assert!(!inside(&one).await && !inside(&two).await);
        let made = http.post(&format!("/api/v1/users/{}/password-link", anna.user)).key(&key).send().await.expect(201).json();
        let link = made["link"].as_str().unwrap().split_once("/set-password/").unwrap().1.to_owned();
        http.get(&format!("/set-password/{link}")).send().await.expect(200);
        let anna = portal.sign_in(&anna).await;
        let body = serde_json::json!({ "except": [tenant.administrator.user.to_string()] });
        let ended = http.post("/api/v1/sessions/end-all").key(&key).json(&body).send().await.expect(200).json();
        assert_eq!(ended["sessions"], 1);
        assert!(!inside(&anna).await && inside(&admin).await);
    }

    async fn a_program_brings_users_in_by_a_file_and_sees_what_is_wrong_with_it(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let rights = ["users.view", "users.manage", "users.import", "users.export"];
        let (service, key) = crate::users::key(&portal, &tenant, &rights).await;
        let holder = vaktbok_tests::Somebody { user: service, ..tenant.administrator.clone() };
        crate::users::bounds::reach_everything(&portal, &tenant, &holder).await;
        let http = portal.http();
        let file = "name;user_name;group\nAnna;anna;Agents\nBo;b o;Agents\n";
        let looked = http.post("/api/v1/imports").key(&key).header("content-type", "text/csv").body(file).send().await.expect(201).json();
        assert_eq!((&looked["lines"], &looked["faulty_lines"]), (&2.into(), &1.into()), "{looked}");
        let fault = &looked["faults"][0];
        assert_eq!((&fault["line"], &fault["field"]), (&3.into(), &"user_name".into()), "{fault}");
        assert!(fault["detail"].as_str().unwrap().contains("no spaces"), "{fault}");
        let here = format!("/api/v1/imports/{}", looked["id"].as_str().unwrap());
        http.post(&format!("{here}/start")).key(&key).send().await.expect(409);
        let begin = http.post(&format!("{here}/start")).key(&key).json(&serde_json::json!({ "aside": true }));
        begin.send().await.expect(200);
        let mut told = serde_json::Value::Null;
        for _ in 0..200 {
            told = http.get(&here).key(&key).send().await.expect(200).json();
            if told["state"] == "done" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!((&told["state"], &told["made"], &told["aside"]), (&"done".into(), &1.into(), &1.into()), "{told}");
        let out = http.get("/api/v1/exports/users?q=anna").key(&key).send().await.expect(200).text();
        assert!(out.contains("anna"), "{out}");
    }

    async fn s29_a_key_does_no_more_than_its_owner_may_today(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (_, key) = crate::users::key(&portal, &tenant, &["users.view"]).await;
        let http = portal.http();
        http.get("/api/v1/users").key(&key).send().await.expect(200);
        let denied = server::settings::events::SettingGiven {
            place: server::settings::model::Place::User(tenant.administrator.user),
            key: "users.view".to_owned(),
            told: server::settings::model::Told { value: false.into(), mode: kernel::setting::Mode::Free },
            expected: server::settings::events::Expected::Anything,
        };
        portal.machine(tenant.id).also().unwrap().apply(&portal.app().store, denied).await.unwrap();
        http.get("/api/v1/users").key(&key).send().await.expect(403);
    }
}
