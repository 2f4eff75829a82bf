//! The lists themselves: postings of facets or of words, newest first, each entry looked up by its index.
//!
//! A list is driven by the union of up to [`MAX_SOURCES`] postings; the other filters are looked up for each candidate.
//! Every statement looks at no more than a stated number of candidates.

use super::bounds::Span;
use crate::logs::model::Entry;
use ::book::Log;
use kernel::{Params, Reader, Result, params, sql};

/// Postings that one statement unites.
pub const MAX_SOURCES: usize = 8;
/// Filters that one statement looks up.
pub const MAX_CHECKS: usize = 6;
/// Postings of one key that are looked at to learn how dense it is.
const DENSITY_ENTRIES: i64 = 200;

pub(super) const SOURCES: [&str; MAX_SOURCES] = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"];
const CHECKS: [&str; MAX_CHECKS] = ["k0", "k1", "k2", "k3", "k4", "k5"];

/// One entry of a log, if reach covers it.
///
/// # Errors
/// `NotFound` when there is none, or not for this reader.
pub fn entry(r: &mut Reader<'_>, log: Log, idx: i64) -> Result<Entry> {
    let find = sql!(
        "select e.idx, e.at, e.log, e.name, e.version, e.actor_kind, e.actor_id, e.on_behalf, e.subject_kind,
         e.subject_id, e.group_id, e.queue_id, e.request_id, e.stepped_back, w.body, s.body, c.body, y.body
         from entry e
         left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
         left join entry_part s on s.tenant_id = $tenant and s.idx = e.idx and s.part = 2
         left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
         left join entry_part y on y.tenant_id = $tenant and y.idx = e.idx and y.part = 4
         where e.tenant_id = $tenant and e.idx = $idx and e.log = $log and (e.actor_id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = e.group_id)
             or (r.kind = 'queue' and r.scope_id = e.queue_id))))"
    );
    r.row(find, params! { idx: idx, log: i64::from(log.code()) })
}

/// What drives a list, and what its candidates must have as well.
#[derive(Clone, Debug)]
pub struct Drive<'a> {
    /// The log.
    pub log: Log,
    /// Keys whose postings are united; at most [`MAX_SOURCES`].
    pub sources: &'a [i64],
    /// Whether they are postings of words rather than of facets.
    pub words: bool,
    /// Facets that each candidate must have; at most [`MAX_CHECKS`].
    pub checks: &'a [i64],
    /// Where to look.
    pub span: Span,
    /// Candidates to look at, newest first.
    pub scan: i64,
    /// Entries to give.
    pub limit: i64,
}

/// What one statement found.
#[derive(Debug)]
pub struct Found {
    /// Entries, newest first.
    pub entries: Vec<Entry>,
    /// The oldest index down to which all is known; `None` when the postings came to their end.
    pub floor: Option<i64>,
}

impl Drive<'_> {
    fn params(&self) -> Params {
        let Span { least, before } = self.span;
        let mut params = params! { least: least, before: before, scan: self.scan };
        for (name, key) in SOURCES.into_iter().zip(self.sources) {
            params = params.with(name, *key);
        }
        params
    }
}

/// Lists what a drive finds within its number of candidates.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn lines(r: &mut Reader<'_>, drive: &Drive<'_>) -> Result<Found> {
    let (list, horizon) = if drive.words { (by_words(), words_seen()) } else { (by_facets(), facets_seen()) };
    let mut params = drive.params().with("limit", drive.limit).with("log", i64::from(drive.log.code()));
    for (name, key) in CHECKS.into_iter().zip(drive.checks) {
        params = params.with(name, *key);
    }
    let entries: Vec<Entry> = r.rows(list, params)?;
    if entries.len() as i64 == drive.limit {
        let floor = entries.last().map(|entry| entry.idx);
        return Ok(Found { entries, floor });
    }
    let (seen, oldest): (i64, Option<i64>) = r.row(horizon, drive.params())?;
    Ok(Found { entries, floor: oldest.filter(|_| seen >= drive.scan) })
}

