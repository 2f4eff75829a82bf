//! Walks a log from the newest entry down: first the rest that is in no block yet, then block by block.
//!
//! - In each block the sets of all that is asked for are combined, so that the walk comes to its end with the truth, however many
//!   entries each filter alone would have.
//! - A search first reads the newest candidates; a frequent pattern fills its page from them. Then it goes by grams to the few
//!   pages of texts that can fit, and by the texts that do to their entries; a block that has few candidates has them read instead.
//! - How much is read is bounded by number. Where the bound is met the walk says how far down all is known.

use super::bits::Set;
use super::block::each_text;
use super::sets::{Candidates, candidates, text_pages};
use crate::logs::listing::Wanted;
use crate::logs::model::Entry;
use crate::logs::queries::{self, Among, BlockRow, Span};
use crate::logs::words::Pattern;
use kernel::{Reader, Result, Uuid};

pub use super::sets::{Keys, Late};

/// Entries that are in no block yet and are looked through for one page of a list.
pub const MAX_REST_ENTRIES: i64 = 8_192;
/// Entries read, with their words, for one page of a list.
pub const MAX_READ_ENTRIES: usize = 3_000;
/// Pages of texts looked through for one page of a list; the first block is finished in any case.
pub const MAX_TEXT_PAGES: usize = 6_000;
/// The newest candidates, which a search reads before it asks the index; and so few of one block that it need not ask.
const DIRECT_ENTRIES: usize = 200;
const FEW_ENTRIES: usize = 4;
/// Pages of texts that are looked through at the cost of reading one entry; where a block has more, its candidates are read.
const PAGES_AN_ENTRY: usize = 2;
/// Entries read by one statement.
const ENTRIES_A_READ: usize = 100;
/// Blocks looked at by the first statement, and how many times more by each that follows.
const FIRST_BLOCKS: i64 = 8;
const MORE_BLOCKS: i64 = 6;

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// There are as many as were asked for.
    Full,
    /// There is no more.
    Whole,
    /// Everything from this index on is known; further down nothing is.
    Cut(i64),
}

/// One walk, and what it has found.
pub struct Walk<'w, 'r> {
    r: &'w mut Reader<'r>,
    wanted: &'w Wanted,
    keys: &'w Keys,
    enough: usize,
    found: Vec<Entry>,
    pending: Vec<i64>,
    mark: Option<i64>,
    marked: Vec<i64>,
    may_read: usize,
    may_search: usize,
    asked_directly: bool,
}

impl<'w, 'r> Walk<'w, 'r> {
    /// A walk until there are `enough` entries.
    pub fn new(r: &'w mut Reader<'r>, wanted: &'w Wanted, keys: &'w Keys, enough: usize) -> Self {
        Self {
            r,
            wanted,
            keys,
            enough,
            found: Vec::new(),
            pending: Vec::new(),
            mark: None,
            marked: Vec::new(),
            may_read: MAX_READ_ENTRIES,
            may_search: MAX_TEXT_PAGES,
            asked_directly: false,
        }
    }

    /// The same, reading and looking through no more than so many entries and pages of texts.
    #[must_use]
    pub fn bounded(self, entries: usize, pages: usize) -> Self {
        Self { may_read: entries, may_search: pages, ..self }
    }

