//! Reach: the user groups and queues whose rows somebody sees – users, archive, logs, exports, alerts alike.
//!
//! - Closed by default: who has been given nothing sees only themselves.
//! - A definition is everything, or some groups and queues; it is made once and given to groups and users.
//! - The table `reach`, which every list joins, is made anew in the same commit as whatever changes it.
//! - Nobody gives, makes or widens a reach that goes beyond their own.
//!
//! `model` words · `bounds` what is refused · `events` every change · `given` parts of other domains' changes ·
//! `queries` every read · `pages`, `api` doors.

pub mod api;
pub mod bounds;
pub mod events;
pub mod given;
pub mod model;
pub mod pages;
pub mod queries;
mod undo;
