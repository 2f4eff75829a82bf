//! The kernel, tested through its public face on both engines.

mod commits;
mod link;
mod lost;
mod nodes;
mod tables;
mod time;
mod walls;
