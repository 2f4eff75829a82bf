//! What signing in is made of: rights, settings, limits, outcomes.

use kernel::setting::{Kind, Level, Mode, Setting, Tighter};
use kernel::{GroupId, SessionId, Timestamp, UserId, from_row, right, setting};
use serde::Serialize;

right!(
    /// May hand out links by which others set a new password.
    ResetPasswords, "sign_in.reset", "sign-in"
);
right!(
    /// May see and end the sessions of others.
    EndSessions, "sign_in.sessions", "sign-in"
);
right!(
    /// May end every session of the customer at once.
    EndAllSessions, "sign_in.end_all", "sign-in"
);
right!(
    /// May make and end the keys of service users.
    ManageKeys, "keys.manage", "sign-in"
);

setting!(
    /// The shortest password where it is the only factor (NIST SP 800-63B-4 section 3.1.1.2: 15).
    pub LEAST_CHARACTERS = Setting {
        key: "password.least_characters",
        area: "sign-in",
        kind: Kind::Count { least: 15, most: 64, unit: "characters", tighter: Tighter::Higher },
        default: "15",
        mode: Mode::Free,
        lowest: Level::Group,
    }
);

/// Characters (Unicode code points) of a password at the most.
pub const MOST_CHARACTERS: usize = 128;
/// Bytes of a sign-in form; more is refused before it is read.
pub const FORM_BYTES: usize = 8 * 1024;
/// Characters of a typed user name that are read and kept.
pub const NAME_CHARACTERS: usize = 200;
/// How long a set-up or reset link works.
pub const LINK_MINUTES: i64 = 30;
/// How long a replaced session secret still opens pages that were under way.
pub const OVERLAP_SECONDS: i64 = 10;

/// What a password link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// The first password.
    SetUp,
    /// A new one for a forgotten one.
    Reset,
}

impl Purpose {
    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::Reset => "reset",
        }
    }
}

/// Why an attempt was refused: told to the log, never to who tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No tenant of that number.
    UnknownTenant,
    /// The tenant is suspended.
    TenantSuspended,
    /// No user of that name.
    UnknownUser,
    /// The user has never set a password, or cannot have one.
    NoPassword,
    /// Another password.
    WrongPassword,
    /// The user is deactivated or erased.
    Deactivated,
    /// The user is suspended now.
    Suspended,
    /// Too many failures in a row: it was not looked at.
    Waiting,
    /// Too many passwords were being hashed: it was not looked at.
    Busy,
}

impl Reason {
    /// The word in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownTenant => "unknown-tenant",
            Self::TenantSuspended => "tenant-suspended",
            Self::UnknownUser => "unknown-user",
            Self::NoPassword => "no-password",
            Self::WrongPassword => "wrong-password",
            Self::Deactivated => "deactivated",
            Self::Suspended => "suspended",
            Self::Waiting => "waiting",
            Self::Busy => "busy",
        }
    }
}

/// A user as an attempt to sign in finds them.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Who.
    pub user: UserId,
    /// Their group.
    pub group: GroupId,
    /// Their name.
    pub name: String,
    /// Their state.
    pub state: String,
    /// The tenant's state.
    pub tenant_state: String,
    /// Whether a suspension is running.
    pub suspended: bool,
    /// The stored hash, if a password was ever set.
    pub hash: Option<String>,
}
from_row!(Arrival { user, group, name, state, tenant_state, suspended, hash });

impl Arrival {
    /// Why this user may not come in whatever the password, if so.
    #[must_use]
    pub fn barred(&self) -> Option<Reason> {
        if self.tenant_state != "active" {
            Some(Reason::TenantSuspended)
        } else if self.state != "active" {
            Some(if self.state == "suspended" { Reason::Suspended } else { Reason::Deactivated })
        } else {
            self.suspended.then_some(Reason::Suspended)
        }
    }
}

/// A session as a person sees it.
#[derive(Clone, Debug, Serialize)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// When it began.
    pub made_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// How the person came in.
    pub method: String,
    /// From where.
    pub address: String,
    /// The address's country.
    pub country: String,
    /// With what.
    pub browser: String,
    /// On what.
    pub system: String,
}
from_row!(SessionRow { id, made_at, seen_at, method, address, country, browser, system });
