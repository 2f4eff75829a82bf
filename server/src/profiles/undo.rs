//! How each change of this domain is taken back.

use super::events::{
    ManageProfiles, ProfileCreated, ProfileDeleted, ProfileEdited, QueueCreated, QueueDeleted, QueueEdited,
    QueueShape, WordAdded, WordRemoved, WordRenamed,
};
use super::model::Ability;
use super::queries;
use crate::logs::model::{Entry, Field};
use crate::logs::undo::word;
use crate::{App, undo};
use kernel::{Error, Grant, QueueId, Result, Uuid};

undo!("word.added", ManageProfiles, undo_added);
undo!("word.renamed", ManageProfiles, undo_renamed);
undo!("word.removed", ManageProfiles, undo_removed);
undo!("queue.created", ManageProfiles, undo_queue_created);
undo!("queue.edited", ManageProfiles, undo_queue_edited);
undo!("queue.deleted", ManageProfiles, undo_queue_deleted);
undo!("profile.created", ManageProfiles, undo_profile_created);
undo!("profile.edited", ManageProfiles, undo_profile_edited);
undo!("profile.deleted", ManageProfiles, undo_profile_deleted);

async fn undo_added(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let event = WordRemoved { word: entry.subject, expected: Some(entry.after("name")?) };
    grant.apply(&app.store, event).await
}

async fn undo_renamed(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let event =
        WordRenamed { word: entry.subject, before: entry.after("name")?, after: entry.before("name")? };
    grant.apply(&app.store, event).await
}

async fn undo_removed(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let event = WordAdded {
        word: entry.subject,
        kind: word(entry.before("kind")?)?,
        parent: entry.before("parent")?,
        name: entry.before("name")?,
    };
    grant.apply(&app.store, event).await
}

async fn undo_queue_created(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let shape = QueueShape {
        name: entry.after("name")?,
        medium: word(entry.after("medium")?)?,
        skill: entry.after("skill")?,
    };
    let event = QueueDeleted { queue: QueueId(entry.subject), expected: Some(shape) };
    grant.apply(&app.store, event).await
}

async fn undo_queue_deleted(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let shape = QueueShape {
        name: entry.before("name")?,
        medium: word(entry.before("medium")?)?,
        skill: entry.before("skill")?,
    };
    grant.apply(&app.store, QueueCreated { queue: QueueId(entry.subject), shape }).await
}

async fn undo_queue_edited(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let queue = QueueId(entry.subject);
    let now = grant.read(&app.store, move |r| queries::queue(r, queue)).await?;
    let now = QueueShape { name: now.name, medium: now.medium, skill: now.skill };
    let (mut before, mut after) = (now.clone(), now);
    for Field { name, before: old, after: new } in entry.fields() {
        match name.as_str() {
            "name" => (before.name, after.name) = (text(&new)?, text(&old)?),
            "medium" => (before.medium, after.medium) = (word(text(&new)?)?, word(text(&old)?)?),
            "skill" => (before.skill, after.skill) = (word(text(&new)?)?, word(text(&old)?)?),
            _ => {}
        }
    }
    grant.apply(&app.store, QueueEdited { queue, before, after }).await
}

fn text(value: &serde_json::Value) -> Result<String> {
    value.as_str().map(str::to_owned).ok_or_else(|| Error::conflict("undo-unreadable"))
}

async fn undo_profile_created(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let expected = (entry.after::<String>("name")?, entry.after::<Vec<Ability>>("skills")?);
    let event = ProfileDeleted { profile: entry.subject, expected: Some(expected) };
    grant.apply(&app.store, event).await
}

async fn undo_profile_deleted(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let event = ProfileCreated {
        profile: entry.subject,
        kind: word(entry.before("kind")?)?,
        holder: entry.before::<Uuid>("holder")?,
        name: entry.before("name")?,
        abilities: entry.before("skills")?,
    };
    grant.apply(&app.store, event).await
}

async fn undo_profile_edited(app: App, grant: Grant<ManageProfiles>, entry: Entry) -> Result<()> {
    let profile = entry.subject;
    let (now, skills) = grant.read(&app.store, move |r| queries::profile(r, profile)).await?;
    let (mut before, mut after) = ((now.name.clone(), skills.clone()), (now.name, skills));
    if entry.field("name").is_some() {
        (before.0, after.0) = (entry.after("name")?, entry.before("name")?);
    }
    if entry.field("skills").is_some() {
        (before.1, after.1) = (entry.after("skills")?, entry.before("skills")?);
    }
    grant.apply(&app.store, ProfileEdited { profile, before, after }).await
}
