//! 32 secret bytes: wiped when dropped, never printed, compared in constant time.

use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// 32 fresh bytes from a cryptographic source: the caller's, since this crate has none.
/// Never pass the same ones twice.
pub type Random = [u8; 32];

/// Decrypted bytes, wiped from memory when dropped.
pub type Plain = Zeroizing<Vec<u8>>;

#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secret([u8; 32]);

impl Secret {
    pub(crate) fn new(mut bytes: [u8; 32]) -> Self {
        let secret = Self(bytes);
        bytes.zeroize();
        secret
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self([0; 32]);
        if bytes.len() != secret.0.len() {
            return None;
        }
        secret.0.copy_from_slice(bytes);
        Some(secret)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HKDF-SHA-256 (RFC 5869): extract with `salt`, expand with `info` to 32 bytes.
    /// Nothing only if the lengths were impossible, which 32 bytes are not.
    pub(crate) fn derive(&self, salt: &[u8], info: &[&[u8]]) -> Option<Secret> {
        let mut out = Secret([0; 32]);
        Hkdf::<Sha256>::new(Some(salt), &self.0).expand_multi_info(info, &mut out.0).ok().map(|()| out)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
