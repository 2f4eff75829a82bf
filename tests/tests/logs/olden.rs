//! Every body that was ever written, put into a book as it was, and read through the pages, the files and the API of today.

use super::bodies::{Golden, goldens, parts};
use super::csv;
use kernel::policy::Machine;
use kernel::{Event, Name, Result, Subject, Writer};
use serde::Serialize;
use serde_json::Value;
use vaktbok_tests::{Http, Portal, Tenant, World, both_engines};

/// Keeps a place in a log for a body.
#[derive(Serialize)]
struct Stood<const LOG: u8> {}

impl<const LOG: u8> Event for Stood<LOG> {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = match LOG {
        1 => kernel::name!(access "test.stood", 1),
        2 => kernel::name!("test.stood", 1),
        _ => kernel::name!(archive "test.stood", 1),
    };
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, _w: &mut Writer<'_>) -> Result<()> {
        Ok(())
    }
}

/// Puts a body, word for word, where a place is kept; says the entry's index.
async fn put(world: &World, portal: &Portal, tenant: &Tenant, golden: &Golden) -> i64 {
    let (grant, store) = (portal.machine(tenant.id), &portal.app().store);
    let place = match golden.log.as_str() {
        "access" => grant.apply(store, Stood::<1> {}).await.map(|()| "test.stood"),
        "change" => grant.apply(store, Stood::<2> {}).await.map(|()| "test.stood"),
        _ => grant.apply(store, Stood::<3> {}).await.map(|()| "test.stood"),
    };
    let idx = crate::users::newest(portal, tenant, place.unwrap()).await;
    let salt = if world.database().is_some() { "'\\x00'::bytea" } else { "x'00'" };
    let mut statements = vec![
        format!(
            "update entry set name = '{}', version = {} where tenant_id = {} and idx = {idx}",
            golden.event, golden.version, tenant.number
        ),
        format!("delete from entry_part where tenant_id = {} and idx = {idx}", tenant.number),
    ];
    for (part, name) in ["who", "about", "change", "reason"].into_iter().enumerate() {
        if let Value::Object(body) = &golden.body[name] {
            let text = Value::Object(body.clone()).to_string().replace('\'', "''");
            statements.push(format!(
                "insert into entry_part (tenant_id, idx, part, salt, body) values ({}, {idx}, {}, {salt}, '{text}')",
                tenant.number,
                part + 1
            ));
        }
    }
    super::rewritten::execute(world, &statements).await;
    idx
}

const LOGS: [(&str, &str); 3] = [("access", "access"), ("change", "changes"), ("archive", "archive")];

fn page_of(golden: &Golden) -> &'static str {
    LOGS.iter().find(|(log, _)| *log == golden.log).unwrap().1
}

/// Opens an entry in its list, and says what is wrong with what the page shows.
async fn shown(http: &Http, golden: &Golden, idx: i64) -> Option<String> {
    let page = http.get(&format!("/logs/{}?name={}&open={idx}", page_of(golden), golden.event)).send().await;
    let says = format!("{} v{}", golden.event, golden.version);
    let name = golden.body["about"]["name"].as_str().unwrap_or_default();
    let text = page.text();
    let whole = page.status == 200 && text.contains(&says) && text.contains(&escaped(name));
    (!whole).then(|| format!("{says} is not shown: {}", page.status))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('"', "&#34;").replace('\'', "&#39;")
}

both_engines! {
    async fn r26_every_body_that_was_ever_written_is_shown_and_exported_by_todays_program(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let mut wrong = Vec::new();
        let mut put_in = Vec::new();
        for golden in goldens() {
            let idx = put(&world, &portal, &tenant, &golden).await;
            wrong.extend(shown(&admin, &golden, idx).await);
            put_in.push((idx, golden));
        }
        for (_, log) in LOGS {
            let list = csv(&admin, log).await;
            let begun = admin.post(&format!("/logs/{log}/export")).form(&[("format", "jsonl")]).send().await.expect(303);
            let lines = crate::logs::taking::fetched(&admin, begun.header("location").unwrap()).await;
            let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            for (idx, golden) in put_in.iter().filter(|(_, golden)| page_of(golden) == log) {
                let says = format!("{} v{}", golden.event, golden.version);
                let Some(line) = lines.iter().find(|line| line["index"] == *idx) else {
                    wrong.push(format!("{says} is not in the file"));
                    continue;
                };
                let mut today = parts(&golden.body);
                kernel::body::bring_up(&golden.event, golden.version, &mut today);
                if line["change"] != Value::Object(today.change) || line["event"] != golden.event {
                    wrong.push(format!("{says} is exported as {line}"));
                }
                if !list.contains(&format!("\"{idx}\",")) {
                    wrong.push(format!("{says} is not in the list"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(put_in.iter().any(|(_, golden)| kernel::body::upgrades(&golden.event, golden.version)), "none is old");
    }
}
