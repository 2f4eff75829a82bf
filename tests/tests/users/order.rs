//! The list of users in each of its orders: over pages, and in the file.

use super::bounds::reach_everything;
use super::{key, known, post};
use serde_json::Value;
use vaktbok_tests::{Http, Portal, Somebody, Tenant, both_engines};

/// People of two groups: some suspended or gone, some with a number, some who signed in, in an order of their own.
async fn people(portal: &Portal, tenant: &Tenant, admin: &Http) {
    let groups = [tenant.agents, tenant.administrators].map(|group| group.to_string());
    let named = ["Östen", "Zoë", "Åke", "Ärla", "Adam", "Åke"];
    for (n, name) in named.iter().enumerate() {
        let (user_name, number) =
            (format!("u{n}"), if n % 2 == 0 { (90 - n).to_string() } else { String::new() });
        let group = groups[usize::from(n == 1 || n == 4)].as_str();
        let fields = [
            ("name", *name),
            ("user_name", user_name.as_str()),
            ("number", number.as_str()),
            ("group", group),
        ];
        post(admin, "/users", &fields).await.expect(303);
    }
    for (name, act) in [("u0", "suspend"), ("u3", "suspend"), ("u1", "deactivate")] {
        let user = known(portal, tenant, name).await.id;
        post(admin, &format!("/users/{user}/{act}"), &[]).await.expect(303);
    }
    for name in ["early", "late"] {
        let person = portal.person(tenant, tenant.agents, name, &[]).await;
        portal.sign_in(&person).await;
        portal.clock().by_seconds(60);
    }
}

/// All users in an order, by pages of so many.
async fn listed(http: &Http, secret: &str, sort: &str, page: usize) -> Vec<Value> {
    let mut all = Vec::new();
    let mut from = String::new();
    loop {
        let asked = format!("/api/v1/users?sort={sort}&limit={page}{from}");
        let body = http.get(&asked).key(secret).send().await.expect(200).json();
        all.extend(body["users"].as_array().unwrap().iter().cloned());
        let Some(next) = body["next"].as_str() else { return all };
        from = format!("&from={}", vaktbok_tests::encode(next));
    }
}

/// One field of each, where it has one.
fn held<T>(all: &[Value], field: &str, read: impl Fn(&Value) -> Option<T>) -> (Vec<T>, bool) {
    let values: Vec<_> = all.iter().map(|user| read(&user[field])).collect();
    let last = values.iter().skip_while(|value| value.is_some()).all(Option::is_none);
    (values.into_iter().flatten().collect(), last)
}

