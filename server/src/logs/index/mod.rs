//! The index of the logs: what makes lists and searches quick. It proposes; the entry's own row decides (decisions/0135).
//!
//! - The entries of a log are indexed in blocks, the newest last: which of them have a facet, which hold a text, and which texts
//!   have a gram (one, two or three characters in a row).
//! - A block is sealed after commit from [`gather::SIZES`].small entries, and many are made one later. What is not sealed yet is
//!   read as it is, so that a list never lags; only a very long rest makes pages shorter.
//! - Nothing here makes an entry, and all of it can be made anew from the book.
//! - What was erased is in no list from that commit on; its words leave the index in the same round.
//!
//! `bits` sets of places · `block` a block in memory and its pages · `counts` counts without reading · `gather` seals, joins and
//! forgets · `remake` brings older blocks up to today · `sets` combines · `walk` finds.

pub mod bits;
pub mod block;
pub mod counts;
pub mod gather;
pub mod remake;
pub mod sets;
pub mod walk;
