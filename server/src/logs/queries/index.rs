//! Reads of the index: its blocks and pages, the rest that is not sealed yet, and what is to be sealed.

use crate::logs::index::block::{Kind, Page};
use crate::logs::index::gather::READER;
use crate::logs::model::Entry;
use ::book::Log;
use kernel::{Error, FromRow, Reader, Result, Row, from_row, params, sql, work};

/// A block: entries of one log from `start` on, within `size` indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockRow {
    /// Its number.
    pub block: i64,
    /// The code of its log.
    pub log: i64,
    /// Its first index.
    pub start: i64,
    /// How many indexes it covers.
    pub size: i64,
}
from_row!(BlockRow { block, log, start, size });

impl BlockRow {
    /// The index after its last.
    #[must_use]
    pub const fn end(&self) -> i64 {
        self.start + self.size
    }
}

/// Which blocks are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Among {
    /// The log.
    pub log: Log,
    /// Blocks that begin here or later …
    pub least: i64,
    /// … but before this,
    pub before: i64,
    /// the newest so many of them.
    pub most: i64,
}

/// Live blocks, the newest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn blocks(r: &mut Reader<'_>, among: Among) -> Result<Vec<BlockRow>> {
    let look = sql!(
        "select block, log, start, size from log_block where tenant_id = $tenant and log = $log and state = 'live'
         and start >= $least and start < $before order by start desc limit $most"
    );
    let Among { log, least, before, most } = among;
    r.rows(look, params! { log: i64::from(log.code()), least: least, before: before, most: most })
}

/// Block, key and the page on which the key would stand there; left out where even the first page of a block comes after the key.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn pages(
    r: &mut Reader<'_>,
    blocks: &[i64],
    kind: Kind,
    keys: &[i64],
) -> Result<Vec<(i64, i64, Vec<u8>)>> {
    let look = sql! {
        sqlite: "select j.value, k.value, (select p.body from log_page p where p.tenant_id = $tenant and p.block = j.value
            and p.kind = $kind and p.first <= k.value order by p.first desc limit 1)
            from json_each($list) j cross join json_each($keys) k",
        postgres: "select j.value, k.value, (select p.body from log_page p where p.tenant_id = $tenant
            and p.block = j.value and p.kind = $kind and p.first <= k.value order by p.first desc limit 1)
            from unnest(cast(string_to_array(translate(cast($keys as text), '[]', ''), ',') as bigint[])) k(value)
            cross join unnest(cast(string_to_array(translate(cast($list as text), '[]', ''), ',') as bigint[])) j(value)",
    };
    if blocks.is_empty() {
        return Ok(Vec::new());
    }
    let given = params! { kind: kind as i64, keys: list(keys), list: list(blocks) };
    let rows: Vec<(i64, i64, Option<Vec<u8>>)> = r.rows(look, given)?;
    Ok(rows.into_iter().filter_map(|(block, key, body)| Some((block, key, body?))).collect())
}

fn list(numbers: &[i64]) -> String {
    serde_json::json!(numbers).to_string()
}

/// Some pages of texts of a block.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn texts(r: &mut Reader<'_>, block: i64, numbers: &[i64]) -> Result<Vec<Vec<u8>>> {
    let look = sql! {
        sqlite: "select p.body from json_each($list) j
            cross join log_page p on p.tenant_id = $tenant and p.block = $block and p.kind = 2 and p.first = j.value",
        postgres: "select p.body from unnest(cast(string_to_array(translate(cast($list as text), '[]', ''), ',') as bigint[])) j(value)
            join log_page p on p.tenant_id = $tenant and p.block = $block and p.kind = 2 and p.first = j.value",
    };
    let rows: Vec<(Vec<u8>,)> = r.rows(look, params! { block: block, list: list(numbers) })?;
    Ok(rows.into_iter().map(|(body,)| body).collect())
}

// On SQLite `cross join` keeps the order of the tables: the list first, or the planner may walk the book instead.

/// Entries that are listed, with the keys they are found by, newest first: those of these indexes that reach covers.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn read(r: &mut Reader<'_>, log: Log, indexes: &[i64]) -> Result<Vec<Keyed>> {
    let look = sql! {
        sqlite: "select e.idx, e.at, e.log, e.name, e.version, e.actor_kind, e.actor_id, e.on_behalf, e.subject_kind,
            e.subject_id, e.group_id, e.queue_id, e.request_id, e.stepped_back, w.body, s.body, c.body, y.body, k.keys
            from json_each($list) j
            cross join entry e on e.tenant_id = $tenant and e.idx = j.value
            cross join entry_facet k on k.tenant_id = $tenant and k.idx = e.idx
            left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
            left join entry_part s on s.tenant_id = $tenant and s.idx = e.idx and s.part = 2
            left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
            left join entry_part y on y.tenant_id = $tenant and y.idx = e.idx and y.part = 4
            where e.log = $log and (e.actor_id = $actor or exists (
              select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
              and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = e.group_id)
                or (r.kind = 'queue' and r.scope_id = e.queue_id))))",
        postgres: "select e.idx, e.at, e.log, e.name, e.version, e.actor_kind, e.actor_id, e.on_behalf, e.subject_kind,
            e.subject_id, e.group_id, e.queue_id, e.request_id, e.stepped_back, w.body, s.body, c.body, y.body, k.keys
            from unnest(cast(string_to_array(translate(cast($list as text), '[]', ''), ',') as bigint[])) j(value)
            join entry e on e.tenant_id = $tenant and e.idx = j.value
            join entry_facet k on k.tenant_id = $tenant and k.idx = e.idx
            left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
            left join entry_part s on s.tenant_id = $tenant and s.idx = e.idx and s.part = 2
            left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
            left join entry_part y on y.tenant_id = $tenant and y.idx = e.idx and y.part = 4
            where e.log = $log and (e.actor_id = $actor or exists (
              select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
              and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = e.group_id)
                or (r.kind = 'queue' and r.scope_id = e.queue_id))))",
    };
    let mut found: Vec<Keyed> = r.rows(look, params! { log: i64::from(log.code()), list: list(indexes) })?;
    found.sort_unstable_by_key(|one| std::cmp::Reverse(one.entry.idx));
    Ok(found)
}

