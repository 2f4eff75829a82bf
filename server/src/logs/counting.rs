//! Entries counted over time: the strip above a list, and the same for programs.
//!
//! - What is counted is what the list shows: its filters, words, request and reach.
//! - Work is bounded by number. Where a bound is met the counts say from which stretch on all is counted.
//! - Stretches meet the chosen time to the second, and each leads on to exactly the time it counts.

use super::index::counts::{self, Counts};
use super::index::walk::{self, Walk};
use super::listing::{self, Wanted};
use super::queries::{self, Span};
use kernel::{Reader, Result, Timestamp};

/// Stretches that are counted where no time is chosen.
const STRETCHES: i64 = 48;
/// Stretches of the chosen time; as many again stand round it.
const CHOSEN_STRETCHES: i64 = 24;
/// What is counted when no time is chosen, and before an end without a beginning.
const WEEK_SECONDS: i64 = 7 * 24 * 3600;
/// Entries that are counted one by one, the newest first: where words or a request are sought, or a reach has many parts.
pub const MAX_COUNTED_ENTRIES: usize = 500;
/// Entries read, and pages of texts looked through, to count them.
const MAX_READ_ENTRIES: usize = 1_000;
const MAX_TEXT_PAGES: usize = 1_500;

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its beginning.
    pub since: Timestamp,
    /// Its end, which the next one begins with.
    pub until: Timestamp,
    /// Whether it is within the time that was chosen.
    pub chosen: bool,
}

/// A stretch with its counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// When.
    pub stretch: Stretch,
    /// Everything that fits.
    pub all: i64,
    /// Of these, what was refused.
    pub bad: i64,
    /// Whether all of it is counted; there may be more otherwise.
    pub known: bool,
}

/// A log counted over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The stretches, the oldest first.
    pub bars: Vec<Bar>,
    /// Whether some may be counted that do not fit, until older entries are indexed anew.
    pub loose: bool,
}

impl Counted {
    /// Where what is counted begins, if not with the first stretch.
    #[must_use]
    pub fn known_since(&self) -> Option<Timestamp> {
        let unknown = self.bars.iter().rev().find(|bar| !bar.known)?;
        Some(unknown.stretch.until)
    }
}

/// The stretches to count: those of the chosen time with as many round it, or the last week.
#[must_use]
pub fn stretches(wanted: &Wanted, now: Timestamp) -> Vec<Stretch> {
    let next = Timestamp(now.0.div_euclid(1_000_000) * 1_000_000).plus_seconds(1);
    let within = |at: Timestamp| at.clamp(Timestamp(0), next);
    let chosen = wanted.since.is_some() || wanted.until.is_some();
    let until = wanted.until.map_or(next, within);
    let since = wanted.since.map_or(until.plus_seconds(-WEEK_SECONDS), within).min(until);
    let seconds = (until.0 - since.0 + 999_999).div_euclid(1_000_000).max(1);
    let parts = seconds.min(if chosen { CHOSEN_STRETCHES } else { STRETCHES });
    let before = if !chosen {
        0
    } else if until == next {
        parts
    } else {
        parts / 2
    };
    let after = if chosen && until < next { parts - before } else { 0 };
    let edge = |n: i64| match n {
        n if n < parts => since.plus_seconds((n * seconds).div_euclid(parts)),
        n => until.plus_seconds(((n - parts) * seconds).div_euclid(parts)),
    };
    let one = |n: i64| {
        let within = (0..parts).contains(&n) || n < 0 && wanted.since.is_none();
        Stretch { since: edge(n), until: edge(n + 1), chosen: chosen && within }
    };
    (-before..parts + after).map(one).filter(|one| one.since < one.until && one.since < next).collect()
}

/// Counts what a reader may see of what is wanted, over the chosen time and what stands round it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn counted(r: &mut Reader<'_>, wanted: &Wanted) -> Result<Counted> {
    let stretches = stretches(wanted, r.now());
    let spans = spans(r, &stretches)?;
    let Counts { all, bad, floor, loose } = in_spans(r, wanted, &spans)?;
    let bars = stretches.into_iter().zip(spans).zip(all.into_iter().zip(bad));
    let bar = |((stretch, span), (all, bad)): ((Stretch, Span), (i64, i64))| Bar {
        stretch,
        all,
        bad,
        known: span.is_empty() || span.least >= floor,
    };
    Ok(Counted { bars: bars.map(bar).collect(), loose })
}

