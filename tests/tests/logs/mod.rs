//! The logs and the book, through their doors.

mod bodies;
mod deeds;
mod exact;
pub mod facets;
mod following;
mod formats;
mod frame;
mod handing;
mod live;
mod menus;
mod olden;
mod older;
mod rewritten;
mod running;
mod saved;
mod shape;
mod strip;
pub(crate) mod taking;
mod telling;
mod undoing;

use vaktbok_tests::{Http, Portal, Tenant, World, both_engines};

/// What the open attempts of a stranger leave: names that would be formulas, new lines, terminal colours, turned writing.
const HOSTILE: &str = "=cmd|' /C calc'!A0";
const STEERING: &str = "anna\u{202e}nimda";

async fn searched(portal: &Portal) {
    let sizes = server::logs::index::gather::Sizes { small: 1, big: 8 };
    server::logs::index::gather::all(portal.app(), sizes).await.unwrap();
}

/// Something of every kind happens to a customer: the archive comes, people try and come in, are refused, change and open.
async fn happening(portal: &Portal, number: i64) -> Tenant {
    let tenant = crate::archive::with_samples(portal, number).await;
    for name in ["kalle.karlsson", "admin", "=lisa"] {
        portal.try_sign_in(&portal.http(), number, name, "fel lösenord här").await;
    }
    let bo = portal.person(&tenant, tenant.agents, "bo", &[]).await;
    portal.sign_in(&bo).await.get("/users").send().await.expect(403);
    let (_, key) = crate::users::key(portal, &tenant, &["users.view"]).await;
    portal.http().get("/api/v1/users").key(&key).send().await.expect(200);
    portal.http().get("/api/v1/groups").key(&key).send().await;
    let admin = portal.sign_in(&tenant.administrator).await;
    admin.post("/groups").form(&[("name", "Sälj"), ("kind", "agents")]).send().await.expect(303);
    let value = [("step", "save"), ("value", "true"), ("mode", "free"), ("seen", "null")];
    for place in ["/settings".to_owned(), format!("/groups/{}/settings", tenant.agents)] {
        admin.post(&format!("{place}/archive.reason_required")).form(&value).send().await.expect(303);
    }
    let until = [("step", "save"), ("reason", "Ledig")];
    admin.post(&format!("/users/{}/suspend", bo.user)).form(&until).send().await;
    let call = crate::archive::found(&admin, "recorded=1", "<td").await;
    crate::archive::opened(&admin, call, "Klagomål 4711").await;
    admin.post("/logs/access/export").form(&[("format", "csv")]).send().await.expect(303);
    tenant
}

async fn csv(http: &Http, log: &str) -> String {
    let begun = http.post(&format!("/logs/{log}/export")).form(&[("format", "csv")]).send().await.expect(303);
    let place = begun.header("location").unwrap().to_owned();
    taking::fetched(http, &place).await
}

