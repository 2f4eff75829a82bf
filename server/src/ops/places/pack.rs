//! Making the built-in database from lists of ranges; used by `examples/remake-places.rs` alone.
//!
//! - A block (/24, /48) that several values share goes to the one that holds most of it.
//! - Names that are used most get the smallest numbers, which packs best.
//! - The same lists give the same bytes.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::Country;
use super::ranges::Ranges;
use super::world::{BLOCK_BITS_V4, BLOCK_BITS_V6, MAGIC, World};

/// A range of addresses, first and last included, and what it is said to be.
pub type Listed = (u128, u128, String);

/// Packs four lists (country by IPv4, by IPv6, network by IPv4, by IPv6), each in order and without overlaps, with
/// the day of the data in seconds since 1970.
pub fn pack(lists: &[Vec<Listed>; 4], day_seconds: i64) -> io::Result<Vec<u8>> {
    let plain = world(lists).write();
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&day_seconds.to_le_bytes());
    let mut packer = ZlibEncoder::new(out, Compression::best());
    packer.write_all(&plain)?;
    packer.finish()
}

/// One list of two: where both say something, the one with the smaller range is believed. A registry's placeholder
/// for a region ("all of this is AU") thus yields to what was handed out inside it, and a registered range to what
/// its holder says of a part.
pub fn narrower(one: &[Listed], other: &[Listed]) -> Vec<Listed> {
    let mut edges: Vec<u128> =
        one.iter().chain(other).flat_map(|(first, last, _)| [*first, last + 1]).collect();
    edges.sort_unstable();
    edges.dedup();
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut merged: Vec<Listed> = Vec::new();
    for pair in edges.windows(2) {
        while one.next_if(|(_, last, _)| *last < pair[0]).is_some() {}
        while other.next_if(|(_, last, _)| *last < pair[0]).is_some() {}
        let here = [one.peek(), other.peek()].into_iter().flatten().filter(|(first, _, _)| *first <= pair[0]);
        let Some((_, _, value)) = here.min_by_key(|(first, last, _)| last - first) else { continue };
        match merged.last_mut() {
            Some((_, last, before)) if before == value && *last + 1 == pair[0] => *last = pair[1] - 1,
            _ => merged.push((pair[0], pair[1] - 1, value.clone())),
        }
    }
    merged
}

/// The database of four lists.
pub fn world(lists: &[Vec<Listed>; 4]) -> World {
    let blocks = [BLOCK_BITS_V4, BLOCK_BITS_V6, BLOCK_BITS_V4, BLOCK_BITS_V6];
    let runs: Vec<Vec<Run>> = lists.iter().zip(blocks).map(|(list, bits)| by_block(list, bits)).collect();
    let codes = by_use(&runs[..2], |text| Country::parse(text).is_some());
    let names = by_use(&runs[2..], |text| !text.is_empty());
    let table = |at: usize| {
        let numbers = numbered(if at < 2 { &codes } else { &names });
        Ranges::new(runs[at].iter().map(|run| (run.first, numbers.get(run.value).copied().unwrap_or(0))))
    };
    let lines = names.iter().map(|name| format!("{name}\n")).collect();
    let countries = codes.iter().filter_map(|code| Country::parse(code)).collect();
    World::new(countries, lines, [table(0), table(1), table(2), table(3)])
}

/// A run of blocks of one value; the empty text where there is none.
#[derive(Debug, PartialEq, Eq)]
struct Run<'a> {
    first: u64,
    value: &'a str,
}

/// The list in blocks of `bits` bits.
fn by_block(list: &[Listed], bits: u32) -> Vec<Run<'_>> {
    let mut blocks = Blocks::default();
    let size = 1_u128 << bits;
    for (first, last, value) in list {
        let (head, tail) = (first >> bits, last >> bits);
        if head == tail {
            blocks.share(head as u64, value, last - first + 1);
            continue;
        }
        blocks.share(head as u64, value, size - (first & (size - 1)));
        blocks.whole(head as u64 + 1, tail as u64, value);
        blocks.share(tail as u64, value, (last & (size - 1)) + 1);
    }
    blocks.finish()
}

/// Runs as they grow, with the block at the end that may still be shared with the next range.
#[derive(Default)]
struct Blocks<'a> {
    runs: Vec<Run<'a>>,
    /// The first block after the runs.
    end: u64,
    shared: Option<(u64, BTreeMap<&'a str, u128>)>,
}

impl<'a> Blocks<'a> {
    fn share(&mut self, block: u64, value: &'a str, addresses: u128) {
        if self.shared.as_ref().is_some_and(|(at, _)| *at != block) {
            self.settle();
        }
        let (_, shares) = self.shared.get_or_insert_with(|| (block, BTreeMap::new()));
        *shares.entry(value).or_default() += addresses;
    }

    /// Gives the shared block to whoever holds most of it.
    fn settle(&mut self) {
        let Some((block, shares)) = self.shared.take() else { return };
        if let Some((value, _)) = shares.into_iter().max_by_key(|(_, addresses)| *addresses) {
            self.put(block, block + 1, value);
        }
    }

    fn whole(&mut self, from: u64, to: u64, value: &'a str) {
        self.settle();
        if from < to {
            self.put(from, to, value);
        }
    }

    fn put(&mut self, from: u64, to: u64, value: &'a str) {
        if from > self.end {
            self.begin(self.end, "");
        }
        self.begin(from, value);
        self.end = to;
    }

    fn begin(&mut self, first: u64, value: &'a str) {
        if self.runs.last().map_or("", |run| run.value) != value {
            self.runs.push(Run { first, value });
        }
    }

    fn finish(mut self) -> Vec<Run<'a>> {
        self.settle();
        self.begin(self.end, "");
        self.runs
    }
}

/// The values that count, those of most runs first.
fn by_use<'a>(tables: &[Vec<Run<'a>>], counts: impl Fn(&str) -> bool) -> Vec<&'a str> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for run in tables.iter().flatten().filter(|run| counts(run.value)) {
        *uses.entry(run.value).or_default() += 1;
    }
    let mut values: Vec<(&str, usize)> = uses.into_iter().collect();
    values.sort_by(|(a, more), (b, less)| less.cmp(more).then(a.cmp(b)));
    values.into_iter().map(|(value, _)| value).collect()
}

fn numbered<'a>(values: &[&'a str]) -> HashMap<&'a str, u32> {
    values.iter().zip(1..).map(|(value, number)| (*value, number)).collect()
}
