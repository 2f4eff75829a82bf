//! What the logs and the book themselves write down.

mod book;
mod erasing;
mod handouts;
mod heads;
mod hours;
mod keys;
mod reading;
mod words;

pub use book::{BookChecked, BookExported, EntryExtracted};
pub use erasing::PartsErased;
pub use handouts::{handed_out, not_handed_out};
pub use heads::head_signed;
pub use hours::counted;
pub use keys::{BookKeyMade, BookKeyRotated};
pub use reading::{EXPORT_JOB, LogExported, LogRead};
pub use words::gathered;
