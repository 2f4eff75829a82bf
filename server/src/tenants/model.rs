//! What a tenant is made from.

use crate::ops::client::HostName;
use crate::ui::Language;
use crate::users::events::{GroupAtStart, UserCreated};
use crate::users::model::{GroupKind, Particulars, UserKind};
use kernel::{GroupId, TenantId, Timestamp, UserId, from_row};
use serde::Serialize;

/// Characters of a tenant's name at the most.
pub const NAME_CHARACTERS: usize = 200;

/// What the operator says of a new customer.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// The customer number, above 0.
    pub number: i64,
    /// The customer's name.
    pub name: String,
    /// The language of those who have chosen none.
    pub language: Language,
    /// The IANA name of the time zone.
    pub zone: String,
    /// The host name under which it is found without its number.
    pub host: Option<HostName>,
    /// The user name of the first administrator.
    pub administrator: String,
}

/// A tenant that is there, and the way into it.
#[derive(Clone, Debug)]
pub struct Added {
    /// Which tenant.
    pub tenant: TenantId,
    /// The first administrator.
    pub administrator: UserId,
    /// The address that sets the first password; works once.
    pub link: String,
    /// Until when it works.
    pub until: Timestamp,
}

/// A user as commands make them: a name to sign in by and a name to be called by.
#[must_use]
pub fn user_of(user: UserId, kind: UserKind, group: GroupId, user_name: &str, name: &str) -> UserCreated {
    let particulars =
        Particulars { user_name: user_name.to_owned(), name: name.to_owned(), ..Particulars::default() };
    UserCreated { user, kind, group: GroupAtStart(group), particulars, by: None, import: None }
}

/// A group a tenant begins with.
#[derive(Clone, Debug, Serialize)]
pub struct StartingGroup {
    /// Its id.
    pub id: GroupId,
    /// What it is for.
    pub kind: GroupKind,
    /// What it is called.
    pub name: String,
}

/// The kinds of the groups a tenant begins with, and their names' sentences. Administrators come first.
pub const STARTING_GROUPS: [(GroupKind, &str); 4] = [
    (GroupKind::Administrators, "tenant-administrators"),
    (GroupKind::Agents, "tenant-agents"),
    (GroupKind::Wallboards, "tenant-wallboards"),
    (GroupKind::Services, "tenant-services"),
];

/// A tenant as commands and pages show it.
#[derive(Clone, Debug, Serialize)]
pub struct TenantRow {
    /// The customer number.
    #[serde(skip)]
    pub tenant: TenantId,
    /// The customer's name.
    pub name: String,
    /// `sv` or `en`.
    pub language: String,
    /// IANA time zone.
    pub zone: String,
    /// Host name, if it has one.
    pub host: Option<String>,
    /// `active` or `suspended`.
    pub state: String,
    /// When it was made.
    pub made_at: Timestamp,
}
from_row!(TenantRow { tenant, name, language, zone, host, state, made_at });
