//! Saved searches, through their doors: own and shared, within rights and reach, with their entries and their undo.

use crate::users::newest;
use serde_json::{Value, json};
use vaktbok_tests::{Answer, Http, Portal, Somebody, Tenant, both_engines, encode};

const PATH: &str = "/api/v1/searches";

async fn save(http: &Http, page: &str, name: &str, filters: &str, shared: bool) -> Answer {
    let mut fields = vec![("page", page), ("name", name), ("filters", filters)];
    if shared {
        fields.push(("shared", "on"));
    }
    http.post("/searches").form(&fields).send().await
}

async fn page(http: &Http, path: &str) -> String {
    http.get(path).send().await.expect(200).text()
}

async fn undo(http: &Http, idx: i64) -> Answer {
    http.post(&format!("/logs/changes/{idx}/undo")).form(&[("back", "/searches")]).send().await
}

/// The id of the search of this name, as its page tells it.
fn id(page: &str, name: &str) -> String {
    let row = page.split("<tr id=\"row-").skip(1).find(|row| row.contains(&format!(">{name}<"))).unwrap();
    row.split('"').next().unwrap().to_owned()
}

/// Somebody with rights and with everything in reach, signed in.
async fn reader(portal: &Portal, tenant: &Tenant, name: &str, rights: &[&'static str]) -> (Somebody, Http) {
    let person = portal.person(tenant, tenant.agents, name, rights).await;
    let http = portal.sign_in(&person).await;
    (person, http)
}

both_engines! {
    async fn filters_are_saved_opened_renamed_and_taken_away_with_their_undo(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        portal.try_sign_in(&portal.http(), 1001, "kalle", "fel lösenord här").await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let list = page(&admin, "/logs/access?result=refused&from=99&hide=way").await;
        let offer = "/searches?page=access&amp;filters=result%3Drefused";
        assert!(list.contains(offer) || list.contains(&offer.replace("&amp;", "&#38;")), "{list}");
        let form = page(&admin, "/searches?page=access&filters=result%3Drefused%26from%3D99").await;
        assert!(form.contains("Result: refused") && form.contains("value=\"result=refused\""), "{form}");
        let made = save(&admin, "access", "Natten", "result=refused&from=99&open=1", false).await.expect(303);
        let place = made.header("location").unwrap();
        assert_eq!(place, "/logs/access?result=refused&done=logs-done-saved");
        let seen = page(&admin, place).await;
        assert_eq!(seen.matches("<tr id=\"row-").count(), 1, "{seen}");
        assert!(seen.contains("class=\"tick on\">Natten</a>"), "the menu knows where one is: {seen}");
        let all = page(&admin, "/searches").await;
        assert!(all.contains("href=\"/logs/access?result=refused\"") && all.contains("Result: refused"), "{all}");
        let search = id(&all, "Natten");
        let rename = format!("/searches/{search}/rename");
        admin.post(&rename).form(&[("name", "Nätter"), ("seen", "Natten")]).send().await.expect(303);
        admin.post(&rename).form(&[("name", "Dagar"), ("seen", "Natten")]).send().await.expect(422);
        assert!(page(&admin, "/searches").await.contains("Nätter"));
        undo(&admin, newest(&portal, &tenant, "search.renamed").await).await.expect(303);
        assert!(page(&admin, "/searches").await.contains("Natten"));
        admin.post(&format!("/searches/{search}/delete")).send().await.expect(303);
        assert!(!page(&admin, "/searches").await.contains("Natten"));
        undo(&admin, newest(&portal, &tenant, "search.deleted").await).await.expect(303);
        assert_eq!(id(&page(&admin, "/searches").await, "Natten"), search, "the very same");
        let first = admin.get("/logs/changes?name=search.saved").send().await.expect(200).text();
        assert!(first.contains("Natten"), "{first}");
        undo(&admin, newest(&portal, &tenant, "search.saved").await).await.expect(303);
        assert!(!page(&admin, "/searches").await.contains("Natten"));
    }

    async fn s25_a_search_is_ones_own_or_shared_within_rights_reach_and_customer(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        portal.try_sign_in(&portal.http(), 1001, "kalle", "fel lösenord här").await;
        let admin = portal.sign_in(&tenant.administrator).await;
        save(&admin, "access", "Eget", "result=refused", false).await.expect(303);
        save(&admin, "access", "Delat", "result=refused", true).await.expect(303);
        let (_, rita) = reader(&portal, &tenant, "rita", &["logs.access"]).await;
        let menu = page(&rita, "/logs/access").await;
        assert!(menu.contains(">Delat</a>") && !menu.contains("Eget"), "{menu}");
        let opened = page(&rita, "/logs/access?result=refused").await;
        assert!(!opened.contains("<tr id=\"row-"), "it holds filters alone, and her reach is her own: {opened}");
        let all = page(&admin, "/searches").await;
        let (own, shared) = (id(&all, "Eget"), id(&all, "Delat"));
        save(&rita, "access", "Hennes", "result=refused", true).await.expect(403);
        save(&rita, "change", "Hennes", "name=user.moved", false).await.expect(404);
        save(&rita, "access", "Hennes", "result=accepted", false).await.expect(303);
        for (search, answer) in [(&own, 404), (&shared, 403)] {
            let rename = rita.post(&format!("/searches/{search}/rename"));
            rename.form(&[("name", "Mitt")]).send().await.expect(answer);
            rita.post(&format!("/searches/{search}/delete")).send().await.expect(answer);
        }
        let (_, bo) = reader(&portal, &tenant, "bo", &["logs.changes"]).await;
        assert!(!page(&bo, "/searches").await.contains("Delat"), "of a log that he may not read");
        bo.post(&format!("/searches/{shared}/delete")).send().await.expect(404);
        let foreign = portal.tenant(1002).await;
        let foreign = portal.sign_in(&foreign.administrator).await;
        assert!(!page(&foreign, "/searches").await.contains("Delat"));
        foreign.post(&format!("/searches/{shared}/delete")).send().await.expect(404);
        // Who may no longer read the log is offered nothing of it.
        admin.post(&format!("/searches/{shared}/delete")).send().await.expect(303);
        assert!(!page(&rita, "/logs/access").await.contains("Delat"));
    }

    async fn names_filters_and_numbers_have_their_limits(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let long = "Å".repeat(80);
        save(&admin, "access", &long, "result=refused", false).await.expect(303);
        save(&admin, "access", &long.to_lowercase(), "result=ended", false).await.expect(422);
        save(&admin, "change", &long, "level=tenant", false).await.expect(303);
        for (name, filters) in [
            ("x".repeat(81), "result=refused".to_owned()),
            (String::new(), "result=refused".to_owned()),
            ("tomt".to_owned(), "from=3&open=4&hide=way".to_owned()),
            ("fel".to_owned(), "request=4711".to_owned()),
            ("långt".to_owned(), format!("q={}", "x".repeat(2_000))),
            ("många".to_owned(), server::logs::asked::facets(book::Log::Access).map_filters()),
        ] {
            let refused = save(&admin, "access", &name, &filters, false).await.expect(422).text();
            assert!(refused.contains("class=\"error"), "{name}: {refused}");
        }
        save(&admin, "nolog", "x", "result=refused", false).await.expect(422);
        for n in 1..server::logs::saved::model::MAX_OWN_SEARCHES {
            save(&admin, "access", &format!("S{n}"), "result=refused", false).await.expect(303);
        }
        let full = save(&admin, "access", "en till", "result=refused", false).await.expect(422).text();
        assert!(full.contains("50"), "{full}");
        save(&admin, "access", "en till", "result=refused", true).await.expect(303);
        let menu = page(&admin, "/logs/access").await;
        assert!(menu.contains(&long) && menu.contains("S49"));
    }

    async fn filters_of_the_archive_are_saved_in_the_same_way(world: World) {
        let portal = world.portal().await;
        let tenant = crate::archive::with_samples(&portal, 1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let list = page(&admin, "/archive?medium=call&recorded=1&sort=-length&hide=queue").await;
        let offer = "/searches?page=interactions&#38;filters=medium%3Dcall%26recorded%3D1\"";
        assert!(list.contains(offer), "{list}");
        let form = page(&admin, "/searches?page=interactions&filters=medium%3Dcall%26recorded%3D1%26q%3Dbil").await;
        assert!(form.contains("Medium: Call · Recording: Yes · Search: bil"), "{form}");
        let filters = "/archive?medium=call&recorded=1&sort=-length&most=x&words=hagel";
        let made = save(&admin, "interactions", "Hagel", filters, true).await.expect(303);
        let place = made.header("location").unwrap();
        assert_eq!(place, "/archive?medium=call&recorded=1&words=hagel&done=logs-done-saved");
        let seen = page(&admin, place).await;
        assert!(seen.contains("The search was saved.") && seen.contains("/undo\""), "{seen}");
        assert!(seen.contains("class=\"tick on\">Hagel</a>"), "{seen}");
        let entry = page(&admin, &format!("/logs/changes?open={}", newest(&portal, &tenant, "search.saved").await)).await;
        assert!(entry.contains("medium=call") && entry.contains("Archive"), "{entry}");
        save(&admin, "interactions", "hagel", "medium=chat", false).await.expect(422);
        save(&admin, "interactions", "Inget", "sort=-length&medium=fax", false).await.expect(422);
        let search = id(&page(&admin, "/searches").await, "Hagel");
        admin.post(&format!("/searches/{search}/rename")).form(&[("name", "Skador")]).send().await.expect(303);
        undo(&admin, newest(&portal, &tenant, "search.renamed").await).await.expect(303);
        admin.post(&format!("/searches/{search}/delete")).send().await.expect(303);
        undo(&admin, newest(&portal, &tenant, "search.deleted").await).await.expect(303);
        assert!(page(&admin, "/archive").await.contains("href=\"/archive?medium=call&#38;recorded=1&#38;words=hagel\""));
        undo(&admin, newest(&portal, &tenant, "search.saved").await).await.expect(303);
        assert!(!page(&admin, "/archive").await.contains(">Hagel</a>"));
        let (_, key) = crate::users::key(&portal, &tenant, &["archive.view"]).await;
        let body = json!({ "page": "interactions", "name": "Samtal", "filters": "medium=call" });
        portal.http().post(PATH).key(&key).json(&body).send().await.expect(201);
        let own = portal.http().get(PATH).key(&key).send().await.expect(200).json();
        assert_eq!((&own[0]["page"], &own[0]["filters"]), (&json!("interactions"), &json!("medium=call")));
        let log = json!({ "page": "access", "name": "Logg", "filters": "result=refused" });
        portal.http().post(PATH).key(&key).json(&log).send().await.expect(404);
    }

    async fn s25_a_search_of_the_archive_tells_nobody_more_than_the_archive_does(world: World) {
        let portal = world.portal().await;
        let tenant = crate::archive::with_samples(&portal, 1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let (far, _) = reader(&portal, &tenant, "farida", &[]).await;
        save(&admin, "interactions", "Ord", "words=hagel", true).await.expect(303);
        save(&admin, "interactions", "Hennes", &format!("agent={}", far.user), true).await.expect(303);
        save(&admin, "access", "Natten", "result=refused", true).await.expect(303);
        let all = page(&admin, "/searches").await;
        assert!(all.contains("farida"), "who reaches her reads her name: {all}");
        let (_, eyes) = reader(&portal, &tenant, "vera", &["archive.view"]).await;
        let offered = page(&eyes, "/searches").await;
        assert!(offered.contains("Hennes") && !offered.contains("Ord<") && !offered.contains("Natten"), "{offered}");
        assert!(offered.contains("Agent: the chosen one") && !offered.contains("farida"), "{offered}");
        assert!(offered.contains("href=\"/archive\" aria-current=\"page\""), "it stands below the archive: {offered}");
        let menu = page(&eyes, "/archive").await;
        assert!(menu.contains(">Hennes</a>") && !menu.contains(">Ord</a>"), "{menu}");
        eyes.post(&format!("/searches/{}/rename", id(&all, "Ord"))).form(&[("name", "x")]).send().await.expect(404);
        save(&eyes, "interactions", "Mina ord", "words=hagel", false).await.expect(404);
        let (_, ears) = reader(&portal, &tenant, "örjan", &["archive.view", "archive.content"]).await;
        assert!(page(&ears, "/archive").await.contains(">Ord</a>"));
        let foreign = portal.tenant(1002).await;
        let foreign = portal.sign_in(&foreign.administrator).await;
        assert!(!page(&foreign, "/searches").await.contains("Hennes"));
    }

    async fn a_program_saves_lists_renames_and_deletes(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let (_, key) = crate::users::key(&portal, &tenant, &["logs.access"]).await;
        let http = portal.http();
        let list = async || http.get(PATH).key(&key).send().await.expect(200).json();
        let body = json!({ "page": "access", "name": "Natten", "filters": "result=refused&typed=a%26b&from=3" });
        let made = http.post(PATH).key(&key).json(&body).send().await.expect(201).json();
        let search = made["id"].as_str().unwrap();
        assert_eq!(list().await[0], json!({ "id": search, "page": "access", "name": "Natten",
            "filters": "result=refused&typed=a%26b", "shared": false, "own": true }));
        let filters = list().await[0]["filters"].as_str().unwrap().to_owned();
        http.get(&format!("/api/v1/logs/access?{filters}")).key(&key).send().await.expect(200);
        let shared = json!({ "page": "access", "name": "Alla", "filters": "result=refused", "shared": true });
        http.post(PATH).key(&key).json(&shared).send().await.expect(403);
        let one = format!("{PATH}/{search}");
        http.ask("PATCH", &one).key(&key).json(&json!({ "name": "Nätter" })).send().await.expect(200);
        assert_eq!(list().await[0]["name"], "Nätter");
        http.ask("DELETE", &one).key(&key).send().await.expect(204);
        http.ask("DELETE", &one).key(&key).send().await.expect(404);
        assert_eq!(list().await, Value::Array(Vec::new()));
        let hostile = json!({ "page": "access", "name": "<b>\u{202e}x", "filters": format!("typed={}", encode("<script>")) });
        http.post(PATH).key(&key).json(&hostile).send().await.expect(201);
    }
}

/// One filter more than a list takes.
trait TooMany {
    fn map_filters(&self) -> String;
}

impl TooMany for &[&str] {
    fn map_filters(&self) -> String {
        self.iter().take(13).map(|facet| format!("{facet}=x")).collect::<Vec<_>>().join("&")
    }
}
