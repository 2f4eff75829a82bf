//! Skills, queues, profiles, and the words a customer chooses for its own trade: pause reasons, enquiry categories and topics.
//!
//! - A profile is a set of skills with levels 1 to 9: shared by a group, a user's own, or a template for others.
//! - Profiles of groups and users are seen and changed only within reach.
//! - Nothing goes away while something else is made of it; the refusal says so.
//!
//! `model` words · `events` every change · `queries` every read · `pages` doors for people · `api` doors for programs · `undo`.

pub mod api;
pub mod events;
pub mod model;
pub mod pages;
pub mod queries;
mod undo;
