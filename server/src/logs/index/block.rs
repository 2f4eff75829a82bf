//! A block in memory, and the pages it is stored in.
//!
//! A page of facets or grams is a sorted run of keys with a packed set each: places of entries for a facet, numbers of pages of
//! texts for a gram. A page of texts is a sorted run of texts, each with the places of the entries that hold it.

use super::bits::{Set, damaged, pack, put, take, take_bytes, unpack};
use kernel::Result;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A page of facets or grams is closed before it is longer: so two of them fill a page of SQLite, and PostgreSQL keeps it in its row.
const KEY_PAGE_BYTES: usize = 1_900;
/// A page of texts is closed before its texts and sets are longer than this; with their lengths most fit a page of SQLite.
const TEXT_PAGE_BYTES: usize = 3_600;
/// Pages of texts of one block, at most: a page's number is 16 bits. Longer blocks get longer pages.
const MAX_TEXT_PAGES: usize = 60_000;

/// What a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Facets, with places of entries.
    Facets = 0,
    /// Grams, with numbers of pages of texts.
    Grams = 1,
    /// Texts, with places of entries.
    Texts = 2,
}

/// One stored page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What it holds.
    pub kind: Kind,
    /// Its first key, or its number among the texts.
    pub first: i64,
    /// Packed.
    pub body: Vec<u8>,
}

/// Entries of one log between two indexes: what they are found by.
#[derive(Debug, Default)]
pub struct Block {
    facets: BTreeMap<i64, Vec<u16>>,
    texts: BTreeMap<String, Vec<u16>>,
}

impl Block {
    /// Adds an entry. Places come in order.
    pub fn add(
        &mut self,
        place: u16,
        facets: impl Iterator<Item = i64>,
        texts: impl IntoIterator<Item = String>,
    ) {
        for key in facets {
            self.facets.entry(key).or_default().push(place);
        }
        for text in texts {
            self.texts.entry(text).or_default().push(place);
        }
    }
    /// Adds keys to an entry that is in it.
    pub fn know(&mut self, place: u16, facets: &[i64]) {
        for key in facets {
            let places = self.facets.entry(*key).or_default();
            if let Err(at) = places.binary_search(&place) {
                places.insert(at, place);
            }
        }
    }
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facets.is_empty() && self.texts.is_empty()
    }
    /// Takes up a later block whose place 0 is `offset` here.
    pub fn append(&mut self, later: Block, offset: u16) {
        let moved = |places: Vec<u16>| places.into_iter().map(move |place| place + offset);
        for (key, places) in later.facets {
            self.facets.entry(key).or_default().extend(moved(places));
        }
        for (text, places) in later.texts {
            self.texts.entry(text).or_default().extend(moved(places));
        }
    }
    /// Keeps only these places.
    pub fn retain(&mut self, kept: &HashSet<u16>) {
        let left = |places: &mut Vec<u16>| {
            places.retain(|place| kept.contains(place));
            !places.is_empty()
        };
        self.facets.retain(|_, places| left(places));
        self.texts.retain(|_, places| left(places));
    }
    /// The pages it is stored in.
    #[must_use]
    pub fn pages(&self) -> Vec<Page> {
        let mut out = Vec::new();
        keyed(Kind::Facets, self.facets.iter().map(|(key, places)| (*key, pack(places))), &mut out);
        let mut grams: HashMap<u32, Vec<u16>> = HashMap::new();
        for (number, texts) in self.text_pages().into_iter().enumerate() {
            let mut body = Vec::with_capacity(TEXT_PAGE_BYTES + 512);
            let mut all = Vec::new();
            for (text, packed) in texts {
                put(&mut body, text.len() as u64);
                body.extend_from_slice(text.as_bytes());
                put(&mut body, packed.len() as u64);
                body.extend_from_slice(&packed);
                each_gram(text, |gram| all.push(gram));
            }
            all.sort_unstable();
            all.dedup();
            for gram in all {
                grams.entry(gram).or_default().push(number as u16);
            }
            out.push(Page { kind: Kind::Texts, first: number as i64, body });
        }
        let mut grams: Vec<(u32, Vec<u16>)> = grams.into_iter().collect();
        grams.sort_unstable_by_key(|(gram, _)| *gram);
        keyed(
            Kind::Grams,
            grams.into_iter().map(|(gram, numbers)| (i64::from(gram), pack(&numbers))),
            &mut out,
        );
        out
    }
    /// The texts with their packed places, page by page.
    fn text_pages(&self) -> Vec<Vec<(&str, Vec<u8>)>> {
        let packed: Vec<(&str, Vec<u8>)> =
            self.texts.iter().map(|(text, places)| (text.as_str(), pack(places))).collect();
        let whole: usize = packed.iter().map(|(text, places)| text.len() + places.len()).sum();
        let most = TEXT_PAGE_BYTES.max(whole / MAX_TEXT_PAGES);
        let mut out: Vec<Vec<(&str, Vec<u8>)>> = Vec::new();
        let mut room = 0;
        for (text, places) in packed {
            let bytes = text.len() + places.len();
            match out.last_mut().filter(|_| room >= bytes) {
                Some(page) => page.push((text, places)),
                None => {
                    room = most;
                    out.push(vec![(text, places)]);
                }
            }
            room = room.saturating_sub(bytes);
        }
        out
    }
    /// A block as it was stored. Pages of grams are not needed.
    ///
    /// # Errors
    /// `Broken` when a page is damaged.
    pub fn of(pages: &[Page]) -> Result<Block> {
        let mut block = Block::default();
        for page in pages {
            match page.kind {
                Kind::Facets => each_key(&page.body, |key, packed| {
                    block.facets.insert(key, unpack(packed)?);
                    Ok(true)
                })?,
                Kind::Texts => each_text(&page.body, |text, packed| {
                    block.texts.insert(text.to_owned(), unpack(packed)?);
                    Ok(())
                })?,
                Kind::Grams => {}
            }
        }
        Ok(block)
    }
}

