//! The list, the forms, several at once.

use super::bounds::reach_everything;
use super::{PEOPLE, known, post};
use vaktbok_tests::both_engines;

both_engines! {
    async fn everything_wrong_with_a_new_user_is_told_at_once_and_what_was_typed_stays(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let fields = [
            ("name", "Åsa \u{202e}Öberg"), ("user_name", "asa oberg"), ("mail", "asa(at)example"), ("mobile", "ring"),
            ("number", "12,5"), ("language", "xx"), ("keywords", "typed & kept"),
        ];
        let page = post(&http, "/users", &fields).await.expect(422).text();
        for field in ["name", "user_name", "mail", "mobile", "number", "language", "group"] {
            assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}");
        }
        assert!(page.contains("typed &#38; kept") && page.contains("asa(at)example"));
    }

    async fn a_name_that_is_taken_is_told_at_its_field_also_when_it_is_somebodys_mail_address(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let agents = tenant.agents.to_string();
        let user = |user_name: &'static str, mail: &'static str, number: &'static str| {
            [("name", "Åsa"), ("user_name", user_name), ("mail", mail), ("number", number), ("group", agents.as_str())]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
        };
        let send = async |fields: [(String, String); 5]| {
            let fields: Vec<_> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            post(&http, "/users", &fields).await
        };
        send(user("åsa", "asa@example.se", "7")).await.expect(303);
        let page = send(user("ÅSA", "ASA@example.se", "7")).await.expect(422).text();
        for field in ["user_name", "mail", "number"] {
            assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}");
        }
        let page = send(user("asa@EXAMPLE.se", "", "")).await.expect(422).text();
        assert!(page.contains("id=\"user_name-error\""), "it would sign in as another");
    }

    async fn a_new_users_page_offers_the_first_link_at_once_or_says_who_can_make_it(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let agents = tenant.agents.to_string();
        let hand = portal.person(&tenant, tenant.agents, "hand", &PEOPLE).await;
        reach_everything(&portal, &tenant, &hand).await;
        for (who, name, may) in [(&tenant.administrator, "one", true), (&hand, "two", false)] {
            let http = portal.sign_in(who).await;
            let fields = [("name", name), ("user_name", name), ("group", agents.as_str())];
            let made = post(&http, "/users", &fields).await.expect(303);
            let page = http.get(made.header("location").unwrap()).send().await.expect(200).text();
            let link = format!("/users/{}/link", known(&portal, &tenant, name).await.id);
            assert_eq!(page.contains(&format!("action=\"{link}\"")), may, "{name}");
            assert_eq!(page.contains("“Hand out password links” can help"), !may, "{name}");
            if may {
                let shown = post(&http, &link, &[]).await.expect(200).text();
                assert!(shown.contains("/set-password/") && shown.contains("for 30 minutes") && shown.contains("data-copy="));
            }
        }
    }

    async fn the_list_finds_by_any_text_and_sorts_as_swedes_do_over_pages(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let agents = tenant.agents.to_string();
        for (n, name) in ["Östen", "Zoë", "Åke", "Ärla", "Adam"].iter().enumerate() {
            let (user_name, number) = (format!("u{n}"), format!("70{n}"));
            let fields = [("name", *name), ("user_name", user_name.as_str()), ("number", number.as_str()), ("group", agents.as_str()), ("keywords", "50%_ok")];
            post(&http, "/users", &fields).await.expect(303);
        }
        let page = http.get(&format!("/users?group={agents}")).send().await.expect(200).text();
        let places: Vec<_> = ["Adam", "Zoë", "Åke", "Ärla", "Östen"].iter().map(|n| page.find(&format!(">{n}<")).unwrap()).collect();
        assert!(places.is_sorted(), "{places:?}");
        for (q, hit) in [("ÖST", "Östen"), ("703", "Ärla"), ("50%_ok", "Åke"), ("z*ë", "Zoë"), ("u4", "Adam")] {
            let page = http.get(&format!("/users?q={}", urlencoded(q))).send().await.expect(200).text();
            assert!(page.contains(&format!(">{hit}<")), "{q}");
        }
        let none = http.get("/users?q=50_%25").send().await.expect(200).text();
        assert!(!none.contains(">Adam<") && none.contains("No user fits"), "% and _ are letters here");
    }

    async fn somebody_elses_edit_of_the_same_field_is_not_overwritten(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let path = format!("/users/{}/edit", anna.user);
        post(&http, &path, &[("name", "Anna Ek"), ("was_name", "anna")]).await.expect(303);
        let late = post(&http, &path, &[("name", "Anna Alm"), ("was_name", "anna")]).await.expect(422);
        assert!(late.text().contains("meanwhile"));
        post(&http, &path, &[("mobile", "070-123 45 67"), ("was_mobile", "")]).await.expect(303);
        let now = known(&portal, &tenant, "anna").await.particulars;
        assert_eq!((now.name.as_str(), now.mobile.as_deref()), ("Anna Ek", Some("070-123 45 67")));
    }

    async fn moving_shows_what_is_gained_and_lost_and_drops_own_values_unless_kept(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let to = tenant.administrators.to_string();
        for (name, keep) in [("anna", vec![]), ("bo", vec![("keep", "users.view")])] {
            let who = portal.person(&tenant, tenant.agents, name, &PEOPLE).await;
            let path = format!("/users/{}/move", who.user);
            let page = post(&http, &path, &[("group", to.as_str())]).await.expect(200).text();
            assert!(page.contains("Gains") && page.contains("Own values to keep"), "{page}");
            assert!(page.contains("Comes into reach") && page.contains(">Everything<"), "{page}");
            assert!(page.contains("60 minutes → 15 minutes"), "values are told with their units: {page}");
            let mut fields = vec![("group", to.as_str()), ("seen", to.as_str())];
            fields.extend(keep.clone());
            post(&http, &path, &fields).await.expect(303);
            let (user, read) = (who.user, keep.len());
            let own = move |r: &mut kernel::Reader<'_>| server::users::queries::own_values(r, user);
            let own = portal.machine(tenant.id).read(&portal.app().store, own).await.unwrap();
            assert_eq!(own.len(), read, "{name}: {own:?}");
        }
    }

    async fn several_users_are_done_one_by_one_and_a_refused_one_holds_up_none(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await.user.to_string();
        let bo = portal.person(&tenant, tenant.agents, "bo", &[]).await.user.to_string();
        let own = tenant.administrator.user.to_string();
        let gone = "019a0000-0000-7000-8000-000000000000";
        let chosen = [("chosen", anna.as_str()), ("chosen", own.as_str()), ("chosen", gone), ("chosen", bo.as_str()), ("do", "deactivate")];
        let page = post(&http, "/users/bulk", &chosen).await.expect(200).text();
        assert!(page.contains("What will happen to 3 users"));
        let page = post(&http, "/users/bulk/do", &chosen).await.expect(200).text();
        assert!(page.contains("Done for 2, refused for 1") && page.contains("You cannot shut yourself out"), "{page}");
        for name in ["anna", "bo"] {
            assert_eq!(known(&portal, &tenant, name).await.standing.word(), "deactivated");
        }
        post(&http, "/users/bulk", &[("do", "move")]).await.expect(409);
    }
}

fn urlencoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}
