//! Sets of places within a block: packed for storing, as bits for combining.
//!
//! Packed, a set is the smallest of three forms: distances between its members, lengths of its runs, or the bits themselves.

use kernel::{Error, Result};

/// Places a block can have: a place is 16 bits.
pub const PLACES_A_BLOCK: i64 = 65_536;
const WORD_BITS: usize = 64;

/// Appends a number, seven bits a byte, the lowest first; the top bit says that more follow (LEB128).
pub fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n as u8) | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Takes a number from the front.
///
/// # Errors
/// `Broken` when it is cut short.
pub fn take(bytes: &mut &[u8]) -> Result<u64> {
    let (mut n, mut shift) = (0_u64, 0);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        n |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(n);
        }
        shift += 7;
        if shift > 63 {
            break;
        }
    }
    Err(damaged())
}

/// Takes so many bytes from the front.
///
/// # Errors
/// `Broken` when there are fewer.
pub fn take_bytes<'a>(bytes: &mut &'a [u8], n: u64) -> Result<&'a [u8]> {
    let n = usize::try_from(n).map_err(|_| damaged())?;
    let (some, rest) = bytes.split_at_checked(n).ok_or_else(damaged)?;
    *bytes = rest;
    Ok(some)
}

pub(super) fn damaged() -> Error {
    Error::broken("a page of the logs' index is damaged; it can be made anew from the book")
}

const DISTANCES: u64 = 0;
const RUNS: u64 = 1;
const BITS: u64 = 2;

/// Packs places, which ascend without doubles.
#[must_use]
pub fn pack(places: &[u16]) -> Vec<u8> {
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return vec![0] };
    let runs = runs(places);
    let word = usize::from(*first) / WORD_BITS;
    let words = usize::from(*last) / WORD_BITS + 1 - word;
    let mut out = Vec::new();
    if runs.len() * 3 < places.len().min(words * 8) {
        put(&mut out, (runs.len() as u64) << 2 | RUNS);
        let mut at = 0_u64;
        for (start, len) in runs {
            put(&mut out, start - at);
            put(&mut out, len - 1);
            at = start + len;
        }
    } else if places.len() + places.len() / 4 < words * 8 {
        put(&mut out, (places.len() as u64) << 2 | DISTANCES);
        let mut at = 0_u64;
        for place in places {
            put(&mut out, u64::from(*place) - at);
            at = u64::from(*place) + 1;
        }
    } else {
        put(&mut out, (words as u64) << 2 | BITS);
        put(&mut out, word as u64);
        let mut bits = vec![0_u64; words];
        for place in places {
            let at = usize::from(*place);
            if let Some(bits) = bits.get_mut(at / WORD_BITS - word) {
                *bits |= 1 << (at % WORD_BITS);
            }
        }
        out.extend(bits.into_iter().flat_map(u64::to_le_bytes));
    }
    out
}

fn runs(places: &[u16]) -> Vec<(u64, u64)> {
    let mut out: Vec<(u64, u64)> = Vec::new();
    for place in places.iter().map(|place| u64::from(*place)) {
        match out.last_mut() {
            Some((start, len)) if *start + *len == place => *len += 1,
            _ => out.push((place, 1)),
        }
    }
    out
}

/// The places of a packed set, ascending.
///
/// # Errors
/// `Broken` when the bytes are no packed set.
pub fn unpack(packed: &[u8]) -> Result<Vec<u16>> {
    let mut out = Vec::new();
    each(packed, |start, len| {
        let end = start.checked_add(len).filter(|end| *end <= PLACES_A_BLOCK as u64).ok_or_else(damaged)?;
        out.extend((start..end).map(|place| place as u16));
        Ok(())
    })?;
    Ok(out)
}

