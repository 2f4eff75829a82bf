//! What nobody can step over when reach is made, changed or given.

use super::model::{Extent, Holder};
use super::queries;
use crate::settings::model::Place;
use crate::settings::queries as settings;
use kernel::{Actor, Error, Reader, Result};

/// Whether the actor is bound by a reach of their own; a command on the machine is not.
fn bound(r: &Reader<'_>) -> bool {
    !matches!(r.access().actor(), Actor::Machine { .. })
}

/// Refuses an extent that goes beyond that of who asks. One's own group, seen without any reach, counts as no part of it.
///
/// # Errors
/// `Conflict` that says so.
pub fn within_own(r: &mut Reader<'_>, extent: &Extent) -> Result<()> {
    if !bound(r) || settings::reaches_everything(r)? {
        return Ok(());
    }
    let own = queries::own(r)?;
    let beyond = extent.everything || extent.parts().any(|part| !own.contains(&part));
    if beyond { Err(Error::conflict("reach-beyond-your-own")) } else { Ok(()) }
}

/// Refuses a holder out of reach, as if it were not there.
///
/// # Errors
/// `NotFound`.
pub fn reaches_holder(r: &mut Reader<'_>, holder: Holder) -> Result<settings::Line> {
    let place = match holder {
        Holder::Group(group) => Place::Group(group),
        Holder::User(user) => Place::User(user),
    };
    settings::line(r, place)
}
