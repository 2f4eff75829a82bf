//! Who leaves: what becomes of everything that is theirs, looked at thing by thing, and again when they are back.

use super::bounds::reach_everything;
use super::import::{many, sent, until_over};
use super::{count, post};
use crate::doors::ground::Ground;
use kernel::{Kept, KeyId, Reader, params, sql};
use std::collections::BTreeSet;
use vaktbok_tests::{Http, Portal, Somebody, Tenant, both_engines};

/// Every column of the schema that holds a person's id, and what becomes of its rows when that person leaves.
const OF_A_PERSON: [(&str, &str); 24] = [
    ("api_key.owner_id", "the key opens nothing until another answers for it or they are back"),
    ("api_key.user_id", "ended"),
    ("entry.actor_id", "the record"),
    ("entry.on_behalf", "the record"),
    ("entry.subject_id", "the record"),
    ("interaction.agent_id", "the record of a call"),
    ("idempotency.actor_id", "forgotten within a week"),
    ("job.owner_id", "a file of a log fails, an import fails, a look at a book ends by itself"),
    ("key_ended.owner_id", "the record of a key"),
    ("key_ended.user_id", "the record of a key"),
    ("opening.holder", "opens nothing without the session it was made in"),
    ("participant.user_id", "the record of a call"),
    ("password.user_id", "opens nothing, and lets them in when they are back"),
    ("password_link.user_id", "ended"),
    ("profile.holder", "kept for when they are back"),
    ("reach.holder", "kept for when they are back"),
    ("reach_given.holder", "kept for when they are back"),
    ("saved_search.owner_id", "taken away, but for what is shared"),
    ("session.user_id", "ended"),
    ("setting_value.holder", "kept for when they are back"),
    ("user_activity.user_id", "the record of when they were here"),
    ("user_import.owner_id", "nobody's, and thrown away within a week"),
    ("user_import_made.user_id", "the record of an import"),
    ("users.id", "kept for the record"),
];

/// Columns that hold the id of something else.
const OF_A_THING: [&str; 21] = [
    "id",
    "aside_id",
    "content_id",
    "external_id",
    "group_id",
    "import_id",
    "interaction_id",
    "job_id",
    "key_id",
    "n",
    "node",
    "of_id",
    "opening_id",
    "parent",
    "profile_id",
    "queue_id",
    "reach_id",
    "request_id",
    "scope_id",
    "session_id",
    "skill_id",
];

#[test]
fn every_column_that_holds_a_person_says_what_becomes_of_it_when_they_leave() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema"));
    let mut found = BTreeSet::from(["users.id".to_owned()]);
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut table = "";
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["create", "table", name, ..] => table = name,
                [column, "uuid" | "uuid,", ..] if !OF_A_THING.contains(&column) => {
                    found.insert(format!("{table}.{column}"));
                }
                _ => {}
            }
        }
    }
    let told: BTreeSet<String> = OF_A_PERSON.iter().map(|(column, _)| (*column).to_owned()).collect();
    assert_eq!(
        found, told,
        "say in this file what becomes of it when the person leaves, and look at it below"
    );
}

/// A key of the ground's service user for which somebody answers.
async fn key_of(portal: &Portal, tenant: &Tenant, owner: &Somebody) -> String {
    let (service, _) = super::key(portal, tenant, &["users.view"]).await;
    let store = &portal.app().store;
    let (now, chance) = (store.clock().now(), store.chance());
    let secret = kernel::gate::Secret::new(tenant.id, chance);
    let made = server::signin::events::keys::KeyMade {
        key: KeyId::new(now, chance),
        user: service,
        owner: owner.user,
        name: "Nattlig".to_owned(),
        scope: vec!["users.view"],
        until: now.plus_seconds(3600),
        secret: Kept(secret.hash),
    };
    portal.machine(tenant.id).also().unwrap().apply(store, made).await.unwrap();
    secret.text
}

async fn save(http: &Http, name: &str, shared: bool) {
    let mut fields = vec![("page", "access"), ("name", name), ("filters", "result=refused")];
    fields.extend(shared.then_some(("shared", "on")));
    http.post("/searches").form(&fields).send().await.expect(303);
}

/// The index of the newest `user.created`, and that of `user.deactivated`.
async fn indexes(portal: &Portal, tenant: &Tenant) -> (i64, i64) {
    let both = sql!(
        "select (select coalesce(max(idx), -1) from entry where tenant_id = $tenant and name = 'user.created'),
         (select max(idx) from entry where tenant_id = $tenant and name = 'user.deactivated')"
    );
    let read = move |r: &mut Reader<'_>| r.row::<(i64, i64)>(both, params! {});
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap()
}

const RIGHTS: [&str; 10] = [
    "logs.access",
    "logs.export",
    "settings.view",
    "settings.manage",
    "users.view",
    "users.manage",
    "users.import",
    "archive.view",
    "archive.content",
    "profiles.view",
];
/// Lines of the import that is under way.
const LINES: usize = 300;

