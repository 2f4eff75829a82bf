//! Signed notes (c2sp.org/signed-note): a text, a blank line, and a line for each signature.
//!
//! Lines by keys that the reader does not know are kept and otherwise ignored: that is the room for cosignatures.
//! A line by a key that it does know must hold, or the whole note is refused.

use std::fmt;

use data_encoding::BASE64;

use crate::key::{SigningKey, VerifierKey, check_name};

/// The longest note that is read, in bytes.
pub const NOTE_BYTES_MAX: usize = 64 * 1024;
/// The most signatures that a note may carry.
pub const NOTE_SIGNATURES_MAX: usize = 100;

/// Why something is not a note, or not one by a known key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadNote {
    /// Longer than [`NOTE_BYTES_MAX`] or with more signatures than [`NOTE_SIGNATURES_MAX`].
    TooLong,
    /// Not text, a blank line and signature lines, each ended by a line feed.
    Form,
    /// No known key has signed it.
    Unsigned,
    /// A signature by a known key does not hold.
    Signature,
}

impl fmt::Display for BadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadNote::TooLong => "the note is too long",
            BadNote::Form => "it does not have the form of a signed note",
            BadNote::Unsigned => "it is not signed by the given key",
            BadNote::Signature => "its signature does not hold",
        })
    }
}

impl std::error::Error for BadNote {}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    name: String,
    id: [u8; 4],
    signature: Vec<u8>,
}

/// A text with its signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    lines: Vec<Line>,
}

impl Note {
    /// A note without signatures. The text must be non-empty lines, each ended by a line feed, free of other control
    /// characters.
    pub fn new(text: String) -> Result<Note, BadNote> {
        let plain =
            text.ends_with('\n') && !text.starts_with('\n') && !text.contains("\n\n") && !has_controls(&text);
        if plain { Ok(Note { text, lines: Vec::new() }) } else { Err(BadNote::Form) }
    }

    /// Adds a signature.
    #[must_use]
    pub fn signed(mut self, key: &SigningKey) -> Note {
        let verifier = key.verifier();
        let signature = key.sign(self.text.as_bytes()).to_vec();
        self.lines.push(Line { name: verifier.name().to_owned(), id: verifier.id(), signature });
        self
    }

    /// Reads a note without judging its signatures; refuses any text that [`Display`](fmt::Display) would not write.
    pub fn parse(note: &str) -> Result<Note, BadNote> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(BadNote::TooLong);
        }
        let (text, lines) = note.split_once("\n\n").ok_or(BadNote::Form)?;
        let mut parsed = Note::new(format!("{text}\n"))?;
        let lines = lines.strip_suffix('\n').ok_or(BadNote::Form)?;
        for line in lines.split('\n') {
            if parsed.lines.len() == NOTE_SIGNATURES_MAX {
                return Err(BadNote::TooLong);
            }
            parsed.lines.push(Line::parse(line).ok_or(BadNote::Form)?);
        }
        Ok(parsed)
    }

    /// The text that is signed, with its last line feed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Which of these keys have signed: their places in the list. Fails if none has, or if any line by one of them
    /// does not hold.
    pub fn signers(&self, keys: &[&VerifierKey]) -> Result<Vec<usize>, BadNote> {
        let mut signers = Vec::new();
        for line in &self.lines {
            let Some(at) = keys.iter().position(|key| key.name() == line.name && key.id() == line.id) else {
                continue;
            };
            if !keys.get(at).is_some_and(|key| key.verifies(self.text.as_bytes(), &line.signature)) {
                return Err(BadNote::Signature);
            }
            signers.push(at);
        }
        if signers.is_empty() { Err(BadNote::Unsigned) } else { Ok(signers) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for line in &self.lines {
            let bytes = [&line.id, line.signature.as_slice()].concat();
            writeln!(f, "\u{2014} {} {}", line.name, BASE64.encode(&bytes))?;
        }
        Ok(())
    }
}

impl Line {
    fn parse(line: &str) -> Option<Line> {
        let (name, base64) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        check_name(name).ok()?;
        let bytes = BASE64.decode(base64.as_bytes()).ok()?;
        let (id, signature) = bytes.split_first_chunk::<4>()?;
        let line = Line { name: name.to_owned(), id: *id, signature: signature.to_vec() };
        (!signature.is_empty()).then_some(line)
    }
}

fn has_controls(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && c != '\n')
}
