//! House rule 4: SQL is text that an auditor can read, and it stands where an auditor looks.

use super::report::{Rule, Violation};
use super::tree::Tree;

/// Outside the domains' own `events` and `queries`, each with its reason.
const OTHER_PLACES: [(&str, &str); 1] =
    [("crates/kernel/src/", "the kernel writes the book and the reach, and checks every other statement")];

/// A string literal that is a statement stands in `events.rs` or `queries.rs`.
pub fn places(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "SQL stands in events.rs and queries.rs",
        remedy: "a change belongs in the domain's events.rs, a read in its queries.rs; call it from here",
    };
    let mut found = Vec::new();
    for (file, taken) in tree.rust().filter(|(file, _)| !file.is_test() && !is_its_place(&file.path)) {
        let statements =
            taken.strings.iter().filter(|(line, text)| is_statement(text) && !taken.is_test(*line));
        found.extend(statements.map(|(line, text)| rule.broken(&file.path, *line, beginning(text))));
    }
    found
}

fn is_its_place(path: &str) -> bool {
    let owned =
        ["/events.rs", "/queries.rs", "/events/", "/queries/"].iter().any(|place| path.contains(place));
    owned || OTHER_PLACES.iter().any(|(place, _)| path.starts_with(place))
}

fn is_statement(text: &str) -> bool {
    let text = text.trim_start();
    let first = text.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    if !["select", "insert", "update", "delete", "with", "create", "alter", "drop", "pragma"]
        .contains(&first.as_str())
    {
        return false;
    }
    let words: Vec<String> = text.split_whitespace().map(str::to_ascii_lowercase).collect();
    let has = |word: &str| words.iter().any(|w| w == word);
    match first.as_str() {
        "select" => has("from"),
        "insert" => has("into") && (has("values") || has("select") || text.contains('(')),
        "update" => has("set"),
        "delete" => words.get(1).is_some_and(|word| word == "from"),
        "with" => has("as") && has("select"),
        "pragma" => true,
        _ => ["table", "index", "policy", "role", "trigger", "view"].iter().any(|kind| has(kind)),
    }
}

fn beginning(text: &str) -> String {
    let short: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
    format!("`{short}`")
}