fn by_facets() -> &'static kernel::Statement {
    sql!(
        "select e.idx, e.at, e.log, e.name, e.version, e.actor_kind, e.actor_id, e.on_behalf, e.subject_kind,
         e.subject_id, e.group_id, e.queue_id, e.request_id, e.stepped_back, w.body, s.body, c.body, y.body
         from (select idx from (
           select idx from (select idx from facet where tenant_id = $tenant and key = $s0 and idx < $before and idx >= $least order by idx desc limit $scan) t0
           {s1| union select idx from (select idx from facet where tenant_id = $tenant and key = $s1 and idx < $before and idx >= $least order by idx desc limit $scan) t1}
           {s2| union select idx from (select idx from facet where tenant_id = $tenant and key = $s2 and idx < $before and idx >= $least order by idx desc limit $scan) t2}
           {s3| union select idx from (select idx from facet where tenant_id = $tenant and key = $s3 and idx < $before and idx >= $least order by idx desc limit $scan) t3}
           {s4| union select idx from (select idx from facet where tenant_id = $tenant and key = $s4 and idx < $before and idx >= $least order by idx desc limit $scan) t4}
           {s5| union select idx from (select idx from facet where tenant_id = $tenant and key = $s5 and idx < $before and idx >= $least order by idx desc limit $scan) t5}
           {s6| union select idx from (select idx from facet where tenant_id = $tenant and key = $s6 and idx < $before and idx >= $least order by idx desc limit $scan) t6}
           {s7| union select idx from (select idx from facet where tenant_id = $tenant and key = $s7 and idx < $before and idx >= $least order by idx desc limit $scan) t7}
         ) u order by idx desc limit $scan) f
         join entry e on e.tenant_id = $tenant and e.idx = f.idx
         left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
         left join entry_part s on s.tenant_id = $tenant and s.idx = e.idx and s.part = 2
         left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
         left join entry_part y on y.tenant_id = $tenant and y.idx = e.idx and y.part = 4
         where e.log = $log and (e.actor_id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = e.group_id)
             or (r.kind = 'queue' and r.scope_id = e.queue_id))))
         {k0| and exists (select 1 from facet x0 where x0.tenant_id = $tenant and x0.key = $k0 and x0.idx = f.idx)}
         {k1| and exists (select 1 from facet x1 where x1.tenant_id = $tenant and x1.key = $k1 and x1.idx = f.idx)}
         {k2| and exists (select 1 from facet x2 where x2.tenant_id = $tenant and x2.key = $k2 and x2.idx = f.idx)}
         {k3| and exists (select 1 from facet x3 where x3.tenant_id = $tenant and x3.key = $k3 and x3.idx = f.idx)}
         {k4| and exists (select 1 from facet x4 where x4.tenant_id = $tenant and x4.key = $k4 and x4.idx = f.idx)}
         {k5| and exists (select 1 from facet x5 where x5.tenant_id = $tenant and x5.key = $k5 and x5.idx = f.idx)}
         order by f.idx desc limit $limit"
    )
}

fn by_words() -> &'static kernel::Statement {
    sql!(
        "select e.idx, e.at, e.log, e.name, e.version, e.actor_kind, e.actor_id, e.on_behalf, e.subject_kind,
         e.subject_id, e.group_id, e.queue_id, e.request_id, e.stepped_back, w.body, s.body, c.body, y.body
         from (select idx from (
           select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s0 and idx < $before and idx >= $least order by idx desc limit $scan) t0
           {s1| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s1 and idx < $before and idx >= $least order by idx desc limit $scan) t1}
           {s2| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s2 and idx < $before and idx >= $least order by idx desc limit $scan) t2}
           {s3| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s3 and idx < $before and idx >= $least order by idx desc limit $scan) t3}
           {s4| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s4 and idx < $before and idx >= $least order by idx desc limit $scan) t4}
           {s5| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s5 and idx < $before and idx >= $least order by idx desc limit $scan) t5}
           {s6| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s6 and idx < $before and idx >= $least order by idx desc limit $scan) t6}
           {s7| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s7 and idx < $before and idx >= $least order by idx desc limit $scan) t7}
         ) u order by idx desc limit $scan) f
         join entry e on e.tenant_id = $tenant and e.idx = f.idx
         left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
         left join entry_part s on s.tenant_id = $tenant and s.idx = e.idx and s.part = 2
         left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
         left join entry_part y on y.tenant_id = $tenant and y.idx = e.idx and y.part = 4
         where e.log = $log and (e.actor_id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = e.group_id)
             or (r.kind = 'queue' and r.scope_id = e.queue_id))))
         {k0| and exists (select 1 from facet x0 where x0.tenant_id = $tenant and x0.key = $k0 and x0.idx = f.idx)}
         {k1| and exists (select 1 from facet x1 where x1.tenant_id = $tenant and x1.key = $k1 and x1.idx = f.idx)}
         {k2| and exists (select 1 from facet x2 where x2.tenant_id = $tenant and x2.key = $k2 and x2.idx = f.idx)}
         {k3| and exists (select 1 from facet x3 where x3.tenant_id = $tenant and x3.key = $k3 and x3.idx = f.idx)}
         {k4| and exists (select 1 from facet x4 where x4.tenant_id = $tenant and x4.key = $k4 and x4.idx = f.idx)}
         {k5| and exists (select 1 from facet x5 where x5.tenant_id = $tenant and x5.key = $k5 and x5.idx = f.idx)}
         order by f.idx desc limit $limit"
    )
}

