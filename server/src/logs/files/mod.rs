//! A log as a file: CSV for spreadsheets, JSON Lines for programs.
//!
//! - What is asked for is an entry, with its filters, before the first byte is made, and each fetching is one too.
//! - A job makes it, part by part; it can be left, found again, followed and stopped, and a kill at any moment only delays it.
//! - Its parts are encrypted, and thrown away after [`FILE_KEPT_HOURS`]. Only who ordered it fetches it, and only while they hold
//!   the rights, and the same reach, that it was made by.
//! - No value can become a formula, a new line, or turn the direction of what stands beside it.

pub mod api;
mod cells;
mod order;
mod pages;
mod run;
mod said;
mod sealed;

pub use cells::{COLUMNS, cells, csv_line, json_line};
pub use order::{FILE_KEPT_HOURS, Format, MAX_QUERY_CHARACTERS, Order};
pub use pages::{ExportPage, ask, begin, file, list, progress, stop};
pub use run::{Making, follow, nudge, take_up, throw_away};
