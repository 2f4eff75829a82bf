//! Every page that an administrator can open, as it stands in the program: judged by axe-core, complained of by nobody.

use super::gallery::{as_it_is, look};
use kernel::door::For;
use serde_json::json;
use vaktbok_tests::{Browser, Somebody, Tenant, Theme, both_engines};

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
        (!path.contains('{')).then_some(path)
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
const LISTS: [&str; 8] = [
    "/archive",
    "/users",
    "/groups",
    "/profiles",
    "/access",
    "/logs/access",
    "/logs/changes",
    "/logs/archive",
];

/// Where the first row of a list leads.
async fn first_row(browser: &Browser, list: &str) -> Option<String> {
    browser.open(list).await;
    let link = "return document.querySelector('main .table tbody th a')?.getAttribute('href') ?? null";
    browser.run(link, json!([])).await.as_str().map(str::to_owned)
}

both_engines! {
    async fn the_filled_demo_is_accessible_and_fits_on_a_desk_and_a_phone(world: World) {
        if let Some(database) = world.database() {
            kernel::Store::migrate_postgres(&database.owner_url(), &database.application()).unwrap();
        }
        let ready = server::demo::prepare(&world.config(), None).await.unwrap();
        let portal = world.portal().await;
        server::logs::hours::all(portal.app()).await.unwrap();
        let mut wrong = Vec::new();
        for who in ready.iter().filter(|who| who.number == 1001) {
            let person = Somebody {
                user: kernel::UserId(kernel::Uuid::nil()),
                number: who.number,
                user_name: who.user_name.clone(),
                password: who.password.clone(),
            };
            let browser = portal.browse_as(&person).await;
            let runs_it = who.role == "demo-role-administrator";
            let (theme, width) = if runs_it { (Theme::Light, 1440) } else { (Theme::Dark, 390) };
            let mut pages = vec!["/".to_owned(), "/jump?q=an".to_owned()];
            if runs_it {
                pages.extend(LISTS.map(str::to_owned));
                for list in LISTS {
                    pages.extend(first_row(&browser, list).await);
                }
            }
            browser.set_theme(theme).await;
            browser.set_viewport(width, 900).await;
            for page in pages {
                browser.open(&page).await;
                let found = look(&browser, theme, width).await;
                wrong.extend(found.into_iter().map(|what| format!("{} {page}: {what}", who.role)));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