/// Calls for each run of a packed set: its first place and its length.
fn each(mut packed: &[u8], mut run: impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
    let bytes = &mut packed;
    let head = take(bytes)?;
    let mut at = 0_u64;
    for _ in 0..if head & 3 == BITS { 0 } else { head >> 2 } {
        let start = at.checked_add(take(bytes)?).ok_or_else(damaged)?;
        let len = if head & 3 == RUNS { take(bytes)?.checked_add(1).ok_or_else(damaged)? } else { 1 };
        run(start, len)?;
        at = start.checked_add(len).ok_or_else(damaged)?;
    }
    if head & 3 == BITS {
        let word = take(bytes).ok().filter(|word| *word < PLACES_A_BLOCK as u64 / 64).ok_or_else(damaged)?;
        for (n, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
            let mut left = u64::from_le_bytes(*eight);
            while left != 0 {
                let bit = u64::from(left.trailing_zeros());
                let len = u64::from((left >> bit).trailing_ones());
                run((word + n as u64) * 64 + bit, len)?;
                left &= if bit + len == 64 { 0 } else { u64::MAX << (bit + len) };
            }
        }
    }
    Ok(())
}

/// A set of places as bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    words: Vec<u64>,
}

impl Set {
    /// Nothing, of a block of so many places.
    #[must_use]
    pub fn empty(places: i64) -> Self {
        let places = usize::try_from(places.clamp(0, PLACES_A_BLOCK)).unwrap_or_default();
        Self { words: vec![0; places.div_ceil(WORD_BITS)] }
    }
    /// Adds the places of a packed set.
    ///
    /// # Errors
    /// `Broken` when the bytes are no packed set of this block.
    pub fn add(&mut self, packed: &[u8]) -> Result<()> {
        // Read here form by form, not by `each`: lists spend their time on this.
        let mut bytes = packed;
        let head = take(&mut bytes)?;
        match head & 3 {
            BITS => self.add_bits(bytes),
            DISTANCES => self.add_places(bytes, head >> 2),
            _ => each(packed, |start, len| self.add_run(start, len)),
        }
    }
    fn add_bits(&mut self, mut bytes: &[u8]) -> Result<()> {
        let first = usize::try_from(take(&mut bytes)?).map_err(|_| damaged())?;
        let more = bytes.as_chunks::<8>().0;
        let words = self.words.get_mut(first..).and_then(|words| words.get_mut(..more.len()));
        for (word, eight) in words.ok_or_else(damaged)?.iter_mut().zip(more) {
            *word |= u64::from_le_bytes(*eight);
        }
        Ok(())
    }
    fn add_places(&mut self, mut bytes: &[u8], count: u64) -> Result<()> {
        let mut at = 0_u64;
        for _ in 0..count {
            let place = at.checked_add(take(&mut bytes)?).ok_or_else(damaged)?;
            let word = usize::try_from(place / WORD_BITS as u64).ok().and_then(|n| self.words.get_mut(n));
            *word.ok_or_else(damaged)? |= 1 << (place % WORD_BITS as u64);
            at = place + 1;
        }
        Ok(())
    }
    fn add_run(&mut self, start: u64, len: u64) -> Result<()> {
        let mut at = usize::try_from(start).map_err(|_| damaged())?;
        let mut left = usize::try_from(len).map_err(|_| damaged())?;
        while left > 0 {
            let (word, bit) = (at / WORD_BITS, at % WORD_BITS);
            let some = left.min(WORD_BITS - bit);
            let ones = if some == WORD_BITS { u64::MAX } else { ((1 << some) - 1) << bit };
            *self.words.get_mut(word).ok_or_else(damaged)? |= ones;
            at += some;
            left -= some;
        }
        Ok(())
    }
    /// Keeps only what the other has too.
    pub fn keep(&mut self, other: &Set) {
        for (n, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(n).copied().unwrap_or_default();
        }
    }
    /// Loses what is in the other, which is no longer.
    pub fn lose(&mut self, other: &Set) {
        for (word, gone) in self.words.iter_mut().zip(&other.words) {
            *word &= !gone;
        }
    }
    /// Takes up what is in the other, which is no longer.
    pub fn join(&mut self, other: &Set) {
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }
    /// Keeps only places from `least` up to but without `before`.
    pub fn within(&mut self, least: i64, before: i64) {
        for (n, word) in self.words.iter_mut().enumerate() {
            *word &= window(n, least, before);
        }
    }
    /// Whether there is no place in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }
    /// How many places.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }
    /// How many places from `least` up to but without `before`.
    #[must_use]
    pub fn count_within(&self, least: i64, before: i64) -> i64 {
        let (from, to) = (least.max(0) / 64, (before.max(0) + 63) / 64);
        let words = self.words.iter().enumerate().take(usize::try_from(to).unwrap_or_default());
        let words = words.skip(usize::try_from(from).unwrap_or_default());
        words.map(|(n, word)| i64::from((word & window(n, least, before)).count_ones())).sum()
    }
    /// The places, the last first.
    pub fn descending(&self) -> impl Iterator<Item = i64> + '_ {
        self.words.iter().enumerate().rev().flat_map(|(n, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = 63_u32.checked_sub(left.leading_zeros())?;
                left &= !(1 << bit);
                Some(n as i64 * 64 + i64::from(bit))
            })
        })
    }
}

