//! The script and the keys at work in the product itself, and the same product with the script switched off.

use serde_json::json;
use std::time::{Duration, Instant};
use vaktbok_tests::{Browser, Http, both_engines};

/// Waits until a JavaScript expression holds in the page.
async fn holds(browser: &Browser, expression: &str) {
    let began = Instant::now();
    while browser.run(&format!("return !!({expression})"), json!([])).await != json!(true) {
        let shown = browser.text().await;
        assert!(began.elapsed() < Duration::from_secs(40), "never held: {expression}\n{shown}");
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

/// Every list of the product.
const LISTS: [&str; 7] =
    ["/users", "/groups", "/archive", "/logs/access", "/logs/changes", "/settings", "/access/reach"];

/// A page's size as it travels: compressed where the answer says so.
async fn travels(http: &Http, path: &str) -> usize {
    http.get(path).header("accept-encoding", "gzip").send().await.expect(200).body.len()
}

both_engines! {
    async fn keys_work_on_every_list_and_the_jump_box_on_every_page(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        portal.person(&tenant, tenant.agents, "anna.lind", &[]).await;
        let browser = portal.browse_as(&tenant.administrator).await;
        for list in LISTS {
            browser.open(list).await;
            browser.press("/").await;
            let found = "document.activeElement.matches('main [data-search], #palette input')";
            holds(&browser, found).await;
            browser.press("Escape").await;
            holds(&browser, "!document.querySelector('dialog[open]') && !document.activeElement.matches('input')").await;
            if browser.run("return !document.querySelector('main :is(.table tbody th, .setting-do) > a')", json!([])).await == json!(true) {
                continue;
            }
            browser.press("j").await;
            holds(&browser, "document.activeElement.closest('main :is(tbody th, .setting-do)')").await;
            browser.press("?").await;
            holds(&browser, "document.querySelector('#help').open").await;
            browser.press("Escape").await;
            holds(&browser, "!document.querySelector('dialog[open]')").await;
        }
        browser.open("/").await;
        browser.press("\u{E009}k").await;
        holds(&browser, "document.querySelector('#palette').open").await;
        browser.press("anna.lind").await;
        holds(&browser, "[...document.querySelectorAll('#palette-results a')].some(a => a.textContent.includes('anna.lind'))").await;
        browser.press("Enter").await;
        holds(&browser, "location.pathname.startsWith('/users/')").await;
        assert!(browser.complaints().await.is_empty());
    }

    async fn light_turned_to_dark_is_dark_on_the_next_page_and_the_language_stays(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let browser = portal.browse_as(&tenant.administrator).await;
        browser.open("/me").await;
        browser.fill("Language", "Svenska").await;
        browser.click("Save").await;
        browser.see("Min sida").await;
        browser.click("Ljust eller mörkt").await;
        holds(&browser, "document.documentElement.dataset.theme === 'dark'").await;
        let told = "performance.getEntriesByType('resource').some(e => e.name.endsWith('/me/look'))";
        holds(&browser, told).await;
        browser.open("/users").await;
        holds(&browser, "document.documentElement.dataset.theme === 'dark'").await;
        browser.see("Användare").await;
    }

    async fn what_was_just_done_is_undone_beside_the_message_and_one_stays_where_one_was(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let browser = portal.browse_as(&tenant.administrator).await;
        browser.open(&format!("/users/{}/edit", anna.user)).await;
        browser.fill("Name", "Anna Ek").await;
        browser.click("Save").await;
        browser.see("Anna Ek").await;
        browser.click("Undo").await;
        browser.see("The change was undone").await;
        assert!(browser.path().await.starts_with(&format!("/users/{}", anna.user)), "{}", browser.path().await);
        assert!(!browser.sees("Anna Ek").await, "{}", browser.text().await);
        // What was done by somebody else, or something else, is not offered.
        browser.open(&format!("/users/{}?done=users-done-moved", anna.user)).await;
        assert!(!browser.run("return !!document.querySelector('#flash form')", json!([])).await.as_bool().unwrap());
    }

    async fn the_first_load_and_every_later_page_are_small(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        for n in 0..60 {
            portal.person(&tenant, tenant.agents, &format!("person.number{n}"), &[]).await;
        }
        let http = portal.sign_in(&tenant.administrator).await;
        let assets = travels(&http, server::ui::asset("app.css")).await + travels(&http, server::ui::asset("app.js")).await;
        for page in ["/", "/users", "/logs/access", "/logs/changes", "/settings", "/access", "/archive", "/me"] {
            let later = travels(&http, page).await;
            assert!(later <= 20_000, "{page}: {later} bytes");
            assert!(assets + later <= 60_000, "{page}: {} bytes at the first load", assets + later);
        }
    }

    async fn everything_works_without_script(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let browser = portal.browser().await;
        browser.set_script(false).await;
        browser.open("/sign-in?number=1001").await;
        browser.fill("User name or mail address", "admin").await;
        browser.fill("Password", &tenant.administrator.password).await;
        browser.click("Sign in").await;
        browser.see("needs you").await;
        browser.click("Jump to …").await;
        browser.fill("A page, user, setting or interaction", "anna").await;
        browser.press("Enter").await;
        browser.click_on(".jump a[href^='/users/']").await;
        browser.see("anna").await;
        browser.open(&format!("/users/{}/edit", anna.user)).await;
        browser.fill("Name", "Anna Ek").await;
        browser.click("Save").await;
        browser.see("Anna Ek").await;
        browser.click("Undo").await;
        browser.see("The change was undone").await;
        browser.open("/logs/changes").await;
        browser.click("What").await;
        browser.click("User edited").await;
        browser.click_on("main .table tbody th a").await;
        browser.see("Before and after").await;
        assert!(browser.path().await.contains("name=user.edited") && browser.path().await.contains("open="));
        browser.click("Close").await;
        assert!(!browser.path().await.contains("open="), "{}", browser.path().await);
    }

    async fn a_sorted_list_stands_in_the_address(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let order = async |path: &str| {
            let page = http.get(path).send().await.expect(200).text();
            let at = |name: &str| page.find(&format!(">{name}</span></a>")).unwrap_or_else(|| panic!("{name}: {page}"));
            at("Administrators") < at("Services")
        };
        assert!(order("/groups").await && order("/groups?sort=kind").await);
        assert!(!order("/groups?sort=-name").await && !order("/groups?sort=users").await);
    }

    async fn nothing_moves_while_a_page_arrives(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let browser = portal.browse_as(&tenant.administrator).await;
        let moved = "const done = arguments[arguments.length - 1]; let sum = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
                .observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(sum), 300);";
        for page in ["/", "/users", "/logs/access", "/settings", "/access", "/archive", "/book"] {
            browser.open(page).await;
            let sum = browser.run_async(moved, json!([])).await.as_f64().unwrap();
            assert!(sum < 0.01, "{page} moved by {sum}");
        }
    }
}
