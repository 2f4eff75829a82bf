//! Who an upload is of, while the job that brings it in works on.

use super::agent;
use kernel::{Reader, UserId, params, sql};
use serde_json::json;
use server::archive::import::upload::UPLOAD;
use std::time::{Duration, Instant};
use vaktbok_tests::{Http, Portal, Tenant, both_engines};

/// Chats of the upload that is ended half-way.
const MANY: usize = 400;
const EDGE: &str = "----------------vaktbok-tests";
const PATIENCE: Duration = Duration::from_secs(60);

fn chat(n: usize) -> String {
    json!({
        "vcon": "0.0.1", "uuid": format!("0197f3a0-4444-7000-8000-{n:012x}"), "subject": format!("Chatt {n}"),
        "created_at": "2026-03-02T11:40:12+01:00",
        "parties": [{ "name": "Kund", "role": "customer" }, { "name": "A", "role": "agent" }],
        "dialog": [{ "type": "text", "start": "2026-03-02T11:40:12+01:00", "parties": [0], "originator": 0,
            "mimetype": "text/plain", "body": "Hej", "encoding": "none" }],
    })
    .to_string()
}

/// Sends these files as the page does; where it leads to.
pub async fn sent(http: &Http, files: impl Iterator<Item = (String, String)>) -> String {
    let part = |(name, text): (String, String)| {
        format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
        )
    };
    let body: String = files.map(part).collect();
    let kind = format!("multipart/form-data; boundary={EDGE}");
    let ask =
        http.post("/archive/import").header("content-type", &kind).body(format!("{body}--{EDGE}--\r\n"));
    ask.send().await.expect(303).header("location").unwrap().to_owned()
}

/// Of each entry of what was brought in or set aside: its name, actor, and on whose behalf.
async fn entries(portal: &Portal, tenant: &Tenant) -> Vec<(String, UserId, Option<UserId>)> {
    let list = sql!(
        "select name, actor_id, on_behalf from entry where tenant_id = $tenant
         and name in ('interaction.imported', 'file.set_aside', 'archive.key_made') order by idx"
    );
    let read = move |r: &mut Reader<'_>| r.rows(list, params! {});
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap()
}

/// The state of the newest upload, once it is over.
async fn over(portal: &Portal, tenant: &Tenant) -> String {
    let find = sql!(
        "select state from job where tenant_id = $tenant and kind = $kind order by made_at desc, id desc limit 1"
    );
    let began = Instant::now();
    loop {
        let read = move |r: &mut Reader<'_>| r.row::<(String,)>(find, params! { kind: UPLOAD });
        let (state,) = portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap();
        if !["waiting", "going"].contains(&state.as_str()) {
            return state;
        }
        assert!(began.elapsed() < PATIENCE, "the upload does not end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

both_engines! {
    async fn s19_s31_what_an_upload_brings_in_is_entered_by_who_sent_it_and_ends_when_that_one_may_no_more(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let sender = agent(&portal, &tenant, "sender@example.se", &["archive.import"]).await;
        let http = portal.sign_in(&sender).await;
        let file = |n: usize| (format!("{n}.vcon.json"), chat(n));
        sent(&http, [file(0), ("broken.vcon.json".to_owned(), "{".to_owned())].into_iter()).await;
        assert_eq!(over(&portal, &tenant).await, "done");
        let told = entries(&portal, &tenant).await;
        let names: Vec<&str> = told.iter().map(|(name, _, _)| name.as_str()).collect();
        assert_eq!(names, ["archive.key_made", "interaction.imported", "file.set_aside"]);
        assert!(told.iter().all(|(_, actor, behalf)| (*actor, *behalf) == (sender.user, None)), "{told:?}");
        // The session ends: what was sent while it lasted is brought in, in the name of who sent it.
        sent(&http, (1..=20).map(file)).await;
        http.post("/sign-out").send().await.expect(303);
        assert_eq!(over(&portal, &tenant).await, "done");
        assert_eq!(entries(&portal, &tenant).await.len(), 3 + 20);
        let (http, admin) = (portal.sign_in(&sender).await, portal.sign_in(&tenant.administrator).await);
        sent(&http, (21..21 + MANY).map(file)).await;
        admin.post(&format!("/users/{}/suspend", sender.user)).form(&[("reason", "x")]).send().await.expect(303);
        assert_eq!(over(&portal, &tenant).await, "stopped");
        let told = entries(&portal, &tenant).await;
        assert!(told.len() < 3 + 20 + MANY, "it ended at once: {}", told.len());
        assert!(told.iter().all(|(_, actor, behalf)| (*actor, *behalf) == (sender.user, None)), "none has another name");
    }
}
