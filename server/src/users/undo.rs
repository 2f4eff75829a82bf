//! How each change of users and groups is taken back: a new change that compares with what the old one left.

use super::events::{
    GroupAtStart, GroupCreated, GroupDeleted, GroupRenamed, ManageGroups, ManageUsers, StandingRestored,
    Started, UserCreated, UserCreationUndone, UserEdited, UserMoved,
};
use super::model::Particulars;
use crate::logs::model::Entry;
use crate::logs::undo::word;
use crate::settings::own::events as own;
use crate::{App, never, undo};
use kernel::{Grant, GroupId, Result, UserId};

undo!("user.created", ManageUsers, undo_created);
undo!("user.creation_undone", ManageUsers, undo_removed);
undo!("user.edited", ManageUsers, undo_edited);
undo!("user.moved", ManageUsers, undo_moved);
undo!("user.suspended", ManageUsers, undo_standing);
undo!("user.resumed", ManageUsers, undo_standing);
undo!("user.deactivated", ManageUsers, undo_standing);
undo!("user.reactivated", ManageUsers, undo_standing);
undo!("user.standing_restored", ManageUsers, undo_standing);
never!("user.new_password_forced", "undo-never-forced-password");
undo!("group.created", ManageGroups, undo_group_created);
undo!("group.renamed", ManageGroups, undo_group_renamed);
undo!("group.deleted", ManageGroups, undo_group_deleted);

/// Which side of an entry's fields is read.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// The particulars an entry tells on one side; fields it does not name are empty.
fn particulars(entry: &Entry, side: Side) -> Result<Particulars> {
    let mut out = Particulars::default();
    let names = out.fields().map(|(name, _)| name);
    for field in entry.fields().into_iter().filter(|f| names.contains(&f.name.as_str())) {
        let value = match side {
            Side::Before => field.before,
            Side::After => field.after,
        };
        out = out.with(&field.name, &value)?;
    }
    Ok(out)
}

async fn undo_created(app: App, grant: Grant<ManageUsers>, entry: Entry) -> Result<()> {
    let expected = particulars(&entry, Side::After)?;
    let event = UserCreationUndone { user: UserId(entry.subject), expected, undoes: entry.idx };
    grant.apply(&app.store, event).await
}

async fn undo_removed(app: App, grant: Grant<ManageUsers>, entry: Entry) -> Result<()> {
    let event = UserCreated {
        user: UserId(entry.subject),
        kind: word(entry.before("kind")?)?,
        group: GroupAtStart(entry.before("group")?),
        particulars: particulars(&entry, Side::Before)?,
        by: None,
        import: None,
    };
    grant.apply(&app.store, event).await
}

async fn undo_edited(app: App, grant: Grant<ManageUsers>, entry: Entry) -> Result<()> {
    let (before, after) = (particulars(&entry, Side::After)?, particulars(&entry, Side::Before)?);
    let event = UserEdited { user: UserId(entry.subject), before, after, by: None, import: None };
    grant.apply(&app.store, event).await
}

async fn undo_moved(app: App, grant: Grant<ManageUsers>, entry: Entry) -> Result<()> {
    let (to, from): (GroupId, GroupId) = (entry.before("group")?, entry.after("group")?);
    let fields = entry.fields();
    let dropped = fields.iter().map(|f| own::from_told(&f.name, &f.before)).collect::<Result<Vec<_>>>()?;
    let user = UserId(entry.subject);
    let keep = grant.read(&app.store, move |r| super::queries::own_values(r, user)).await?;
    let restore = dropped.into_iter().flatten().collect();
    grant.apply(&app.store, UserMoved { user, from, to, keep, restore, reason: None }).await
}

async fn undo_standing(app: App, grant: Grant<ManageUsers>, entry: Entry) -> Result<()> {
    let told = entry.fields().into_iter().map(|f| (f.name, f.before, f.after)).collect();
    let event = StandingRestored { user: UserId(entry.subject), told, undoes: entry.idx };
    grant.apply(&app.store, event).await
}

async fn undo_group_created(app: App, grant: Grant<ManageGroups>, entry: Entry) -> Result<()> {
    let event = GroupDeleted { group: GroupId(entry.subject), expected: Some(entry.after("name")?) };
    grant.apply(&app.store, event).await
}

async fn undo_group_renamed(app: App, grant: Grant<ManageGroups>, entry: Entry) -> Result<()> {
    let event = GroupRenamed {
        group: GroupId(entry.subject),
        before: entry.after("name")?,
        after: entry.before("name")?,
    };
    grant.apply(&app.store, event).await
}

async fn undo_group_deleted(app: App, grant: Grant<ManageGroups>, entry: Entry) -> Result<()> {
    let values =
        entry.fields().iter().map(|f| own::from_told(&f.name, &f.before)).collect::<Result<Vec<_>>>()?;
    let (now, chance) = (app.store.clock().now(), app.store.chance());
    let everything =
        entry.field("reach").and_then(|f| Some((chance.uuid(now), f.before.as_str()?.to_owned())));
    let event = GroupCreated {
        group: GroupId(entry.subject),
        name: entry.before("name")?,
        kind: word(entry.before("kind")?)?,
        started: Started { values: values.into_iter().flatten().collect(), everything },
    };
    grant.apply(&app.store, event).await
}
