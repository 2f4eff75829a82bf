//! The strip above a log: it counts what the filters find, says where it stops, and each bar leads to exactly its time.

use crate::users::bounds::reach_everything;
use kernel::Grant;
use kernel::policy::Anyone;
use serde_json::Value;
use server::logs::counting::MAX_COUNTED_ENTRIES;
use server::logs::events::LogRead;
use vaktbok_tests::{Http, Portal, Somebody, Tenant, both_engines};

/// A key that reads the logs and everything in them.
async fn reader(portal: &Portal, tenant: &Tenant) -> String {
    let (service, key) =
        crate::users::key(portal, tenant, &["logs.access", "logs.changes", "logs.archive"]).await;
    let service = Somebody { user: service, ..tenant.administrator.clone() };
    reach_everything(portal, tenant, &service).await;
    key
}

async fn counts(portal: &Portal, key: &str, query: &str) -> Vec<Value> {
    let path = format!("/api/v1/logs/access/counts?{query}");
    let body = portal.http().get(&path).key(key).send().await.expect(200).json();
    assert_eq!(body["exact"], true, "{body}");
    body["bars"].as_array().unwrap().clone()
}

fn sum(bars: &[Value], member: &str) -> i64 {
    bars.iter().map(|bar| bar[member].as_i64().unwrap()).sum()
}

async fn rows(http: &Http, path: &str) -> usize {
    http.get(path).send().await.expect(200).text().matches("<tr id=\"row-").count()
}

/// Where the bars of a page lead, whether they are marked, and how many entries they tell of.
fn bars(page: &str) -> Vec<(String, bool, usize)> {
    let strip = page.split("<figure class=\"strip\">").nth(1).unwrap().split("</figure>").next().unwrap();
    let one = |bar: &str| {
        let href = bar.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        let told = bar.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        let all = told.rsplit(": ").next().unwrap().split(' ').next().unwrap().parse().unwrap();
        (href, bar.split('>').next().unwrap().contains("chosen"), all)
    };
    strip.split("<a href=\"").skip(1).map(one).collect()
}

both_engines! {
    async fn the_strip_counts_what_the_filters_the_words_and_the_reach_find(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        for name in ["kalle", "kalle", "lisa", "kalle.svensson"] {
            portal.try_sign_in(&portal.http(), 1001, name, "fel lösenord här").await;
        }
        let admin = portal.sign_in(&tenant.administrator).await;
        let key = reader(&portal, &tenant).await;
        let filters = [
            ("result=refused", 4),
            ("result=refused&typed=kalle", 2),
            ("result=accepted&typed=kalle", 0),
            ("result=refused&client=visitor", 4),
            ("result=refused&q=kalle", 3),
            ("result=refused&q=finns-inte", 0),
            ("name=sign-in.refused&typed=lisa&q=li*a", 1),
        ];
        for indexed in [false, true] {
            if indexed {
                crate::logs::searched(&portal).await;
            }
            for (query, fits) in filters {
                let counted = counts(&portal, &key, query).await;
                assert_eq!((sum(&counted, "entries"), sum(&counted, "refused")), (fits, fits), "{query}, {indexed}");
                assert!(counted.len() == 48 && counted.iter().all(|bar| bar["whole"] == true && bar["chosen"] == false));
                let page = admin.get(&format!("/logs/access?{query}")).send().await.expect(200).text();
                let told: usize = bars(&page).iter().map(|(_, _, all)| all).sum();
                assert_eq!(told, page.matches("<tr id=\"row-").count(), "{query}, {indexed}");
                assert_eq!(told as i64, fits, "{query}, {indexed}");
            }
        }
        let (_, little) = crate::users::key(&portal, &tenant, &["logs.access"]).await;
        assert_eq!(sum(&counts(&portal, &little, "result=refused").await, "entries"), 0, "within reach");
        let foreign = portal.tenant(1002).await;
        let other = reader(&portal, &foreign).await;
        assert_eq!(sum(&counts(&portal, &other, "result=refused").await, "entries"), 0);
    }

    async fn a_bar_leads_to_exactly_its_time_and_what_is_chosen_is_marked(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        for seconds in [0, 40, 3, 3600, 1, 90_000] {
            portal.clock().by_seconds(seconds);
            portal.try_sign_in(&portal.http(), 1001, "kalle", "fel lösenord här").await;
        }
        let admin = portal.sign_in(&tenant.administrator).await;
        let mut place = "/logs/access?result=refused".to_owned();
        let mut seen = 6;
        for depth in 0..4 {
            let page = admin.get(&place).send().await.expect(200).text();
            let all = bars(&page);
            let within: usize = all.iter().filter(|bar| depth == 0 || bar.1).map(|bar| bar.2).sum();
            assert_eq!(within, seen, "{place}: {all:?}");
            assert_eq!(all.iter().any(|bar| bar.1), depth > 0, "{place}");
            assert!(all.iter().any(|bar| !bar.1), "what stands round it shows as well: {place}");
            for (href, _, count) in all.iter().filter(|bar| bar.2 > 0) {
                assert_eq!(rows(&admin, href).await, *count, "{href}");
                assert!(href.contains("result=refused") && href.contains("%3A"), "{href}");
            }
            let (href, _, count) = all.into_iter().filter(|bar| depth == 0 || bar.1).max_by_key(|bar| bar.2).unwrap();
            assert!(href.matches("%2B").count() == 2 || href.matches('Z').count() == 2, "its side of UTC: {href}");
            (place, seen) = (href, count);
        }
        let page = admin.get("/logs/access?since=2026-10-25T02:30:15%2B01:00&until=2026-10-25T03:30:16%2B01:00").send().await;
        let page = page.expect(200).text();
        assert!(page.contains("02:30:15 +01:00"), "the chip tells the side of the night: {page}");
        assert!(page.contains("value=\"2026-10-25T02:30:15\"") && page.contains("step=\"1\""), "{page}");
    }

    async fn where_counting_stops_the_strip_says_so(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let anyone: Grant<Anyone> = portal.machine(tenant.id).also().unwrap();
        let each = MAX_COUNTED_ENTRIES * 3 / 5;
        for _ in 0..2 {
            for n in 0..each {
                let event = LogRead { log: "access", view: format!("q=lika{n}") };
                anyone.apply(&portal.app().store, event).await.unwrap();
            }
            portal.clock().by_seconds(2 * 24 * 3600);
        }
        let key = reader(&portal, &tenant).await;
        for indexed in [false, true] {
            if indexed {
                crate::logs::searched(&portal).await;
            }
            let bars = counts(&portal, &key, "list=readings&q=lika").await;
            assert_eq!(sum(&bars, "entries"), MAX_COUNTED_ENTRIES as i64, "the newest, one by one");
            let (whole, part): (Vec<Value>, Vec<Value>) = bars.into_iter().partition(|bar| bar["whole"] == true);
            assert!(!part.is_empty() && sum(&whole, "entries") >= each as i64, "{part:?}");
            let admin = portal.sign_in(&tenant.administrator).await;
            let page = admin.get("/logs/access?list=readings&q=lika").send().await.expect(200).text();
            assert!(page.contains("The bars are counted in full from") && page.contains("not all counted"), "{page}");
            let exact = counts(&portal, &key, "list=readings&name=log.read&client=machine").await;
            assert_eq!(sum(&exact, "entries"), 2 * each as i64, "without words all are counted");
            assert!(exact.iter().all(|bar| bar["whole"] == true));
        }
    }
}
