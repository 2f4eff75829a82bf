//! Searches with a name: filters of a log or of the archive, of one's own or shared with all whom that list opens for.
//!
//! - What is saved is filters alone: who opens a shared search sees what their own rights and reach cover.
//! - Sharing, and changing what is shared, takes the right to change settings.
//! - Each is an entry of the change log and can be undone.
//!
//! `page` the lists that have them · `model` what is saved · `menu` above a list · `pages`, `api` the doors · `undo` taking it back.

pub mod api;
pub mod menu;
pub mod model;
pub mod page;
pub mod pages;
mod undo;
