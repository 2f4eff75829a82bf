//! What a search looks through: every text of an entry; and what it looks for.
//!
//! Any number of characters will do, and `*` stands for anything. A pattern fits an entry when it fits one of its texts.

use super::index::block::{GRAM_CHARACTERS, gram};
use super::model::Entry;
use kernel::Uuid;
use kernel::facet::fold;
use serde_json::Value;
use std::collections::BTreeSet;

/// Characters of a pattern.
pub const MAX_PATTERN_CHARACTERS: usize = 100;
/// Characters of a text that are searched.
const MAX_TEXT_CHARACTERS: usize = 400;
/// Grams of a pattern that are looked up.
pub const MAX_GRAMS: usize = 8;

/// What is looked for: pieces that must come in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<String>,
}

impl Pattern {
    /// The pattern of what was typed; `None` when it says nothing.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Pattern> {
        let typed: String = typed.chars().take(MAX_PATTERN_CHARACTERS).collect();
        let pieces: Vec<String> =
            fold(&typed).split('*').filter(|p| !p.is_empty()).map(str::to_owned).collect();
        (!pieces.is_empty()).then_some(Pattern { pieces })
    }
    /// The grams that every text that fits has, at most [`MAX_GRAMS`] of them, spread over the pattern.
    #[must_use]
    pub fn grams(&self) -> Vec<i64> {
        let mut all = Vec::new();
        for piece in &self.pieces {
            let characters: Vec<char> = piece.chars().collect();
            let grams = characters.windows(GRAM_CHARACTERS.min(characters.len()));
            all.extend(grams.map(|some| i64::from(gram(some))));
        }
        let step = all.len().div_ceil(MAX_GRAMS).max(1);
        let mut some: Vec<i64> = all.into_iter().step_by(step).collect();
        some.sort_unstable();
        some.dedup();
        some
    }
    /// Whether a folded text fits.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let mut rest = text;
        self.pieces.iter().all(|piece| match rest.split_once(piece.as_str()) {
            Some((_, behind)) => {
                rest = behind;
                true
            }
            None => false,
        })
    }
}

/// Every text of an entry, folded, each once: names, particulars, values before and after, the reason. Ids are left out.
#[must_use]
pub fn texts(entry: &Entry) -> BTreeSet<String> {
    let mut out = BTreeSet::from([entry.name.clone()]);
    for part in [&entry.who, &entry.about, &entry.change, &entry.reason] {
        part.values().for_each(|value| gather(value, &mut out));
    }
    out
}

fn gather(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if Uuid::parse_str(text).is_err() => {
            let text: String = fold(text).chars().filter(|c| *c != '\0').take(MAX_TEXT_CHARACTERS).collect();
            if !text.is_empty() {
                out.insert(text);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, out)),
        Value::Object(members) => members.values().for_each(|member| gather(member, out)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_and_signs_stand_for_themselves() {
        let pattern = Pattern::parse("Kar*SSON").unwrap();
        assert!(pattern.fits("anna karlsson") && !pattern.fits("ssonkar"));
        assert!(Pattern::parse("50%_\\").unwrap().fits("om 50%_\\"));
        assert_eq!(Pattern::parse(" ** "), None);
        assert!(Pattern::parse("Å").unwrap().fits("åsa"));
    }

    #[test]
    fn the_grams_of_a_pattern_are_few_and_of_its_own_pieces() {
        assert_eq!(Pattern::parse("Å").unwrap().grams(), [i64::from(gram(&['å']))]);
        assert_eq!(Pattern::parse("ab*c").unwrap().grams().len(), 2);
        assert!(Pattern::parse(&"abcdefghij".repeat(9)).unwrap().grams().len() <= MAX_GRAMS);
    }
}
