//! The sets of blocks: which entries have all the keys that are asked for.
//!
//! - What a set holds too much is taken out when the entry is read; it never holds too little.

use super::bits::Set;
use super::block::{Kind, add_found};
use crate::logs::facets;
use crate::logs::model::Entry;
use crate::logs::queries::{self, Among, BlockRow, MAX_KEYS};
use ::book::Log;
use kernel::{Reader, Result, facet};

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

/// For some blocks, the newest first, the set of each key.
fn sets(r: &mut Reader<'_>, among: Among, keys: &[i64]) -> Result<Vec<(BlockRow, Vec<Set>)>> {
    let mut out: Vec<(BlockRow, Vec<Set>)> = Vec::new();
    for (n, some) in keys.chunks(MAX_KEYS).enumerate() {
        for (at, one) in queries::pages(r, among, Kind::Facets, some)?.into_iter().enumerate() {
            let mut sets = Vec::with_capacity(some.len());
            for (key, page) in some.iter().zip(one.pages) {
                let mut has = Set::empty(one.row.size);
                if let Some(page) = page {
                    add_found(&page, *key, &mut has)?;
                }
                sets.push(has);
            }
            match out.get_mut(at) {
                Some((_, known)) if n > 0 => known.extend(sets),
                _ => out.push((one.row, sets)),
            }
        }
    }
    Ok(out)
}

/// Some blocks, the newest first, each with the entries in it that can have all keys.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn candidates(r: &mut Reader<'_>, among: Among, keys: &Keys) -> Result<Vec<Candidates>> {
    let mut asked = keys.all.clone();
    if let Some(late) = &keys.late {
        asked.extend(&late.keys);
        asked.push(late.known);
    }
    let mut out = Vec::new();
    for (row, mut sets) in sets(r, among, &asked)? {
        let known = keys.late.is_some().then(|| sets.pop()).flatten();
        let late = sets.split_off(keys.all.len());
        let mut sets = sets.into_iter();
        let mut set = sets.next().unwrap_or_else(|| Set::empty(row.size));
        sets.for_each(|has| set.keep(&has));
        let mut open = Set::empty(row.size);
        if let Some(known) = known {
            open = set.clone();
            open.lose(&known);
            late.into_iter().for_each(|has| set.keep(&has));
            set.join(&open);
        }
        out.push(Candidates { row, set, open });
    }
    let Some(any) = &keys.any else { return Ok(out) };
    let mut one_of: Vec<Set> = out.iter().map(|one| Set::empty(one.row.size)).collect();
    for some in any.chunks(MAX_KEYS) {
        for (set, one) in one_of.iter_mut().zip(queries::pages(r, among, Kind::Facets, some)?) {
            for (key, page) in some.iter().zip(one.pages) {
                if let Some(page) = page {
                    add_found(&page, *key, set)?;
                }
            }
        }
    }
    for (one, set) in out.iter_mut().zip(&one_of) {
        one.set.keep(set);
        one.open.keep(set);
    }
    Ok(out)
}

/// Some blocks, the newest first, each with the entries in it that have a key.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn having(r: &mut Reader<'_>, among: Among, key: i64) -> Result<Vec<(BlockRow, Set)>> {
    let one =
        |(row, mut sets): (BlockRow, Vec<Set>)| (row, sets.pop().unwrap_or_else(|| Set::empty(row.size)));
    Ok(sets(r, among, &[key])?.into_iter().map(one).collect())
}

/// The newest block whose entries are not known by their late facets, if there is one.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn unknown(r: &mut Reader<'_>, log: Log) -> Result<Option<BlockRow>> {
    let mut among = Among { log, least: 0, before: i64::MAX, most: BLOCKS_A_LOOK };
    loop {
        let some = sets(r, among, &[facets::known(log)])?;
        let last = some.last().map(|(row, _)| row.start);
        let full = some.len() as i64 == BLOCKS_A_LOOK;
        let not = |(row, sets): (BlockRow, Vec<Set>)| sets.iter().all(Set::is_empty).then_some(row);
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
pub fn text_pages(r: &mut Reader<'_>, among: Among, grams: &[i64]) -> Result<Vec<(i64, Set)>> {
    let mut out = Vec::new();
    for one in queries::pages(r, among, Kind::Grams, grams)? {
        let mut set: Option<Set> = None;
        for (gram, page) in grams.iter().zip(one.pages) {
            let mut has = Set::empty(super::bits::PLACES_A_BLOCK);
            if let Some(page) = page {
                add_found(&page, *gram, &mut has)?;
            }
            match &mut set {
                Some(set) => set.keep(&has),
                None => set = Some(has),
            }
        }
        out.extend(set.map(|set| (one.row.block, set)));
    }
    Ok(out)
}
