//! Every read of the logs by a person: what reach covers, newest first.

mod bounds;
mod due;
mod hours;
mod index;
pub mod names;
mod one;
mod own;
mod running;
pub mod saved;
mod strip;

pub use bounds::{Reach, Span, reach, scopes, span};
pub use due::{Due, due};
pub use hours::{Batch, Hour, Tally, hour_of, hours, uncounted};
pub use index::{
    Among, BlockRow, Keyed, batch, behind, blocks, dead, pages, read, rest, sealed, smaller, texts, whole,
};
pub use one::{entry, of_request};
pub use own::{Done, newest_own};
pub use running::last_run;
pub use strip::edges;
