//! Signing in: passwords, links that set them, sessions, keys of programs.
//!
//! - Unknown, disabled and wrong are answered alike, after the same work.
//! - Every attempt by any way in is an entry of the access log; if it cannot be written, nobody comes in.
//! - A secret is shown once and kept as a hash; a password is kept as Argon2id with a pepper from outside the database.
//! - Nothing but its own password page opens to somebody who must set a new password first.
//!
//! `arriving` one attempt · `password` rules and hash · `waiting` after failures · `device` known browsers ·
//! `cookies` · `keys` of programs · `repeats` of refusals · `expiring` sessions and links that are over · `leaving` parts of other changes · `changing` passwords and links · `events`, `queries`, `pages`, `api`

pub mod api;
pub mod arriving;
pub mod changing;
pub mod cookies;
pub mod device;
pub mod events;
pub mod expiring;
pub mod keys;
pub mod leaving;
pub mod model;
pub mod pages;
pub mod password;
pub mod queries;
pub mod renewing;
pub mod repeats;
mod room;
mod turns;
mod undo;
pub mod waiting;
