//! What nobody can step over when a setting or a right is changed. Judged in the change's own transaction; a preview
//! asks the same.
//!
//! - A tenant's changes are committed one after the other on all nodes, so of two at once the second sees what the first did.

use super::effect::weigh;
use super::events::ManageSettings;
use super::model::{Change, Outcome, Place};
use super::queries;
use crate::users::events::ManageUsers;
use kernel::policy::{self, Policy};
use kernel::{Actor, Error, Message, Reader, Result, Right};

/// Refuses what may not be, and says who is affected by what may.
///
/// # Errors
/// `Invalid` for a value out of range; `Conflict` that says which bound forbids it; `NotFound` for a place out of reach;
/// `Forbidden` when who asks has lost the right meanwhile.
pub fn judge(r: &mut Reader<'_>, change: &Change) -> Result<Vec<Outcome>> {
    let line = queries::line(r, change.place)?;
    change.is_of_form()?;
    let (user, group) = (line.user_id(), line.group_id());
    let after = change.made(policy::givens(r, user, group)?, user, group);
    change.allowed_by(&after)?;
    let outcomes = weigh(r, change)?;
    if !matches!(r.access().actor(), Actor::Machine { .. }) {
        for_a_person(r, change, &outcomes)?;
    }
    if change.setting.is_right() && outcomes.iter().any(|o| !o.gains()) {
        somebody_remains(r, change)?;
    }
    Ok(outcomes)
}

/// What binds people and programs, who have rights of their own; not a command on the machine.
fn for_a_person(r: &mut Reader<'_>, change: &Change, outcomes: &[Outcome]) -> Result<()> {
    if change.place == Place::Tenant && !queries::reaches_everything(r)? {
        return Err(Error::conflict("settings-needs-everything"));
    }
    let (user, group) = (r.access().actor().user(), r.access().actor().group());
    let givens = policy::givens(r, user, group)?;
    let before = Policy::of(&givens);
    if !before.holds(ManageSettings::KEY) {
        return Err(Error::Forbidden(ManageSettings::KEY));
    }
    if !change.setting.is_right() {
        return Ok(());
    }
    let key = change.setting.key;
    let after = Policy::of(&change.made(givens, user, group));
    if after.holds(key) && !before.holds(key) {
        return Err(Error::conflict("settings-not-your-own-rights"));
    }
    let held = before.holds(key) && r.access().holds(key);
    if !held && outcomes.iter().any(Outcome::gains) {
        return Err(Error::Conflict(Message::new("settings-beyond-your-rights").with("right", key)));
    }
    Ok(())
}

/// Whether somebody remains who could run the tenant, if anybody could before.
fn somebody_remains(r: &mut Reader<'_>, change: &Change) -> Result<()> {
    let mut before_any = false;
    for (user, group) in queries::possible_administrators(r)? {
        let givens = policy::givens(r, Some(user), Some(group))?;
        before_any |= runs(&Policy::of(&givens));
        if runs(&Policy::of(&change.made(givens, Some(user), Some(group)))) {
            return Ok(());
        }
    }
    if before_any { Err(Error::conflict("settings-last-administrator")) } else { Ok(()) }
}

/// Whether somebody with this policy can run a tenant: manage users, and give rights.
#[must_use]
pub fn runs(policy: &Policy) -> bool {
    policy.holds(ManageUsers::KEY) && policy.holds(ManageSettings::KEY)
}
