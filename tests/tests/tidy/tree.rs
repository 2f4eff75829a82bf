//! The repository as the rules see it: text files, and Rust files taken apart.

use super::lexer::{self, Taken};
use std::cell::OnceCell;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

/// A text file.
pub struct File {
    /// From the repository's root, with forward slashes.
    pub path: String,
    pub text: String,
    taken: OnceCell<Taken>,
}

/// All files that git knows or would add.
pub struct Tree {
    pub files: Vec<File>,
}

static REPOSITORY: LazyLock<Vec<(String, String)>> = LazyLock::new(read_repository);

impl Tree {
    /// The repository this test was built from.
    pub fn of_repository() -> Tree {
        Tree::of(REPOSITORY.iter().map(|(path, text)| (path.as_str(), text.as_str())))
    }

    /// A made-up repository, for trying a rule.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Tree {
        let files = files.into_iter().map(|(path, text)| File::new(path, text)).collect();
        Tree { files }
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Rust files with what the lexer found in them.
    pub fn rust(&self) -> impl Iterator<Item = (&File, &Taken)> {
        self.with_extension("rs").map(|file| (file, file.taken()))
    }

    pub fn with_extension(&self, extension: &str) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| file.extension() == extension)
    }
}

impl File {
    fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned(), taken: OnceCell::new() }
    }

    /// Rust only: code, strings and test parts told apart.
    pub fn taken(&self) -> &Taken {
        self.taken.get_or_init(|| lexer::take_apart(&self.text))
    }

    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Lines with their numbers, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Whole files of tests, benches and samples, as opposed to product code.
    pub fn is_test(&self) -> bool {
        let folder = |name: &str| {
            self.path.starts_with(&format!("{name}/")) || self.path.contains(&format!("/{name}/"))
        };
        folder("tests") || folder("benches") || folder("examples") || self.path.ends_with("/tests.rs")
    }
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn read_repository() -> Vec<(String, String)> {
    // A clone owned by someone else (a container's root) is still ours to read.
    let listed = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git runs: the rules hold for the files that git knows");
    assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let mut paths: Vec<String> =
        String::from_utf8(listed.stdout).unwrap().split_terminator('\0').map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    paths
        .into_iter()
        .filter_map(|path| Some((text_of(&path)?, path)).map(|(text, path)| (path, text)))
        .collect()
}

/// None for pictures, recordings, and files deleted but not yet committed.
fn text_of(path: &str) -> Option<String> {
    let bytes = std::fs::read(root().join(path)).ok()?;
    String::from_utf8(bytes).ok()
}