fn facets_seen() -> &'static kernel::Statement {
    sql!(
        "select count(*), min(idx) from (select idx from (
           select idx from (select idx from facet where tenant_id = $tenant and key = $s0 and idx < $before and idx >= $least order by idx desc limit $scan) t0
           {s1| union select idx from (select idx from facet where tenant_id = $tenant and key = $s1 and idx < $before and idx >= $least order by idx desc limit $scan) t1}
           {s2| union select idx from (select idx from facet where tenant_id = $tenant and key = $s2 and idx < $before and idx >= $least order by idx desc limit $scan) t2}
           {s3| union select idx from (select idx from facet where tenant_id = $tenant and key = $s3 and idx < $before and idx >= $least order by idx desc limit $scan) t3}
           {s4| union select idx from (select idx from facet where tenant_id = $tenant and key = $s4 and idx < $before and idx >= $least order by idx desc limit $scan) t4}
           {s5| union select idx from (select idx from facet where tenant_id = $tenant and key = $s5 and idx < $before and idx >= $least order by idx desc limit $scan) t5}
           {s6| union select idx from (select idx from facet where tenant_id = $tenant and key = $s6 and idx < $before and idx >= $least order by idx desc limit $scan) t6}
           {s7| union select idx from (select idx from facet where tenant_id = $tenant and key = $s7 and idx < $before and idx >= $least order by idx desc limit $scan) t7}
         ) u order by idx desc limit $scan) f"
    )
}

fn words_seen() -> &'static kernel::Statement {
    sql!(
        "select count(*), min(idx) from (select idx from (
           select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s0 and idx < $before and idx >= $least order by idx desc limit $scan) t0
           {s1| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s1 and idx < $before and idx >= $least order by idx desc limit $scan) t1}
           {s2| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s2 and idx < $before and idx >= $least order by idx desc limit $scan) t2}
           {s3| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s3 and idx < $before and idx >= $least order by idx desc limit $scan) t3}
           {s4| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s4 and idx < $before and idx >= $least order by idx desc limit $scan) t4}
           {s5| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s5 and idx < $before and idx >= $least order by idx desc limit $scan) t5}
           {s6| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s6 and idx < $before and idx >= $least order by idx desc limit $scan) t6}
           {s7| union select idx from (select idx from log_word_hit where tenant_id = $tenant and key = $s7 and idx < $before and idx >= $least order by idx desc limit $scan) t7}
         ) u order by idx desc limit $scan) f"
    )
}

/// How many entries of a span have a key, as far as was looked: postings seen, and the indexes they lie in.
#[derive(Clone, Copy, Debug)]
pub struct Density {
    /// Postings seen.
    pub seen: i64,
    /// Indexes in which they lie.
    pub within: i64,
}

impl Density {
    /// Expected postings in the whole span.
    #[must_use]
    pub const fn expected(self, span: Span) -> i64 {
        if self.within <= 0 { self.seen } else { self.seen.saturating_mul(span.len()) / self.within }
    }
}

/// How dense a key is among the newest entries of a span.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn density(r: &mut Reader<'_>, key: i64, span: Span) -> Result<Density> {
    let look = sql!(
        "select count(*), min(idx) from (select idx from facet where tenant_id = $tenant and key = $key
         and idx < $before and idx >= $least order by idx desc limit $most) f"
    );
    let Span { least, before } = span;
    let given = params! { key: key, least: least, before: before, most: DENSITY_ENTRIES };
    let (seen, oldest): (i64, Option<i64>) = r.row(look, given)?;
    let within = match oldest {
        Some(oldest) if seen == DENSITY_ENTRIES => before - oldest,
        _ => span.len(),
    };
    Ok(Density { seen, within })
}
