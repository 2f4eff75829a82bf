//! The four people whom the demo prints, each doing at a browser what they came for.

use kernel::Clock;
use server::demo::{self, Ready};
use server::ui::{Language, Locale};
use vaktbok_tests::{Browser, Portal, World, both_engines};

/// The customer whose four people these are: Swedish.
const NUMBER: i64 = 1001;

fn t() -> Locale {
    Locale::new(Language::Sv, "Europe/Stockholm")
}

/// A filled demo, served.
async fn demo(world: &World) -> (Portal, Vec<Ready>) {
    // On PostgreSQL the schema comes first.
    drop(tokio::task::block_in_place(|| world.store(Clock::system())));
    let prepared = demo::prepare(&world.config(), None).await.unwrap();
    let portal = world.portal().await;
    // What goes on beside requests in service: heads are signed, words gathered.
    tokio::spawn(server::logs::work(portal.app().clone()));
    (portal, prepared.ready)
}

/// Somebody comes in by the form, with what was printed.
async fn comes_in(portal: &Portal, ready: &[Ready], role: &str) -> Browser {
    let who = ready.iter().find(|r| r.number == NUMBER && r.role == role).unwrap();
    let browser = portal.browser().await;
    browser.set_viewport(1440, 900).await;
    browser.open(&format!("/sign-in?number={NUMBER}")).await;
    // Until it is known who comes, the page speaks as the browser asks.
    browser.fill("User name or mail address", &who.user_name).await;
    browser.fill("Password", &who.password).await;
    browser.click("Sign in").await;
    browser.see(&t().say("ui-sign-out")).await;
    browser
}

async fn complains_of_nothing(browser: &Browser, who: &str) {
    let complaints = browser.complaints().await;
    let serious: Vec<_> = complaints.iter().filter(|c| !c.contains("status of 40")).collect();
    assert!(serious.is_empty(), "{who}: {serious:?}");
}

/// Goes on from a list by the first link that leads to a thing of that kind.
async fn open_first(browser: &Browser, kind: &str) {
    let find =
        "const links = [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'));
        return links.find(h => new RegExp('^/' + arguments[0] + '/[0-9a-f-]{36}$').test(h)) || null";
    let to = browser.run(find, serde_json::json!([kind])).await;
    let to = to.as_str().unwrap_or_else(|| panic!("no link to one of {kind}")).to_owned();
    browser.open(&to).await;
}

/// Suspends somebody, and takes it back.
async fn administrator(browser: &Browser) {
    let t = t();
    browser.click(&t.say("ui-nav-users")).await;
    browser.fill(&t.say("users-search"), "hugo").await;
    browser.press("Enter").await;
    browser.see("Hugo").await;
    let id = "const row = document.querySelector('tr[data-key], tbody tr'); const a = row && row.querySelector('a[href*=\"-\"]');
        const m = a && a.getAttribute('href').match(/[0-9a-f]{8}-[0-9a-f-]{27}/g); return m ? m[m.length - 1] : null";
    let user = browser.run(id, serde_json::json!([])).await.as_str().unwrap().to_owned();
    browser.open(&format!("/users/{user}")).await;
    browser.click(&t.say("users-suspend")).await;
    browser.fill(&t.say("users-reason"), "Borttappad dator").await;
    browser.click(&t.say("users-suspend")).await;
    browser.see(&t.say("users-standing-suspended")).await;
    administrator_takes_back(browser, &user).await;
}

/// Takes the suspension back from the change log.
async fn administrator_takes_back(browser: &Browser, user: &str) {
    let t = t();
    browser.open("/logs/changes?name=user.suspended").await;
    browser.see("Borttappad dator").await;
    let newest = "return document.querySelector('tbody tr a[href*=open]')?.getAttribute('href') || null";
    let entry = browser.run(newest, serde_json::json!([])).await.as_str().unwrap().to_owned();
    browser.open(&entry).await;
    browser.click(&t.say("ui-undo")).await;
    browser.see(&t.say("logs-undo-back-title")).await;
    browser.click(&t.say("ui-undo")).await;
    browser.see(&t.say("logs-undone")).await;
    browser.open(&format!("/users/{user}")).await;
    browser.see(&t.say("users-standing-active")).await;
    assert!(!browser.sees(&t.say("users-standing-suspended")).await);
}

