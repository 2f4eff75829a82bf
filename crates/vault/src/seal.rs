//! Encrypting a stream in constant memory.

use crate::bond::Owner;
use crate::content::ContentError;
use crate::header::{HEADER_BYTES, Header};
use crate::key::ContentKey;
use crate::layout::{CHUNK_BYTES, MAX_CONTENT_BYTES};
use crate::secret::{Plain, Random};

/// Takes content in pieces of any size and gives encrypted chunks. Holds at most one chunk itself.
pub struct Sealer {
    header: Header,
    held: Plain,
    chunk: u64,
    pushed_bytes: u64,
}

impl Sealer {
    /// `salt`: fresh for every file, even of the same content.
    pub fn new(key: &ContentKey, owner: &Owner<'_>, salt: Random) -> Result<Self, ContentError> {
        Ok(Self {
            header: Header::make(key, owner, salt)?,
            held: Plain::new(Vec::with_capacity(CHUNK_BYTES)),
            chunk: 0,
            pushed_bytes: 0,
        })
    }

    /// The file's first bytes; written before any chunk.
    pub fn header(&self) -> [u8; HEADER_BYTES] {
        self.header.bytes
    }

    /// Appends to `out` the chunks that `content` fills. The last full one is kept back until more comes, since only
    /// then is it known not to be the last.
    pub fn push(&mut self, mut content: &[u8], out: &mut Vec<u8>) -> Result<(), ContentError> {
        self.pushed_bytes = self.pushed_bytes.saturating_add(content.len() as u64);
        if self.pushed_bytes > MAX_CONTENT_BYTES {
            return Err(ContentError::TooLong);
        }
        while !content.is_empty() {
            if self.held.len() == CHUNK_BYTES {
                self.seal(false, out)?;
            }
            let room = CHUNK_BYTES - self.held.len();
            let (now, later) = content.split_at(room.min(content.len()));
            self.held.extend_from_slice(now);
            content = later;
        }
        Ok(())
    }

    /// Appends the last chunk. A file without it is refused as cut off. Gives the content's length in bytes.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<u64, ContentError> {
        self.seal(true, out)?;
        Ok(self.pushed_bytes)
    }

    /// A whole small content at once: header and chunks.
    pub fn whole(
        key: &ContentKey,
        owner: &Owner<'_>,
        salt: Random,
        content: &[u8],
    ) -> Result<Vec<u8>, ContentError> {
        let mut sealer = Self::new(key, owner, salt)?;
        let mut out = sealer.header().to_vec();
        sealer.push(content, &mut out)?;
        sealer.finish(&mut out)?;
        Ok(out)
    }

    fn seal(&mut self, last: bool, out: &mut Vec<u8>) -> Result<(), ContentError> {
        self.header.cipher.seal(self.chunk, last, &self.held, out)?;
        self.held.clear();
        self.chunk += 1;
        Ok(())
    }
}
