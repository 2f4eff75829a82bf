//! Settings and rights: typed values, inherited system → tenant → group → user.
//!
//! - A value is refused where it does not fit, or where a level above forbids it; the refusal names that level.
//! - Nobody gives a right that they lack, nobody raises their own rights through any level, and somebody who can run
//!   the tenant always remains: judged in the change's own transaction ([`bounds`]).
//! - Who is affected is found by running the policy both ways ([`effect`]), before saving and while saving alike.
//! - The operator gives values above all tenants, never rights.
//!
//! `model` words · `effect` who is affected · `bounds` what is refused · `arriving` rights of a newer program · `events` every change · `own` values in other domains' changes · `queries` every read ·
//! `wording` values in words · `pages`, `api` doors.

pub mod api;
pub mod arriving;
pub mod bounds;
pub mod effect;
pub mod events;
pub mod model;
pub mod own;
pub mod pages;
pub mod queries;
#[cfg(test)]
mod tests;
mod undo;
pub mod wording;
