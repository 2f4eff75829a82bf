//! What the tests stand on: a world to test in, and the two doors into it.
//!
//! - [`both_engines!`] runs a test once on SQLite and once on PostgreSQL.
//! - [`World`] is one test's own world: an engine with an empty database, a folder that goes away.
//! - [`Portal`] is its portal, served from inside the test under a clock that can be moved; [`people`] makes its tenants and people.
//! - [`Http`] asks as a program would; [`Browser`] clicks as a person would.
//! - [`Program`] is the program itself, as a process that can be killed.
//! - [`Postgres`] is the one PostgreSQL of a test run, from Debian's binaries; `SmallPostgres` one of its own on a small disk.
//! - [`frames`] speaks HTTP/2 frame by frame.
//!
//! Nothing here needs a service that somebody else started, and nothing is left running.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "the tests' own ground: a panic says which expectation was wrong, and tests own their clock"
)]

mod browser;
mod folder;
pub mod frames;
mod http;
pub mod line;
pub mod people;
mod portal;
mod postgres;
pub mod program;
pub mod receiver;
mod small;
mod world;

pub use browser::{Browser, Theme, axe};
pub use folder::Folder;
pub use http::{Answer, Ask, Http, encode};
pub use people::{PASSWORD, Somebody, Tenant};
pub use portal::{Moved, Portal};
pub use postgres::{Database, Postgres};
pub use program::Program;
pub use receiver::{Answering, Receiver};
pub use small::{Small, SmallPostgres};
pub use world::{Engine, World};

/// How often a statistical test repeats: `ordinary` in `./test`, `nightly` in `./test --nightly`.
#[must_use]
pub fn repetitions(ordinary: usize, nightly: usize) -> usize {
    if std::env::var_os("VAKTBOK_TEST_NIGHTLY").is_some() { nightly } else { ordinary }
}
