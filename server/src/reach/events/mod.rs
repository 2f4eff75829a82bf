//! Every change of reach. The resolved table is made anew in the same commit.

mod defined;
mod given;
mod resolved;

pub use defined::{ReachChanged, ReachDefined, ReachRemoved};
pub use given::{ReachGiven, ReachTaken};

use kernel::right;

right!(
    /// May see who may what, and who reaches whom.
    ViewAccess,
    "access.view",
    "access"
);
right!(
    /// May make reach and give it, within the own reach.
    ManageReach,
    "reach.manage",
    "access"
);
