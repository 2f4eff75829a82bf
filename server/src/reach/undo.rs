//! Takes changes of reach back.

use super::events::{ManageReach, ReachChanged, ReachDefined, ReachGiven, ReachRemoved, ReachTaken};
use super::model::{Holder, ReachId};
use super::queries;
use crate::App;
use crate::logs::model::Entry;
use crate::undo;
use kernel::{Error, Grant, GroupId, Result, UserId};
use serde::de::DeserializeOwned;

undo!("reach.defined", ManageReach, undo_defined);
undo!("reach.changed", ManageReach, undo_changed);
undo!("reach.removed", ManageReach, undo_removed);
undo!("reach.given", ManageReach, undo_given);
undo!("reach.taken", ManageReach, undo_taken);

async fn undo_defined(app: App, grant: Grant<ManageReach>, entry: Entry) -> Result<()> {
    let seen = Some((entry.after("name")?, entry.after("extent")?));
    let removed = ReachRemoved { reach: entry.event("reach")?, seen };
    grant.apply(&app.store, removed).await
}

async fn undo_removed(app: App, grant: Grant<ManageReach>, entry: Entry) -> Result<()> {
    let (name, extent) = (entry.before("name")?, entry.before("extent")?);
    let defined = ReachDefined { reach: entry.event("reach")?, name, extent };
    grant.apply(&app.store, defined).await
}

/// A field that the change left alone may be another by now, and stays that.
async fn undo_changed(app: App, grant: Grant<ManageReach>, entry: Entry) -> Result<()> {
    let reach = entry.event::<ReachId>("reach")?;
    let now = grant.read(&app.store, move |r| queries::definition(r, reach)).await?;
    let mut seen = (now.name.clone(), now.extent.clone());
    let mut to = (now.name, now.extent);
    if entry.field("name").is_some() {
        (seen.0, to.0) = both(&entry, "name")?;
    }
    if entry.field("extent").is_some() {
        (seen.1, to.1) = both(&entry, "extent")?;
    }
    grant.apply(&app.store, ReachChanged { reach, seen, to }).await
}

fn both<T: DeserializeOwned>(entry: &Entry, field: &str) -> Result<(T, T)> {
    Ok((entry.after(field)?, entry.before(field)?))
}

async fn undo_given(app: App, grant: Grant<ManageReach>, entry: Entry) -> Result<()> {
    let taken = ReachTaken { reach: entry.event("reach")?, holder: holder(&entry)? };
    grant.apply(&app.store, taken).await
}

async fn undo_taken(app: App, grant: Grant<ManageReach>, entry: Entry) -> Result<()> {
    let given = ReachGiven { reach: entry.event("reach")?, holder: holder(&entry)? };
    grant.apply(&app.store, given).await
}

fn holder(entry: &Entry) -> Result<Holder> {
    match entry.subject_kind.as_str() {
        "group" => Ok(Holder::Group(GroupId(entry.subject))),
        "user" => Ok(Holder::User(UserId(entry.subject))),
        _ => Err(Error::conflict("undo-unreadable")),
    }
}
