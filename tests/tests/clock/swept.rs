//! What has run out goes from its table by itself, and the entries stay; a clock that was a day ahead takes nothing that works.

use super::{DAY, MINUTE};
use crate::archive::with_samples;
use crate::users::bounds::reach_everything;
use crate::users::{count, lasting_key};
use kernel::{Reader, Statement, params, sql};
use server::signin::expiring;
use server::users::import::run;
use vaktbok_tests::{Http, Portal, Somebody, Tenant, both_engines};

/// What the program does by itself, once each.
async fn swept(portal: &Portal, tenant: &Tenant) {
    let app = portal.app();
    expiring::sweep(app, tenant.id).await.unwrap();
    expiring::sweep_links(app, tenant.id).await.unwrap();
    server::jobs::look(app).await.unwrap();
    run::take_up(app).await.unwrap();
    server::archive::keeping::round(app, true).await.unwrap();
}

async fn number(portal: &Portal, tenant: &Tenant, rows: &'static Statement) -> i64 {
    let read = move |r: &mut Reader<'_>| r.row::<(i64,)>(rows, params! {});
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

/// Rows of sessions, links, marks of repetition, files of users (three tables), keys and openings.
async fn rows(portal: &Portal, tenant: &Tenant) -> [i64; 6] {
    let all: [&'static Statement; 6] = [
        sql!("select count(*) from session where tenant_id = $tenant"),
        sql!("select count(*) from password_link where tenant_id = $tenant"),
        sql!("select count(*) from idempotency where tenant_id = $tenant"),
        sql!(
            "select (select count(*) from user_import where tenant_id = $tenant)
             + (select count(*) from user_import_part where tenant_id = $tenant)
             + (select count(*) from user_import_effect where tenant_id = $tenant)"
        ),
        sql!("select count(*) from api_key where tenant_id = $tenant"),
        sql!("select count(*) from opening where tenant_id = $tenant"),
    ];
    let mut found = [0; 6];
    for (found, rows) in found.iter_mut().zip(all) {
        *found = number(portal, tenant, rows).await;
    }
    found
}

/// One of each that runs out: where the link, and the opening, lead; and the key.
async fn made(portal: &Portal, tenant: &Tenant) -> [String; 3] {
    let rights = ["archive.view", "archive.content", "users.view", "users.manage", "users.import"];
    let (service, key) = lasting_key(portal, tenant, &rights, 90 * DAY).await;
    reach_everything(portal, tenant, &Somebody { user: service, ..tenant.administrator.clone() }).await;
    let api = portal.http();
    let listed = api.get("/api/v1/interactions").key(&key).send().await.expect(200).json();
    let call = format!("/api/v1/interactions/{}", listed["interactions"][0]["id"].as_str().unwrap());
    let open = api.post(&format!("{call}/openings")).key(&key).header("idempotency-key", "once");
    let opened = open.send().await.expect(201).json();
    let file = api.post("/api/v1/imports").key(&key).header("content-type", "text/csv");
    file.body("name;user_name;group\nBo;bo;Agents\n").send().await.expect(201);
    let anna = portal.person(tenant, tenant.agents, "anna", &[]).await;
    let grant = portal.machine(tenant.id).also().unwrap();
    let link = server::signin::changing::make_link(portal.app(), &grant, anna.user).await.unwrap();
    let secret = link.rsplit('/').next().unwrap();
    let opening = format!("{call}/openings/{}", opened["opening"].as_str().unwrap());
    [format!("/set-password/{secret}"), opening, key]
}

async fn status(http: &Http, path: &str, key: &str) -> u16 {
    http.get(path).key(key).send().await.status
}

both_engines! {
    async fn r10_s12_what_ran_out_goes_from_its_table_its_proofs_stay_and_a_clock_a_day_ahead_takes_nothing_that_works(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1).await;
        let [link, opening, key] = made(&portal, &tenant).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let api = portal.http();
        assert_eq!(rows(&portal, &tenant).await, [1, 1, 1, 3, 1, 1]);
        swept(&portal, &tenant).await;
        assert_eq!(rows(&portal, &tenant).await, [1, 1, 1, 3, 1, 1], "nothing has run out");
        portal.clock().by_seconds(DAY);
        swept(&portal, &tenant).await;
        portal.clock().by_seconds(-DAY);
        assert_eq!(rows(&portal, &tenant).await, [0, 1, 1, 3, 1, 1], "a clock a day ahead ends sessions alone: one signs in again");
        assert_eq!(admin.get("/me").send().await.status, 303);
        assert_eq!([status(&api, &link, "").await, status(&api, &opening, &key).await], [200, 200], "what works goes on");
        let spool = world.folder().path().join("spool/019a0000-0000-7000-8000-00000000007f");
        std::fs::create_dir_all(&spool).unwrap();
        swept(&portal, &tenant).await;
        assert!(spool.exists(), "somebody may be writing there");
        portal.clock().by_seconds(DAY + 29 * MINUTE);
        swept(&portal, &tenant).await;
        assert_eq!(rows(&portal, &tenant).await, [0, 1, 1, 3, 1, 1]);
        assert_eq!(status(&api, &opening, &key).await, 404, "an opening ends when it was said to");
        assert!(!spool.exists(), "files of an upload that nobody brings in");
        // The link runs out after half an hour, and Home tells of it for a week.
        portal.clock().by_seconds(6 * DAY);
        swept(&portal, &tenant).await;
        assert_eq!(rows(&portal, &tenant).await[1], 1);
        portal.clock().by_seconds(2 * MINUTE);
        swept(&portal, &tenant).await;
        assert_eq!(rows(&portal, &tenant).await[1], 0);
        portal.clock().by_seconds(7 * DAY);
        swept(&portal, &tenant).await;
        assert_eq!(rows(&portal, &tenant).await, [0, 0, 0, 0, 1, 1], "marks and files of users are gone after a week");
        portal.clock().by_seconds(100 * DAY);
        swept(&portal, &tenant).await;
        assert_eq!(rows(&portal, &tenant).await, [0, 0, 0, 0, 1, 1], "no clock takes a key or a proof of who opened what");
        let refused = api.get("/api/v1/users").key(&key).send().await.expect(401).json();
        assert_eq!(refused["code"], "key-refused-expired");
        for (name, times) in [("session.expired", 1), ("password-link.made", 1), ("link.expired", 1), ("content.opened", 1), ("key.made", 1)] {
            assert_eq!(count(&portal, &tenant, name).await, times, "{name}");
        }
    }
}
