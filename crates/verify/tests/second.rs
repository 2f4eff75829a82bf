//! A second verifier, in Python, written from FORMAT.md alone, must give the same answers as ours.
//! It needs `python3`, which the one test command installs.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing line of a test is its message")]

#[path = "../../book/tests/sample/mod.rs"]
mod sample;

use std::path::{Path, PathBuf};
use std::process::Command;

use book::{Head, Keys};
use sample::{Sample, key};
use verify::{Answer, Check};

/// A folder with a key, heads and exports, removed at the end.
struct Desk {
    folder: PathBuf,
    keys: String,
    head: Head,
    earlier: Option<Head>,
    exports: Vec<Vec<u8>>,
}

impl Desk {
    fn new(name: &str, sample: &Sample, earlier: Option<u64>) -> Desk {
        let folder = std::env::temp_dir().join(format!("vaktbok-second-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let keys = format!("{}\n", key(1).verifier());
        Desk {
            folder,
            keys,
            head: sample.head(sample.size()),
            earlier: earlier.map(|at| sample.head(at)),
            exports: Vec::new(),
        }
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// What the second verifier says of each export.
    fn theirs(&self) -> Vec<String> {
        let mut python = Command::new("python3");
        python.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second.py"));
        python.arg("--key").arg(self.put("key", &self.keys));
        python.arg("--head").arg(self.put("head", self.head.sign(&key(1)).unwrap()));
        if let Some(earlier) = &self.earlier {
            python.arg("--earlier").arg(self.put("earlier", earlier.sign(&key(1)).unwrap()));
        }
        for (i, export) in self.exports.iter().enumerate() {
            python.arg(self.put(&format!("{i}.jsonl"), export));
        }
        let output = python.output().expect("python3 runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    /// Both must agree on every export; gives how many are whole.
    fn agree(&self) -> usize {
        let keys = Keys::parse(&self.keys).unwrap();
        let theirs = self.theirs();
        assert_eq!(theirs.len(), self.exports.len());
        let open = |head: &Head| Head::open(&head.sign(&key(1)).unwrap(), &keys).unwrap();
        let mut whole = 0;
        for (export, they) in self.exports.iter().zip(theirs) {
            let check = Check::new(open(&self.head), self.earlier.as_ref().map(open));
            let report = verify::export(&mut export.as_slice(), check).unwrap();
            let ours = match report.answer() {
                Answer::Whole => "whole",
                Answer::NotWhole => "not whole",
                Answer::EarlierOutOfReach => "not compared",
            };
            whole += usize::from(ours == "whole");
            let said = they.split(':').next().unwrap();
            assert_eq!(ours, said, "{they}\n{report}\n{}", String::from_utf8_lossy(export));
        }
        whole
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn the_second_verifier_agrees_on_clean_books_and_ranges() {
    let sample = Sample::varied();
    let mut desk = Desk::new("clean", &sample, Some(5));
    desk.exports = (0..=12).map(|first| sample.export(first, first % 2 == 0)).collect();
    assert_eq!(desk.agree(), 6);
    desk.earlier = None;
    assert_eq!(desk.agree(), 13);
}

#[test]
fn the_second_verifier_agrees_on_flipped_bits() {
    let sample = Sample::varied();
    let mut desk = Desk::new("flips", &sample, None);
    let export = sample.export(0, true);
    for bit in (0..export.len() * 8).step_by(61) {
        let mut flipped = export.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        desk.exports.push(flipped);
    }
    assert_eq!(desk.agree(), 0);
}

#[test]
fn the_second_verifier_agrees_on_other_spellings_and_on_lies() {
    let sample = Sample::varied();
    let mut desk = Desk::new("spellings", &sample, None);
    let export = String::from_utf8(sample.export(0, true)).unwrap();
    for (from, to) in [
        ("\"version\":1}", "\"version\":1.0}"),
        ("\"version\":1}", "\"version\":1e0}"),
        ("\"version\":1}", "\"version\":01}"),
        ("\"version\":1}", "\"version\":1} "),
        ("\"version\":1}", "\"version\":true}"),
        ("\"version\":1}", "\"version\":1,\"version\":1}"),
        ("\"version\":1}", "\"version\":1,\"x\":1}"),
        ("\"version\":1}", "\"version\":4294967296}"),
        ("\"index\":0,", "\"index\":-0,"),
        ("\"index\":0,", "\"index\": 0,"),
        ("\"kind\":\"user\"", "\"kind\":\"\\u0075ser\""),
        ("\"kind\":\"user\"", "\"kind\":\"us\\/er\""),
        ("\"bodies\":true", "\"bodies\":false"),
        ("\"bodies\":true", "\"bodies\":1"),
        ("\"stepped_back\":true", "\"stepped_back\":false"),
        ("\"parts\":{}", "\"parts\":null"),
        ("\"parts\":{}", "\"parts\":{\"other\":{}}"),
        ("\"log\":\"access\"", "\"log\":\"other\""),
        ("\"size\":12", "\"size\":13"),
        ("\"first\":0", "\"first\":1"),
        ("vaktbok.book/1\"", "vaktbok.book/2\""),
        ("\n", "\r\n"),
        ("\n", "\n\n"),
        ("\\u0001", "\\u0002"),
        ("\\b", "\\u0008"),
    ] {
        assert!(export.contains(from), "{from}");
        desk.exports.push(export.replacen(from, to, 1).into_bytes());
    }
    assert_eq!(desk.agree(), 0);
}
