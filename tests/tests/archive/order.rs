//! The archive's list in each of its orders: over pages, within reach.

use super::{agent, bring_in, with_samples};
use crate::users::bounds::reach_everything;
use serde_json::Value;
use vaktbok_tests::{Http, Somebody, both_engines};

/// All interactions in an order, by pages of so many.
async fn listed(http: &Http, secret: &str, asked: &str, page: usize) -> Vec<Value> {
    let mut all = Vec::new();
    let mut from = String::new();
    loop {
        let path = format!("/api/v1/interactions?{asked}&limit={page}{from}");
        let body = http.get(&path).key(secret).send().await.expect(200).json();
        all.extend(body["interactions"].as_array().unwrap().iter().cloned());
        let Some(next) = body["next"].as_str() else { return all };
        from = format!("&from={}", vaktbok_tests::encode(next));
    }
}

/// One text of each; empty where there is none.
fn texts(all: &[Value], field: &str) -> Vec<String> {
    all.iter().map(|one| one[field].as_str().unwrap_or_default().to_owned()).collect()
}

/// How long it was, so that the text sorts as the number does.
fn length(one: &Value) -> String {
    let at = |field: &str| one[field].as_str().unwrap().parse::<kernel::Timestamp>().unwrap().0;
    format!("{:015}", at("ended") - at("started"))
}

both_engines! {
    async fn the_archive_is_ordered_by_its_columns_alike_over_pages(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let (service, secret) = crate::users::key(&portal, &tenant, &["archive.view", "archive.content"]).await;
        reach_everything(&portal, &tenant, &Somebody { user: service, ..tenant.administrator.clone() }).await;
        let http = portal.http();
        let newest = listed(&http, &secret, "sort=-started", 200).await;
        assert_eq!(newest.len(), 12);
        assert_eq!(listed(&http, &secret, "medium=", 200).await, newest, "without a word the newest is first");
        let mut seen = 0;
        for column in ["started", "length", "agent", "queue"] {
            for down in [false, true] {
                let sort = format!("sort={}{column}", if down { "-" } else { "" });
                let whole = listed(&http, &secret, &sort, 200).await;
                assert_eq!(whole.len(), 12, "{sort}");
                for page in [1, 5] {
                    assert_eq!(listed(&http, &secret, &sort, page).await, whole, "{sort} by pages of {page}");
                }
                let values: Vec<String> = match column {
                    "length" => whole.iter().map(length).collect(),
                    "queue" => texts(&whole, "queue_name"),
                    other => texts(&whole, other),
                };
                let empty = values.iter().filter(|value| value.is_empty()).count();
                let (full, last) = values.split_at(values.len() - empty);
                assert!(last.iter().all(String::is_empty), "those without stand last: {sort} {values:?}");
                let right = |two: &[String]| two[0] == two[1] || (two[0] > two[1]) == down;
                assert!(full.windows(2).all(right), "{sort} {values:?}");
                seen += full.len();
            }
        }
        assert!(seen > 60, "most have a value in each column: {seen}");
        let calls = listed(&http, &secret, "sort=-length&medium=call&words=Hagel", 1).await;
        assert!(!calls.is_empty() && texts(&calls, "medium").iter().all(|m| m == "call"), "{calls:?}");
        let page = portal.sign_in(&tenant.administrator).await.get("/archive?sort=-length&medium=call").send().await.expect(200).text();
        assert!(page.contains("aria-sort=\"descending\"") && page.contains("sort=length&#38;medium=call"), "{page}");
    }

    async fn agents_stand_as_swedes_sort_and_without_reach_one_finds_ones_own_alone_in_any_order(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let call = String::from_utf8(server::archive::samples::sample("05-late-ferry.vcon.json").unwrap().to_vec()).unwrap();
        let recording = server::archive::samples::sample("05-late-ferry.mp3").unwrap();
        for (n, name) in ["Östen Ek", "Zoë Ask", "Åke Alm", "Ärla Berg", "Adam Å", "Åsa Ö"].iter().enumerate() {
            let mail = format!("u{n}@norrsken.example");
            let who = agent(&portal, &tenant, &mail, &["archive.view"]).await;
            let boss = portal.sign_in(&tenant.administrator).await;
            let edit = format!("/users/{}/edit", who.user);
            boss.post(&edit).form(&[("name", name), ("user_name", &mail), ("mail", &mail)]).send().await.expect(303);
            let own = call.replace("priya.nair@harbourvale.example", &mail).replace("674c7d18", &format!("674c7d1{n}"));
            let offer = server::archive::import::Offer::held(&[("call.vcon.json", own.as_bytes()), ("05-late-ferry.mp3", recording)]);
            let summary = bring_in(&portal, &tenant, offer).await;
            assert_eq!(summary.imported, 1, "{:?}", summary.aside);
        }
        let boss = portal.sign_in(&tenant.administrator).await;
        let expected = ["Adam Å", "Zoë Ask", "Åke Alm", "Åsa Ö", "Ärla Berg", "Östen Ek"];
        for (sort, expected) in [("agent", expected.to_vec()), ("-agent", expected.iter().rev().copied().collect())] {
            let page = boss.get(&format!("/archive?sort={sort}")).send().await.expect(200).text();
            let at = |name: &&str| page.find(&format!("class=\"cut\">{name}<")).unwrap_or_else(|| panic!("{name} in {page}"));
            let places: Vec<usize> = expected.iter().map(at).collect();
            assert!(places.is_sorted(), "{sort} {places:?}");
        }
        let own = Somebody { user_name: "u3@norrsken.example".to_owned(), ..tenant.administrator.clone() };
        let http = portal.sign_in(&own).await;
        for sort in ["agent", "-length", "queue", "-queue", "started"] {
            let page = http.get(&format!("/archive?sort={sort}")).send().await.expect(200).text();
            assert_eq!(page.matches("href=\"/archive/0").count(), 1, "{sort}: {page}");
        }
    }
}
