//! Facets: what an entry is found by. A list of a log with filters is an intersection of facets, newest first.
//!
//! Each entry has one row that holds the keys of all its facets. That row decides: an entry whose row is gone is in no list,
//! whatever an index made of it says.
//!
//! A facet's key is the first 8 bytes (big-endian, as a signed number) of SHA-256 over log code, facet name and folded
//! value with zero bytes between, so that every facet costs the same few bytes whatever its value. The tenant stands
//! before it wherever it is indexed. The empty name stands for "any entry of that log".

use book::Log;
use sha2::{Digest, Sha256};

/// Before the names of all facets of an entry that stands apart (see [`crate::Writer::apart`]).
pub const APART: &str = "apart/";

/// The key of a facet's value in one log.
#[must_use]
pub fn key(log: Log, facet: &str, value: &str) -> i64 {
    let hash = Sha256::new()
        .chain_update([log.code(), 0])
        .chain_update(facet.as_bytes())
        .chain_update([0])
        .chain_update(fold(value).as_bytes())
        .finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first)
}

/// Text as it is compared and searched: lower case by Unicode's rules, so that both engines fold Å alike.
#[must_use]
pub fn fold(text: &str) -> String {
    text.trim().chars().flat_map(char::to_lowercase).collect()
}

/// The keys of an entry as they are stored: 8 bytes each, big-endian, in order.
#[must_use]
pub fn pack(keys: &[i64]) -> Vec<u8> {
    keys.iter().flat_map(|key| key.to_be_bytes()).collect()
}

/// The keys read back.
pub fn unpack(bytes: &[u8]) -> impl Iterator<Item = i64> + '_ {
    bytes.as_chunks::<8>().0.iter().map(|key| i64::from_be_bytes(*key))
}
