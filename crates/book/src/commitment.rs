//! Commitments: the leaf binds each part of a body without showing it, so that a part can be erased with its salt and
//! every proof still holds.
//!
//! SHA-256( domain, 23 bytes || part code || body length, 8 bytes big-endian || salt, 32 bytes || body ).
//! The first four fill exactly one block, so the salt keys the rest; the length makes the messages prefix-free.
//! Why this hides and binds is argued in `FORMAT.md`, section "Commitments".

use sha2::{Digest, Sha256};

use crate::hash::Hash;

/// 32 bytes from a cryptographic random source, one for each part of each entry, never used twice.
pub type Salt = [u8; 32];

const DOMAIN: &[u8; 23] = b"vaktbok.book/part/v1\0\0\0";

/// The parts of an entry's body. Each has its own salt and can be erased alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// Particulars of the actor: name as typed, address, browser.
    Who,
    /// Particulars of what was acted on: a caller's number, a name.
    Subject,
    /// Each field before and after.
    Change,
    /// Why, in the actor's words.
    Reason,
}

impl PartKind {
    /// All parts, in the order of their codes.
    pub const ALL: [PartKind; 4] = [PartKind::Who, PartKind::Subject, PartKind::Change, PartKind::Reason];

    /// The name in exports: `who`, `subject`, `change` or `reason`.
    pub const fn name(self) -> &'static str {
        match self {
            PartKind::Who => "who",
            PartKind::Subject => "subject",
            PartKind::Change => "change",
            PartKind::Reason => "reason",
        }
    }

    /// The code in leaves and stores: 1 to 4, never reused.
    pub const fn code(self) -> u8 {
        match self {
            PartKind::Who => 1,
            PartKind::Subject => 2,
            PartKind::Change => 3,
            PartKind::Reason => 4,
        }
    }

    /// The part with this code.
    pub fn from_code(code: u8) -> Option<PartKind> {
        PartKind::ALL.into_iter().find(|part| part.code() == code)
    }

    /// The part with this name.
    pub fn from_name(name: &str) -> Option<PartKind> {
        PartKind::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// The commitment to one part's canonical body under its salt.
pub fn commitment(part: PartKind, salt: &Salt, body: &[u8]) -> Hash {
    let mut head = [0u8; 64];
    head[..23].copy_from_slice(DOMAIN);
    head[23] = part.code();
    head[24..32].copy_from_slice(&(body.len() as u64).to_be_bytes());
    head[32..].copy_from_slice(salt);
    let mut sha = Sha256::new();
    sha.update(head);
    sha.update(body);
    Hash(sha.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_salt_length_and_body_each_change_the_commitment() {
        let base = commitment(PartKind::Who, &[7; 32], b"{}");
        assert_ne!(base, commitment(PartKind::Reason, &[7; 32], b"{}"));
        assert_ne!(base, commitment(PartKind::Who, &[8; 32], b"{}"));
        assert_ne!(base, commitment(PartKind::Who, &[7; 32], b"[]"));
        assert_ne!(base, commitment(PartKind::Who, &[7; 32], b"{}\0"));
    }

    #[test]
    fn codes_and_names_lead_back_to_their_part() {
        for part in PartKind::ALL {
            assert_eq!(PartKind::from_code(part.code()), Some(part));
            assert_eq!(PartKind::from_name(part.name()), Some(part));
        }
        assert_eq!(PartKind::from_code(0), None);
        assert_eq!(PartKind::from_code(5), None);
        assert_eq!(PartKind::from_name("Who"), None);
    }
}
