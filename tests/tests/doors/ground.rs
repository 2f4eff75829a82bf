//! What the doors are asked about: things of a tenant, made through the product's own doors when a sample names them.

use super::samples::{Sample, last, place};
use super::sending::{Caller, Things, call, csv, export, file, no_file_under_way};
use crate::users::key;
use kernel::{Reader, UserId, Uuid, params, sql};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use vaktbok_tests::{Http, Portal, Somebody, Tenant};

/// A tenant with a call in its archive, a session and a key that may everything, and whatever samples ask for.
pub struct Ground {
    pub tenant: Tenant,
    pub admin: Http,
    pub key: String,
    counter: AtomicU64,
    mark: &'static str,
    interaction: String,
    recording: String,
}

impl Ground {
    /// A new tenant on this portal.
    pub async fn new(portal: &Portal, number: i64) -> Ground {
        Ground::of(portal, portal.tenant(number).await).await
    }

    /// The same on a tenant that is there already.
    pub async fn of(portal: &Portal, tenant: Tenant) -> Ground {
        Ground::made(portal, tenant, "").await
    }

    /// A new tenant in which everything that is made bears a mark.
    pub async fn marked_as(portal: &Portal, number: i64, mark: &'static str) -> Ground {
        Ground::made(portal, portal.tenant(number).await, mark).await
    }

    async fn made(portal: &Portal, tenant: Tenant, mark: &'static str) -> Ground {
        let admin = portal.sign_in(&tenant.administrator).await;
        let rights = all_rights(portal, &tenant).await;
        let (service, key) = key(portal, &tenant, &rights).await;
        let holder = Somebody { user: service, ..tenant.administrator.clone() };
        crate::users::bounds::reach_everything(portal, &tenant, &holder).await;
        let mut ground = Ground {
            tenant,
            admin,
            key,
            counter: AtomicU64::new(1),
            mark,
            interaction: String::new(),
            recording: String::new(),
        };
        let http = portal.http();
        let sent = http.post("/api/v1/interactions").key(&ground.key);
        let told =
            sent.header("content-type", "application/json").body(call(0, mark)).send().await.expect(200);
        assert_eq!(told.json()["imported"], 1, "{}", told.text());
        let found = ground.api("GET", "/api/v1/interactions", None).await;
        ground.interaction = text(&found["interactions"][0]["id"]);
        let details = ground.api("GET", &format!("/api/v1/interactions/{}", ground.interaction), None).await;
        ground.recording = text(&details["contents"][0]["id"]);
        ground
    }

    /// A number that no other thing of this tenant has.
    pub fn n(&self) -> u64 {
        self.counter.fetch_add(1, Ordering::Relaxed)
    }

    /// The number with the mark before it: for names.
    pub fn marked(&self, n: u64) -> String {
        format!("{}{n}", self.mark)
    }

    /// The id of the archived `interaction` or of its `recording`.
    pub fn archived(&self, thing: &str) -> &str {
        if thing == "recording" { &self.recording } else { &self.interaction }
    }

