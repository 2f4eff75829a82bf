//! Every change that can be undone is made, looked at and undone through its door; what came since is named.

use crate::users::{newest, newest_subject, post};
use kernel::UserId;
use server::logs::model::Field;
use server::logs::{undo, undoing::set_back};
use std::cell::RefCell;
use std::collections::BTreeSet;
use vaktbok_tests::{Http, Portal, Tenant, both_engines};

/// A change as its entry tells it.
#[derive(Debug)]
struct Did {
    idx: i64,
    name: String,
    subject: kernel::Uuid,
    fields: Vec<Field>,
}

/// A customer whose changes are undone, and what has been by now.
struct Ground<'a> {
    portal: &'a Portal,
    tenant: &'a Tenant,
    http: &'a Http,
    undone: RefCell<BTreeSet<&'static str>>,
}

impl Ground<'_> {
    async fn entry(&self, idx: i64) -> Did {
        let find = kernel::sql!(
            "select e.name, e.subject_id, c.body from entry e
             left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
             where e.tenant_id = $tenant and e.idx = $idx"
        );
        let read = move |r: &mut kernel::Reader<'_>| r.row(find, kernel::params! { idx: idx });
        let machine = self.portal.machine(self.tenant.id);
        let (name, subject, body): (String, kernel::Uuid, Option<String>) =
            machine.read(&self.portal.app().store, read).await.unwrap();
        let change: serde_json::Value = serde_json::from_str(&body.unwrap_or("{}".to_owned())).unwrap();
        let field = |one: &serde_json::Value| Field {
            name: one["field"].as_str().unwrap().to_owned(),
            before: one["before"].clone(),
            after: one["after"].clone(),
        };
        let fields = change["fields"].as_array().into_iter().flatten().map(field).collect();
        Did { idx, name, subject, fields }
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) {
        let answer = post(self.http, path, fields).await;
        assert!(matches!(answer.status, 200 | 303), "{path}: {} {}", answer.status, answer.text());
    }

    async fn subject(&self, event: &'static str) -> String {
        newest_subject(self.portal, self.tenant, event).await.to_string()
    }

    /// Looks at what undoing the newest change of a name would do, undoes it, and reads that every field is what it was.
    async fn undo(&self, event: &'static str) {
        let idx = newest(self.portal, self.tenant, event).await;
        assert!(idx >= 0, "no {event}");
        let did = self.entry(idx).await;
        let page = format!("/logs/changes/{idx}/undo");
        let drawer = self.http.get(&format!("/logs/changes?open={idx}")).send().await.expect(200).text();
        assert!(drawer.contains(&format!("href=\"{page}?back=")), "{event} is not offered: {drawer}");
        let asked = self.http.get(&page).send().await.expect(200).text();
        assert!(
            asked.contains("What will be set back") && asked.contains(&format!("action=\"{page}\"")),
            "{event}: {asked}"
        );
        let told = |asked: &str| asked.contains("Who is affected") || asked.contains("It affects");
        assert!(told(&asked), "{event} does not say who is affected: {asked}");
        let done = post(self.http, &page, &[]).await;
        assert_eq!(done.status, 303, "{event}: {}", done.text());
        self.is_as_it_was(&did).await;
        let again = self.http.get(&page).send().await.expect(200).text();
        assert!(!again.contains(&format!("action=\"{page}\"")), "{event} is offered again: {again}");
        self.undone.borrow_mut().insert(event);
    }

    /// The newest entry sets back what the change had set.
    async fn is_as_it_was(&self, did: &Did) {
        let find = kernel::sql!("select max(idx) from entry where tenant_id = $tenant and log = $log");
        let log = i64::from(book::Log::Change.code());
        let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(find, kernel::params! { log: log });
        let (idx,) = self.portal.machine(self.tenant.id).read(&self.portal.app().store, read).await.unwrap();
        let back = self.entry(idx).await;
        assert!(back.idx > did.idx && back.subject == did.subject, "{back:?} does not undo {did:?}");
        // What a new user's state and kind were made of itself is not told again.
        let kept =
            |field: &Field| set_back(&field.name) && !(did.name == "user.created" && field.name == "state");
        for field in did.fields.iter().filter(|field| kept(field)) {
            let turned = back
                .fields
                .iter()
                .find(|one| one.name == field.name)
                .unwrap_or_else(|| panic!("{} of {} is not set back: {back:?}", field.name, did.name));
            assert_eq!(
                (&turned.before, &turned.after),
                (&field.after, &field.before),
                "{} of {}",
                field.name,
                did.name
            );
        }
    }
}

