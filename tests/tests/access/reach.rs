//! Reach: closed by default, given within one's own, obeyed at once.

use super::rights;
use crate::users::newest_subject;
use kernel::UserId;
use vaktbok_tests::{Http, Portal, Somebody, Tenant, both_engines};

/// Defines a reach over groups and gives its id.
async fn define(http: &Http, name: &str, groups: &[String]) -> String {
    let mut fields = vec![("name", name)];
    fields.extend(groups.iter().map(|group| ("group", group.as_str())));
    let answer = http.post("/access/reach").form(&fields).send().await.expect(303);
    let to = answer.header("location").unwrap().to_owned();
    to.trim_start_matches("/access/reach/").split('?').next().unwrap().to_owned()
}

/// Which of these users the list shows to somebody.
async fn seen(http: &Http, names: &[&'static str]) -> Vec<&'static str> {
    let page = http.get("/users").send().await.expect(200).text();
    names.iter().copied().filter(|name| page.contains(&format!(">{name}<"))).collect()
}

async fn people(portal: &Portal, tenant: &Tenant) -> (Somebody, Somebody, Somebody) {
    let may = ["users.view", "settings.view", "access.view", "reach.manage"];
    let lead = portal.person(tenant, tenant.services, "lead", &may).await;
    let agent = portal.person(tenant, tenant.agents, "agent", &[]).await;
    let boss = portal.person(tenant, tenant.administrators, "boss", &[]).await;
    (lead, agent, boss)
}

both_engines! {
    async fn who_has_no_reach_sees_only_themselves_and_who_has_one_sees_just_it(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (lead, agent, boss) = people(&portal, &tenant).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let http = portal.sign_in(&lead).await;
        let names = ["lead", "agent", "boss"];
        assert_eq!(seen(&http, &names).await, ["lead"]);
        let user = |user: UserId| format!("/users/{user}");
        http.get(&user(agent.user)).send().await.expect(404);
        let reach = define(&admin, "Agents only", &[tenant.agents.to_string()]).await;
        assert_eq!(seen(&http, &names).await, ["lead"], "a definition alone gives nothing");
        admin.post(&format!("/users/{}/reach", lead.user)).form(&[("reach", &reach)]).send().await.expect(303);
        assert_eq!(seen(&http, &names).await, ["lead", "agent"]);
        http.get(&user(agent.user)).send().await.expect(200);
        http.get(&user(boss.user)).send().await.expect(404);
        for page in ["settings", "reach", "why/users.view"] {
            http.get(&format!("{}/{page}", user(agent.user))).send().await.expect(200);
            http.get(&format!("{}/{page}", user(boss.user))).send().await.expect(404);
            http.get(&format!("/users/019a0000-0000-7000-8000-000000000000/{page}")).send().await.expect(404);
        }
        let holders = http.get("/access/rights/users.manage").send().await.expect(200).text();
        assert!(!holders.contains("boss"), "{holders}");
        admin.post(&format!("/users/{}/reach/take", lead.user)).form(&[("reach", &reach)]).send().await.expect(303);
        assert_eq!(seen(&http, &names).await, ["lead"], "gone at once");
    }

    async fn s29_a_password_link_lends_no_reach_and_is_for_nobody_oneself(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let may = ["users.view", "sign_in.reset"];
        let lead = portal.person(&tenant, tenant.services, "lead", &may).await;
        let agent = portal.person(&tenant, tenant.agents, "agent", &may).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let http = portal.sign_in(&lead).await;
        let narrow = define(&admin, "Agents", &[tenant.agents.to_string()]).await;
        let wide = define(&admin, "Bosses", &[tenant.agents.to_string(), tenant.administrators.to_string()]).await;
        let give = |user: UserId, reach: &str| {
            let (admin, reach) = (&admin, reach.to_owned());
            async move {
                admin.post(&format!("/users/{user}/reach")).form(&[("reach", &reach)]).send().await.expect(303);
            }
        };
        give(lead.user, &narrow).await;
        let link = |user: UserId| format!("/users/{user}/link");
        assert!(http.post(&link(agent.user)).send().await.expect(200).text().contains("/set-password/"));
        give(agent.user, &wide).await;
        let refused = http.post(&link(agent.user)).send().await.expect(409).text();
        assert!(refused.contains("reaches users or queues that you do not reach"), "{refused}");
        give(lead.user, &wide).await;
        http.post(&link(agent.user)).send().await.expect(200);
        for own in [&http, &admin] {
            let user = if std::ptr::eq(own, &http) { lead.user } else { tenant.administrator.user };
            let refused = own.post(&link(user)).send().await.expect(409).text();
            assert!(refused.contains("somebody else makes the link"), "{refused}");
        }
    }

    async fn a_reach_given_to_a_group_holds_for_its_users_and_follows_its_definition(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (lead, _, _) = people(&portal, &tenant).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let http = portal.sign_in(&lead).await;
        let names = ["lead", "agent", "boss"];
        let reach = define(&admin, "Some", &[tenant.agents.to_string()]).await;
        admin.post(&format!("/groups/{}/reach", tenant.services)).form(&[("reach", &reach)]).send().await.expect(303);
        assert_eq!(seen(&http, &names).await, ["lead", "agent"]);
        let page = admin.get(&format!("/access/reach/{reach}")).send().await.expect(200).text();
        let shown = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let shown = shown.replace("&#34;", "\"").replace("&quot;", "\"");
        let group = tenant.administrators.to_string();
        let fields = [("name", "Some"), ("group", group.as_str()), ("seen", shown.as_str())];
        admin.post(&format!("/access/reach/{reach}")).form(&fields).send().await.expect(303);
        assert_eq!(seen(&http, &names).await, ["lead", "boss"], "resolved anew in the same commit");
        let crossed = admin.post(&format!("/access/reach/{reach}")).form(&fields).send().await.expect(409).text();
        assert!(crossed.contains("Somebody else has changed this reach meanwhile"), "{crossed}");
        let refused = admin.post(&format!("/access/reach/{reach}/remove")).send().await.expect(409).text();
        assert!(refused.contains("still given"), "{refused}");
    }

    async fn s29_nobody_gives_or_makes_a_reach_beyond_their_own(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (lead, agent, _) = people(&portal, &tenant).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let http = portal.sign_in(&lead).await;
        let agents = define(&admin, "Agents only", &[tenant.agents.to_string()]).await;
        let wide = define(&admin, "Administrators", &[tenant.administrators.to_string()]).await;
        admin.post(&format!("/users/{}/reach", lead.user)).form(&[("reach", &agents)]).send().await.expect(303);
        for holder in [lead.user, agent.user] {
            let refused = http.post(&format!("/users/{holder}/reach")).form(&[("reach", &wide)]).send().await.expect(409).text();
            assert!(refused.contains("further than you do yourself"), "{refused}");
        }
        let group = tenant.administrators.to_string();
        http.post("/access/reach").form(&[("name", "Mine"), ("group", &group)]).send().await.expect(409);
        http.post("/access/reach").form(&[("name", "All"), ("everything", "on")]).send().await.expect(409);
        http.post(&format!("/users/{}/reach", agent.user)).form(&[("reach", &agents)]).send().await.expect(303);
        assert!(!rights(&portal, &tenant, agent.user, tenant.agents).await.contains(&"reach.manage"));
    }

    async fn some_administrator_always_reaches_everything(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let page = admin.get(&format!("/groups/{}/reach", tenant.administrators)).send().await.expect(200).text();
        let reach = page.split("name=\"reach\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let take = format!("/groups/{}/reach/take", tenant.administrators);
        let refused = admin.post(&take).form(&[("reach", &reach)]).send().await.expect(409).text();
        assert!(refused.contains("No administrator would reach everything any more"), "{refused}");
        admin.post(&format!("/users/{}/reach", tenant.administrator.user)).form(&[("reach", &reach)]).send().await.expect(303);
        admin.post(&take).form(&[("reach", &reach)]).send().await.expect(303);
    }

    async fn s26_a_reach_of_another_tenant_is_as_unknown_as_a_made_up_one(world: World) {
        let portal = world.portal().await;
        let (ours, theirs) = (portal.tenant(1).await, portal.tenant(2).await);
        let http = portal.sign_in(&theirs.administrator).await;
        let foreign = define(&http, "Theirs", &[theirs.agents.to_string()]).await;
        let admin = portal.sign_in(&ours.administrator).await;
        let made_up = "019a0000-0000-7000-8000-000000000000".to_owned();
        for id in [&foreign, &made_up] {
            admin.get(&format!("/access/reach/{id}")).send().await.expect(404);
            admin.post(&format!("/groups/{}/reach", ours.agents)).form(&[("reach", id)]).send().await.expect(404);
        }
        let group = theirs.agents.to_string();
        admin.post("/access/reach").form(&[("name", "Sly"), ("group", &group)]).send().await.expect(422);
        for group in [group, made_up] {
            admin.get(&format!("/groups/{group}/settings")).send().await.expect(404);
        }
    }

    async fn a_reach_is_defined_over_queues_and_refuses_one_that_is_not_there(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        admin.post("/profiles/words").form(&[("kind", "skill"), ("name", "Billing")]).send().await.expect(303);
        let skill = newest_subject(&portal, &tenant, "word.added").await.to_string();
        let queue = [("name", "Invoices"), ("medium", "call"), ("skill", skill.as_str())];
        admin.post("/profiles/queues").form(&queue).send().await.expect(303);
        let queue = newest_subject(&portal, &tenant, "queue.created").await.to_string();
        let made = admin.post("/access/reach").form(&[("name", "Invoice calls"), ("queue", &queue)]).send().await.expect(303);
        let place = made.header("location").unwrap().split('?').next().unwrap().to_owned();
        let page = admin.get(&place).send().await.expect(200).text();
        assert!(page.contains("Invoices"), "{page}");
        let list = admin.get("/access/reach").send().await.expect(200).text();
        assert!(list.contains("queue Invoices"), "{list}");
        let other = [("name", "Nowhere"), ("queue", "019a0000-0000-7000-8000-000000000000")];
        let refused = admin.post("/access/reach").form(&other).send().await.expect(422).text();
        assert!(refused.contains("no such queue"), "{refused}");
    }

    async fn a_program_reads_which_groups_have_a_right_and_who_holds_it_within_its_reach(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let (service, secret) = crate::users::key(&portal, &tenant, &["access.view", "users.view"]).await;
        let asa = portal.person(&tenant, tenant.agents, "asa", &["users.view"]).await.user.to_string();
        let http = portal.http();
        let ask = async |path: &str| http.get(path).key(&secret).send().await.expect(200).json();
        let names = |told: &serde_json::Value| -> Vec<String> {
            let items = told["items"].as_array().unwrap().iter();
            items.map(|h| format!("{} {}", h["user"].as_str().unwrap(), h["from"].as_str().unwrap())).collect()
        };
        let own = ask("/api/v1/rights/users.view").await;
        assert_eq!(names(&own), [format!("{service} user")], "without reach a program sees itself alone");
        let service = vaktbok_tests::Somebody { user: service, ..tenant.administrator.clone() };
        crate::users::bounds::reach_everything(&portal, &tenant, &service).await;
        let told = ask("/api/v1/rights/users.view").await;
        assert!(names(&told).contains(&format!("{asa} user")), "{told}");
        assert!(names(&told).contains(&format!("{} group", tenant.administrator.user)), "{told}");
        assert_eq!(told["complete"], true);
        let matrix = ask("/api/v1/rights").await;
        let groups = matrix["groups"].as_array().unwrap();
        let of = |group: kernel::GroupId| groups.iter().find(|g| g["group"] == group.to_string()).unwrap();
        let allowed = serde_json::json!({ "right": "users.view", "from": "group" });
        assert!(of(tenant.administrators)["rights"].as_array().unwrap().contains(&allowed), "{matrix}");
        assert!(!of(tenant.agents)["rights"].as_array().unwrap().contains(&allowed), "a user's own value stands aside");
        http.get("/api/v1/rights/no.such_right").key(&secret).send().await.expect(404);
        http.get("/api/v1/rights/session.idle_minutes").key(&secret).send().await.expect(404);
    }
}
