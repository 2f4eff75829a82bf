//! Which source file belongs to which: one that nobody names is not compiled, and is read and mended as if it were.

use super::report::{Rule, Violation};
use super::tree::{File, Tree};
use std::collections::BTreeSet;

/// Folders of a package in which each file is a program or a test of its own.
const ROOTS: [&str; 4] = ["tests", "benches", "examples", "src/bin"];

/// Every Rust file is a root of a package, or another names it: `mod name;`, `#[path = "…"]`, or the pattern of its folder.
pub fn named(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a source file is part of the program",
        remedy: "name it by `mod` where it belongs, or delete it",
    };
    let packages: BTreeSet<&str> =
        tree.files.iter().filter_map(|file| file.path.strip_suffix("Cargo.toml")).collect();
    let named: BTreeSet<String> =
        tree.rust().flat_map(|(file, _)| names(file, is_root(file, &packages))).collect();
    tree.with_extension("rs")
        .filter(|file| !is_root(file, &packages) && !named.contains(&file.path))
        .filter(|file| !named.contains(&format!("{}*.rs", folder(&file.path))))
        .map(|file| rule.broken(&file.path, 1, "no `mod` names it"))
        .collect()
}

/// `crates/book/src/` of `crates/book/src/lib.rs`; nothing of what lies at the top.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

fn is_root(file: &File, packages: &BTreeSet<&str>) -> bool {
    let at = folder(&file.path);
    let of_a_package = ROOTS
        .iter()
        .any(|root| at.strip_suffix(&format!("{root}/")).is_some_and(|package| packages.contains(package)));
    of_a_package || matches!(file.name(), "lib.rs" | "main.rs" | "build.rs")
}

/// The paths that a file names, each where it may lie.
fn names(file: &File, root: bool) -> Vec<String> {
    let (taken, here) = (file.taken(), folder(&file.path));
    let beside = root || file.name() == "mod.rs";
    let stem = file.path.trim_end_matches(".rs");
    let below = if beside { here.to_owned() } else { format!("{stem}/") };
    let mut out = Vec::new();
    for (line, code) in taken.lines() {
        let words: Vec<&str> = code.split_whitespace().collect();
        let declared = words.iter().skip_while(|word| **word != "mod").nth(1);
        if let Some(name) = declared.and_then(|name| name.strip_suffix(';')) {
            out.extend([format!("{below}{name}.rs"), format!("{below}{name}/mod.rs")]);
        }
        if code.contains("#[path") || code.contains("compile_fail(") {
            let said = taken.strings.iter().filter(|(at, _)| *at == line);
            // A path counts from the file, the pattern of a folder from the package.
            out.extend(
                said.flat_map(|(_, text)| [resolved(here, text), resolved(here, &format!("../{text}"))]),
            );
        }
    }
    out
}

/// `a/b/../c.rs` without its steps upward.
fn resolved(here: &str, text: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in here.split('/').chain(text.split('/')).filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
