//! Words of transcripts and chats as they are searched: stemmed, then hashed under the tenant's own search key.
//!
//! - Stemming is Swedish, then English, in Rust, so that both engines hold the same keys and two forms of a word meet.
//! - The index holds keyed hashes only: whoever reads the rows does not read the words, and two tenants' rows for one
//!   word have nothing in common.

use kernel::facet::fold;
use rust_stemmers::{Algorithm, Stemmer};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::ops::Range;
use zeroize::Zeroizing;

/// Longest word that is kept or sought, in characters; longer ones are cut.
pub const MAX_WORD_CHARS: usize = 64;
/// Most different words kept of one interaction.
pub const MAX_INDEXED_WORDS: usize = 20_000;
/// Most words of a search.
pub const MAX_SOUGHT_WORDS: usize = 4;

/// What makes a tenant's keys of words.
pub struct SearchKey(Zeroizing<[u8; 32]>);

impl SearchKey {
    /// From its 32 bytes.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        (bytes.len() == key.len()).then(|| {
            key.copy_from_slice(bytes);
            Self(key)
        })
    }
    /// The first 8 bytes, as a signed big-endian number, of SHA-256 over the search key and the stem.
    fn of_stem(&self, stem: &str) -> i64 {
        let hash = Sha256::new().chain_update(self.0.as_slice()).chain_update(stem.as_bytes()).finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        i64::from_be_bytes(first)
    }
    /// The keys of all words of some texts, at most [`MAX_INDEXED_WORDS`].
    pub fn index<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Vec<i64> {
        let mut stems = BTreeSet::new();
        for text in texts {
            for stem in stems_of(text) {
                if stems.len() < MAX_INDEXED_WORDS {
                    stems.insert(stem);
                }
            }
        }
        stems.iter().map(|stem| self.of_stem(stem)).collect()
    }
    /// The keys of a search's words: all of them have to be there.
    #[must_use]
    pub fn sought(&self, text: &str) -> Vec<i64> {
        let mut keys: Vec<i64> = stems_of(text).map(|stem| self.of_stem(&stem)).collect();
        keys.dedup();
        keys.truncate(MAX_SOUGHT_WORDS);
        keys
    }
}

fn stems_of(text: &str) -> impl Iterator<Item = String> {
    let swedish = Stemmer::create(Algorithm::Swedish);
    let english = Stemmer::create(Algorithm::English);
    words(text).map(move |word| english.stem(&swedish.stem(indefinite(&word))).into_owned())
}

/// What is sought, as stems: to be marked where it was found.
#[derive(Clone, Debug, Default)]
pub struct Sought(BTreeSet<String>);

impl Sought {
    /// The stems of a search's words.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(stems_of(text).take(MAX_SOUGHT_WORDS).collect())
    }
    /// Where any form of a sought word stands in a text: bytes, in order.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut places = Vec::new();
        let mut begin = None;
        let ends = text.char_indices().map(|(at, c)| (at, c.is_alphanumeric()));
        for (at, within) in ends.chain([(text.len(), false)]) {
            match (within, begin) {
                (true, None) => begin = Some(at),
                (false, Some(from)) => {
                    begin = None;
                    let word = text.get(from..at).unwrap_or_default();
                    if stems_of(word).any(|stem| self.0.contains(&stem)) {
                        places.push(from..at);
                    }
                }
                _ => {}
            }
        }
        places
    }
}

/// `fakturan` as `faktura`, `ärendet` as `ärende`: the Swedish stemmer knows the ending -en, but neither -an nor -et.
fn indefinite(word: &str) -> &str {
    const LEAST_BYTES: usize = 6;
    let bare = word.strip_suffix('s').unwrap_or(word);
    match bare.strip_suffix("an").or_else(|| bare.strip_suffix("et")) {
        Some(stem) if bare.len() >= LEAST_BYTES => word.get(..=stem.len()).unwrap_or(word),
        _ => word,
    }
}

/// The words of a text, folded, each at most [`MAX_WORD_CHARS`] long.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| fold(word).chars().take(MAX_WORD_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SearchKey {
        SearchKey::new(&[byte; 32]).unwrap()
    }

    fn meet(one: &str, other: &str) -> bool {
        key(1).sought(one) == key(1).sought(other)
    }

    #[test]
    fn forms_of_a_word_meet_in_both_languages() {
        assert!(
            meet("fakturan", "Fakturor")
                && meet("ärendet", "ÄRENDEN")
                && meet("återbetalningen", "återbetalning")
        );
        assert!(meet("refunds", "refund") && meet("Ferries", "ferry") && meet("cancelled", "cancels"));
        assert!(!meet("faktura", "fraktur") && !meet("ferry", "fairy"));
    }

    #[test]
    fn s28_two_tenants_rows_of_one_word_have_nothing_in_common() {
        assert_ne!(key(1).sought("faktura"), key(2).sought("faktura"));
    }

    #[test]
    fn every_form_of_every_sought_word_is_marked_where_it_stands() {
        let text = "Fakturan kom två gånger; jag vill ha återbetalningar för fakturorna. Ingen annan faktureringsväg.";
        let found = Sought::of("faktura återbetalning").places(text);
        let words: Vec<_> = found.into_iter().map(|place| &text[place]).collect();
        assert_eq!(words, ["Fakturan", "återbetalningar", "fakturorna"]);
        assert!(Sought::of("").places(text).is_empty() && Sought::of("…").places(text).is_empty());
    }

    #[test]
    fn each_word_is_kept_once_and_signs_are_none() {
        assert_eq!(key(1).index(["Hej! Hej, hej …", "hej-då"].into_iter()).len(), 2);
        assert!(key(1).sought("' or 1=1 --").len() == 2);
        assert!(key(1).sought("…!").is_empty());
    }
}
