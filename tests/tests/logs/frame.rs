//! The frame of the logs' pages: one heading for one thing, the menu says where one is, and what menu and drawer offer opens.

use crate::archive::with_samples;
use vaktbok_tests::{Http, both_engines};

async fn page(http: &Http, path: &str) -> String {
    let answer = http.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text()
}

/// The texts of the headings of one kind.
fn headings<'p>(page: &'p str, kind: &str) -> Vec<&'p str> {
    let (open, close) = (format!("<{kind}>"), format!("</{kind}>"));
    page.split(&open).skip(1).filter_map(|rest| rest.split(&close).next()).collect()
}

/// The addresses that a part of a page leads to, each once.
fn links(part: &str) -> Vec<String> {
    let mut all: Vec<String> = part
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|href| href.replace("&#38;", "&").replace("&amp;", "&"))
        .filter(|href| href.starts_with('/') && !href.starts_with("/assets"))
        .collect();
    all.sort();
    all.dedup();
    all
}

fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    page.split(from).nth(1).unwrap_or_else(|| panic!("no {from}: {page}")).split(to).next().unwrap()
}

both_engines! {
    async fn no_page_of_the_logs_repeats_its_title_and_each_is_marked_in_the_menu(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        for (path, marked) in [
            ("/logs/access", "/logs/access"),
            ("/logs/access/export?result=refused", "/logs/access"),
            ("/logs/exports", "/logs/access"),
            ("/searches", "/logs/access"),
            ("/book/heads", "/book"),
        ] {
            let page = page(&admin, path).await;
            let titles = headings(&page, "h1");
            assert_eq!(titles.len(), 1, "{path}");
            assert!(!headings(&page, "h2").contains(&titles[0]), "{path} says {} twice", titles[0]);
            let mark = format!("href=\"{marked}\" aria-current=\"page\"");
            assert!(page.contains(&mark), "{path} is not marked: {}", between(&page, "<nav", "</nav>"));
        }
    }

    async fn what_one_may_not_do_is_not_offered(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let vera = portal.person(&tenant, tenant.agents, "vera", &["logs.access", "settings.view"]).await;
        let eyes = portal.sign_in(&vera).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let settings = format!("/users/{}/settings", vera.user);
        for (http, offered) in [(&eyes, false), (&admin, true)] {
            assert_eq!(page(http, "/logs/access").await.contains("/logs/access/export?"), offered);
            let settings = page(http, &settings).await;
            assert!(settings.contains("Inherited would be: denied"), "{settings}");
            assert_eq!(settings.contains("/inherit\""), offered, "{settings}");
        }
        let me = page(&eyes, "/me/password").await;
        assert!(me.contains("href=\"/me\""), "the way back: {me}");
        let entry = crate::users::newest(&portal, &tenant, "sign-in.accepted").await;
        let entry = page(&admin, &format!("/logs/access?open={entry}")).await;
        assert_eq!(between(&entry, "<aside", "</aside>").matches("<dt>Method</dt>").count(), 1, "{entry}");
    }

    async fn every_link_of_the_menu_and_of_an_entrys_drawer_opens(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await.user;
        admin.post(&format!("/users/{anna}/suspend")).form(&[("reason", "Ledig")]).send().await.expect(303);
        let call = crate::archive::found(&admin, "recorded=1", "<td").await;
        crate::archive::opened(&admin, call, "Klagomål 4711").await;
        let mut led = 0;
        for log in ["access", "changes", "archive"] {
            let list = page(&admin, &format!("/logs/{log}")).await;
            for href in links(between(&list, "<nav", "</nav>")) {
                page(&admin, &href).await;
            }
            // A proof needs a head over its entry.
            server::logs::book::heads::sign(portal.app(), tenant.id).await.unwrap();
            let row = list.split("<tr id=\"row-").nth(1).unwrap().split('"').next().unwrap();
            let open = page(&admin, &format!("/logs/{log}?open={row}")).await;
            let drawer = links(between(&open, "<aside", "</aside>"));
            assert!(drawer.len() > 1, "{log}: {open}");
            for href in &drawer {
                page(&admin, href).await;
            }
            led += drawer.len();
        }
        assert!(led > 9, "{led}");
    }
}