/// Counts what a reader may see of what is wanted, whenever it was, in spans that follow each other.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn in_spans(r: &mut Reader<'_>, wanted: &Wanted, spans: &[Span]) -> Result<Counts> {
    let (keys, wide) = listing::keys_and_width(r, wanted)?;
    if wide || wanted.request.is_some() || wanted.pattern.is_some() {
        return one_by_one(r, wanted, &keys, spans);
    }
    counts::counts(r, wanted.log, &keys, wanted.key("result", "refused"), spans)
}

/// The part of the book that each stretch holds.
fn spans(r: &mut Reader<'_>, stretches: &[Stretch]) -> Result<Vec<Span>> {
    let Some(last) = stretches.last() else { return Ok(Vec::new()) };
    let end = queries::span(r, None, Some(last.until))?.before;
    let starts: Vec<Timestamp> = stretches.iter().map(|one| one.since).collect();
    let mut spans: Vec<Span> = Vec::with_capacity(starts.len());
    let mut before = end;
    for edge in queries::edges(r, &starts)?.into_iter().rev() {
        let least = edge.unwrap_or(end).min(before);
        spans.push(Span { least, before });
        before = least;
    }
    spans.reverse();
    Ok(spans)
}

/// Counts the newest entries that fit by reading them.
fn one_by_one(r: &mut Reader<'_>, wanted: &Wanted, keys: &walk::Keys, spans: &[Span]) -> Result<Counts> {
    let mut counts = Counts::none(spans);
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Ok(counts) };
    // The time chosen is one part of what is counted.
    let free = Wanted { since: None, until: None, before: None, after: None, ..wanted.clone() };
    let whole = Span { least: first.least, before: last.before };
    let walk = Walk::new(r, &free, keys, MAX_COUNTED_ENTRIES).bounded(MAX_READ_ENTRIES, MAX_TEXT_PAGES);
    let (found, refused, end) = walk.marked(whole, wanted.key("result", "refused"))?;
    for idx in &found {
        let Some(at) = spans.iter().position(|span| (span.least..span.before).contains(idx)) else {
            continue;
        };
        counts.add(at, refused.contains(idx));
    }
    counts.floor = match end {
        walk::End::Full => found.last().copied().unwrap_or(whole.least),
        walk::End::Cut(floor) => floor,
        walk::End::Whole => whole.least,
    };
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::book::Log;

    const NOW: Timestamp = Timestamp(1_795_000_000_400_000);

    fn chosen(since: Option<i64>, until: Option<i64>) -> Vec<Stretch> {
        let at = |seconds: i64| Timestamp(1_795_000_001_000_000).plus_seconds(seconds);
        let wanted = Wanted { since: since.map(at), until: until.map(at), ..Wanted::all(Log::Access) };
        stretches(&wanted, NOW)
    }

    #[test]
    fn stretches_follow_each_other_and_meet_the_chosen_time_to_the_second() {
        for (since, until) in
            [(-3600, -1800), (-7, -5), (-1, 0), (-86_400, 0), (-100_003, -49_999), (-5, -9), (-50, 900)]
        {
            let all = chosen(Some(since), Some(until));
            assert!(all.windows(2).all(|two| two[0].until == two[1].since), "{all:?}");
            let within: Vec<&Stretch> = all.iter().filter(|one| one.chosen).collect();
            let at = |seconds: i64| Timestamp(1_795_000_001_000_000).plus_seconds(seconds);
            let edges = within.first().zip(within.last()).map(|(first, last)| (first.since, last.until));
            let meant = (since < until).then(|| (at(since), at(until.min(0))));
            assert_eq!(edges, meant, "{all:?}");
            assert!(all.len() <= 48 && all.iter().all(|one| one.since < at(0)), "{all:?}");
        }
    }

    #[test]
    fn without_a_time_the_last_week_is_counted_and_nothing_is_chosen() {
        let all = chosen(None, None);
        assert_eq!((all.len(), all.iter().any(|one| one.chosen)), (48, false));
        assert_eq!(all[47].until.seconds_since(all[0].since), WEEK_SECONDS);
        assert!(chosen(None, Some(-60)).iter().rev().skip(12).all(|one| one.chosen), "all before an end");
    }
}
