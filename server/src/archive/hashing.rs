//! Whether media are what their file says they are.
//!
//! vCon 0.0.1 states `alg` ("SHA-512", "sha256") and `signature`, base64url or base64 of the digest of the raw media,
//! padded or not (draft-ietf-vcon-vcon-container-00, section 2.4). Later drafts state `content_hash`:
//! "sha512-<base64url>" (draft-ietf-vcon-vcon-core, section 2.2). Hexadecimal is taken too, since some writers use it.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256, Sha512};

/// Longest text in which a hash may be stated.
pub const MAX_STATED_CHARS: usize = 256;

/// A hash that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-256 (FIPS 180-4), 32 bytes.
    Sha256,
    /// SHA-512 (FIPS 180-4), 64 bytes.
    Sha512,
}

impl Algorithm {
    /// By its name in any of the usual spellings.
    pub fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
            "sha256" => Some(Self::Sha256),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }

    fn digest_bytes(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

/// The hash that a file states for its media.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    algorithm: Algorithm,
    digest: Vec<u8>,
}

/// Why a stated hash cannot be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimFault {
    /// Neither SHA-256 nor SHA-512.
    UnknownAlgorithm,
    /// Not base64, base64url or hexadecimal of as many bytes as the algorithm gives.
    Malformed,
}

impl Claim {
    /// Of vCon 0.0.1: the algorithm's name, and the digest.
    pub fn stated(algorithm: &str, digest: &str) -> Result<Self, ClaimFault> {
        let algorithm = Algorithm::named(algorithm).ok_or(ClaimFault::UnknownAlgorithm)?;
        let digest = decode(digest, algorithm.digest_bytes()).ok_or(ClaimFault::Malformed)?;
        Ok(Self { algorithm, digest })
    }

    /// Of later drafts: `sha512-<digest>`.
    pub fn content_hash(text: &str) -> Result<Self, ClaimFault> {
        let (algorithm, digest) = text.split_once('-').ok_or(ClaimFault::Malformed)?;
        Self::stated(algorithm, digest)
    }

    /// Which hash is stated.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Begins a check; the media are pushed piece by piece.
    pub fn check(self) -> Check {
        let hasher = match self.algorithm {
            Algorithm::Sha256 => Hasher::Sha256(Sha256::new()),
            Algorithm::Sha512 => Hasher::Sha512(Sha512::new()),
        };
        Check { claim: self, hasher }
    }

    /// Whether these are the media.
    pub fn fits(self, media: &[u8]) -> bool {
        let mut check = self.check();
        check.push(media);
        check.fits()
    }
}

/// A check under way, in constant memory.
pub struct Check {
    claim: Claim,
    hasher: Hasher,
}

enum Hasher {
    Sha256(Sha256),
    Sha512(Sha512),
}

impl Check {
    /// The next piece of the media.
    pub fn push(&mut self, piece: &[u8]) {
        match &mut self.hasher {
            Hasher::Sha256(hasher) => hasher.update(piece),
            Hasher::Sha512(hasher) => hasher.update(piece),
        }
    }

    /// Whether what was pushed has the stated hash.
    pub fn fits(self) -> bool {
        match self.hasher {
            Hasher::Sha256(hasher) => hasher.finalize()[..] == self.claim.digest,
            Hasher::Sha512(hasher) => hasher.finalize()[..] == self.claim.digest,
        }
    }
}

/// The form is told by the length: no hexadecimal of a digest is as long as its base64.
fn decode(text: &str, bytes: usize) -> Option<Vec<u8>> {
    let text = text.trim();
    if text.len() == bytes * 2 {
        return HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
    }
    base64_any(text).filter(|digest| digest.len() == bytes)
}

/// base64url or base64, padded or not (RFC 4648, sections 4 and 5).
pub fn base64_any(text: &str) -> Option<Vec<u8>> {
    let unpadded = text.trim().trim_end_matches('=');
    if !unpadded.contains(['+', '/']) {
        return BASE64URL_NOPAD.decode(unpadded.as_bytes()).ok();
    }
    let urlsafe: Vec<u8> = unpadded
        .bytes()
        .map(|byte| match byte {
            b'+' => b'-',
            b'/' => b'_',
            other => other,
        })
        .collect();
    BASE64URL_NOPAD.decode(&urlsafe).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::{BASE64, BASE64URL, HEXLOWER};

    const MEDIA: &[u8] = b"the raw media";

    fn digest() -> Vec<u8> {
        Sha512::digest(MEDIA).to_vec()
    }

    #[test]
    fn a_hash_is_read_in_every_spelling() {
        let digest = digest();
        let spellings = [
            BASE64.encode(&digest),
            BASE64URL.encode(&digest),
            BASE64URL_NOPAD.encode(&digest),
            HEXLOWER.encode(&digest),
        ];
        for stated in spellings {
            assert!(Claim::stated("SHA-512", &stated).unwrap().fits(MEDIA), "{stated}");
            assert!(Claim::stated("sha512", &stated).unwrap().fits(MEDIA), "{stated}");
            assert!(Claim::content_hash(&format!("sha512-{stated}")).unwrap().fits(MEDIA));
        }
    }

    #[test]
    fn sha_256_is_checked_too() {
        let stated = BASE64URL.encode(&Sha256::digest(MEDIA));
        let claim = Claim::stated("sha256", &stated).unwrap();
        assert!(claim.clone().fits(MEDIA));
        assert!(!claim.fits(b"other media"));
    }

    #[test]
    fn other_media_do_not_fit() {
        let stated = BASE64URL.encode(&digest());
        assert!(!Claim::stated("SHA-512", &stated).unwrap().fits(b"other media"));
    }

    #[test]
    fn pieces_are_checked_as_the_whole() {
        let mut check = Claim::stated("SHA-512", &BASE64.encode(&digest())).unwrap().check();
        MEDIA.chunks(3).for_each(|piece| check.push(piece));
        assert!(check.fits());
    }

    #[test]
    fn a_hash_that_cannot_be_checked_says_why() {
        let stated = BASE64URL.encode(&digest());
        assert_eq!(Claim::stated("md5", &stated), Err(ClaimFault::UnknownAlgorithm));
        assert_eq!(Claim::stated("SHA-256", &stated), Err(ClaimFault::Malformed));
        assert_eq!(Claim::stated("SHA-512", "nonsense!"), Err(ClaimFault::Malformed));
        assert_eq!(Claim::content_hash(&stated.replace('-', "")), Err(ClaimFault::Malformed));
        assert_eq!(Claim::content_hash("crc32-AAAA"), Err(ClaimFault::UnknownAlgorithm));
    }
}
