//! Pages of users and user groups.

pub mod act;
pub mod bulk;
pub mod edit;
pub mod groups;
pub mod list;
pub mod moving;
pub mod one;
pub mod sheet;
pub mod words;

/// What a page may be asked to say was done: keys of sentences with the argument `n`.
const DONE: &[&str] = &[
    "users-done-created",
    "users-done-edited",
    "users-done-moved",
    "users-done-suspended",
    "users-done-resumed",
    "users-done-deactivated",
    "users-done-reactivated",
    "users-done-password",
    "groups-done-created",
    "groups-done-created-beyond",
    "groups-done-renamed",
    "groups-done-deleted",
];
