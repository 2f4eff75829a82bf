//! What was sent in, parsed once at the door: pages and the API are read by the same parser, and all problems are told at once.

use crate::{Error, Message, Problem, Result};
use std::str::FromStr;

/// What was sent in, field by field. Problems are collected and reported all at once by [`Fields::done`].
#[derive(Debug, Default)]
pub struct Fields {
    values: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl Fields {
    /// From `application/x-www-form-urlencoded`; bytes that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn urlencoded(bytes: &[u8]) -> Self {
        let plain = |part: &[u8]| {
            let spaced: Vec<u8> = part.iter().map(|b| if *b == b'+' { b' ' } else { *b }).collect();
            percent_encoding::percent_decode(&spaced).decode_utf8_lossy().into_owned()
        };
        let pairs = bytes.split(|b| *b == b'&').filter(|p| !p.is_empty());
        let split = |pair: &[u8]| {
            let at = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            (plain(&pair[..at]), plain(pair.get(at + 1..).unwrap_or_default()))
        };
        Self { values: pairs.map(split).collect(), problems: Vec::new() }
    }
    /// From a JSON object: numbers and booleans as their text, arrays as repeated fields, null as absent.
    ///
    /// # Errors
    /// `Invalid` when it is not an object of such values.
    pub fn json(bytes: &[u8]) -> Result<Self> {
        let bad = |detail: String| Error::invalid("body", Message::new("error-json").with("detail", detail));
        let object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(bytes).map_err(|e| bad(e.to_string()))?;
        let mut out = Self::default();
        for (name, value) in object {
            let items = if let serde_json::Value::Array(items) = value { items } else { vec![value] };
            for item in items {
                match item {
                    serde_json::Value::Null => {}
                    serde_json::Value::String(text) => out.values.push((name.clone(), text)),
                    serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
                        out.values.push((name.clone(), item.to_string()))
                    }
                    _ => return Err(bad(name)),
                }
            }
        }
        Ok(out)
    }
    pub(super) fn without_nul(mut self) -> Self {
        for (_, value) in &mut self.values {
            if value.contains('\0') {
                *value = value.replace('\0', "\u{fffd}");
            }
        }
        self
    }
    /// A field as sent, if it was.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    /// Every value of a field that may come several times.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.values.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect()
    }
    /// Every field, in order: to show again what was typed.
    #[must_use]
    pub fn values(&self) -> &[(String, String)] {
        &self.values
    }
    /// Whether a box was ticked.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|v| matches!(v, "on" | "true" | "1" | "yes"))
    }
    /// Notes a problem with a field.
    pub fn problem(&mut self, field: &'static str, message: impl Into<Message>) {
        self.problems.push(Problem { field: field.into(), message: message.into() });
    }
    /// Text that must be there, trimmed, of at most so many characters.
    pub fn text(&mut self, name: &'static str, most: usize) -> String {
        let text = self.optional_text(name, most).unwrap_or_default();
        if text.is_empty() && !self.problems.iter().any(|p| p.field == name) {
            self.problem(name, "error-field-required");
        }
        text
    }
    /// Text that may be left out or empty.
    pub fn optional_text(&mut self, name: &'static str, most: usize) -> Option<String> {
        let text = self.get(name)?.trim().to_owned();
        if text.chars().count() > most {
            self.problem(name, Message::new("error-field-too-long").with("most", most));
            return None;
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t' && c != '\r') {
            self.problem(name, "error-field-control-characters");
            return None;
        }
        (!text.is_empty()).then_some(text)
    }
    /// A value that must be there and of its form.
    pub fn parse<T: FromStr>(&mut self, name: &'static str) -> Option<T> {
        if self.get(name).is_none_or(|v| v.trim().is_empty()) {
            self.problem(name, "error-field-required");
            return None;
        }
        self.optional(name)
    }
    /// A value that may be left out, but must be of its form.
    pub fn optional<T: FromStr>(&mut self, name: &'static str) -> Option<T> {
        let text = self.get(name)?.trim();
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.problem(name, "error-field-form");
        }
        parsed
    }
    /// All problems at once, or none.
    ///
    /// # Errors
    /// `Invalid` with every problem noted.
    pub fn done(self) -> Result<()> {
        if self.problems.is_empty() { Ok(()) } else { Err(Error::Invalid(self.problems)) }
    }
}
