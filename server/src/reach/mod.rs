//! Reach: the user groups and queues whose rows somebody sees.

pub mod given;
