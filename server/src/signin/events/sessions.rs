//! Sessions that end, and secrets that are replaced.

use crate::signin::model::{EndAllSessions, EndSessions, OVERLAP_SECONDS};
use crate::users::events::bounds::Asking;
use book::PartKind;
use kernel::policy::{Anyone, Arriving, Machine};
use kernel::{
    Actor, Error, Event, GroupId, Name, Result, SessionId, Subject, Timestamp, UserId, Writer, params, sql,
};
use serde::Serialize;

/// Ends every session of a user, but one if one is named; says how many.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn end_all(w: &mut Writer<'_>, user: UserId, but: Option<SessionId>) -> Result<u64> {
    let end = sql!("delete from session where tenant_id = $tenant and user_id = $user {but| and id <> $but}");
    let ended = w.any(end, params! { user: user }.filter("but", but))?;
    w.changed("sessions-ended", 0, ended);
    Ok(ended)
}

/// The session of who asks.
///
/// # Errors
/// `SignedOut` for whoever has none.
pub fn own(w: &Writer<'_>) -> Result<SessionId> {
    match w.access().actor() {
        Actor::User { session, .. } => Ok(*session),
        _ => Err(Error::SignedOut),
    }
}

/// What an entry says of a session that ends, and why if nobody ended it.
fn ended(w: &mut Writer<'_>, reason: Option<&'static str>) {
    w.say(PartKind::Who, "result", "ended");
    w.facet("result", "ended");
    if let Some(reason) = reason {
        w.say(PartKind::Who, "reason", reason);
        w.facet("reason", reason);
    }
}

/// A session had been idle too long, had lasted too long, or its user may not be here: nobody ended it.
#[derive(Serialize)]
pub struct SessionExpired {
    /// Which.
    #[serde(skip)]
    pub session: SessionId,
    /// Its last use: one that was used meanwhile is left.
    #[serde(skip)]
    pub seen_at: Timestamp,
    /// Its user, that one's group and name.
    #[serde(skip)]
    pub user: (UserId, GroupId, String),
    /// Why.
    #[serde(skip)]
    pub reason: &'static str,
}

impl Event for SessionExpired {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!(access "session.expired", 1);
    fn subject(&self) -> Subject {
        self.session.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let end = sql!("delete from session where tenant_id = $tenant and id = $id and seen_at = $seen");
        w.one(end, params! { id: self.session, seen: self.seen_at })?;
        let (user, group, name) = &self.user;
        w.about(name);
        w.belongs(Some(*group), None);
        w.facet("user", user);
        w.say(PartKind::Change, "last_used", self.seen_at.to_string());
        ended(w, Some(self.reason));
        Ok(())
    }
}

/// Somebody left.
#[derive(Serialize)]
pub struct SignedOut {
    /// The session that ended.
    pub session: SessionId,
}

impl Event for SignedOut {
    type Needs = Arriving;
    type Output = ();
    const NAME: Name = kernel::name!(access "session.signed-out", 1);
    fn subject(&self) -> Subject {
        self.session.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let end = sql!("delete from session where tenant_id = $tenant and id = $id and user_id = $actor");
        w.one(end, params! { id: self.session })?;
        ended(w, None);
        Ok(())
    }
}

/// Somebody ended sessions of their own: one, or all but the one at hand.
#[derive(Serialize)]
pub struct OwnSessionsEnded {
    /// Which; all others when none is named.
    pub session: Option<SessionId>,
}

impl Event for OwnSessionsEnded {
    type Needs = Arriving;
    type Output = ();
    const NAME: Name = kernel::name!(access "session.ended", 1);
    fn subject(&self) -> Subject {
        self.session.map_or(Subject::TENANT, Subject::from)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        ended(w, None);
        if let Some(session) = self.session {
            let end = sql!("delete from session where tenant_id = $tenant and id = $id and user_id = $actor");
            return w.one(end, params! { id: session });
        }
        let here = own(w)?;
        let user = w.access().actor().user().ok_or(Error::SignedOut)?;
        end_all(w, user, Some(here)).map(|_| ())
    }
}

/// Somebody who may ended another's sessions: one, or all.
#[derive(Serialize)]
pub struct UserSessionsEnded {
    /// Whose.
    #[serde(skip)]
    pub user: UserId,
    /// Which; all when none is named.
    pub session: Option<SessionId>,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for UserSessionsEnded {
    type Needs = EndSessions;
    type Output = ();
    const NAME: Name = kernel::name!(access "session.ended-by-other", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let find = sql!(
            "select /* system: reach is asked of the group below */ name, group_id from users where tenant_id = $tenant and id = $user"
        );
        let (name, group): (String, GroupId) = w.row(find, params! { user: self.user })?;
        Asking::of(w, None)?.reaches(w, group)?;
        w.about(&name);
        w.belongs(Some(group), None);
        w.facet("user", self.user);
        ended(w, None);
        match self.session {
            Some(session) => {
                let end =
                    sql!("delete from session where tenant_id = $tenant and id = $id and user_id = $user");
                w.one(end, params! { id: session, user: self.user })
            }
            None => end_all(w, self.user, None).map(|_| ()),
        }
    }
}

/// Somebody who may ended every session of the customer, but those that were spared. Says how many.
#[derive(Serialize)]
pub struct AllSessionsEnded {
    /// The session of who asks, if it stays.
    pub keep: Option<SessionId>,
    /// Users whose sessions stay.
    pub except: Vec<UserId>,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for AllSessionsEnded {
    type Needs = EndAllSessions;
    type Output = u64;
    const NAME: Name = kernel::name!(access "session.all-ended", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<u64> {
        let there = sql!(
            "select /* system: whoever is spared must be here */ id from users where tenant_id = $tenant and id = $user"
        );
        for user in &self.except {
            w.row::<(UserId,)>(there, params! { user: *user })?;
        }
        let users = sql!("select distinct user_id from session where tenant_id = $tenant");
        let users: Vec<(UserId,)> = w.rows(users, params! {})?;
        let end =
            sql!("delete from session where tenant_id = $tenant and user_id = $user {but| and id <> $but}");
        let mut sessions = 0;
        for (user,) in users.into_iter().filter(|(user,)| !self.except.contains(user)) {
            sessions += w.any(end, params! { user: user }.filter("but", self.keep))?;
        }
        w.changed("sessions", sessions, 0);
        ended(w, None);
        Ok(sessions)
    }
}

/// A session got a new secret because its user's rights have changed. The old one opens what was under way for a moment.
#[derive(Serialize)]
pub struct SessionRenewed {
    /// Which.
    #[serde(skip)]
    pub session: SessionId,
    /// The hash of the secret before.
    #[serde(skip)]
    pub before: [u8; 32],
    /// The hash of the new one.
    #[serde(skip)]
    pub token: [u8; 32],
    /// The mark of the rights it was renewed for.
    #[serde(skip)]
    pub mark: [u8; 32],
}

impl Event for SessionRenewed {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "session.renewed", 1);
    fn subject(&self) -> Subject {
        self.session.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let renew = sql!(
            "update session set token_hash = $token, previous_hash = $before, previous_until = $until, rights_mark = $mark
             where tenant_id = $tenant and id = $id and token_hash = $before"
        );
        let until = w.now().plus_seconds(OVERLAP_SECONDS);
        w.one(
            renew,
            params! { token: self.token, before: self.before, until: until, mark: self.mark, id: self.session },
        )
    }
}
