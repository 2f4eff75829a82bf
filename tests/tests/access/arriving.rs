//! Rights that a newer program brings.

use super::{rights, save};
use kernel::{GroupId, params, sql};
use server::settings::arriving;
use vaktbok_tests::people::ACCOUNT;
use vaktbok_tests::{Portal, Tenant, both_engines};

const NEW: &str = "users.export";

/// Makes a group one of a release that did not know the right yet.
async fn before_it_came(portal: &Portal, tenant: &Tenant, group: GroupId) {
    let forget = move |w: &mut kernel::Writer<'_>| {
        let given = sql!(
            "delete from setting_value where tenant_id = $tenant and level = 'group' and holder = $group and key = $key"
        );
        let known =
            sql!("delete from right_known where tenant_id = $tenant and group_id = $group and key = $key");
        w.any(given, params! { group: group, key: NEW })?;
        w.any(known, params! { group: group, key: NEW })
    };
    portal.machine(tenant.id).quietly(&portal.app().store, forget).await.unwrap();
}

both_engines! {
    async fn a_right_of_a_newer_program_comes_to_those_who_held_every_right_and_to_nobody_else(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let made = http.post("/groups").form(&[("name", "Vice"), ("kind", "administrators")]).send().await.expect(303);
        let vice: GroupId = made.header("location").unwrap().split(['/', '?']).nth(2).unwrap().parse().unwrap();
        save(&http, &format!("/groups/{vice}/settings"), "logs.export", "false", "free").await.expect(303);
        for group in [tenant.administrators, vice] {
            before_it_came(&portal, &tenant, group).await;
        }
        let main = tenant.administrator.user;
        assert!(!rights(&portal, &tenant, main, tenant.administrators).await.contains(&NEW));

        for _ in 0..2 {
            arriving::all(portal.app(), ACCOUNT).await.unwrap();
            assert!(rights(&portal, &tenant, main, tenant.administrators).await.contains(&NEW));
            assert!(!rights(&portal, &tenant, main, vice).await.contains(&NEW), "who lacked one is given none");
        }
        let told = crate::users::count(&portal, &tenant, "rights.arrived").await;
        assert_eq!(told, 2, "one entry for each group that was asked about, once");
    }
}
