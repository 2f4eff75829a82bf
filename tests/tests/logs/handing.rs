//! Heads handed out by themselves: as files and to a web hook, at least once, in order, and to nobody they must not go to.

use kernel::Event;
use kernel::setting::Mode;
use server::logs::book::{handout, heads};
use server::settings::events::{Expected, SettingGiven};
use server::settings::model::{Place, Told};
use vaktbok_tests::receiver::authority;
use vaktbok_tests::{Answering, Engine, Http, Portal, Receiver, Tenant, World, both_engines};

/// A world whose operator lets web hooks reach this machine.
fn open(world: World) -> World {
    world.stating("outgoing_hosts", "localhost").stating("outgoing_roots", authority().display())
}

async fn set(portal: &Portal, tenant: &Tenant, key: &str, value: &str) {
    let told = Told { value: value.into(), mode: Mode::Free };
    let given =
        SettingGiven { place: Place::Tenant, key: key.to_owned(), told, expected: Expected::Anything };
    let grant: kernel::Grant<<SettingGiven as Event>::Needs> = portal.machine(tenant.id).also().unwrap();
    grant.apply(&portal.app().store, given).await.unwrap();
}

/// Something happens, and its head is signed and handed out if anybody will have it. The size that was signed.
async fn happen(portal: &Portal, tenant: &Tenant, n: usize) -> i64 {
    portal.try_sign_in(&portal.http(), tenant.number, &format!("nobody-{n}"), "fel lösenord här").await;
    let note = heads::sign(portal.app(), tenant.id).await.unwrap().unwrap();
    handout::all(portal.app()).await.unwrap();
    note.lines().nth(1).unwrap().parse().unwrap()
}

