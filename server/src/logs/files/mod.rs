//! A log as a file: CSV for spreadsheets, JSON Lines for programs.
//!
//! - What is asked for is an entry, with its filters, before the first byte is made.
//! - Nothing is stored: the file is made while it is fetched, in constant memory; it can be stopped.
//! - No value can become a formula, a new line, or turn the direction of what stands beside it.

mod cells;
mod pages;
mod stream;

pub use cells::{COLUMNS, cells, csv_line, json_line};
pub use pages::{ExportPage, ask, begin, file, progress, stop};
pub use stream::{Format, Made, entries};
