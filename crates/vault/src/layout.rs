//! Where things are in an encrypted file: lengths and positions, from its length alone.

use crate::content::ContentError;
use crate::header::HEADER_BYTES;
use std::ops::Range;

/// Bytes of content in a chunk; the last one is shorter, and empty only if the content is.
pub const CHUNK_BYTES: usize = 64 * 1024;
/// Bytes of the authentication tag behind each chunk.
pub(crate) const TAG_BYTES: usize = 16;
/// Bytes of a full chunk in the file.
pub const SEALED_CHUNK_BYTES: usize = CHUNK_BYTES + TAG_BYTES;
/// Longest content: 1 TiB, far below what one key may encrypt.
pub const MAX_CONTENT_BYTES: u64 = 1 << 40;

/// The shape of one encrypted file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    chunks: u64,
    plain_bytes: u64,
}

/// The chunks that hold a range of content, and where the range lies in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkRange {
    /// Chunk numbers, from 0; empty for an empty range.
    pub chunks: Range<u64>,
    /// Bytes to skip in the first chunk.
    pub skip: usize,
    /// Bytes wanted in all.
    pub take: u64,
}

impl Layout {
    /// Of a content of this length.
    pub fn of_plain(plain_bytes: u64) -> Result<Self, ContentError> {
        if plain_bytes > MAX_CONTENT_BYTES {
            return Err(ContentError::TooLong);
        }
        Ok(Self { chunks: plain_bytes.div_ceil(CHUNK_BYTES as u64).max(1), plain_bytes })
    }

    /// Of a file of this length. Lengths that no file has are refused; a cut inside a chunk often leaves one.
    pub fn of_encrypted(encrypted_bytes: u64) -> Result<Self, ContentError> {
        let impossible = ContentError::ImpossibleLength { encrypted_bytes };
        let body = encrypted_bytes.checked_sub(HEADER_BYTES as u64).ok_or(impossible)?;
        let chunks = body.div_ceil(SEALED_CHUNK_BYTES as u64);
        let plain = body.checked_sub(chunks * TAG_BYTES as u64).ok_or(impossible)?;
        let layout = Self::of_plain(plain)?;
        (layout.chunks == chunks).then_some(layout).ok_or(impossible)
    }

    /// Number of chunks, at least 1.
    pub fn chunks(&self) -> u64 {
        self.chunks
    }

    /// Length of the content in bytes.
    pub fn plain_bytes(&self) -> u64 {
        self.plain_bytes
    }

    /// Length of the file in bytes.
    pub fn encrypted_bytes(&self) -> u64 {
        HEADER_BYTES as u64 + self.plain_bytes + self.chunks * TAG_BYTES as u64
    }

    pub(crate) fn is_last(&self, chunk: u64) -> bool {
        chunk + 1 == self.chunks
    }

    /// Where a chunk lies in the file.
    pub fn extent(&self, chunk: u64) -> Result<Range<u64>, ContentError> {
        self.extent_of(chunk..chunk.saturating_add(1))
    }

    /// Where several chunks in a row lie in the file.
    pub fn extent_of(&self, chunks: Range<u64>) -> Result<Range<u64>, ContentError> {
        if chunks.start > chunks.end || chunks.end > self.chunks {
            return Err(self.out_of_range());
        }
        let at = |chunk: u64| {
            (HEADER_BYTES as u64 + chunk * SEALED_CHUNK_BYTES as u64).min(self.encrypted_bytes())
        };
        Ok(at(chunks.start)..at(chunks.end))
    }

    /// The chunks that hold the content's bytes `plain` (end excluded).
    pub fn chunks_for(&self, plain: Range<u64>) -> Result<ChunkRange, ContentError> {
        if plain.start > plain.end || plain.end > self.plain_bytes {
            return Err(self.out_of_range());
        }
        let size = CHUNK_BYTES as u64;
        let first = plain.start / size;
        let end = if plain.is_empty() { first } else { plain.end.div_ceil(size) };
        Ok(ChunkRange {
            chunks: first..end,
            skip: (plain.start % size) as usize,
            take: plain.end - plain.start,
        })
    }

    pub(crate) fn out_of_range(&self) -> ContentError {
        ContentError::OutOfRange { plain_bytes: self.plain_bytes }
    }
}
