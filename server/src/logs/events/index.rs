//! What the index of the logs holds. It is made after commit and can be made anew, so it makes no entry.

use crate::logs::index::block::Page;
use crate::logs::index::gather::READER;
use crate::logs::queries::BlockRow;
use kernel::{Error, Result, Writer, params, sql, work};

/// Seals blocks up to `end`, if the index still ends at `first`; and if no entry of theirs was taken out of the lists since
/// `listed` of them were read. False when another was first, or one was.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn sealed(
    w: &mut Writer<'_>,
    (first, end): (i64, i64),
    listed: i64,
    blocks: &[(BlockRow, Vec<Page>)],
) -> Result<bool> {
    let count =
        sql!("select count(*) from entry_facet where tenant_id = $tenant and idx >= $first and idx < $end");
    let (now,): (i64,) = w.row(count, params! { first: first, end: end })?;
    if work::position(w, READER)? != first || now != listed {
        return Ok(false);
    }
    for (block, made) in blocks {
        begin(w, block, "live")?;
        pages(w, block.block, made)?;
    }
    work::reached(w, READER, end)?;
    Ok(true)
}

fn begin(w: &mut Writer<'_>, block: &BlockRow, state: &'static str) -> Result<()> {
    let insert = sql!(
        "insert into log_block (tenant_id, block, log, start, size, state) values ($tenant, $block, $log, $start, $size, $state)"
    );
    let BlockRow { block, log, start, size } = *block;
    w.any(insert, params! { block: block, log: log, start: start, size: size, state: state }).map(drop)
}

/// Begins a block that takes the place of others once it is whole.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn begun(w: &mut Writer<'_>, block: &BlockRow) -> Result<()> {
    begin(w, block, "made")
}

/// Puts pages into a block that was begun.
///
/// # Errors
/// `Conflict` when another node swept it away; `Busy` or `Broken` from the engine.
pub fn added(w: &mut Writer<'_>, block: i64, made: &[Page]) -> Result<()> {
    let begun = sql!(
        "select count(*) from log_block where tenant_id = $tenant and block = $block and state = 'made'"
    );
    match w.row(begun, params! { block: block })? {
        (0_i64,) => Err(Error::conflict("error-overloaded")),
        _ => pages(w, block, made),
    }
}

fn pages(w: &mut Writer<'_>, block: i64, pages: &[Page]) -> Result<()> {
    let insert = sql!(
        "insert into log_page (tenant_id, block, kind, first, body) values ($tenant, $block, $kind, $first, $body)"
    );
    for page in pages {
        let given = params! { block: block, first: page.first, body: page.body.clone() };
        w.any(insert, given.with("kind", page.kind as i64))?;
    }
    Ok(())
}

/// Puts a block, or nothing, in the place of others, if all of these are still live; false when one is not.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn replaced(w: &mut Writer<'_>, old: &[i64], new: Option<i64>) -> Result<bool> {
    let live = sql!(
        "select count(*) from log_block where tenant_id = $tenant and block = $block and state = 'live'"
    );
    for block in old {
        let (live,): (i64,) = w.row(live, params! { block: *block })?;
        if live == 0 {
            return Ok(false);
        }
    }
    let state = sql!("update log_block set state = $state where tenant_id = $tenant and block = $block");
    for block in old {
        w.one(state, params! { block: *block, state: "dead" })?;
    }
    if let Some(block) = new {
        w.one(state, params! { block: block, state: "live" })?;
    }
    Ok(true)
}

/// Takes away some pages of a block that is not live, and in the end the block; true when nothing of it is left.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn swept(w: &mut Writer<'_>, block: i64) -> Result<bool> {
    let oldest = sql!(
        "select kind, max(first) from (select kind, first from log_page where tenant_id = $tenant and block = $block
         order by kind, first limit $most) p group by kind order by kind limit 1"
    );
    let next: Option<(i64, i64)> = w.maybe(oldest, params! { block: block, most: PAGES_A_SWEEP })?;
    let Some((kind, last)) = next else {
        let gone = sql!(
            "delete from log_block where tenant_id = $tenant and block = $block and state in ('dead', 'made')"
        );
        w.any(gone, params! { block: block })?;
        return Ok(true);
    };
    let delete = sql!(
        "delete from log_page where tenant_id = $tenant and block = $block and kind = $kind and first <= $last"
    );
    w.any(delete, params! { block: block, kind: kind, last: last })?;
    Ok(false)
}

/// Pages taken away in one change.
const PAGES_A_SWEEP: i64 = 256;
