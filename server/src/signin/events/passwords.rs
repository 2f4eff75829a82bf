//! Changes of a password by its owner.

use super::{links, sessions};
use crate::signin::model::Reason;
use crate::signin::waiting::Counter;
use kernel::policy::{Arriving, Machine};
use kernel::{Error, Event, GroupId, Kept, Message, Name, Result, Subject, UserId, Writer, params, sql};
use serde::Serialize;

/// Keeps a hash as the user's password, which need not be changed at the next sign-in.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn set(w: &mut Writer<'_>, user: UserId, hash: &str) -> Result<()> {
    let keep = sql!(
        "insert into password (tenant_id, user_id, hash, must_change, set_at) values ($tenant, $user, $hash, 0, $now)
         on conflict (tenant_id, user_id) do update set hash = $hash, must_change = 0, set_at = $now"
    );
    w.one(keep, params! { user: user, hash: hash })
}

/// Somebody changed their own password, knowing the one before. Of two at once one wins.
#[derive(Serialize)]
pub struct PasswordChanged {
    /// Whose: the actor's.
    #[serde(skip)]
    pub user: UserId,
    /// The hash that the current password was checked against.
    #[serde(skip)]
    pub before: String,
    /// The new hash.
    pub password: Kept<String>,
    /// The hash of the session's new secret.
    #[serde(skip)]
    pub token: [u8; 32],
    /// The counts of failures that this ends.
    #[serde(skip)]
    pub counters: Vec<Counter>,
}

impl Event for PasswordChanged {
    type Needs = Arriving;
    type Output = ();
    const NAME: Name = kernel::name!("password.changed", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let change = sql!(
            "update password set hash = $hash, must_change = 0, set_at = $now
             where tenant_id = $tenant and user_id = $actor and hash = $before"
        );
        if w.any(change, params! { hash: &self.password.0, before: &self.before })? != 1 {
            return Err(Error::conflict(Message::new("password-changed-meanwhile")));
        }
        let name = w.access().name().to_owned();
        w.about(&name);
        w.facet("user", self.user);
        super::turns::forgotten(w, &self.counters)?;
        links::void(w, self.user)?;
        let here = sessions::own(w)?;
        sessions::end_all(w, self.user, Some(here))?;
        let renew = sql!(
            "update session set token_hash = $token, previous_hash = null, previous_until = 0, stage = 'full'
             where tenant_id = $tenant and id = $id and user_id = $actor"
        );
        w.one(renew, params! { token: self.token, id: here })
    }
}

/// Somebody at an open session stated a current password that is none, or had done so too often: an entry of the access log,
/// since whoever found the session open tries to keep what it opens.
#[derive(Serialize)]
pub struct PasswordChangeRefused {
    /// Whose: the actor's.
    #[serde(skip)]
    pub user: UserId,
    /// Why.
    pub reason: Reason,
}

impl Event for PasswordChangeRefused {
    type Needs = Arriving;
    type Output = ();
    const NAME: Name = kernel::name!(access "password.refused", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let name = w.access().name().to_owned();
        w.about(&name);
        w.facet("user", self.user);
        super::attempts::came_of(w, "password", "refused", Some(self.reason.name()));
        Ok(())
    }
}

/// A command on the machine gave a user a password whose hash it had made. The user must change it unless it says not to.
#[derive(Serialize)]
pub struct PasswordGiven {
    /// Whose.
    #[serde(skip)]
    pub user: UserId,
    /// The hash.
    pub password: Kept<String>,
    /// Whether it opens nothing but the page where a new one is set.
    pub must_change: bool,
}

impl Event for PasswordGiven {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("password.given", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let find = sql!(
            "select /* system: a command on the machine */ name, group_id from users where tenant_id = $tenant and id = $user"
        );
        let (name, group): (String, GroupId) = w.row(find, params! { user: self.user })?;
        w.about(&name);
        w.belongs(Some(group), None);
        set(w, self.user, &self.password.0)?;
        sessions::end_all(w, self.user, None)?;
        links::void(w, self.user)?;
        let must =
            sql!("update password set must_change = $must where tenant_id = $tenant and user_id = $user");
        w.one(must, params! { must: self.must_change, user: self.user })
    }
}
