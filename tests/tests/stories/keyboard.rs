//! The keyboard alone, in a real browser: sign in, find a user, hear a call, follow what was said, sign out. The focus is
//! always somewhere, and whoever looks for it sees it.

use crate::archive::with_samples;
use serde_json::json;
use std::time::{Duration, Instant};
use vaktbok_tests::{Browser, both_engines};

/// Steps by Tab until one is given up.
const MOST_TABS: usize = 60;
/// The focus is on a thing, and the thing is marked.
const SEEN: &str = "const at = document.activeElement;
    if (!at || at === document.body) return 'nowhere';
    const style = getComputedStyle(at), marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const inside = at.closest('main, dialog') === at || at.tagName === 'AUDIO' || at.closest('svg');
    return marked || inside ? '' : 'unmarked at ' + at.outerHTML.slice(0, 160);";

/// Waits until a JavaScript expression holds in the page.
async fn holds(browser: &Browser, expression: &str) {
    let began = Instant::now();
    while browser.run(&format!("return !!({expression})"), json!([])).await != json!(true) {
        let at = browser.run("return document.activeElement.outerHTML.slice(0, 200)", json!([])).await;
        let shown = browser.text().await;
        assert!(began.elapsed() < Duration::from_secs(40), "never held: {expression}\nfocus: {at}\n{shown}");
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

async fn focus_is_seen(browser: &Browser, after: &str) {
    let fault = browser.run(SEEN, json!([])).await;
    assert_eq!(fault, json!(""), "the focus after {after}, at {}", browser.path().await);
}

/// Presses Tab until the focus is on what a selector names; it is seen at each step.
async fn tab_to(browser: &Browser, selector: &str) {
    let mut rounds = 0;
    for n in 0..MOST_TABS {
        browser.press("Tab").await;
        // Behind the last thing of a page Tab leaves it, and comes back to the first.
        if browser.run("return document.activeElement === document.body", json!([])).await == json!(true) {
            rounds += 1;
            assert!(rounds < 2, "{selector} is not reached by Tab at {}", browser.path().await);
            continue;
        }
        focus_is_seen(browser, &format!("Tab {n}")).await;
        let there =
            browser.run("return document.activeElement.matches(arguments[0])", json!([selector])).await;
        if there == json!(true) {
            return;
        }
    }
    panic!("{selector} is not reached by Tab at {}:\n{}", browser.path().await, browser.text().await);
}

async fn type_text(browser: &Browser, text: &str) {
    for c in text.chars() {
        browser.press(&c.to_string()).await;
    }
}

/// Jumps to what the words find.
async fn jump(browser: &Browser, words: &str, path: &str) {
    browser.press("\u{E009}k").await;
    holds(browser, "document.querySelector('#palette').open").await;
    type_text(browser, words).await;
    let found =
        format!("document.querySelector('#palette-results a')?.getAttribute('href').startsWith('{path}')");
    holds(browser, &found).await;
    browser.press("Enter").await;
    holds(browser, &format!("location.pathname.startsWith('{path}') && document.readyState === 'complete'"))
        .await;
}

async fn comes_in(browser: &Browser, name: &str, password: &str) {
    browser.open("/sign-in?number=1001").await;
    if browser.run("return document.activeElement.matches('#name')", json!([])).await != json!(true) {
        tab_to(browser, "#name").await;
    }
    type_text(browser, name).await;
    tab_to(browser, "#password").await;
    type_text(browser, password).await;
    browser.press("Enter").await;
    holds(browser, "document.querySelector('.nav-person')").await;
}

/// Filters, orders and opens a list: what the focus was on is replaced, and the focus stays.
async fn goes_through_a_list(browser: &Browser) {
    browser.press("/").await;
    holds(browser, "document.activeElement.matches('main [data-search]')").await;
    type_text(browser, "anna").await;
    browser.press("Enter").await;
    holds(browser, "location.search.includes('q=anna')").await;
    focus_is_seen(browser, "a search").await;
    tab_to(browser, "thead th a").await;
    browser.press("Enter").await;
    holds(browser, "location.search.includes('sort=') && document.activeElement.matches('thead th a')").await;
    browser.press("j").await;
    browser.press("Enter").await;
    holds(
        browser,
        "!document.querySelector('#drawer').hidden && document.activeElement.matches('tbody th a')",
    )
    .await;
    browser.press("Escape").await;
    holds(
        browser,
        "document.querySelector('#drawer').hidden && document.activeElement.matches('tbody th a')",
    )
    .await;
    focus_is_seen(browser, "a drawer that was closed").await;
}

/// Opens a call, plays it, and goes along its lines.
async fn hears_a_call(browser: &Browser) {
    browser.open("/archive?recorded=1").await;
    for key in ["j", "j", "Enter"] {
        browser.press(key).await;
    }
    holds(browser, "document.querySelector('.archive-ask button') && document.readyState === 'complete'")
        .await;
    tab_to(browser, ".archive-ask button").await;
    browser.press("Enter").await;
    holds(browser, "document.querySelectorAll('.bubbles [data-play]').length > 3 && document.querySelector('audio').readyState > 0").await;
    browser.run("document.querySelector('audio').muted = true", json!([])).await;
    follows_it(browser).await;
}

/// Goes along the lines of the transcript, plays from one, pauses, and goes on playing.
async fn follows_it(browser: &Browser) {
    for key in ["j", "j", "j"] {
        browser.press(key).await;
    }
    holds(browser, "document.activeElement.matches('.bubbles li:nth-child(3) [data-play]')").await;
    focus_is_seen(browser, "j in a transcript").await;
    browser.press("Enter").await;
    holds(browser, "!document.querySelector('audio').paused && document.querySelector('.bubbles li.now')")
        .await;
    let from = "Number(document.querySelector('.bubbles li:nth-child(3)').dataset.from)";
    holds(browser, &format!("document.querySelector('audio').currentTime > {from} + 0.3")).await;
    browser.press("p").await;
    holds(browser, "document.querySelector('audio').paused").await;
    browser.press("k").await;
    holds(browser, "document.activeElement.matches('.bubbles li:nth-child(2) [data-play]')").await;
    browser.press("p").await;
    holds(browser, "!document.querySelector('audio').paused").await;
    focus_is_seen(browser, "p").await;
}

both_engines! {
    async fn the_keyboard_alone_signs_in_finds_a_user_hears_a_call_and_signs_out(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let anna = portal.person(&tenant, tenant.agents, "anna.lind", &[]).await;
        let browser = portal.browser().await;
        comes_in(&browser, &tenant.administrator.user_name, &tenant.administrator.password).await;
        jump(&browser, "anna.lind", &format!("/users/{}", anna.user)).await;
        browser.open("/users").await;
        goes_through_a_list(&browser).await;
        hears_a_call(&browser).await;
        tab_to(&browser, "form[action='/sign-out'] button").await;
        browser.press("Enter").await;
        holds(&browser, "location.pathname === '/sign-in'").await;
        browser.open("/users").await;
        assert!(!browser.sees("anna.lind").await, "whoever signed out is out");
        let complaints = browser.complaints().await;
        let serious: Vec<_> = complaints.iter().filter(|c| !c.contains("status of 40")).collect();
        assert!(serious.is_empty(), "{serious:?}");
    }
}