both_engines! {
    async fn the_list_of_users_is_ordered_by_its_columns_alike_over_pages_and_in_the_file(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        people(&portal, &tenant, &admin).await;
        let (service, secret) = key(&portal, &tenant, &["users.view"]).await;
        reach_everything(&portal, &tenant, &Somebody { user: service, ..tenant.administrator.clone() }).await;
        let http = portal.http();
        for column in ["name", "group", "state", "seen", "number"] {
            for down in [false, true] {
                let sort = format!("{}{column}", if down { "-" } else { "" });
                let whole = listed(&http, &secret, &sort, 200).await;
                assert_eq!(whole.len(), 10, "{sort}");
                assert_eq!(listed(&http, &secret, &sort, 1).await, whole, "{sort} by pages of one");
                assert_eq!(listed(&http, &secret, &sort, 3).await, whole, "{sort} by pages of three");
                let text = |value: &Value| value.as_str().map(str::to_owned);
                let right = |is: std::cmp::Ordering| is.is_eq() || is.is_gt() == down;
                let ordered = |values: &[String]| values.windows(2).all(|two| right(two[0].cmp(&two[1])));
                match column {
                    "group" => assert!(ordered(&held(&whole, "group_name", text).0), "{sort}"),
                    "state" => {
                        let rank = |v: &Value| ["active", "suspended", "deactivated"].iter().position(|s| Some(*s) == v.as_str());
                        let ranks = held(&whole, "state", |v| rank(v).map(|n| n.to_string())).0;
                        assert!(ordered(&ranks) && ranks.len() == 10, "{sort} {ranks:?}");
                    }
                    "seen" => {
                        let (seen, last) = held(&whole, "last_sign_in", text);
                        assert!(ordered(&seen) && last && seen.len() == 3, "{sort} {seen:?}");
                    }
                    "number" => {
                        let (numbers, last) = held(&whole, "number", |v| v.as_i64().map(|n| n.to_string()));
                        assert!(ordered(&numbers) && last && numbers.len() == 3, "{sort} {numbers:?}");
                    }
                    _ => {
                        let at = |name: &str| whole.iter().position(|user| user["name"] == name).unwrap();
                        let places = ["Adam", "Zoë", "Åke", "Ärla", "Östen"].map(at);
                        assert!(places.windows(2).all(|two| (two[0] > two[1]) == down), "{sort} {places:?}");
                    }
                }
            }
        }
        let page = admin.get("/users?sort=-number&state=active").send().await.expect(200).text();
        assert!(page.contains("aria-sort=\"descending\"") && page.contains("/users/export?sort=-number&#38;state=active"), "{page}");
        let file = admin.get("/users/export?sort=-number").send().await.expect(200).text();
        let places = ["u0", "u2", "u4", "u5"].map(|name| file.find(&format!(",{name},")).unwrap_or_else(|| panic!("{name} in {file}")));
        assert!(places.is_sorted(), "{places:?}");
        let own = portal.sign_in(&portal.person(&tenant, tenant.agents, "own", &["users.view"]).await).await;
        let seen = own.get("/users?sort=-seen").send().await.expect(200).text();
        assert!(seen.contains(">own<") && !seen.contains(">late<"), "without reach one sees oneself alone, in any order");
    }

    async fn groups_stand_as_swedes_sort(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let names = ["Östra", "Zeta", "Ärtan", "åsen", "adel"];
        for name in names {
            post(&admin, "/groups", &[("name", name), ("kind", "agents")]).await.expect(303);
        }
        let (service, secret) = key(&portal, &tenant, &["users.view", "access.view"]).await;
        reach_everything(&portal, &tenant, &Somebody { user: service, ..tenant.administrator.clone() }).await;
        let http = portal.http();
        let ordered = |listed: &Value| {
            let listed = listed.as_array().unwrap().iter().map(|group| group["name"].as_str().unwrap().to_owned());
            listed.filter(|name| names.contains(&name.as_str())).collect::<Vec<_>>()
        };
        let expected = ["adel", "Zeta", "åsen", "Ärtan", "Östra"];
        let there = http.get("/api/v1/groups").key(&secret).send().await.expect(200).json();
        assert_eq!(ordered(&there), expected);
        let matrix = http.get("/api/v1/rights").key(&secret).send().await.expect(200).json();
        assert_eq!(ordered(&matrix["groups"]), expected);
        for group in there.as_array().unwrap().iter().filter(|group| names.contains(&group["name"].as_str().unwrap())) {
            let (name, id) = (group["name"].as_str().unwrap(), group["id"].as_str().unwrap());
            post(&admin, "/users", &[("name", name), ("user_name", name), ("group", id)]).await.expect(303);
        }
        for (sort, down) in [("group", false), ("-group", true)] {
            let users = listed(&http, &secret, sort, 2).await;
            let mut groups: Vec<_> = users.iter().map(|user| user["group_name"].as_str().unwrap()).filter(|name| names.contains(name)).collect();
            if down {
                groups.reverse();
            }
            assert_eq!(groups, expected, "users by {sort}");
        }
        let page = admin.get("/groups").send().await.expect(200).text();
        let places = expected.map(|name| page.find(&format!(">{name}<")).unwrap_or_else(|| panic!("{name} in {page}")));
        assert!(places.is_sorted(), "{places:?}");
    }
}
