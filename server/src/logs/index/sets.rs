//! The sets of blocks: which entries have all the keys that are asked for.
//!
//! - What a set holds too much is taken out when the entry is read; it never holds too little.

use super::bits::{PLACES_A_BLOCK, Set};
use super::block::{Kind, add_found};
use crate::logs::facets;
use crate::logs::model::Entry;
use crate::logs::queries::{self, Among, BlockRow};
use ::book::Log;
use kernel::{Reader, Result, facet};
use std::collections::HashMap;

/// What an entry must be found by.
#[derive(Clone, Debug)]
pub struct Keys {
    /// All of these.
    all: Vec<i64>,
    /// And one of these, unless there are none.
    any: Option<Vec<i64>>,
    /// And all of these.
    late: Option<Late>,
}

/// Keys that the rows and blocks of older entries lack.
#[derive(Clone, Debug)]
pub struct Late {
    keys: Vec<i64>,
    prefix: &'static str,
    /// Of these each row of today has one.
    rows: [i64; 4],
    /// This a block has for each entry it knows by such keys.
    known: i64,
}

impl Late {
    /// Late keys of a log; none where nothing is asked for.
    #[must_use]
    pub fn of(log: Log, prefix: &'static str, keys: Vec<i64>) -> Option<Late> {
        let (rows, known) = (facets::clients(log, prefix), facets::known(log));
        (!keys.is_empty()).then_some(Late { keys, prefix, rows, known })
    }
}

impl Keys {
    /// All of these keys, and one of those unless there are none.
    #[must_use]
    pub const fn of(all: Vec<i64>, any: Option<Vec<i64>>) -> Keys {
        Keys { all, any, late: None }
    }
    /// And all of these.
    #[must_use]
    pub fn and(self, late: Option<Late>) -> Keys {
        Keys { late, ..self }
    }
    /// Whether an entry with this row of facets can be one: what an older row does not say is left open.
    #[must_use]
    pub fn may_fit(&self, packed: &[u8]) -> bool {
        let has = |key: &i64| facet::unpack(packed).any(|k| k == *key);
        let late = |late: &Late| late.keys.iter().all(has) || !late.rows.iter().any(has);
        self.fits_early(&has) && self.late.as_ref().is_none_or(late)
    }
    /// Whether only the entry itself tells whether one with this row, which can be one, is.
    #[must_use]
    pub fn leaves_open(&self, packed: &[u8]) -> bool {
        let has = |key: &i64| facet::unpack(packed).any(|k| k == *key);
        self.late.as_ref().is_some_and(|late| !late.rows.iter().any(has))
    }
    /// How many keys a block is asked for.
    #[must_use]
    pub fn count(&self) -> usize {
        let late = self.late.as_ref().map_or(0, |late| late.keys.len() + 1);
        self.all.len() + late + self.any.as_ref().map_or(0, Vec::len)
    }
    /// Whether an entry is one.
    #[must_use]
    pub fn fit(&self, packed: &[u8], entry: &Entry) -> bool {
        let has = |key: &i64| facet::unpack(packed).any(|k| k == *key);
        let late = |late: &Late| {
            let own = facets::late(entry, late.prefix);
            late.keys.iter().all(|key| has(key) || own.contains(key))
        };
        self.fits_early(&has) && self.late.as_ref().is_none_or(late)
    }
    fn fits_early(&self, has: &dyn Fn(&i64) -> bool) -> bool {
        self.all.iter().all(has) && self.any.as_ref().is_none_or(|any| any.iter().any(has))
    }
}

/// A block with the entries in it that can have all keys.
pub struct Candidates {
    /// The block.
    pub row: BlockRow,
    /// The places of its entries.
    pub set: Set,
    /// Those of them of which only reading them tells.
    pub open: Set,
}

/// Keys that one statement looks up in each block.
const KEYS_A_LOOK: usize = 8;

/// For each block, the set of what has one of these keys.
fn sets(r: &mut Reader<'_>, kind: Kind, blocks: &[BlockRow], keys: &[i64]) -> Result<Vec<Set>> {
    let numbers: Vec<i64> = blocks.iter().map(|row| row.block).collect();
    let mut sets: HashMap<i64, Set> = blocks.iter().map(|row| (row.block, Set::empty(row.size))).collect();
    for some in keys.chunks(KEYS_A_LOOK) {
        for (block, key, page) in queries::pages(r, &numbers, kind, some)? {
            if let Some(set) = sets.get_mut(&block) {
                add_found(&page, key, set)?;
            }
        }
    }
    Ok(numbers.iter().filter_map(|block| sets.remove(block)).collect())
}

