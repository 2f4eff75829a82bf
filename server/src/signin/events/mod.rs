//! Every change of signing in: attempts, passwords and the links that set them, sessions, keys.

pub mod attempts;
pub mod keys;
pub mod links;
pub mod passwords;
pub mod sessions;
pub mod turns;
pub mod uses;
