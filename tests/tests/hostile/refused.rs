//! What a refusal looks like to whoever is inside: they stay inside, and it says what to do.

use vaktbok_tests::both_engines;

both_engines! {
    async fn whoever_is_signed_in_keeps_the_navigation_when_a_page_is_refused(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let http = portal.sign_in(&anna).await;
        for (path, status) in [("/users/019a0000-0000-7000-8000-000000000000", 403), ("/me", 200)] {
            let page = http.get(path).send().await.expect(status).text();
            assert!(page.contains("<nav id=\"nav\""), "{path}: {page}");
            assert!(page.contains("action=\"/sign-out\""), "{path}: {page}");
        }
        let admin = portal.sign_in(&tenant.administrator).await;
        let page = admin.get("/users/019a0000-0000-7000-8000-000000000000").send().await.expect(404).text();
        assert!(page.contains("href=\"/users\""), "{page}");
        let out = portal.http().get("/p/nowhere").send().await.expect(404).text();
        assert!(!out.contains("<nav id=\"nav\""), "a stranger is shown no navigation: {out}");
    }

    async fn s56_what_is_too_large_is_answered_413_with_the_limit_to_people_and_to_programs(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let name = "x".repeat(1 << 20);
        let page = admin.post("/users").form(&[("name", &name)]).send().await.expect(413).text();
        assert!(page.contains("Send at most") && page.contains("<nav id=\"nav\""), "{page}");
        let (_, key) = crate::users::key(&portal, &tenant, &["users.view", "users.manage"]).await;
        let body = serde_json::json!({ "name": name });
        let answer = portal.http().post("/api/v1/users").key(&key).header("idempotency-key", "k-1").json(&body).send().await.expect(413);
        assert_eq!(answer.json()["code"], "error-body-too-large");
        assert_eq!(answer.json()["status"], 413);
    }
}
