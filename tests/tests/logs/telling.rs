//! The change log in words: names instead of ids, within reach; settings, times and codes as people write them.

use crate::users::bounds::reach_everything;
use crate::users::{key, newest, newest_subject, post};
use vaktbok_tests::{Http, Portal, Somebody, both_engines};

/// Whether a word has the form of an id.
fn ids(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    words.filter(|word| word.len() == 36 && word.split('-').map(str::len).eq([8, 4, 4, 4, 12])).collect()
}

/// The text of `changes_said`, the last column but two, of one entry of the change log's CSV.
async fn said(http: &Http, idx: i64) -> String {
    let text = super::csv(http, "changes").await;
    let start = format!("\"{idx}\",");
    let line = text.lines().find(|line| line.trim_start_matches('\u{feff}').starts_with(&start)).unwrap();
    line.trim_end_matches('"').rsplit("\",\"").nth(2).unwrap().to_owned()
}

async fn group(portal: &Portal, tenant: &vaktbok_tests::Tenant, http: &Http, name: &str) -> String {
    post(http, "/groups", &[("name", name), ("kind", "agents")]).await.expect(303);
    newest_subject(portal, tenant, "group.created").await.to_string()
}

both_engines! {
    async fn a_move_is_told_by_the_groups_names_in_row_drawer_file_and_api(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &["users.view"]).await.user;
        let to = group(&portal, &tenant, &admin, "Försäljning").await;
        post(&admin, &format!("/users/{anna}/move"), &[("group", &to), ("seen", &to)]).await.expect(303);
        let idx = newest(&portal, &tenant, "user.moved").await;
        let page = admin.get(&format!("/logs/changes?name=user.moved&open={idx}")).send().await.expect(200).text();
        for told in ["Group: ", "→ Försäljning", ">Försäljning</a>", &format!("/groups/{to}"), "See users: allowed → –"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let told = said(&admin, idx).await;
        assert!(told.contains("→ Försäljning") && told.contains("See users: allowed → –"), "{told}");
        assert!(ids(&told).is_empty(), "{told}");
        let (service, secret) = key(&portal, &tenant, &["logs.changes"]).await;
        let service = Somebody { user: service, ..tenant.administrator.clone() };
        reach_everything(&portal, &tenant, &service).await;
        let read = portal.http().get(&format!("/api/v1/logs/changes/{idx}")).key(&secret).send().await;
        assert_eq!(read.expect(200).json()["changes_said"].as_str().unwrap(), told);
    }

    async fn s25_a_group_beyond_reach_is_its_plain_id_and_a_word_and_its_name_is_told_nowhere(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let hidden = group(&portal, &tenant, &admin, "Hemlig grupp").await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await.user;
        post(&admin, &format!("/users/{anna}/move"), &[("group", &hidden), ("seen", &hidden)]).await.expect(303);
        let idx = newest(&portal, &tenant, "user.moved").await;
        let reader = portal.person(&tenant, tenant.agents, "rita", &["logs.changes", "logs.export"]).await;
        let some = [("name", "Agenterna"), ("group", &tenant.agents.to_string())];
        post(&admin, "/access/reach", &some).await.expect(303);
        let reach = newest_subject(&portal, &tenant, "reach.defined").await.to_string();
        post(&admin, &format!("/users/{}/reach", reader.user), &[("reach", &reach)]).await.expect(303);
        let http = portal.sign_in(&reader).await;
        let page = http.get(&format!("/logs/changes?open={idx}")).send().await.expect(200).text();
        assert!(page.contains("gone or beyond your reach"), "{page}");
        assert!(page.contains(&format!("<code class=\"id\">{hidden}</code>")), "{page}");
        let told = said(&http, idx).await;
        assert_eq!(told, format!("Group: Agents → gone or beyond your reach {hidden}"));
        assert!(!page.contains("Hemlig grupp") && !told.contains("Hemlig grupp"));
        let all = admin.get(&format!("/logs/changes?open={idx}")).send().await.expect(200).text();
        assert!(all.contains("Hemlig grupp") && !all.contains("gone or beyond"), "{all}");
    }

    async fn reach_profiles_queues_and_keys_are_told_by_name(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let agents = tenant.agents.to_string();
        post(&admin, "/access/reach", &[("name", "Norr"), ("group", &agents)]).await.expect(303);
        let idx = newest(&portal, &tenant, "reach.defined").await;
        assert_eq!(said(&admin, idx).await, "Name: – → Norr; Holds: – → Agents");
    }
}
