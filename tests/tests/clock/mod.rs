//! A clock that is wrong, while people are signed in and the book is written: order is the index, and no session lives longer.

mod swept;

use kernel::{Reader, params, sql};
use vaktbok_tests::{Http, Portal, Tenant, both_engines};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What happens to the clock, in seconds one after the other, and whether a session in use goes on.
const CASES: [(&str, &[i64], bool); 12] = [
    ("an hour ahead", &[HOUR], false),
    ("an hour back", &[-HOUR], false),
    ("four hundred days ahead", &[400 * DAY], false),
    ("four hundred days back", &[-400 * DAY], false),
    ("ten minutes back", &[-10 * MINUTE], false),
    ("half a minute back, as a correction does", &[-30], true),
    ("a leap second counted twice", &[-1], true),
    ("a leap second left out", &[1], true),
    ("summer time set by hand", &[HOUR, 30], false),
    ("winter time set by hand", &[-HOUR, 30], false),
    ("a day ahead and home again", &[DAY, -DAY], true),
    ("back and forth within minutes", &[-2 * MINUTE, 4 * MINUTE, -2 * MINUTE], true),
];

/// The longest that a session lasts, by default, and what a clock set back may add to it.
const LONGEST: i64 = 12 * HOUR + 5 * MINUTE;

async fn inside(http: &Http) -> bool {
    http.get("/me").send().await.status == 200
}

/// Uses a session every ten minutes of true time and says after how many seconds it had ended.
async fn lasts(portal: &Portal, http: &Http) -> i64 {
    let mut lasted = 0;
    while inside(http).await {
        portal.clock().by_seconds(10 * MINUTE);
        lasted += 10 * MINUTE;
        assert!(lasted < 48 * HOUR, "it does not end");
    }
    lasted
}

/// Time, mark and index of every entry, in the order of the book.
async fn times(portal: &Portal, tenant: &Tenant) -> Vec<(i64, bool)> {
    let list = sql!("select at, stepped_back from entry where tenant_id = $tenant order by idx");
    let read = move |r: &mut Reader<'_>| r.rows::<(i64, bool)>(list, params! {});
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap()
}

async fn whole(http: &Http) {
    let paper = async |name: &str| http.get(&format!("/book/{name}")).send().await.expect(200).text();
    let (head, key, book) = (paper("head").await, paper("key").await, paper("export").await);
    let papers = verify::Papers { head: &head, key: &key, earlier: None };
    let report = verify::verify(book.as_bytes(), papers).unwrap();
    assert_eq!(report.answer(), verify::Answer::Whole, "{report}");
}

