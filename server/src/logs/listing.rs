//! How a list is found: which postings drive it, which filters are looked up, how far one page searches.
//!
//! - The rarest of the filters, the reader's reach and the search drives; the others are looked up for each candidate.
//! - A page looks at [`MAX_CANDIDATES`] candidates at most; then it shows what it found and offers to search on.

use super::model::Entry;
use super::queries::{self, Density, Drive, MAX_SOURCES, Span};
use super::words::{self, Pattern};
use ::book::Log;
use kernel::facet::{APART, key};
use kernel::{Reader, Result, Timestamp};

/// Entries of one page.
pub const ENTRIES_A_PAGE: usize = 50;
/// Candidates one page looks at.
pub const MAX_CANDIDATES: i64 = 2_000;
/// Candidates one statement looks at.
const CANDIDATES_A_STATEMENT: i64 = 500;
/// Filters of one list.
pub const MAX_FILTERS: usize = queries::MAX_CHECKS;
/// Groups and queues of a reach that are united to drive a list; a wider reach is looked up instead.
const MAX_SCOPES: usize = 64;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The log.
    pub log: Log,
    /// The list that stands apart: readings of logs.
    pub apart: bool,
    /// Values that must all be there: facet and value.
    pub facets: Vec<(String, String)>,
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
            pattern: None,
            since: None,
            until: None,
            before: None,
            after: None,
        }
    }
    fn prefix(&self) -> &'static str {
        if self.apart { APART } else { "" }
    }
    /// The key of a facet in this list.
    #[must_use]
    pub fn key(&self, facet: &str, value: &str) -> i64 {
        key(self.log, &format!("{}{facet}", self.prefix()), value)
    }
    fn fits(&self, entry: &Entry) -> bool {
        self.since.is_none_or(|since| entry.at >= since)
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
    /// Whether the search stopped at its limit before the page was full.
    pub cut: bool,
}

/// What drives a list.
struct Plan {
    sources: Vec<i64>,
    words: bool,
    checks: Vec<i64>,
}

/// The keys of one candidate for driving, and how many entries they are expected to have.
struct Candidate {
    keys: Vec<i64>,
    words: bool,
    expected: i64,
}

fn expected(r: &mut Reader<'_>, keys: &[i64], span: Span) -> Result<i64> {
    let mut sum = 0_i64;
    for key in keys {
        let density: Density = queries::density(r, *key, span)?;
        sum = sum.saturating_add(density.expected(span));
    }
    Ok(sum)
}

fn plan(r: &mut Reader<'_>, wanted: &Wanted, span: Span) -> Result<Plan> {
    let filters: Vec<i64> = wanted.facets.iter().map(|(facet, value)| wanted.key(facet, value)).collect();
    let mut candidates = Vec::new();
    for filter in &filters {
        let keys = vec![*filter];
        candidates.push(Candidate { expected: expected(r, &keys, span)?, keys, words: false });
    }
    if let Some(scopes) = queries::scopes(r, wanted.log, wanted.prefix())?.filter(|s| s.len() <= MAX_SCOPES) {
        candidates.push(Candidate { expected: expected(r, &scopes, span)?, keys: scopes, words: false });
    }
    if let Some(pattern) = &wanted.pattern {
        let keys = queries::fitting(r, wanted.log, pattern)?;
        let whole = queries::behind(r)? == 0;
        if whole && keys.len() <= words::MAX_TEXTS {
            // Few different texts: their entries are few as well, as a rule.
            candidates.push(Candidate { expected: keys.len() as i64, keys, words: true });
        }
    }
    let best = candidates.into_iter().min_by_key(|candidate| candidate.expected);
    let Candidate { keys, words, .. } =
        best.unwrap_or_else(|| Candidate { keys: vec![wanted.key("", "")], words: false, expected: 0 });
    let mut checks: Vec<i64> = filters.into_iter().filter(|filter| keys != [*filter]).collect();
    if words {
        // Words know nothing of the list that stands apart.
        checks.push(wanted.key("", ""));
    }
    checks.truncate(queries::MAX_CHECKS);
    Ok(Plan { sources: keys, words, checks })
}

/// Finds one page.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn list(r: &mut Reader<'_>, wanted: &Wanted) -> Result<Listed> {
    let mut span = queries::span(r, wanted.since, wanted.until)?;
    span.before = wanted.before.map_or(span.before, |before| before.min(span.before));
    span.least = wanted.after.map_or(span.least, |after| (after + 1).max(span.least));
    let mut listed = Listed::default();
    if span.is_empty() {
        return Ok(listed);
    }
    let plan = plan(r, wanted, span)?;
    let mut candidates = MAX_CANDIDATES;
    while candidates > 0 && !plan.sources.is_empty() {
        let (found, floor) = step(r, wanted, &plan, span, listed.entries.len())?;
        listed.entries.extend(found.into_iter().filter(|entry| wanted.fits(entry)));
        if listed.entries.len() > ENTRIES_A_PAGE {
            listed.entries.truncate(ENTRIES_A_PAGE);
            listed.older = listed.entries.last().map(|entry| entry.idx);
            return Ok(listed);
        }
        let Some(floor) = floor else { return Ok(listed) };
        span.before = floor;
        candidates -= CANDIDATES_A_STATEMENT;
    }
    listed.older = Some(span.before).filter(|_| !plan.sources.is_empty());
    listed.cut = listed.older.is_some();
    Ok(listed)
}

/// One step of a page over all sources: entries, and the index down to which all is known.
fn step(
    r: &mut Reader<'_>,
    wanted: &Wanted,
    plan: &Plan,
    span: Span,
    have: usize,
) -> Result<(Vec<Entry>, Option<i64>)> {
    let (mut entries, mut floor) = (Vec::new(), None);
    let plain = wanted.pattern.is_none();
    let limit = if plain { (ENTRIES_A_PAGE + 1 - have) as i64 } else { CANDIDATES_A_STATEMENT };
    for sources in plan.sources.chunks(MAX_SOURCES) {
        let drive = Drive {
            log: wanted.log,
            sources,
            words: plan.words,
            checks: &plan.checks,
            span,
            scan: CANDIDATES_A_STATEMENT,
            limit,
        };
        let found = queries::lines(r, &drive)?;
        floor = floor.max(found.floor);
        entries.extend(found.entries);
    }
    entries.sort_unstable_by_key(|entry: &Entry| std::cmp::Reverse(entry.idx));
    entries.dedup_by_key(|entry| entry.idx);
    if let Some(floor) = floor {
        entries.retain(|entry| entry.idx >= floor);
    }
    Ok((entries, floor))
}
