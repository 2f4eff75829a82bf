//! Queues were made, edited, deleted.

use super::ManageProfiles;
use crate::profiles::model::Medium;
use kernel::facet::fold;
use kernel::{Error, Event, Name, QueueId, Result, Subject, Uuid, Writer, from_row, params, sql};
use serde::Serialize;

/// What a queue is: a name, a medium, a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueShape {
    /// Its name.
    pub name: String,
    /// How customers come.
    pub medium: Medium,
    /// What agents must be able to do.
    pub skill: Uuid,
}
from_row!(QueueShape { name, medium, skill });

/// A queue was made.
#[derive(Serialize)]
pub struct QueueCreated {
    /// The new queue.
    pub queue: QueueId,
    /// What it is.
    #[serde(skip)]
    pub shape: QueueShape,
}

impl Event for QueueCreated {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("queue.created", 1);
    fn subject(&self) -> Subject {
        self.queue.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        may_be(w, self.queue, &self.shape)?;
        let insert = sql!(
            "insert into queue (tenant_id, id, name, folded, medium, skill_id) values ($tenant, $id, $name, $folded, $medium, $skill)"
        );
        let s = &self.shape;
        let given = params! { id: self.queue, name: &s.name, folded: fold(&s.name), medium: s.medium, skill: s.skill };
        w.one(insert, given)?;
        w.about(&s.name);
        w.belongs(None, Some(self.queue));
        tell(w, None, Some(s));
        Ok(())
    }
}

/// A queue is another from now on.
#[derive(Serialize)]
pub struct QueueEdited {
    /// The queue.
    pub queue: QueueId,
    /// What was seen.
    #[serde(skip)]
    pub before: QueueShape,
    /// What it is from now on.
    #[serde(skip)]
    pub after: QueueShape,
}

impl Event for QueueEdited {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("queue.edited", 1);
    fn subject(&self) -> Subject {
        self.queue.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let now = find(w, self.queue)?;
        if now != self.before {
            return Err(Error::conflict("profiles-changed-meanwhile"));
        }
        may_be(w, self.queue, &self.after)?;
        let s = &self.after;
        w.one(
            sql!("update queue set name = $name, folded = $folded, medium = $medium, skill_id = $skill where tenant_id = $tenant and id = $id"),
            params! { id: self.queue, name: &s.name, folded: fold(&s.name), medium: s.medium, skill: s.skill },
        )?;
        tell(w, Some(&now), Some(s));
        Ok(())
    }
}

/// A queue is gone.
#[derive(Serialize)]
pub struct QueueDeleted {
    /// The queue.
    pub queue: QueueId,
    /// What it must still be.
    #[serde(skip)]
    pub expected: Option<QueueShape>,
}

impl Event for QueueDeleted {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("queue.deleted", 1);
    fn subject(&self) -> Subject {
        self.queue.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let now = find(w, self.queue)?;
        if self.expected.as_ref().is_some_and(|expected| *expected != now) {
            return Err(Error::conflict("profiles-changed-meanwhile"));
        }
        let reached = sql!(
            "select count(*) from reach_part where tenant_id = $tenant and kind = 'queue' and scope_id = $id"
        );
        if w.row::<(i64,)>(reached, params! { id: self.queue })?.0 > 0 {
            return Err(Error::conflict("profiles-queue-in-reach"));
        }
        w.one(sql!("delete from queue where tenant_id = $tenant and id = $id"), params! { id: self.queue })?;
        tell(w, Some(&now), None);
        Ok(())
    }
}

fn tell(w: &mut Writer<'_>, before: Option<&QueueShape>, after: Option<&QueueShape>) {
    w.changed("name", before.map(|q| &q.name), after.map(|q| &q.name));
    w.changed("medium", before.map(|q| q.medium), after.map(|q| q.medium));
    w.changed("skill", before.map(|q| q.skill), after.map(|q| q.skill));
}

fn find(w: &mut Writer<'_>, queue: QueueId) -> Result<QueueShape> {
    let found: QueueShape = w.row(
        sql!("select name, medium, skill_id from queue where tenant_id = $tenant and id = $id"),
        params! { id: queue },
    )?;
    w.about(&found.name);
    w.belongs(None, Some(queue));
    Ok(found)
}

fn may_be(w: &mut Writer<'_>, queue: QueueId, shape: &QueueShape) -> Result<()> {
    let skill =
        sql!("select count(*) from vocabulary where tenant_id = $tenant and id = $skill and kind = 'skill'");
    if w.row::<(i64,)>(skill, params! { skill: shape.skill })?.0 == 0 {
        return Err(Error::invalid("skill", "profiles-no-such-skill"));
    }
    let taken =
        sql!("select count(*) from queue where tenant_id = $tenant and folded = $folded and id <> $id");
    match w.row::<(i64,)>(taken, params! { id: queue, folded: fold(&shape.name) })? {
        (0,) => Ok(()),
        _ => Err(Error::invalid("name", "profiles-name-taken")),
    }
}
