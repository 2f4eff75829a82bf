//! Logs taken out as files: made as a job, followed, fetched by who ordered them, thrown away.

use kernel::work::{self, JobState};
use kernel::{Uuid, params, sql};
use serde_json::json;
use server::logs::events::EXPORT_JOB;
use server::logs::files::{FILE_KEPT_HOURS, MAX_QUERY_CHARACTERS, throw_away};
use std::path::Path;
use std::time::Duration;
use vaktbok_tests::{Answer, Http, Portal, Somebody, Tenant, both_engines};

/// Follows a file on its page until it can be fetched, and fetches it.
pub(crate) async fn fetched(http: &Http, place: &str) -> String {
    for _ in 0..600 {
        let page = http.get(place).send().await.expect(200).text();
        if page.contains(&format!("{place}/file")) {
            return http.get(&format!("{place}/file")).send().await.expect(200).text();
        }
        assert!(page.contains("data-poll"), "it came to another end: {page}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{place} is never ready");
}

async fn order(http: &Http, address: &str) -> Answer {
    http.post(address).form(&[("format", "jsonl")]).send().await
}

async fn ordered(http: &Http, address: &str) -> String {
    order(http, address).await.expect(303).header("location").unwrap().to_owned()
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|one| match one.path() {
            path if path.is_dir() => files(&path),
            path => vec![(path.clone(), std::fs::read(&path).unwrap())],
        })
        .collect()
}

/// Gives somebody the reach of their group, or takes it away, past the pages.
async fn reach(portal: &Portal, tenant: &Tenant, who: &Somebody, given: bool) {
    let give = sql!(
        "insert into reach (tenant_id, holder, kind, scope_id) values ($tenant, $user, 'group', $group)"
    );
    let take = sql!(
        "delete from reach where tenant_id = $tenant and holder = $user and kind = 'group' and scope_id = $group"
    );
    let (user, group) = (who.user, tenant.agents);
    let change = move |w: &mut kernel::Writer<'_>| {
        w.any(if given { give } else { take }, params! { user: user, group: group })
    };
    portal.machine(tenant.id).quietly(&portal.app().store, change).await.unwrap();
}

