//! The last administrator stays: an active person in an administrators group who can sign in, may manage users and give rights.
//!
//! Checked at the end of each change that could take one away, in its own transaction. A tenant's changes are committed
//! one after the other on all nodes, so of two at once the second sees what the first did.

use super::subject::Columns;
use crate::settings::{bounds, queries};
use crate::users::model::GroupKind;
use kernel::policy::Policy;
use kernel::{Error, Result, Writer};

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
    for (user, group) in queries::possible_administrators(w)? {
        if bounds::runs(&Policy::read(w, Some(user), Some(group))?) {
            return Ok(true);
        }
    }
    Ok(false)
}
