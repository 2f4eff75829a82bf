//! Keys of service users: made, used, refused, ended – through the doors for people and for programs.

use kernel::UserId;
use serde_json::{Value, json};
use server::tenants::{events::UserStarted, model::user_of};
use server::users::model::UserKind;
use vaktbok_tests::{Engine, Http, Moved, Portal, Tenant, both_engines};

const RIGHTS: [&str; 3] = ["users.view", "keys.manage", "logs.access"];

/// A service user with these rights.
async fn service(portal: &Portal, tenant: &Tenant, rights: &[&'static str]) -> UserId {
    let (store, machine) = (&portal.app().store, portal.machine(tenant.id));
    let user = UserId::new(store.clock().now(), store.chance());
    let name = format!("service-{user}");
    let created = user_of(user, UserKind::Service, tenant.services, &name, &name);
    machine.apply(store, UserStarted { user: created, rights: rights.to_vec() }).await.unwrap();
    user
}

fn day(portal: &Portal, days: i64) -> String {
    portal.app().store.clock().now().plus_seconds(days * 24 * 3600).to_string()[..10].to_owned()
}

/// Makes a key on the page; its secret and its id.
async fn made(http: &Http, user: UserId, scope: &[&str], until: &str) -> (String, String) {
    let user = user.to_string();
    let mut fields = vec![("user", user.as_str()), ("name", "Nightly"), ("owner", ""), ("until", until)];
    fields.extend(scope.iter().map(|right| ("scope", *right)));
    let page = http.post("/access/keys").form(&fields).send().await.expect(200).text();
    let secret = page.split("<code").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap();
    let list = http.get(&format!("/access/keys?user={user}")).send().await.expect(200).text();
    let id = list
        .split("href=\"/access/keys/")
        .skip(1)
        .filter_map(|r| r.get(..36))
        .find(|id| !id.starts_with("new"))
        .unwrap();
    (secret.trim().to_owned(), id.to_owned())
}

async fn asks(http: &Http, path: &str, key: &str) -> (u16, Value) {
    let answer = http.get(path).key(key).send().await;
    (answer.status, answer.json())
}

/// The access log's entries of an event, newest first.
async fn log(admin: &Http, query: &str) -> String {
    admin.get(&format!("/logs/access?{query}")).send().await.expect(200).text()
}

/// How many entries of a name there are.
async fn count(portal: &Portal, tenant: &Tenant, name: &'static str) -> i64 {
    let find = kernel::sql!("select count(*) from entry where tenant_id = $tenant and name = $name");
    let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(find, kernel::params! { name: name });
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

both_engines! {
    async fn a_key_is_made_on_the_page_shown_once_used_and_ended_and_the_log_tells_of_it(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let bot = service(&portal, &tenant, &["users.view"]).await;
        admin.get("/access/keys").send().await.expect(200);
        let chosen = admin.get("/access/keys/new").send().await.expect(200).text();
        assert!(chosen.contains(&format!("/access/keys/new?user={bot}")));
        let form = admin.get(&format!("/access/keys/new?user={bot}")).send().await.expect(200).text();
        assert!(form.contains("value=\"users.view\"") && !form.contains("value=\"users.manage\""), "only what both hold");
        let (secret, id) = made(&admin, bot, &["users.view"], &day(&portal, 30)).await;
        let shown = admin.get(&format!("/access/keys/{id}")).send().await.expect(200).text();
        assert!(!shown.contains(&secret), "shown once");
        let http = portal.http();
        for _ in 0..3 {
            assert_eq!(asks(&http, "/api/v1/users", &secret).await.0, 200);
        }
        assert_eq!(count(&portal, &tenant, "key.used").await, 1, "once for each address and quarter of an hour");
        portal.clock().by_seconds(15 * 60);
        asks(&http, "/api/v1/users", &secret).await;
        assert_eq!(count(&portal, &tenant, "key.used").await, 2);
        let told = log(&portal.sign_in(&tenant.administrator).await, "method=key&result=accepted").await;
        assert!(told.contains("API key used") && told.contains("127.0.0.1"), "{told}");
        let admin = portal.sign_in(&tenant.administrator).await;
        admin.post(&format!("/access/keys/{id}/end")).form(&[("reason", "rotated")]).send().await.expect(303);
        let (status, told) = asks(&http, "/api/v1/users", &secret).await;
        assert_eq!((status, told["code"].as_str()), (401, Some("key-refused-ended")));
        assert!(log(&admin, "name=key.refused&reason=key-ended").await.contains("Nightly"));
    }

    async fn what_is_wrong_with_a_new_key_is_told_all_at_once_and_nothing_is_made(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let bot = service(&portal, &tenant, &["users.view"]).await.to_string();
        let fields = [("user", bot.as_str()), ("name", ""), ("owner", "nobody"), ("until", "soon")];
        let page = admin.post("/access/keys").form(&fields).send().await.expect(422).text();
        for told in ["There is no person of that user name", "Choose at least one right"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let late = day(&portal, 400);
        let fields = [("user", bot.as_str()), ("name", "x"), ("until", &late), ("scope", "users.view")];
        let page = admin.post("/access/keys").form(&fields).send().await.expect(422).text();
        assert!(page.contains("at most 366 days"), "{page}");
        let past = day(&portal, -2);
        let fields = [("user", bot.as_str()), ("name", "x"), ("until", &past), ("scope", "users.view")];
        admin.post("/access/keys").form(&fields).send().await.expect(422);
        assert_eq!(count(&portal, &tenant, "key.made").await, 0);
    }

    async fn s29_a_key_gives_no_right_that_its_maker_its_owner_or_the_makers_own_key_lacks(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let bot = service(&portal, &tenant, &["users.view", "users.manage", "keys.manage"]).await;
        let until = day(&portal, 9);
        // A person who lacks the right.
        let keeper = portal.person(&tenant, tenant.services, "keeper", &["keys.manage"]).await;
        let http = portal.sign_in(&keeper).await;
        let user = bot.to_string();
        let fields = [("user", user.as_str()), ("name", "x"), ("until", &until), ("scope", "users.manage")];
        let page = http.post("/access/keys").form(&fields).send().await.expect(422).text();
        assert!(page.contains("a right that you do not have"), "{page}");
        // An owner who lacks it.
        let fields = [("user", user.as_str()), ("name", "x"), ("owner", "keeper"), ("until", &until), ("scope", "users.manage")];
        admin.post("/access/keys").form(&fields).send().await.expect(422);
        // A key whose service user holds it, but whose scope does not.
        let (narrow, _) = made(&admin, bot, &["keys.manage"], &until).await;
        let body = json!({ "user": user, "owner": tenant.administrator.user.to_string(), "name": "wider", "scope": ["users.manage"] });
        portal.http().post("/api/v1/keys").key(&narrow).json(&body).send().await.expect(409);
        let body = json!({ "user": user, "owner": tenant.administrator.user.to_string(), "name": "as wide", "scope": ["keys.manage"] });
        portal.http().post("/api/v1/keys").key(&narrow).json(&body).send().await.expect(201);
    }

    async fn a_program_makes_lists_and_ends_keys_and_asking_twice_makes_one_and_tells_its_secret_once(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let bot = service(&portal, &tenant, &RIGHTS).await;
        let (key, _) = made(&admin, bot, &RIGHTS, &day(&portal, 9)).await;
        let http = portal.http();
        let body = json!({ "user": bot.to_string(), "owner": tenant.administrator.user.to_string(), "name": "second", "scope": ["users.view"], "until": day(&portal, 5) });
        let ask = || http.post("/api/v1/keys").key(&key).header("idempotency-key", "k1").json(&body).send();
        let (first, again) = (ask().await.expect(201).json(), ask().await.expect(201).json());
        let secret = first["key"].as_str().unwrap();
        assert_eq!((&again["id"], &again["key"]), (&first["id"], &Value::Null), "kept nowhere");
        assert_eq!(asks(&http, "/api/v1/users", secret).await.0, 200);
        let (_, listed) = asks(&http, "/api/v1/keys", &key).await;
        let names: Vec<_> = listed["keys"].as_array().unwrap().iter().map(|k| k["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["second", "Nightly"]);
        let one = format!("/api/v1/keys/{}", first["id"].as_str().unwrap());
        assert!(asks(&http, &one, &key).await.1["used_at"].is_string());
        http.ask("DELETE", &one).key(&key).send().await.expect(204);
        assert_eq!(asks(&http, &one, &key).await.0, 404);
        assert_eq!(asks(&http, "/api/v1/users", secret).await.1["code"], "key-refused-ended");
    }

    async fn s19_a_key_opens_nothing_when_it_is_over_or_its_user_or_owner_is_out_and_says_why(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let http = portal.http();
        let owner = portal.person(&tenant, tenant.administrators, "owner", &[]).await;
        let bot = service(&portal, &tenant, &["users.view"]).await;
        let fields = [("user", &*bot.to_string()), ("name", "Nightly"), ("owner", "owner"), ("until", &*day(&portal, 3)), ("scope", "users.view")];
        let page = admin.post("/access/keys").form(&fields).send().await.expect(200).text();
        let key = page.split("<code").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap().trim().to_owned();
        let told = async || { let (status, told) = asks(&http, "/api/v1/users", &key).await; (status, told["code"].as_str().unwrap_or_default().to_owned()) };
        assert_eq!(told().await.0, 200);
        for (user, code) in [(owner.user, "key-refused-owner-out"), (bot, "key-refused-user-out")] {
            admin.post(&format!("/users/{user}/suspend")).form(&[("reason", "x")]).send().await.expect(303);
            assert_eq!(told().await, (401, code.to_owned()));
            admin.post(&format!("/users/{user}/resume")).form(&[("reason", "x")]).send().await.expect(303);
            assert_eq!(told().await.0, 200, "works again");
        }
        portal.clock().by_seconds(5 * 24 * 3600);
        let answer = http.get("/api/v1/users").key(&key).send().await.expect(401);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
        assert_eq!(answer.json()["code"], "key-refused-expired");
        portal.clock().by_seconds(-5 * 24 * 3600);
        admin.post(&format!("/users/{bot}/deactivate")).form(&[("reason", "x")]).send().await.expect(303);
        assert_eq!(told().await, (401, "key-refused-ended".to_owned()), "gone for good");
    }

    async fn refused_keys_are_told_once_in_a_while_with_how_often_they_came_and_to_whom_it_concerns(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.http();
        let admin = portal.sign_in(&tenant.administrator).await;
        // A secret of the right form that names this tenant, and things that name none.
        let guess = kernel::gate::Secret::new(tenant.id, portal.app().store.chance()).text;
        let operator = count_operators(&portal).await;
        for _ in 0..40 {
            assert_eq!(asks(&http, "/api/v1/users", &guess).await.1["code"], "key-refused-unknown");
            asks(&http, "/api/v1/users", "no key at all").await;
            asks(&http, "/api/v1/users", &"x".repeat(3000)).await;
        }
        assert_eq!(count(&portal, &tenant, "key.refused").await, 1);
        assert_eq!(count_operators(&portal).await - operator, 1, "the operator's book");
        portal.clock().by_seconds(15 * 60);
        asks(&http, "/api/v1/users", &guess).await;
        let admin_again = portal.sign_in(&tenant.administrator).await;
        let told = log(&admin_again, "name=key.refused").await;
        let newest = told.split("open=").nth(1).unwrap().split(['"', '&']).next().unwrap().to_owned();
        let drawer = log(&admin_again, &format!("name=key.refused&open={newest}")).await;
        assert!(drawer.contains("39"), "39 came meanwhile: {drawer}");
        assert!(!drawer.contains(&guess), "s34: no secret in the log");
        drop(admin);
    }

    async fn what_a_key_may_not_open_is_an_entry_that_says_whether_the_key_or_the_user_lacks_the_right(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let bot = service(&portal, &tenant, &RIGHTS).await;
        let (key, _) = made(&admin, bot, &["users.view"], &day(&portal, 9)).await;
        let http = portal.http();
        for _ in 0..5 {
            asks(&http, "/api/v1/keys", &key).await;
            http.post("/api/v1/groups").key(&key).json(&json!({})).send().await.expect(403);
        }
        assert_eq!(count(&portal, &tenant, "door.refused").await, 2, "bounded");
        assert!(log(&admin, "name=door.refused&reason=out-of-scope&method=key").await.contains("beyond the key"));
        assert!(log(&admin, "name=door.refused&reason=groups.manage").await.contains("groups.manage"));
    }
}

async fn count_operators(portal: &Portal) -> i64 {
    let find = kernel::sql!("select count(*) from entry where tenant_id = $tenant and name = 'key.refused'");
    let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(find, kernel::params! {});
    portal.machine(portal.app().gate.operator()).read(&portal.app().store, read).await.unwrap().0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s19_an_ended_key_opens_nothing_on_both_nodes_from_the_next_request_on() {
    let world = vaktbok_tests::World::new(Engine::Postgres).await;
    let clock = Moved::default();
    let (one, two) = (world.portal_on(clock.clone()).await, world.portal_on(clock).await);
    let tenant = one.tenant(1).await;
    let admin = one.sign_in(&tenant.administrator).await;
    let bot = service(&one, &tenant, &["users.view"]).await;
    let (key, id) = made(&admin, bot, &["users.view"], &day(&one, 9)).await;
    let nodes = [one.http(), two.http()];
    for node in &nodes {
        assert_eq!(asks(node, "/api/v1/users", &key).await.0, 200);
    }
    admin.post(&format!("/access/keys/{id}/end")).send().await.expect(303);
    // The first that either is asked after the end was answered: sooner than within any time.
    for node in &nodes {
        assert_eq!(asks(node, "/api/v1/users", &key).await.0, 401);
    }
}
