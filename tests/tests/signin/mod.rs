//! Signing in, through the door, on both engines.

mod attempts;
mod authlog;
mod everybody;
mod keys;
mod passwords;
mod sessions;
mod waiting;

use vaktbok_tests::{PASSWORD, both_engines};

both_engines! {
    async fn a_person_signs_in_is_at_home_and_signs_out(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        http.get("/").send().await.expect(200);
        let before = http.cookie("__Host-vaktbok").unwrap();
        http.post("/sign-out").send().await.expect(303);
        assert!(http.cookie("__Host-vaktbok").is_none());
        http.set_cookie("__Host-vaktbok", &before);
        assert_eq!(http.get("/").send().await.expect(303).header("location"), Some("/sign-in"));
    }

    async fn s58_nothing_opens_before_the_first_administrator_used_the_link_of_the_command(world: World) {
        let portal = world.portal().await;
        let new = server::tenants::NewTenant {
            number: 7,
            name: "Ny kund".to_owned(),
            language: server::ui::Language::Sv,
            zone: "Europe/Stockholm".to_owned(),
            host: None,
            administrator: "admin".to_owned(),
        };
        let added = server::tenants::add(portal.app(), "tests", new.clone()).await.unwrap();
        let http = portal.http();
        for guess in ["", "admin", "password", "vaktbok", "changeme", PASSWORD] {
            assert_eq!(portal.try_sign_in(&http, 0, "admin", guess).await.status / 100, 4, "the operator's, by {guess:?}");
            portal.clock().by_seconds(1000);
            assert_eq!(portal.try_sign_in(&http, 7, "admin", guess).await.status / 100, 4, "the customer's, by {guess:?}");
            portal.clock().by_seconds(-1000);
        }
        let path = added.link.split_once("/set-password/").unwrap().1;
        let path = format!("/set-password/{path}");
        let page = http.get(&path).send().await.expect(200).text();
        assert!(page.contains("Välj ett lösenord"), "in the tenant's language: {page}");
        http.post(&path).form(&[("new", PASSWORD), ("again", PASSWORD)]).send().await.expect(303);
        portal.try_sign_in(&http, 7, "admin", PASSWORD).await.expect(303);
        http.get("/").send().await.expect(200);
        assert!(server::tenants::add(portal.app(), "tests", new).await.is_err(), "a number is taken once");
    }
}
