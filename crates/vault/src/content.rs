//! Why an encrypted file was refused. Precise, because the archive reacts to the cases.

use std::fmt;

/// What is wrong with an encrypted file, or with what was asked of it. Lengths and positions in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentError {
    /// It does not begin with this format's mark.
    NotOurs,
    /// It was written by a later version of the format.
    UnknownVersion { version: u8 },
    /// The header names a cipher or chunk size that this version does not have, or its reserved bytes are not zero.
    UnknownParameters,
    /// The key, the tenant or the content is another's, or the header was altered.
    OtherOwner,
    /// No encrypted file has this length.
    ImpossibleLength { encrypted_bytes: u64 },
    /// The file stops short, at the border of a chunk.
    Truncated,
    /// The last chunk does not authenticate: it was altered, cut off, or something was added behind it.
    EndAltered,
    /// The chunk, not the last, does not authenticate.
    Altered { chunk: u64 },
    /// The chunk is a true one of this file, at another place.
    Moved { chunk: u64, belongs_at: u64 },
    /// The reader gave another number of bytes than the chunk has.
    ChunkLength { chunk: u64, expected: usize, found: usize },
    /// The range or chunk asked for lies outside the content.
    OutOfRange { plain_bytes: u64 },
    /// The content is longer than [`crate::MAX_CONTENT_BYTES`].
    TooLong,
    /// A tenant's or content's name is longer than [`crate::MAX_NAME_BYTES`].
    NameTooLong,
    /// The cipher refused a length that this format never has.
    Cipher,
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs => write!(f, "not an encrypted content file"),
            Self::UnknownVersion { version } => write!(f, "unknown content format {version}"),
            Self::UnknownParameters => write!(f, "unknown cipher, chunk size or reserved bytes"),
            Self::OtherOwner => write!(f, "another key, tenant or content, or an altered header"),
            Self::ImpossibleLength { encrypted_bytes } => {
                write!(f, "no content file is {encrypted_bytes} bytes long")
            }
            Self::Truncated => write!(f, "the end of the file is missing"),
            Self::EndAltered => write!(f, "the end was altered, cut or lengthened"),
            Self::Altered { chunk } => write!(f, "chunk {chunk} was altered"),
            Self::Moved { chunk, belongs_at } => {
                write!(f, "chunk {chunk} is the one that belongs at {belongs_at}")
            }
            Self::ChunkLength { chunk, expected, found } => {
                write!(f, "chunk {chunk}: {found} bytes instead of {expected}")
            }
            Self::OutOfRange { plain_bytes } => {
                write!(f, "outside the content's {plain_bytes} bytes")
            }
            Self::TooLong => write!(f, "longer than the longest content"),
            Self::NameTooLong => write!(f, "a tenant's or content's name is too long"),
            Self::Cipher => write!(f, "the cipher refused the length"),
        }
    }
}

impl std::error::Error for ContentError {}
