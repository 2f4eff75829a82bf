//! Users and user groups: who there is, in which group, and whether they may come in.
//!
//! - Every user belongs to exactly one group. Lists and pages show only what reach allows, and oneself.
//! - Whoever is suspended, deactivated or moved is out at once: sessions and keys end in the same commit.
//! - Somebody who can sign in and manage users always remains ([`events::admins`]).
//! - Nobody gives what they lack, and nobody changes a user who may do more than they ([`events::bounds`]).
//!
//! `model` words · `start` what groups begin with · `events` every change · `queries` every read ·
//! `parse` what is sent in · `pages` doors for people ·
//! `api` doors for programs · `import` in and out by a file · `undo` how each change is taken back.

pub mod api;
pub mod events;
pub mod import;
pub mod model;
pub mod pages;
pub mod parse;
pub mod queries;
pub mod start;
mod undo;