/// The sizes a receiver got, each message's in order.
fn sizes(receiver: &Receiver) -> Vec<i64> {
    let all = |body: &String| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        body["heads"]
            .as_array()
            .unwrap()
            .iter()
            .map(|head| head["size"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    receiver.taken().iter().flat_map(all).collect()
}

async fn page(http: &Http) -> String {
    http.get("/book").send().await.expect(200).text()
}

both_engines! {
    async fn each_new_head_comes_as_a_file_that_verifies_what_follows(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        set(&portal, &tenant, "book.head_folder", "vittnet").await;
        let mut signed = Vec::new();
        for n in 0..3 {
            signed.push(happen(&portal, &tenant, n).await);
        }
        let folder = world.folder().path().join("handed-out/1001/vittnet");
        let day = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        let mut names: Vec<_> = std::fs::read_dir(&day).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        assert_eq!(names, signed.iter().map(|size| format!("{size:012}.head")).collect::<Vec<_>>());
        let earlier = std::fs::read_to_string(day.join(&names[0])).unwrap();
        let admin = portal.sign_in(&tenant.administrator).await;
        let paper = async |name: &str| admin.get(&format!("/book/{name}")).send().await.expect(200).text();
        let (head, key, book) = (paper("head").await, paper("key").await, paper("export").await);
        let papers = verify::Papers { head: &head, key: &key, earlier: Some(&earlier) };
        assert_eq!(verify::verify(book.as_bytes(), papers).unwrap().answer(), verify::Answer::Whole);
        let told = page(&admin).await;
        assert!(told.contains("vittnet") && told.contains("badge ok"), "{told}");
    }

    async fn a_web_hook_gets_every_head_in_order_though_it_was_down(world: World) {
        let world = open(world);
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let receiver = Receiver::start();
        set(&portal, &tenant, "book.head_hook", &receiver.address()).await;
        let mut signed = vec![happen(&portal, &tenant, 0).await];
        assert_eq!(sizes(&receiver), signed);
        receiver.answers(Answering::With("503 Service Unavailable"));
        let before = receiver.taken().len();
        signed.push(happen(&portal, &tenant, 1).await);
        signed.push(happen(&portal, &tenant, 2).await);
        assert_eq!(receiver.taken().len(), before + 1, "it is not asked again before its time");
        let admin = portal.sign_in(&tenant.administrator).await;
        let told = page(&admin).await;
        assert!(told.contains("status 503") && told.contains("badge bad") && told.contains("Failing since"), "{told}");
        assert!(!told.contains("canary-of-the-receiver"), "what may be a secret is not shown");
        receiver.answers(Answering::With("204 No Content"));
        portal.clock().by_seconds(2);
        signed.push(happen(&portal, &tenant, 3).await);
        let got = sizes(&receiver);
        let after = &got[got.len() - 3..];
        assert_eq!(after, &signed[1..], "{got:?}");
        assert!(page(&admin).await.contains("badge ok"));
    }

    async fn a_head_whose_receipt_was_never_written_down_comes_again(world: World) {
        let world = open(world);
        let receiver = Receiver::start();
        let first = world.portal().await;
        let tenant = first.tenant(1001).await;
        set(&first, &tenant, "book.head_hook", &receiver.address()).await;
        happen(&first, &tenant, 0).await;
        receiver.answers(Answering::HangsUp);
        let lost = happen(&first, &tenant, 1).await;
        assert_eq!(sizes(&receiver).last(), Some(&lost), "it came");
        receiver.answers(Answering::With("200 OK"));
        first.clock().by_seconds(5);
        // Where there can be another node it goes on for the first one; how far it had come stands in the rows alone.
        let portal = match world.engine() {
            Engine::Sqlite => first,
            Engine::Postgres => world.portal_on(first.clock().clone()).await,
        };
        handout::all(portal.app()).await.unwrap();
        let got = sizes(&receiver);
        assert_eq!(got.iter().filter(|size| **size == lost).count(), 2, "once more: {got:?}");
        handout::all(portal.app()).await.unwrap();
        assert_eq!(sizes(&receiver).len(), got.len(), "and then no more");
    }

    async fn s55_a_web_hook_on_this_machine_is_refused_unless_the_operator_allows_its_host(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let receiver = Receiver::start();
        let port = receiver.port();
        let hidden = [receiver.address(), format!("https://127.0.0.1:{port}/"), format!("https://[::1]:{port}/"), format!("https://2130706433:{port}/")];
        let admin = portal.sign_in(&tenant.administrator).await;
        for (n, address) in hidden.iter().enumerate() {
            set(&portal, &tenant, "book.head_hook", address).await;
            happen(&portal, &tenant, n).await;
            let told = page(&admin).await;
            assert!(told.contains("private network"), "{address}: {told}");
        }
        assert!(receiver.taken().is_empty());
    }

    async fn s55_a_web_hook_that_points_elsewhere_is_not_followed(world: World) {
        let world = open(world);
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let receiver = Receiver::start();
        let admin = portal.sign_in(&tenant.administrator).await;
        receiver.answers(Answering::With("302 Found\r\nlocation: https://127.0.0.1:1/"));
        set(&portal, &tenant, "book.head_hook", &receiver.address()).await;
        happen(&portal, &tenant, 0).await;
        assert!(page(&admin).await.contains("pointed to another address"));
    }

    async fn s55_a_certificate_of_an_authority_that_nobody_stated_is_refused(world: World) {
        let world = world.stating("outgoing_hosts", "localhost");
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let other = Receiver::start();
        let admin = portal.sign_in(&tenant.administrator).await;
        set(&portal, &tenant, "book.head_hook", &other.address()).await;
        happen(&portal, &tenant, 1).await;
        let told = page(&admin).await;
        assert!(told.contains("The certificate was not accepted"), "{told}");
        assert!(other.taken().is_empty());
    }

    async fn s55_a_form_takes_no_address_but_https_and_no_path_as_a_folder(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        for (key, value) in [
            ("book.head_hook", "http://hook.example/"),
            ("book.head_hook", "https://a:b@hook.example/"),
            ("book.head_hook", "file:///etc/passwd"),
            ("book.head_folder", "../../etc"),
            ("book.head_folder", "/tmp/x"),
        ] {
            let form = [("value", value), ("mode", "free")];
            let answer = admin.post(&format!("/settings/{key}")).form(&form).send().await;
            assert_eq!(answer.status, 422, "{key} {value}: {}", answer.text());
        }
    }

    async fn where_heads_go_to_is_an_entry_and_programs_see_how_it_stands(world: World) {
        let world = open(world);
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let receiver = Receiver::start();
        set(&portal, &tenant, "book.head_hook", &receiver.address()).await;
        let size = happen(&portal, &tenant, 0).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let changes = admin.get("/logs/changes?name=setting.given").send().await.expect(200).text();
        assert!(changes.contains("row-"), "{changes}");
        let grant = portal.machine(tenant.id);
        let standing = grant.read(&portal.app().store, handout::standing).await.unwrap();
        let hook = standing.iter().find(|one| one.way == handout::Way::Hook).unwrap();
        let hook = serde_json::to_value(hook.body()).unwrap();
        assert_eq!(hook["taken_size"], size);
        assert_eq!(hook["to"], format!("localhost:{}", receiver.port()));
        assert_eq!(hook["failing_since"], serde_json::Value::Null);
    }
}
