//! One place in the file: what is there, in the kind that is wanted, or a problem that names the place.

use super::MAX_PROBLEMS;
use super::problem::{Fault, Kind, Problem};
use serde_json::Value;
use std::cell::RefCell;

/// The problems found so far.
#[derive(Default)]
pub(super) struct Findings(RefCell<Vec<Problem>>);

impl Findings {
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.0.into_inner()
    }
}

/// A value and its place.
#[derive(Clone)]
pub(super) struct Node<'a> {
    value: &'a Value,
    at: String,
    findings: &'a Findings,
}

impl<'a> Node<'a> {
    pub(super) fn root(value: &'a Value, findings: &'a Findings) -> Self {
        Self { value, at: String::new(), findings }
    }

    /// A value that stands in this place in another form (JSON inside a text).
    pub(super) fn standing_for<'b>(&self, value: &'b Value) -> Node<'b>
    where
        'a: 'b,
    {
        Node { value, at: self.at.clone(), findings: self.findings }
    }

    pub(super) fn value(&self) -> &'a Value {
        self.value
    }

    pub(super) fn wrong(&self, fault: Fault) {
        let mut problems = self.findings.0.borrow_mut();
        if problems.len() < MAX_PROBLEMS {
            problems.push(Problem { at: self.at.clone(), fault });
        }
    }

    fn wrong_kind(&self, expected: Kind) {
        self.wrong(Fault::WrongKind { expected });
    }

    fn child(&self, value: &'a Value, step: &str) -> Self {
        Self { value, at: format!("{}{step}", self.at), findings: self.findings }
    }

    /// A field, without a word about its absence.
    pub(super) fn peek(&self, name: &str) -> Option<&'a Value> {
        self.value.get(name).filter(|value| !value.is_null())
    }

    /// A field that may be missing or null.
    pub(super) fn optional(&self, name: &str) -> Option<Self> {
        if !self.value.is_object() {
            self.wrong_kind(Kind::Object);
            return None;
        }
        let step = if self.at.is_empty() { name.to_owned() } else { format!(".{name}") };
        self.peek(name).map(|value| self.child(value, &step))
    }

    /// A field that has to be there.
    pub(super) fn required(&self, name: &str) -> Option<Self> {
        let found = self.optional(name);
        if found.is_none() && self.value.is_object() {
            let step = if self.at.is_empty() { name.to_owned() } else { format!(".{name}") };
            self.child(self.value, &step).wrong(Fault::Absent);
        }
        found
    }

    /// The first of several names under which writers keep the same thing.
    pub(super) fn either(&self, names: &[&str]) -> Option<Self> {
        names.iter().find_map(|name| self.optional(name))
    }

    /// A text of at most so many characters. NUL, which no database column takes, becomes U+FFFD.
    pub(super) fn text(&self, limit_chars: usize) -> Option<String> {
        let Some(text) = self.value.as_str() else {
            self.wrong_kind(Kind::Text);
            return None;
        };
        if text.len() > limit_chars && text.chars().count() > limit_chars {
            self.wrong(Fault::TooLong { limit_chars });
            return None;
        }
        Some(text.replace('\0', "\u{FFFD}"))
    }

    /// A text as it stands, however long: it is not copied.
    pub(super) fn all_of_text(&self) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.wrong_kind(Kind::Text);
        }
        text
    }

    /// A text field; a missing or empty one is nothing.
    pub(super) fn optional_text(&self, name: &str, limit_chars: usize) -> Option<String> {
        self.optional(name)?.text(limit_chars).filter(|text| !text.trim().is_empty())
    }

    /// A list of at most so many; a missing one is empty.
    pub(super) fn list(&self, name: &str, limit: usize) -> Vec<Self> {
        self.optional(name).map(|list| list.items(limit)).unwrap_or_default()
    }

    pub(super) fn items(&self, limit: usize) -> Vec<Self> {
        let Some(items) = self.value.as_array() else {
            self.wrong_kind(Kind::List);
            return Vec::new();
        };
        if items.len() > limit {
            self.wrong(Fault::TooMany { limit });
            return Vec::new();
        }
        let place = |(i, value)| self.child(value, &format!("[{i}]"));
        items.iter().enumerate().map(place).collect()
    }

    pub(super) fn number(&self) -> Option<f64> {
        let number = self.value.as_f64();
        if number.is_none() {
            self.wrong_kind(Kind::Number);
        }
        number
    }

    /// A position in the list of parties.
    pub(super) fn party(&self, parties: usize) -> Option<usize> {
        let Some(position) = self.value.as_u64() else {
            self.wrong_kind(Kind::Position);
            return None;
        };
        let position = usize::try_from(position).ok().filter(|position| *position < parties);
        if position.is_none() {
            self.wrong(Fault::NoSuchParty);
        }
        position
    }
}
