//! Every change of skills, queues, profiles and the customer's own words.

mod profiles;
mod queues;
mod words;

pub use profiles::{ProfileCreated, ProfileDeleted, ProfileEdited};
pub use queues::{QueueCreated, QueueDeleted, QueueEdited, QueueShape};
pub use words::{WordAdded, WordRemoved, WordRenamed};

use kernel::right;

right!(
    /// May see skills, queues, profiles and the customer's own words.
    ViewProfiles,
    "profiles.view",
    "profiles"
);
right!(
    /// May change skills, queues, profiles and the customer's own words.
    ManageProfiles,
    "profiles.manage",
    "profiles"
);