    /// Walks down a span: the entries, newest first, and how it ended.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn down(mut self, span: Span) -> Result<(Vec<Entry>, End)> {
        let end = self.walk(span)?;
        Ok((self.found, end))
    }

    /// Walks down a span: the entries' indexes, newest first, those of them that have one more key, and how it ended.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn marked(mut self, span: Span, key: i64) -> Result<(Vec<i64>, Vec<i64>, End)> {
        self.mark = Some(key);
        let end = self.walk(span)?;
        Ok((self.found.iter().map(|entry| entry.idx).collect(), self.marked, end))
    }

    fn walk(&mut self, span: Span) -> Result<End> {
        match self.through(span)? {
            End::Full => Ok(End::Full),
            end => Ok(self.read()?.unwrap_or(end)),
        }
    }

    fn through(&mut self, span: Span) -> Result<End> {
        if let Some(request) = self.wanted.request {
            return self.of_request(request, span);
        }
        let (sealed, _) = queries::sealed(self.r)?;
        match self.rest(Span { least: span.least.max(sealed), ..span })? {
            None => self.blocks(Span { before: span.before.min(sealed), ..span }),
            Some(end) => Ok(end),
        }
    }

    /// The entries of one request: the book knows them by it, whatever the index holds.
    fn of_request(&mut self, request: Uuid, span: Span) -> Result<End> {
        let mut left = span;
        loop {
            let some = queries::of_request(self.r, request, left, ENTRIES_A_READ)?;
            let last = some.last().copied().filter(|_| some.len() == ENTRIES_A_READ);
            if let Some(end) = self.take(some.into_iter())? {
                return Ok(end);
            }
            match last {
                Some(last) => left.before = last,
                None => return Ok(End::Whole),
            }
        }
    }

    /// Takes candidates, which come newest first, and reads as soon as there are enough for one statement, however many blocks
    /// they are from; says so when that ends the walk.
    fn take(&mut self, mut candidates: impl Iterator<Item = i64>) -> Result<Option<End>> {
        loop {
            let many = match self.wanted.pattern {
                Some(_) => ENTRIES_A_READ,
                None => (self.enough - self.found.len()).min(ENTRIES_A_READ),
            };
            let room = many.saturating_sub(self.pending.len());
            self.pending.extend(candidates.by_ref().take(room));
            if self.pending.len() < many {
                return Ok(None);
            }
            if let Some(end) = self.read()? {
                return Ok(Some(end));
            }
        }
    }

    /// Reads what was taken; says so when that ends the walk.
    fn read(&mut self) -> Result<Option<End>> {
        let some = std::mem::take(&mut self.pending);
        let Some(newest) = some.first() else { return Ok(None) };
        if self.may_read == 0 {
            return Ok(Some(End::Cut(newest + 1)));
        }
        self.may_read = self.may_read.saturating_sub(some.len());
        for one in queries::read(self.r, self.wanted.log, &some)? {
            let listed = one.keys.as_ref().is_some_and(|keys| self.keys.fit(keys, &one.entry));
            if listed && self.wanted.fits(&one.entry) {
                let mark = self.mark.zip(one.keys.as_deref());
                self.marked.extend(mark.filter(|(key, keys)| has(keys, *key)).map(|_| one.entry.idx));
                self.found.push(one.entry);
            }
        }
        let full = self.found.len() >= self.enough;
        self.found.truncate(self.enough);
        Ok(full.then_some(End::Full))
    }

    /// The entries that are in no block yet.
    fn rest(&mut self, span: Span) -> Result<Option<End>> {
        if span.is_empty() {
            return Ok(None);
        }
        let rows = queries::rest(self.r, span.least, span.before, MAX_REST_ENTRIES)?;
        let last = rows.last().map(|(idx, _)| *idx).filter(|_| rows.len() as i64 == MAX_REST_ENTRIES);
        let keys = self.keys;
        let fitting: Vec<i64> =
            rows.into_iter().filter(|(_, packed)| keys.may_fit(packed)).map(|(idx, _)| idx).collect();
        self.asked_directly = fitting.len() >= DIRECT_ENTRIES;
        let end = self.take(fitting.into_iter())?;
        Ok(end.or(last.map(End::Cut)))
    }

    fn blocks(&mut self, span: Span) -> Result<End> {
        if span.is_empty() {
            return Ok(End::Whole);
        }
        let least = span.least - super::bits::PLACES_A_BLOCK;
        let mut among = Among { log: self.wanted.log, least, before: span.before, most: FIRST_BLOCKS };
        loop {
            let candidates = candidates(self.r, among, self.keys)?;
            let last = candidates.last().map(|one| one.row.start);
            let more = candidates.len() as i64 == among.most;
            let rows: Vec<BlockRow> =
                candidates.iter().filter(|one| !one.set.is_empty()).map(|one| one.row).collect();
            let mut grams = None;
            for one in candidates {
                if let Some(end) = self.block(one, span, &rows, &mut grams)? {
                    return Ok(end);
                }
            }
            match last.filter(|last| more && *last > span.least) {
                Some(last) => among = Among { before: last, most: among.most * MORE_BLOCKS, ..among },
                None => return Ok(End::Whole),
            }
        }
    }

    fn block(
        &mut self,
        mut one: Candidates,
        span: Span,
        rows: &[BlockRow],
        grams: &mut Option<Vec<(i64, Set)>>,
    ) -> Result<Option<End>> {
        let start = one.row.start;
        one.set.within(span.least - start, span.before - start);
        if one.set.is_empty() {
            return Ok(None);
        }
        let wanted = self.wanted;
        let Some(pattern) = &wanted.pattern else {
            return self.take(one.set.descending().map(|place| start + place));
        };
        if !self.asked_directly {
            self.asked_directly = true;
            let newest: Vec<i64> = one.set.descending().take(DIRECT_ENTRIES).collect();
            let last = newest.last().copied().unwrap_or_default();
            if let Some(end) = self.take(newest.into_iter().map(|place| start + place))? {
                return Ok(Some(end));
            }
            one.set.within(0, last);
        }
        let count = one.set.count();
        if count > FEW_ENTRIES {
            let pages = match grams {
                Some(known) => known,
                None => grams.insert(text_pages(self.r, rows, &pattern.grams())?),
            };
            let pages = pages.iter().find(|(block, _)| *block == one.row.block).map(|(_, set)| set);
            let numbers: Vec<i64> = pages.map(|set| set.descending().collect()).unwrap_or_default();
            if numbers.len() <= count * PAGES_AN_ENTRY || count > self.may_read {
                if self.may_search < numbers.len() && self.may_search < MAX_TEXT_PAGES {
                    return Ok(Some(End::Cut(one.row.end().min(span.before))));
                }
                self.may_search = self.may_search.saturating_sub(numbers.len());
                one.set.keep(&fitting(self.r, one.row, pattern, &numbers)?);
            }
        }
        self.take(one.set.descending().map(|place| start + place))
    }
}

