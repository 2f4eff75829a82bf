//! Which heads wait to be handed out, and how far each place has come.

use super::Way;
use crate::logs::book::queries::HeadRow;
use kernel::{Reader, Result, Timestamp, from_row, params, sql};

/// Heads of more than `size` entries, oldest first, so many at the most.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn heads_after(r: &mut Reader<'_>, size: i64, most: i64) -> Result<Vec<HeadRow>> {
    let list = sql!(
        "select size, at, note from book_head where tenant_id = $tenant and size > $size order by size limit $most"
    );
    r.rows(list, params! { size: size, most: most })
}

/// How far heads were handed out in one way.
#[derive(Clone, Debug)]
pub struct HandoutRow {
    /// Where, as the setting said then.
    pub place: String,
    /// Heads up to this size were taken there.
    pub size: i64,
    /// When the last one was taken; 0 for never.
    pub at: Timestamp,
    /// How often in a row it failed.
    pub failures: i64,
    /// Since when; 0 when it does not.
    pub failing_since: Timestamp,
    /// Not tried again before.
    pub next_at: Timestamp,
    /// The key of the sentence that says why it failed.
    pub why: String,
    /// What that sentence needs.
    pub detail: String,
}
from_row!(HandoutRow { place, size, at, failures, failing_since, next_at, why, detail });

/// How far heads were handed out in a way, if ever.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn handout(r: &mut Reader<'_>, way: Way) -> Result<Option<HandoutRow>> {
    let find = sql!(
        "select place, size, at, failures, failing_since, next_at, why, detail from head_handout
         where tenant_id = $tenant and way = $way"
    );
    r.maybe(find, params! { way: way.name() })
}
