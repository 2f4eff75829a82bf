//! Checking an extract: one entry, certified by the head that it carries.

use std::fmt;

use book::{BadExtract, Extract, Hash, Keys, Leaf};
use serde_json::{Value, json};

use crate::files::CannotRead;

/// What was found about an extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certified {
    /// The entry's index, as the extract states it.
    pub index: u64,
    /// The book's origin, its size and root, and the entry's leaf; or why nothing is certified.
    pub found: Result<(String, u64, Hash, Leaf), BadExtract>,
}

/// Checks an extract against a key file.
pub fn extract(text: &str, key: &str) -> Result<Certified, CannotRead> {
    let keys = Keys::parse(key).map_err(CannotRead::Key)?;
    let extract = Extract::decode(text).ok_or(CannotRead::Extract)?;
    let found = extract.open(&keys).map(|(head, entry)| (head.origin, head.size, head.root, entry.leaf()));
    Ok(Certified { index: extract.index, found })
}

impl Certified {
    /// Whether the entry is in the book as it stands in the extract.
    pub fn holds(&self) -> bool {
        self.found.is_ok()
    }

    /// The answer as JSON, for programs.
    pub fn to_json(&self) -> Value {
        match &self.found {
            Ok((origin, size, root, leaf)) => json!({
                "whole": true,
                "origin": origin,
                "size": size,
                "root": format!("{root:?}"),
                "index": self.index,
                "name": leaf.name,
                "at_us": leaf.at,
            }),
            Err(bad) => json!({"whole": false, "index": self.index, "message": bad.to_string()}),
        }
    }
}

impl fmt::Display for Certified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.found {
            Ok((origin, size, root, leaf)) => {
                writeln!(f, "WHOLE: entry {} is in the book as it stands here", self.index)?;
                writeln!(f, "  book     {origin}")?;
                writeln!(f, "  size     {size}")?;
                writeln!(f, "  root     {root:?}")?;
                writeln!(f, "  entry    {}", leaf.name.escape_debug())
            }
            Err(bad) => writeln!(f, "NOT WHOLE: entry {}: {bad}", self.index),
        }
    }
}
