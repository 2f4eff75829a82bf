//! What the frame round a page shows.

use kernel::{Reader, Result, from_row, params, sql};

/// The tenant's and the person's choices.
pub struct Frame {
    /// The tenant's name.
    pub tenant: String,
    /// The tenant's language.
    pub tenant_language: String,
    /// The tenant's IANA time zone.
    pub zone: String,
    /// The person's own language, if chosen.
    pub user_language: Option<String>,
    /// The person's own theme, if chosen.
    pub theme: Option<String>,
}
from_row!(Frame { tenant, tenant_language, zone, user_language, theme });

/// The frame of who asks.
///
/// # Errors
/// `NotFound` when the user is gone.
pub fn frame(r: &mut Reader<'_>) -> Result<Frame> {
    let statement = sql!(
        "select t.name, t.language, t.zone, u.language, u.theme
         from tenants t join users u on u.tenant_id = t.tenant_id and u.id = $actor /* system: only oneself */
         where t.tenant_id = $tenant"
    );
    r.row(statement, params! {})
}
