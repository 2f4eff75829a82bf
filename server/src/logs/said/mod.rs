//! An entry in the reader's words: what each field and each detail is called, and what its values say.
//!
//! - Names stand instead of ids, times are local, settings speak as their page does. What is stored is never changed.
//! - A name is said only where the reader may see it. Otherwise the plain id stands beside a word that says so.
//! - Every field, detail and kind of thing that an event can tell has its word in both languages; a test walks them all.
//!
//! `shape` what kind of value each is · `piece` what a value becomes · `value` how it is said · `names` who and what is meant.

mod names;
mod piece;
mod shape;
#[cfg(test)]
mod tests;
mod value;

pub use names::{Names, Sought};
pub use piece::{Piece, Said};
pub use shape::{Shape, Thing, shape};
pub use value::{Teller, word};
