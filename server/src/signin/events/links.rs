//! Links that set a password: used once, for half an hour, kept as a hash.

use super::attempts::came_of;
use crate::signin::model::{LINK_MINUTES, Purpose, ResetPasswords};
use crate::users::events::bounds::Asking;
use crate::users::import::events::linked;
use book::PartKind;
use kernel::policy::{Anyone, Machine};
use kernel::{
    Error, Event, GroupId, Kept, Message, Name, Result, Subject, Timestamp, UserId, Uuid, Writer, params, sql,
};
use serde::Serialize;

/// Keeps a link's hash. Links of the same user made before are void.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn keep(w: &mut Writer<'_>, token: [u8; 32], user: UserId, purpose: Purpose) -> Result<()> {
    void(w, user)?;
    let until = w.now().plus_seconds(LINK_MINUTES * 60);
    let insert = sql!(
        "insert into password_link (tenant_id, token_hash, user_id, purpose, made_at, until)
         values ($tenant, $token, $user, $purpose, $now, $until)"
    );
    w.one(insert, params! { token: token, user: user, purpose: purpose.name(), until: until })
}

/// Every link of a user works no more.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn void(w: &mut Writer<'_>, user: UserId) -> Result<()> {
    w.any(
        sql!("delete from password_link where tenant_id = $tenant and user_id = $user"),
        params! { user: user },
    )
    .map(|_| ())
}

/// Somebody was handed a link by which to set a password.
#[derive(Serialize)]
pub struct PasswordLinkMade {
    /// Whose password it sets.
    #[serde(skip)]
    pub user: UserId,
    /// The hash of its secret.
    pub link: Kept<[u8; 32]>,
    /// The import that made the user, where the link stands in its list: a user stands in one list only.
    #[serde(skip)]
    pub import: Option<Uuid>,
}

impl Event for PasswordLinkMade {
    type Needs = ResetPasswords;
    type Output = ();
    const NAME: Name = kernel::name!("password-link.made", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let find = sql!(
            "select /* system: reach is asked of the group below */ u.name, u.group_id, u.kind, u.state, p.user_id from users u
             left join password p on p.tenant_id = u.tenant_id and p.user_id = u.id
             where u.tenant_id = $tenant and u.id = $user"
        );
        type Row = (String, GroupId, String, String, Option<UserId>);
        let (name, group, kind, state, has): Row = w.row(find, params! { user: self.user })?;
        if kind == "service" {
            return Err(Error::conflict(Message::new("link-not-for-services")));
        }
        if state != "active" {
            return Err(Error::conflict(Message::new("link-not-for-inactive")));
        }
        if w.access().actor().user() == Some(self.user) {
            return Err(Error::conflict("link-not-for-oneself"));
        }
        Asking::of(w, None)?.may_act_as(w, self.user, group)?;
        if let Some(import) = self.import
            && !linked(w, import, self.user)?
        {
            return Err(Error::conflict(Message::new("link-listed-already")));
        }
        w.about(&name);
        w.belongs(Some(group), None);
        keep(w, self.link.0, self.user, if has.is_some() { Purpose::Reset } else { Purpose::SetUp })
    }
}

/// Every link of a user was made void.
#[derive(Serialize)]
pub struct PasswordLinkVoided {
    /// Whose.
    #[serde(skip)]
    pub user: UserId,
}

impl Event for PasswordLinkVoided {
    type Needs = ResetPasswords;
    type Output = ();
    const NAME: Name = kernel::name!("password-link.voided", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let find = sql!(
            "select /* system: reach is asked of the group below */ name, group_id from users
             where tenant_id = $tenant and id = $user"
        );
        let (name, group): (String, GroupId) = w.row(find, params! { user: self.user })?;
        Asking::of(w, None)?.may_act_as(w, self.user, group)?;
        w.about(&name);
        w.belongs(Some(group), None);
        let end = sql!("delete from password_link where tenant_id = $tenant and user_id = $user");
        match w.any(end, params! { user: self.user })? {
            0 => Err(Error::conflict(Message::new("link-used-already"))),
            n => {
                w.changed("links", n, 0);
                Ok(())
            }
        }
    }
}

