//! What oneself did last.

use super::Span;
use crate::logs::index::walk::{self, Keys};
use ::book::Log;
use kernel::facet::key;
use kernel::{Reader, Result, Timestamp, from_row, params, sql};

/// A change that somebody made.
#[derive(Clone, Debug)]
pub struct Done {
    /// The entry's index.
    pub idx: i64,
    /// The event.
    pub name: String,
    /// When.
    pub at: Timestamp,
}
from_row!(Done { idx, name, at });

/// The newest change that who asks made.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn newest_own(r: &mut Reader<'_>) -> Result<Option<Done>> {
    let own = key(Log::Change, "actor", &r.access().actor().id().to_string());
    let keys = Keys::of(vec![own], None);
    let span = Span { least: 0, before: i64::MAX };
    let Some(newest) = walk::newest(r, Log::Change, &keys, span, 1)?.first().copied() else {
        return Ok(None);
    };
    let find = sql!(
        "select /* system: of oneself */ idx, name, at from entry
         where tenant_id = $tenant and idx = $idx and actor_id = $actor"
    );
    r.maybe(find, params! { idx: newest })
}
