//! What the program says, as an auditor meets it: files in, an exit code and a sentence out.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing line of a test is its message")]

#[path = "../../book/tests/sample/mod.rs"]
mod sample;

use std::path::{Path, PathBuf};
use std::process::Command;

use sample::{Sample, key};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/golden").join(name)
}

/// A folder of its own for one test, removed at the end.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Desk {
        let folder = std::env::temp_dir().join(format!("vaktbok-verify-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Desk(folder)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Exit code, standard output, standard error.
fn run(export: &Path, head: &Path, key: &Path, more: &[&str]) -> (i32, String, String) {
    let program = env!("CARGO_BIN_EXE_vaktbok-verify");
    let mut command = Command::new(program);
    command.arg(export).arg("--head").arg(head).arg("--key").arg(key).args(more);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_golden_book_is_whole() {
    let at_12 = golden("book-v1.head");
    for export in ["book-v1.jsonl", "book-v1-from-7.jsonl", "book-v1-leaves.jsonl"] {
        let (code, said, _) = run(&golden(export), &at_12, &golden("book-v1.key"), &[]);
        assert_eq!((code, said.starts_with("WHOLE")), (0, true), "{said}");
    }
    let earlier = golden("book-v1-earlier.head");
    let more = ["--earlier", earlier.to_str().unwrap()];
    let (code, said, _) = run(&golden("book-v1.jsonl"), &at_12, &golden("book-v1.key"), &more);
    assert_eq!((code, said.contains("the head over 5 entries is a beginning")), (0, true), "{said}");
}

#[test]
fn a_head_signed_after_a_rotation_is_trusted_through_the_first_key() {
    let (export, head) = (golden("book-v1.jsonl"), golden("book-v1-rotated.head"));
    assert_eq!(run(&export, &head, &golden("book-v1-rotated.key"), &[]).0, 0);
    let (code, said, _) = run(&export, &head, &golden("book-v1.key"), &[]);
    assert_eq!((code, said.contains("not signed by the given key")), (1, true), "{said}");
    let (code, said, _) = run(&export, &golden("book-v1.head"), &golden("book-v1-rotated.key"), &[]);
    assert_eq!((code, said.contains("not in force at its size")), (1, true), "{said}");
}

#[test]
fn an_altered_entry_is_named_for_people_and_for_programs() {
    let desk = Desk::new("altered");
    let export = std::fs::read_to_string(golden("book-v1.jsonl")).unwrap();
    let altered = desk.put("book.jsonl", export.replacen("Bo Åkesson 4", "Bo Åkesson 5", 1));
    let (head, key) = (golden("book-v1.head"), golden("book-v1.key"));
    let (code, said, _) = run(&altered, &head, &key, &[]);
    assert_eq!(code, 1);
    assert!(said.contains("entry 4: the part subject is not what was entered"), "{said}");
    let (code, said, _) = run(&altered, &head, &key, &["--json"]);
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &report["whole"]), (1, &false.into()));
    assert_eq!(report["faults"][0]["entry"], 4);
    assert_eq!(report["faults"][0]["code"], "part");
}

#[test]
fn a_redated_entry_is_named() {
    let desk = Desk::new("redated");
    let export = std::fs::read_to_string(golden("book-v1.jsonl")).unwrap();
    let altered =
        desk.put("book.jsonl", export.replacen("\"at\":1767225602000006", "\"at\":1767225602000007", 1));
    let (code, said, _) = run(&altered, &golden("book-v1.head"), &golden("book-v1.key"), &[]);
    assert_eq!((code, said.contains("entry 2: the fields are not what was entered")), (1, true), "{said}");
}

#[test]
fn an_export_older_or_newer_than_its_head_says_where_they_part() {
    let desk = Desk::new("parts");
    let short = desk.put("short.jsonl", {
        let mut sample = Sample::varied();
        sample.items.truncate(10);
        sample.export(0, true)
    });
    let (code, said, _) = run(&short, &golden("book-v1.head"), &golden("book-v1.key"), &[]);
    assert_eq!((code, said.contains("entry 10: the export ends before it")), (1, true), "{said}");
    let (code, said, _) =
        run(&golden("book-v1.jsonl"), &golden("book-v1-at-8.head"), &golden("book-v1.key"), &[]);
    assert_eq!((code, said.contains("entry 8: the head does not cover this entry")), (1, true), "{said}");
}

#[test]
fn a_rolled_back_book_is_called_so() {
    let desk = Desk::new("rolled");
    let mut sample = Sample::varied();
    sample.items.truncate(8);
    let export = desk.put("book.jsonl", sample.export(0, true));
    let kept = golden("book-v1.head");
    let more = ["--earlier", kept.to_str().unwrap()];
    let (code, said, _) = run(&export, &golden("book-v1-at-8.head"), &golden("book-v1.key"), &more);
    assert_eq!(
        (code, said.contains("had 12 entries then and has 8 now: it was rolled back")),
        (1, true),
        "{said}"
    );
}

#[test]
fn an_earlier_head_before_the_range_is_neither_whole_nor_not() {
    let earlier = golden("book-v1-earlier.head");
    let more = ["--earlier", earlier.to_str().unwrap()];
    let (code, said, _) =
        run(&golden("book-v1-from-7.jsonl"), &golden("book-v1.head"), &golden("book-v1.key"), &more);
    assert_eq!((code, said.contains("export from entry 5 or earlier")), (2, true), "{said}");
}

#[test]
fn what_cannot_be_read_is_exit_2_and_says_which_paper() {
    let desk = Desk::new("unreadable");
    let (export, head, book_key) = (golden("book-v1.jsonl"), golden("book-v1.head"), golden("book-v1.key"));
    let nowhere = desk.0.join("nowhere");
    let garbage = desk.put("garbage", [0xff, 0xfe, 0, 1]);
    let text = desk.put("text", "hello\n");
    for (export, head, key, word) in [
        (&nowhere, &head, &book_key, "nowhere"),
        (&export, &nowhere, &book_key, "nowhere"),
        (&export, &garbage, &book_key, "garbage"),
        (&export, &text, &book_key, "the head cannot be read"),
        (&export, &head, &text, "the key cannot be read"),
        (&export, &head, &garbage, "garbage"),
    ] {
        let (code, _, said) = run(export, head, key, &[]);
        assert_eq!((code, said.contains(word)), (2, true), "{said}");
    }
    let (code, said, _) = run(&export, &head, &text, &["--json"]);
    assert_eq!(
        (code, serde_json::from_str::<serde_json::Value>(&said).unwrap()["whole"].is_null()),
        (2, true)
    );
}

#[test]
fn an_empty_or_endless_export_is_answered_in_bounded_memory() {
    let desk = Desk::new("endless");
    let (head, key) = (golden("book-v1.head"), golden("book-v1.key"));
    let (code, said, _) = run(&desk.put("empty", ""), &head, &key, &[]);
    assert_eq!((code, said.contains("first line")), (1, true), "{said}");
    let (code, said, _) = run(Path::new("/dev/zero"), &head, &key, &[]);
    assert_eq!((code, said.contains("the line is longer than any line")), (1, true), "{said}");
}

#[test]
fn a_head_altered_anywhere_is_not_believed() {
    let desk = Desk::new("head");
    let note = std::fs::read_to_string(golden("book-v1.head")).unwrap();
    let (export, key) = (golden("book-v1.jsonl"), golden("book-v1.key"));
    for (from, to) in [("\n12\n", "\n13\n"), ("/1001/", "/1002/"), ("time 1", "time 2"), ("8liK", "8liL")] {
        let altered = desk.put("head", note.replacen(from, to, 1));
        let (code, said, _) = run(&export, &altered, &key, &[]);
        assert_eq!((code, said.contains("head: its signature does not hold")), (1, true), "{said}");
    }
}

#[test]
fn another_books_key_vouches_for_nothing() {
    let desk = Desk::new("another");
    let other = book::SigningKey::from_seed("vaktbok.book/1002/00", &[1; 32]).unwrap();
    let file = desk.put("key", other.verifier().to_string());
    let (code, said, _) = run(&golden("book-v1.jsonl"), &golden("book-v1.head"), &file, &[]);
    assert_eq!((code, said.contains("not signed by the given key")), (1, true), "{said}");
}

#[test]
fn an_erasure_that_is_itself_erased_or_speaks_of_later_entries_erases_nothing() {
    use book::PartKind::{Change, Who};
    let desk = Desk::new("erasure");
    let file = desk.put("key", key(1).verifier().to_string());
    for (robbed, runs) in [(true, (1, 1)), (false, (4, 4)), (false, (0, u64::MAX))] {
        let mut sample = Sample::ordinary(4);
        sample.erase(&[(1, 1, &[Who])]);
        let erasure =
            book::Erasure { entries: vec![book::Erased { first: runs.0, last: runs.1, parts: vec![Who] }] };
        let item = &mut sample.items[4];
        item.open[0].2 = erasure.encode();
        item.leaf.parts = vec![(Change, book::commitment(Change, &item.open[0].1, &item.open[0].2))];
        if robbed {
            item.open.clear();
        }
        let export = desk.put("book.jsonl", sample.export(0, true));
        let head = desk.put("head", sample.head(5).sign(&key(1)).unwrap());
        let (code, said, _) = run(&export, &head, &file, &[]);
        assert_eq!(
            (code, said.contains("entry 4: the list of erased parts is missing or wrong")),
            (1, true),
            "{said}"
        );
    }
}

fn run_extract(file: &Path, key: &Path) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vaktbok-verify"));
    let output = command.arg(file).arg("--extract").arg("--key").arg(key).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn an_extract_needs_nothing_but_the_key() {
    let desk = Desk::new("extract");
    let (file, key) = (golden("extract-v1.tlog-proof"), golden("book-v1.key"));
    let (code, said) = run_extract(&file, &key);
    assert_eq!((code, said.starts_with("WHOLE: entry 4 is in the book")), (0, true), "{said}");
    let text = std::fs::read_to_string(&file).unwrap();
    let (code, said) = run_extract(&desk.put("forged", text.replacen("index 4", "index 5", 1)), &key);
    assert_eq!((code, said.starts_with("NOT WHOLE: entry 5")), (1, true), "{said}");
    let (code, _) = run_extract(&golden("book-v1.jsonl"), &key);
    assert_eq!(code, 2);
}
