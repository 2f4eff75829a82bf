//! The signed head: a C2SP checkpoint (c2sp.org/tlog-checkpoint) with one extension line, the time.
//!
//!     vaktbok.book/<customer number>/<book id, 32 hex digits>
//!     <size>
//!     <root, base64>
//!     time <µs since 1970-01-01 UTC>
//!
//! Further extension lines may follow; they are kept and covered by the signature. The key's name is the origin.

#[cfg(test)]
mod tests;

use std::fmt;

use data_encoding::{BASE64, HEXLOWER};

use crate::hash::Hash;
use crate::key::SigningKey;
use crate::keys::Keys;
use crate::note::{BadNote, Note};

/// The origin of a tenant's book, which is also the name of its keys: `vaktbok.book/<customer number>/<book id in hex>`.
/// The id is made once, with the book, so that a book begun anew under the same number is another book.
pub fn origin(customer_number: u64, book: &[u8; 16]) -> String {
    format!("vaktbok.book/{customer_number}/{}", HEXLOWER.encode(book))
}

/// Why something is not a head of this book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadHead {
    /// It is not a note signed by a known key.
    Note(BadNote),
    /// Its text is not origin, size, root and time.
    Form,
    /// It is of another book than the key.
    Origin,
    /// The key that signed it was not the one in force at its size.
    Retired,
}

impl fmt::Display for BadHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadHead::Note(bad) => write!(f, "{bad}"),
            BadHead::Form => f.write_str("its text is not origin, size, root and time"),
            BadHead::Origin => f.write_str("it belongs to another book than the key"),
            BadHead::Retired => f.write_str("it is signed by a key that was not in force at its size"),
        }
    }
}

impl std::error::Error for BadHead {}

/// What a book was at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which book: see [`origin`].
    pub origin: String,
    /// How many entries it had.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
    /// When it was signed, in microseconds since 1970-01-01 UTC.
    pub time: i64,
    /// Further extension lines, without their line feeds; none is written today.
    pub extensions: Vec<String>,
}

impl Head {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let root = BASE64.encode(&self.root.0);
        let mut text = format!("{}\n{}\n{root}\ntime {}\n", self.origin, self.size, self.time);
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The signed note. Fails if a field holds a line feed or another control character.
    pub fn sign(&self, key: &SigningKey) -> Result<String, BadHead> {
        let note = Note::new(self.text()).map_err(BadHead::Note)?;
        Ok(note.signed(key).to_string())
    }

    /// Reads a signed head and checks that a key of the book, in force at that size, has signed it.
    pub fn open(note: &str, keys: &Keys) -> Result<Head, BadHead> {
        let note = Note::parse(note).map_err(BadHead::Note)?;
        let signers = note.signers(&keys.all()).map_err(BadHead::Note)?;
        let head = Head::parse(note.text()).ok_or(BadHead::Form)?;
        if head.origin != keys.origin() {
            return Err(BadHead::Origin);
        }
        if signers.iter().any(|at| keys.in_force(*at, head.size)) { Ok(head) } else { Err(BadHead::Retired) }
    }

    /// Reads a signed head whoever signed it: one of one's own keeping. `None` when it is none.
    pub fn unchecked(note: &str) -> Option<Head> {
        Note::parse(note).ok().and_then(|note| Head::parse(note.text()))
    }

    /// Reads the text alone, whoever signed it; `None` unless [`text`](Head::text) writes the same.
    pub fn parse(text: &str) -> Option<Head> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let origin = lines.next()?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let root = BASE64.decode(lines.next()?.as_bytes()).ok()?;
        let time = lines.next()?.strip_prefix("time ")?.parse().ok()?;
        let root = Hash(root.try_into().ok()?);
        let head = Head { origin, size, root, time, extensions: lines.map(str::to_owned).collect() };
        (head.text() == text).then_some(head)
    }
}
