//! The export: canonical JSON Lines. The first line is a [`Header`], each further line an [`Entry`]; every line ends
//! with a line feed. What can be read has exactly one spelling, so nothing can hide in it.

mod entry;
mod erasure;
mod header;
mod put;
#[cfg(test)]
mod tests;

pub use entry::{BadEntry, Entry, Open, Part};
pub use erasure::{Erased, Erasure};
pub use header::Header;

use crate::canonical::NotCanonical;

/// The longest line that is read, in bytes, with its line feed. A writer keeps each part's body within
/// [`BODY_BYTES_MAX`], so that no line is longer.
pub const LINE_BYTES_MAX: usize = 5 * 1024 * 1024;
/// The longest canonical body of one part, in bytes.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// Cuts the line feed off a line that has been read.
fn body_of(line: &[u8]) -> Result<&str, NotCanonical> {
    let Some((b'\n', text)) = line.split_last() else {
        return Err(NotCanonical { at: line.len(), what: "a line feed" });
    };
    crate::canonical::utf8(text)
}
