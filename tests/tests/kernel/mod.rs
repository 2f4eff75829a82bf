//! The kernel, tested through its public face on both engines.

mod commits;
mod walls;
