//! The kernel, tested through its public face on both engines.

mod commits;
mod nodes;
mod time;
mod walls;
