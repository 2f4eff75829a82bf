//! How much happened when: the bars of the time strip.

use super::bounds::Span;
use kernel::{Reader, Result, params, sql};

/// A bar counts no further than this.
pub const MOST_A_BAR: i64 = 2_000;

/// Counts of one bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bars {
    /// Everything, at most [`MOST_A_BAR`].
    pub all: i64,
    /// What went wrong, at most [`MOST_A_BAR`].
    pub bad: i64,
}

/// Counts the entries of a log in each span, and those refused.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn bars(r: &mut Reader<'_>, all: i64, bad: i64, spans: &[Span]) -> Result<Vec<Bars>> {
    let count = sql!(
        "select (select count(*) from (select idx from facet where tenant_id = $tenant and key = $all
           and idx >= $least and idx < $before limit $most) a),
         (select count(*) from (select idx from facet where tenant_id = $tenant and key = $bad
           and idx >= $least and idx < $before limit $most) b)"
    );
    let mut out = Vec::with_capacity(spans.len());
    for Span { least, before } in spans.iter().copied() {
        let (all, bad) =
            r.row(count, params! { all: all, bad: bad, least: least, before: before, most: MOST_A_BAR })?;
        out.push(Bars { all, bad });
    }
    Ok(out)
}

/// A bar of a limited reader counts no further than this: each entry is looked up.
pub const MOST_A_BAR_WITHIN_REACH: i64 = 300;

/// Counts the entries found under up to [`super::MAX_SOURCES`] keys in each span, and those refused.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn bars_of(r: &mut Reader<'_>, sources: &[i64], bad: i64, spans: &[Span]) -> Result<Vec<Bars>> {
    let count = sql!(
        "select count(*), count(b.idx) from (select idx from (
           select idx from (select idx from facet where tenant_id = $tenant and key = $s0 and idx < $before and idx >= $least limit $most) t0
           {s1| union select idx from (select idx from facet where tenant_id = $tenant and key = $s1 and idx < $before and idx >= $least limit $most) t1}
           {s2| union select idx from (select idx from facet where tenant_id = $tenant and key = $s2 and idx < $before and idx >= $least limit $most) t2}
           {s3| union select idx from (select idx from facet where tenant_id = $tenant and key = $s3 and idx < $before and idx >= $least limit $most) t3}
           {s4| union select idx from (select idx from facet where tenant_id = $tenant and key = $s4 and idx < $before and idx >= $least limit $most) t4}
           {s5| union select idx from (select idx from facet where tenant_id = $tenant and key = $s5 and idx < $before and idx >= $least limit $most) t5}
           {s6| union select idx from (select idx from facet where tenant_id = $tenant and key = $s6 and idx < $before and idx >= $least limit $most) t6}
           {s7| union select idx from (select idx from facet where tenant_id = $tenant and key = $s7 and idx < $before and idx >= $least limit $most) t7}
         ) u limit $most) f
         left join facet b on b.tenant_id = $tenant and b.key = $bad and b.idx = f.idx"
    );
    let mut out = Vec::with_capacity(spans.len());
    for Span { least, before } in spans.iter().copied() {
        let mut params = params! { bad: bad, least: least, before: before, most: MOST_A_BAR_WITHIN_REACH };
        for (name, key) in super::list::SOURCES.into_iter().zip(sources) {
            params = params.with(name, *key);
        }
        let (all, bad) = r.row(count, params)?;
        out.push(Bars { all, bad });
    }
    Ok(out)
}
