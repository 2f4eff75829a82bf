//! Users in and out by a file of comma- or semicolon-separated values (RFC 4180, UTF-8 with or without byte order mark).
//!
//! - Nothing is imported until every line is clean, or the faulty ones are set aside by choice.
//! - An import is a job: it shows how far it is, can be stopped and gone on with, and survives a restart. A line that
//!   was done already is found done when it comes again.
//! - Each user made or edited is an entry of its own, held to the rights and reach of who began the import.
//! - What goes out cannot be taken for a formula by a spreadsheet, and comes back in as it was.
//!
//! `file` bytes and cells · `check` what each line would do · `events`, `queries` the file between upload and import ·
//! `run` the job · `links` handed out afterwards · `pages`, `preview`, `api` doors.

pub mod api;
pub mod check;
pub mod events;
pub mod file;
pub mod links;
pub mod pages;
pub mod preview;
pub mod queries;
pub mod run;
