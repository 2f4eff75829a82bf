//! What a wrapped key or an encrypted file is bound to: whose it is and what it is for.
//!
//! The bond is not stored: it is authenticated, so that a file or a key put in another's place is refused.

/// Longest tenant, content or subject name, in bytes.
pub const MAX_NAME_BYTES: usize = 64;

/// Whose content: the tenant's and the content's ids, as bytes (16 for a UUID). Each at most [`MAX_NAME_BYTES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'a> {
    pub tenant: &'a [u8],
    pub content: &'a [u8],
}

impl Owner<'_> {
    /// Length-prefixed, so that two owners never have the same bytes. Nothing if a name is too long.
    pub(crate) fn encode(&self) -> Option<Vec<u8>> {
        names(&[self.tenant, self.content])
    }
}

/// What a wrapped secret is for. Two purposes never open each other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose(&'static str);

impl Purpose {
    /// A tenant's key, wrapped by a master key.
    pub const TENANT_KEY: Purpose = Purpose("tenant key");
    /// The key of one content, wrapped by its tenant's key.
    pub const CONTENT_KEY: Purpose = Purpose("content key");
    /// The private part of the key that signs a tenant's heads.
    pub const BOOK_SIGNING_KEY: Purpose = Purpose("book signing key");
    /// The seed of a person's second step at sign-in.
    pub const SECOND_STEP: Purpose = Purpose("second step");
    /// What a tenant's sign-in partner gave us to prove who we are.
    pub const SIGN_IN_PARTNER: Purpose = Purpose("sign-in partner");

    /// A purpose of one's own; at most [`MAX_NAME_BYTES`] bytes, and never changed once something is wrapped.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    pub(crate) fn name(self) -> &'static str {
        self.0
    }
}

/// Each name behind one byte with its length.
pub(crate) fn names(parts: &[&[u8]]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(parts.iter().map(|p| p.len() + 1).sum());
    for part in parts {
        if part.len() > MAX_NAME_BYTES {
            return None;
        }
        out.push(part.len() as u8);
        out.extend_from_slice(part);
    }
    Some(out)
}
