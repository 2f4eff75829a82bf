//! All there is, for work that goes over a whole archive.

use crate::archive::model::InteractionId;
use kernel::{Reader, Result, params, sql};

/// Every interaction of the tenant, oldest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn every(r: &mut Reader<'_>) -> Result<Vec<InteractionId>> {
    let all = sql!(
        "select id from interaction where tenant_id = $tenant /* system: work over the whole archive */ order by started_at, id"
    );
    Ok(r.rows::<(InteractionId,)>(all, params! {})?.into_iter().map(|(id,)| id).collect())
}
