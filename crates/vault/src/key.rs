//! The keys of content: one for each content, wrapped by its tenant's, which the master key wraps.
//!
//! Destroying a wrapped key erases what it opens.

use crate::bond::{Owner, Purpose};
use crate::secret::{Plain, Random, Secret};
use crate::wrap::{Bond, KeyError, unwrap, wrap};

/// Opens one content. Given out only by an event that leaves an entry.
#[derive(Debug, PartialEq)]
pub struct ContentKey(Secret);

impl ContentKey {
    /// A new key out of fresh random bytes.
    pub fn new(random: Random) -> Self {
        Self(Secret::new(random))
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.0
    }
}

/// Wraps the keys of one tenant's contents. Has a version, so that it can be rotated.
#[derive(Debug, PartialEq)]
pub struct TenantKey {
    version: u32,
    secret: Secret,
}

impl TenantKey {
    /// A new key out of fresh random bytes. `version`: 1 for a tenant's first, one more at each rotation.
    pub fn new(version: u32, random: Random) -> Self {
        Self { version, secret: Secret::new(random) }
    }

    /// 1 for a tenant's first key, one more at each rotation.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The name under which it stands in what it wrapped; [`crate::wrapped_by`] reads it.
    pub fn id(&self) -> String {
        format!("tenant-{}", self.version)
    }

    /// Wraps a content's key, bound to its tenant and content. `salt`: fresh random bytes.
    pub fn wrap_content_key(
        &self,
        key: &ContentKey,
        owner: &Owner<'_>,
        salt: Random,
    ) -> Result<Vec<u8>, KeyError> {
        let bond = content_bond(owner);
        wrap(&self.secret, &self.id(), &bond, key.0.bytes(), salt)
    }

    /// The key again; refused if it was wrapped for another owner, by another key, or has been altered.
    pub fn unwrap_content_key(&self, wrapped: &[u8], owner: &Owner<'_>) -> Result<ContentKey, KeyError> {
        let bytes = unwrap(&self.secret, &self.id(), &content_bond(owner), wrapped)?;
        let secret = Secret::from_slice(&bytes).ok_or(KeyError::Malformed)?;
        Ok(ContentKey(secret))
    }

    /// Wraps a small secret of the tenant's own (a second step's seed, say), bound to its purpose, tenant and subject.
    pub fn wrap_secret(
        &self,
        purpose: Purpose,
        tenant: &[u8],
        subject: &[u8],
        secret: &[u8],
        salt: Random,
    ) -> Result<Vec<u8>, KeyError> {
        let bond = Bond { purpose, tenant, subject };
        wrap(&self.secret, &self.id(), &bond, secret, salt)
    }

    /// The secret again; refused if any of purpose, tenant and subject differs, or it has been altered.
    pub fn unwrap_secret(
        &self,
        purpose: Purpose,
        tenant: &[u8],
        subject: &[u8],
        wrapped: &[u8],
    ) -> Result<Plain, KeyError> {
        let bond = Bond { purpose, tenant, subject };
        unwrap(&self.secret, &self.id(), &bond, wrapped)
    }

    /// Version (4 bytes, big-endian) and key, for wrapping.
    pub(crate) fn to_bytes(&self) -> Plain {
        let mut bytes = Plain::new(self.version.to_be_bytes().to_vec());
        bytes.extend_from_slice(self.secret.bytes());
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, secret) = bytes.split_first_chunk::<4>()?;
        Some(Self { version: u32::from_be_bytes(*version), secret: Secret::from_slice(secret)? })
    }
}

fn content_bond<'a>(owner: &Owner<'a>) -> Bond<'a> {
    Bond { purpose: Purpose::CONTENT_KEY, tenant: owner.tenant, subject: owner.content }
}