/// A setting says whom it concerns before it is saved.
async fn administrator_sets(browser: &Browser) {
    let t = t();
    browser.open("/settings/archive.reason_required").await;
    browser.click(&t.say("settings-yes")).await;
    browser.click(&t.say("settings-look")).await;
    browser.see(&t.say("settings-preview")).await;
    browser.click(&t.say("settings-save")).await;
    browser.see(&t.say("settings-done-given")).await;
    complains_of_nothing(browser, "administrator").await;
}

/// Finds a recorded call, says why, hears some of it, and finds that in the archive log.
async fn supervisor(browser: &Browser) {
    let t = t();
    browser.click(&t.say("ui-nav-archive")).await;
    browser.see(&t.say("archive-caption")).await;
    browser.open("/archive?recorded=1").await;
    open_first(browser, "archive").await;
    browser.click(&t.say("archive-open")).await;
    assert!(!browser.sees(&t.say("archive-transcript")).await, "nothing opens without a reason");
    browser.fill(&t.say("archive-reason"), "Kunden klagar").await;
    browser.click(&t.say("archive-open")).await;
    browser.see(&t.say("archive-transcript")).await;
    let play = "const done = arguments[arguments.length - 1], sound = document.querySelector('audio');
        if (!sound) { done('no sound'); return; }
        sound.muted = true; sound.addEventListener('timeupdate', () => { if (sound.currentTime > 0.8) { sound.pause(); done('heard'); } });
        sound.play().catch(e => done(String(e))); setTimeout(() => done('silent at ' + sound.currentTime), 8000);";
    let heard = browser.run_async(play, serde_json::json!([])).await;
    assert_eq!(heard.as_str(), Some("heard"), "the recording plays");
    browser.open("/logs/archive").await;
    browser.see("Kunden klagar").await;
    browser.see(&t.say("event-content-opened")).await;
    complains_of_nothing(browser, "supervisor").await;
}

/// Finds the night when one password was tried on everybody, and checks the book to its last entry.
async fn auditor(browser: &Browser) {
    let t = t();
    browser.click(&t.say("ui-nav-logs")).await;
    browser.open("/logs/access?result=refused&address=185.220.101.34").await;
    browser.see(&t.say("logs-access-title")).await;
    browser.see(&t.say("event-sign-in-refused")).await;
    browser.open("/book").await;
    browser.see(&t.say("book-size")).await;
    browser.click(&t.say("book-check-begin")).await;
    let whole = t.say1("book-whole", "n", 2);
    let whole = whole.split(':').next().unwrap();
    for _ in 0..12 {
        if browser.sees(&format!("{whole}:")).await {
            let off = "return document.querySelector('form[action=\"/book/checks\"] button').disabled";
            assert_eq!(
                browser.run(off, serde_json::json!([])).await,
                serde_json::json!(false),
                "the next check can begin"
            );
            complains_of_nothing(browser, "auditor").await;
            return;
        }
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    }
    panic!("the book was not found whole: {}", browser.text().await);
}

/// Sees the own page, ends the other sessions, reads in English, and gets no further.
async fn agent(browser: &Browser) {
    let t = t();
    browser.open("/me").await;
    browser.see(&t.say("me-sessions")).await;
    browser.click(&t.say("me-sessions-end-all")).await;
    browser.see(&t.say("me-done-ended")).await;
    browser.fill(&t.say("me-language"), &t.say("me-language-en")).await;
    browser.click(&t.say("me-look-save")).await;
    browser.see("My page").await;
    browser.open("/users").await;
    browser.see("See users").await;
    assert!(!browser.sees("Hugo").await);
    browser.open("/logs/archive").await;
    assert!(!browser.sees("Kunden klagar").await, "what is said of others is not theirs to read");
}

both_engines! {
    async fn the_demos_four_people_do_what_they_came_for(world: World) {
        let (portal, ready) = demo(&world).await;
        let browser = comes_in(&portal, &ready, "demo-role-administrator").await;
        administrator(&browser).await;
        administrator_sets(&browser).await;
        supervisor(&comes_in(&portal, &ready, "demo-role-supervisor").await).await;
        auditor(&comes_in(&portal, &ready, "demo-role-auditor").await).await;
        agent(&comes_in(&portal, &ready, "demo-role-agent").await).await;
    }
}