/// The bits of word `n` that lie in a window.
fn window(n: usize, least: i64, before: i64) -> u64 {
    let start = n as i64 * 64;
    let low = (least - start).clamp(0, 64);
    let high = (before - start).clamp(0, 64);
    if low >= high {
        return 0;
    }
    let upto = |bits: i64| if bits == 64 { u64::MAX } else { (1_u64 << bits) - 1 };
    upto(high) & !upto(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn set(places: &BTreeSet<u16>) -> Set {
        let mut set = Set::empty(PLACES_A_BLOCK);
        set.add(&pack(&places.iter().copied().collect::<Vec<_>>())).unwrap();
        set
    }

    fn places() -> impl Strategy<Value = BTreeSet<u16>> {
        let run = (any::<u16>(), 0_u16..300).prop_map(|(a, n)| (a..=a.saturating_add(n)).collect::<Vec<_>>());
        let runs = prop::collection::vec(run, 0..8).prop_map(|runs| runs.into_iter().flatten().collect());
        prop_oneof![
            runs,
            prop::collection::btree_set(any::<u16>(), 0..300),
            prop::collection::btree_set(0_u16..900, 0..700)
        ]
    }

    proptest! {
        #[test]
        fn a_set_comes_back_as_it_was_packed(a in places()) {
            let all: Vec<u16> = a.iter().copied().collect();
            prop_assert_eq!(unpack(&pack(&all)).unwrap(), all);
            let back: Vec<i64> = set(&a).descending().collect();
            prop_assert_eq!(back, a.iter().rev().map(|p| i64::from(*p)).collect::<Vec<_>>());
        }
        #[test]
        fn sets_are_combined_as_sets(a in places(), b in places(), least in 0_i64..70_000, len in 0_i64..70_000) {
            let mut both = set(&a);
            both.keep(&set(&b));
            prop_assert_eq!(&both, &set(&a.intersection(&b).copied().collect()));
            prop_assert_eq!(both.count(), a.intersection(&b).count());
            let inside = |p: &&u16| (least..least + len).contains(&i64::from(**p));
            let within: BTreeSet<u16> = a.iter().filter(inside).copied().collect();
            prop_assert_eq!(set(&a).count_within(least, least + len), within.len() as i64);
            let mut some = set(&a);
            some.within(least, least + len);
            prop_assert_eq!(&some, &set(&within));
        }
        #[test]
        fn damaged_bytes_are_an_error_and_no_more(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = Set::empty(1024).add(&bytes);
        }
    }

    #[test]
    fn what_is_dense_is_small() {
        let all: Vec<u16> = (0..=u16::MAX).collect();
        assert!(pack(&all).len() < 8);
        let every_other: Vec<u16> = (0..=u16::MAX).step_by(2).collect();
        assert!(pack(&every_other).len() < 8_300);
    }
}
