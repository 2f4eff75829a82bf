//! Whether a user may come in: suspended, resumed, deactivated, reactivated, and each of them undone.
//!
//! Suspension leaves the API keys in place – a suspended user's keys are refused at each request – so that they work
//! again when it is over. Deactivation takes them away, and the searches that the user saved for nobody else.

use super::ManageUsers;
use super::admins;
use super::bounds::{self, Asking};
use super::subject::{self, Columns};
use crate::logs::events::saved;
use crate::signin::leaving::events as leaving;
use crate::users::model::{Standing, UserState};
use kernel::{Error, Event, Name, Result, Subject, Timestamp, UserId, Writer, params, sql};
use serde::Serialize;

/// A user may not be here, from a moment on, for good or until another.
#[derive(Serialize)]
pub struct UserSuspended {
    /// The user.
    pub user: UserId,
    /// The first moment; `None`: now.
    pub from: Option<Timestamp>,
    /// The moment it is over; `None`: until resumed.
    pub until: Option<Timestamp>,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for UserSuspended {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.suspended", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = touch(w, self.user)?;
        bounds::not_oneself(w, &row)?;
        if row.state != UserState::Active {
            return Err(Error::conflict("users-not-active"));
        }
        let from = self.from.unwrap_or(w.now());
        if self.until.is_some_and(|until| until <= from || until <= w.now()) {
            return Err(Error::invalid("until", "users-until-before-from"));
        }
        set(w, &row, (UserState::Active, Some(from), self.until))?;
        admins::must_remain_without(w, &row)
    }
}

/// A suspension, begun or to come, is over.
#[derive(Serialize)]
pub struct UserResumed {
    /// The user.
    pub user: UserId,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for UserResumed {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.resumed", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = touch(w, self.user)?;
        bounds::not_oneself(w, &row)?;
        match row.standing(w.now()) {
            Standing::Suspended(_) | Standing::SuspendedLater(_) => {
                set(w, &row, (UserState::Active, None, None))
            }
            _ => Err(Error::conflict("users-not-suspended")),
        }
    }
}

/// A user has left. Kept for the record.
#[derive(Serialize)]
pub struct UserDeactivated {
    /// The user.
    pub user: UserId,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for UserDeactivated {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.deactivated", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = touch(w, self.user)?;
        bounds::not_oneself(w, &row)?;
        if row.state != UserState::Active {
            return Err(Error::conflict("users-not-active"));
        }
        set(w, &row, (UserState::Deactivated, None, None))?;
        admins::must_remain_without(w, &row)
    }
}

/// A user who had left is back.
#[derive(Serialize)]
pub struct UserReactivated {
    /// The user.
    pub user: UserId,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for UserReactivated {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.reactivated", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = touch(w, self.user)?;
        if row.state != UserState::Deactivated {
            return Err(Error::conflict("users-not-deactivated"));
        }
        set(w, &row, (UserState::Active, None, None))
    }
}

/// State and suspension as columns.
type Dates = (UserState, Option<Timestamp>, Option<Timestamp>);

/// What an entry tells of one column: its name, before and after.
pub type Told = (String, serde_json::Value, serde_json::Value);

/// One of the changes above was taken back: the columns hold what they held before, if they still hold what it set.
#[derive(Serialize)]
pub struct StandingRestored {
    /// The user.
    pub user: UserId,
    /// What the entry tells of `state`, `suspended_from` and `suspended_until`; others are passed over.
    #[serde(skip)]
    pub told: Vec<Told>,
    /// The entry that is taken back.
    pub undoes: i64,
}

impl StandingRestored {
    /// The columns as they were, if they are now as the entry left them.
    fn dates(&self, row: &Columns) -> Result<Dates> {
        let (mut state, mut from, mut until) = (row.state, row.suspended_from, row.suspended_until);
        for (field, before, after) in &self.told {
            let current = match field.as_str() {
                "state" => serde_json::json!(state),
                "suspended_from" => serde_json::json!(from),
                "suspended_until" => serde_json::json!(until),
                _ => continue,
            };
            if current != *after {
                return Err(Error::conflict("users-changed-since"));
            }
            match field.as_str() {
                "state" => state = before.as_str().unwrap_or_default().parse()?,
                "suspended_from" => from = before.as_i64().map(Timestamp),
                _ => until = before.as_i64().map(Timestamp),
            }
        }
        Ok((state, from, until))
    }
}

impl Event for StandingRestored {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.standing_restored", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = touch(w, self.user)?;
        bounds::not_oneself(w, &row)?;
        set(w, &row, self.dates(&row)?)?;
        admins::must_remain_without(w, &row)
    }
}

fn touch(w: &mut Writer<'_>, user: UserId) -> Result<Columns> {
    let row = subject::find(w, user)?;
    let asking = Asking::of(w, None)?;
    bounds::may_touch(w, &asking, &row)?;
    Ok(row)
}

/// Sets state and dates, tells them, and ends the sessions of whoever may not be here now.
fn set(w: &mut Writer<'_>, row: &Columns, (state, from, until): Dates) -> Result<()> {
    let update = sql!(
        "update users set state = $state, suspended_from = $from, suspended_until = $until, changed_at = $now
         where tenant_id = $tenant and id = $user and state <> 'erased'"
    );
    w.one(update, params! { user: row.id, state: state, from: from, until: until })?;
    w.changed("state", row.state, state);
    w.changed("suspended_from", row.suspended_from, from);
    w.changed("suspended_until", row.suspended_until, until);
    if Standing::at(w.now(), state, from, until).may_enter() {
        return Ok(());
    }
    let sessions = leaving::sessions_end(w, row.id)?;
    w.changed("sessions", sessions, 0);
    if state == UserState::Deactivated {
        let keys = leaving::keys_end(w, row.id)?;
        w.changed("keys", keys, 0);
        let searches = saved::own_end(w, row.id)?;
        w.changed("searches", searches, 0);
    }
    Ok(())
}
