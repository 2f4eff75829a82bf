//! Giving values and taking them away: where a value comes from, what forbids one, what a change would do.

use super::{rights, save};
use vaktbok_tests::both_engines;

const IDLE: &str = "session.idle_minutes";

both_engines! {
    async fn a_value_given_to_a_group_holds_for_its_users_and_says_where_it_comes_from(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let asa = portal.person(&tenant, tenant.agents, "asa", &[]).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let group = format!("/groups/{}/settings", tenant.agents);
        let to = save(&http, &group, IDLE, "25", "free").await.expect(303);
        assert_eq!(to.header("location").unwrap(), format!("{group}?done=given#session-idle_minutes"));
        let page = http.get(&format!("/users/{}/settings?q=idling", asa.user)).send().await.expect(200).text();
        assert!(page.contains("25 minutes") && page.contains("Set for the group Agents"), "{page}");
        let why = http.get(&format!("/users/{}/why/{IDLE}", asa.user)).send().await.expect(200).text();
        assert!(why.contains("asa has “25 minutes”. Set for the group Agents."), "{why}");
        let own = http.get(&format!("{group}?own=1")).send().await.expect(200).text();
        assert!(own.contains("Inherited would be: 60 minutes"), "{own}");
        http.post(&format!("{group}/{IDLE}/inherit")).send().await.expect(303);
        let page = http.get(&format!("/users/{}/settings?q=idling", asa.user)).send().await.expect(200).text();
        assert!(page.contains("60 minutes") && page.contains("Preset in the product"), "{page}");
    }

    async fn a_level_above_that_is_fixed_or_may_only_be_tightened_refuses_and_is_named(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let group = format!("/groups/{}/settings", tenant.agents);
        save(&http, "/settings", IDLE, "30", "tighten").await.expect(303);
        let refused = save(&http, &group, IDLE, "40", "free").await.expect(409).text();
        assert!(refused.contains("For the whole centre it is set that this may only be tightened"), "{refused}");
        assert!(refused.contains("value=\"40\""), "what was typed is kept");
        save(&http, &group, IDLE, "20", "free").await.expect(303);
        save(&http, "/settings", IDLE, "30", "fixed").await.expect(303);
        let refused = save(&http, &group, IDLE, "10", "free").await.expect(409).text();
        assert!(refused.contains("This is fixed for the whole centre"), "{refused}");
        let page = http.get(&format!("{group}?q=idling")).send().await.expect(200).text();
        assert!(page.contains("This is fixed for the whole centre") && page.contains("30 minutes"), "{page}");
    }

    async fn a_value_out_of_range_or_of_another_kind_is_refused_at_its_field(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        for value in ["0", "1441", "-1", "many", "", "99999999999999999999"] {
            let page = save(&http, "/settings", IDLE, value, "free").await.expect(422).text();
            assert!(page.contains("Choose 1 to 1,440."), "{value}: {page}");
        }
        save(&http, "/settings", IDLE, "30", "sometimes").await.expect(422);
        save(&http, "/settings", "no.such_setting", "30", "free").await.expect(404);
        let user = format!("/users/{}/settings", tenant.administrator.user);
        save(&http, &user, IDLE, "30", "fixed").await.expect(422);
    }

    async fn before_saving_one_sees_who_gains_and_who_loses_and_nothing_is_changed_yet(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        for name in ["asa", "bo", "cecilia"] {
            portal.person(&tenant, tenant.agents, name, &[]).await;
        }
        let david = portal.person(&tenant, tenant.agents, "david", &["users.view"]).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let look = [("step", "look"), ("value", "true"), ("mode", "free")];
        let place = format!("/groups/{}/settings/users.view", tenant.agents);
        let page = http.post(&place).form(&look).send().await.expect(200).text();
        assert!(page.contains("3 users gain: See users"), "{page}");
        assert!(page.contains("asa (Agents)") && page.contains("cecilia (Agents)"), "{page}");
        assert!(!page.contains("david"), "who has it already gains nothing: {page}");
        let held = rights(&portal, &tenant, david.user, tenant.agents).await;
        assert_eq!(held, ["users.view"]);
        let own = http.get(&format!("/groups/{}/settings?own=1", tenant.agents)).send().await.expect(200).text();
        assert!(!own.contains("See users"), "looking saved it: {own}");
        let refused = [("step", "look"), ("value", "2000"), ("mode", "free")];
        http.post(&format!("/settings/{IDLE}")).form(&refused).send().await.expect(422);
    }

    async fn a_change_that_crossed_anothers_is_refused(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let seen = |seen: &'static str| [("step", "save"), ("value", "15"), ("mode", "free"), ("seen", seen)];
        let place = format!("/settings/{IDLE}");
        save(&http, "/settings", IDLE, "30", "free").await.expect(303);
        let crossed = http.post(&place).form(&seen("null")).send().await.expect(409).text();
        assert!(crossed.contains("Somebody else has changed this meanwhile"), "{crossed}");
        let told = "{\"value\":30,\"mode\":\"free\"}";
        http.post(&place).form(&seen(told)).send().await.expect(303);
        http.post(&place).form(&seen("{not json")).send().await.expect(422);
    }

    async fn a_change_of_a_setting_is_taken_back_from_the_log_unless_it_changed_since(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        save(&http, "/settings", IDLE, "30", "free").await.expect(303);
        let given = last_entry(&portal, &tenant).await;
        save(&http, "/settings", IDLE, "20", "tighten").await.expect(303);
        let changed = last_entry(&portal, &tenant).await;
        http.post(&format!("/logs/changes/{given}/undo")).send().await.expect(409);
        http.post(&format!("/logs/changes/{changed}/undo")).send().await.expect(303);
        let page = http.get("/settings?q=idling").send().await.expect(200).text();
        assert!(page.contains("30 minutes"), "{page}");
        http.post(&format!("/logs/changes/{given}/undo")).send().await.expect(303);
        let page = http.get("/settings?q=idling").send().await.expect(200).text();
        assert!(page.contains("Preset in the product"), "{page}");
    }

    async fn no_reach_and_no_group_is_chosen_before_somebody_chooses(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let asa = portal.person(&tenant, tenant.agents, "asa", &[]).await;
        portal.sign_in(&asa).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let one = format!("/users/{}", asa.user);
        for (page, field) in [("move", "group"), ("reach", "reach")] {
            let shown = http.get(&format!("{one}/{page}")).send().await.expect(200).text();
            let choices = shown.split(&format!("name=\"{field}\"")).nth(1).unwrap_or_else(|| panic!("no {field}: {shown}"));
            assert!(choices.split("<option").nth(1).unwrap().starts_with(" value=\"\""), "{page}: {choices}");
            let given = http.post(&format!("{one}/{page}")).form(&[(field, "")]).send().await;
            assert_eq!(given.status, 422, "{page}: {}", given.text());
        }
        let sessions = http.get(&format!("{one}/sessions")).send().await.expect(200).text();
        assert!(sessions.contains("End all of them") && !sessions.contains("End all others"), "{sessions}");
    }

    async fn the_operator_sets_for_all_and_nobody_else_does(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        http.get("/system/settings").send().await.expect(404);
        save(&http, "/system/settings", IDLE, "5", "fixed").await.expect(404);
    }
}

/// The index of the tenant's last entry of the change log.
async fn last_entry(portal: &vaktbok_tests::Portal, tenant: &vaktbok_tests::Tenant) -> i64 {
    let last = kernel::sql!("select max(idx) from entry where tenant_id = $tenant and name like 'setting.%'");
    let machine = portal.machine(tenant.id);
    let read = machine.read(&portal.app().store, move |r| r.row::<(i64,)>(last, kernel::params! {}));
    read.await.unwrap().0
}
