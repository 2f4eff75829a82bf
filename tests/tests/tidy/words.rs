//! Words that must not stand anywhere: empty names, places on somebody's machine, traces of the workshop.

use super::report::{Rule, Violation};
use super::tree::Tree;

/// Names that say nothing about what is inside (house rule 10).
const EMPTY_NAMES: [&str; 10] =
    ["util", "utils", "helper", "helpers", "manager", "managers", "service", "common", "misc", "stuff"];

/// Parted, so that this file does not break its own rule.
const PLACES: [&str; 9] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("crates", ".io"),
    concat!("npm", "js.com"),
    concat!("npm", "js.org"),
    concat!("pypi", ".org"),
    concat!("python", "hosted.org"),
    concat!("deb.", "debian.org"),
];

const WORKSHOP: [&str; 8] = [
    concat!("issue", " #"),
    concat!("issues", " show"),
    concat!("cla", "ude"),
    concat!("anth", "ropic"),
    concat!("chat", "gpt"),
    concat!("language", " model"),
    concat!("sub", "agent"),
    concat!("co-authored", "-by"),
];

/// No file or folder is called utils, helpers, manager, service or common.
pub fn file_names(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a file is named after what it holds",
        remedy: "name it by the trade's word for what is inside; if there is none, it holds several things: part it",
    };
    let empty = |part: &&str| EMPTY_NAMES.contains(&part.split('.').next().unwrap_or(part));
    tree.files
        .iter()
        .filter_map(|file| Some(rule.broken(&file.path, 1, file.path.split('/').find(empty)?)))
        .collect()
}

/// No path of one machine, no host of a package registry.
pub fn places(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "the repository knows no machine and no registry",
        remedy: "use a path relative to the repository or given by the caller; a registry's own client knows its host",
    };
    sought(tree, rule, &PLACES, |path, line| path == "Cargo.lock" && line.starts_with("source = "))
}

/// No trace of how the product was built.
pub fn workshop(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a file speaks of the product, not of how it was built",
        remedy: "say the reason itself; where it is a decision, put it in decisions/",
    };
    sought(tree, rule, &WORKSHOP, |_, _| false)
}

fn sought(tree: &Tree, rule: Rule, words: &[&str], spared: impl Fn(&str, &str) -> bool) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in &tree.files {
        let folded = file.text.to_ascii_lowercase();
        if !words.iter().any(|word| folded.contains(word)) {
            continue;
        }
        for (line, text) in (1..).zip(folded.lines()) {
            let word = words.iter().find(|word| text.contains(**word) && !spared(&file.path, text));
            found.extend(word.map(|word| rule.broken(&file.path, line, format!("`{word}`"))));
        }
    }
    found
}
