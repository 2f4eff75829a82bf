//! The three logs and the book they stand in: reading, searching, exporting, undoing, signing, forgetting.
//!
//! - What is shown is an entry of the book; nothing here can change one. What is forgotten is said to be, by an entry.
//! - A log shows what the reader's reach covers, and always what one did oneself.
//! - Reading and exporting a log are entries too, which stand apart from what is read.
//! - A signed head follows a change within a second, made by one node at a time.
//! - No page costs more than its named limits, however large the book.
//!
//! `model` an entry as read · `asked` what is asked for · `facets` what is found by · `listing` what a list shows · `counting` how much of it when · `index` how it is
//! found · `words` what is searched · `said` an entry in the reader's words ·
//! `pages`, `live` what is seen · `saved` searches of a log or the archive with a name · `reading` that it was read · `undo` taking changes back, `undoing` what that would do · `book` the whole of it ·
//! `running` that the program itself was started and stopped, `configured` with which options.

pub mod api;
pub mod asked;
pub mod book;
mod configured;
pub mod counting;
pub mod events;
pub mod facets;
pub mod files;
pub mod hours;
pub mod index;
pub mod listing;
pub mod live;
pub mod model;
pub mod pages;
pub mod queries;
pub mod reading;
pub mod retention;
pub mod running;
pub mod said;
pub mod saved;
pub mod undo;
pub mod undoing;
pub mod words;

use ::book::Log;
use kernel::Right;

kernel::right!(
    /// May read the access log.
    ReadAccessLog, "logs.access", "logs");
kernel::right!(
    /// May read the change log.
    ReadChangeLog, "logs.changes", "logs");
kernel::right!(
    /// May read the archive log.
    ReadArchiveLog, "logs.archive", "logs");
kernel::right!(
    /// May take a log that one may read out as a file.
    ExportLogs, "logs.export", "logs");

/// A right that opens one of the logs.
pub trait Kind: Right {
    /// The log.
    const LOG: Log;
    /// Its place among the addresses.
    const PATH: &'static str;
}
impl Kind for ReadAccessLog {
    const LOG: Log = Log::Access;
    const PATH: &'static str = "/logs/access";
}
impl Kind for ReadChangeLog {
    const LOG: Log = Log::Change;
    const PATH: &'static str = "/logs/changes";
}
impl Kind for ReadArchiveLog {
    const LOG: Log = Log::Archive;
    const PATH: &'static str = "/logs/archive";
}

/// What goes on beside requests, until the process ends: signing heads and handing them out, keeping the index, counting hours,
/// making files, forgetting what is due.
pub async fn work(app: crate::App) {
    let signed = std::sync::Arc::new(tokio::sync::Notify::new());
    tokio::join!(
        book::heads::run_ringing(app.clone(), std::sync::Arc::clone(&signed)),
        book::handout::run(app.clone(), signed),
        index::gather::run(app.clone()),
        hours::run(app.clone()),
        files::follow(app.clone()),
        retention::run(app)
    );
}
