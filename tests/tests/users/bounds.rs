//! Who is out, who remains, and what nobody can step over.

use super::{PEOPLE, count, key, known, post};
use kernel::policy::Policy;
use server::users::model::Standing;
use vaktbok_tests::{both_engines, repetitions};

both_engines! {
    async fn s19_whoever_is_suspended_or_deactivated_is_out_at_once_by_session_and_by_key(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        for act in ["suspend", "deactivate"] {
            let name = format!("anna-{act}");
            let anna = portal.person(&tenant, tenant.agents, &name, &PEOPLE).await;
            let http = portal.sign_in(&anna).await;
            http.get("/users").send().await.expect(200);
            let (service, secret) = key(&portal, &tenant, &PEOPLE).await;
            let ask = || portal.http();
            ask().get("/api/v1/users").key(&secret).send().await.expect(200);
            for user in [anna.user, service] {
                post(&admin, &format!("/users/{user}/{act}"), &[("reason", "left")]).await.expect(303);
            }
            http.get("/users").send().await.expect(303);
            ask().get("/api/v1/users").key(&secret).send().await.expect(401);
            let again = portal.try_sign_in(&portal.http(), 1, &name, vaktbok_tests::PASSWORD).await;
            assert_ne!(again.status, 303, "after {act} the door stays shut");
        }
    }

    async fn a_suspension_between_two_dates_begins_and_ends_by_itself(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let moment = |hours: i64| portal.app().store.clock().now().plus_seconds(hours * 3600).to_string();
        let (from, until) = (moment(2), moment(4));
        let path = format!("/users/{}/suspend", anna.user);
        post(&admin, &path, &[("from", &until), ("until", &from)]).await.expect(422);
        post(&admin, &path, &[("from", &from), ("until", &until)]).await.expect(303);
        portal.sign_in(&anna).await;
        portal.clock().by_seconds(3 * 3600);
        assert!(matches!(known(&portal, &tenant, "anna").await.standing, Standing::Suspended(_)));
        let shut = portal.try_sign_in(&portal.http(), 1, "anna", &anna.password).await;
        assert_ne!(shut.status, 303);
        portal.clock().by_seconds(2 * 3600);
        portal.sign_in(&anna).await;
    }

    async fn s29_the_last_administrator_stays_whichever_way_it_is_tried(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let last = tenant.administrator.user;
        let rights = all_rights(&portal, &tenant).await;
        let deputy = portal.person(&tenant, tenant.agents, "deputy", &rights).await;
        reach_everything(&portal, &tenant, &deputy).await;
        let http = portal.sign_in(&deputy).await;
        let later = portal.app().store.clock().now().plus_seconds(86_400).to_string();
        let agents = tenant.agents.to_string();
        for (act, fields) in [
            ("suspend", vec![]),
            ("suspend", vec![("from", later.as_str())]),
            ("deactivate", vec![]),
            ("move", vec![("group", agents.as_str()), ("seen", agents.as_str())]),
        ] {
            let answer = post(&http, &format!("/users/{last}/{act}"), &fields).await.expect(422);
            assert!(answer.text().contains("Nobody would remain"), "{act}: {}", answer.text());
        }
        portal.sign_in(&tenant.administrator).await;
    }

    async fn s29_r24_of_two_administrators_who_shut_each_other_out_at_once_one_remains(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let other = portal.person(&tenant, tenant.administrators, "other", &[]).await;
        let (a, b) = (portal.sign_in(&tenant.administrator).await, portal.sign_in(&other).await);
        let (user_a, user_b) = (tenant.administrator.user, other.user);
        for _ in 0..repetitions(5, 100) {
            let (to_b, to_a) = (format!("/users/{user_b}/suspend"), format!("/users/{user_a}/suspend"));
            let (first, second) = tokio::join!(post(&a, &to_b, &[]), post(&b, &to_a, &[]));
            let shut = [first.status, second.status].iter().filter(|s| **s == 303).count();
            let standing = |name: &'static str| known(&portal, &tenant, name);
            let active = [standing("admin").await, standing("other").await].iter().filter(|u| u.standing.may_enter()).count();
            assert_eq!(active, 1, "exactly one remains: {} {}", first.status, second.status);
            assert!(shut >= 1);
            let machine = portal.machine(tenant.id).also().unwrap();
            for user in [user_a, user_b] {
                let resumed = server::users::events::UserResumed { user, reason: None };
                drop(machine.apply(&portal.app().store, resumed).await);
            }
            drop((portal.try_sign_in(&a, 1, "admin", vaktbok_tests::PASSWORD).await, portal.try_sign_in(&b, 1, "other", vaktbok_tests::PASSWORD).await));
        }
    }

    async fn s29_nobody_raises_themselves_by_moving_nor_gives_what_they_lack(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let keeper = portal.person(&tenant, tenant.agents, "keeper", &PEOPLE).await;
        reach_everything(&portal, &tenant, &keeper).await;
        let http = portal.sign_in(&keeper).await;
        let up = tenant.administrators.to_string();
        let colleague = portal.person(&tenant, tenant.agents, "colleague", &[]).await;
        for user in [keeper.user, colleague.user] {
            let answer = post(&http, &format!("/users/{user}/move"), &[("group", &up), ("seen", &up)]).await;
            assert!(answer.expect(422).text().contains("a right that you do not have"));
        }
        let made = [("name", "New"), ("user_name", "new"), ("group", up.as_str()), ("kind", "person")];
        post(&http, "/users", &made).await.expect(422);
        let boss = tenant.administrator.user;
        let mail = [("name", "admin"), ("user_name", "admin"), ("mail", "keeper@example.se")];
        let stolen = post(&http, &format!("/users/{boss}/edit"), &mail).await.expect(422);
        assert!(stolen.text().contains("has a right that you do not have"), "a reset link would lend the right");
        post(&http, &format!("/users/{boss}/password"), &[]).await.expect(422);
        assert_eq!(count(&portal, &tenant, "user.moved").await, 0);
        assert_eq!(count(&portal, &tenant, "user.created").await, 0);
    }

    async fn s26_a_user_out_of_reach_or_of_another_tenant_looks_like_a_made_up_one(world: World) {
        let portal = world.portal().await;
        let (tenant, foreign) = (portal.tenant(1).await, portal.tenant(2).await);
        let keeper = portal.person(&tenant, tenant.agents, "keeper", &PEOPLE).await;
        let http = portal.sign_in(&keeper).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let made_up = "019a0000-0000-7000-8000-000000000000".to_owned();
        let hidden = [tenant.administrator.user.to_string(), foreign.administrator.user.to_string()];
        for (asks, ids) in [(&http, &hidden[..]), (&admin, &hidden[1..])] {
            for path in ["", "/edit", "/move", "/suspend", "/deactivate", "/password"] {
                let told = |answer: vaktbok_tests::Answer| (answer.status, answer.text());
                let nobody = told(asks.get(&format!("/users/{made_up}{path}")).send().await);
                assert_eq!(nobody.0, 404);
                for id in ids {
                    assert_eq!(told(asks.get(&format!("/users/{id}{path}")).send().await), nobody, "{path}");
                }
            }
            for id in ids {
                for act in ["suspend", "deactivate", "password"] {
                    post(asks, &format!("/users/{id}/{act}"), &[]).await.expect(404);
                }
            }
        }
        let list = http.get("/users").send().await.expect(200).text();
        assert!(list.contains("keeper") && !list.contains(">admin<"), "closed by default: only oneself");
        let all = admin.get("/users").send().await.expect(200).text();
        assert!(all.contains("keeper"), "administrators see everything of their own");
    }
}

/// Every right there is.
async fn all_rights(portal: &vaktbok_tests::Portal, tenant: &vaktbok_tests::Tenant) -> Vec<&'static str> {
    let group = tenant.administrators;
    let read = move |r: &mut kernel::Reader<'_>| Policy::read(r, None, Some(group));
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().rights()
}

/// Gives somebody the reach that holds everything.
pub(crate) async fn reach_everything(
    portal: &vaktbok_tests::Portal,
    tenant: &vaktbok_tests::Tenant,
    who: &vaktbok_tests::Somebody,
) {
    use server::reach::{events::ReachGiven, model::Holder};
    let find = kernel::sql!("select id from reach_definition where tenant_id = $tenant and everything = 1");
    let machine = portal.machine(tenant.id);
    let read = move |r: &mut kernel::Reader<'_>| r.row::<(kernel::Uuid,)>(find, kernel::params! {});
    let (id,) = machine.read(&portal.app().store, read).await.unwrap();
    let given = ReachGiven { reach: server::reach::model::ReachId(id), holder: Holder::User(who.user) };
    machine.also().unwrap().apply(&portal.app().store, given).await.unwrap();
}
