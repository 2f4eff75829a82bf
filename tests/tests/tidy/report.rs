//! How a broken rule is told: where, what was found, and what to do now.

use std::fmt;

/// One place that breaks one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Path from the repository's root.
    pub path: String,
    /// Counted from 1.
    pub line: usize,
    /// The rule in a few words.
    pub rule: &'static str,
    /// What stands there.
    pub found: String,
    /// What to do about it.
    pub remedy: &'static str,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:{}: {}: {}", self.path, self.line, self.rule, self.found)?;
        write!(f, "    → {}", self.remedy)
    }
}

/// All that breaks one rule. A test returns it as its error, which prints it without a backtrace.
pub struct Report(Vec<Violation>);

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        write!(
            f,
            "\n\n{}\n\n{} to mend; the rules and their reasons stand in HOUSE.md",
            list.join("\n"),
            list.len()
        )
    }
}

/// Fails with the whole list, so that all of it can be mended in one go.
pub fn demand_none(violations: Vec<Violation>) -> Result<(), Report> {
    if violations.is_empty() { Ok(()) } else { Err(Report(violations)) }
}

/// What a rule is called and how it is kept; makes its violations.
#[derive(Clone, Copy)]
pub struct Rule {
    pub name: &'static str,
    pub remedy: &'static str,
}

impl Rule {
    /// The rule is broken here.
    pub fn broken(self, path: &str, line: usize, found: impl Into<String>) -> Violation {
        Violation { path: path.to_owned(), line, rule: self.name, found: found.into(), remedy: self.remedy }
    }
}
