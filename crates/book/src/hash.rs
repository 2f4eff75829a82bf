//! SHA-256 with the two prefixes of RFC 6962 section 2.1, which keep a leaf from passing as an inner node.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// A SHA-256 value: of a leaf, of an inner node, of the whole tree, or a commitment to a part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl Hash {
    /// The root of the tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1).
    pub fn empty_root() -> Hash {
        Hash(Sha256::digest([]).into())
    }
}

/// The hash of a leaf's bytes: SHA-256(0x00 || bytes), RFC 6962 section 2.1.
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    let mut sha = Sha256::new();
    sha.update([0u8]);
    sha.update(bytes);
    Hash(sha.finalize().into())
}

/// The hash of an inner node: SHA-256(0x01 || left || right), RFC 6962 section 2.1.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut block = [1u8; 65];
    block[1..33].copy_from_slice(&left.0);
    block[33..].copy_from_slice(&right.0);
    Hash(Sha256::digest(block).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_tree_has_the_hash_of_nothing() {
        let root = format!("{:?}", Hash::empty_root());
        assert_eq!(root, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn a_leaf_of_a_nodes_bytes_is_not_that_node() {
        let (a, b) = (leaf_hash(b"a"), leaf_hash(b"b"));
        let glued = [a.0, b.0].concat();
        assert_ne!(leaf_hash(&glued), node_hash(&a, &b));
    }
}
