//! Counts the entries of a log that have all keys, in spans that follow each other, without reading one of them.

use super::bits::PLACES_A_BLOCK;
use super::sets::{Keys, candidates, having};
use super::walk::{MAX_REST_ENTRIES, has};
use crate::logs::queries::{self, Among, Span};
use ::book::Log;
use kernel::{Reader, Result};

/// Pages of sets that are looked up to count, and blocks; older entries are not counted.
const MAX_COUNTED_PAGES: usize = 2_048;
const MAX_COUNTED_BLOCKS: usize = 1_024;

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
pub fn counts(r: &mut Reader<'_>, log: Log, keys: &Keys, bad: i64, spans: &[Span]) -> Result<Counts> {
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
    let least = first.least - PLACES_A_BLOCK;
    let most = (MAX_COUNTED_PAGES / (keys.count() + 1)).clamp(1, MAX_COUNTED_BLOCKS);
    let among = Among { log, least, before: last.before.min(sealed), most: most as i64 };
    let blocks = candidates(r, among, keys)?;
    if let Some(last) = blocks.last().filter(|last| blocks.len() == most && last.row.start > first.least) {
        counts.floor = counts.floor.max(last.row.start);
    }
    for (one, refused) in blocks.iter().zip(having(r, &blocks, bad)?) {
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
