//! What may be wrong with a file, and where.

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

    /// The sentence's key, and what it speaks of: `at` always, and each number or word by name.
    pub fn sentence(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let (key, mut words) = self.fault.sentence();
        words.push(("at", self.at.clone()));
        (key, words)
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
    fn sentence(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let plain = |key| (key, Vec::new());
        match self {
            Self::NotJson { line, column } => {
                ("vcon-not-json", vec![("line", line.to_string()), ("column", column.to_string())])
            }
            Self::FileTooLarge => limited("vcon-file-too-large", super::MAX_VCON_BYTES / (1024 * 1024)),
            Self::TooDeep => limited("vcon-too-deep", super::MAX_JSON_DEPTH),
            Self::TooManyValues => limited("vcon-too-many-values", super::MAX_JSON_VALUES),
            Self::SignedOrEncrypted => plain("vcon-signed-or-encrypted"),
            Self::Absent => plain("vcon-absent"),
            Self::WrongKind { expected } => ("vcon-wrong-kind", vec![("expected", expected.word().into())]),
            Self::TooMany { limit } => limited("vcon-too-many", *limit),
            Self::TooLong { limit_chars } => limited("vcon-too-long", *limit_chars),
            Self::NotAnId => plain("vcon-not-an-id"),
            Self::NotATime => plain("vcon-not-a-time"),
            Self::TimeOutOfRange => plain("vcon-time-out-of-range"),
            Self::NoTime => plain("vcon-no-time"),
            Self::DurationOutOfRange => plain("vcon-duration-out-of-range"),
            Self::NoSuchParty => plain("vcon-no-such-party"),
            Self::UnsafeFileName => plain("vcon-unsafe-file-name"),
            Self::NotDecodable => plain("vcon-not-decodable"),
            Self::UnknownEncoding => plain("vcon-unknown-encoding"),
        }
    }
}

fn limited(key: &'static str, limit: usize) -> (&'static str, Vec<(&'static str, String)>) {
    (key, vec![("limit", limit.to_string())])
}