async fn users(ground: &Ground<'_>, anna: UserId) {
    let (agents, to) = (ground.tenant.agents.to_string(), ground.tenant.administrators.to_string());
    ground.post("/users", &[("name", "Cia"), ("user_name", "cia"), ("group", &agents)]).await;
    for event in ["user.created", "user.creation_undone"] {
        ground.undo(event).await;
    }
    ground.post(&format!("/users/{anna}/edit"), &[("name", "Anna Ek"), ("mail", "a@example.se")]).await;
    ground.undo("user.edited").await;
    ground.post(&format!("/users/{anna}/move"), &[("group", &to), ("seen", &to)]).await;
    ground.undo("user.moved").await;
}

async fn standing(ground: &Ground<'_>, anna: UserId) {
    ground.post(&format!("/users/{anna}/suspend"), &[]).await;
    for event in ["user.suspended", "user.standing_restored"] {
        ground.undo(event).await;
    }
    ground.post(&format!("/users/{anna}/resume"), &[]).await;
    ground.undo("user.resumed").await;
    ground.post(&format!("/users/{anna}/resume"), &[]).await;
    ground.post(&format!("/users/{anna}/deactivate"), &[]).await;
    ground.undo("user.deactivated").await;
    ground.post(&format!("/users/{anna}/deactivate"), &[]).await;
    ground.post(&format!("/users/{anna}/reactivate"), &[]).await;
    ground.undo("user.reactivated").await;
    ground.post(&format!("/users/{anna}/reactivate"), &[]).await;
    ground.post(&format!("/users/{anna}/link"), &[]).await;
    ground.undo("password-link.made").await;
}

async fn groups_and_reach(ground: &Ground<'_>) {
    ground.post("/groups", &[("name", "Kväll"), ("kind", "agents")]).await;
    let group = ground.subject("group.created").await;
    ground.post(&format!("/groups/{group}/rename"), &[("name", "Natt")]).await;
    for event in ["group.renamed", "group.created", "group.deleted"] {
        ground.undo(event).await;
    }
    ground.post("/access/reach", &[("name", "Norr"), ("group", &group)]).await;
    ground.undo("reach.defined").await;
    ground.undo("reach.removed").await;
    let reach = ground.subject("reach.defined").await;
    let page = ground.http.get(&format!("/access/reach/{reach}")).send().await.expect(200).text();
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let seen = seen.replace("&#34;", "\"").replace("&quot;", "\"");
    let wider = [("name", "Norrland"), ("everything", "1"), ("seen", seen.as_str())];
    ground.post(&format!("/access/reach/{reach}"), &wider).await;
    ground.undo("reach.changed").await;
    ground.post(&format!("/groups/{group}/reach"), &[("reach", &reach)]).await;
    ground.undo("reach.given").await;
    ground.undo("reach.taken").await;
}

async fn competence(ground: &Ground<'_>) {
    ground.post("/profiles/words", &[("kind", "skill"), ("name", "Norska")]).await;
    let skill = ground.subject("word.added").await;
    ground.post(&format!("/profiles/words/{skill}"), &[("name", "Bokmål")]).await;
    for event in ["word.renamed", "word.added", "word.removed"] {
        ground.undo(event).await;
    }
    ground.post("/profiles/queues", &[("name", "Telefon"), ("medium", "call"), ("skill", &skill)]).await;
    let queue = ground.subject("queue.created").await;
    ground
        .post(
            &format!("/profiles/queues/{queue}"),
            &[("name", "Chatt"), ("medium", "chat"), ("skill", &skill)],
        )
        .await;
    for event in ["queue.edited", "queue.created", "queue.deleted"] {
        ground.undo(event).await;
    }
    let (level, holder) = (format!("level_{skill}"), format!("group:{}", ground.tenant.agents));
    ground.post("/profiles", &[("name", "Dag"), ("holder", &holder), (&level, "9")]).await;
    let profile = ground.subject("profile.created").await;
    ground.post(&format!("/profiles/{profile}"), &[("name", "Natt"), (&level, "3")]).await;
    for event in ["profile.edited", "profile.created", "profile.deleted"] {
        ground.undo(event).await;
    }
}

async fn settings_and_keys(ground: &Ground<'_>, service: UserId) {
    let place = format!("/groups/{}/settings/session.idle_minutes", ground.tenant.agents);
    ground.post(&place, &[("step", "save"), ("value", "25"), ("mode", "free")]).await;
    ground.undo("setting.given").await;
    ground.undo("setting.cleared").await;
    let until =
        ground.portal.app().store.clock().now().plus_seconds(10 * 24 * 3600).to_string()[..10].to_owned();
    let fields = [
        ("user", service.to_string()),
        ("name", "Nightly".to_owned()),
        ("owner", String::new()),
        ("until", until),
    ];
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("scope", "users.view"));
    ground.post("/access/keys", &fields).await;
    ground.undo("key.made").await;
}

