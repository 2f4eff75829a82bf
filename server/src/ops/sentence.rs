//! Something to be said to the operator: the key of a sentence in `locales/*/ops.ftl` and what to fill in.
//!
//! Code hands these on; only whoever prints knows the language.

/// A sentence not yet said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence's key.
    pub key: &'static str,
    /// What is filled in, by name.
    pub with: Vec<(&'static str, String)>,
}

impl Sentence {
    /// The sentence `key`, with nothing filled in yet.
    pub fn new(key: &'static str) -> Sentence {
        Sentence { key, with: Vec::new() }
    }

    /// Fills in one thing.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Sentence {
        self.with.push((name, value.to_string()));
        self
    }
}