both_engines! {
    async fn a_file_is_a_job_that_can_be_left_is_fetched_again_and_is_thrown_away_when_its_time_is_over(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        portal.try_sign_in(&portal.http(), 1001, "kalle.karlsson", "fel lösenord här").await;
        let place = ordered(&admin, "/logs/access/export?result=refused").await;
        let text = fetched(&admin, &place).await;
        assert!(text.contains("kalle.karlsson") && text.lines().count() == 1, "{text}");
        let again = admin.get(&format!("{place}/file")).send().await.expect(200);
        assert_eq!(again.header("content-length").unwrap(), text.len().to_string());
        assert_eq!(again.text(), text);
        let log = admin.get("/logs/access?name=log.fetched").send().await.expect(200).text();
        assert_eq!(log.matches("<tr id=\"row-").count(), 2, "each fetching is an entry: {log}");
        let list = admin.get("/logs/exports").send().await.expect(200).text();
        assert!(list.contains(&place) && list.contains("ready"), "{list}");
        let kept = files(&world.folder().path().join("content").join("logs"));
        assert!(!kept.is_empty());
        for (file, bytes) in &kept {
            let readable = bytes.windows(6).any(|some| some == b"kalle." || some == b"\"index");
            assert!(!readable, "{} can be read on disk", file.display());
        }
        portal.clock().by_seconds(FILE_KEPT_HOURS * 3_600 + 1);
        let admin = portal.sign_in(&tenant.administrator).await;
        let gone = admin.get(&format!("{place}/file")).send().await.expect(409).text();
        assert!(gone.contains("kept for 24 hours"), "{gone}");
        throw_away(portal.app()).await.unwrap();
        assert!(files(&world.folder().path().join("content").join("logs")).is_empty());
        let id = Uuid::parse_str(place.rsplit('/').next().unwrap()).unwrap();
        let grant = portal.machine(tenant.id);
        let job = grant.read(&portal.app().store, move |r| work::find(r, id, EXPORT_JOB)).await.unwrap();
        assert!(job.resume.is_empty() && job.result.contains("\"key\":\"\""), "the key is gone: {job:?}");
        let list = admin.get("/logs/exports").send().await.expect(200).text();
        assert!(list.contains("thrown away"), "{list}");
    }

    async fn s48_a_file_whose_part_was_altered_on_disk_is_refused(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let place = ordered(&admin, "/logs/changes/export").await;
        fetched(&admin, &place).await;
        for (file, mut bytes) in files(&world.folder().path().join("content").join("logs")) {
            let last = bytes.len() - 20;
            bytes[last] ^= 1;
            std::fs::write(file, bytes).unwrap();
        }
        admin.get(&format!("{place}/file")).send().await.expect(500);
    }

    async fn s25_only_who_ordered_a_file_fetches_it_and_only_with_the_rights_and_the_reach_it_was_made_by(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let rights = ["logs.access", "logs.changes", "logs.export"];
        let agda = portal.person(&tenant, tenant.agents, "agda", &rights).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let inside = portal.sign_in(&agda).await;
        let place = ordered(&inside, "/logs/access/export").await;
        let text = fetched(&inside, &place).await;
        assert!(text.lines().all(|line| line.contains("agda")), "within reach alone: {text}");
        for path in ["", "/file"] {
            admin.get(&format!("{place}{path}")).send().await.expect(404);
        }
        admin.post(&format!("{place}/stop")).send().await.expect(404);
        reach(&portal, &tenant, &agda, true).await;
        let other = inside.get(&format!("{place}/file")).send().await.expect(409).text();
        assert!(other.contains("What you may see has changed"), "{other}");
        reach(&portal, &tenant, &agda, false).await;
        inside.get(&format!("{place}/file")).send().await.expect(200);
        let settings = format!("/users/{}/settings/logs.access/inherit", agda.user);
        admin.post(&settings).send().await.expect(303);
        inside.get(&format!("{place}/file")).send().await.expect(403);
    }

    async fn what_waits_can_be_stopped_and_too_much_is_refused_with_a_sentence(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let long = "x".repeat(MAX_QUERY_CHARACTERS);
        let refused = order(&admin, &format!("/logs/access/export?q={long}")).await.expect(422).text();
        assert!(refused.contains("longer than the 2000 characters") || refused.contains("longer than the 2,000 characters"), "{refused}");
        admin.get(&format!("/logs/access/export?q={long}")).send().await.expect(422);
        assert!(portal.app().exports.enter(tenant.id), "nothing is made meanwhile");
        let mut places = Vec::new();
        for _ in 0..5 {
            places.push(ordered(&admin, "/logs/access/export").await);
        }
        let refused = order(&admin, "/logs/access/export").await.expect(429).text();
        assert!(refused.contains("5 files waiting"), "{refused}");
        admin.get(&format!("{}/file", places[0])).send().await.expect(409);
        admin.post(&format!("{}/stop", places[0])).send().await.expect(303);
        let page = admin.get(&places[0]).send().await.expect(200).text();
        assert!(page.contains("Stopped"), "{page}");
        portal.app().exports.leave(tenant.id);
        for place in &places[1..] {
            fetched(&admin, place).await;
        }
        let over = admin.get(&format!("{}/file", places[0])).send().await.expect(409).text();
        assert!(over.contains("stopped"), "{over}");
        admin.post(&format!("{}/stop", places[1])).send().await.expect(303);
        admin.get(&format!("{}/file", places[1])).send().await.expect(200);
    }

    async fn s19_a_file_whose_orderer_may_not_be_here_any_more_is_not_made(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let agda = portal.person(&tenant, tenant.agents, "agda", &["logs.access", "logs.export"]).await;
        let inside = portal.sign_in(&agda).await;
        assert!(portal.app().exports.enter(tenant.id));
        let place = ordered(&inside, "/logs/access/export").await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let gone = admin.post(&format!("/users/{}/deactivate", agda.user)).form(&[("reason", "slutat")]);
        gone.send().await.expect(303);
        portal.app().exports.leave(tenant.id);
        server::logs::files::take_up(portal.app()).await.unwrap();
        let id = Uuid::parse_str(place.rsplit('/').next().unwrap()).unwrap();
        let grant = portal.machine(tenant.id);
        let job = loop {
            let job = grant.read(&portal.app().store, move |r| work::find(r, id, EXPORT_JOB)).await.unwrap();
            if job.state.over() {
                break job;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert_eq!(job.state, JobState::Failed);
        assert!(job.result.contains("logs-export-no-right") && job.resume.is_empty(), "{job:?}");
        assert!(files(&world.folder().path().join("content").join("logs")).is_empty());
    }

    async fn a_program_orders_follows_and_fetches_a_file_and_a_lost_answer_orders_no_second(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let (_, key) = crate::users::key(&portal, &tenant, &["logs.access", "logs.export"]).await;
        let http = portal.http();
        let post = |path: &str| Http::post(&http, path).key(&key).without("origin");
        let order = async |id: &str| {
            let ask = post("/api/v1/logs/access/exports?name=log.exported").header("idempotency-key", id);
            ask.json(&json!({ "format": "csv" })).send().await.expect(201).json()["id"].as_str().unwrap().to_owned()
        };
        let id = order("one").await;
        assert_eq!(order("one").await, id, "the same answer again");
        let get = async |path: String| http.get(&path).key(&key).send().await;
        let told = loop {
            let told = get(format!("/api/v1/logs/exports/{id}")).await.expect(200).json();
            if told["state"] == "done" {
                break told;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert_eq!((&told["entries"], &told["done"]), (&json!(1), &told["total"]), "{told}");
        let file = get(format!("/api/v1/logs/exports/{id}/file")).await.expect(200);
        assert!(file.text().contains("\"log.exported\""));
        assert_eq!(told["bytes"], file.body.len());
        let list = get("/api/v1/logs/exports".to_owned()).await.expect(200).json();
        assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
        let stopped = post(&format!("/api/v1/logs/exports/{id}/stop")).send().await.expect(200).json();
        assert_eq!(stopped["state"], "done", "what is over stays what it is");
        admin.get(&format!("/logs/exports/{id}")).send().await.expect(404);
        post("/api/v1/logs/changes/exports").json(&json!({})).send().await.expect(403);
        post("/api/v1/logs/access/exports").json(&json!({ "format": "xls" })).send().await.expect(422);
    }
}
