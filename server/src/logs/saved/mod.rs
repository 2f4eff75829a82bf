//! Searches with a name: filters of a log, of one's own or shared with all who may read that log.
//!
//! - What is saved is filters alone: who opens a shared search sees what their own rights and reach cover.
//! - Sharing, and changing what is shared, takes the right to change settings.
//! - Each is an entry of the change log and can be undone.
//!
//! `model` what is saved · `pages`, `api` the doors · `undo` taking it back.

pub mod api;
pub mod model;
pub mod pages;
mod undo;
