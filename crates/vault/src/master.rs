//! The operator's keys, from a file or the environment: they wrap every tenant's keys and give the pepper.
//!
//! A text, one key a line: `vaktbok-master-key v1 <id> <base64 of 32 bytes>`. Blank lines and lines that begin with
//! `#` are passed over. The last key wraps; all of them unwrap. To rotate: append a line.

use crate::bond::Purpose;
use crate::key::TenantKey;
use crate::secret::{Plain, Random, Secret};
use crate::wrap::{Bond, KeyError, unwrap, wrap, wrapped_by};
use data_encoding::BASE64;
use std::fmt;
use zeroize::Zeroizing;

/// Longest master key file, in bytes.
pub const MAX_KEY_FILE_BYTES: usize = 16 * 1024;
/// Most keys in a file.
pub const MAX_MASTER_KEYS: usize = 64;
/// Longest name of a key, in bytes.
pub const MAX_KEY_ID_BYTES: usize = 32;

const WORD: &str = "vaktbok-master-key";
const VERSION: &str = "v1";

/// What is wrong with a master key file. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFileError {
    TooLong,
    NoKey,
    TooManyKeys,
    /// Not `vaktbok-master-key v1 <id> <base64>`.
    Line {
        line: usize,
    },
    UnknownVersion {
        line: usize,
    },
    /// A name is 1 to 32 of a–z, 0–9 and `-`.
    Id {
        line: usize,
    },
    SameId {
        line: usize,
    },
    /// Not the base64 of 32 bytes.
    Key {
        line: usize,
    },
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "longer than {MAX_KEY_FILE_BYTES} bytes"),
            Self::NoKey => write!(f, "no key in it"),
            Self::TooManyKeys => write!(f, "more than {MAX_MASTER_KEYS} keys"),
            Self::Line { line } => write!(f, "line {line}: not `{WORD} {VERSION} <id> <base64>`"),
            Self::UnknownVersion { line } => write!(f, "line {line}: unknown version"),
            Self::Id { line } => write!(f, "line {line}: a name is 1–32 of a–z, 0–9 and -"),
            Self::SameId { line } => write!(f, "line {line}: a key of this name stands above"),
            Self::Key { line } => write!(f, "line {line}: not the base64 of 32 bytes"),
        }
    }
}

impl std::error::Error for KeyFileError {}

/// A key for one use, derived from a master key: a pepper, a cookie key.
#[derive(Debug, PartialEq)]
pub struct Derived(Secret);

impl Derived {
    /// The key itself: 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.bytes()
    }
}

/// One of the operator's keys.
#[derive(Debug)]
pub struct MasterKey {
    id: String,
    secret: Secret,
}

impl MasterKey {
    /// `id`: 1 to 32 of a–z, 0–9 and `-`; otherwise nothing.
    pub fn new(id: &str, random: Random) -> Option<Self> {
        let secret = Secret::new(random);
        is_id(id).then(|| Self { id: id.to_owned(), secret })
    }

    /// The name under which it stands in the key file and in what it wrapped.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its line of the key file, with the line break.
    pub fn to_line(&self) -> Zeroizing<String> {
        let key = Zeroizing::new(BASE64.encode(self.secret.bytes()));
        Zeroizing::new(format!("{WORD} {VERSION} {} {}\n", self.id, key.as_str()))
    }

    /// A key for one use, named by `label` (never changed once used). HKDF-SHA-256 without salt.
    pub fn derive(&self, label: &str) -> Result<Derived, KeyError> {
        self.secret
            .derive(&[], &[b"vaktbok vault 1 derive ", label.as_bytes()])
            .map(Derived)
            .ok_or(KeyError::Cipher)
    }

    /// What passwords are hashed with besides their salt. It changes with the key: keep [`MasterKey::id`] beside the
    /// hash and ask [`MasterKeys::get`] for that one when checking.
    pub fn pepper(&self) -> Result<Derived, KeyError> {
        self.derive("password pepper")
    }
}

/// The keys of a master key file.
#[derive(Debug)]
pub struct MasterKeys {
    older: Vec<MasterKey>,
    current: MasterKey,
}

