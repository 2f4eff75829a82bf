//! Taking changes of users and groups back from the change log.

use super::{known, newest, post};
use vaktbok_tests::both_engines;

both_engines! {
    async fn each_change_of_a_user_is_taken_back_from_the_log_unless_it_was_changed_since(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &["users.view"]).await.user;
        let undo = async |name: &'static str| {
            let idx = newest(&portal, &tenant, name).await;
            post(&http, &format!("/logs/changes/{idx}/undo"), &[]).await.status
        };
        post(&http, &format!("/users/{anna}/suspend"), &[]).await.expect(303);
        assert_eq!(undo("user.suspended").await, 303);
        assert_eq!(known(&portal, &tenant, "anna").await.standing.word(), "active");
        assert_eq!(undo("user.suspended").await, 409, "it is not suspended any more");
        post(&http, &format!("/users/{anna}/deactivate"), &[]).await.expect(303);
        assert_eq!(undo("user.deactivated").await, 303);
        post(&http, &format!("/users/{anna}/edit"), &[("name", "Anna"), ("mail", "a@example.se")]).await.expect(303);
        assert_eq!(undo("user.edited").await, 303);
        let back = known(&portal, &tenant, "anna").await.particulars;
        assert_eq!((back.name.as_str(), back.mail), ("anna", None));
        let to = tenant.administrators.to_string();
        post(&http, &format!("/users/{anna}/move"), &[("group", &to), ("seen", &to)]).await.expect(303);
        assert_eq!(undo("user.moved").await, 303);
        let own = move |r: &mut kernel::Reader<'_>| server::users::queries::own_values(r, anna);
        let own = portal.machine(tenant.id).read(&portal.app().store, own).await.unwrap();
        assert_eq!((known(&portal, &tenant, "anna").await.group, own), (tenant.agents, vec!["users.view".to_owned()]));
    }

    async fn a_user_and_a_group_that_were_made_by_mistake_are_gone_again(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let undo = async |name: &'static str| {
            let idx = newest(&portal, &tenant, name).await;
            post(&http, &format!("/logs/changes/{idx}/undo"), &[]).await.status
        };
        post(&http, "/groups", &[("name", "Försäljning"), ("kind", "agents")]).await.expect(303);
        post(&http, "/groups", &[("name", "försäljning"), ("kind", "agents")]).await.expect(422);
        assert_eq!(undo("group.created").await, 303);
        assert_eq!(undo("group.deleted").await, 303);
        assert!(http.get("/groups").send().await.expect(200).text().contains("Försäljning"));
        let group = tenant.agents.to_string();
        let new = [("name", "Cia"), ("user_name", "cia"), ("group", group.as_str())];
        post(&http, "/users", &new).await.expect(303);
        assert_eq!(undo("user.created").await, 303);
        assert!(!http.get("/users").send().await.expect(200).text().contains(">Cia<"));
        assert_eq!(undo("user.creation_undone").await, 303);
        assert!(http.get("/users").send().await.expect(200).text().contains(">Cia<"));
        let full = post(&http, &format!("/groups/{group}/delete"), &[]).await;
        assert_eq!(full.status, 409, "there are users in it");
    }
}
