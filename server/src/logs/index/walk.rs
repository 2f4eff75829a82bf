//! Walks a log from the newest entry down: first the rest that is in no block yet, then block by block.
//!
//! - In each block the sets of all that is asked for are combined, so that the walk comes to its end with the truth, however many
//!   entries each filter alone would have.
//! - A search first reads the newest candidates; a frequent pattern fills its page from them. Then it goes by grams to the few
//!   pages of texts that can fit, and by the texts that do to their entries.
//! - How much is read is bounded by number. Where the bound is met the walk says how far down all is known.

use super::bits::Set;
use super::block::each_text;
use super::sets::{Candidates, candidates, having, text_pages};
use crate::logs::listing::Wanted;
use crate::logs::model::Entry;
use crate::logs::queries::{self, Among, Span};
use kernel::{Reader, Result, Uuid};

pub use super::sets::{Keys, Late};

/// Entries that are in no block yet and are looked through for one page of a list.
pub const MAX_REST_ENTRIES: i64 = 8_192;
/// Entries read, with their words, for one page of a list.
pub const MAX_READ_ENTRIES: usize = 3_000;
/// Pages of texts looked through for one page of a list; the first block is finished in any case.
pub const MAX_TEXT_PAGES: usize = 6_000;
/// The newest candidates, which a search reads before it asks the index; and so few that it need not ask.
const DIRECT_ENTRIES: usize = 200;
const FEW_ENTRIES: usize = 32;
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

    /// Reads candidates, which come newest first; says so when that ends the walk.
    fn take(&mut self, mut candidates: impl Iterator<Item = i64>) -> Result<Option<End>> {
        loop {
            let many = if self.wanted.pattern.is_some() {
                ENTRIES_A_READ
            } else {
                (self.enough - self.found.len()).min(ENTRIES_A_READ)
            };
            let some: Vec<i64> = candidates.by_ref().take(many).collect();
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
            if self.found.len() >= self.enough {
                return Ok(Some(End::Full));
            }
        }
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
            let mut grams = None;
            for one in candidates {
                if let Some(end) = self.block(one, span, among, &mut grams)? {
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
        among: Among,
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
        if one.set.count() > FEW_ENTRIES {
            let pages = match grams {
                Some(known) => known,
                None => grams.insert(text_pages(self.r, among, &pattern.grams())?),
            };
            let pages = pages.iter().find(|(block, _)| *block == one.row.block).map(|(_, set)| set);
            let numbers: Vec<i64> = pages.map(|set| set.descending().collect()).unwrap_or_default();
            if self.may_search < numbers.len() && self.may_search < MAX_TEXT_PAGES {
                return Ok(Some(End::Cut(one.row.end().min(span.before))));
            }
            self.may_search = self.may_search.saturating_sub(numbers.len());
            let mut fitting = Set::empty(one.row.size);
            for some in numbers.chunks(PAGES_A_READ) {
                for body in queries::texts(self.r, one.row.block, some)? {
                    each_text(
                        &body,
                        |text, packed| {
                            if pattern.fits(text) { fitting.add(packed) } else { Ok(()) }
                        },
                    )?;
                }
            }
            one.set.keep(&fitting);
        }
        self.take(one.set.descending().map(|place| start + place))
    }
}

/// Pages of texts read by one statement.
const PAGES_A_READ: usize = 256;

/// Entries counted in spans that follow each other.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// In each span, all that have the keys.
    pub all: Vec<i64>,
    /// In each span, those of them that have one more key.
    pub bad: Vec<i64>,
    /// From this index on all are counted; further down there may be more.
    pub floor: i64,
    /// Whether some were counted of which only reading them tells whether they fit.
    pub loose: bool,
}

impl Counts {
    /// Nothing in each of these spans.
    #[must_use]
    pub fn none(spans: &[Span]) -> Counts {
        let none = || vec![0; spans.len()];
        let floor = spans.first().map_or(0, |span| span.least);
        Counts { all: none(), bad: none(), floor, loose: false }
    }
    /// One more in a span.
    pub fn add(&mut self, at: usize, bad: bool) {
        let one_more = |counts: &mut Vec<i64>| counts.get_mut(at).into_iter().for_each(|count| *count += 1);
        one_more(&mut self.all);
        if bad {
            one_more(&mut self.bad);
        }
    }
}

/// Counts the entries of a log that have the keys, and those that have one more, in spans that follow each other.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn counts(r: &mut Reader<'_>, log: ::book::Log, keys: &Keys, bad: i64, spans: &[Span]) -> Result<Counts> {
    let mut counts = Counts::none(spans);
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Ok(counts) };
    let (sealed, _) = queries::sealed(r)?;
    if last.before > sealed {
        let rows = queries::rest(r, sealed.max(first.least), last.before, MAX_REST_ENTRIES)?;
        if let Some((oldest, _)) = rows.last().filter(|_| rows.len() as i64 == MAX_REST_ENTRIES) {
            counts.floor = counts.floor.max(*oldest);
        }
        for (idx, packed) in rows {
            let Some(at) = spans.iter().position(|s| (s.least..s.before).contains(&idx)) else { continue };
            if keys.may_fit(&packed) {
                counts.loose |= keys.leaves_open(&packed);
                counts.add(at, has(&packed, bad));
            }
        }
    }
    let least = first.least - super::bits::PLACES_A_BLOCK;
    let most = (MAX_COUNTED_PAGES / (keys.count() + 1)).clamp(1, MAX_COUNTED_BLOCKS);
    let among = Among { log, least, before: last.before.min(sealed), most: most as i64 };
    let blocks = candidates(r, among, keys)?;
    if let Some(last) = blocks.last().filter(|last| blocks.len() == most && last.row.start > first.least) {
        counts.floor = counts.floor.max(last.row.start);
    }
    for (one, (_, having)) in blocks.iter().zip(having(r, among, bad)?) {
        let mut refused = one.set.clone();
        refused.keep(&having);
        let start = one.row.start;
        for (at, span) in
            spans.iter().enumerate().filter(|(_, s)| s.least < one.row.end() && s.before > start)
        {
            let (from, to) = (span.least - start, span.before - start);
            counts.loose |= one.open.count_within(from, to) > 0;
            for (of, set) in [(&mut counts.all, &one.set), (&mut counts.bad, &refused)] {
                of.get_mut(at).into_iter().for_each(|count| *count += set.count_within(from, to));
            }
        }
    }
    Ok(counts)
}

fn has(packed: &[u8], key: i64) -> bool {
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

/// Pages of sets that are looked up to count, and blocks; older entries are not counted.
const MAX_COUNTED_PAGES: usize = 2_048;
const MAX_COUNTED_BLOCKS: usize = 1_024;