both_engines! {
    async fn r10_s12_a_link_a_key_and_an_opening_count_for_nothing_before_they_were_made_and_none_ends_for_ever(world: World) {
        let portal = world.portal().await;
        let tenant = crate::archive::with_samples(&portal, 1).await;
        let rights = ["archive.view", "archive.content"];
        let (service, key) = crate::users::key(&portal, &tenant, &rights).await;
        let service = vaktbok_tests::Somebody { user: service, ..tenant.administrator.clone() };
        crate::users::bounds::reach_everything(&portal, &tenant, &service).await;
        let api = portal.http();
        let status = async |path: &str| api.get(path).key(&key).send().await.status;
        let listed = api.get("/api/v1/interactions").key(&key).send().await.expect(200).json();
        let call = format!("/api/v1/interactions/{}", listed["interactions"][0]["id"].as_str().unwrap());
        portal.clock().by_seconds(40 * MINUTE);
        let opened = api.post(&format!("{call}/openings")).key(&key).send().await.expect(201).json();
        let opening = format!("{call}/openings/{}", opened["opening"].as_str().unwrap());
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let page = admin.post(&format!("/users/{}/link", anna.user)).send().await.expect(200).text();
        let secret = page.split_once("/set-password/").unwrap().1.split(['<', '"']).next().unwrap();
        let link = format!("/set-password/{secret}");
        let all = async || [status(&opening).await, status(&call).await, api.get(&link).send().await.status];
        assert_eq!(all().await, [200, 200, 200]);
        // Another node's clock may be a little behind: that is no step back.
        portal.clock().by_seconds(-50);
        assert_eq!(all().await, [200, 200, 200]);
        portal.clock().by_seconds(50 - 30 * MINUTE);
        assert_eq!(all().await, [404, 200, 404], "of what was made after this moment nothing counts");
        let set = [("new", vaktbok_tests::PASSWORD), ("again", vaktbok_tests::PASSWORD)];
        let used = api.post(&link).form(&set).send().await;
        assert_ne!(used.status, 303, "nor can it be used: {}", used.text());
        portal.clock().by_seconds(-12 * MINUTE);
        assert_eq!(status(&call).await, 401, "so it is with the key");
        let refused = api.get(&call).key(&key).send().await.expect(401).json();
        assert_eq!(refused["code"], "key-refused-not-yet", "it is not over: {refused}");
        let today = portal.sign_in(&tenant.administrator).await;
        for (page, told) in [("/logs/access?name=key.refused", "the key is not made yet"), ("/access/keys", "not made yet")] {
            let page = today.get(page).send().await.expect(200).text();
            let (_, lines) = page.split_once("<tbody").unwrap();
            assert!(lines.contains(told) && !lines.contains("time is over"), "{told}: {lines}");
        }
        // A year ahead, where all of it is over, and home again.
        portal.clock().by_seconds(365 * DAY);
        assert_eq!(all().await, [401, 401, 404]);
        portal.clock().by_seconds(42 * MINUTE - 365 * DAY);
        assert_eq!(all().await, [200, 200, 200], "a clock that was wrong and is put right ends nothing for ever");
        portal.clock().by_seconds(21 * MINUTE);
        assert_eq!(status(&call).await, 401, "each ends when it was said to end");
    }

    async fn r10_twelve_wrong_clocks_leave_the_order_whole_the_skew_marked_and_no_session_longer(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let mut steps_back = 0;
        for (n, (what, steps, goes_on)) in CASES.into_iter().enumerate() {
            let http = portal.sign_in(&tenant.administrator).await;
            assert!(inside(&http).await);
            let before = times(&portal, &tenant).await.len();
            for (at, step) in steps.iter().enumerate() {
                portal.clock().by_seconds(*step);
                // Written by somebody who has come in under this clock, or by our own work: nothing is refused for the time.
                let group = format!("Klocka {n} {at}");
                let kind = server::users::model::GroupKind::Agents;
                let id = kernel::GroupId::new(portal.app().store.clock().now(), portal.app().store.chance());
                let made = server::users::events::GroupCreated { group: id, name: group, kind, started: server::users::events::Started::default() };
                portal.machine(tenant.id).also().unwrap().apply(&portal.app().store, made).await.unwrap();
            }
            let all = times(&portal, &tenant).await;
            assert_eq!(all.len(), before + steps.len(), "{what}: each is written");
            let marked = all[before..].iter().filter(|(_, mark)| *mark).count();
            let back = steps.iter().filter(|step| **step < 0).count();
            assert_eq!(marked, back, "{what}: each step back is marked");
            steps_back += back;
            assert_eq!(inside(&http).await, goes_on, "{what}: the session");
            let moved: i64 = steps.iter().sum();
            if goes_on {
                let lasted = lasts(&portal, &http).await;
                assert!(lasted <= LONGEST + 10 * MINUTE && lasted > 10 * HOUR, "{what}: it lasted {lasted} seconds");
                portal.clock().by_seconds(-lasted);
            }
            portal.clock().by_seconds(-moved);
        }
        for pair in times(&portal, &tenant).await.windows(2) {
            assert_eq!(pair[1].1, pair[1].0 < pair[0].0, "marked exactly where time went back");
        }
        assert!(steps_back >= 8);
        let http = portal.sign_in(&tenant.administrator).await;
        let listed = http.get("/logs/changes").send().await.expect(200).text();
        let listed = listed.split_once("<tbody").unwrap().1;
        let order: Vec<usize> = (0..CASES.len()).filter_map(|n| listed.find(&format!("Klocka {n} 0"))).collect();
        assert!(order.len() > 8 && order.windows(2).all(|pair| pair[0] > pair[1]), "newest first by the index: {order:?}");
        whole(&http).await;
    }
}
