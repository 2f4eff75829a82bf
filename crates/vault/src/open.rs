//! Reading an encrypted file from any byte.
//!
//! Opening needs the header and the last chunk, so that a file with a missing or added end is refused before any of
//! its content is given out. After that every chunk stands for itself.

use crate::bond::Owner;
use crate::content::ContentError;
use crate::header::{HEADER_BYTES, Header};
use crate::key::ContentKey;
use crate::layout::Layout;
use crate::secret::Plain;
use std::fmt;
use std::ops::Range;

/// How many places are tried when telling a moved chunk from an altered one; a refusal costs no more than this.
const PLACES_TRIED: u64 = 64;

/// An encrypted file whose owner and end were checked.
pub struct Opener {
    header: Header,
    layout: Layout,
}

impl Opener {
    /// `header`: the first [`HEADER_BYTES`] of the file. `last_chunk`: the bytes at
    /// `layout.extent(layout.chunks() - 1)` of [`Layout::of_encrypted`] of the file's length.
    pub fn new(
        key: &ContentKey,
        owner: &Owner<'_>,
        header: &[u8],
        layout: Layout,
        last_chunk: &[u8],
    ) -> Result<Self, ContentError> {
        let opener = Self { header: Header::read(key, owner, header)?, layout };
        opener.chunk(layout.chunks() - 1, last_chunk)?;
        Ok(opener)
    }

    /// Where its chunks lie.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The content of one chunk, from the bytes at its extent.
    pub fn chunk(&self, chunk: u64, sealed: &[u8]) -> Result<Plain, ContentError> {
        let extent = self.layout.extent(chunk)?;
        let expected = (extent.end - extent.start) as usize;
        if sealed.len() != expected {
            return Err(ContentError::ChunkLength { chunk, expected, found: sealed.len() });
        }
        self.header
            .cipher
            .open(chunk, self.layout.is_last(chunk), sealed)
            .ok_or_else(|| self.diagnose(chunk, sealed))
    }

    /// Why a chunk did not open.
    fn diagnose(&self, chunk: u64, sealed: &[u8]) -> ContentError {
        let fits = |place: u64, last| self.header.cipher.open(place, last, sealed).is_some();
        let at_the_end = self.layout.is_last(chunk);
        if at_the_end && fits(chunk, false) {
            return ContentError::Truncated;
        }
        let near = chunk.saturating_sub(PLACES_TRIED / 2);
        let mut places = near..near + PLACES_TRIED;
        match places.find(|place| fits(*place, false) || fits(*place, true)) {
            Some(belongs_at) => ContentError::Moved { chunk, belongs_at },
            None if at_the_end => ContentError::EndAltered,
            None => ContentError::Altered { chunk },
        }
    }
}

/// Why a read through [`read`] failed: the file, or whoever fetched its bytes.
#[derive(Debug, PartialEq, Eq)]
pub enum ReadError<E> {
    Content(ContentError),
    Fetch(E),
}

impl<E> From<ContentError> for ReadError<E> {
    fn from(cause: ContentError) -> Self {
        Self::Content(cause)
    }
}

impl<E: fmt::Display> fmt::Display for ReadError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(cause) => cause.fmt(f),
            Self::Fetch(cause) => cause.fmt(f),
        }
    }
}

impl<E: fmt::Display + fmt::Debug> std::error::Error for ReadError<E> {}

/// The content's bytes `plain` (end excluded) of a file of `encrypted_bytes`, given piece by piece to `give`, one
/// chunk at most each. `fetch` gives the bytes of the file at a position.
pub fn read<E>(
    key: &ContentKey,
    owner: &Owner<'_>,
    encrypted_bytes: u64,
    plain: Range<u64>,
    mut fetch: impl FnMut(Range<u64>) -> Result<Vec<u8>, E>,
    mut give: impl FnMut(&[u8]),
) -> Result<(), ReadError<E>> {
    let layout = Layout::of_encrypted(encrypted_bytes)?;
    let header = fetch(0..HEADER_BYTES as u64).map_err(ReadError::Fetch)?;
    let end = fetch(layout.extent(layout.chunks() - 1)?).map_err(ReadError::Fetch)?;
    let opener = Opener::new(key, owner, &header, layout, &end)?;
    let wanted = layout.chunks_for(plain)?;
    let (mut skip, mut left) = (wanted.skip, wanted.take);
    for chunk in wanted.chunks {
        let sealed = fetch(layout.extent(chunk)?).map_err(ReadError::Fetch)?;
        let content = opener.chunk(chunk, &sealed)?;
        let take = left.min((content.len() - skip) as u64);
        give(&content[skip..skip + take as usize]);
        (skip, left) = (0, left - take);
    }
    Ok(())
}