/// Puts keys, which ascend, into pages: the first key, then for each the distance to it, the length of its set, and its set.
fn keyed(kind: Kind, keys: impl Iterator<Item = (i64, Vec<u8>)>, out: &mut Vec<Page>) {
    let mut open: Option<(Page, i64)> = None;
    for (key, packed) in keys {
        let (mut page, last) = match open.take() {
            Some((page, last)) if page.body.len() + packed.len() <= KEY_PAGE_BYTES => (page, last),
            other => {
                out.extend(other.map(|(page, _)| page));
                (Page { kind, first: key, body: key.to_be_bytes().to_vec() }, key)
            }
        };
        put(&mut page.body, key.wrapping_sub(last) as u64);
        put(&mut page.body, packed.len() as u64);
        page.body.extend_from_slice(&packed);
        open = Some((page, key));
    }
    out.extend(open.map(|(page, _)| page));
}

/// Calls for each key of a page with its packed set, until the call says false.
fn each_key(mut body: &[u8], mut call: impl FnMut(i64, &[u8]) -> Result<bool>) -> Result<()> {
    let body = &mut body;
    let mut key = i64::from_be_bytes(take_bytes(body, 8)?.try_into().map_err(|_| damaged())?);
    while !body.is_empty() {
        key = key.wrapping_add(take(body)? as i64);
        let len = take(body)?;
        if !call(key, take_bytes(body, len)?)? {
            break;
        }
    }
    Ok(())
}

/// Adds to a set what a page says of a key.
///
/// # Errors
/// `Broken` when the page is damaged.
pub fn add_found(body: &[u8], key: i64, into: &mut Set) -> Result<()> {
    each_key(body, |at, packed| {
        if at == key {
            into.add(packed)?;
        }
        Ok(at < key)
    })
}

