//! Every changing door for programs, asked twice with one `Idempotency-Key`: in turn, at once, and with something else.

use super::ground::Ground;
use super::samples::{Sample, of_programs};
use super::sending::{Caller, Things, filled, with_body};
use kernel::door::Gives;
use kernel::{Reader, params, sql};
use serde_json::Value;
use vaktbok_tests::{Answer, Http, Portal, Tenant, both_engines};

/// How many entries tell of what a key did; that it was used is told beside, once in a while.
async fn entries(portal: &Portal, tenant: &Tenant) -> i64 {
    let count = sql!(
        "select count(*) from entry where tenant_id = $tenant and actor_kind = 'key' and name <> 'key.used'"
    );
    let read = |r: &mut Reader<'_>| r.row::<(i64,)>(count, params! {});
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

struct Asked<'a> {
    portal: &'a Portal,
    ground: &'a Ground,
    http: Http,
}

impl Asked<'_> {
    async fn sent(&self, sample: &Sample, things: &Things, key: &str, n: u64, other: bool) -> Answer {
        let ask = self.http.ask(sample.sign.method.as_str(), &filled(sample.address, things));
        let ask = ask.key(&self.ground.key).header("idempotency-key", key);
        let body = filled(sample.body, things);
        match other {
            false => with_body(sample, ask, &body, n, ""),
            true if body.starts_with('@') => with_body(sample, ask, &body, n + 100_000, ""),
            true => ask.header("content-type", "application/json").body(body + " "),
        }
        .send()
        .await
    }

    /// Asks in turn, at once and for something else; says what is wrong with the answers and entries.
    async fn wrong(&self, sample: &Sample, at: usize) -> Vec<String> {
        let key = self.ground.key.clone();
        let by = Caller { http: &self.http, key: Some(&key) };
        let mut wrong = Vec::new();
        let things = self.ground.things(self.portal, sample, by).await;
        let n = self.ground.n();
        let before = entries(self.portal, &self.ground.tenant).await;
        let first = self.sent(sample, &things, &format!("turn-{at}"), n, false).await;
        let once = entries(self.portal, &self.ground.tenant).await - before;
        let again = self.sent(sample, &things, &format!("turn-{at}"), n, false).await;
        let twice = entries(self.portal, &self.ground.tenant).await - before;
        if first.status >= 400 || !same(&first, &again) || once != twice {
            wrong.push(format!(
                "in turn: {} {:?}, then {} {:?}; {once} entries, then {twice}",
                first.status,
                first.text(),
                again.status,
                again.text()
            ));
        }
        let other = self.sent(sample, &things, &format!("turn-{at}"), n, true).await;
        // Where nothing was changed (a job that is over is stopped), nothing is remembered.
        let told = other.status == 409 || once == 0;
        if !told || entries(self.portal, &self.ground.tenant).await - before != twice {
            wrong.push(format!("something else with that key: {} {}", other.status, other.text()));
        }
        let things = self.ground.things(self.portal, sample, by).await;
        let (n, before) = (self.ground.n(), entries(self.portal, &self.ground.tenant).await);
        let key = format!("once-{at}");
        let (one, two) = tokio::join!(
            self.sent(sample, &things, &key, n, false),
            self.sent(sample, &things, &key, n, false)
        );
        let made = entries(self.portal, &self.ground.tenant).await - before;
        if one.status >= 400 || !same(&one, &two) || made != once {
            wrong.push(format!(
                "at once: {} {:?} and {} {:?}; {made} entries, not {once}",
                one.status,
                one.text(),
                two.status,
                two.text()
            ));
        }
        wrong.into_iter().map(|what| format!("{}: {what}", sample.name())).collect()
    }
}

/// The same answer, but for a secret, which one of them alone tells (a key begins with its tenant's number).
fn same(one: &Answer, two: &Answer) -> bool {
    let parts = |answer: &Answer| {
        let mut body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        if let Some(members) = body.as_object_mut() {
            members.remove("key");
            members.remove("link");
        }
        (answer.status, body)
    };
    let told = |answer: &Answer| {
        ["\"key\":\"AAAA", "\"link\":\""].iter().any(|secret| answer.text().contains(secret))
    };
    parts(one) == parts(two) && !(told(one) && told(two))
}

