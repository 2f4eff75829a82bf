//! What the search index holds. It is made after commit and can be made anew, so it makes no entry.

use crate::logs::words::READER;
use kernel::{Result, Writer, params, sql, work};

/// Puts texts and hits in, each a JSON list, if the reader still stands at `first`; it then stands at `end`.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn gathered(w: &mut Writer<'_>, first: i64, end: i64, words: &str, hits: &str) -> Result<()> {
    if work::position(w, READER)? != first {
        return Ok(()); // another node was first
    }
    let word = sql! {
        sqlite: "insert into log_word (tenant_id, log, value, key)
            select $tenant, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), json_extract(j.value, '$[2]')
            from json_each($list) j where true on conflict do nothing",
        postgres: "insert into log_word (tenant_id, log, value, key)
            select $tenant, (j.value ->> 0)::bigint, j.value ->> 1, (j.value ->> 2)::bigint
            from jsonb_array_elements(cast($list as text)::jsonb) j(value) on conflict do nothing",
    };
    w.any(word, params! { list: words })?;
    let hit = sql! {
        sqlite: "insert into log_word_hit (tenant_id, key, idx)
            select $tenant, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]')
            from json_each($list) j where true on conflict do nothing",
        postgres: "insert into log_word_hit (tenant_id, key, idx)
            select $tenant, (j.value ->> 0)::bigint, (j.value ->> 1)::bigint
            from jsonb_array_elements(cast($list as text)::jsonb) j(value) on conflict do nothing",
    };
    w.any(hit, params! { list: hits })?;
    work::reached(w, READER, end)
}
