//! What an auditor is handed by the command line, and what the auditor's own program says of it.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};
use vaktbok_tests::Folder;
use vaktbok_tests::program::{binary, run};

/// A book's export, its newest head and its key, as files.
pub struct Papers {
    folder: Folder,
}

impl Papers {
    /// Runs `vaktbok book head`, `key` and `export`, each made by `command` out of its words: the export ends at the head.
    pub fn of(number: i64, command: impl Fn(&str) -> Command) -> Papers {
        let folder = Folder::new();
        let whole = format!("export --head {}", folder.join("head").display());
        for (words, file) in [("head", "head"), ("key", "key"), (whole.as_str(), "book.jsonl")] {
            let made = run(&mut command(&format!("book {words} --tenant {number}")));
            assert!(made.status.success(), "{words}: {}", String::from_utf8_lossy(&made.stderr));
            std::fs::write(folder.join(file), made.stdout).unwrap();
        }
        Papers { folder }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The export's text.
    pub fn text(&self) -> String {
        std::fs::read_to_string(self.path("book.jsonl")).unwrap()
    }

    /// The entries.
    pub fn entries(&self) -> Vec<Value> {
        self.text().lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Puts another text in the export's place.
    pub fn forge(&self, text: &str) {
        std::fs::write(self.path("book.jsonl"), text).unwrap();
    }

    /// Runs `vaktbok-verify` on them: its exit code, and what it says.
    pub fn verified(&self) -> (Option<i32>, String) {
        let mut command = Command::new(binary("vaktbok-verify"));
        command.arg(self.path("book.jsonl")).arg("--head").arg(self.path("head"));
        let output: Output = run(command.arg("--key").arg(self.path("key")));
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
