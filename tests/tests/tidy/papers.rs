//! Decisions and promises are kept as carefully as code.

use super::lengths;
use super::report::{Rule, Violation};
use super::tree::Tree;
use std::collections::BTreeSet;

/// Each decision has the three parts that make it one.
pub fn decisions(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a decision says what, why and what was rejected",
        remedy: "add the missing heading, as in decisions/0000-template.md",
    };
    let mut found = Vec::new();
    for file in tree.with_extension("md").filter(|file| file.path.starts_with("decisions/")) {
        let missing =
            ["## What", "## Why", "## Rejected"].into_iter().filter(|part| !file.text.contains(part));
        found.extend(missing.map(|part| rule.broken(&file.path, 1, format!("no `{part}`"))));
    }
    found
}

/// Each numbered promise in ARCHITECTURE.md names, in backquotes, a test that exists.
pub fn promises(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a promise names a test that exists",
        remedy: "write the test, or correct its name in ARCHITECTURE.md: a promise nobody checks is a hope",
    };
    let Some(file) = tree.file("ARCHITECTURE.md") else { return Vec::new() };
    let tests = names_of_tests(tree);
    let mut found = Vec::new();
    let after = file.lines().skip_while(|(_, text)| !text.starts_with("## Promises")).skip(1);
    for (line, text) in after.take_while(|(_, text)| !text.starts_with("## ")) {
        let Some(named) = text.split("– test").nth(1) else { continue };
        for name in named.split('`').skip(1).step_by(2) {
            let last = name.rsplit("::").next().unwrap_or(name);
            if !tests.contains(last) {
                found.push(rule.broken(&file.path, line, format!("`{name}`")));
            }
        }
    }
    found
}

/// Functions, and the names that macros make into tests.
fn names_of_tests(tree: &Tree) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for (_, taken) in tree.rust() {
        for (_, code) in taken.lines() {
            names.extend(lengths::function_name(code));
            names.extend(code.trim().split_once(':').map(|(name, _)| name));
        }
    }
    names
}
