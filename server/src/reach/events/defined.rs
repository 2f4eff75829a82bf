//! A definition was made, changed, or taken away.

use super::ManageReach;
use super::resolved::{keeping_one, resolve};
use crate::reach::model::{Extent, ReachId};
use crate::reach::{bounds, queries};
use kernel::facet::fold;
use kernel::{Error, Event, Name, Result, Subject, Writer, params, sql};
use serde::Serialize;

/// A definition was made; it is given to nobody yet.
#[derive(Serialize)]
pub struct ReachDefined {
    /// The new definition.
    pub reach: ReachId,
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// What it holds.
    #[serde(skip)]
    pub extent: Extent,
}

/// A definition has another name or holds something else; whoever holds it reaches that at once.
#[derive(Serialize)]
pub struct ReachChanged {
    /// The definition.
    pub reach: ReachId,
    /// What who asks saw: name and extent.
    #[serde(skip)]
    pub seen: (String, Extent),
    /// What it becomes.
    #[serde(skip)]
    pub to: (String, Extent),
}

/// A definition that nobody holds any more is gone.
#[derive(Serialize)]
pub struct ReachRemoved {
    /// The definition.
    pub reach: ReachId,
    /// What who asks saw, if it must be just that: name and extent.
    #[serde(skip)]
    pub seen: Option<(String, Extent)>,
}

fn subject(reach: ReachId) -> Subject {
    Subject::new("reach", reach.0)
}

impl Event for ReachDefined {
    type Needs = ManageReach;
    type Output = ();
    const NAME: Name = kernel::name!("reach.defined", 1);
    fn subject(&self) -> Subject {
        subject(self.reach)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let extent = self.extent.clone().settled();
        exists(w, &extent)?;
        bounds::within_own(w, &extent)?;
        name_is_free(w, self.reach, &self.name)?;
        let insert = sql!(
            "insert into reach_definition (tenant_id, id, name, folded, everything)
             values ($tenant, $id, $name, $folded, $everything)"
        );
        let (folded, everything) = (fold(&self.name), extent.everything);
        w.one(insert, params! { id: self.reach, name: &self.name, folded: folded, everything: everything })?;
        put_parts(w, self.reach, &extent)?;
        w.about(&self.name);
        w.changed("name", (), &self.name);
        w.changed("extent", (), extent);
        Ok(())
    }
}

impl Event for ReachChanged {
    type Needs = ManageReach;
    type Output = ();
    const NAME: Name = kernel::name!("reach.changed", 1);
    fn subject(&self) -> Subject {
        subject(self.reach)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let before = queries::definition(w, self.reach)?;
        if before.name != self.seen.0 || before.extent != self.seen.1.clone().settled() {
            return Err(Error::conflict("reach-changed-meanwhile"));
        }
        let (name, extent) = (&self.to.0, self.to.1.clone().settled());
        exists(w, &extent)?;
        bounds::within_own(w, &before.extent)?;
        bounds::within_own(w, &extent)?;
        name_is_free(w, self.reach, name)?;
        keeping_one(w, |w| self.put(w, name, &extent))?;
        w.about(name);
        w.changed("name", &before.name, name);
        w.changed("extent", before.extent, extent);
        Ok(())
    }
}

impl ReachChanged {
    fn put(&self, w: &mut Writer<'_>, name: &str, extent: &Extent) -> Result<()> {
        let update = sql!(
            "update reach_definition set name = $name, folded = $folded, everything = $everything
             where tenant_id = $tenant and id = $id"
        );
        let everything = extent.everything;
        w.one(update, params! { id: self.reach, name: name, folded: fold(name), everything: everything })?;
        put_parts(w, self.reach, extent)?;
        for holder in queries::holder_ids(w, self.reach)? {
            resolve(w, holder)?;
        }
        Ok(())
    }
}

impl Event for ReachRemoved {
    type Needs = ManageReach;
    type Output = ();
    const NAME: Name = kernel::name!("reach.removed", 1);
    fn subject(&self) -> Subject {
        subject(self.reach)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let before = queries::definition(w, self.reach)?;
        bounds::within_own(w, &before.extent)?;
        if self.seen.as_ref().is_some_and(|(name, extent)| *name != before.name || *extent != before.extent) {
            return Err(Error::conflict("reach-changed-meanwhile"));
        }
        if before.given > 0 {
            return Err(Error::conflict("reach-still-given"));
        }
        put_parts(w, self.reach, &Extent::default())?;
        let delete = sql!("delete from reach_definition where tenant_id = $tenant and id = $id");
        w.one(delete, params! { id: self.reach })?;
        w.about(&before.name);
        w.changed("name", before.name, ());
        w.changed("extent", before.extent, ());
        Ok(())
    }
}

fn put_parts(w: &mut Writer<'_>, reach: ReachId, extent: &Extent) -> Result<()> {
    let clear = sql!("delete from reach_part where tenant_id = $tenant and reach_id = $id");
    w.any(clear, params! { id: reach })?;
    for (kind, scope) in extent.parts() {
        let put = sql!(
            "insert into reach_part (tenant_id, reach_id, kind, scope_id) values ($tenant, $id, $kind, $scope)"
        );
        w.one(put, params! { id: reach, kind: kind, scope: scope })?;
    }
    Ok(())
}

/// Every group and queue of the extent is one of this tenant's.
fn exists(w: &mut Writer<'_>, extent: &Extent) -> Result<()> {
    let groups: Vec<_> = queries::group_names(w)?.into_iter().map(|(id, _)| id).collect();
    if !extent.groups.iter().all(|group| groups.contains(group)) {
        return Err(Error::invalid("group", "reach-no-such-group"));
    }
    let queues: Vec<_> = queries::queue_names(w)?.into_iter().map(|(id, _)| id).collect();
    if !extent.queues.iter().all(|queue| queues.contains(queue)) {
        return Err(Error::invalid("queue", "reach-no-such-queue"));
    }
    Ok(())
}

fn name_is_free(w: &mut Writer<'_>, reach: ReachId, name: &str) -> Result<()> {
    let taken = sql!(
        "select count(*) from reach_definition where tenant_id = $tenant and id <> $id and folded = $folded"
    );
    match w.row::<(i64,)>(taken, params! { id: reach, folded: fold(name) })? {
        (0,) => Ok(()),
        _ => Err(Error::invalid("name", "reach-name-taken")),
    }
}