    /// The administrator's session.
    pub fn administrator(&self) -> Caller<'_> {
        Caller { http: &self.admin, key: None }
    }

    /// Asks the API with the key that may everything.
    pub async fn api(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let http = Http::new(self.admin.address());
        let ask = http.ask(method, path).key(&self.key);
        let ask = match &body {
            Some(body) => ask.json(body),
            None => ask,
        };
        let answer = ask.send().await;
        assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.text());
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    async fn posted(&self, path: &str, body: Value) -> String {
        text(&self.api("POST", path, Some(body)).await["id"])
    }

    async fn user(&self) -> String {
        let n = self.n();
        let agents = self.tenant.agents.to_string();
        self.posted(
            "/api/v1/users",
            json!({ "name": format!("Person {}", self.marked(n)), "user_name": format!("p{}", self.marked(n)), "group": agents }),
        )
        .await
    }

    /// Everything a sample names; what only its maker may see is made by `by`.
    pub async fn things(&self, portal: &Portal, sample: &Sample, by: Caller<'_>) -> Things {
        if sample.sign.path.contains("/export") {
            no_file_under_way(portal, self.tenant.id).await;
        }
        let mut things = Things::from([("mark", self.mark.to_owned())]);
        for thing in sample.things() {
            self.add(portal, thing, by, &mut things).await;
        }
        things
    }

    /// What is there without being made.
    fn standing(&self, thing: &str, n: u64) -> Option<String> {
        Some(match thing {
            "n" => self.marked(n),
            "minutes" => (10 + n % 400).to_string(),
            "agents" => self.tenant.agents.to_string(),
            "services" => self.tenant.services.to_string(),
            "admin" => self.tenant.administrator.user.to_string(),
            "interaction" => self.interaction.clone(),
            "recording" => self.recording.clone(),
            "stylesheet" => server::ui::assets::asset("app.css").to_owned(),
            _ => return None,
        })
    }

    async fn add(&self, portal: &Portal, thing: &'static str, by: Caller<'_>, things: &mut Things) {
        let n = self.n();
        if let Some(value) = self.standing(thing, n) {
            things.insert(thing, value);
            return;
        }
        if let Some(value) = self.plain(thing, n).await {
            things.insert(thing, value);
            return;
        }
        let value = match thing {
            "user" => self.user().await,
            "queue" => self.queue(n).await,
            "service" => self.service(n).await,
            "key" => self.key_of(n).await,
            "reach" => self.reach(n).await,
            "seen_reach" => self.seen(portal, things).await,
            "head" => {
                let note =
                    server::logs::book::heads::sign(portal.app(), self.tenant.id).await.unwrap().unwrap();
                note.lines().nth(1).unwrap().to_owned()
            }
            "suspended" | "deactivated" => {
                let user = self.user().await;
                let act = if thing == "suspended" { "suspend" } else { "deactivate" };
                self.api("POST", &format!("/api/v1/users/{user}/{act}"), Some(json!({}))).await;
                user
            }
            "with_password" => self.with_password(portal).await,
            "aside" => super::aside::made(portal, &self.tenant, n).await,
            "link" => self.link(portal).await,
            "tenant_setting" | "system_setting" => self.setting(thing).await,
            "user_with_setting" | "group_with_setting" | "user_with_reach" | "group_with_reach"
            | "given_reach" => {
                return self.with(thing, things).await;
            }
            "access_idx" | "change_idx" | "archive_idx" => self.entry(portal, thing).await,
            _ => return self.job(portal, thing, by, things).await,
        };
        things.insert(thing, value);
    }

    /// What one request makes.
    async fn plain(&self, thing: &str, n: u64) -> Option<String> {
        let (path, body) = match thing {
            "group" => {
                ("/api/v1/groups", json!({ "name": format!("G{}", self.marked(n)), "kind": "agents" }))
            }
            "word" => ("/api/v1/words", json!({ "kind": "skill", "name": format!("O{}", self.marked(n)) })),
            "profile" => {
                ("/api/v1/profiles", json!({ "name": format!("P{}", self.marked(n)), "holder": "template" }))
            }
            // Shared, so that whoever may change settings may change it.
            "search" => (
                "/api/v1/searches",
                json!({ "page": "access", "name": format!("F{}", self.marked(n)), "filters": "result=refused", "shared": true }),
            ),
            _ => return None,
        };
        Some(self.posted(path, body).await)
    }

    /// The reach that the sample changes, as the page with its form would have shown it.
    async fn seen(&self, portal: &Portal, things: &Things) -> String {
        let reach: server::reach::model::ReachId = things["reach"].parse().unwrap();
        let read = move |r: &mut Reader<'_>| server::reach::queries::definition(r, reach);
        let now = portal.machine(self.tenant.id).read(&portal.app().store, read).await.unwrap();
        vaktbok_tests::encode(&serde_json::to_string(&(now.name, now.extent)).unwrap())
    }

    async fn queue(&self, n: u64) -> String {
        let skill = self
            .posted("/api/v1/words", json!({ "kind": "skill", "name": format!("S{}", self.marked(n)) }))
            .await;
        self.posted(
            "/api/v1/queues",
            json!({ "name": format!("K{}", self.marked(n)), "medium": "call", "skill": skill }),
        )
        .await
    }

    /// A service user that holds one right, so that it can get a key.
    async fn service(&self, n: u64) -> String {
        let services = self.tenant.services.to_string();
        let body = json!({ "name": format!("Tjänst {n}"), "user_name": format!("t{n}"), "group": services, "kind": "service" });
        let user = self.posted("/api/v1/users", body).await;
        let right = format!("/api/v1/settings/users.view?user={user}");
        self.api("PUT", &right, Some(json!({ "value": true }))).await;
        user
    }

    async fn key_of(&self, n: u64) -> String {
        let (user, owner) = (self.service(n).await, self.tenant.administrator.user.to_string());
        let body = json!({ "user": user, "owner": owner, "name": format!("N{n}"), "scope": ["users.view"] });
        self.posted("/api/v1/keys", body).await
    }

    async fn reach(&self, n: u64) -> String {
        let agents = self.tenant.agents.to_string();
        self.posted("/api/v1/reach", json!({ "name": format!("R{}", self.marked(n)), "group": [agents] }))
            .await
    }

    /// A setting with a value of its own at the level, which can be taken away.
    async fn setting(&self, thing: &str) -> String {
        let level = thing.trim_end_matches("_setting");
        // What holds above all tenants is the operator's alone.
        if level == "tenant" || self.tenant.number == 0 {
            let path = format!("/api/v1/settings/session.absolute_hours?level={level}");
            self.api("PUT", &path, Some(json!({ "value": 10 }))).await;
        }
        "session.absolute_hours".to_owned()
    }

    async fn with_password(&self, portal: &Portal) -> String {
        let user = self.user().await;
        portal.give_password(self.tenant.id, user.parse().unwrap(), false).await;
        user
    }

    async fn link(&self, portal: &Portal) -> String {
        let user: UserId = self.user().await.parse().unwrap();
        let grant = portal.machine(self.tenant.id).also().unwrap();
        let link = server::signin::changing::make_link(portal.app(), &grant, user).await.unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    }

    /// A holder together with what it holds.
    async fn with(&self, thing: &'static str, things: &mut Things) {
        let n = self.n();
        let group = things.contains_key("group") || thing.starts_with("group");
        let holder = if group {
            self.posted("/api/v1/groups", json!({ "name": format!("G{}", self.marked(n)), "kind": "agents" }))
                .await
        } else {
            self.user().await
        };
        let kind = if group { "group" } else { "user" };
        if thing.ends_with("setting") {
            let path = format!("/api/v1/settings/session.idle_minutes?{kind}={holder}");
            self.api("PUT", &path, Some(json!({ "value": 12 }))).await;
            things.insert(thing, holder);
            return;
        }
        // Both names come together: the definition and whom it is given to.
        if things.contains_key("given_reach") {
            return;
        }
        let reach = self.reach(n).await;
        self.api("PUT", &format!("/api/v1/reach/{reach}/given?{kind}={holder}"), None).await;
        things.insert("given_reach", reach);
        things.insert(if group { "group_with_reach" } else { "user_with_reach" }, holder);
    }

    /// An entry of a log; for the change log one that can be undone.
    async fn entry(&self, portal: &Portal, thing: &'static str) -> String {
        if thing == "change_idx" {
            let user = self.user().await;
            self.api("PATCH", &format!("/api/v1/users/{user}"), Some(json!({ "name": "Nu" }))).await;
        }
        let log = match thing {
            "change_idx" => book::Log::Change,
            "archive_idx" => book::Log::Archive,
            _ => book::Log::Access,
        };
        let log = i64::from(log.code());
        let find = sql!("select max(idx) from entry where tenant_id = $tenant and log = $log");
        let read = move |r: &mut Reader<'_>| r.row::<(i64,)>(find, params! { log: log });
        portal.machine(self.tenant.id).read(&portal.app().store, read).await.unwrap().0.to_string()
    }

    /// Long work and openings, which belong to who began them: begun by the asker, or by the administrator for one who may not.
    async fn job(&self, portal: &Portal, thing: &'static str, by: Caller<'_>, things: &mut Things) {
        let value = match self.begun(portal, thing, by).await {
            Some(value) => value,
            None => {
                self.begun(portal, thing, self.administrator()).await.unwrap_or_else(|| panic!("no {thing}"))
            }
        };
        things.insert(thing, value);
    }

    async fn begun(&self, portal: &Portal, thing: &str, by: Caller<'_>) -> Option<String> {
        match thing {
            "opening" => {
                let path = format!("/archive/{}/open", self.interaction);
                let form = [("reason", "a complaint")];
                let answer = match by.key {
                    None => by.http.post(&path).form(&form).send().await,
                    Some(key) => {
                        let path = format!("/api/v1/interactions/{}/openings", self.interaction);
                        let answer = by
                            .http
                            .post(&path)
                            .key(key)
                            .json(&json!({ "reason": "a complaint" }))
                            .send()
                            .await;
                        return (answer.status == 201).then(|| text(&answer.json()["opening"]));
                    }
                };
                place(&answer)?.split("opening=").nth(1).map(str::to_owned)
            }
            "import" | "import_begun" if by.key.is_some() => {
                let key = by.key.unwrap_or_default();
                let sent = csv(self.n(), self.mark, by.http.post("/api/v1/imports")).key(key).send().await;
                let import = (sent.status == 201).then(|| text(&sent.json()["id"]))?;
                if thing == "import_begun" {
                    let start = format!("/api/v1/imports/{import}/start");
                    by.http.post(&start).key(key).send().await.expect(200);
                }
                Some(import)
            }
            "import" => last(&csv(self.n(), self.mark, by.http.post("/users/import")).send().await),
            "import_begun" => {
                let import = last(&csv(self.n(), self.mark, by.http.post("/users/import")).send().await)?;
                by.http.post(&format!("/users/import/{import}/start")).send().await.expect(303);
                Some(import)
            }
            "job" => last(&file(self.n(), self.mark, by.http.post("/archive/import")).send().await),
            "export" => export(by, portal, self.tenant.id).await,
            "check" => {
                (by.http.post("/book/checks").send().await.status == 303).then_some(())?;
                let find = sql!(
                    "select id from job where tenant_id = $tenant and kind = $kind order by made_at desc limit 1"
                );
                let kind = server::logs::book::checking::CHECK_JOB;
                let read = move |r: &mut Reader<'_>| r.row::<(Uuid,)>(find, params! { kind: kind });
                Some(
                    portal
                        .machine(self.tenant.id)
                        .read(&portal.app().store, read)
                        .await
                        .unwrap()
                        .0
                        .to_string(),
                )
            }
            other => panic!("no thing is called {other}"),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value}")).to_owned()
}

/// Every right there is, as the administrators' group holds them.
pub async fn all_rights(portal: &Portal, tenant: &Tenant) -> Vec<&'static str> {
    let group = tenant.administrators;
    let read = move |r: &mut Reader<'_>| kernel::policy::Policy::read(r, None, Some(group));
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().rights()
}