impl MasterKeys {
    /// Only this key.
    pub fn of(current: MasterKey) -> Self {
        Self { older: Vec::new(), current }
    }

    /// Reads a key file; the last key is the current one. Errors name the line.
    pub fn parse(text: &str) -> Result<Self, KeyFileError> {
        if text.len() > MAX_KEY_FILE_BYTES {
            return Err(KeyFileError::TooLong);
        }
        let mut keys: Vec<MasterKey> = Vec::new();
        for (at, text) in text.lines().enumerate() {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let key = line(text, at + 1)?;
            if keys.iter().any(|k| k.id == key.id) {
                return Err(KeyFileError::SameId { line: at + 1 });
            }
            keys.push(key);
        }
        if keys.len() > MAX_MASTER_KEYS {
            return Err(KeyFileError::TooManyKeys);
        }
        let current = keys.pop().ok_or(KeyFileError::NoKey)?;
        Ok(Self { older: keys, current })
    }

    /// The one that wraps.
    pub fn current(&self) -> &MasterKey {
        &self.current
    }

    /// The key of this name, current or older.
    pub fn get(&self, id: &str) -> Option<&MasterKey> {
        std::iter::once(&self.current).chain(&self.older).find(|k| k.id == id)
    }

    /// Whether these bytes were wrapped by an older key and should be wrapped anew.
    pub fn is_outdated(&self, wrapped: &[u8]) -> Result<bool, KeyError> {
        Ok(wrapped_by(wrapped)? != self.current.id)
    }

    /// Wraps a secret of a tenant, bound to its purpose. `salt`: fresh random bytes.
    pub fn wrap_secret(
        &self,
        purpose: Purpose,
        tenant: &[u8],
        secret: &[u8],
        salt: Random,
    ) -> Result<Vec<u8>, KeyError> {
        let key = &self.current;
        wrap(&key.secret, &key.id, &bond(purpose, tenant), secret, salt)
    }

    /// The secret again, by whichever key of the file wrapped it.
    pub fn unwrap_secret(&self, purpose: Purpose, tenant: &[u8], wrapped: &[u8]) -> Result<Plain, KeyError> {
        let id = wrapped_by(wrapped)?;
        let key = self.get(id).ok_or_else(|| KeyError::OtherKey { wanted: id.to_owned() })?;
        unwrap(&key.secret, &key.id, &bond(purpose, tenant), wrapped)
    }

    /// Wraps a tenant's key by the current master key. `salt`: fresh random bytes.
    pub fn wrap_tenant_key(&self, key: &TenantKey, tenant: &[u8], salt: Random) -> Result<Vec<u8>, KeyError> {
        self.wrap_secret(Purpose::TENANT_KEY, tenant, &key.to_bytes(), salt)
    }

    /// The tenant's key again, by whichever key of the file wrapped it.
    pub fn unwrap_tenant_key(&self, wrapped: &[u8], tenant: &[u8]) -> Result<TenantKey, KeyError> {
        let bytes = self.unwrap_secret(Purpose::TENANT_KEY, tenant, wrapped)?;
        TenantKey::from_bytes(&bytes).ok_or(KeyError::Malformed)
    }
}

fn bond(purpose: Purpose, tenant: &[u8]) -> Bond<'_> {
    Bond { purpose, tenant, subject: &[] }
}

fn line(text: &str, line: usize) -> Result<MasterKey, KeyFileError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        [WORD, VERSION, id, key] => {
            let bytes = BASE64.decode(key.as_bytes()).map(Zeroizing::new);
            let bytes = bytes.map_err(|_| KeyFileError::Key { line })?;
            let secret = Secret::from_slice(&bytes).ok_or(KeyFileError::Key { line })?;
            is_id(id).then(|| MasterKey { id: id.to_owned(), secret }).ok_or(KeyFileError::Id { line })
        }
        [WORD, version, _, _] if version != VERSION => Err(KeyFileError::UnknownVersion { line }),
        _ => Err(KeyFileError::Line { line }),
    }
}

/// Whether a key may have this name: 1 to 32 of a–z, 0–9 and `-`.
pub(crate) fn is_id(id: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    (1..=MAX_KEY_ID_BYTES).contains(&id.len()) && id.bytes().all(allowed)
}
