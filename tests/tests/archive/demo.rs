//! The demo as a program: who can come in, what its ninety days hold, and that its books verify.

use super::importing::recorded;
use super::papers::Papers;
use super::{found, links, opened};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;
use vaktbok_tests::program::binary;
use vaktbok_tests::{Folder, Http, Program};

/// A printed sign-in.
#[derive(Clone, Debug)]
struct Printed {
    number: i64,
    role: String,
    name: String,
    password: String,
}

/// What it printed, once a line of it holds this: the address comes before what follows it.
async fn said(program: &Program, mark: &str) -> Vec<String> {
    for _ in 0..200 {
        let said = program.said();
        if said.iter().any(|line| line.contains(mark)) {
            return said;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{mark} was never said: {:?}", program.said());
}

/// The lines `  1001  Norrsken Försäkring      auditor          auditor              rntbm-…`.
async fn printed(program: &Program) -> Vec<Printed> {
    said(program, "Ready to sign in").await;
    // The lines that follow come at once.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let one = |line: &String| {
        let words: Vec<&str> = line.split("  ").map(str::trim).filter(|word| !word.is_empty()).collect();
        let [number, _, role, name, password] = words[..] else { return None };
        let number = number.parse().ok()?;
        Some(Printed { number, role: role.into(), name: name.into(), password: password.into() })
    };
    program.said().iter().filter_map(one).collect()
}

async fn comes_in(program: &Program, who: &Printed) -> Http {
    let http = program.http();
    let number = who.number.to_string();
    let fields = [("number", number.as_str()), ("name", &who.name), ("password", &who.password)];
    http.post("/sign-in").form(&fields).send().await.expect(303);
    http.get("/").send().await.expect(200);
    http
}

fn of<'a>(all: &'a [Printed], number: i64, role: &str) -> &'a Printed {
    all.iter().find(|one| one.number == number && one.role == role).unwrap()
}

/// The demo's program with some words, on its folder.
fn vaktbok(folder: &Folder, words: &str) -> Command {
    let mut command = Command::new(binary("vaktbok"));
    command.args(words.split(' ')).arg("--data").arg(folder.path());
    command
}

fn text<'a>(entry: &'a Value, place: &str) -> &'a str {
    entry.pointer(place).and_then(Value::as_str).unwrap_or_default()
}

/// An id as addresses have it; a book has it without dashes.
fn dashed(id: &str) -> String {
    kernel::Uuid::parse_str(id).unwrap().to_string()
}

/// How many entries there are of each name.
fn counts(entries: &[Value]) -> BTreeMap<&str, usize> {
    entries.iter().fold(BTreeMap::new(), |mut counts, entry| {
        *counts.entry(text(entry, "/name")).or_default() += 1;
        counts
    })
}

/// Whoever has most of the entries of a name, and how many.
fn most<'a>(entries: impl Iterator<Item = &'a Value>, by: &str) -> (String, usize) {
    let counted = entries.fold(BTreeMap::<String, usize>::new(), |mut counts, entry| {
        *counts.entry(text(entry, by).to_owned()).or_default() += 1;
        counts
    });
    counted.into_iter().max_by_key(|(_, count)| *count).unwrap()
}

