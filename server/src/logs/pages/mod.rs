//! The pages of the three logs: strip, filters, list, drawer.

mod bar;
mod drawer;
mod line;
mod list;

pub use line::{columns, plain, row, word};
pub use list::{LogPage, list};
