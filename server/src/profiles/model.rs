//! Skills, queues and profiles as the product speaks of them. No SQL, no HTML.

use crate::users::model::words;
use kernel::{Error, QueueId, Result, Uuid};
use serde::{Deserialize, Serialize};

/// The lowest and the highest level of a skill.
pub const LEVELS: std::ops::RangeInclusive<u8> = 1..=9;
/// Skills of one profile.
pub const MAX_SKILLS_OF_A_PROFILE: usize = 200;

words!(
    /// What kind of word a customer chooses.
    WordKind {
        /// What somebody can do: a language, a product.
        Skill = "skill",
        /// Why an agent takes no calls.
        PauseReason = "pause_reason",
        /// What an interaction was about, broadly.
        Category = "category",
        /// What it was about, within a category.
        Topic = "topic",
    }
);

words!(
    /// How customers come.
    Medium {
        /// A call.
        Call = "call",
        /// A chat.
        Chat = "chat",
        /// An e-mail.
        Email = "email",
        /// A task.
        Task = "task",
        /// A contact through a social network.
        Social = "social",
    }
);

words!(
    /// Whose a profile is.
    ProfileKind {
        /// Shared by the users of a group.
        Group = "group",
        /// One user's own.
        User = "user",
        /// To make others from.
        Template = "template",
    }
);

/// A word of the customer's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its id.
    pub id: Uuid,
    /// What kind it is.
    pub kind: WordKind,
    /// A topic's category; zero for others.
    pub parent: Uuid,
    /// The word.
    pub name: String,
}

/// A queue: a medium plus a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Its id.
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// How customers come.
    pub medium: Medium,
    /// What agents must be able to do.
    pub skill: Uuid,
    /// That skill's name.
    pub skill_name: String,
}

/// A skill with its level, 1 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ability {
    /// The skill.
    pub skill: Uuid,
    /// Its level.
    pub level: u8,
}

/// A profile without its skills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub kind: ProfileKind,
    /// The group or user; zero for a template.
    pub holder: Uuid,
    /// The group's or user's name; empty for a template.
    pub holder_name: String,
    /// Its name.
    pub name: String,
    /// How many skills it has.
    pub skills: i64,
}

/// Abilities, each skill once and within the levels, in order of skill.
///
/// # Errors
/// `Invalid` at `skill` when one comes twice, a level is out of range, or there are too many.
pub fn abilities(mut all: Vec<Ability>) -> Result<Vec<Ability>> {
    all.sort();
    let twice = all.windows(2).any(|pair| pair[0].skill == pair[1].skill);
    if twice || all.len() > MAX_SKILLS_OF_A_PROFILE || all.iter().any(|a| !LEVELS.contains(&a.level)) {
        return Err(Error::invalid("skill", "profiles-levels"));
    }
    Ok(all)
}