/// An entry with the keys it is found by; none when it is in no list.
#[derive(Debug)]
pub struct Keyed {
    /// The entry.
    pub entry: Entry,
    /// Its keys, packed.
    pub keys: Option<Vec<u8>>,
}

impl FromRow for Keyed {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self { entry: Entry::from_row(row)?, keys: row.read()? })
    }
}

/// Up to where the book is sealed in blocks, and its size.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn sealed(r: &mut Reader<'_>) -> Result<(i64, i64)> {
    let size = sql!("select size from book where tenant_id = $tenant");
    let size = r.maybe::<(i64,)>(size, params! {})?.map_or(0, |(size,)| size);
    Ok((work::position(r, READER)?, size))
}

/// How many entries of the book are in no block yet.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn behind(r: &mut Reader<'_>) -> Result<i64> {
    let (sealed, size) = sealed(r)?;
    Ok(size - sealed)
}

/// The keys of listed entries between two indexes, newest first, at most so many.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn rest(r: &mut Reader<'_>, least: i64, before: i64, most: i64) -> Result<Vec<(i64, Vec<u8>)>> {
    let look = sql!(
        "select idx, keys from entry_facet where tenant_id = $tenant and idx >= $least and idx < $before
         order by idx desc limit $most"
    );
    r.rows(look, params! { least: least, before: before, most: most })
}

/// The entries from `first` up to but without `end`, with their keys, in order.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn batch(r: &mut Reader<'_>, first: i64, end: i64) -> Result<Vec<Keyed>> {
    let look = sql!(
        "select /* system: indexes for readers who are limited themselves */
         e.idx, e.at, e.log, e.name, e.version, e.actor_kind, e.actor_id, e.on_behalf, e.subject_kind,
         e.subject_id, e.group_id, e.queue_id, e.request_id, e.stepped_back, w.body, s.body, c.body, y.body, k.keys
         from entry e
         left join entry_facet k on k.tenant_id = $tenant and k.idx = e.idx
         left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
         left join entry_part s on s.tenant_id = $tenant and s.idx = e.idx and s.part = 2
         left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
         left join entry_part y on y.tenant_id = $tenant and y.idx = e.idx and y.part = 4
         where e.tenant_id = $tenant and e.idx >= $first and e.idx < $end order by e.idx"
    );
    r.rows(look, params! { first: first, end: end })
}

/// Live blocks that begin in a part of the book and are smaller than `size`, the oldest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn smaller(r: &mut Reader<'_>, log: Log, least: i64, before: i64, size: i64) -> Result<Vec<BlockRow>> {
    let look = sql!(
        "select block, log, start, size from log_block where tenant_id = $tenant and log = $log and state = 'live'
         and start >= $least and start < $before and size < $size order by start limit $most"
    );
    let given = params! { log: i64::from(log.code()), least: least, before: before, size: size };
    r.rows(look, given.with("most", MAX_BLOCKS_A_LOOK))
}

/// Blocks of one look of the gatherer.
const MAX_BLOCKS_A_LOOK: i64 = 4_096;

/// Blocks that are not live: left by what was joined or rebuilt, or by a process that ended half way.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn dead(r: &mut Reader<'_>) -> Result<Vec<BlockRow>> {
    let look = sql!(
        "select block, log, start, size from log_block where tenant_id = $tenant and log in (1, 2, 3)
         and state in ('dead', 'made') order by block limit $most"
    );
    r.rows(look, params! { most: MAX_BLOCKS_A_LOOK })
}

/// All pages of a block but those of grams.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn whole(r: &mut Reader<'_>, block: i64) -> Result<Vec<Page>> {
    let look = sql!(
        "select kind, first, body from log_page where tenant_id = $tenant and block = $block and kind in (0, 2)
         order by kind, first"
    );
    let rows: Vec<(i64, i64, Vec<u8>)> = r.rows(look, params! { block: block })?;
    let page = |(kind, first, body)| match kind {
        0 => Ok(Page { kind: Kind::Facets, first, body }),
        2 => Ok(Page { kind: Kind::Texts, first, body }),
        other => Err(Error::broken(format!("a page of the kind {other}"))),
    };
    rows.into_iter().map(page).collect()
}
