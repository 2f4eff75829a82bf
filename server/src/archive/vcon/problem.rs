//! What may be wrong with a file, and where.

use crate::archive::sentence::Sentence;

/// One problem: a place in the file and a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Such as `dialog[2].start`; empty for the file as a whole.
    pub at: String,
    /// What is wrong there.
    pub fault: Fault,
}

impl Problem {
    /// Of the file as a whole.
    pub fn of_file(fault: Fault) -> Self {
        Self { at: String::new(), fault }
    }

    /// What to tell a person.
    pub fn sentence(&self) -> Sentence {
        self.fault.sentence().text("at", self.at.clone())
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not JSON, from this place on. Lines and columns count from 1.
    NotJson {
        /// The line.
        line: usize,
        /// The byte in it.
        column: usize,
    },
    /// The file is larger than [`super::MAX_VCON_BYTES`].
    FileTooLarge,
    /// Nested deeper than [`super::MAX_JSON_DEPTH`].
    TooDeep,
    /// More values than [`super::MAX_JSON_VALUES`].
    TooManyValues,
    /// A vCon in its signed or encrypted form, which has to be opened first.
    SignedOrEncrypted,
    /// Must be there and is not.
    Absent,
    /// Another kind of value was expected.
    WrongKind {
        /// What was expected.
        expected: Kind,
    },
    /// More of them than are taken.
    TooMany {
        /// How many are taken.
        limit: usize,
    },
    /// Longer than is taken.
    TooLong {
        /// How many characters are taken.
        limit_chars: usize,
    },
    /// Not a UUID.
    NotAnId,
    /// Not a time (RFC 3339).
    NotATime,
    /// A time before 1970 or after 2099.
    TimeOutOfRange,
    /// Neither a dialog nor the file says when.
    NoTime,
    /// A length that is negative or longer than a week.
    DurationOutOfRange,
    /// Names a party that is not in the file.
    NoSuchParty,
    /// A file's name that is empty or leads into a folder.
    UnsafeFileName,
    /// Not base64 or base64url, or text that is not UTF-8.
    NotDecodable,
    /// Content in an encoding that is not known.
    UnknownEncoding,
}

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `"…"`
    Text,
    /// `1.5`
    Number,
    /// `0`, `1`, `2` …
    Position,
    /// `[…]`
    List,
    /// `{…}`
    Object,
}

impl Kind {
    /// As the sentence's choice knows it.
    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Position => "position",
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

impl Fault {
    fn sentence(&self) -> Sentence {
        let of = Sentence::of;
        match self {
            Self::NotJson { line, column } => {
                of("vcon-not-json").number("line", *line).number("column", *column)
            }
            Self::FileTooLarge => of("vcon-file-too-large").number("limit", super::MAX_VCON_BYTES >> 20),
            Self::TooDeep => of("vcon-too-deep").number("limit", super::MAX_JSON_DEPTH),
            Self::TooManyValues => of("vcon-too-many-values").number("limit", super::MAX_JSON_VALUES),
            Self::SignedOrEncrypted => of("vcon-signed-or-encrypted"),
            Self::Absent => of("vcon-absent"),
            Self::WrongKind { expected } => of("vcon-wrong-kind").text("expected", expected.word()),
            Self::TooMany { limit } => of("vcon-too-many").number("limit", *limit),
            Self::TooLong { limit_chars } => of("vcon-too-long").number("limit", *limit_chars),
            Self::NotAnId => of("vcon-not-an-id"),
            Self::NotATime => of("vcon-not-a-time"),
            Self::TimeOutOfRange => of("vcon-time-out-of-range"),
            Self::NoTime => of("vcon-no-time"),
            Self::DurationOutOfRange => of("vcon-duration-out-of-range"),
            Self::NoSuchParty => of("vcon-no-such-party"),
            Self::UnsafeFileName => of("vcon-unsafe-file-name"),
            Self::NotDecodable => of("vcon-not-decodable"),
            Self::UnknownEncoding => of("vcon-unknown-encoding"),
        }
    }
}