both_engines! {
    async fn s33_reading_a_log_is_an_entry_that_stands_apart(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let seen = admin.get("/logs/access").send().await.expect(200).text();
        assert!(seen.contains("Signed in"), "{seen}");
        assert!(!seen.contains("Log read"));
        admin.get("/logs/access").send().await.expect(200);
        let read = admin.get("/logs/access?list=readings").send().await.expect(200).text();
        assert_eq!(read.matches("<tr id=\"row-").count(), 2, "one for each view: {read}");
        assert!(read.contains("Log read") && !read.contains("badge ok"));
    }

    async fn a_filter_shows_what_fits_and_a_search_finds_any_part(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let stranger = portal.http();
        for name in ["kalle.karlsson", "lisa", "kalle.svensson"] {
            portal.try_sign_in(&stranger, 1001, name, "fel lösenord här").await;
        }
        let admin = portal.sign_in(&tenant.administrator).await;
        let rows = async |query: &str| {
            let page = admin.get(&format!("/logs/access?{query}")).send().await.expect(200).text();
            page.matches("<tr id=\"row-").count()
        };
        for indexed in [false, true] {
            if indexed {
                searched(&portal).await;
            }
            assert_eq!(rows("result=refused").await, 3);
            assert_eq!(rows("result=refused&typed=LISA").await, 1);
            assert_eq!(rows("q=KARLS").await, 1, "indexed: {indexed}");
            assert_eq!(rows("q=k*sson").await, 2, "indexed: {indexed}");
            assert_eq!(rows("q=finns-inte").await, 0);
            assert_eq!(rows("result=refused&until=2020-01-01T00:00").await, 0);
        }
        admin.get("/logs/access?since=yesterday").send().await.expect(422);
    }

    async fn who_has_no_reach_sees_only_what_they_did_themselves(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let somebody = portal.person(&tenant, tenant.agents, "agda", &["logs.access", "logs.changes"]).await;
        portal.sign_in(&tenant.administrator).await;
        let agda = portal.sign_in(&somebody).await;
        let changes = agda.get("/logs/changes").send().await.expect(200).text();
        assert!(!changes.contains("<tr id=\"row-"), "{changes}");
        agda.get("/logs/changes?open=0").send().await.expect(200);
        agda.get("/logs/archive").send().await.expect(403);
        agda.get("/book").send().await.expect(403);
        agda.get("/logs/access/export").send().await.expect(403);
    }

    async fn s36_a_log_as_a_file_holds_no_formula(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        portal.try_sign_in(&portal.http(), 1001, HOSTILE, "fel lösenord här").await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let text = csv(&admin, "access").await;
        assert!(text.contains("\"'=cmd|' /C calc'!A0\""), "{text}");
        let told = admin.get("/logs/access?name=log.exported").send().await.expect(200).text();
        assert!(told.contains("row-"), "taking a log out is an entry");
    }

    async fn s35_no_name_can_split_or_turn_a_line(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        portal.try_sign_in(&portal.http(), 1001, STEERING, "fel lösenord här").await;
        portal.try_sign_in(&portal.http(), 1001, "<script>alert(1)</script>", "fel lösenord här").await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let text = csv(&admin, "access").await;
        assert!(text.contains("\\u{202e}") && !text.contains('\u{202e}'), "{text}");
        let page = admin.get("/logs/access").send().await.expect(200).text();
        assert!(page.contains("&lt;script&gt;alert") && !page.contains("<script>alert"));
    }

    async fn s37_the_book_taken_out_is_whole_and_a_change_made_in_the_database_is_found(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let paper = async |name: &str| admin.get(&format!("/book/{name}")).send().await.expect(200).text();
        let (head, key) = (paper("head").await, paper("key").await);
        let whole = paper("export").await;
        let papers = verify::Papers { head: &head, key: &key, earlier: None };
        let report = verify::verify(whole.as_bytes(), papers).unwrap();
        assert_eq!(report.answer(), verify::Answer::Whole, "{report}");
        tamper(&world).await;
        // The papers from before still fit what was signed; the head is kept, the rows are not.
        let altered = paper("export?from=0").await;
        let newer = paper("head").await;
        let papers = verify::Papers { head: &newer, key: &key, earlier: Some(&head) };
        let report = verify::verify(altered.as_bytes(), papers).unwrap();
        assert_eq!(report.answer(), verify::Answer::NotWhole, "{report}");
        assert!(report.to_string().contains("entry 1"), "{report}");
    }

    async fn what_is_due_is_erased_and_the_book_stays_whole(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        portal.try_sign_in(&portal.http(), 1001, "kalle.karlsson", "fel lösenord här").await;
        searched(&portal).await;
        portal.clock().by_seconds(390 * 24 * 3600);
        server::logs::retention::all(portal.app()).await.unwrap();
        let admin = portal.sign_in(&tenant.administrator).await;
        let kept = admin.get("/logs/access?q=karlsson").send().await.expect(200).text();
        assert_eq!(kept.matches("<tr id=\"row-").count(), 1, "nothing goes early: {kept}");
        portal.clock().by_seconds(10 * 24 * 3600);
        server::logs::retention::all(portal.app()).await.unwrap();
        let admin = portal.sign_in(&tenant.administrator).await;
        let gone = admin.get("/logs/access?q=karlsson").send().await.expect(200).text();
        assert!(!gone.contains("<tr id=\"row-"), "{gone}");
        let paper = async |name: &str| admin.get(&format!("/book/{name}")).send().await.expect(200).text();
        let (head, key, whole) = (paper("head").await, paper("key").await, paper("export").await);
        assert!(!whole.contains("kalle.karlsson"));
        let papers = verify::Papers { head: &head, key: &key, earlier: None };
        let report = verify::verify(whole.as_bytes(), papers).unwrap();
        assert_eq!(report.answer(), verify::Answer::Whole, "{report}");
        assert!(report.erased_parts > 0, "{report}");
    }

    async fn an_entrys_proof_leads_to_the_signed_root(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        server::logs::book::heads::sign(portal.app(), tenant.id).await.unwrap();
        let admin = portal.sign_in(&tenant.administrator).await;
        admin.get("/book/entries/2").send().await.expect(200);
        admin.get("/book/entries/999999").send().await.expect(404);
        let grant = portal.machine(tenant.id);
        let store = &portal.app().store;
        let proof = grant.read(store, |r| server::logs::book::proof::of(r, 2)).await.unwrap();
        let head = book::Head::parse(book::Note::parse(&proof.head).unwrap().text()).unwrap();
        book::check_inclusion(&proof.path, &proof.leaf, 2, head.size, &head.root).unwrap();
    }
}

/// Renames an event in a row of the book, past the program.
async fn tamper(world: &World) {
    const ALTER: &str = "update entry set name = 'user.edited' where tenant_id = 1001 and idx = 1";
    match world.database() {
        None => {
            let path = world.folder().path().join("vaktbok.db");
            assert_eq!(rusqlite::Connection::open(path).unwrap().execute(ALTER, []).unwrap(), 1);
        }
        Some(database) => assert_eq!(database.superuser().await.execute(ALTER, &[]).await.unwrap(), 1),
    }
}
