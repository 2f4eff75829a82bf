//! A certified extract: one entry with the proof that it is in the book and the signed head, in one file that needs
//! nothing else but the key. The form is C2SP `tlog-proof` (c2sp.org/tlog-proof); its extra data is the entry's line.
//!
//!     c2sp.org/tlog-proof@v1
//!     extra <the entry's line of an export, without its line feed, base64>
//!     index <n>
//!     <hashes of the path, base64, one a line>
//!
//!     <signed head>

#[cfg(test)]
mod tests;

use std::fmt;

use data_encoding::BASE64;

use crate::canonical::NotCanonical;
use crate::commitment::{PartKind, commitment};
use crate::digits;
use crate::export::{Entry, LINE_BYTES_MAX};
use crate::hash::Hash;
use crate::head::{BadHead, Head};
use crate::keys::Keys;
use crate::note::NOTE_BYTES_MAX;
use crate::proof::{BadProof, check_inclusion};

/// The first line of every extract.
pub const EXTRACT_MARK: &str = "c2sp.org/tlog-proof@v1";
/// The longest path: no tree is higher.
const PATH_HASHES_MAX: usize = 64;
/// The longest extract that is read, in bytes: the longest line in base64, a path and a head.
pub const EXTRACT_BYTES_MAX: usize = LINE_BYTES_MAX / 3 * 4 + 64 * 1024 + NOTE_BYTES_MAX;

/// One entry, certified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extract {
    /// The entry's line of an export, with its line feed.
    pub line: Vec<u8>,
    /// The entry's index.
    pub index: u64,
    /// Its path to the root of the head: see [`inclusion`](crate::inclusion).
    pub path: Vec<Hash>,
    /// The signed head.
    pub head: String,
}

/// Why an extract certifies nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadExtract {
    /// It does not have the form of an extract.
    Form,
    /// The head is not one of this book.
    Head(BadHead),
    /// The entry's line is not in the one form that it can have.
    Line(NotCanonical),
    /// The line belongs to another index, or its fields give another leaf hash than it states.
    Leaf,
    /// A part's body or salt is not the one that was entered.
    Part(PartKind),
    /// The path does not lead to the head's root.
    Path(BadProof),
}

impl fmt::Display for BadExtract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadExtract::Form => f.write_str("it does not have the form of an extract"),
            BadExtract::Head(bad) => write!(f, "the head: {bad}"),
            BadExtract::Line(bad) => write!(f, "the entry's line is {bad}"),
            BadExtract::Leaf => f.write_str("the entry's fields are not what was entered"),
            BadExtract::Part(kind) => write!(f, "the part {} is not what was entered", kind.name()),
            BadExtract::Path(bad) => write!(f, "the entry is not in the signed book: {bad}"),
        }
    }
}

impl std::error::Error for BadExtract {}

impl Extract {
    /// The text of the file.
    pub fn encode(&self) -> String {
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let mut text = format!("{EXTRACT_MARK}\nextra {}\nindex {}\n", BASE64.encode(line), self.index);
        for hash in &self.path {
            text.push_str(&BASE64.encode(&hash.0));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.head);
        text
    }

    /// Reads a file; refuses any that [`encode`](Extract::encode) would not write. Nothing is certified yet.
    pub fn decode(text: &str) -> Option<Extract> {
        if text.len() > EXTRACT_BYTES_MAX {
            return None;
        }
        let (proof, head) = text.split_once("\n\n")?;
        let mut lines = proof.split('\n');
        let (mark, extra, index) = (lines.next()?, lines.next()?, lines.next()?);
        let mut line = BASE64.decode(extra.strip_prefix("extra ")?.as_bytes()).ok()?;
        line.push(b'\n');
        let path: Option<Vec<_>> = lines.take(PATH_HASHES_MAX + 1).map(hash).collect();
        let index = index.strip_prefix("index ")?.parse().ok()?;
        let extract = Extract { line, index, path: path?, head: head.to_owned() };
        (mark == EXTRACT_MARK && extract.path.len() <= PATH_HASHES_MAX && extract.encode() == text)
            .then_some(extract)
    }

    /// Checks everything and gives the head and the entry. A part without body may be erased or left out: an extract
    /// says nothing about that.
    pub fn open(&self, keys: &Keys) -> Result<(Head, Entry<'_>), BadExtract> {
        let head = Head::open(&self.head, keys).map_err(BadExtract::Head)?;
        let entry = Entry::decode(&self.line).map_err(BadExtract::Line)?;
        let leaf = entry.true_hash(&mut Vec::new());
        if entry.index() != self.index || entry.hash() != leaf {
            return Err(BadExtract::Leaf);
        }
        for (kind, part) in entry.parts() {
            let forged = |open: &crate::Open<'_>| {
                commitment(kind, &open.salt, open.body.as_bytes()) != part.commitment
            };
            if part.open.as_ref().is_some_and(forged) {
                return Err(BadExtract::Part(kind));
            }
        }
        check_inclusion(&self.path, &leaf, self.index, head.size, &head.root).map_err(BadExtract::Path)?;
        Ok((head, entry))
    }
}

fn hash(line: &str) -> Option<Hash> {
    digits::from_base64(line.as_bytes().try_into().ok()?).map(Hash)
}
