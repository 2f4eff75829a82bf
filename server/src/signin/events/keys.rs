//! Keys of service users: made, ended.

use crate::signin::keys::model::{ENDED_KEPT_SECONDS, LONGEST_DAYS};
use crate::signin::model::ManageKeys;
use crate::users::events::bounds::Asking;
use kernel::policy::Policy;
use kernel::{
    Error, Event, GroupId, Kept, KeyId, Message, Name, Result, Subject, Timestamp, UserId, Writer, params,
    sql,
};
use serde::Serialize;

/// A service user got a key.
#[derive(Serialize)]
pub struct KeyMade {
    /// Its id.
    #[serde(skip)]
    pub key: KeyId,
    /// The service user that acts by it.
    pub user: UserId,
    /// The person who answers for it.
    pub owner: UserId,
    /// What it is called.
    pub name: String,
    /// The rights it opens, of those that the service user holds.
    pub scope: Vec<&'static str>,
    /// When it ends.
    pub until: Timestamp,
    /// The hash of its secret.
    pub secret: Kept<[u8; 32]>,
}

impl Event for KeyMade {
    type Needs = ManageKeys;
    type Output = ();
    const NAME: Name = kernel::name!("key.made", 1);
    fn subject(&self) -> Subject {
        self.key.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let group = self.checked(w)?;
        self.lasts(w, group)?;
        w.about(&self.name);
        w.belongs(Some(group), None);
        w.facet("user", self.user);
        let insert = sql!(
            "insert into api_key (tenant_id, id, token_hash, user_id, owner_id, name, scope, made_at, until)
             values ($tenant, $id, $token, $user, $owner, $name, $scope, $now, $until)"
        );
        w.one(
            insert,
            params! { id: self.key, token: self.secret.0, user: self.user, owner: self.owner, name: &self.name,
            scope: self.scope.join(" "), until: self.until },
        )
    }
}

impl KeyMade {
    /// Service and owner are what they must be, and nobody hands out a right that they or the owner lack.
    fn checked(&self, w: &mut Writer<'_>) -> Result<GroupId> {
        let find = sql!(
            "select /* system: reach is asked of the group below */ kind, state, group_id from users where tenant_id = $tenant and id = $id"
        );
        let (kind, state, group): (String, String, GroupId) = w.row(find, params! { id: self.user })?;
        if kind != "service" || state != "active" {
            return Err(Error::conflict(Message::new("key-needs-service")));
        }
        let (kind, state, owners): (String, String, GroupId) = w.row(find, params! { id: self.owner })?;
        if kind != "person" || state != "active" {
            return Err(Error::conflict(Message::new("key-needs-owner")));
        }
        let asking = Asking::of(w, None)?;
        asking.reaches(w, group)?;
        asking.may_give(&self.scope)?;
        let owner = Policy::read(w, Some(self.owner), Some(owners))?;
        match self.scope.iter().find(|right| !owner.holds(right)) {
            Some(right) => Err(Error::conflict(Message::new("key-right-not-held").with("right", right))),
            None => Ok(group),
        }
    }
    /// It ends, and not later than the service user's setting says.
    fn lasts(&self, w: &mut Writer<'_>, group: GroupId) -> Result<()> {
        if self.until <= w.now() {
            return Err(Error::invalid("until", "key-until-past"));
        }
        let days = Policy::read(w, Some(self.user), Some(group))?.count(&LONGEST_DAYS);
        // The last day counts to its end, in whatever zone.
        if self.until > w.now().plus_seconds((days + 1) * 24 * 3600) {
            return Err(Error::invalid("until", Message::new("key-until-too-long").with("days", days)));
        }
        Ok(())
    }
}

/// A key was ended.
#[derive(Serialize)]
pub struct KeyEnded {
    /// Which.
    #[serde(skip)]
    pub key: KeyId,
    /// Why.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for KeyEnded {
    type Needs = ManageKeys;
    type Output = ();
    const NAME: Name = kernel::name!("key.ended", 1);
    fn subject(&self) -> Subject {
        self.key.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let find = sql!(
            "select /* system: reach is asked of the group below */ k.name, u.group_id, k.user_id, k.owner_id, k.scope, k.until
             from api_key k join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
             where k.tenant_id = $tenant and k.id = $id"
        );
        type Row = (String, GroupId, UserId, UserId, String, Timestamp);
        let (name, group, user, owner, scope, until): Row = w.row(find, params! { id: self.key })?;
        Asking::of(w, None)?.reaches(w, group)?;
        w.about(&name);
        w.belongs(Some(group), None);
        w.facet("user", user);
        w.changed("user", user, ());
        w.changed("owner", owner, ());
        w.changed("scope", scope, ());
        w.changed("until", until, ());
        let keep = sql!(
            "insert into key_ended (tenant_id, token_hash, key_id, user_id, owner_id, name, ended_at)
             select tenant_id, token_hash, id, user_id, owner_id, name, $now from api_key where tenant_id = $tenant and id = $id"
        );
        w.one(keep, params! { id: self.key })?;
        w.any(
            sql!("delete from key_use where tenant_id = $tenant and key_id = $id"),
            params! { id: self.key },
        )?;
        let forget = sql!("delete from key_ended where tenant_id = $tenant and ended_at < $old");
        w.any(forget, params! { old: w.now().plus_seconds(-ENDED_KEPT_SECONDS) })?;
        w.one(sql!("delete from api_key where tenant_id = $tenant and id = $id"), params! { id: self.key })
    }
}
