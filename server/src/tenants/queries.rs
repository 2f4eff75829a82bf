//! What is asked about tenants.

use super::model::TenantRow;
use crate::users::model::GroupKind;
use kernel::facet::fold;
use kernel::{GroupId, Reader, Result, UserId, params, sql};

/// The tenant of who asks.
///
/// # Errors
/// `NotFound` while it is being made.
pub fn tenant(r: &mut Reader<'_>) -> Result<TenantRow> {
    r.row(
        sql!(
            "select tenant_id, name, language, zone, host, state, made_at from tenants where tenant_id = $tenant"
        ),
        params! {},
    )
}

/// The first group of a kind, by age.
///
/// # Errors
/// `NotFound` when there is none.
pub fn group_of_kind(r: &mut Reader<'_>, kind: GroupKind) -> Result<GroupId> {
    let find = sql!(
        "select id from user_groups where tenant_id = $tenant and kind = $kind order by made_at, id limit 1"
    );
    r.row::<(GroupId,)>(find, params! { kind: kind }).map(|(id,)| id)
}

/// The user of a user name or mail address, for a command on the machine.
///
/// # Errors
/// `NotFound` when there is none.
pub fn user_named(r: &mut Reader<'_>, name: &str) -> Result<(UserId, String)> {
    let find = sql!(
        "select id, name from users where tenant_id = $tenant /* system: commands on the machine have no reach */
         and (user_name_folded = $name or mail_folded = $name) order by id limit 1"
    );
    r.row(find, params! { name: fold(name) })
}