/// Lines of a log that a page shows.
async fn lines(http: &Http, address: &str) -> usize {
    let page = http.get(address).send().await.expect(200).text();
    page.split("<tbody").nth(1).map_or(0, |rows| rows.matches("<tr").count())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_has_its_people_and_its_stories_and_its_books_verify() {
    let folder = Folder::new();
    let program = Program::demo(&folder, None);
    let everybody = printed(&program).await;
    assert_eq!(everybody.len(), 8, "{:?}", program.said());
    let mut all = 0;
    let mut people = 0;
    for number in [1001, 1002] {
        let papers = Papers::of(number, |words| vaktbok(&folder, words));
        let (code, said) = papers.verified();
        assert_eq!(code, Some(0), "{said}");
        assert!(!papers.text().contains("\"stepped_back\""), "the history is in the order of its time");
        let entries = papers.entries();
        all += entries.len();
        people += counts(&entries)["user.created"];
        its_stories_are_there(&program, &everybody, number, &entries).await;
    }
    assert!((36_000..46_000).contains(&all), "about 40,000 entries: {all}");
    assert!((240..270).contains(&people), "about 250 people: {people}");
    four_come_in(&program, &everybody).await;
    assert!(program.stop());
    let again = Program::demo(&folder, None);
    let said = said(&again, "was filled before").await;
    assert!(!said.iter().any(|line| line.contains("Ready to sign in")), "passwords are shown once: {said:?}");
    comes_in(&again, of(&everybody, 1002, "administrator")).await;
}

/// What the auditor finds by the filters of the logs.
async fn its_stories_are_there(program: &Program, everybody: &[Printed], number: i64, entries: &[Value]) {
    let counts = counts(entries);
    let happened = [
        "content.played",
        "content.downloaded",
        "archive.searched",
        "interaction.imported",
        "log.read",
        "log.exported",
        "book.exported",
        "users.exported",
        "user.moved",
        "user.suspended",
        "user.new_password_forced",
        "password.changed",
        "setting.given",
        "setting.cleared",
        "queue.created",
        "profile.created",
    ];
    for name in happened {
        assert!(counts.contains_key(name), "{name} never happened: {counts:?}");
    }
    let machine =
        |entry: &&Value| text(entry, "/actor/kind") == "machine" && text(entry, "/name") == "user.edited";
    assert!(entries.iter().filter(machine).count() <= 1, "people keep people, not the machine");
    let auditor = comes_in(program, of(everybody, number, "auditor")).await;
    let refused = || entries.iter().filter(|entry| text(entry, "/name") == "sign-in.refused");
    // The night of one password on everybody.
    assert!(lines(&auditor, "/logs/access?address=185.220.101.34&result=refused").await >= 50);
    // The forgetful one.
    let (forgetful, slips) = most(refused(), "/subject/id");
    let forgetful = dashed(&forgetful);
    assert!(slips > 100, "{slips}");
    assert!(lines(&auditor, &format!("/logs/access?user={forgetful}&result=refused")).await >= 50);
    // The leaver, whose account is tried for some days more.
    assert_eq!(lines(&auditor, "/logs/changes?name=user.deactivated").await, 1);
    assert!(lines(&auditor, "/logs/access?reason=deactivated").await >= 3);
    // The curious one: 80 openings within an hour, late in the evening.
    let opened = || entries.iter().filter(|entry| text(entry, "/name") == "content.opened");
    let at = |entry: &Value| entry["at"].as_i64().unwrap();
    let hour = 3_600_000_000;
    let busiest = opened().max_by_key(|one| {
        let within =
            |other: &&Value| other["actor"] == one["actor"] && (0..hour).contains(&(at(other) - at(one)));
        opened().filter(within).count()
    });
    let curious = busiest.unwrap();
    let within = opened()
        .filter(|one| one["actor"] == curious["actor"] && (0..hour).contains(&(at(one) - at(curious))))
        .count();
    assert_eq!(within, 80);
    let who = dashed(text(curious, "/actor/id"));
    assert!(lines(&auditor, &format!("/logs/archive?actor={who}&name=content.opened")).await >= 50);
}

/// Each of the four gets to what is theirs.
async fn four_come_in(program: &Program, everybody: &[Printed]) {
    let administrator = comes_in(program, of(everybody, 1001, "administrator")).await;
    let queues = administrator.get("/queues").send().await;
    assert!(queues.status != 200 || queues.text().contains("Bilskador"), "{}", queues.text());
    let groups = administrator.get("/groups").send().await.expect(200).text();
    for name in ["Kundtjänst Luleå", "Försäljning", "Väggtavlor", "Självbetjäning"] {
        assert!(groups.contains(name), "{name}: {groups}");
    }
    let supervisor = comes_in(program, of(everybody, 1001, "supervisor")).await;
    hears(&supervisor, "", "Hagelskada").await;
    let agent = comes_in(program, of(everybody, 1001, "agent")).await;
    assert_eq!(agent.get("/logs/access").send().await.status, 403);
}

/// Finds an interaction, opens it with a reason and hears its recording.
async fn hears(http: &Http, query: &str, subject: &str) -> Vec<u8> {
    let call = found(http, query, subject).await;
    let page = opened(http, call, "Prov").await;
    let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
    http.get(&audio).send().await.expect(200).body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_supervisor_of_the_demo_finds_and_plays_a_real_imported_call() {
    let Some(calls) = recorded("calls-vcon") else { return };
    let folder = Folder::new();
    let program = Program::demo(&folder, Some(&calls));
    let everybody = printed(&program).await;
    let brought = program.said().iter().filter(|line| line.contains("16") && line.contains("24")).count();
    assert_eq!(brought, 2, "{:?}", program.said());
    let mut recordings = Vec::new();
    let mut open = vec![calls];
    while let Some(here) = open.pop() {
        for path in std::fs::read_dir(here).unwrap().flatten().map(|entry| entry.path()) {
            match path.extension().and_then(std::ffi::OsStr::to_str) {
                Some("mp3") => recordings.push(std::fs::read(path).unwrap()),
                _ if path.is_dir() => open.push(path),
                _ => {}
            }
        }
    }
    for number in [1001, 1002] {
        let supervisor = comes_in(&program, of(&everybody, number, "supervisor")).await;
        let heard = hears(&supervisor, "medium=call&recorded=1", "<td").await;
        assert!(recordings.contains(&heard), "what is heard is one of the recordings");
    }
}
