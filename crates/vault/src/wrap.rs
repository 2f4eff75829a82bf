//! A secret encrypted under a key that has a name, bound to what it is for and whose it is.
//!
//! Each wrapping derives its own key from a fresh salt, so that a key can wrap any number of secrets.

use crate::bond::{Purpose, names};
use crate::master::is_id;
use crate::secret::{Plain, Random, Secret};
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use std::fmt;

/// Longest secret that can be wrapped, in bytes.
pub const MAX_SECRET_BYTES: usize = 64 * 1024;

const VERSION: u8 = 1;
const SALT_BYTES: usize = 32;
const TAG_BYTES: usize = 16;

/// Why a key or secret could not be wrapped or unwrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Not the bytes of a wrapped secret: too short, too long, or without a key's name.
    Malformed,
    /// Wrapped by a later version of the format.
    UnknownVersion { version: u8 },
    /// The key that wrapped it is not at hand.
    OtherKey { wanted: String },
    /// Altered, or wrapped for another purpose, tenant or subject.
    Refused,
    /// The secret is longer than [`MAX_SECRET_BYTES`].
    TooLong,
    /// A name is longer than [`crate::MAX_NAME_BYTES`].
    NameTooLong,
    /// The cipher refused a length that this format never has.
    Cipher,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => write!(f, "not a wrapped secret"),
            Self::UnknownVersion { version } => write!(f, "unknown wrapping {version}"),
            Self::OtherKey { wanted } => write!(f, "wrapped by the key {wanted}, not at hand"),
            Self::Refused => write!(f, "altered, or another purpose's, tenant's or subject's"),
            Self::TooLong => write!(f, "the secret is too long"),
            Self::NameTooLong => write!(f, "a name is too long"),
            Self::Cipher => write!(f, "the cipher refused the length"),
        }
    }
}

impl std::error::Error for KeyError {}

/// What a wrapped secret is bound to.
pub(crate) struct Bond<'a> {
    pub(crate) purpose: Purpose,
    pub(crate) tenant: &'a [u8],
    pub(crate) subject: &'a [u8],
}

impl Bond<'_> {
    /// The stored beginning (version, key name, salt) and the bond: derives the key and is authenticated.
    fn context(&self, beginning: &[u8]) -> Result<Vec<u8>, KeyError> {
        let bond = names(&[self.purpose.name().as_bytes(), self.tenant, self.subject])
            .ok_or(KeyError::NameTooLong)?;
        Ok([beginning, &bond].concat())
    }
}

/// The name of the key that wrapped these bytes.
pub fn wrapped_by(wrapped: &[u8]) -> Result<&str, KeyError> {
    Ok(split(wrapped)?.key_id)
}

pub(crate) fn wrap(
    key: &Secret,
    key_id: &str,
    bond: &Bond<'_>,
    secret: &[u8],
    salt: Random,
) -> Result<Vec<u8>, KeyError> {
    if secret.len() > MAX_SECRET_BYTES {
        return Err(KeyError::TooLong);
    }
    let mut out = vec![VERSION, key_id.len() as u8];
    out.extend_from_slice(key_id.as_bytes());
    out.extend_from_slice(&salt);
    let context = bond.context(&out)?;
    let start = out.len();
    out.extend_from_slice(secret);
    let tag = cipher(key, &salt, &context)?
        .encrypt_inout_detached(&no_nonce(), &context, (&mut out[start..]).into())
        .map_err(|_| KeyError::Cipher)?;
    out.extend_from_slice(&tag);
    Ok(out)
}

pub(crate) fn unwrap(key: &Secret, key_id: &str, bond: &Bond<'_>, wrapped: &[u8]) -> Result<Plain, KeyError> {
    let parts = split(wrapped)?;
    if parts.key_id != key_id {
        return Err(KeyError::OtherKey { wanted: parts.key_id.to_owned() });
    }
    let context = bond.context(parts.beginning)?;
    let mut secret = Plain::new(parts.sealed.to_vec());
    let tag = Tag::try_from(parts.tag).map_err(|_| KeyError::Malformed)?;
    cipher(key, parts.salt, &context)?
        .decrypt_inout_detached(&no_nonce(), &context, secret.as_mut_slice().into(), &tag)
        .map_err(|_| KeyError::Refused)?;
    Ok(secret)
}

struct Parts<'a> {
    beginning: &'a [u8],
    key_id: &'a str,
    salt: &'a [u8],
    sealed: &'a [u8],
    tag: &'a [u8],
}

fn split(wrapped: &[u8]) -> Result<Parts<'_>, KeyError> {
    let [version, id_bytes, ..] = *wrapped else {
        return Err(KeyError::Malformed);
    };
    if version != VERSION {
        return Err(KeyError::UnknownVersion { version });
    }
    let salt_at = 2 + usize::from(id_bytes);
    let sealed_at = salt_at + SALT_BYTES;
    let sealed_bytes = wrapped.len().checked_sub(sealed_at + TAG_BYTES);
    let tag_at = match sealed_bytes {
        Some(bytes) if bytes <= MAX_SECRET_BYTES => sealed_at + bytes,
        _ => return Err(KeyError::Malformed),
    };
    let key_id = std::str::from_utf8(&wrapped[2..salt_at]).map_err(|_| KeyError::Malformed)?;
    if !is_id(key_id) {
        return Err(KeyError::Malformed);
    }
    Ok(Parts {
        beginning: &wrapped[..sealed_at],
        key_id,
        salt: &wrapped[salt_at..sealed_at],
        sealed: &wrapped[sealed_at..tag_at],
        tag: &wrapped[tag_at..],
    })
}

fn cipher(key: &Secret, salt: &[u8], context: &[u8]) -> Result<Aes256Gcm, KeyError> {
    key.derive(salt, &[b"vaktbok vault 1 wrap", context])
        .map(|key| Aes256Gcm::new(key.bytes().into()))
        .ok_or(KeyError::Cipher)
}

/// Zero: every wrapping has a key of its own.
fn no_nonce() -> Nonce<aes_gcm::aead::consts::U12> {
    Nonce::from([0; 12])
}
