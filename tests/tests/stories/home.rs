//! Home and the jump box, through their doors: what each sees, and what each must not.

use vaktbok_tests::{Http, Portal, both_engines};

async fn page(http: &Http, path: &str) -> String {
    http.get(path).send().await.expect(200).text()
}

async fn counted(portal: &Portal) {
    server::logs::hours::all(portal.app()).await.unwrap();
}

both_engines! {
    async fn home_says_calmly_that_nothing_is_wrong_and_teaches_a_new_centre_its_first_steps(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let home = page(&admin, "/").await;
        assert!(home.contains("<h1>Nothing needs you now</h1>"), "{home}");
        assert!(home.contains("First steps") && home.contains("href=\"/users/new\""), "{home}");
        portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let home = page(&admin, "/").await;
        assert!(!home.contains("href=\"/users/new\""), "that step is done: {home}");
        assert!(home.contains("One of the people added in the last 30 days has never signed in"), "{home}");
    }

    async fn a_night_of_guessing_stands_on_home_for_who_may_read_the_log_within_reach(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let stranger = portal.http();
        let admin = portal.sign_in(&tenant.administrator).await;
        portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let leads = portal.person(&tenant, tenant.services, "leads", &["logs.access"]).await;
        for n in 0..12 {
            portal.try_sign_in(&stranger, 1001, &format!("nobody{n}"), "fel lösenord här").await;
        }
        counted(&portal).await;
        counted(&portal).await;
        let home = page(&admin, "/").await;
        assert!(home.contains("12 sign-ins were refused today") && home.contains("thing needs you"), "{home}");
        // Attempts on names that are nobody's belong to no group: who reaches nothing does not see them.
        let home = page(&portal.sign_in(&leads).await, "/").await;
        assert!(!home.contains("refused today"), "{home}");
    }

    async fn an_agent_sees_of_home_only_what_concerns_them(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        portal.try_sign_in(&portal.http(), 1001, "anna", "fel lösenord här").await;
        let http = portal.sign_in(&anna).await;
        // A door that is closed to her is no sign-in.
        http.get("/settings").send().await.expect(403);
        let home = page(&http, "/").await;
        assert!(home.contains("One sign-in in your name was refused") && home.contains("Signed in"), "{home}");
        for other in ["The book is signed", "First steps", "never signed in", "refused today"] {
            assert!(!home.contains(other), "{other}: {home}");
        }
    }

    async fn the_operator_sees_the_customers_and_no_customer_sees_another(world: World) {
        let portal = world.portal().await;
        let (one, _) = (portal.tenant(1001).await, portal.tenant(1002).await);
        let home = page(&portal.sign_in(&one.administrator).await, "/").await;
        assert!(!home.contains("Kund 1002") && !home.contains("Customers"), "{home}");
    }

    async fn the_jump_box_finds_pages_settings_people_groups_and_entries(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let anna = portal.person(&tenant, tenant.agents, "anna.öberg", &[]).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let cases = [
            ("arch", "href=\"/archive\"".to_owned()),
            ("idling", "href=\"/settings/session.idle_minutes\"".to_owned()),
            ("ÖBERG", format!("href=\"/users/{}\"", anna.user)),
            ("agent", format!("href=\"/groups/{}\"", tenant.agents)),
            ("%230", "href=\"/logs/changes?open=0\"".to_owned()),
            ("0", "href=\"/book/entries/0\"".to_owned()),
            ("import%20users", "href=\"/users/import\"".to_owned()),
        ];
        for (q, href) in cases {
            let found = page(&admin, &format!("/jump?q={}", q.replace('Ö', "%C3%96"))).await;
            assert!(found.contains(&href), "{q} does not find {href}: {found}");
        }
        let none = page(&admin, "/jump?q=%25%25").await;
        assert!(none.contains("Nothing is called"), "% is a letter here: {none}");
    }

    async fn s26_the_jump_box_finds_nothing_beyond_rights_and_reach(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let other = portal.tenant(1002).await;
        portal.person(&other, other.agents, "anna.other", &[]).await;
        let anna = portal.person(&tenant, tenant.agents, "anna.first", &[]).await;
        let near = portal.person(&tenant, tenant.services, "near", &["users.view"]).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let found = page(&admin, "/jump?q=anna").await;
        assert!(found.contains("anna.first") && !found.contains("anna.other"), "{found}");
        // With the right and no reach: only oneself.
        let found = page(&portal.sign_in(&near).await, "/jump?q=anna").await;
        assert!(!found.contains("anna.first"), "{found}");
        // Without any right: neither people nor settings nor entries.
        let http = portal.sign_in(&anna).await;
        for q in ["near", "idle", "agent", "0", "import"] {
            let found = page(&http, &format!("/jump?q={q}")).await;
            assert!(found.contains("Nothing is called"), "{q}: {found}");
        }
    }
}