/// A link ran out and was not used: its hash goes.
#[derive(Serialize)]
pub struct LinkExpired {
    /// Whose password it would have set.
    #[serde(skip)]
    pub user: UserId,
    /// When it ran out: another link of the same user stays.
    #[serde(skip)]
    pub until: Timestamp,
}

impl Event for LinkExpired {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!(access "link.expired", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let find = sql!(
            "select /* system: whoever was handed a link */ name, group_id from users
             where tenant_id = $tenant and id = $user"
        );
        let (name, group): (String, GroupId) = w.row(find, params! { user: self.user })?;
        let end = sql!(
            "delete from password_link where tenant_id = $tenant and user_id = $user and until = $until"
        );
        w.one(end, params! { user: self.user, until: self.until })?;
        w.about(&name);
        w.belongs(Some(group), None);
        w.facet("user", self.user);
        w.say(PartKind::Change, "until", self.until.to_string());
        Ok(())
    }
}

/// A link let somebody in, as far as the password it sets: an entry of the access log beside that of the change.
#[derive(Serialize)]
struct LinkUsed {
    #[serde(skip)]
    user: UserId,
    #[serde(skip)]
    group: GroupId,
    #[serde(skip)]
    name: String,
}

impl Event for LinkUsed {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "link.used", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        told(w, Some((self.user, self.group, &self.name)), "accepted", None);
        Ok(())
    }
}

/// A link let nobody in: it was used, made void, too old or made up.
#[derive(Serialize)]
pub struct LinkRefused {
    /// Whom it was made for, if that is known.
    #[serde(skip)]
    pub user: Option<(UserId, GroupId, String)>,
    /// Why.
    #[serde(skip)]
    pub reason: &'static str,
    /// Refusals like this one since the last that was told.
    pub passed_over: u64,
}

impl Event for LinkRefused {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "link.refused", 1);
    fn subject(&self) -> Subject {
        self.user.as_ref().map_or(Subject::TENANT, |(user, ..)| (*user).into())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let user = self.user.as_ref().map(|(user, group, name)| (*user, *group, name.as_str()));
        told(w, user, "refused", Some(self.reason));
        Ok(())
    }
}

fn told(
    w: &mut Writer<'_>,
    user: Option<(UserId, GroupId, &str)>,
    result: &'static str,
    reason: Option<&'static str>,
) {
    if let Some((user, group, name)) = user {
        w.about(name);
        w.belongs(Some(group), None);
        w.facet("user", user);
    }
    came_of(w, "link", result, reason);
}

/// A password was set by a link: the link is used up, and every session that was open has ended.
#[derive(Serialize)]
pub struct PasswordSetByLink {
    /// Whose.
    #[serde(skip)]
    pub user: UserId,
    /// The hash of the link's secret.
    #[serde(skip)]
    pub link: [u8; 32],
    /// The new hash.
    pub password: Kept<String>,
}

impl Event for PasswordSetByLink {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!("password.set-by-link", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let used = sql!(
            "delete from password_link where tenant_id = $tenant and token_hash = $link and user_id = $user and until > $now
             and made_at <= $ahead"
        );
        w.one(used, params! { link: self.link, user: self.user, ahead: w.ahead() })?;
        let find = sql!(
            "select /* system: the link is the proof */ name, group_id from users
             where tenant_id = $tenant and id = $user and state = 'active'"
        );
        let (name, group): (String, GroupId) = w.row(find, params! { user: self.user })?;
        w.along(&LinkUsed { user: self.user, group, name: name.clone() })?;
        w.about(&name);
        w.belongs(Some(group), None);
        w.facet("user", self.user);
        super::passwords::set(w, self.user, &self.password.0)?;
        super::sessions::end_all(w, self.user, None)?;
        void(w, self.user)
    }
}
