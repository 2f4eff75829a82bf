//! What a list shows: which keys and words its entries must have, and how one page is made of what the index finds.
//!
//! - Every page is the truth down to where it ends: what fits is there, whatever the index lags or holds too much.
//! - Where a page met a bound before it was full it says so and leads on.

use super::facets;
use super::index::walk::{End, Keys, Late, Walk};
use super::model::Entry;
use super::queries::{self, Span};
use super::said::Names;
use super::words::{self, Pattern};
use ::book::Log;
use kernel::facet::{APART, key};
use kernel::{Reader, Result, Timestamp, Uuid};

/// Entries of one page.
pub const ENTRIES_A_PAGE: usize = 50;
/// Filters of one list.
pub const MAX_FILTERS: usize = 12;
/// Groups and queues of a reach whose entries are looked up to make a list; with more, each candidate is asked instead.
pub const MAX_SCOPES: usize = 64;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The log.
    pub log: Log,
    /// The list that stands apart: readings of logs.
    pub apart: bool,
    /// Values that must all be there: facet and value.
    pub facets: Vec<(String, String)>,
    /// The request whose entries they are.
    pub request: Option<Uuid>,
    /// Words that must be there.
    pub pattern: Option<Pattern>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Older than this entry.
    pub before: Option<i64>,
    /// Newer than this entry.
    pub after: Option<i64>,
}

impl Wanted {
    /// Everything of a log.
    #[must_use]
    pub const fn all(log: Log) -> Self {
        Self {
            log,
            apart: false,
            facets: Vec::new(),
            request: None,
            pattern: None,
            since: None,
            until: None,
            before: None,
            after: None,
        }
    }
    /// What the keys of this list begin with.
    #[must_use]
    pub fn prefix(&self) -> &'static str {
        if self.apart { APART } else { "" }
    }
    /// The key of a facet in this list.
    #[must_use]
    pub fn key(&self, facet: &str, value: &str) -> i64 {
        key(self.log, &format!("{}{facet}", self.prefix()), value)
    }
    /// Whether time, request and words are what is asked for.
    #[must_use]
    pub fn fits(&self, entry: &Entry) -> bool {
        self.request.is_none_or(|request| entry.request == request)
            && self.since.is_none_or(|since| entry.at >= since)
            && self.until.is_none_or(|until| entry.at < until)
            && self.pattern.as_ref().is_none_or(|p| words::texts(entry).iter().any(|text| p.fits(text)))
    }
}

/// One page of a list.
#[derive(Debug, Default)]
pub struct Listed {
    /// Entries, newest first.
    pub entries: Vec<Entry>,
    /// Where the next page begins, if there may be more.
    pub older: Option<i64>,
    /// Whether a bound was met before the page was full: nothing is known of what is older.
    pub cut: bool,
    /// What the entries' ids are called, as far as the reader may know.
    pub names: Names,
}

/// The keys that the entries of a list have, each in its row of facets where a release of today made it.
#[must_use]
pub fn asked_keys(wanted: &Wanted) -> Vec<i64> {
    let all: Vec<i64> = wanted.facets.iter().map(|(facet, value)| wanted.key(facet, value)).collect();
    if all.is_empty() { vec![wanted.key("", "")] } else { all }
}

/// The keys that the entries of a list have, the reader's reach among them unless it is wide.
fn keys(r: &mut Reader<'_>, wanted: &Wanted) -> Result<Keys> {
    Ok(keys_and_width(r, wanted)?.0)
}

/// The same, and whether the reach is wide: of so many parts that it is looked up for each candidate.
pub(super) fn keys_and_width(r: &mut Reader<'_>, wanted: &Wanted) -> Result<(Keys, bool)> {
    let (late, early): (Vec<_>, Vec<_>) =
        wanted.facets.iter().partition(|(facet, _)| facets::is_late(wanted.log, facet));
    let key = |(facet, value): &(String, String)| wanted.key(facet, value);
    let mut all: Vec<i64> = early.into_iter().map(key).collect();
    if all.is_empty() {
        all.push(wanted.key("", ""));
    }
    let any = queries::scopes(r, wanted.log, wanted.prefix())?;
    let wide = any.as_ref().is_some_and(|parts| parts.len() > MAX_SCOPES);
    let late = Late::of(wanted.log, wanted.prefix(), late.into_iter().map(key).collect());
    Ok((Keys::of(all, any.filter(|_| !wide)).and(late), wide))
}

