//! The last administrator stays: an active person in an administrators group who can sign in and may manage users.
//!
//! Checked at the end of each change that could take one away, in its own transaction. A tenant's changes are committed
//! one after the other on all nodes, so of two at once the second sees what the first did.

use super::ManageUsers;
use super::subject::Columns;
use crate::users::model::GroupKind;
use kernel::policy::Policy;
use kernel::{Error, GroupId, Result, Right, UserId, Writer, params, sql};

/// Refuses the change if nobody remains who could run the tenant.
///
/// Call it after the change was made. Suspensions that are still to come count as made: the day they begin nobody may be left.
///
/// # Errors
/// `Conflict` when nobody remains.
pub fn must_remain(w: &mut Writer<'_>) -> Result<()> {
    if remain(w)? { Ok(()) } else { Err(Error::conflict("users-last-administrator")) }
}

/// The same, where only a change of one who was an administrator can matter.
///
/// # Errors
/// `Conflict` when nobody remains.
pub(super) fn must_remain_without(w: &mut Writer<'_>, row: &Columns) -> Result<()> {
    if row.group_kind == GroupKind::Administrators { must_remain(w) } else { Ok(()) }
}

/// Whether somebody remains who could run the tenant.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn remain(w: &mut Writer<'_>) -> Result<bool> {
    let able = sql!(
        "select /* system: counts administrators whoever asks */ u.id, u.group_id from user_groups g
         join users u on u.tenant_id = g.tenant_id and u.group_id = g.id
         join password p on p.tenant_id = u.tenant_id and p.user_id = u.id
         where g.tenant_id = $tenant and g.kind = 'administrators' and u.kind = 'person' and u.state = 'active'
           and (u.suspended_from is null or u.suspended_until <= $now)
         order by u.sort_key"
    );
    let candidates: Vec<(UserId, GroupId)> = w.rows(able, params! {})?;
    for (user, group) in candidates {
        if Policy::read(w, Some(user), Some(group))?.holds(ManageUsers::KEY) {
            return Ok(true);
        }
    }
    Ok(false)
}
