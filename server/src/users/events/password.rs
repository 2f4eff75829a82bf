//! A user must choose a new password.

use super::ManageUsers;
use super::bounds::{self, Asking};
use super::subject;
use crate::signin::leaving::events as leaving;
use kernel::{Error, Event, Name, Result, Subject, UserId, Writer};
use serde::Serialize;

/// The password in use opens one door more: the one where a new one is chosen. Sessions and links end.
#[derive(Serialize)]
pub struct NewPasswordForced {
    /// The user.
    pub user: UserId,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for NewPasswordForced {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.new_password_forced", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = subject::find(w, self.user)?;
        let asking = Asking::of(w, None)?;
        bounds::may_touch(w, &asking, &row)?;
        if !leaving::password_must_change(w, self.user)? {
            return Err(Error::conflict("users-no-password-yet"));
        }
        let sessions = leaving::sessions_end(w, self.user)?;
        w.changed("new_password", (), "forced");
        w.changed("sessions", sessions, 0);
        Ok(())
    }
}
