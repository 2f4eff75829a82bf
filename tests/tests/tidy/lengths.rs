//! House rule 9 for the code itself: what is long hides something.

use super::report::{Rule, Violation};
use super::tree::Tree;

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;
const WRITTEN_BY_HAND: [&str; 9] = ["rs", "html", "css", "js", "ftl", "sql", "md", "sh", "toml"];

/// No file written by hand is longer than 400 lines.
pub fn files(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a file fits in 400 lines",
        remedy: "part it by subject: a file is named after one thing and holds that",
    };
    let by_hand = tree.files.iter().filter(|file| WRITTEN_BY_HAND.contains(&file.extension()));
    by_hand
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > FILE_LINES).then(|| rule.broken(&file.path, FILE_LINES + 1, format!("{lines} lines")))
        })
        .collect()
}

/// No Rust function is longer than 70 lines, tests among them.
pub fn functions(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a function fits on a screen (70 lines)",
        remedy: "give its steps names: each becomes a function that says what it does",
    };
    let mut found = Vec::new();
    for (file, taken) in tree.rust() {
        for (line, code) in taken.lines() {
            let Some(name) = function_name(code) else { continue };
            let lines = taken.end_of_item(line) + 1 - line;
            if lines > FUNCTION_LINES {
                found.push(rule.broken(&file.path, line, format!("`{name}` has {lines} lines")));
            }
        }
    }
    found
}

/// The name, if a function is declared on this line.
pub fn function_name(code: &str) -> Option<&str> {
    let at = code.find("fn ")?;
    let starts_a_word = at == 0 || code[..at].ends_with([' ', '(', '{']);
    let name = code[at + 3..].split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    (starts_a_word && !name.is_empty()).then_some(name)
}
