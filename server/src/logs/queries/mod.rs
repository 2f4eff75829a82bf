//! Every read of the logs by a person: what reach covers, newest first.

mod bounds;
mod due;
mod hours;
mod list;
mod own;
mod strip;
mod words;

pub use bounds::{Span, scopes, span};
pub use due::due;
pub use hours::{Batch, Hour, Tally, hour_of, hours, uncounted};
pub use list::{Density, Drive, Found, MAX_CHECKS, MAX_SOURCES, density, entry, lines};
pub use own::{Done, newest_own};
pub use strip::{Bars, bars, bars_of};
pub use words::{batch, behind, fitting};
