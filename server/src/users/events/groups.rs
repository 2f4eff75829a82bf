//! User groups were made, renamed, deleted.

use super::ManageGroups;
use super::bounds::{self, Asking};
use crate::reach::given::events as reach;
use crate::settings::own::events::{self as own, OwnValue};
use crate::users::model::GroupKind;
use kernel::facet::fold;
use kernel::policy::Policy;
use kernel::setting::{self, Level};
use kernel::{Error, Event, GroupId, Message, Name, Result, Subject, Uuid, Writer, params, sql};
use serde::Serialize;

/// The settings and the reach a group begins with.
#[derive(Clone, Default)]
pub struct Started {
    /// Values given at the group's level.
    pub values: Vec<OwnValue>,
    /// Everything within reach: the id and the name of the definition, should there be none yet.
    pub everything: Option<(Uuid, String)>,
}

impl Started {
    /// What a kind of group starts with. `everything` names the definition that reaches everything; administrators get it.
    #[must_use]
    pub fn of(kind: GroupKind, everything: (Uuid, String)) -> Self {
        let values = kind.starts_with().into_iter().map(|(key, value)| OwnValue {
            key: key.to_owned(),
            value: value.to_string(),
            mode: "free".to_owned(),
        });
        Self {
            values: values.collect(),
            everything: (kind == GroupKind::Administrators).then_some(everything),
        }
    }
}

/// A group was made, with what it starts with.
#[derive(Serialize)]
pub struct GroupCreated {
    /// The new group.
    pub group: GroupId,
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// What it is for.
    #[serde(skip)]
    pub kind: GroupKind,
    /// What it starts with.
    #[serde(skip)]
    pub started: Started,
}

impl Event for GroupCreated {
    type Needs = ManageGroups;
    type Output = ();
    const NAME: Name = kernel::name!("group.created", 1);
    fn subject(&self) -> Subject {
        self.group.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        name_is_free(w, self.group, &self.name)?;
        let asking = Asking::of(w, None)?;
        let insert = sql!(
            "insert into user_groups (tenant_id, id, name, folded, kind, made_at) values ($tenant, $id, $name, $folded, $kind, $now)"
        );
        w.one(
            insert,
            params! { id: self.group, name: &self.name, folded: fold(&self.name), kind: self.kind },
        )?;
        w.about(&self.name);
        w.belongs(Some(self.group), None);
        w.changed("name", (), &self.name);
        w.changed("kind", (), self.kind);
        for value in &self.started.values {
            own::give(w, Level::Group, self.group.0, value)?;
        }
        if self.kind == GroupKind::Administrators {
            own::know_rights(w, self.group, setting::known().filter(|s| s.is_right()).map(|s| s.key))?;
        }
        if let Some((id, name)) = &self.started.everything {
            reach::give_everything(w, self.group.0, *id, name)?;
        }
        asking.may_give(&Policy::read(w, None, Some(self.group))?.rights())?;
        asking.may_give_reach_of(w, self.group)
    }
}

/// A group has another name.
#[derive(Serialize)]
pub struct GroupRenamed {
    /// The group.
    pub group: GroupId,
    /// The name the one who renames saw.
    #[serde(skip)]
    pub before: String,
    /// The name it gets.
    #[serde(skip)]
    pub after: String,
}

impl Event for GroupRenamed {
    type Needs = ManageGroups;
    type Output = ();
    const NAME: Name = kernel::name!("group.renamed", 1);
    fn subject(&self) -> Subject {
        self.group.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (name, _) = find(w, self.group)?;
        if name != self.before {
            return Err(Error::conflict("groups-renamed-meanwhile"));
        }
        name_is_free(w, self.group, &self.after)?;
        w.one(
            sql!(
                "update user_groups set name = $name, folded = $folded where tenant_id = $tenant and id = $id"
            ),
            params! { id: self.group, name: &self.after, folded: fold(&self.after) },
        )?;
        w.changed("name", name, &self.after);
        Ok(())
    }
}

/// An empty group is gone, with its settings and its reach.
#[derive(Serialize)]
pub struct GroupDeleted {
    /// The group.
    pub group: GroupId,
    /// The name it must still have, where its making is taken back.
    #[serde(skip)]
    pub expected: Option<String>,
}

impl Event for GroupDeleted {
    type Needs = ManageGroups;
    type Output = ();
    const NAME: Name = kernel::name!("group.deleted", 1);
    fn subject(&self) -> Subject {
        self.group.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (name, kind) = find(w, self.group)?;
        if self.expected.as_ref().is_some_and(|expected| *expected != name) {
            return Err(Error::conflict("users-changed-since"));
        }
        let members = sql!(
            "select /* system: counts, whoever may see them */ count(*) from users where tenant_id = $tenant and group_id = $group"
        );
        if w.row::<(i64,)>(members, params! { group: self.group })?.0 > 0 {
            return Err(Error::conflict("groups-not-empty"));
        }
        let profiles = sql!("select count(*) from profile where tenant_id = $tenant and holder = $group");
        match w.row::<(i64,)>(profiles, params! { group: self.group })? {
            (0,) => {}
            (n,) => return Err(Error::conflict(Message::new("groups-has-profiles").with("n", n))),
        }
        for value in own::values(w, Level::Group, self.group.0)? {
            own::drop_value(w, Level::Group, self.group.0, &value)?;
        }
        own::forget_rights(w, self.group)?;
        reach::take_everything(w, self.group.0)?;
        w.one(
            sql!("delete from user_groups where tenant_id = $tenant and id = $id"),
            params! { id: self.group },
        )?;
        w.changed("name", name, ());
        w.changed("kind", kind, ());
        Ok(())
    }
}

/// The group within reach of who asks, as the entry's subject.
fn find(w: &mut Writer<'_>, group: GroupId) -> Result<(String, GroupKind)> {
    Asking::of(w, None)?.reaches(w, group)?;
    let found = bounds::named(w, group)?;
    w.about(&found.0);
    w.belongs(Some(group), None);
    let asking = Asking::of(w, None)?;
    asking.may_give(&Policy::read(w, None, Some(group))?.rights())?;
    Ok(found)
}

fn name_is_free(w: &mut Writer<'_>, group: GroupId, name: &str) -> Result<()> {
    let taken =
        sql!("select count(*) from user_groups where tenant_id = $tenant and id <> $id and folded = $folded");
    match w.row::<(i64,)>(taken, params! { id: group, folded: fold(name) })? {
        (0,) => Ok(()),
        _ => Err(Error::invalid("name", "groups-name-taken")),
    }
}
