//! What ends when a user leaves, is shut out or must choose a new password: parts of other domains' changes.

pub mod events;
