//! Every page that an administrator can open, as it stands in the program: judged by axe-core, complained of by nobody.

use super::gallery::{as_it_is, look};
use kernel::door::For;
use serde_json::json;
use server::archive::import::{self, Offer};
use server::archive::samples::SAMPLES;
use vaktbok_tests::{Browser, Portal, Tenant, Theme, both_engines};

/// Pages of people that need no id, and those of one user and one group.
fn pages(tenant: &Tenant) -> Vec<String> {
    let signs = server::doors::doors(false).into_iter().map(|door| door.sign);
    let read = signs.filter(|sign| sign.method == "GET" && sign.who == For::People);
    let with_ids = read.filter_map(|sign| {
        let (user, group) = (tenant.administrator.user.to_string(), tenant.agents.to_string());
        let path = match sign.path {
            path if path.starts_with("/users/") => path.replace("{id}", &user),
            path if path.starts_with("/groups/") => path.replace("{id}", &group),
            path => path.to_owned(),
        };
        // A proof is a file between two sizes, and no page without them.
        (!path.contains('{') && path != "/book/consistency").then_some(path)
    });
    with_ids.collect()
}

async fn judge(tenant: &Tenant, browser: &Browser) -> Vec<String> {
    let mut wrong = Vec::new();
    for page in pages(tenant) {
        browser.open(&page).await;
        assert!(!browser.path().await.starts_with("/sign-in"), "{page} did not open");
        let found = as_it_is(browser).await;
        wrong.extend(found.into_iter().map(|what| format!("{page}: {what}")));
    }
    wrong
}

both_engines! {
    async fn every_page_is_accessible_to_an_administrator_in_both_themes(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let browser = portal.browse_as(&tenant.administrator).await;
        let mut wrong = Vec::new();
        for (theme, width) in [(Theme::Light, 1440), (Theme::Dark, 390)] {
            browser.set_theme(theme).await;
            browser.set_viewport(width, 900).await;
            wrong.extend(judge(&tenant, &browser).await.into_iter().map(|what| format!("{theme:?} {what}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Lists of which the first row is opened as well: as a page, or in the drawer beside the list.
const LISTS: [&str; 7] =
    ["/archive", "/users", "/groups", "/access", "/logs/access", "/logs/changes", "/logs/archive"];

/// Where the first row of a list leads.
async fn first_row(browser: &Browser, list: &str) -> Option<String> {
    browser.open(list).await;
    let link = "return document.querySelector('main .table tbody th a')?.getAttribute('href') ?? null";
    browser.run(link, json!([])).await.as_str().map(str::to_owned)
}

/// A name as long as one may be.
fn long_name(n: usize) -> String {
    format!("Maximiliana Alexandra Überschallgeschwindigkeitsbegrenzung af Wästerbottensjökommun {n} ")
        .repeat(2)
}

/// A customer with people of the longest names, calls and chats, attempts to come in, and counts of them.
async fn filled(portal: &Portal) -> Tenant {
    let tenant = portal.tenant(1001).await;
    for n in 0..12 {
        portal.person(&tenant, tenant.agents, long_name(n).trim(), &[]).await;
        portal.try_sign_in(&portal.http(), 1001, &long_name(n), "fel lösenord här").await;
    }
    let access = portal.app().gate.machine(tenant.id, "tests", portal.origin());
    import::run(portal.app(), &access, Offer::held(SAMPLES), |_, _, _, _| {}).await.unwrap();
    server::logs::hours::all(portal.app()).await.unwrap();
    tenant
}

both_engines! {
    async fn a_filled_centre_is_accessible_and_fits_on_a_desk_and_a_phone_with_the_longest_names(world: World) {
        let portal = world.portal().await;
        let tenant = filled(&portal).await;
        let browser = portal.browse_as(&tenant.administrator).await;
        let mut pages = vec!["/".to_owned(), "/?show=refused".to_owned(), "/jump?q=maxi".to_owned()];
        pages.extend(LISTS.map(str::to_owned));
        for list in LISTS {
            let row = first_row(&browser, list).await.unwrap_or_else(|| panic!("{list} is empty"));
            // A call that was opened stands in the archive log.
            browser.open(&row).await;
            pages.push(row);
        }
        let mut wrong = Vec::new();
        for page in pages {
            browser.open(&page).await;
            let found = look(&browser, Theme::Light, 1440).await;
            wrong.extend(found.into_iter().map(|what| format!("{page}: {what}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
