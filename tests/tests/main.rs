//! One binary for everything that is tested from outside: one link instead of many.
//!
//! - `access`: settings, rights and reach.
//! - `archive`: bringing in, finding, opening and hearing interactions.
//! - `clock`: a clock that is wrong.
//! - `commands`: the command line, as a process.
//! - `crash`: killed in the middle of its work.
//! - `doors`: every door of the product, asked by everybody who must not open it.
//! - `harness`: the ground the others stand on.
//! - `hostile`: whatever can be sent that should not be.
//! - `logs`: the logs and the book, through their doors.
//! - `kernel`: commits and walls, on both engines.
//! - `signin`: coming in, passwords, sessions, keys.
//! - `statements`: every SQL statement of the program, judged without running it.
//! - `stories`: what people do and see, in a real browser.
//! - `users`: users, groups and profiles through the door.
//! - `walk`: two tenants side by side, walked through at random.
//! - `full`: the book cannot be written.
//! - `secrets`: what may stand nowhere.
//! - `tidy`: the house rules, on every file of the repository.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test that panics says which line was wrong; it also owns its clock"
)]

mod access;
mod archive;
mod book;
mod clock;
mod commands;
mod crash;
mod doors;
mod full;
mod harness;
mod hostile;
mod kernel;
mod logs;
mod secrets;
mod signin;
mod statements;
mod stories;
mod tidy;
mod users;
mod walk;
