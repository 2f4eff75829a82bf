//! The whole chain with the programs that people run: brought in, found, played with a reason, in the archive log,
//! exported, and verified offline.

use super::importing::recorded;
use super::papers::Papers;
use super::{found, links, opened};
use crate::commands::{json, migrated};
use std::path::{Path, PathBuf};
use vaktbok_tests::program::{run, vaktbok};
use vaktbok_tests::{Http, PASSWORD, Program, World, both_engines};

/// A folder of interactions, how many of its files are archived and set aside, and a word said in one of them: the recorded
/// calls where they are, else the repository's own samples.
fn folder() -> (PathBuf, [usize; 2], &'static str) {
    match recorded("calls-vcon") {
        Some(calls) => (calls, [16, 8], "words=car&recorded=1"),
        None => (Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples"), [12, 0], "words=hagel&recorded=1"),
    }
}

/// A customer by the command line, whose first administrator comes in by the printed link.
async fn administrator(world: &World, server: &Program) -> Http {
    let added = json(&run(&mut vaktbok("tenant add --name Chain --json --number 1001", world)));
    let (_, link) = added["link"].as_str().unwrap().split_once("/set-password/").unwrap();
    let http = server.http();
    let fields = [("new", PASSWORD), ("again", PASSWORD)];
    http.post(&format!("/set-password/{link}")).form(&fields).send().await.expect(303);
    let fields = [("number", "1001"), ("name", "admin"), ("password", PASSWORD)];
    http.post("/sign-in").form(&fields).send().await.expect(303);
    http
}

/// Counts of a report: imported, unchanged, quarantined.
fn counts(report: &serde_json::Value) -> [usize; 3] {
    let number = |name: &str| usize::try_from(report[name].as_u64().unwrap()).unwrap();
    [number("imported"), number("unchanged"), report["quarantined"].as_array().unwrap().len()]
}

both_engines! {
    async fn from_import_to_offline_verification(world: World) {
        migrated(&world);
        let server = Program::serve(&world);
        let http = administrator(&world, &server).await;
        let required = [("step", "save"), ("value", "true"), ("mode", "free"), ("seen", "null")];
        http.post("/settings/archive.reason_required").form(&required).send().await.expect(303);
        let (folder, [taken, aside], query) = folder();
        let bring_in = || run(vaktbok("import vcon --json --tenant 1001", &world).arg(&folder));
        let first = bring_in();
        let report = json(&first);
        assert_eq!(counts(&report), [taken, 0, aside], "{report}");
        let progress = String::from_utf8_lossy(&first.stderr).lines().filter(|l| l.contains(".vcon.json")).count();
        assert_eq!(progress, taken + aside, "each file is told of while it goes on");
        for one in report["quarantined"].as_array().unwrap() {
            assert_eq!(one["reasons"][0]["code"], "quarantine-hash-differs", "{one}");
        }
        assert_eq!(counts(&json(&bring_in())), [0, taken, aside], "the same again changes nothing");
        let call = found(&http, query, "<td").await;
        http.post(&format!("/archive/{call}/open")).form(&[("reason", " ")]).send().await.expect(422);
        let page = opened(&http, call, "Complaint 4711").await;
        let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
        http.get(&audio).header("range", "bytes=4000-7999").send().await.expect(206);
        http.get(&audio).send().await.expect(200);
        http.post(&format!("{audio}/heard")).form(&[("from", "0"), ("to", "2"), ("over", "1")]).send().await.expect(204);
        let log = http.get("/logs/archive?name=content.opened").send().await.expect(200).text();
        assert!(log.contains("Complaint 4711"), "{log}");
        drop(page);
        let papers = Papers::of(1001, |words| vaktbok(words, &world));
        let text = papers.text();
        assert_eq!(text.matches("\"name\":\"interaction.imported\"").count(), taken);
        assert_eq!(text.matches("\"name\":\"file.set_aside\"").count(), aside);
        assert!(text.contains("Complaint 4711") && text.contains("\"played_spans_ms\":[[0,2000]]"));
        assert!(!text.contains("Thank you") && !text.contains("Hej och"), "what was said is not in the book");
        assert_eq!(papers.verified().0, Some(0));
        papers.forge(&text.replace("Complaint 4711", "Complaint 4712"));
        assert_eq!(papers.verified().0, Some(1), "a reason that was altered later is found");
        let kept = |line: &&str| !line.contains("\"name\":\"content.opened\"");
        let cut: Vec<String> = text.lines().filter(kept).map(|line| format!("{line}\n")).collect();
        papers.forge(&cut.concat());
        assert_eq!(papers.verified().0, Some(1), "an opening that was taken out is found");
        assert!(server.stop());
    }
}