/// Keeps in the set of each block what one of these keys has. Blocks of which nothing is left are not looked at.
fn narrow(r: &mut Reader<'_>, kind: Kind, found: &mut [(BlockRow, Set)], keys: &[i64]) -> Result<()> {
    let left: Vec<&mut (BlockRow, Set)> = found.iter_mut().filter(|(_, set)| !set.is_empty()).collect();
    let rows: Vec<BlockRow> = left.iter().map(|(row, _)| *row).collect();
    let kept = sets(r, kind, &rows, keys)?;
    left.into_iter().zip(&kept).for_each(|((_, set), kept)| set.keep(kept));
    Ok(())
}

/// For some blocks, the set of what has all of these keys.
fn all(r: &mut Reader<'_>, kind: Kind, blocks: Vec<BlockRow>, keys: &[i64]) -> Result<Vec<(BlockRow, Set)>> {
    let first = sets(r, kind, &blocks, keys.get(..1).unwrap_or_default())?;
    let mut found: Vec<(BlockRow, Set)> = blocks.into_iter().zip(first).collect();
    for key in keys.iter().skip(1) {
        narrow(r, kind, &mut found, &[*key])?;
    }
    Ok(found)
}

/// Some blocks, the newest first, each with the entries in it that can have all keys.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn candidates(r: &mut Reader<'_>, among: Among, keys: &Keys) -> Result<Vec<Candidates>> {
    let blocks = queries::blocks(r, among)?;
    let mut found = all(r, Kind::Facets, blocks, &keys.all)?;
    if let Some(any) = &keys.any {
        narrow(r, Kind::Facets, &mut found, any)?;
    }
    let mut open: Vec<Set> = found.iter().map(|(row, _)| Set::empty(row.size)).collect();
    if let Some(late) = &keys.late {
        let mut known = found.clone();
        narrow(r, Kind::Facets, &mut known, &[late.known])?;
        open = found.iter().map(|(_, set)| set.clone()).collect();
        open.iter_mut().zip(&known).for_each(|(open, (_, known))| open.lose(known));
        for key in &late.keys {
            narrow(r, Kind::Facets, &mut found, &[*key])?;
        }
        found.iter_mut().zip(&open).for_each(|((_, set), open)| set.join(open));
    }
    Ok(found.into_iter().zip(open).map(|((row, set), open)| Candidates { row, set, open }).collect())
}

/// For each of some candidates, those that have one more key.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn having(r: &mut Reader<'_>, of: &[Candidates], key: i64) -> Result<Vec<Set>> {
    let mut found: Vec<(BlockRow, Set)> = of.iter().map(|one| (one.row, one.set.clone())).collect();
    narrow(r, Kind::Facets, &mut found, &[key])?;
    Ok(found.into_iter().map(|(_, set)| set).collect())
}

/// The newest block whose entries are not known by their late facets, if there is one.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn unknown(r: &mut Reader<'_>, log: Log) -> Result<Option<BlockRow>> {
    let mut among = Among { log, least: 0, before: i64::MAX, most: BLOCKS_A_LOOK };
    loop {
        let some = queries::blocks(r, among)?;
        let last = some.last().map(|row| row.start);
        let full = some.len() as i64 == BLOCKS_A_LOOK;
        let some = all(r, Kind::Facets, some, &[facets::known(log)])?;
        let not = |(row, set): (BlockRow, Set)| set.is_empty().then_some(row);
        match (some.into_iter().find_map(not), last.filter(|_| full)) {
            (Some(row), _) => return Ok(Some(row)),
            (None, Some(last)) => among.before = last,
            (None, None) => return Ok(None),
        }
    }
}

/// Blocks that are looked at by one statement for those that are not known.
const BLOCKS_A_LOOK: i64 = 64;

/// For some blocks, the numbers of the pages of texts that have all of these grams.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn text_pages(r: &mut Reader<'_>, blocks: &[BlockRow], grams: &[i64]) -> Result<Vec<(i64, Set)>> {
    let numbered = |row: &BlockRow| BlockRow { size: PLACES_A_BLOCK, ..*row };
    let found = all(r, Kind::Grams, blocks.iter().map(numbered).collect(), grams)?;
    Ok(found.into_iter().map(|(row, set)| (row.block, set)).collect())
}
