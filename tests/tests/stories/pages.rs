//! Every page that an administrator can open, as it stands in the program: judged by axe-core, complained of by nobody.

use super::gallery::{leads_nowhere, sideways, too_wide_still};
use kernel::door::For;
use vaktbok_tests::{Browser, Tenant, Theme, axe, both_engines};

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
        let mut found = axe::violations(browser).await;
        found.extend(browser.complaints().await.into_iter().filter(|what| !leads_nowhere(what)));
        found.extend(sideways(browser).await.filter(|_| !too_wide_still(&page)));
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
