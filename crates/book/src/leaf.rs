//! The leaf: what an entry binds for ever. It holds opaque ids, times and commitments only; everything that names a
//! person is in a part and can be erased.

mod decode;
mod encode;
#[cfg(test)]
mod tests;

pub use decode::BadLeaf;
pub(crate) use encode::Fields;

use crate::commitment::PartKind;
use crate::hash::{Hash, leaf_hash};

/// Which of the three logs an entry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Log {
    /// Attempts to sign in, by any way in.
    Access,
    /// Changes, by person or program.
    Change,
    /// Openings and deletions of interactions and their content.
    Archive,
}

impl Log {
    /// All logs, in the order of their codes.
    pub const ALL: [Log; 3] = [Log::Access, Log::Change, Log::Archive];

    /// The name in exports: `access`, `change` or `archive`.
    pub const fn name(self) -> &'static str {
        match self {
            Log::Access => "access",
            Log::Change => "change",
            Log::Archive => "archive",
        }
    }

    /// The code in leaves and stores: 1 to 3, never reused.
    pub const fn code(self) -> u8 {
        match self {
            Log::Access => 1,
            Log::Change => 2,
            Log::Archive => 3,
        }
    }

    /// The log with this code.
    pub fn from_code(code: u8) -> Option<Log> {
        Log::ALL.into_iter().find(|log| log.code() == code)
    }

    /// The log with this name.
    pub fn from_name(name: &str) -> Option<Log> {
        Log::ALL.into_iter().find(|log| log.name() == name)
    }
}

/// A reference to a user, an interaction or any other thing: its kind and opaque id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ref {
    /// Such as `user`, `group`, `interaction`.
    pub kind: String,
    /// The thing's id (a UUID's 16 bytes).
    pub id: [u8; 16],
}

/// One entry's leaf. Its index is its position in the tree and so not a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// When, in microseconds since 1970-01-01 UTC.
    pub at: i64,
    /// The log it belongs to.
    pub log: Log,
    /// The event's name, such as `user.suspended`.
    pub name: String,
    /// The version of the body's shape.
    pub version: u32,
    /// Who acted.
    pub actor: Ref,
    /// The user for whom the actor acted, if another.
    pub on_behalf: Option<[u8; 16]>,
    /// What was acted on.
    pub subject: Ref,
    /// The user group it belonged to then.
    pub group: Option<[u8; 16]>,
    /// The queue it belonged to then.
    pub queue: Option<[u8; 16]>,
    /// The id of the request that made it.
    pub request: [u8; 16],
    /// The clock went back before this entry, so its time may lie before that of the entry before it.
    pub stepped_back: bool,
    /// The commitments to the parts of the body, at most one of each kind, ascending by code.
    pub parts: Vec<(PartKind, Hash)>,
}

impl Leaf {
    /// The hash that the tree takes: RFC 6962's leaf hash of [`encode`](Leaf::encode).
    pub fn hash(&self) -> Hash {
        leaf_hash(&self.encode())
    }

    /// The commitment to this part, if the entry has one.
    pub fn part(&self, kind: PartKind) -> Option<&Hash> {
        self.parts.iter().find(|(part, _)| *part == kind).map(|(_, hash)| hash)
    }
}
