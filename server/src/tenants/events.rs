//! Every change of a tenant's life.

use super::model::{StartingGroup, user_of};
use crate::settings::own::events::{self as own, OwnValue};
use crate::signin::events::links;
use crate::signin::model::Purpose;
use crate::users::events::{GroupCreated, Started, UserCreated};
use crate::users::model::UserKind;
use kernel::policy::Machine;
use kernel::setting::Level;
use kernel::{
    Error, Event, GroupId, Kept, Message, Name, Result, Subject, UserId, Uuid, Writer, params, sql,
};
use serde::Serialize;

/// A customer number was taken: in the operator's book. The tenant's own rows follow in [`TenantSetUp`].
#[derive(Serialize)]
pub struct TenantAdded {
    /// The customer number.
    pub number: i64,
    /// The customer's name.
    pub name: String,
    /// The host name it is found by.
    pub host: Option<String>,
}

impl Event for TenantAdded {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("tenant.added", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let taken = sql!("select number from tenant_directory where host = $host");
        if self.host.is_some() && w.maybe::<(i64,)>(taken, params! { host: self.host.clone() })?.is_some() {
            return Err(Error::conflict(Message::new("tenant-host-taken")));
        }
        w.about(&self.name);
        w.facet("tenant", self.number);
        take_number(w, self.number, self.host.as_deref())
    }
}

fn take_number(w: &mut Writer<'_>, number: i64, host: Option<&str>) -> Result<()> {
    let insert = sql!("insert into tenant_directory (number, host) values ($number, $host)");
    w.one(insert, params! { number: number, host: host.map(str::to_owned) })
}

/// A tenant was set up: its row, a group of administrators who may do and see everything, the first of them, and the
/// link by which that one sets a password. The first entry of its book.
#[derive(Serialize)]
pub struct TenantSetUp {
    /// The customer's name.
    pub name: String,
    /// `sv` or `en`.
    pub language: &'static str,
    /// IANA time zone.
    pub zone: String,
    /// The host name it is found by.
    pub host: Option<String>,
    /// The groups it begins with; the first is the administrators'.
    pub groups: Vec<StartingGroup>,
    /// The reach that shows everything.
    pub reach: Uuid,
    /// What that reach is called.
    pub reach_name: String,
    /// The first administrator.
    pub user: UserId,
    /// What that one signs in by.
    pub user_name: String,
    /// What that one is called until they say.
    pub person: String,
    /// The hash of the set-up link, if one is handed out.
    pub link: Option<Kept<[u8; 32]>>,
}

impl Event for TenantSetUp {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("tenant.set-up", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let there = sql!("select name from tenants where tenant_id = $tenant");
        if w.maybe::<(String,)>(there, params! {})?.is_some() {
            return Err(Error::conflict(Message::new("tenant-number-taken")));
        }
        if w.tenant().number() == 0 {
            take_number(w, 0, None)?;
        }
        w.one(
            sql!(
                "insert into tenants (tenant_id, name, language, zone, host, state, made_at)
                 values ($tenant, $name, $language, $zone, $host, 'active', $now)"
            ),
            params! { name: &self.name, language: self.language, zone: &self.zone, host: self.host.clone() },
        )?;
        let group = self.make_groups(w)?;
        user_of(self.user, UserKind::Person, group, &self.user_name, &self.person).apply(w)?;
        w.about(&self.name);
        match &self.link {
            Some(link) => links::keep(w, link.0, self.user, Purpose::SetUp),
            None => Ok(()),
        }
    }
}

impl TenantSetUp {
    /// The groups; administrators may do and see everything.
    fn make_groups(&self, w: &mut Writer<'_>) -> Result<GroupId> {
        for group in &self.groups {
            let started = Started::of(group.kind, (self.reach, self.reach_name.clone()));
            GroupCreated { group: group.id, name: group.name.clone(), kind: group.kind, started }.apply(w)?;
        }
        self.groups.first().map(|group| group.id).ok_or_else(|| Error::broken("a tenant without groups"))
    }
}

/// A user was made by a command on the machine, with the rights that the command states, if any.
#[derive(Serialize)]
pub struct UserStarted {
    /// The user, its group and its particulars.
    pub user: UserCreated,
    /// Rights allowed to it, beyond its group's.
    pub rights: Vec<&'static str>,
}

impl Event for UserStarted {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("user.started", 1);
    fn subject(&self) -> Subject {
        self.user.subject()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        self.user.apply(w)?;
        self.rights.iter().try_for_each(|right| {
            let allowed =
                OwnValue { key: (*right).to_owned(), value: "true".to_owned(), mode: "free".to_owned() };
            own::give(w, Level::User, self.user.user.0, &allowed)
        })
    }
}
