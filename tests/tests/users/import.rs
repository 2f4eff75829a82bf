//! Users in and out by a file.

use super::bounds::reach_everything;
use super::{count, key, known, post};
use kernel::{Reader, params, sql};
use server::users::import::file::{harmless, plain};
use server::users::import::run;
use vaktbok_tests::{Answer, Http, Portal, Somebody, Tenant, both_engines};

async fn send(http: &Http, content: &[u8]) -> Answer {
    http.post("/users/import").upload("file", "users.csv", content, &[]).send().await
}

/// The place a file that was taken leads to.
pub(super) async fn sent(http: &Http, content: &[u8]) -> String {
    let answer = send(http, content).await.expect(303);
    answer.header("location").unwrap().to_owned()
}

pub(super) async fn until_over(http: &Http, place: &str) -> String {
    for _ in 0..600 {
        let page = http.get(place).send().await.expect(200).text();
        if !page.contains("data-poll") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the import does not end");
}

async fn users(portal: &Portal, tenant: &Tenant) -> i64 {
    let all = sql!("select /* system: a test counts */ count(*) from users where tenant_id = $tenant");
    let read = move |r: &mut Reader<'_>| r.row::<(i64,)>(all, params! {});
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

async fn kept_parts(portal: &Portal, tenant: &Tenant) -> i64 {
    let all = sql!("select count(*) from user_import_part where tenant_id = $tenant");
    let read = move |r: &mut Reader<'_>| r.row::<(i64,)>(all, params! {});
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

/// Lines of the import that is stopped and taken up: several parts.
const LINES: usize = 600;
const COUNT: i64 = 600;

pub(super) fn many(lines: usize) -> Vec<u8> {
    let mut out = "name;user_name;group;number\n".to_owned();
    for n in 0..lines {
        out.push_str(&format!("Person {n};p{n};Agents;{}\n", 10_000 + n));
    }
    out.into_bytes()
}

both_engines! {
    async fn nothing_is_imported_until_the_faulty_lines_are_mended_or_set_aside(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let before = users(&portal, &tenant).await;
        let file = "\u{feff}Name;User name;Group;Mail;Number\r\nÅsa Öberg;asa;Agents;asa@example.se;7\r\n\
            Bo;b o;Nowhere;bo(at)example;x\r\nCia;asa;Agents;cia@example.se;8\r\nDan;dan;Agents;;;extra\r\n";
        let place = sent(&http, file.as_bytes()).await;
        let page = http.get(&place).send().await.expect(200).text();
        for told in ["b o – A user name has no spaces", "Nowhere – There is no such group", "bo(at)example – This is not a mail address",
            "x – A whole number", "asa – Line 2 has this already", "more or fewer cells", "Set 3 aside and import 1"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert_eq!(users(&portal, &tenant).await, before, "looking changes nothing");
        post(&http, &format!("{place}/start"), &[]).await.expect(409);
        post(&http, &format!("{place}/start"), &[("aside", "on")]).await.expect(303);
        let page = until_over(&http, &place).await;
        assert!(page.contains("Done."), "{page}");
        assert_eq!((users(&portal, &tenant).await, count(&portal, &tenant, "user.created").await), (before + 1, 1));
        assert_eq!(known(&portal, &tenant, "asa").await.particulars.number, Some(7));
        post(&http, &format!("{place}/start"), &[("aside", "on")]).await.expect(409);
        assert_eq!(count(&portal, &tenant, "users.import_begun").await, 1);
        assert_eq!(kept_parts(&portal, &tenant).await, 0, "what people are called is not kept beside the users");
    }

    async fn what_an_import_makes_is_entered_as_the_programs_work_for_the_person_who_began_it(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        reach_everything(&portal, &tenant, &tenant.administrator).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let place = sent(&http, &many(2)).await;
        post(&http, &format!("{place}/start"), &[]).await.expect(303);
        until_over(&http, &place).await;
        let made = sql!(
            "select /* system: a test looks */ e.actor_kind, e.on_behalf, e.idx, p.body from entry e
             join entry_part p on p.tenant_id = $tenant and p.idx = e.idx and p.part = 1
             where e.tenant_id = $tenant and e.name = 'user.created' and e.actor_kind = 'machine' order by e.idx desc limit 2"
        );
        let read = move |r: &mut Reader<'_>| r.rows::<(String, Option<kernel::Uuid>, i64, String)>(made, params! {});
        let rows = portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap();
        assert_eq!(rows.len(), 2);
        for (_, behalf, _, who) in &rows {
            assert_eq!(*behalf, Some(tenant.administrator.user.0));
            let who: serde_json::Value = serde_json::from_str(who).unwrap();
            assert_eq!((who["name"].as_str(), who["address"].as_str()), (Some("user-import"), Some("127.0.0.1")), "{who}");
        }
        let list = format!("/logs/changes?name=user.created&behalf={}", tenant.administrator.user);
        let page = http.get(&list).send().await.expect(200).text();
        assert_eq!(page.matches("<tr id=\"row-").count(), 2, "{page}");
        let drawer = http.get(&format!("{list}&open={}", rows[0].2)).send().await.expect(200).text();
        assert!(drawer.contains("On behalf of"), "{drawer}");
        let job = sql!("select count(*) from job where tenant_id = $tenant and result like '%127.0.0.1%'");
        let read = move |r: &mut Reader<'_>| r.row::<(i64,)>(job, params! {});
        assert_eq!(portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0, 0);
    }

    async fn a_file_that_nobody_came_back_to_is_thrown_away(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let place = sent(&http, &many(3)).await;
        portal.clock().by_seconds((run::FILE_KEPT_DAYS * 24 - 1) * 3600);
        run::take_up(portal.app()).await.unwrap();
        assert_eq!(kept_parts(&portal, &tenant).await, 1);
        portal.clock().by_seconds(2 * 3600);
        run::take_up(portal.app()).await.unwrap();
        assert_eq!(kept_parts(&portal, &tenant).await, 0);
        portal.sign_in(&tenant.administrator).await.get(&place).send().await.expect(404);
    }

    async fn s36_what_goes_out_is_no_formula_and_comes_back_as_it_was(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let agents = tenant.agents.to_string();
        let names = ["=cmd|' /C calc'!A0", "+46 70", "-1", "@SUM(A1)", "'=quoted", "Åsa \"Å\", Öberg; x"];
        for (n, name) in names.iter().enumerate() {
            let user_name = format!("u{n}");
            post(&http, "/users", &[("name", name), ("user_name", &user_name), ("group", &agents), ("mobile", "+46701234567")]).await.expect(303);
        }
        let file = http.get("/users/export").send().await.expect(200);
        assert_eq!(count(&portal, &tenant, "users.exported").await, 1, "taking users out is an entry");
        let text = file.text();
        for cell in text.lines().flat_map(|line| line.split(',')).map(|cell| cell.trim_start_matches('"')) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        }
        let changed = text.replace("Åsa \"\"Å\"\"", "Åsa \"\"Ö\"\"");
        let place = sent(&http, changed.as_bytes()).await;
        post(&http, &format!("{place}/start"), &[]).await.expect(303);
        let page = until_over(&http, &place).await;
        assert!(page.contains("Done."), "{page}");
        assert_eq!(count(&portal, &tenant, "user.edited").await, 1, "only the changed one");
        assert_eq!(known(&portal, &tenant, "u0").await.particulars.name, names[0]);
        assert_eq!(known(&portal, &tenant, "u5").await.particulars.name, "Åsa \"Ö\", Öberg; x");
    }

    async fn a_file_that_cannot_be_used_is_refused_with_what_to_do(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let wide = many(50_001);
        let files: [(&[u8], &str); 11] = [
            (b"", "The file is empty"),
            (b"\xef\xbb\xbf \n", "The file is empty"),
            (b"name,user_name,group\n", "no lines"),
            (b"PK\x03\x04rest", "spreadsheet"),
            (b"name\0,user_name", "not a text file"),
            (b"\xff\xfen\0a\0", "not UTF-8"),
            (b"name,user_name,group\nJ\xf6rgen,jorgen,Agents\n", "not UTF-8"),
            (b"name,group\nAnna,Agents\n", "\u{201c}user_name\u{201d} is missing"),
            (b"name,user_name,group,name\nA,a,Agents,A\n", "comes twice"),
            (b"name,user_name,group,salary\nA,a,Agents,1\n", "not known"),
            (&wide, "more than 50,000 lines"),
        ];
        for (file, told) in files {
            let page = send(&http, file).await.expect(422).text();
            assert!(page.contains(told), "{told}: {page}");
        }
        let huge = vec![b'x'; server::users::import::file::MAX_FILE_BYTES + 1024];
        let answer = send(&http, &huge).await;
        assert!(matches!(answer.status, 413 | 422), "{}", answer.status);
        assert_eq!(count(&portal, &tenant, "user.created").await, 0);
    }

    async fn an_import_is_stopped_gone_on_with_and_taken_up_by_another_node_and_makes_each_user_once(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let before = users(&portal, &tenant).await;
        let place = sent(&http, &many(LINES)).await;
        post(&http, &format!("{place}/start"), &[]).await.expect(303);
        post(&http, &format!("{place}/stop"), &[]).await.expect(303);
        let page = until_over(&http, &place).await;
        assert!(page.contains("Stopped.") || page.contains("Done."), "{page}");
        if page.contains("Stopped.") {
            assert!(users(&portal, &tenant).await < before + COUNT);
            post(&http, &format!("{place}/start"), &[]).await.expect(303);
        }
        // The node that was at it goes silent, as far as the others see.
        portal.clock().by_seconds(120);
        run::take_up(portal.app()).await.unwrap();
        until_over(&http, &place).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let made = users(&portal, &tenant).await - before;
        assert_eq!((made, count(&portal, &tenant, "user.created").await), (COUNT, COUNT));
    }

    async fn an_import_gives_no_more_than_who_began_it_may_give(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let keeper = portal.person(&tenant, tenant.agents, "keeper", &["users.view", "users.manage", "users.import"]).await;
        reach_everything(&portal, &tenant, &keeper).await;
        let http = portal.sign_in(&keeper).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let name = known(&portal, &tenant, "admin").await.group_name;
        let file = format!("name,user_name,group\nBoss,boss,{name}\nAnna,anna,Agents\n");
        let place = sent(&http, file.as_bytes()).await;
        admin.get(&place).send().await.expect(404);
        let page = http.get(&place).send().await.expect(200).text();
        assert!(page.contains("a right that you do not have"), "told before anything is imported: {page}");
        post(&http, &format!("{place}/start"), &[]).await.expect(409);
        post(&http, &format!("{place}/start"), &[("aside", "on")]).await.expect(303);
        until_over(&http, &place).await;
        assert_eq!(count(&portal, &tenant, "user.created").await, 1, "s29: only the agent");
        let file = b"name,user_name,group\nAdmin,admin,Administrators\n".to_vec();
        let place = sent(&http, &String::from_utf8(file).unwrap().replace("Administrators", &name).into_bytes()).await;
        let page = http.get(&place).send().await.expect(200).text();
        assert!(page.contains("This user may do more than you"), "{page}");
    }

    async fn an_import_loses_what_who_began_it_lost_meanwhile(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let keeper = portal.person(&tenant, tenant.agents, "keeper", &["users.view", "users.manage", "users.import"]).await;
        reach_everything(&portal, &tenant, &keeper).await;
        let http = portal.sign_in(&keeper).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let place = sent(&http, b"name,user_name,group\nAnna,anna,Agents\n").await;
        let taken = format!("/users/{}/settings/users.manage", keeper.user);
        post(&admin, &taken, &[("step", "save"), ("value", "false"), ("mode", "free")]).await.expect(303);
        let start = post(&http, &format!("{place}/start"), &[]).await;
        assert_ne!(start.status, 200, "{}", start.text());
        assert_eq!(count(&portal, &tenant, "user.created").await, 0, "s29");
    }

    async fn a_line_with_the_users_id_renames_and_faulty_lines_come_back_as_a_file(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await.user;
        let made_up = "019a0000-0000-7000-8000-000000000000";
        let file = format!(
            "id,name,user_name,group,state\n{anna},Anna Ek,anna.ek,Agents,active\n,Bo,bo,Agents,\n{made_up},Cia,cia,Agents,\n,=Dan,dan,Nowhere,\n"
        );
        let place = sent(&http, file.as_bytes()).await;
        let page = http.get(&place).send().await.expect(200).text();
        for told in ["Would be made", "Would be updated", "Columns passed over", "no user of this id", "Take the 2 faulty lines"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let faulty = http.get(&format!("{place}/faulty")).send().await.expect(200).text();
        assert!(faulty.starts_with("\u{feff}id,name,user_name,group,faults\r\n"), "{faulty}");
        assert_eq!(faulty.lines().count(), 3);
        assert!(faulty.contains("'=Dan") && faulty.contains("Group: There is no such group"), "{faulty}");
        post(&http, &format!("{place}/start"), &[("aside", "on")]).await.expect(303);
        until_over(&http, &place).await;
        let renamed = known(&portal, &tenant, "anna.ek").await;
        assert_eq!((renamed.id, renamed.particulars.name.as_str()), (anna, "Anna Ek"));
        let mended = faulty.replace(made_up, "").replace("Nowhere", "Agents");
        let place = sent(&http, mended.as_bytes()).await;
        post(&http, &format!("{place}/start"), &[]).await.expect(303);
        until_over(&http, &place).await;
        assert_eq!(known(&portal, &tenant, "dan").await.particulars.name, "=Dan");
        assert_eq!(count(&portal, &tenant, "user.created").await, 3);
    }
}

#[test]
fn s36_a_cell_made_harmless_is_read_as_it_was() {
    for cell in ["", "a", "=1", "'=1", "''=1", "'a", "+", "-x", "@", "\tx", "'", "''", "å=1"] {
        let out = harmless(cell);
        assert!(!out.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        assert_eq!(plain(&out), cell);
    }
}

both_engines! {
    async fn s29_the_new_ones_of_an_import_get_their_links_as_one_list_shown_once(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let file = "name;user_name;group\n=Åsa;asa;Agents\nBo;bo;Agents\nCia;cia;Agents\n";
        let place = sent(&http, file.as_bytes()).await;
        let left = sent(&http, file.as_bytes()).await;
        post(&http, &format!("{left}/links"), &[]).await.expect(200);
        assert_eq!(count(&portal, &tenant, "password-link.made").await, 0, "nobody is made yet");
        post(&http, &format!("{place}/start"), &[]).await.expect(404);
        post(&http, &format!("{left}/start"), &[]).await.expect(303);
        let page = until_over(&http, &left).await;
        assert!(page.contains("3 new users cannot come in yet") && page.contains("works once, within 30 minutes"), "{page}");
        let cia = known(&portal, &tenant, "cia").await.id;
        portal.give_password(tenant.id, cia, false).await;
        let answer = post(&http, &format!("{left}/links"), &[("as", "csv")]).await.expect(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let list = answer.text();
        let links: Vec<&str> = list.lines().filter_map(|line| line.rsplit(',').next()).filter(|cell| cell.contains("/set-password/")).collect();
        assert_eq!(links.len(), 2, "who has a password gets no link: {list}");
        assert!(list.contains("'=Åsa,asa,"), "no formula: {list}");
        assert_eq!(count(&portal, &tenant, "password-link.made").await, 2, "each is an entry");
        let again = post(&http, &format!("{left}/links"), &[]).await.expect(200).text();
        assert!(!again.contains("/set-password/") && again.contains("No links"), "it is shown once: {again}");
        assert!(!http.get(&left).send().await.expect(200).text().contains("cannot come in yet"));
        let own = links[0].split("/set-password/").nth(1).unwrap().trim();
        let newcomer = portal.http();
        let chosen = [("new", "fyra gula kajakvänner till"), ("again", "fyra gula kajakvänner till")];
        newcomer.post(&format!("/set-password/{own}")).form(&chosen).send().await.expect(303);
        assert_eq!(portal.try_sign_in(&portal.http(), 1, "asa", chosen[0].1).await.status, 303);
    }

    async fn s29_links_of_an_import_are_told_to_a_program_once_however_often_it_asks(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let rights = ["users.view", "users.manage", "users.import", "groups.manage", "sign_in.reset"];
        let (service, secret) = key(&portal, &tenant, &rights).await;
        reach_everything(&portal, &tenant, &Somebody { user: service, ..tenant.administrator.clone() }).await;
        let http = portal.http();
        let file = "name;user_name;group\nBo;bo;Agents\nCia;cia;Agents\n";
        let sent = http.post("/api/v1/imports").key(&secret).header("content-type", "text/csv").body(file).send().await.expect(201).json();
        let here = format!("/api/v1/imports/{}", sent["id"].as_str().unwrap());
        http.post(&format!("{here}/start")).key(&secret).json(&serde_json::json!({ "aside": false })).send().await.expect(200);
        for _ in 0..200 {
            let state = http.get(&here).key(&secret).send().await.expect(200).json();
            if state["state"] == "done" { break; }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let ask = async || http.post(&format!("{here}/links")).key(&secret).header("idempotency-key", "once").send().await.expect(201).json();
        let (first, again) = (ask().await, ask().await);
        let names = |list: &serde_json::Value| list["links"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect::<Vec<_>>();
        assert_eq!(names(&first), ["Bo", "Cia"]);
        assert!(first["links"].as_array().unwrap().iter().all(|one| one["link"].as_str().unwrap().contains("/set-password/")), "{first}");
        assert_eq!(names(&again), names(&first));
        assert!(again["links"].as_array().unwrap().iter().all(|one| one["link"].is_null()), "kept nowhere: {again}");
        assert_eq!(count(&portal, &tenant, "password-link.made").await, 2);
    }

    async fn s29_links_of_an_import_are_for_who_began_it_and_may_hand_them_out(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let rights = ["users.view", "users.manage", "users.import", "groups.manage"];
        let clerk = portal.person(&tenant, tenant.agents, "clerk", &rights).await;
        reach_everything(&portal, &tenant, &clerk).await;
        let http = portal.sign_in(&clerk).await;
        let place = sent(&http, "name;user_name;group\nBo;bo;Agents\n".as_bytes()).await;
        post(&http, &format!("{place}/start"), &[]).await.expect(303);
        let page = until_over(&http, &place).await;
        assert!(page.contains("One new user cannot come in yet") && page.contains("Hand out password links"), "{page}");
        post(&http, &format!("{place}/links"), &[]).await.expect(403);
        let boss = portal.sign_in(&tenant.administrator).await;
        post(&boss, &format!("{place}/links"), &[]).await.expect(404);
        assert_eq!(count(&portal, &tenant, "password-link.made").await, 0);
    }
}
