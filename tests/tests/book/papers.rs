//! What is taken away of a book fits together, whatever is taken first and however much the book grows meanwhile.

use super::grow;
use book::{Hash, Head, Note};
use data_encoding::BASE64;
use vaktbok_tests::program::{binary, run, vaktbok};
use vaktbok_tests::{Engine, Http, Portal, Tenant, World, both_engines};

async fn text(http: &Http, path: &str) -> String {
    http.get(path).send().await.expect(200).text()
}

fn head_of(note: &str) -> Head {
    Head::parse(Note::parse(note).unwrap().text()).unwrap()
}

/// The addresses of the page's links to papers.
fn links(page: &str) -> Vec<String> {
    let places = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    places.filter(|href| href.starts_with("/book/")).map(|href| href.replace("&amp;", "&")).collect()
}

async fn signed(portal: &Portal, tenant: &Tenant) -> String {
    server::logs::book::heads::sign(portal.app(), tenant.id).await.unwrap().unwrap()
}

async fn key_of(world: &World) -> (Portal, Tenant, Http) {
    let portal = world.portal().await;
    let tenant = portal.tenant(1001).await;
    let admin = portal.sign_in(&tenant.administrator).await;
    signed(&portal, &tenant).await;
    (portal, tenant, admin)
}

both_engines! {
    async fn the_pages_three_links_fit_together_in_any_order_while_the_book_grows(world: World) {
        let (portal, tenant, admin) = key_of(&world).await;
        let page = text(&admin, "/book").await;
        let find = |what: &str| links(&page).into_iter().find(|href| href.starts_with(what)).unwrap();
        let addresses = [find("/book/head?"), find("/book/key"), find("/book/export?")];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let mut papers = [const { String::new() }; 3];
            for n in order {
                grow(&portal, tenant.id, 3).await;
                signed(&portal, &tenant).await;
                papers[n] = text(&admin, &addresses[n]).await;
            }
            let asked = verify::Papers { head: &papers[0], key: &papers[1], earlier: None };
            let report = verify::verify(papers[2].as_bytes(), asked).unwrap();
            assert_eq!(report.answer(), verify::Answer::Whole, "{order:?}: {report}");
        }
        admin.get("/book/export?head=1000000").send().await.expect(404);
        admin.get("/book/head?size=1000000").send().await.expect(404);
    }

    async fn earlier_heads_are_listed_and_each_is_shown_to_be_the_beginning_of_the_newest(world: World) {
        let (portal, tenant, admin) = key_of(&world).await;
        for entries in [1, 7, 300] {
            grow(&portal, tenant.id, entries).await;
            signed(&portal, &tenant).await;
        }
        let page = text(&admin, "/book/heads").await;
        let proofs: Vec<String> =
            links(&page).into_iter().filter(|href| href.starts_with("/book/consistency")).collect();
        assert!(proofs.len() >= 4, "{proofs:?}");
        for address in proofs {
            let proof: serde_json::Value = serde_json::from_str(&text(&admin, &address).await).unwrap();
            let [from, to] = ["from_head", "to_head"].map(|one| head_of(proof[one].as_str().unwrap()));
            let hash = |one: &serde_json::Value| {
                Hash(BASE64.decode(one.as_str().unwrap().as_bytes()).unwrap().try_into().unwrap())
            };
            let path: Vec<Hash> = proof["path"].as_array().unwrap().iter().map(hash).collect();
            book::check_consistency(&path, (from.size, &from.root), (to.size, &to.root)).unwrap();
        }
        admin.get("/book/consistency?from=1000000").send().await.expect(404);
        admin.get("/book/consistency").send().await.expect(422);
    }

    async fn an_entry_taken_out_is_certified_without_the_book_and_leaves_an_entry(world: World) {
        let (_portal, _tenant, admin) = key_of(&world).await;
        let (extract, key) = (text(&admin, "/book/entries/1/extract").await, text(&admin, "/book/key").await);
        assert!(verify::extract(&extract, &key).unwrap().holds(), "{extract}");
        let told = text(&admin, "/logs/access?name=book.extracted").await;
        assert_eq!(told.matches("<tr id=\"row-").count(), 1, "{told}");
        admin.get("/book/entries/999999/extract").send().await.expect(404);
    }

    async fn a_key_handed_over_is_followed_from_the_old_one_to_the_new(world: World) {
        let (portal, tenant, admin) = key_of(&world).await;
        let earlier = signed(&portal, &tenant).await;
        let old = text(&admin, "/book/key").await;
        admin.post("/book/key/rotate").send().await.expect(303);
        grow(&portal, tenant.id, 2).await;
        let (head, key) = (signed(&portal, &tenant).await, text(&admin, "/book/key").await);
        assert!(key.starts_with(old.lines().next().unwrap()) && key != old, "{key}");
        let whole = text(&admin, &format!("/book/export?head={}", head_of(&head).size)).await;
        let papers = verify::Papers { head: &head, key: &key, earlier: Some(&earlier) };
        let report = verify::verify(whole.as_bytes(), papers).unwrap();
        assert_eq!(report.answer(), verify::Answer::Whole, "{report}");
        let papers = verify::Papers { head: &head, key: &old, earlier: None };
        let alone = verify::verify(whole.as_bytes(), papers);
        assert!(!alone.is_ok_and(|report| report.answer() == verify::Answer::Whole), "the old key does not sign any more");
        let told = text(&admin, "/logs/changes?name=book.key_rotated").await;
        assert_eq!(told.matches("<tr id=\"row-").count(), 1, "{told}");
    }
}

/// Runs `vaktbok` and gives its standard output.
fn said(words: &str, world: &World) -> String {
    let output = run(vaktbok(words, world).current_dir(world.folder().path()));
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_commands_of_the_manual_lead_to_a_whole_book_in_either_order() {
    let world = World::new(Engine::Sqlite).await;
    said("tenant add --number 7 --name Sju", &world);
    let keep = |name: &str, text: &str| std::fs::write(world.folder().join(name), text).unwrap();
    let whole = || {
        let mut command = std::process::Command::new(binary("vaktbok-verify"));
        command.args(["book.jsonl", "--head", "book.head", "--key", "book.key"]);
        let output = run(command.current_dir(world.folder().path()));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    };
    keep("book.head", &said("book head --tenant 7", &world));
    keep("book.key", &said("book key --tenant 7", &world));
    said("key add --tenant 7 --owner admin --scope users.view", &world);
    keep("book.jsonl", &said("book export --tenant 7 --head book.head", &world));
    whole();
    said("book rotate --tenant 7", &world);
    let export = run(vaktbok("book export --tenant 7", &world).current_dir(world.folder().path()));
    keep("book.jsonl", &String::from_utf8(export.stdout).unwrap());
    let hint = String::from_utf8(export.stderr).unwrap();
    let size = hint.split("--size ").nth(1).unwrap().split('`').next().unwrap();
    keep("book.head", &said(&format!("book head --tenant 7 --size {size}"), &world));
    keep("book.key", &said("book key --tenant 7", &world));
    whole();
    let head: serde_json::Value = serde_json::from_str(&said("book head --tenant 7 --json", &world)).unwrap();
    assert!(head["size"].as_u64().unwrap() > size.parse().unwrap());
    let keys: serde_json::Value = serde_json::from_str(&said("book key --tenant 7 --json", &world)).unwrap();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
}
