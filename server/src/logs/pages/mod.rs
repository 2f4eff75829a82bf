//! The pages of the three logs: strip, filters, list, drawer.

mod bar;
mod drawer;
mod line;
mod list;
mod undoing;

#[cfg(test)]
pub(crate) use bar::names as event_names;
pub use line::{columns, row, word};
pub use list::{LogPage, list};
pub use undoing::UndoPage;
