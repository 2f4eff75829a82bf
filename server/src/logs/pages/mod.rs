//! The pages of the three logs: strip, filters, list, drawer.

mod bar;
mod drawer;
mod line;
mod list;
mod menus;
mod pick;
mod undoing;

pub use line::{columns, row, word};
pub(super) use list::title;
pub use list::{LogPage, list};
#[cfg(test)]
pub(crate) use menus::names as event_names;
pub use undoing::UndoPage;
