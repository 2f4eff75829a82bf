//! The keys of one book, from the one that the reader trusts onwards: each rotation is a note in which the old key
//! signs the new one, and the new one shows that it exists.
//!
//!     <origin>
//!     key rotation
//!     old <verifier key>
//!     new <verifier key>
//!     size <n>
//!     time <µs since 1970-01-01 UTC>
//!
//! From size n on only the new key signs heads; heads up to size n by the old key stay good. The second line is no
//! number, so the note cannot pass as a head.

use std::fmt;

use crate::key::{BadKey, SigningKey, VerifierKey};
use crate::note::{BadNote, Note};

/// The longest key file that is read, in bytes.
pub const KEY_FILE_BYTES_MAX: usize = 1024 * 1024;

/// Why a text is not a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadKeys {
    /// The first line is not a verifier key.
    Key(BadKey),
    /// A rotation (counted from 1) is not a note signed by both keys.
    Note(usize, BadNote),
    /// A rotation (counted from 1) does not follow from the key before it.
    Rotation(usize),
    /// The file is too long or has lines that belong to nothing.
    Form,
}

impl fmt::Display for BadKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadKeys::Key(bad) => write!(f, "{bad}"),
            BadKeys::Note(n, bad) => write!(f, "key rotation {n}: {bad}"),
            BadKeys::Rotation(n) => {
                write!(f, "key rotation {n} does not follow from the key before it")
            }
            BadKeys::Form => f.write_str("the key file has lines that belong to nothing"),
        }
    }
}

impl std::error::Error for BadKeys {}

/// A book's keys in the order in which they came into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Each key with the size of the book from which on it signs.
    keys: Vec<(VerifierKey, u64)>,
}

impl Keys {
    /// One key, in force from the beginning.
    pub fn new(key: VerifierKey) -> Keys {
        Keys { keys: vec![(key, 0)] }
    }

    /// Reads a key file: a verifier key on the first line, then for each rotation a blank line and its note.
    pub fn parse(file: &str) -> Result<Keys, BadKeys> {
        if file.len() > KEY_FILE_BYTES_MAX {
            return Err(BadKeys::Form);
        }
        let (first, mut rest) = file.split_once('\n').unwrap_or((file, ""));
        let mut keys = Keys::new(first.trim_end_matches('\r').parse().map_err(BadKeys::Key)?);
        while !rest.is_empty() {
            let note = rest.strip_prefix('\n').ok_or(BadKeys::Form)?;
            let end = end_of_note(note).ok_or(BadKeys::Form)?;
            let (note, tail) = note.split_at_checked(end).ok_or(BadKeys::Form)?;
            keys.rotate(note)?;
            rest = tail;
        }
        Ok(keys)
    }

    /// Takes up a rotation, if it follows from the newest key.
    pub fn rotate(&mut self, note: &str) -> Result<(), BadKeys> {
        let n = self.keys.len();
        let bad = |bad| BadKeys::Note(n, bad);
        let note = Note::parse(note).map_err(bad)?;
        let rotation = Rotation::parse(note.text()).ok_or(BadKeys::Rotation(n))?;
        let follows =
            self.keys.last().is_some_and(|(old, from)| *old == rotation.old && *from <= rotation.size);
        if !follows || rotation.old == rotation.new || rotation.new.name() != self.origin() {
            return Err(BadKeys::Rotation(n));
        }
        let signers = note.signers(&[&rotation.old, &rotation.new]).map_err(bad)?;
        if !(signers.contains(&0) && signers.contains(&1)) {
            return Err(bad(BadNote::Unsigned));
        }
        self.keys.push((rotation.new, rotation.size));
        Ok(())
    }

    /// The origin of the book, which is the name of all its keys.
    pub fn origin(&self) -> &str {
        self.keys.first().map_or("", |(key, _)| key.name())
    }

    /// All keys, oldest first.
    pub fn all(&self) -> Vec<&VerifierKey> {
        self.keys.iter().map(|(key, _)| key).collect()
    }

    /// Whether the key at this place in [`all`](Keys::all) may sign a head of this size.
    pub fn in_force(&self, at: usize, size: u64) -> bool {
        let from = self.keys.get(at).is_some_and(|(_, from)| *from <= size);
        let until = self.keys.get(at + 1).is_none_or(|(_, next)| size <= *next);
        from && until
    }
}

/// A change of key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The key in force until now.
    pub old: VerifierKey,
    /// The key that signs from now on, of the same name.
    pub new: VerifierKey,
    /// The book's size from which on the new key signs.
    pub size: u64,
    /// When, in microseconds since 1970-01-01 UTC.
    pub time: i64,
}

impl Rotation {
    /// The note in which `old` hands over to `new` at this size and time.
    pub fn sign(old: &SigningKey, new: &SigningKey, size: u64, time: i64) -> Result<String, BadNote> {
        let rotation = Rotation { old: old.verifier(), new: new.verifier(), size, time };
        Ok(Note::new(rotation.text())?.signed(old).signed(new).to_string())
    }

    /// The text that both keys sign.
    pub fn text(&self) -> String {
        let Rotation { old, new, size, time } = self;
        format!("{}\nkey rotation\nold {old}\nnew {new}\nsize {size}\ntime {time}\n", old.name())
    }

    fn parse(text: &str) -> Option<Rotation> {
        let mut lines = text.split('\n').skip(2);
        let mut field = |name: &str| lines.next()?.strip_prefix(name);
        let rotation = Rotation {
            old: field("old ")?.parse().ok()?,
            new: field("new ")?.parse().ok()?,
            size: field("size ")?.parse().ok()?,
            time: field("time ")?.parse().ok()?,
        };
        (rotation.text() == text).then_some(rotation)
    }
}

/// Where a note ends that other things may follow: after its last signature line.
fn end_of_note(text: &str) -> Option<usize> {
    let mut end = text.find("\n\n")? + 2;
    while let Some(line) = text.get(end..).filter(|rest| rest.starts_with('\u{2014}')) {
        end += line.find('\n')? + 1;
    }
    Some(end)
}
