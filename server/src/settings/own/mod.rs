//! Values that stand for one group or one user: given and dropped as parts of other domains' changes.

pub mod events;
