//! Reach that is given or taken as a part of other domains' changes.

pub mod events;