async fn searches(ground: &Ground<'_>) {
    let search = [("page", "access"), ("name", "Natten"), ("filters", "result=refused"), ("shared", "on")];
    ground.post("/searches", &search).await;
    for event in ["search.saved", "search.deleted"] {
        ground.undo(event).await;
    }
    let search = ground.subject("search.saved").await;
    ground.post(&format!("/searches/{search}/rename"), &[("name", "Nätter")]).await;
    ground.undo("search.renamed").await;
}

both_engines! {
    async fn every_change_that_can_be_undone_is_looked_at_and_undone_through_its_door(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &["users.view"]).await.user;
        let (service, _) = crate::users::key(&portal, &tenant, &["users.view"]).await;
        let ground = Ground { portal: &portal, tenant: &tenant, http: &http, undone: RefCell::default() };
        users(&ground, anna).await;
        standing(&ground, anna).await;
        groups_and_reach(&ground).await;
        competence(&ground).await;
        settings_and_keys(&ground, service).await;
        searches(&ground).await;
        let all: BTreeSet<&str> = undo::undoable().collect();
        assert_eq!(*ground.undone.borrow(), all, "tested, and said by the domains to be undoable");
    }

    async fn what_was_changed_since_is_named_by_field_and_entry_before_and_after_one_tries(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await.user;
        let edit = format!("/users/{anna}/edit");
        post(&http, &edit, &[("name", "Anna Ek"), ("mail", "a@example.se")]).await.expect(303);
        let first = newest(&portal, &tenant, "user.edited").await;
        post(&http, &edit, &[("name", "Anna Ek"), ("mail", "b@example.se")]).await.expect(303);
        let second = newest(&portal, &tenant, "user.edited").await;
        let undo = format!("/logs/changes/{first}/undo");
        let asked = http.get(&undo).send().await.expect(200).text();
        let refused = post(&http, &undo, &[]).await.expect(409).text();
        let drawer = http.get(&format!("/logs/changes?open={first}")).send().await.expect(200).text();
        for page in [&asked, &refused, &drawer] {
            assert!(page.contains(&format!("href=\"/logs/changes?open={second}\"")) && page.contains(">Mail<"), "{page}");
            assert!(!page.contains(&format!("action=\"{undo}\"")), "{page}");
        }
        assert!(!asked.contains(">Name<"), "the name is as the change left it: {asked}");
        post(&http, &edit, &[("name", "Anna Ek"), ("mail", "a@example.se")]).await.expect(303);
        let asked = http.get(&undo).send().await.expect(200).text();
        assert!(asked.contains(&format!("action=\"{undo}\"")), "it is again as the change left it: {asked}");
        post(&http, &undo, &[]).await.expect(303);
    }

    async fn s25_undo_is_not_offered_beyond_reach(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await.user;
        let may = ["logs.changes", "users.view", "users.manage"];
        let lead = portal.person(&tenant, tenant.services, "lead", &may).await;
        post(&admin, "/access/reach", &[("name", "Agenterna"), ("group", &tenant.agents.to_string())]).await.expect(303);
        let reach = newest_subject(&portal, &tenant, "reach.defined").await.to_string();
        post(&admin, &format!("/users/{}/reach", lead.user), &[("reach", &reach)]).await.expect(303);
        post(&admin, &format!("/users/{anna}/edit"), &[("name", "Anna Ek")]).await.expect(303);
        let idx = newest(&portal, &tenant, "user.edited").await;
        let (page, undo) = (format!("/logs/changes?open={idx}"), format!("/logs/changes/{idx}/undo"));
        let http = portal.sign_in(&lead).await;
        assert!(http.get(&page).send().await.expect(200).text().contains(&undo));
        let to = tenant.administrators.to_string();
        post(&admin, &format!("/users/{anna}/move"), &[("group", &to), ("seen", &to)]).await.expect(303);
        let now = http.get(&page).send().await.expect(200).text();
        assert!(!now.contains(&undo) && now.contains("no longer there, or not for you to see"), "{now}");
        let asked = http.get(&undo).send().await.expect(200).text();
        assert!(!asked.contains(&format!("action=\"{undo}\"")), "{asked}");
        post(&http, &undo, &[]).await.expect(404);
    }
}
