//! SHA-256 with the two prefixes of RFC 6962 section 2.1, which keep a leaf from passing as an inner node.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::block_api::compress256;
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
///
/// The 65 bytes always fill two blocks, so these are laid out here with their padding (FIPS 180-4 section 5.1.1) and
/// compressed at once; whoever appends or verifies does little else.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    const BITS: u16 = 65 * 8;
    let mut blocks = [[0u8; 64]; 2];
    let bytes = blocks.as_flattened_mut();
    bytes[0] = 1;
    bytes[1..33].copy_from_slice(&left.0);
    bytes[33..65].copy_from_slice(&right.0);
    bytes[65] = 0x80;
    bytes[126..].copy_from_slice(&BITS.to_be_bytes());
    let mut state = START;
    compress256(&mut state, &blocks);
    let mut hash = [0; 32];
    for (bytes, word) in hash.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    Hash(hash)
}

/// SHA-256's initial state (FIPS 180-4 section 5.3.3).
const START: [u32; 8] =
    [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_tree_has_the_hash_of_nothing() {
        let root = format!("{:?}", Hash::empty_root());
        assert_eq!(root, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn a_nodes_hash_is_that_of_its_65_bytes() {
        for i in 0u8..100 {
            let (left, right) = (leaf_hash(&[i]), leaf_hash(&[i, i]));
            let bytes = [&[1], left.0.as_slice(), &right.0].concat();
            assert_eq!(node_hash(&left, &right).0, <[u8; 32]>::from(Sha256::digest(bytes)));
        }
    }

    #[test]
    fn a_leaf_of_a_nodes_bytes_is_not_that_node() {
        let (a, b) = (leaf_hash(b"a"), leaf_hash(b"b"));
        let glued = [a.0, b.0].concat();
        assert_ne!(leaf_hash(&glued), node_hash(&a, &b));
    }
}
