//! Reach as the product speaks of it. No SQL, no HTML.

use kernel::{GroupId, QueueId, UserId, Uuid, id};
use serde::{Deserialize, Serialize};

id!(
    /// A definition of reach.
    ReachId
);

/// Characters of a definition's name.
pub const NAME_CHARACTERS: usize = 100;
/// Groups and queues that one definition may hold.
pub const PARTS_AT_MOST: usize = 2000;

/// What a definition holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// All groups and queues, also those still to come.
    pub everything: bool,
    /// Some groups, by id; empty where it is everything.
    pub groups: Vec<GroupId>,
    /// Some queues, by id; empty where it is everything.
    pub queues: Vec<QueueId>,
}

impl Extent {
    /// The same extent in one form: sorted, without repetitions, without parts where it is everything.
    #[must_use]
    pub fn settled(mut self) -> Self {
        if self.everything {
            return Self { everything: true, groups: Vec::new(), queues: Vec::new() };
        }
        self.groups.sort_unstable();
        self.groups.dedup();
        self.queues.sort_unstable();
        self.queues.dedup();
        self
    }
    /// Kind and id of each part, as the tables hold them.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, Uuid)> {
        let groups = self.groups.iter().map(|g| ("group", g.0));
        groups.chain(self.queues.iter().map(|q| ("queue", q.0)))
    }
}

/// Whom reach is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Everybody in a group.
    Group(GroupId),
    /// One user.
    User(UserId),
}

impl Holder {
    /// The id in the tables.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Group(group) => group.0,
            Self::User(user) => user.0,
        }
    }
    /// The word in the log and the API.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Group(_) => "group",
            Self::User(_) => "user",
        }
    }
}

/// A definition as lists show it.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its id.
    pub id: ReachId,
    /// Its name, unique, case apart.
    pub name: String,
    /// What it holds.
    pub extent: Extent,
    /// To how many groups and users it is given.
    pub given: i64,
}
