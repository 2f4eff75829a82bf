//! Whether what a change was about is still within the reader's reach: who asks for its undo must reach it.

use crate::logs::model::Entry;
use crate::profiles::queries as profiles;
use crate::reach::{bounds, model::Extent};
use crate::settings::model::Place;
use crate::settings::queries as settings;
use kernel::{Error, GroupId, Reader, Result, UserId, Uuid};

/// Whether the reader reaches what the entry is about, or where it was, if undoing brings it back.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn reached(r: &mut Reader<'_>, entry: &Entry) -> Result<bool> {
    let looked = match (entry.subject_kind.as_str(), entry.name.as_str()) {
        ("user", "user.creation_undone") => match entry.before::<GroupId>("group") {
            Ok(group) => settings::line(r, Place::Group(group)).map(drop),
            Err(error) => Err(error),
        },
        ("user", _) => settings::line(r, Place::User(UserId(entry.subject))).map(drop),
        ("group", "group.deleted") => Ok(()),
        ("group", _) => settings::line(r, Place::Group(GroupId(entry.subject))).map(drop),
        ("profile", "profile.deleted") => holder(r, entry),
        ("profile", _) => profiles::profile(r, entry.subject).map(drop),
        ("key", _) => match entry.event::<UserId>("user") {
            Ok(user) => settings::line(r, Place::User(user)).map(drop),
            Err(error) => Err(error),
        },
        ("reach", _) => extents(r, entry),
        _ => Ok(()),
    };
    match looked {
        Ok(()) => Ok(true),
        Err(Error::NotFound | Error::Conflict(_) | Error::Invalid(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn holder(r: &mut Reader<'_>, entry: &Entry) -> Result<()> {
    let (kind, holder): (String, Uuid) = (entry.before("kind")?, entry.before("holder")?);
    match kind.as_str() {
        "group" => settings::line(r, Place::Group(GroupId(holder))).map(drop),
        "user" => settings::line(r, Place::User(UserId(holder))).map(drop),
        _ => Ok(()),
    }
}

/// What the definition held before and after is within one's own reach.
fn extents(r: &mut Reader<'_>, entry: &Entry) -> Result<()> {
    let Some(field) = entry.field("extent") else { return Ok(()) };
    for side in [field.before, field.after] {
        if let Ok(extent) = serde_json::from_value::<Extent>(side) {
            bounds::within_own(r, &extent)?;
        }
    }
    Ok(())
}
