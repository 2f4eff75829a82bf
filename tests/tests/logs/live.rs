//! Live pages: what comes by itself, what is told of it when it is too much, and who has room.

use kernel::policy::Anyone;
use kernel::{TenantId, Uuid};
use server::front::SESSION_COOKIE;
use server::logs::events::LogRead;
use server::logs::live::{Full, MAX_LIVE_PAGES, MAX_LIVE_PAGES_A_SESSION};
use std::time::Duration;
use tokio::task::JoinHandle;
use vaktbok_tests::{Http, Portal, both_engines};

/// Follows a live page for so many seconds, or until the server ends it.
fn follow(http: &Http, path: &str, last: Option<i64>, seconds: u64) -> JoinHandle<String> {
    let cookie = http.cookie(SESSION_COOKIE).unwrap();
    let last = last.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
    let ask = format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n{last}Connection: close\r\nCookie: {SESSION_COOKIE}={cookie}\r\n\r\n",
        http.address()
    );
    let http = Http::new(http.address());
    tokio::spawn(async move {
        let came = http.raw(ask.as_bytes(), Duration::from_secs(seconds)).await;
        String::from_utf8_lossy(&came).into_owned()
    })
}

async fn begun(portal: &Portal, watchers: usize) {
    for _ in 0..200 {
        if portal.app().live.count() == watchers {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} watchers instead of {watchers}", portal.app().live.count());
}

/// So many readings of the access log, at once.
async fn readings(portal: &Portal, tenant: TenantId, count: usize) {
    let grant: kernel::Grant<Anyone> = portal.machine(tenant).also().unwrap();
    let mut all = tokio::task::JoinSet::new();
    for n in 0..count {
        let (grant, store) = (grant.clone(), portal.app().store.clone());
        all.spawn(
            async move { grant.apply(&store, LogRead { log: "access", view: format!("n={n}") }).await },
        );
    }
    all.join_all().await.into_iter().for_each(|one| one.unwrap());
}

fn rows(came: &str) -> Vec<i64> {
    let after = |piece: &str| piece.split('"').next().unwrap().parse().unwrap();
    came.split("<tr id=\"row-").skip(1).map(after).collect()
}

fn told_of(came: &str) -> usize {
    let sentence =
        |line: &str| line.strip_prefix("data: ")?.split_once(" more new entr")?.0.parse::<usize>().ok();
    came.lines().filter_map(sentence).sum()
}

fn last_id(came: &str) -> i64 {
    came.lines().filter_map(|line| line.strip_prefix("id: ")).next_back().unwrap().parse().unwrap()
}

both_engines! {
    async fn more_new_entries_than_a_list_holds_are_told_of_with_a_link_and_none_is_lost(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        admin.get("/logs/access?list=readings").send().await.expect(200);
        let came = follow(&admin, "/logs/access/live?list=readings", None, 8);
        begun(&portal, 1).await;
        readings(&portal, tenant.id, 120).await;
        let came = came.await.unwrap();
        let (shown, told) = (rows(&came), told_of(&came));
        assert!(told > 0, "120 at once are more than a list: {came}");
        assert_eq!(shown.len() + told, 120, "{shown:?} and {told} more");
        assert!(shown.is_sorted(), "oldest first: {shown:?}");
    }

    async fn a_page_whose_connection_broke_goes_on_after_what_it_was_told_last(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        admin.get("/logs/access?list=readings").send().await.expect(200);
        let came = follow(&admin, "/logs/access/live?list=readings", None, 5);
        begun(&portal, 1).await;
        readings(&portal, tenant.id, 2).await;
        let came = came.await.unwrap();
        assert_eq!(rows(&came).len(), 2, "{came}");
        readings(&portal, tenant.id, 3).await;
        let again = follow(&admin, "/logs/access/live?list=readings&after=0", Some(last_id(&came)), 3).await.unwrap();
        let more: Vec<i64> = rows(&again);
        assert_eq!(more.len(), 3, "what came meanwhile, once: {again}");
        assert!(more.iter().all(|idx| !rows(&came).contains(idx)));
        readings(&portal, tenant.id, 70).await;
        begun(&portal, 0).await;
        let late = follow(&admin, "/logs/access/live?list=readings", Some(last_id(&again)), 3).await.unwrap();
        assert_eq!(rows(&late).len(), 50);
        assert!(late.contains("data: There are more new entries: show"), "{late}");
    }

    async fn s57_one_watcher_reads_for_all_pages_and_ends_with_the_last(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let paths = ["/logs/access/live?list=readings", "/logs/access/live?result=refused", "/logs/changes/live"];
        let pages: Vec<_> = paths.iter().map(|path| follow(&admin, path, None, 4)).collect();
        begun(&portal, 1).await;
        readings(&portal, tenant.id, 1).await;
        let mut came = Vec::new();
        for page in pages {
            came.push(page.await.unwrap());
        }
        assert!(came.iter().all(|one| one.contains("event: here")), "{came:?}");
        assert!(rows(&came[0]).len() > rows(&came[1]).len() && rows(&came[2]).is_empty(), "{came:?}");
        // The next commit wakes it, and it finds nobody.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        readings(&portal, tenant.id, 1).await;
        begun(&portal, 0).await;
    }

    async fn s57_a_full_house_is_said_in_a_sentence_the_page_works_and_other_customers_have_room(world: World) {
        let portal = world.portal().await;
        let (one, other) = (portal.tenant(1001).await, portal.tenant(1002).await);
        let admin = portal.sign_in(&one.administrator).await;
        let pages: Vec<_> =
            (0..MAX_LIVE_PAGES_A_SESSION).map(|_| follow(&admin, "/logs/changes/live", None, 6)).collect();
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let full = follow(&admin, "/logs/changes/live", None, 3).await.unwrap();
        assert!(full.contains("event: full\ndata: You have 4 pages open"), "{full}");
        assert!(full.contains("retry: 30000"), "it asks again by itself");
        admin.get("/logs/changes").send().await.expect(200);
        for page in pages {
            assert!(page.await.unwrap().contains("event: here"));
        }
        let places = &portal.app().live.places;
        while places.count() > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let mut held = Vec::new();
        let full = loop {
            match places.take(one.id, Uuid::from_u128(held.len() as u128)) {
                Ok(place) => held.push(place),
                Err(full) => break full,
            }
        };
        assert_eq!((full, held.len()), (Full::Tenant, MAX_LIVE_PAGES / 2));
        let full = follow(&admin, "/logs/changes/live", None, 3).await.unwrap();
        assert!(full.contains("event: full\ndata: So many pages are open"), "{full}");
        admin.get("/logs/changes").send().await.expect(200);
        let theirs = portal.sign_in(&other.administrator).await;
        let came = follow(&theirs, "/logs/changes/live", None, 3).await.unwrap();
        assert!(came.contains("event: here"), "{came}");
        drop(held);
        let came = follow(&admin, "/logs/changes/live", None, 3).await.unwrap();
        assert!(came.contains("event: here"), "{came}");
    }

    async fn s19_a_live_page_shows_only_within_reach_and_ends_with_its_session(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let agda = portal.person(&tenant, tenant.agents, "agda", &["logs.access"]).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let inside = portal.sign_in(&agda).await;
        let paths = ["/logs/access/live", "/logs/access/live?result=refused"];
        inside.get("/logs/access").send().await.expect(200);
        let theirs = follow(&inside, paths[0], None, 20);
        let refused = follow(&inside, paths[1], None, 20);
        let all = follow(&admin, paths[1], None, 4);
        begun(&portal, 1).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        portal.try_sign_in(&portal.http(), 1001, "somebody.else", "fel lösenord här").await;
        inside.get("/users").send().await.expect(403);
        assert_eq!(rows(&all.await.unwrap()).len(), 2, "the administrator sees both refusals");
        let began = std::time::Instant::now();
        admin.post(&format!("/users/{}/sessions/end", agda.user)).form(&[]).send().await.expect(303);
        let (theirs, refused) = (theirs.await.unwrap(), refused.await.unwrap());
        assert!(began.elapsed() < Duration::from_secs(8), "both ended with the session: {:?}", began.elapsed());
        assert_eq!(rows(&refused).len(), 1, "their own refusal alone: {refused}");
        assert!(!theirs.contains("somebody.else"), "{theirs}");
    }

    async fn s19_a_live_page_is_no_use_of_its_session_and_does_not_keep_it_from_ending(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        admin.get("/logs/access?list=readings").send().await.expect(200);
        let came = follow(&admin, "/logs/access/live?list=readings", None, 20);
        begun(&portal, 1).await;
        // Idle for 50 of 60 minutes: whatever the page is told from now on would be a use of a session last seen then.
        portal.clock().by_seconds(50 * 60);
        readings(&portal, tenant.id, 1).await;
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        portal.clock().by_seconds(11 * 60);
        admin.get("/me").send().await.expect(303);
        // The page's own reading is an entry again after so long, and may be the second row.
        let came = came.await.unwrap();
        assert!((1..=2).contains(&rows(&came).len()), "it was told while it could be: {came}");
    }
}
