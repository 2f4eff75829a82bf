//! What the logs and the book themselves write down.

mod book;
mod erasing;
mod handouts;
mod heads;
mod hours;
mod index;
mod keys;
mod reading;
mod running;
pub mod saved;

pub use book::{BookChecked, BookExported, BookResumed, EntryExtracted};
pub use erasing::PartsErased;
pub use handouts::{handed_out, not_handed_out};
pub use heads::head_signed;
pub use hours::counted;
pub use index::{added, begun, replaced, sealed, swept};
pub use keys::{BookKeyMade, BookKeyRotated};
pub use reading::{EXPORT_JOB, LogExported, LogFetched, LogRead};
pub use running::{ProgramConfigured, ProgramStarted, ProgramStopped};
pub use saved::{SearchDeleted, SearchRenamed, SearchSaved};
