//! A user was moved to another group.

use super::ManageUsers;
use super::admins;
use super::bounds::{self, Asking};
use super::subject;
use crate::settings::own::events::{self as own, OwnValue};
use kernel::policy::Policy;
use kernel::setting::Level;
use kernel::{Error, Event, GroupId, Name, Result, Subject, UserId, Writer, params, sql};
use serde::Serialize;

/// A user went to another group. Own values are dropped unless they are kept by choice.
#[derive(Serialize)]
pub struct UserMoved {
    /// The user.
    pub user: UserId,
    /// The group the one who moves saw the user in.
    #[serde(skip)]
    pub from: GroupId,
    /// The group it goes to.
    #[serde(skip)]
    pub to: GroupId,
    /// Keys of own values that stay.
    pub keep: Vec<String>,
    /// Own values given back: what an earlier move dropped.
    #[serde(skip)]
    pub restore: Vec<OwnValue>,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for UserMoved {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.moved", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = subject::find(w, self.user)?;
        if row.group != self.from {
            return Err(Error::conflict("users-moved-meanwhile"));
        }
        let asking = Asking::of(w, None)?;
        bounds::may_touch(w, &asking, &row)?;
        bounds::kind_of(w, self.to)?;
        asking.reaches(w, self.to).map_err(|_| Error::invalid("group", "users-no-such-group"))?;
        let before = Policy::read(w, Some(self.user), Some(self.from))?.rights();
        self.settle(w)?;
        let after = Policy::read(w, Some(self.user), Some(self.to))?.rights();
        let gained: Vec<_> = after.into_iter().filter(|right| !before.contains(right)).collect();
        asking.may_give(&gained)?;
        asking.may_give_reach_of(w, self.to)?;
        admins::must_remain_without(w, &row)
    }
}

impl UserMoved {
    /// Moves the row and settles the own values.
    fn settle(&self, w: &mut Writer<'_>) -> Result<()> {
        let update = sql!(
            "update users set group_id = $to, changed_at = $now where tenant_id = $tenant and id = $user and group_id = $from"
        );
        w.one(update, params! { user: self.user, from: self.from, to: self.to })?;
        w.changed("group", self.from, self.to);
        for value in own::values(w, Level::User, self.user.0)? {
            if !self.keep.contains(&value.key) {
                own::drop_value(w, Level::User, self.user.0, &value)?;
            }
        }
        for value in &self.restore {
            own::give(w, Level::User, self.user.0, value)?;
        }
        Ok(())
    }
}