both_engines! {
    async fn every_changing_door_for_programs_does_once_what_is_asked_twice_with_one_key(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let asked = Asked { portal: &portal, ground: &ground, http: portal.http() };
        let (mut wrong, mut walked) = (Vec::new(), 0);
        for (at, sample) in of_programs().into_iter().filter(Sample::changes).enumerate() {
            if let Gives::File(_) = sample.sign.doc.gives {
                let by = Caller { http: &asked.http, key: Some(&ground.key) };
                let things = ground.things(&portal, &sample, by).await;
                let refused = asked.sent(&sample, &things, "file", ground.n(), false).await;
                if refused.status != 422 {
                    wrong.push(format!("{}: gives a file, and takes a key: {}", sample.name(), refused.status));
                }
                continue;
            }
            walked += 1;
            wrong.extend(asked.wrong(&sample, at).await);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(walked > 30, "only {walked} doors change something");
    }

    async fn a_key_is_of_one_service_user_and_of_one_tenant_and_is_forgotten_after_a_week(world: World) {
        let portal = world.portal().await;
        let (one, other) = (Ground::new(&portal, 1).await, Ground::new(&portal, 2).await);
        let http = portal.http();
        let ask = async |key: &str, name: &str| {
            let body = serde_json::json!({ "kind": "skill", "name": name });
            let sent = http.post("/api/v1/words").key(key).header("idempotency-key", "k").json(&body);
            sent.send().await.status
        };
        assert_eq!(ask(&one.key, "Svenska").await, 201);
        assert_eq!(ask(&one.key, "Norska").await, 409);
        assert_eq!(ask(&other.key, "Norska").await, 201, "another tenant's");
        let rights = ["profiles.view", "profiles.manage"];
        let (_, second) = crate::users::lasting_key(&portal, &one.tenant, &rights, 30 * 86_400).await;
        assert_eq!(ask(&second, "Finska").await, 201, "another service user's");
        portal.clock().by_seconds(6 * 86_400);
        server::jobs::look(portal.app()).await.unwrap();
        assert_eq!(ask(&second, "Danska").await, 409, "still remembered");
        portal.clock().by_seconds(2 * 86_400);
        server::jobs::look(portal.app()).await.unwrap();
        assert_eq!(ask(&second, "Danska").await, 201, "forgotten");
    }

    async fn what_changed_nothing_is_tried_again_with_the_same_key(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let http = portal.http();
        let (_, narrow) = crate::users::key(&portal, &ground.tenant, &["profiles.view"]).await;
        let ask = async |key: &str, name: &str| {
            let body = serde_json::json!({ "kind": "skill", "name": name });
            http.post("/api/v1/words").key(key).header("idempotency-key", "k").json(&body).send().await.status
        };
        assert_eq!((ask(&narrow, "Svenska").await, ask(&narrow, "Svenska").await), (403, 403));
        assert_eq!((ask(&ground.key, "").await, ask(&ground.key, "Svenska").await), (422, 201));
    }

    async fn s25_who_may_no_longer_ask_is_refused_whatever_was_answered_before(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let rights = ["profiles.view", "profiles.manage"];
        let (user, key) = crate::users::key(&portal, &ground.tenant, &rights).await;
        let http = portal.http();
        let ask = async || {
            let body = serde_json::json!({ "kind": "skill", "name": "Svenska" });
            http.post("/api/v1/words").key(&key).header("idempotency-key", "k").json(&body).send().await.status
        };
        assert_eq!((ask().await, ask().await), (201, 201));
        let taken = http.ask("PUT", &format!("/api/v1/settings/profiles.manage?user={user}"));
        let value = serde_json::json!({ "value": false });
        taken.key(&ground.key).json(&value).send().await.expect(200);
        assert_eq!(ask().await, 403);
    }
}
