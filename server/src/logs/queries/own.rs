//! What oneself did last.

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
    let find = sql!(
        "select /* system: of oneself */ e.idx, e.name, e.at
         from (select idx from facet where tenant_id = $tenant and key = $own order by idx desc limit 1) f
         join entry e on e.tenant_id = $tenant and e.idx = f.idx"
    );
    r.maybe(find, params! { own: own })
}
