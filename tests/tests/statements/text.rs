//! What the text of a statement shows that the engines do not tell: which name stands for which table.

use super::engines::TABLES;
use kernel::statement::Rendered;
use std::path::Path;

/// A table in a `from`, `join`, `into` or `update`, with the name it goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub table: String,
    pub alias: String,
}

/// Every table a statement names, as often as it names it.
pub fn references(rendered: &Rendered) -> Vec<Reference> {
    let words: Vec<&str> = words(&rendered.text);
    let mut found = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let introduces = ["from", "join", "into", "update", ","].contains(&pair[0]);
        if introduces && TABLES.contains_key(pair[1]) {
            let after = words.get(at + 2).copied().unwrap_or_default();
            let after = if after == "as" { words.get(at + 3).copied().unwrap_or_default() } else { after };
            let alias = if is_alias(after) { after } else { pair[1] };
            found.push(Reference { table: pair[1].to_owned(), alias: alias.to_owned() });
        }
    }
    found
}

fn is_alias(word: &str) -> bool {
    const KEYWORDS: [&str; 18] = [
        "where",
        "on",
        "set",
        "join",
        "left",
        "inner",
        "cross",
        "order",
        "group",
        "limit",
        "values",
        "select",
        "using",
        "union",
        "returning",
        "default",
        "having",
        "window",
    ];
    word.starts_with(|c: char| c.is_ascii_lowercase()) && !KEYWORDS.contains(&word)
}

/// Words, with commas and brackets as words of their own.
pub fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let mut rest = word;
        while let Some(at) = rest.find(['(', ')', ',']) {
            words.extend(Some(&rest[..at]).filter(|word| !word.is_empty()));
            words.push(&rest[at..=at]);
            rest = &rest[at + 1..];
        }
        words.extend(Some(rest).filter(|word| !word.is_empty()));
    }
    words
}

/// How many `sql!` stand in kernel and server outside their tests.
pub fn written_in_the_sources() -> usize {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    count_in(&root.join("crates/kernel/src")) + count_in(&root.join("server/src"))
}

fn count_in(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries
        .map(|path| match path.extension().and_then(|e| e.to_str()) {
            None if path.is_dir() => count_in(&path),
            Some("rs") if !path.ends_with("tests.rs") => {
                let text = std::fs::read_to_string(&path).unwrap();
                let product = text.split("#[cfg(test)]").next().unwrap_or_default();
                let code = product
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//") && !line.contains("$crate::sql!"));
                code.map(|line| line.matches("sql!(").count() + line.matches("sql! {").count()).sum()
            }
            _ => 0,
        })
        .sum()
}
