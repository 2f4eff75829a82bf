//! A definition was given to a group or a user, or taken from them.

use super::ManageReach;
use super::resolved::{keeping_one, resolve};
use crate::reach::model::{Holder, ReachId};
use crate::reach::{bounds, queries};
use kernel::{Error, Event, Name, Result, Subject, Writer, params, sql};
use serde::Serialize;

/// A holder reaches what the definition holds.
#[derive(Serialize)]
pub struct ReachGiven {
    /// The definition.
    pub reach: ReachId,
    /// Whom it was given to.
    #[serde(skip)]
    pub holder: Holder,
}

/// A holder reaches it no longer, unless through another definition.
#[derive(Serialize)]
pub struct ReachTaken {
    /// The definition.
    pub reach: ReachId,
    /// Whom it was taken from.
    #[serde(skip)]
    pub holder: Holder,
}

fn subject(holder: Holder) -> Subject {
    match holder {
        Holder::Group(group) => group.into(),
        Holder::User(user) => user.into(),
    }
}

impl Event for ReachGiven {
    type Needs = ManageReach;
    type Output = ();
    const NAME: Name = kernel::name!("reach.given", 1);
    fn subject(&self) -> Subject {
        subject(self.holder)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let name = prepare(w, self.reach, self.holder)?;
        if queries::given_to(w, self.holder.id())?.contains(&self.reach) {
            return Err(Error::conflict("reach-given-already"));
        }
        let put =
            sql!("insert into reach_given (tenant_id, holder, reach_id) values ($tenant, $holder, $id)");
        w.one(put, params! { holder: self.holder.id(), id: self.reach })?;
        w.changed("reach", (), name);
        resolve(w, self.holder.id())
    }
}

impl Event for ReachTaken {
    type Needs = ManageReach;
    type Output = ();
    const NAME: Name = kernel::name!("reach.taken", 1);
    fn subject(&self) -> Subject {
        subject(self.holder)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let name = prepare(w, self.reach, self.holder)?;
        keeping_one(w, |w| self.take(w))?;
        w.changed("reach", name, ());
        Ok(())
    }
}

impl ReachTaken {
    fn take(&self, w: &mut Writer<'_>) -> Result<()> {
        let holder = self.holder.id();
        let take =
            sql!("delete from reach_given where tenant_id = $tenant and holder = $holder and reach_id = $id");
        if w.any(take, params! { holder: holder, id: self.reach })? == 0 {
            return Err(Error::conflict("reach-not-given"));
        }
        resolve(w, holder)
    }
}

/// The definition's name, once who asks may give it away to this holder.
fn prepare(w: &mut Writer<'_>, reach: ReachId, holder: Holder) -> Result<String> {
    let line = bounds::reaches_holder(w, holder)?;
    let definition = queries::definition(w, reach)?;
    bounds::within_own(w, &definition.extent)?;
    w.about(line.name());
    w.belongs(line.group_id(), None);
    Ok(definition.name)
}
