//! The kernel, tested through its public face on both engines.

mod commits;
mod lost;
mod nodes;
mod time;
mod walls;
