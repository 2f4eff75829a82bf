//! Files that people and programs take away keep their form: what a program was written for last year is written today.
//! The files stand in `server/golden`; they are added, never changed. `VAKTBOK_NEW_GOLDEN=1` writes one that is not there.
//! A book, a head (checkpoint) and a key have theirs in `crates/book/golden`.

use book::Log;
use kernel::body::Body;
use kernel::{Timestamp, Uuid};
use serde_json::{Value, json};
use server::logs::files::{COLUMNS, cells, csv_line, json_line};
use server::logs::model::Entry;
use server::logs::said::{Names, Teller};
use server::ui::{Language, Locale};
use std::path::PathBuf;
use vaktbok_tests::{Http, both_engines};

const REMAKE: &str = "VAKTBOK_NEW_GOLDEN=1 cargo nextest run -p vaktbok-tests -E 'test(formats::)'";

/// The file's text, which must be what is written today.
fn golden(name: &str, written: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../server/golden").join(name);
    if !path.exists() && std::env::var_os("VAKTBOK_NEW_GOLDEN").is_some() {
        std::fs::write(&path, written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("server/golden/{name}: {REMAKE}"));
    assert_eq!(
        kept, written,
        "server/golden/{name} is not what is written today. Programs read it: add a file of a new \
        version beside it, and let the old one be read. One that was never published may be deleted and made anew: {REMAKE}"
    );
    kept
}

/// An entry of a log with these parts.
fn entry(idx: i64, log: Log, name: &str, body: &Value) -> Entry {
    let id = |n: u128| Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + n);
    let Body { who, about, change, reason } = super::bodies::parts(body);
    Entry {
        idx,
        at: Timestamp(1_772_448_012_345_678 + 1_000_000 * idx),
        log,
        name: name.to_owned(),
        version: 1,
        actor_kind: "user".to_owned(),
        actor: id(1),
        on_behalf: (idx == 1).then(|| id(2)),
        subject_kind: "user".to_owned(),
        subject: id(3),
        group: Some(id(4)),
        queue: (idx == 2).then(|| id(6)),
        request: id(5),
        stepped_back: idx == 1,
        who,
        about,
        change,
        reason,
    }
}

/// Few entries that between them fill every column.
fn entries() -> Vec<Entry> {
    let attempt = json!({ "who": { "name": "", "typed": "=nobody", "method": "password", "result": "refused",
        "reason": "unknown-user", "way": "web", "address": "192.0.2.7", "country": "SE", "network": "Exempelnät",
        "browser": "Firefox 140", "system": "Linux" } });
    let change = json!({ "who": { "name": "Åsa \"Å\" Öberg", "session": "01990000-0000-7000-8000-000000000009", "way": "web" },
        "about": { "name": "Bo, O'Neill" }, "reason": { "text": "slutat\nidag" }, "change": { "event": { "until": null },
        "fields": [{ "field": "state", "before": "active", "after": "suspended" }, { "field": "number", "before": null, "after": 17 }] } });
    let play = json!({ "who": { "name": "Cia", "way": "web" }, "about": { "name": "Samtal 1" },
        "change": { "delivered_ms": 61_250, "played_ms": 60_000 } });
    vec![
        entry(0, Log::Access, "sign-in.refused", &attempt),
        entry(1, Log::Change, "user.suspended", &change),
        entry(2, Log::Archive, "content.played", &play),
    ]
}

/// What the last column says in the reader's words is no form: words may be chosen better.
fn worded(entry: &Entry) -> String {
    let (t, names) = (Locale::new(Language::En, "UTC"), Names::default());
    cells(entry, &Teller { t: &t, names: &names }).last().unwrap().clone()
}

#[test]
fn r26_a_log_as_a_table_is_of_the_form_it_always_was() {
    let (t, names) = (Locale::new(Language::En, "UTC"), Names::default());
    let line = |entry: &Entry| {
        let mut cells = cells(entry, &Teller { t: &t, names: &names });
        cells[COLUMNS.iter().position(|name| *name == "changes_said").unwrap()].clear();
        csv_line(cells.iter().map(String::as_str))
    };
    let written: String = std::iter::once(csv_line(COLUMNS)).chain(entries().iter().map(line)).collect();
    golden("log-v1.csv", &written);
}

#[test]
fn r26_a_log_as_lines_of_json_is_of_the_form_it_always_was() {
    let (t, names) = (Locale::new(Language::En, "UTC"), Names::default());
    let line = |entry: &Entry| {
        let said = Value::String(worded(entry)).to_string();
        json_line(entry, &Teller { t: &t, names: &names })
            .replace(&format!("\"changes_said\":{said}"), "\"changes_said\":\"\"")
    };
    let written: String = entries().iter().map(line).collect();
    let kept = golden("log-v1.jsonl", &written);
    assert!(kept.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
}

/// A file of users as an export wrote it, without the ids that differ each time.
async fn exported(http: &Http) -> String {
    let text = http.get("/users/export?sort=name").send().await.expect(200).text();
    let without_id = |line: &str| line.split_once([';', ',']).map(|(_, rest)| rest.to_owned()).unwrap();
    let lines: Vec<String> = text.trim_start_matches('\u{feff}').lines().map(without_id).collect();
    lines.into_iter().filter(|line| !line.contains(",Administrators,")).map(|line| line + "\n").collect()
}

both_engines! {
    async fn r26_a_file_of_users_is_read_and_written_in_the_form_it_always_was(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let first = "name;user_name;mail;mobile;number;external_id;language;keywords;group;kind\n\
            Åsa Öberg;asa;asa@example.se;+46701740605;17;E-1;sv;natt, helg;Agents;person\n\
            \"O'Neill; \"\"Bo\"\"\";bo;;;;;en;;Agents;person\n";
        let read = golden("users-v1-read.csv", first);
        let sent = http.post("/users/import").upload("file", "users.csv", read.as_bytes(), &[]).send().await.expect(303);
        let place = sent.header("location").unwrap().to_owned();
        http.post(&format!("{place}/start")).form(&[]).send().await.expect(303);
        for _ in 0..200 {
            if crate::users::count(&portal, &tenant, "user.created").await == 2 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        golden("users-v1-written.csv", &exported(&http).await);
    }
}
