//! Who asks, by which way in, on whose behalf, from where.

use crate::{GroupId, KeyId, RequestId, SessionId, Timestamp, UserId};
use serde::Serialize;
use uuid::Uuid;

/// The way a request came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// A page of the portal.
    Web,
    /// The API.
    Api,
    /// A command on the machine.
    Command,
    /// Our own long work.
    Job,
}

impl Way {
    /// The word in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Command => "command",
            Self::Job => "job",
        }
    }
}

/// Where a request came from; computed once per request, from what the machine saw and from stated proxies.
#[derive(Clone, Debug, Serialize)]
pub struct Origin {
    /// The way in.
    pub way: Way,
    /// The client's address, empty where there is none.
    pub address: String,
    /// ISO 3166 code of its country, or a word such as `private`; empty if unknown.
    pub country: String,
    /// Its network's name; empty if unknown.
    pub network: String,
    /// The browser or program.
    pub browser: String,
    /// The operating system.
    pub system: String,
    /// The request's id.
    pub request: RequestId,
    /// The door it came to, as the table of doors names it: `POST /users/{id}/edit`; empty where there was none.
    pub door: String,
    /// When it happened, in a history that is replayed; believed under a replaying clock alone.
    #[serde(skip)]
    pub moment: Option<Timestamp>,
}

impl Origin {
    /// What has no address: a command or a job.
    #[must_use]
    pub const fn inside(way: Way, request: RequestId) -> Self {
        Self {
            way,
            address: String::new(),
            country: String::new(),
            network: String::new(),
            browser: String::new(),
            system: String::new(),
            request,
            door: String::new(),
            moment: None,
        }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who has not signed in.
    Visitor,
    /// A user with a session.
    User {
        /// The user.
        user: UserId,
        /// The user's group at this moment.
        group: GroupId,
        /// The session.
        session: SessionId,
    },
    /// A service user's key.
    Key {
        /// The service user.
        user: UserId,
        /// Its group.
        group: GroupId,
        /// The key.
        key: KeyId,
    },
    /// A command on the machine, by an account there; or our own work, named.
    Machine {
        /// The account or the work's name.
        account: String,
    },
}

impl Actor {
    /// The kind as the leaf carries it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::User { .. } => "user",
            Self::Key { .. } => "key",
            Self::Machine { .. } => "machine",
        }
    }
    /// The opaque id as the leaf carries it: the user's, also where a key acted; zero for visitors and the machine.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        match self {
            Self::User { user, .. } | Self::Key { user, .. } => user.0,
            Self::Visitor | Self::Machine { .. } => Uuid::nil(),
        }
    }
    /// The user, if it is one.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        match self {
            Self::User { user, .. } | Self::Key { user, .. } => Some(*user),
            Self::Visitor | Self::Machine { .. } => None,
        }
    }
    /// The user's group, if it is one.
    #[must_use]
    pub const fn group(&self) -> Option<GroupId> {
        match self {
            Self::User { group, .. } | Self::Key { group, .. } => Some(*group),
            Self::Visitor | Self::Machine { .. } => None,
        }
    }
}