/// Calls for each text of a page with its packed set.
///
/// # Errors
/// `Broken` when the page is damaged; the call's own.
pub fn each_text(mut body: &[u8], mut call: impl FnMut(&str, &[u8]) -> Result<()>) -> Result<()> {
    let body = &mut body;
    while !body.is_empty() {
        let len = take(body)?;
        let text = std::str::from_utf8(take_bytes(body, len)?).map_err(|_| damaged())?;
        let len = take(body)?;
        call(text, take_bytes(body, len)?)?;
    }
    Ok(())
}

/// Characters of the longest gram.
pub const GRAM_CHARACTERS: usize = 3;

/// A gram's key: 32 bits. Two grams may share one; then more texts are looked at than need be, and none is missed.
#[must_use]
pub fn gram(characters: &[char]) -> u32 {
    let mix = |hash: u32, c: &char| (hash ^ u32::from(*c)).wrapping_mul(0x0100_0193).rotate_left(11);
    let hash = characters.iter().fold(0x811c_9dc5 ^ characters.len() as u32, mix);
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

fn each_gram(text: &str, mut call: impl FnMut(u32)) {
    let characters: Vec<char> = text.chars().collect();
    for at in 0..characters.len() {
        for len in 1..=GRAM_CHARACTERS {
            if let Some(some) = characters.get(at..at + len) {
                call(gram(some));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block(entries: &[(u8, Vec<i64>, Vec<String>)]) -> Block {
        let mut block = Block::default();
        for (place, (_, keys, texts)) in entries.iter().enumerate() {
            let keys: std::collections::BTreeSet<i64> = keys.iter().copied().collect();
            let texts: std::collections::BTreeSet<String> = texts.iter().cloned().collect();
            block.add(place as u16, keys.into_iter(), texts);
        }
        block
    }

    fn entries() -> impl Strategy<Value = Vec<(u8, Vec<i64>, Vec<String>)>> {
        let key = prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>(), 0_i64..20];
        let text = prop_oneof!["[a-cå]{1,4}", ".{1,400}"];
        let entry = (any::<u8>(), prop::collection::vec(key, 0..5), prop::collection::vec(text, 0..5));
        prop::collection::vec(entry, 0..60)
    }

    proptest! {
        // Each case looks up every gram of up to sixty entries.
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn a_block_comes_back_as_it_was_stored(entries in entries()) {
            let block = block(&entries);
            let back = Block::of(&block.pages()).unwrap();
            prop_assert_eq!(&back.facets, &block.facets);
            prop_assert_eq!(&back.texts, &block.texts);
        }
        #[test]
        fn every_text_is_on_the_pages_of_all_its_grams(entries in entries()) {
            let pages = block(&entries).pages();
            for page in pages.iter().filter(|page| page.kind == Kind::Texts) {
                each_text(&page.body, |text, _| {
                    each_gram(text, |gram| {
                        let holder = pages.iter().rev().find(|p| p.kind == Kind::Grams && p.first <= i64::from(gram));
                        let mut numbers = Set::empty(65_536);
                        add_found(&holder.unwrap().body, i64::from(gram), &mut numbers).unwrap();
                        assert!(numbers.descending().any(|number| number == page.first), "{text}");
                    });
                    Ok(())
                }).unwrap();
            }
        }
    }

    #[test]
    fn what_is_not_kept_leaves_its_words_behind() {
        let mut block = Block::default();
        block.add(0, [1, 2].into_iter(), ["secret".to_owned(), "common".to_owned()]);
        block.add(1, [2].into_iter(), ["common".to_owned()]);
        block.retain(&HashSet::from([1]));
        let stored: Vec<u8> = block.pages().into_iter().flat_map(|page| page.body).collect();
        assert!(!stored.windows(6).any(|some| some == b"secret"));
        assert!(stored.windows(6).any(|some| some == b"common"));
        assert!(!block.facets.contains_key(&1));
    }
}
