//! One chunk: AES-256-GCM under the file's own key. The nonce is the chunk's number and whether it is the last
//! (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its
//! Nonce-Reuse Misuse-Resistance", 2015), so that chunks cannot be moved, dropped or added.

use crate::content::ContentError;
use crate::layout::TAG_BYTES;
use crate::secret::{Plain, Secret};
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};

pub(crate) struct ChunkCipher {
    cipher: Aes256Gcm,
    bound: Vec<u8>,
}

impl ChunkCipher {
    /// `bound`: the header without its commitment, and the owner; authenticated with every chunk.
    pub(crate) fn new(key: &Secret, bound: Vec<u8>) -> Self {
        Self { cipher: Aes256Gcm::new(key.bytes().into()), bound }
    }

    /// Encrypts `plain` onto the end of `out`.
    pub(crate) fn seal(
        &self,
        chunk: u64,
        last: bool,
        plain: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), ContentError> {
        let start = out.len();
        out.extend_from_slice(plain);
        let place = nonce(chunk, last);
        let tag = self
            .cipher
            .encrypt_inout_detached(&place, &self.bound, (&mut out[start..]).into())
            .map_err(|_| ContentError::Cipher)?;
        out.extend_from_slice(&tag);
        Ok(())
    }

    /// The content of a chunk, or nothing if it does not authenticate at this place.
    pub(crate) fn open(&self, chunk: u64, last: bool, sealed: &[u8]) -> Option<Plain> {
        let (body, tag) = sealed.split_at_checked(sealed.len().checked_sub(TAG_BYTES)?)?;
        let tag = Tag::try_from(tag).ok()?;
        let mut plain = Plain::new(body.to_vec());
        self.cipher
            .decrypt_inout_detached(&nonce(chunk, last), &self.bound, plain.as_mut_slice().into(), &tag)
            .ok()?;
        Some(plain)
    }
}

/// Three zero bytes, the number (big-endian), 1 for the last chunk.
fn nonce(chunk: u64, last: bool) -> Nonce<aes_gcm::aead::consts::U12> {
    let mut bytes = [0; 12];
    bytes[3..11].copy_from_slice(&chunk.to_be_bytes());
    bytes[11] = u8::from(last);
    Nonce::from(bytes)
}
