//! The pages of the three logs: strip, filters, list, drawer.

mod bar;
mod drawer;
mod line;
mod list;
mod menus;
mod pick;
mod strip;
mod undoing;

pub(super) use bar::in_words;
pub use line::{columns, row, word};
pub use list::{LogPage, list};
pub(super) use list::{names, places, title};
pub(super) use menus::Known;
#[cfg(test)]
pub(crate) use menus::names as event_names;
pub use undoing::UndoPage;
