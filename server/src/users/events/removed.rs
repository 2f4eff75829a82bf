//! The creation of a user was undone.

use super::ManageUsers;
use super::bounds::{self, Asking};
use super::{admins, subject};
use crate::logs::events::saved;
use crate::settings::own::events as own;
use crate::signin::leaving::events as leaving;
use crate::users::model::{Particulars, UserState};
use kernel::setting::Level;
use kernel::{Error, Event, Name, Result, Subject, Timestamp, UserId, Writer, params, sql};
use serde::Serialize;

/// A user who never came in and is as they were made is gone again. The entries that tell of them stay.
#[derive(Serialize)]
pub struct UserCreationUndone {
    /// The user.
    pub user: UserId,
    /// What the creation wrote.
    #[serde(skip)]
    pub expected: Particulars,
    /// The entry that is taken back.
    pub undoes: i64,
}

impl Event for UserCreationUndone {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.creation_undone", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = subject::find(w, self.user)?;
        let asking = Asking::of(w, None)?;
        bounds::may_touch(w, &asking, &row)?;
        bounds::not_oneself(w, &row)?;
        let came =
            sql!("select last_sign_in from user_activity where tenant_id = $tenant and user_id = $user");
        let came = w.maybe::<(Option<Timestamp>,)>(came, params! { user: self.user })?;
        if matches!(came, Some((Some(_),))) {
            return Err(Error::conflict("users-undo-came-in"));
        }
        let as_made = row.state == UserState::Active
            && row.suspended_from.is_none()
            && row.particulars() == self.expected;
        let given = sql!(
            "select (select count(*) from reach_given g where g.tenant_id = $tenant and g.holder = $user)
               + (select count(*) from profile p where p.tenant_id = $tenant and p.holder = $user)"
        );
        let (given,): (i64,) = w.row(given, params! { user: self.user })?;
        if !as_made || given > 0 || !own::values(w, Level::User, self.user.0)?.is_empty() {
            return Err(Error::conflict("users-changed-since"));
        }
        leaving::forget(w, self.user)?;
        // A service user may have saved searches by its key without ever having come in.
        saved::own_end(w, self.user)?;
        w.one(
            sql!("delete from users where tenant_id = $tenant and id = $user"),
            params! { user: self.user },
        )?;
        w.changed("kind", row.kind, ());
        w.changed("group", row.group, ());
        for (field, value) in row.particulars().fields().into_iter().filter(|(_, v)| !v.is_null() && v != "")
        {
            w.changed(field, value, ());
        }
        admins::must_remain_without(w, &row)
    }
}
