//! Skills, queues and profiles through the door.

use super::{newest, newest_subject, post};
use vaktbok_tests::{Http, both_engines};

/// The id in the first link of a page that begins with `path`.
async fn first(http: &Http, page: &str, path: &str) -> String {
    let text = http.get(page).send().await.expect(200).text();
    let at = text.find(&format!("href=\"{path}0")).unwrap_or_else(|| panic!("no {path} in {page}"));
    text[at + 6 + path.len()..].split('"').next().unwrap().to_owned()
}

both_engines! {
    async fn a_skill_makes_a_queue_and_a_profile_and_stays_while_they_do(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        post(&http, "/profiles/words", &[("kind", "skill"), ("name", "Engelska")]).await.expect(303);
        post(&http, "/profiles/words", &[("kind", "skill"), ("name", "ENGELSKA")]).await.expect(422);
        let skill = first(&http, "/profiles?show=skill", "/profiles/words/").await;
        let queue = [("name", "Telefon"), ("medium", "call"), ("skill", skill.as_str())];
        post(&http, "/profiles/queues", &queue).await.expect(303);
        let level = format!("level_{skill}");
        let holder = format!("group:{}", tenant.agents);
        let profile = |of: &'static str| [("name", "Dag"), ("holder", holder.as_str()), (level.as_str(), of)].map(|(k, v)| (k.to_owned(), v.to_owned()));
        for wrong in ["0", "10", "x"] {
            let fields = profile(wrong);
            let fields: Vec<_> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            post(&http, "/profiles", &fields).await.expect(422);
        }
        let fields = profile("9");
        let fields: Vec<_> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        post(&http, "/profiles", &fields).await.expect(303);
        post(&http, &format!("/profiles/words/{skill}/remove"), &[]).await.expect(409);
        let made = first(&http, "/profiles", "/profiles/").await;
        let page = http.get(&format!("/profiles/{made}")).send().await.expect(200).text();
        assert!(page.contains("value=\"9\""), "{page}");
        post(&http, &format!("/profiles/{made}"), &[("name", "Natt"), (&level, "3")]).await.expect(303);
        let idx = newest(&portal, &tenant, "profile.edited").await;
        post(&http, &format!("/logs/changes/{idx}/undo"), &[]).await.expect(303);
        let page = http.get(&format!("/profiles/{made}")).send().await.expect(200).text();
        assert!(page.contains("value=\"9\"") && page.contains("value=\"Dag\""));
    }

    async fn a_group_with_a_profile_is_not_deleted_before_its_profile(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        post(&http, "/groups", &[("name", "Kväll"), ("kind", "agents")]).await.expect(303);
        let group = newest_subject(&portal, &tenant, "group.created").await;
        post(&http, "/profiles", &[("name", "Sen"), ("holder", &format!("group:{group}"))]).await.expect(303);
        let profile = newest_subject(&portal, &tenant, "profile.created").await;
        let refused = post(&http, &format!("/groups/{group}/delete"), &[]).await.expect(409).text();
        assert!(refused.contains("This group has a profile"), "{refused}");
        post(&http, &format!("/profiles/{profile}/remove"), &[]).await.expect(303);
        post(&http, &format!("/groups/{group}/delete"), &[]).await.expect(303);
    }

    async fn profiles_of_groups_out_of_reach_are_not_there(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let holder = format!("group:{}", tenant.administrators);
        post(&admin, "/profiles", &[("name", "Hemlig"), ("holder", &holder)]).await.expect(303);
        let made = first(&admin, "/profiles", "/profiles/").await;
        let keeper = portal.person(&tenant, tenant.agents, "keeper", &["profiles.view", "profiles.manage"]).await;
        let http = portal.sign_in(&keeper).await;
        assert!(!http.get("/profiles").send().await.expect(200).text().contains("Hemlig"));
        http.get(&format!("/profiles/{made}")).send().await.expect(404);
        post(&http, &format!("/profiles/{made}"), &[("name", "Min")]).await.expect(404);
        post(&http, &format!("/profiles/{made}/remove"), &[]).await.expect(404);
        post(&http, "/profiles", &[("name", "Min"), ("holder", &holder)]).await.expect(422);
    }
}