both_engines! {
    async fn s50_what_somebody_owned_opens_nothing_once_they_have_left_and_what_they_shared_stays(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let tenant = &ground.tenant;
        let anna = portal.person(tenant, tenant.agents, "anna", &RIGHTS).await;
        reach_everything(&portal, tenant, &anna).await;
        let (hers, phone) = (portal.sign_in(&anna).await, portal.sign_in(&anna).await);
        let admin = &ground.admin;
        let link = server::signin::changing::make_link(portal.app(), &portal.machine(tenant.id).also().unwrap(), anna.user).await.unwrap();
        let link = format!("/set-password/{}", link.rsplit('/').next().unwrap());
        let key = key_of(&portal, tenant, &anna).await;
        save(&hers, "Mitt eget", false).await;
        save(&hers, "Mitt andra", false).await;
        let of_calls = [("page", "interactions"), ("name", "Mina samtal"), ("filters", "q=Kund")];
        hers.post("/searches").form(&of_calls).send().await.expect(303);
        save(&hers, "Allas", true).await;
        let call = ground.archived("interaction").parse().unwrap();
        let page = crate::archive::opened(&hers, call, "klagomål").await;
        let audio = crate::archive::links(&page, &format!("/archive/{call}/openings/")).remove(0);
        hers.get(&audio).send().await.expect(200);
        let looked_at = sent(&hers, &many(3)).await;
        assert!(portal.app().exports.enter(tenant.id), "no file is made meanwhile");
        let ordered = hers.post("/logs/access/export").form(&[("format", "csv")]).send().await.expect(303);
        let ordered = ordered.header("location").unwrap().to_owned();
        hers.get(&ordered).send().await.expect(200);
        portal.http().get(&link).send().await.expect(200);
        portal.http().get("/api/v1/users").key(&key).send().await.expect(200);
        let under_way = sent(&hers, &many(LINES)).await;
        post(&hers, &format!("{under_way}/start"), &[]).await.expect(303);

        post(admin, &format!("/users/{}/deactivate", anna.user), &[("reason", "slutat")]).await.expect(303);

        for session in [&hers, &phone] {
            for page in ["/", "/searches", &audio, &ordered, &under_way] {
                let answer = session.get(page).send().await;
                assert!(answer.status == 303 && answer.header("location").unwrap().starts_with("/sign-in"), "{page}: {}", answer.status);
            }
        }
        portal.try_sign_in(&portal.http(), 1, "anna", vaktbok_tests::PASSWORD).await.expect(422);
        portal.http().get(&link).send().await.expect(404);
        portal.http().get("/api/v1/users").key(&key).send().await.expect(401);
        // Nor are they anybody else's now.
        for page in [&audio, &looked_at, &ordered, &format!("{ordered}/file")] {
            admin.get(page).send().await.expect(404);
        }
        over(&portal, tenant, "user-import").await;
        let (made, left) = indexes(&portal, tenant).await;
        assert!(made < left, "an import makes nobody once who began it has left: {made} {left}");
        assert!(count(&portal, tenant, "user.created").await < LINES as i64, "it was under way");
        portal.app().exports.leave(tenant.id);
        server::logs::files::take_up(portal.app()).await.unwrap();
        over(&portal, tenant, "log-export").await;

        let searches = admin.get("/searches").send().await.expect(200).text();
        assert!(searches.contains("Allas") && !searches.contains("Mitt") && !searches.contains("Mina samtal"), "{searches}");
        let told = ground.api("GET", "/api/v1/logs/changes?name=user.deactivated", None).await.to_string();
        assert!(told.contains("\"searches\"") && told.contains("\"sessions\""), "{told}");

        post(admin, &format!("/users/{}/reactivate", anna.user), &[]).await.expect(303);
        let back = portal.sign_in(&anna).await;
        let searches = back.get("/searches").send().await.expect(200).text();
        assert!(searches.contains("Allas") && !searches.contains("Mitt") && !searches.contains("Mina samtal"), "{searches}");
        portal.http().get("/api/v1/users").key(&key).send().await.expect(200);
        back.get(&audio).send().await.expect(404);
        back.get(&format!("{ordered}/file")).send().await.expect(409);
        until_over(&back, &under_way).await;
        hers.get("/").send().await.expect(303);
    }
}

/// Waits until all work of a kind is over, and says that it failed.
async fn over(portal: &Portal, tenant: &Tenant, kind: &'static str) {
    let under_way = sql!(
        "select count(*) filter (where state in ('waiting', 'going')), count(*) filter (where state = 'failed')
         from job where tenant_id = $tenant and kind = $kind"
    );
    let machine = portal.machine(tenant.id);
    let look = move |r: &mut Reader<'_>| r.row::<(i64, i64)>(under_way, params! { kind: kind });
    loop {
        match machine.read(&portal.app().store, look).await.unwrap() {
            (0, failed) => return assert!(failed > 0, "{kind}"),
            _ => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
        }
    }
}
