//! The menus, chips and values of the pages of the logs, as a browser without script has them.

use super::exact::everything;
use book::Log;
use server::logs::asked;
use vaktbok_tests::{Http, both_engines, encode};

async fn page(http: &Http, path: &str) -> String {
    http.get(path).send().await.expect(200).text()
}

fn rows(page: &str) -> usize {
    page.matches("<tr id=\"row-").count()
}

/// The addresses that links of a page lead to, as a browser reads them.
fn hrefs(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    links.map(|href| href.replace("&amp;", "&").replace("&#38;", "&")).collect()
}

const PAGES: [(Log, &str); 3] =
    [(Log::Access, "/logs/access"), (Log::Change, "/logs/changes"), (Log::Archive, "/logs/archive")];

both_engines! {
    async fn each_column_has_a_menu_and_each_value_of_few_is_in_it(world: World) {
        let portal = world.portal().await;
        let tenant = crate::logs::happening(&portal, 1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let all = everything(&portal, tenant.id).await;
        for (log, path) in PAGES {
            let seen = page(&admin, path).await;
            let links = hrefs(&seen);
            for facet in asked::facets(log).iter().chain(&["request"]) {
                let link = links.iter().any(|href| href.contains(&format!("?{facet}=")));
                let field = seen.contains(&format!("name=\"{facet}\"")) || seen.contains(&format!("name=\"find-{facet}\""));
                assert!(link || field, "{path} has no menu for {facet}");
            }
            assert!(seen.matches("<details class=\"drop\"").count() >= asked::facets(log).len(), "each by itself");
            for one in all.iter().filter(|one| one.entry.log == log && one.entry.name != "log.read") {
                for (facet, value) in [
                    ("name", one.entry.name.as_str()),
                    ("result", one.entry.result()),
                    ("client", one.entry.actor_kind.as_str()),
                    ("kind", one.entry.subject_kind.as_str()),
                    ("right", one.entry.right()),
                ] {
                    let link = format!("{path}?{facet}={value}");
                    let option = format!("<option value=\"{value}\"");
                    let offered = links.contains(&link) || seen.contains(&option);
                    assert!(offered || value.is_empty() || !asked::facets(log).contains(&facet), "{link}");
                }
            }
        }
    }

    async fn a_value_of_a_row_and_a_chip_lead_there_and_back(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        for name in ["kalle", "kalle", "lisa"] {
            portal.try_sign_in(&portal.http(), 1001, name, "fel lösenord här").await;
        }
        let admin = portal.sign_in(&tenant.administrator).await;
        let first = page(&admin, "/logs/access").await;
        assert!(hrefs(&first).contains(&"/logs/access?typed=kalle".to_owned()), "{first}");
        let kalle = page(&admin, "/logs/access?typed=kalle").await;
        assert_eq!(rows(&kalle), 2);
        let next = "/logs/access?typed=kalle&result=refused";
        assert!(hrefs(&kalle).contains(&next.to_owned()));
        let both = page(&admin, next).await;
        assert_eq!(rows(&both), 2);
        for less in ["/logs/access?result=refused", "/logs/access?typed=kalle", "/logs/access"] {
            assert!(hrefs(&both).contains(&less.to_owned()), "one taken away, or all: {less}");
        }
        assert_eq!(rows(&page(&admin, "/logs/access?result=refused").await), 3);
    }

    async fn a_person_is_found_by_name_within_reach_and_a_country_by_its_own(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let bo = portal.person(&tenant, tenant.agents, "bo.ekman", &["logs.access"]).await;
        let other = portal.tenant(1002).await;
        portal.person(&other, other.agents, "bo.annan", &[]).await;
        portal.sign_in(&bo).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let sought = page(&admin, "/logs/access?find-user=EKM").await;
        let link = format!("/logs/access?user={}", bo.user);
        assert!(hrefs(&sought).contains(&link), "{sought}");
        let chosen = page(&admin, &link).await;
        assert_eq!(rows(&chosen), 1);
        assert!(chosen.contains("<span class=\"chip-value\">bo.ekman</span>"), "{chosen}");
        let sought = page(&admin, "/logs/access?find-user=bo.annan").await;
        assert!(sought.contains("Nobody within your reach") && !sought.contains("?user="), "{sought}");
        let narrow = portal.sign_in(&bo).await;
        let sought = page(&narrow, &format!("/logs/access?find-actor=admin&user={}", tenant.administrator.user)).await;
        assert!(sought.contains("Nobody within your reach"), "{sought}");
        assert!(sought.contains("<span class=\"chip-value\">the chosen one</span>"), "no name beyond reach: {sought}");
        let countries = page(&admin, "/logs/access").await;
        assert!(countries.contains("<option value=\"SE\">Sweden</option>"));
        let chosen = page(&admin, "/logs/access?country=SE").await;
        assert!(chosen.contains("<span class=\"chip-value\">Sweden</span>") && rows(&chosen) == 0);
    }

    async fn a_request_is_found_by_its_id_and_nonsense_is_told(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        admin.post("/groups").form(&[("name", "Sälj"), ("kind", "agents")]).send().await.expect(303);
        let (service, key) = crate::users::key(&portal, &tenant, &["logs.changes"]).await;
        let holder = vaktbok_tests::Somebody { user: service, ..tenant.administrator.clone() };
        crate::users::bounds::reach_everything(&portal, &tenant, &holder).await;
        let http = portal.http();
        let ask = async |query: &str| http.get(&format!("/api/v1/logs/changes?{query}")).key(&key).send().await;
        let made = ask("name=group.created").await.expect(200).json();
        let made = made["entries"].as_array().unwrap().iter().find(|one| one["subject"] == "Sälj").unwrap().clone();
        assert_eq!((made["door"].as_str(), made["right"].as_str()), (Some("POST /groups"), Some("groups.manage")));
        let request = made["request_id"].as_str().unwrap();
        let found = ask(&format!("request={request}")).await.expect(200).json();
        assert_eq!(found["entries"].as_array().unwrap().len(), 1);
        assert_eq!(found["entries"][0]["index"], made["index"]);
        let by_door = ask(&format!("door={}&right=groups.manage", encode("POST /groups"))).await.expect(200).json();
        assert_eq!(by_door["entries"][0]["index"], made["index"]);
        ask("request=4711").await.expect(422);
        let too_many = asked::facets(Log::Change).iter().take(13).map(|f| format!("{f}=x&")).collect::<String>();
        ask(&too_many).await.expect(422);
    }
}
