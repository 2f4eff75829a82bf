//! A change is one item: the right it needs, its name in the log, and its SQL.

use crate::{GroupId, KeyId, QueueId, Result, Right, SessionId, UserId, Writer};
use book::Log;
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// One change of the product. Its `apply` is the only code that gets a [`Writer`].
///
/// It may run again from the start if the engine has to repeat its group of changes, so it decides by what it reads,
/// and what comes from chance or from the outside is a field.
pub trait Event: Serialize + Send + Sync + 'static {
    /// The right that who asks must hold.
    type Needs: Right;
    /// What the caller gets once the change is on disk.
    type Output: Send + 'static;
    /// Which log, what name and what version of the body.
    const NAME: Name;
    /// What it is done to.
    fn subject(&self) -> Subject;
    /// Why, in the words of the person.
    fn reason(&self) -> Option<&str> {
        None
    }
    /// Makes the change. The entry is added in the same commit.
    ///
    /// # Errors
    /// Any error leaves nothing changed and no entry.
    fn apply(&self, w: &mut Writer<'_>) -> Result<Self::Output>;
}

/// The name of an event in the log, which never changes, and the version of its body, which readers understand for ever.
/// Made by [`name!`](crate::name) alone, which registers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The log it is read in.
    pub log: Log,
    /// Domain and past participle: `user.suspended`.
    pub text: &'static str,
    /// The version of the body.
    pub version: u32,
}

/// What an entry is about: a kind of thing and its id; zero where the thing is the tenant itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// `user`, `group`, `setting`, `interaction` …
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
}

impl Subject {
    /// A thing of a kind.
    #[must_use]
    pub const fn new(kind: &'static str, id: Uuid) -> Self {
        Self { kind, id }
    }
    /// The tenant itself.
    pub const TENANT: Self = Self::new("tenant", Uuid::nil());
}

macro_rules! subjects {
    ($($type:ty => $kind:literal)*) => {$(
        impl From<$type> for Subject {
            fn from(id: $type) -> Self { Self::new($kind, id.0) }
        }
    )*};
}
subjects! { UserId => "user" GroupId => "group" QueueId => "queue" SessionId => "session" KeyId => "key" }

/// Something an event needs and the log must not hold: it is written as `"changed"`.
#[derive(Clone)]
pub struct Kept<T>(pub T);

impl<T> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str("changed")
    }
}

impl<T> std::fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kept")
    }
}