/// Finds one page.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn list(r: &mut Reader<'_>, wanted: &Wanted) -> Result<Listed> {
    let mut span = queries::span(r, wanted.since, wanted.until)?;
    span.before = wanted.before.map_or(span.before, |before| before.min(span.before));
    span.least = wanted.after.map_or(span.least, |after| after.saturating_add(1).max(span.least));
    if span.is_empty() {
        return Ok(Listed::default());
    }
    let keys = keys(r, wanted)?;
    let (mut entries, end) = Walk::new(r, wanted, &keys, ENTRIES_A_PAGE + 1).down(span)?;
    let older = match end {
        End::Full => {
            entries.truncate(ENTRIES_A_PAGE);
            entries.last().map(|entry| entry.idx)
        }
        End::Whole => None,
        End::Cut(floor) => Some(floor).filter(|floor| *floor > span.least),
    };
    let names = Names::of(r, &entries)?;
    Ok(Listed { entries, older, cut: older.is_some() && end != End::Full, names })
}

/// Indexes of the book that are looked through first for the entries after a position, and how many times more each time
/// that they were too few.
const FIRST_WINDOW: i64 = 64;
const MORE_WINDOW: i64 = 4;
/// Indexes that are looked through at a time at most: fewer than a walk may read entries.
const MAX_WINDOW_ENTRIES: i64 = 2_048;
/// Times that more is looked through for one page.
const MAX_WINDOWS_A_PAGE: usize = 12;

/// Entries after a position, oldest first: for programs that follow a log.
#[derive(Debug)]
pub struct Followed {
    /// Entries, oldest first.
    pub entries: Vec<Entry>,
    /// The position after which the next page begins: all up to it is known.
    pub next: i64,
    /// Whether there may be more already.
    pub more: bool,
    /// What the entries' ids are called, as far as the reader may know.
    pub names: Names,
}

/// Finds the oldest entries after a position, one page at most. `wanted.after` is the position; it goes forward also where nothing
/// fits, so that nobody looks through the same part of the book twice.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn follow(r: &mut Reader<'_>, wanted: &Wanted) -> Result<Followed> {
    let span = queries::span(r, wanted.since, wanted.until)?;
    let size = queries::sealed(r)?.1;
    let first = wanted.after.map_or(0, |after| after.saturating_add(1)).max(0);
    // A position that no entry has yet stays where it is.
    let (mut at, end) =
        (first.max(span.least.min(size)), if wanted.until.is_some() { span.before } else { size });
    let (keys, mut window, mut entries) = (keys(r, wanted)?, FIRST_WINDOW, Vec::new());
    for _ in 0..MAX_WINDOWS_A_PAGE {
        if at >= end || entries.len() >= ENTRIES_A_PAGE {
            break;
        }
        let mut before = end.min(at + window);
        let mut some = loop {
            let (some, how) = Walk::new(r, wanted, &keys, usize::MAX).down(Span { least: at, before })?;
            match how {
                // Nothing is known below: a smaller part is looked through instead.
                End::Cut(floor) if floor > at && before > at + 1 => {
                    before = floor.min(before - 1).max(at + 1)
                }
                _ => break some,
            }
        };
        some.reverse();
        entries.append(&mut some);
        at = before;
        window = (window * MORE_WINDOW).min(MAX_WINDOW_ENTRIES);
    }
    if entries.len() > ENTRIES_A_PAGE {
        entries.truncate(ENTRIES_A_PAGE);
        at = entries.last().map_or(at, |entry| entry.idx + 1);
    }
    let names = Names::of(r, &entries)?;
    Ok(Followed { entries, next: at - 1, more: at < end, names })
}