/// Pages of texts read by one statement.
const PAGES_A_READ: usize = 256;

/// The places of a block's entries that have a text, on these pages, which fits a pattern.
fn fitting(r: &mut Reader<'_>, row: BlockRow, pattern: &Pattern, numbers: &[i64]) -> Result<Set> {
    let mut set = Set::empty(row.size);
    for some in numbers.chunks(PAGES_A_READ) {
        for body in queries::texts(r, row.block, some)? {
            each_text(&body, |text, packed| if pattern.fits(text) { set.add(packed) } else { Ok(()) })?;
        }
    }
    Ok(set)
}

/// Whether a row of facets has a key.
pub(super) fn has(packed: &[u8], key: i64) -> bool {
    kernel::facet::unpack(packed).any(|one| one == key)
}

/// The newest entries of a span that have all keys, whoever asks; at most so many. What was erased lately may be among them.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn newest(
    r: &mut Reader<'_>,
    log: ::book::Log,
    keys: &Keys,
    span: Span,
    most: usize,
) -> Result<Vec<i64>> {
    let (sealed, size) = queries::sealed(r)?;
    let rest = queries::rest(r, span.least.max(sealed), span.before.min(size), MAX_REST_ENTRIES)?;
    let mut found: Vec<i64> =
        rest.into_iter().filter(|(_, packed)| keys.may_fit(packed)).map(|(idx, _)| idx).collect();
    let least = span.least.saturating_sub(super::bits::PLACES_A_BLOCK);
    let mut among = Among { log, least, before: span.before.min(sealed), most: FIRST_BLOCKS };
    while found.len() < most {
        let some = candidates(r, among, keys)?;
        for mut one in some.iter().map(|one| (one.row.start, one.set.clone())) {
            one.1.within(span.least - one.0, span.before.saturating_sub(one.0));
            found.extend(one.1.descending().map(|place| one.0 + place));
        }
        match some.last().filter(|_| some.len() as i64 == among.most) {
            Some(last) => among = Among { before: last.row.start, most: among.most * MORE_BLOCKS, ..among },
            None => break,
        }
    }
    found.truncate(most);
    Ok(found)
}

/// Whether any entry of a log from an index on has a key, whoever asks.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn holds_since(r: &mut Reader<'_>, log: ::book::Log, key: i64, least: i64) -> Result<bool> {
    let (sealed, size) = queries::sealed(r)?;
    let keys = Keys::of(vec![key], None);
    if queries::rest(r, least.max(sealed), size, i64::MAX)?.iter().any(|(_, packed)| keys.may_fit(packed)) {
        return Ok(true);
    }
    let among = Among { log, least: least - super::bits::PLACES_A_BLOCK, before: sealed, most: i64::MAX };
    let blocks = candidates(r, among, &keys)?;
    Ok(blocks.into_iter().any(|one| one.set.count_within(least - one.row.start, one.row.size) > 0))
}
