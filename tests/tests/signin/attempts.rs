//! What the access log tells of links and sessions, and what a person sees of it on the own page.

use kernel::{Origin, Way};
use server::signin::arriving::{Attempt, Outcome, attempt};
use server::signin::password::Typed;
use vaktbok_tests::{Http, PASSWORD, Portal, Tenant, both_engines};

const OTHER: &str = "sju blåa segelbåtar";

/// How many entries of a name there are.
async fn count(portal: &Portal, tenant: kernel::TenantId, name: &'static str) -> i64 {
    let find = kernel::sql!("select count(*) from entry where tenant_id = $tenant and name = $name");
    let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(find, kernel::params! { name: name });
    portal.machine(tenant).read(&portal.app().store, read).await.unwrap().0
}

async fn link(admin: &Http, user: kernel::UserId) -> String {
    let page = admin.post(&format!("/users/{user}/link")).send().await.expect(200).text();
    let secret = page.split_once("/set-password/").unwrap().1.split(['<', '"']).next().unwrap().to_owned();
    format!("/set-password/{secret}")
}

/// An attempt as it would come from another address.
async fn guess(portal: &Portal, tenant: &Tenant, address: &str) -> Outcome {
    let origin = Origin { way: Way::Web, address: address.to_owned(), ..portal.origin() };
    let made = Attempt {
        tenant: Some(tenant.id),
        number: None,
        typed: "anna".to_owned(),
        password: Typed::new("not this password"),
        device: None,
        session: None,
    };
    attempt(portal.app(), origin, made).await.unwrap()
}

both_engines! {
    async fn a_link_used_and_a_link_refused_are_entries_of_the_access_log(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let path = link(&admin, anna.user).await;
        let http = portal.http();
        let form = [("new", OTHER), ("again", OTHER)];
        http.post(&path).form(&form).send().await.expect(303);
        for _ in 0..5 {
            http.post(&path).form(&form).send().await.expect(404);
            http.get("/set-password/made-up").send().await.expect(404);
        }
        assert_eq!((count(&portal, tenant.id, "link.used").await, count(&portal, tenant.id, "link.refused").await), (1, 1));
        assert_eq!(count(&portal, portal.app().gate.operator(), "link.refused").await, 1, "one that names nobody");
        let stale = link(&admin, anna.user).await;
        portal.clock().by_seconds(31 * 60);
        http.get(&stale).send().await.expect(404);
        let admin = portal.sign_in(&tenant.administrator).await;
        let told = admin.get("/logs/access?method=link").send().await.expect(200).text();
        for said in ["Password link used", "link used, void or made up", "link too old", "anna"] {
            assert!(told.contains(said), "{said}: {told}");
        }
    }

    async fn a_person_without_any_right_sees_the_own_sign_ins_and_who_tried_in_the_own_name(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let bert = portal.person(&tenant, tenant.agents, "bert", &[]).await;
        portal.try_sign_in(&portal.http(), 1, "anna", "not this password").await.expect(422);
        portal.try_sign_in(&portal.http(), 1, "bert", "not this password").await.expect(422);
        portal.sign_in(&bert).await;
        let http = portal.sign_in(&anna).await;
        let page = http.get("/me").send().await.expect(200).text();
        let part = page.split_once("id=\"tried\"").unwrap().1;
        assert_eq!(part.matches("<tr id=\"row-").count(), 2, "{part}");
        assert!(part.contains("refused") && part.contains("accepted") && part.contains("127.0.0.1"), "{part}");
        http.get("/logs/access").send().await.expect(403);
        for _ in 0..21 {
            portal.sign_in(&anna).await;
        }
        let page = http.get("/me").send().await.expect(200).text();
        let older = page.split("href=\"/me?from=").nth(1).unwrap().split(['#', '"']).next().unwrap().to_owned();
        let page = http.get(&format!("/me?from={older}")).send().await.expect(200).text();
        assert_eq!(page.split_once("id=\"tried\"").unwrap().1.matches("<tr id=\"row-").count(), 3);
        // The administrator's way from the user to the same.
        let admin = portal.sign_in(&tenant.administrator).await;
        let user = admin.get(&format!("/users/{}", anna.user)).send().await.expect(200).text();
        let path = user.split("href=\"/logs/access?").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
        let listed = admin.get(&format!("/logs/access?{path}")).send().await.expect(200).text();
        assert!(listed.contains("Sign-in refused") && listed.contains("Signed in") && listed.contains("wrong password"), "{listed}");
    }

    async fn a_session_that_nobody_ended_is_told_of_and_goes(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let (idle, busy) = (portal.sign_in(&anna).await, portal.sign_in(&anna).await);
        let sweep = || server::signin::expiring::sweep(portal.app(), tenant.id);
        assert_eq!(sweep().await.unwrap(), 0);
        for _ in 0..3 {
            portal.clock().by_seconds(25 * 60);
            busy.get("/me").send().await.expect(200);
        }
        assert_eq!(sweep().await.unwrap(), 1, "idle for an hour and a quarter");
        assert!(idle.get("/me").send().await.status == 303 && busy.get("/me").send().await.status == 200);
        let shown = busy.get("/me").send().await.expect(200).text();
        assert_eq!(shown.matches("name=\"session\" value=").count(), 0, "no dead session is listed");
        portal.clock().by_seconds(13 * 3600);
        assert_eq!(sweep().await.unwrap(), 1);
        assert_eq!(count(&portal, tenant.id, "session.expired").await, 2);
        let admin = portal.sign_in(&tenant.administrator).await;
        let told = admin.get("/logs/access?name=session.expired").send().await.expect(200).text();
        assert!(told.contains("idle too long") && told.contains("lasted too long"), "{told}");
    }

    async fn s18_r10_a_session_made_while_the_clock_was_ahead_does_not_outlive_its_limits(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        portal.clock().by_seconds(400 * 24 * 3600);
        let http = portal.sign_in(&tenant.administrator).await;
        portal.clock().by_seconds(-400 * 24 * 3600);
        http.get("/").send().await.expect(303);
        let http = portal.sign_in(&tenant.administrator).await;
        portal.clock().by_seconds(600);
        http.get("/").send().await.expect(200);
        portal.clock().by_seconds(-30);
        http.get("/").send().await.expect(200);
        portal.clock().by_seconds(-560);
        http.get("/").send().await.expect(303);
    }

    async fn s08_a_stranger_elsewhere_makes_nobody_wait_and_many_strangers_not_whoever_has_a_link(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let mut looked_at = 0;
        for _ in 0..12 {
            looked_at += usize::from(matches!(guess(&portal, &tenant, "192.0.2.1").await, Outcome::Refused));
        }
        assert!((5..=8).contains(&looked_at), "{looked_at} guesses of one stranger");
        portal.sign_in(&anna).await;
        let mut looked_at = 0;
        for n in 0..60 {
            let outcome = guess(&portal, &tenant, &format!("2001:db8:{n:x}::1")).await;
            looked_at += usize::from(matches!(outcome, Outcome::Refused));
        }
        assert!((40..=46).contains(&looked_at), "s07: {looked_at} guesses of many strangers");
        portal.try_sign_in(&portal.http(), 1, "anna", PASSWORD).await.expect(429);
        let path = link(&portal.sign_in(&tenant.administrator).await, anna.user).await;
        let http = portal.http();
        http.post(&path).form(&[("new", OTHER), ("again", OTHER)]).send().await.expect(303);
        portal.try_sign_in(&http, 1, "anna", OTHER).await.expect(303);
    }
}
