//! Walls between crates (promise 4), and what may come in from outside.

use super::report::{Rule, Violation};
use super::tree::Tree;
use std::collections::BTreeSet;

/// Manifest, what it must not name, and why.
const WALLS: [(&str, &[&str], &str); 5] = [
    (
        "server/Cargo.toml",
        &["rusqlite", "tokio-postgres", "postgres", "sqlx"],
        "only kernel/engine knows a driver",
    ),
    ("crates/verify/Cargo.toml", &["kernel", "vault", "server"], "an auditor builds verify on book alone"),
    (
        "crates/book/Cargo.toml",
        &["kernel", "vault", "server", "verify", "tokio", "jiff"],
        "book stands alone",
    ),
    (
        "crates/vault/Cargo.toml",
        &["kernel", "book", "server", "tokio", "jiff", "object_store"],
        "vault stands alone",
    ),
    ("crates/kernel/Cargo.toml", &["vault", "server", "verify", "askama"], "the kernel knows no domain"),
];

const PURE: [&str; 2] = ["crates/book/src/", "crates/vault/src/"];
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::",
    "tokio::",
    "File::",
];

/// No manifest names a crate beyond its wall.
pub fn walls(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "the walls between crates stand",
        remedy: "hand the thing over as an argument or a trait of the inner crate; see ARCHITECTURE.md, promise 4",
    };
    let mut found = Vec::new();
    for (path, forbidden, why) in WALLS {
        let Some(file) = tree.file(path) else { continue };
        let mut section = "";
        for (line, text) in file.lines() {
            if text.starts_with('[') {
                section = text.trim();
            }
            let name = text.split(['.', '=', ' ']).next().unwrap_or_default();
            if section == "[dependencies]" && forbidden.contains(&name) {
                found.push(rule.broken(path, line, format!("`{name}` – {why}")));
            }
        }
    }
    found
}

/// `book` and `vault` know no file, socket, clock or thread.
pub fn purity(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "book and vault touch nothing",
        remedy: "take bytes, times and chance as arguments, so that whoever audits it sees all that goes in",
    };
    let mut found = Vec::new();
    let pure = |path: &str| PURE.iter().any(|place| path.starts_with(place));
    for (file, taken) in tree.rust().filter(|(file, _)| pure(&file.path) && !file.is_test()) {
        for (line, code) in taken.lines().filter(|(line, _)| !taken.is_test(*line)) {
            let touched = IMPURE.iter().find(|name| code.contains(**name));
            found.extend(touched.map(|name| rule.broken(&file.path, line, format!("`{name}`"))));
        }
    }
    found
}

/// Cargo.lock holds no crate that deny.toml bans, and nothing from elsewhere than the default registry.
pub fn outside(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "what comes from outside is allowed by deny.toml",
        remedy: "choose another crate or other features (`cargo tree -i NAME` says who brought it in)",
    };
    let (Some(lock), Some(deny)) = (tree.file("Cargo.lock"), tree.file("deny.toml")) else {
        return Vec::new();
    };
    let banned: BTreeSet<&str> =
        deny.text.split("{ crate = \"").skip(1).filter_map(|entry| entry.split('"').next()).collect();
    let value = |text: &str, key: &str| Some(text.strip_prefix(key)?.trim_matches('"').to_owned());
    let mut found = Vec::new();
    for (line, text) in lock.lines() {
        let name = value(text, "name = ").filter(|name| banned.contains(name.as_str()));
        found.extend(name.map(|name| rule.broken("Cargo.lock", line, format!("`{name}`"))));
        let source = value(text, "source = ").filter(|source| !source.starts_with("registry+"));
        found.extend(source.map(|source| rule.broken("Cargo.lock", line, source)));
    }
    found
}
