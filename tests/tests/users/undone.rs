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

    async fn an_undo_leads_back_to_the_list_and_one_that_is_refused_says_why_and_what_came_since(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await.user;
        post(&http, &format!("/users/{anna}/suspend"), &[]).await.expect(303);
        let idx = newest(&portal, &tenant, "user.suspended").await;
        let list = format!("/logs/changes?name=user.suspended&open={idx}");
        let page = http.get(&list).send().await.expect(200).text();
        let undo = format!("/logs/changes/{idx}/undo");
        assert!(page.contains(&format!("href=\"{undo}?back=")), "{page}");
        let asked = http.get(&format!("{undo}?back=/logs/changes?name=user.suspended%26open={idx}")).send().await;
        let asked = asked.expect(200).text().replace("&#38;", "&amp;");
        let field = format!("name=\"back\" value=\"/logs/changes?name=user.suspended&amp;open={idx}\"");
        assert!(asked.contains(&field), "{asked}");
        let done = post(&http, &undo, &[("back", &list)]).await.expect(303);
        let place = done.header("location").unwrap().to_owned();
        assert_eq!(place, format!("{list}&done=undone"));
        assert!(http.get(&place).send().await.expect(200).text().contains("The change was undone"));
        let again = post(&http, &undo, &[("back", &list)]).await.expect(409).text();
        for told in ["<nav id=\"nav\"", "Not undone", "anna", &format!("/logs/changes?subject={anna}")] {
            assert!(again.contains(told), "{told}: {again}");
        }
        assert_eq!(newest(&portal, &tenant, "user.suspended").await, idx, "nothing was changed");
    }

    async fn undo_is_offered_to_who_has_the_right_and_what_is_never_undone_is_listed_with_its_reason(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &["logs.changes"]).await;
        post(&admin, &format!("/users/{}/suspend", anna.user), &[]).await.expect(303);
        post(&admin, &format!("/users/{}/resume", anna.user), &[]).await.expect(303);
        let idx = newest(&portal, &tenant, "user.resumed").await;
        crate::users::bounds::reach_everything(&portal, &tenant, &anna).await;
        let reader = portal.sign_in(&anna).await;
        let (list, undo) = (format!("/logs/changes?open={idx}"), format!("/logs/changes/{idx}/undo"));
        assert!(admin.get(&list).send().await.expect(200).text().contains(&undo));
        let page = reader.get(&list).send().await.expect(200).text();
        assert!(!page.contains(&undo) && page.contains("You lack the right to change this back"), "{page}");
        post(&reader, &undo, &[]).await.expect(403);
        let all = reader.get("/logs/changes/lasting").send().await.expect(200).text();
        let listed = server::logs::undo::lasting().map(|(name, _)| format!("/logs/changes?name={name}"));
        let missing: Vec<String> = listed.filter(|href| !all.contains(href.as_str())).collect();
        assert!(missing.is_empty() && all.contains("cannot be brought back"), "{missing:?}");
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
