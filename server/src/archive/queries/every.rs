//! All there is, for work that goes over a whole archive.

use crate::archive::model::{ContentId, InteractionId};
use kernel::{GroupId, Reader, Result, from_row, params, sql};

/// An interaction with its first recording.
#[derive(Clone, Copy, Debug)]
pub struct Every {
    /// Which.
    pub id: InteractionId,
    /// The agent's group of then.
    pub group: Option<GroupId>,
    /// The recording, if there is one.
    pub content: Option<ContentId>,
    /// Its length in bytes.
    pub bytes: Option<i64>,
    /// Its length in milliseconds.
    pub length_ms: Option<i64>,
}
from_row!(Every { id, group, content, bytes, length_ms });

/// Every interaction of the tenant, oldest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn every(r: &mut Reader<'_>) -> Result<Vec<Every>> {
    let all = sql!(
        "select i.id, i.group_id, c.id, c.size, c.length_ms from interaction i /* system: work over the whole archive */ /* whole: the same */
         left join content c on c.tenant_id = i.tenant_id and c.of_id = i.id and c.position = 0 and c.kind = 'recording'
         where i.tenant_id = $tenant order by i.started_at, i.id"
    );
    r.rows(all, params! {})
}
