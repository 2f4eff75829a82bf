//! What nobody can step over: giving what one lacks, raising oneself, leaving nobody who could run the tenant.

use super::{rights, save};
use vaktbok_tests::{Http, Portal, Somebody, Tenant, both_engines, repetitions};

/// A person of an administrators' kind of rights, but only these, with everything in reach.
async fn deputy(portal: &Portal, tenant: &Tenant, name: &str, held: &[&'static str]) -> (Somebody, Http) {
    let deputy = portal.person(tenant, tenant.agents, name, held).await;
    let admin = portal.sign_in(&tenant.administrator).await;
    let page = admin.get("/access/reach").send().await.expect(200).text();
    let id = page.split("/access/reach/").skip(1).map(|rest| rest.split('"').next().unwrap());
    let everything = id.filter(|id| id.len() == 36).last().unwrap();
    admin
        .post(&format!("/users/{}/reach", deputy.user))
        .form(&[("reach", everything)])
        .send()
        .await
        .expect(303);
    let http = portal.sign_in(&deputy).await;
    (deputy, http)
}

both_engines! {
    async fn s29_nobody_gives_a_right_that_they_lack_to_anybody_at_any_level(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let other = portal.person(&tenant, tenant.agents, "other", &[]).await;
        let (_, http) = deputy(&portal, &tenant, "deputy", &["settings.view", "settings.manage", "users.view"]).await;
        let places = [
            "/settings".to_owned(),
            format!("/groups/{}/settings", tenant.services),
            format!("/users/{}/settings", other.user),
        ];
        for place in &places {
            let refused = save(&http, place, "users.manage", "true", "free").await.expect(409).text();
            assert!(refused.contains("a right that you do not have"), "{place}: {refused}");
        }
        save(&http, &places[2], "users.view", "true", "free").await.expect(303);
        assert_eq!(rights(&portal, &tenant, other.user, tenant.agents).await, ["users.view"]);
    }

    async fn s29_nobody_raises_their_own_rights_through_any_level(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (me, http) = deputy(&portal, &tenant, "deputy", &["settings.view", "settings.manage"]).await;
        let before = rights(&portal, &tenant, me.user, tenant.agents).await;
        let own = format!("/users/{}/settings", me.user);
        let group = format!("/groups/{}/settings", tenant.agents);
        for place in ["/settings", &own, &group] {
            for right in ["users.manage", "users.view", "access.view", "reach.manage"] {
                save(&http, place, right, "true", "free").await.expect(409);
                save(&http, place, right, "true", "fixed").await;
            }
        }
        // Nor by taking away what denies it: a group's denial under the tenant's allowance.
        let admin = portal.sign_in(&tenant.administrator).await;
        save(&admin, &group, "users.view", "false", "free").await.expect(303);
        save(&admin, "/settings", "users.view", "true", "free").await.expect(303);
        http.post(&format!("{group}/users.view/inherit")).send().await.expect(409);
        assert_eq!(rights(&portal, &tenant, me.user, tenant.agents).await, before);
    }

    async fn s29_the_last_administrator_cannot_be_removed_by_a_setting_at_any_level(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let places = [
            "/settings".to_owned(),
            format!("/groups/{}/settings", tenant.administrators),
            format!("/users/{}/settings", tenant.administrator.user),
        ];
        for right in ["users.manage", "settings.manage"] {
            for (place, mode) in places.iter().zip(["fixed", "free", "free"]) {
                let refused = save(&http, place, right, "false", mode).await.expect(409).text();
                assert!(refused.contains("Nobody would remain"), "{place} {right}: {refused}");
            }
            http.post(&format!("{}/{right}/inherit", places[1])).send().await.expect(409);
        }
        let second = portal.person(&tenant, tenant.administrators, "second", &[]).await;
        save(&http, &format!("/users/{}/settings", second.user), "users.manage", "false", "free").await.expect(303);
        save(&http, &places[2], "users.manage", "false", "free").await.expect(409);
    }

    async fn s29_r24_two_administrators_who_remove_each_other_at_once_leave_one(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let second = portal.person(&tenant, tenant.administrators, "second", &[]).await;
        let [one, two] = [portal.sign_in(&tenant.administrator).await, portal.sign_in(&second).await];
        let places = [&tenant.administrator, &second].map(|who| format!("/users/{}/settings", who.user));
        for round in 0..repetitions(20, 1000) {
            let right = ["users.manage", "settings.manage"][round % 2];
            let (a, b) = tokio::join!(
                save(&one, &places[1], right, "false", "free"),
                save(&two, &places[0], right, "false", "free")
            );
            let won = [a.status, b.status].iter().filter(|status| **status == 303).count();
            assert_eq!(won, 1, "round {round}: {} and {}", a.status, b.status);
            let held = [tenant.administrator.user, second.user].map(|user| rights(&portal, &tenant, user, tenant.administrators));
            let [first, other] = held;
            let (first, other) = (first.await, other.await);
            let runs = |held: &[&str]| held.contains(&"users.manage") && held.contains(&"settings.manage");
            assert!(runs(&first) || runs(&other), "round {round}: nobody is left");
            let (by, place) = if runs(&first) { (&one, &places[1]) } else { (&two, &places[0]) };
            by.post(&format!("{place}/{right}/inherit")).send().await.expect(303);
        }
    }

    async fn s29_who_lost_the_right_a_moment_ago_changes_nothing_more(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (me, http) = deputy(&portal, &tenant, "deputy", &["settings.view", "settings.manage"]).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        save(&admin, &format!("/users/{}/settings", me.user), "settings.manage", "false", "free").await.expect(303);
        let status = save(&http, "/settings", "session.idle_minutes", "5", "free").await.status;
        assert!([303, 403].contains(&status), "{status}");
        let page = admin.get("/settings?q=idling").send().await.expect(200).text();
        assert!(page.contains("60 minutes"), "{page}");
    }

    async fn what_holds_for_the_whole_centre_needs_a_reach_of_everything(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let me = portal.person(&tenant, tenant.agents, "lead", &["settings.view", "settings.manage"]).await;
        let http = portal.sign_in(&me).await;
        save(&http, "/settings", "session.idle_minutes", "5", "free").await.expect(409);
        let other = format!("/groups/{}/settings", tenant.administrators);
        http.get(&other).send().await.expect(404);
        save(&http, &other, "session.idle_minutes", "5", "free").await.expect(404);
        let stranger = format!("/users/{}/settings", tenant.administrator.user);
        save(&http, &stranger, "session.idle_minutes", "5", "free").await.expect(404);
        http.get(&format!("/users/{}/why/users.manage", tenant.administrator.user)).send().await.expect(404);
    }
}
