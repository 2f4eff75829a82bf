//! What no single request does: changes that are taken back, strangers, time that passes, damage.

use crate::archive::hearing::contents;
use crate::doors::ground::Ground;
use crate::users::{newest, newest_subject};
use kernel::policy::Machine;
use kernel::{Event, Grant, UserId};
use server::logs::events::{BookResumed, PartsErased, ProgramConfigured, ProgramStarted, ProgramStopped};
use server::settings::events::RightsArrived;
use vaktbok_tests::{Http, Portal, Tenant, World};

async fn by_machine<E: Event>(portal: &Portal, tenant: &Tenant, event: E) {
    let machine: Grant<Machine> = portal.machine(tenant.id);
    machine.also::<E::Needs>().unwrap().apply(&portal.app().store, event).await.unwrap();
}

/// One of each, in a tenant that every door was asked in.
pub async fn seldom(world: &World, portal: &Portal, ground: &Ground) {
    taken_back(portal, ground).await;
    refused(portal, ground).await;
    sessions(portal, ground).await;
    let tenant = &ground.tenant;
    damaged(world, ground).await;
    by_machine(portal, tenant, BookResumed {}).await;
    let arrived = RightsArrived { group: tenant.administrators, rights: vec!["test.right"] };
    by_machine(portal, tenant, arrived).await;
    let (node, version) = ("ett:/srv/vaktbok".to_owned(), "1.0.0".to_owned());
    let all = "log_level=debug\n".to_owned();
    let options = (Some("log_level=info".to_owned()), "log_level=debug".to_owned());
    let before = Some("0.9.0".to_owned());
    let other = ProgramConfigured { node: node.clone(), version: (before, version.clone()), options, all };
    by_machine(portal, tenant, other).await;
    let all = "listen=a\n".to_owned();
    let started = ProgramStarted { node: node.clone(), version: version.clone(), unclean: true, all };
    by_machine(portal, tenant, started).await;
    by_machine(portal, tenant, ProgramStopped { node, version }).await;
}

/// Alters the recording in the store, and asks to hear it.
async fn damaged(world: &World, ground: &Ground) {
    let [interaction, content] = ["interaction", "recording"].map(|thing| ground.archived(thing));
    let file = contents(world).into_iter().find(|path| path.ends_with(content)).unwrap();
    let mut altered = std::fs::read(&file).unwrap();
    *altered.last_mut().unwrap() ^= 1;
    std::fs::write(&file, altered).unwrap();
    let said = serde_json::json!({ "reason": "a complaint" });
    let opened =
        ground.api("POST", &format!("/api/v1/interactions/{interaction}/openings"), Some(said)).await;
    let opening = opened["opening"].as_str().unwrap();
    let sound = format!("/api/v1/interactions/{interaction}/openings/{opening}/{content}");
    let http = Http::new(ground.admin.address());
    http.get(&sound).key(&ground.key).send().await.expect(409);
}

async fn taken_back(portal: &Portal, ground: &Ground) {
    let undo = async |name: &'static str| {
        let idx = newest(portal, &ground.tenant, name).await;
        ground.admin.post(&format!("/logs/changes/{idx}/undo")).form(&[]).send().await.expect(303);
    };
    let agents = ground.tenant.agents.to_string();
    let new = [("name", "Cia"), ("user_name", "cia.igen"), ("group", agents.as_str())];
    ground.admin.post("/users").form(&new).send().await.expect(303);
    let cia = newest_subject(portal, &ground.tenant, "user.created").await;
    ground.admin.post(&format!("/users/{cia}/suspend")).form(&[]).send().await.expect(303);
    undo("user.suspended").await;
    undo("user.created").await;
    let dan = portal.person(&ground.tenant, ground.tenant.agents, "dan", &[]).await.user;
    ground.admin.post(&format!("/users/{dan}/link")).form(&[]).send().await.expect(200);
    undo("password-link.made").await;
}

async fn refused(portal: &Portal, ground: &Ground) {
    let nobody = portal.http();
    let somebody = portal.person(&ground.tenant, ground.tenant.agents, "eva", &[]).await;
    let eva = portal.sign_in(&somebody).await;
    eva.get("/groups").send().await.expect(403);
    let wrong = [("current", "fel"), ("new", "sju gröna segelbåtar"), ("again", "sju gröna segelbåtar")];
    eva.post("/me/password").form(&wrong).send().await.expect(422);
    let key = other_end(&ground.key);
    nobody.get("/api/v1/users").key(&key).send().await.expect(401);
    let user: UserId = somebody.user;
    let grant = portal.machine(ground.tenant.id).also().unwrap();
    let link = server::signin::changing::make_link(portal.app(), &grant, user).await.unwrap();
    let link = other_end(link.rsplit('/').next().unwrap());
    let told = nobody.get(&format!("/set-password/{link}")).send().await;
    assert!(told.status == 404 || told.status == 410, "{}", told.text());
}

/// The secret with another last letter but one: of the same tenant, and nobody's.
fn other_end(secret: &str) -> String {
    let mut letters: Vec<char> = secret.chars().collect();
    let at = letters.len() - 5;
    letters[at] = if letters[at] == 'a' { 'b' } else { 'a' };
    letters.into_iter().collect()
}

async fn sessions(portal: &Portal, ground: &Ground) {
    let somebody = portal.person(&ground.tenant, ground.tenant.agents, "ivar", &[]).await;
    let ivar = portal.sign_in(&somebody).await;
    let right = format!("/api/v1/settings/users.view?user={}", somebody.user);
    ground.api("PUT", &right, Some(serde_json::json!({ "value": true }))).await;
    ivar.get("/me").send().await.expect(200);
    // Who may not be here any more is found by looking, however the clock stands.
    portal.clock().by_seconds(40 * 86_400);
    assert!(server::signin::expiring::sweep(portal.app(), ground.tenant.id).await.unwrap() > 0);
    assert!(server::signin::expiring::sweep_links(portal.app(), ground.tenant.id).await.unwrap() > 0);
    portal.clock().by_seconds(-40 * 86_400);
}

/// Erases an entry of each log.
pub async fn erasing(portal: &Portal, tenant: &Tenant) {
    let first = newest(portal, tenant, "user.created").await.unsigned_abs();
    let runs = vec![book::Erased { first, last: first, parts: book::PartKind::ALL.to_vec() }];
    by_machine(portal, tenant, PartsErased { log: book::Log::Change, runs }).await;
}
