//! Live pages: what comes by itself, what is told of it when it is too much, and who has room.

use kernel::policy::Anyone;
use kernel::{TenantId, Uuid};
use server::front::SESSION_COOKIE;
use server::logs::events::LogRead;
use server::logs::live::{Full, HEARTBEAT, MAX_LIVE_PAGES, MAX_LIVE_PAGES_A_SESSION};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use vaktbok_tests::{Http, Portal, both_engines};

/// How long a page waits at most for what is to come: much longer than any machine takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Follows a live page until what came is enough, or until the server ends it: however slow the machine is.
fn follow(
    http: &Http,
    path: &str,
    last: Option<i64>,
    enough: impl Fn(&str) -> bool + Send + 'static,
) -> JoinHandle<String> {
    let cookie = http.cookie(SESSION_COOKIE).unwrap();
    let last = last.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
    let ask = format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n{last}Connection: close\r\nCookie: {SESSION_COOKIE}={cookie}\r\n\r\n",
        http.address()
    );
    let address = http.address();
    tokio::spawn(async move {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(ask.as_bytes()).await.unwrap();
        let (mut came, mut piece, began) = (Vec::new(), [0; 16_384], Instant::now());
        loop {
            // An event of which a part has come says nothing yet.
            let text = String::from_utf8_lossy(&came).into_owned();
            let whole = text.rfind("\n\n").map_or("", |end| &text[..end + 2]);
            if enough(whole) {
                return whole.to_owned();
            }
            assert!(began.elapsed() < PATIENCE, "not enough came: {text}");
            match tokio::time::timeout(Duration::from_millis(100), stream.read(&mut piece)).await {
                Ok(Ok(0) | Err(_)) => return text,
                Ok(Ok(count)) => came.extend_from_slice(&piece[..count]),
                Err(_) => {}
            }
        }
    })
}

/// Never enough: followed until the server ends it.
fn until_ended(_: &str) -> bool {
    false
}

fn is_here(came: &str) -> bool {
    came.contains("event: here")
}

/// Enough when so many rows have come.
fn has_rows(count: usize) -> impl Fn(&str) -> bool + Send {
    move |came| rows(came).len() >= count
}

/// Enough when a page was told that there is no room, and when to ask again.
fn is_full(came: &str) -> bool {
    came.contains("event: full") && came.contains("retry: ")
}

/// Waits until so many pages have their place.
async fn placed(portal: &Portal, pages: usize) {
    while portal.app().live.places.count() != pages {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
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
        let came = follow(&admin, "/logs/access/live?list=readings", None, |came| rows(came).len() + told_of(came) >= 120);
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
        let came = follow(&admin, "/logs/access/live?list=readings", None, has_rows(2));
        begun(&portal, 1).await;
        readings(&portal, tenant.id, 2).await;
        let came = came.await.unwrap();
        assert_eq!(rows(&came).len(), 2, "{came}");
        readings(&portal, tenant.id, 3).await;
        let again = follow(&admin, "/logs/access/live?list=readings&after=0", Some(last_id(&came)), has_rows(3)).await.unwrap();
        let more: Vec<i64> = rows(&again);
        assert_eq!(more.len(), 3, "what came meanwhile, once: {again}");
        assert!(more.iter().all(|idx| !rows(&came).contains(idx)));
        readings(&portal, tenant.id, 70).await;
        begun(&portal, 0).await;
        let more_than_a_list = |came: &str| rows(came).len() >= 50 && came.contains("There are more");
        let late = follow(&admin, "/logs/access/live?list=readings", Some(last_id(&again)), more_than_a_list).await.unwrap();
        assert_eq!(rows(&late).len(), 50);
        assert!(late.contains("data: There are more new entries: show"), "{late}");
    }

    async fn s57_one_watcher_reads_for_all_pages_and_ends_with_the_last(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let paths = ["/logs/access/live?list=readings", "/logs/access/live?result=refused", "/logs/changes/live"];
        // The first is told of a reading; the others stay until it was, and a little longer.
        let told = Arc::new(AtomicBool::new(false));
        let pages: Vec<_> = paths.iter().enumerate().map(|(at, path)| {
            let told = Arc::clone(&told);
            let enough = move |came: &str| if at == 0 { !rows(came).is_empty() } else { is_here(came) && told.load(Ordering::SeqCst) };
            follow(&admin, path, None, enough)
        }).collect();
        begun(&portal, 1).await;
        placed(&portal, paths.len()).await;
        readings(&portal, tenant.id, 1).await;
        while !pages[0].is_finished() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(1500)).await;
        told.store(true, Ordering::SeqCst);
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
        let over = Arc::new(AtomicBool::new(false));
        let stays = || {
            let over = Arc::clone(&over);
            move |came: &str| is_here(came) && over.load(Ordering::SeqCst)
        };
        let pages: Vec<_> =
            (0..MAX_LIVE_PAGES_A_SESSION).map(|_| follow(&admin, "/logs/changes/live", None, stays())).collect();
        placed(&portal, MAX_LIVE_PAGES_A_SESSION).await;
        let full = follow(&admin, "/logs/changes/live", None, is_full).await.unwrap();
        assert!(full.contains("event: full\ndata: You have 4 pages open"), "{full}");
        assert!(full.contains("retry: 30000"), "it asks again by itself");
        admin.get("/logs/changes").send().await.expect(200);
        over.store(true, Ordering::SeqCst);
        for page in pages {
            assert!(page.await.unwrap().contains("event: here"));
        }
        placed(&portal, 0).await;
        let places = &portal.app().live.places;
        let mut held = Vec::new();
        let full = loop {
            match places.take(one.id, Uuid::from_u128(held.len() as u128)) {
                Ok(place) => held.push(place),
                Err(full) => break full,
            }
        };
        assert_eq!((full, held.len()), (Full::Tenant, MAX_LIVE_PAGES / 2));
        let full = follow(&admin, "/logs/changes/live", None, is_full).await.unwrap();
        assert!(full.contains("event: full\ndata: So many pages are open"), "{full}");
        admin.get("/logs/changes").send().await.expect(200);
        let theirs = portal.sign_in(&other.administrator).await;
        let came = follow(&theirs, "/logs/changes/live", None, is_here).await.unwrap();
        assert!(came.contains("event: here"), "{came}");
        drop(held);
        let came = follow(&admin, "/logs/changes/live", None, is_here).await.unwrap();
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
        let theirs = follow(&inside, paths[0], None, until_ended);
        let refused = follow(&inside, paths[1], None, until_ended);
        let all = follow(&admin, paths[1], None, has_rows(2));
        begun(&portal, 1).await;
        placed(&portal, 3).await;
        portal.try_sign_in(&portal.http(), 1001, "somebody.else", "fel lösenord här").await;
        inside.get("/users").send().await.expect(403);
        assert_eq!(rows(&all.await.unwrap()).len(), 2, "the administrator sees both refusals");
        let began = Instant::now();
        admin.post(&format!("/users/{}/sessions/end", agda.user)).form(&[]).send().await.expect(303);
        let (theirs, refused) = (theirs.await.unwrap(), refused.await.unwrap());
        // Sooner than they would have looked by themselves.
        assert!(began.elapsed() < HEARTBEAT, "both ended with the session: {:?}", began.elapsed());
        assert_eq!(rows(&refused).len(), 1, "their own refusal alone: {refused}");
        assert!(!theirs.contains("somebody.else"), "{theirs}");
    }

    async fn s19_a_live_page_is_no_use_of_its_session_and_does_not_keep_it_from_ending(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        admin.get("/logs/access?list=readings").send().await.expect(200);
        let came = follow(&admin, "/logs/access/live?list=readings", None, until_ended);
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
