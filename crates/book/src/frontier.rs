//! The frontier: the roots of the full subtrees that make up a tree, largest first. It is all one needs to append and
//! to know the root; log2(size) hashes at most. (Elsewhere called a compact range from 0.)

use crate::hash::{Hash, node_hash};

/// The right edge of a tree of `size` leaves.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// One hash for each bit set in `size`, the highest bit first.
    peaks: Vec<Hash>,
}

/// Why bytes are not a frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadFrontier {
    /// The first byte names a version that this reader does not know.
    Version(u8),
    /// The length does not fit the size that the bytes state.
    Length,
}

impl std::fmt::Display for BadFrontier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadFrontier::Version(v) => write!(f, "frontier of unknown version {v}"),
            BadFrontier::Length => f.write_str("frontier whose length does not fit its size"),
        }
    }
}

impl std::error::Error for BadFrontier {}

const VERSION: u8 = 1;

impl Frontier {
    /// The frontier of the empty tree.
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// A frontier from its parts; `None` unless there is one peak for each bit set in `size`.
    pub fn from_peaks(size: u64, peaks: Vec<Hash>) -> Option<Frontier> {
        (peaks.len() == size.count_ones() as usize).then_some(Frontier { size, peaks })
    }

    /// How many leaves the tree has, which is also the index of the next one.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the full subtrees, largest first: one for each bit set in the size.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends one leaf, given its [`leaf_hash`](crate::leaf_hash).
    pub fn push(&mut self, leaf: Hash) {
        self.push_with(leaf, |_, _, _| ());
    }

    /// Appends one leaf and hands every node that it completes to `made(level, index, hash)`, the leaf itself
    /// (level 0) first. A store that keeps them can later answer proofs and tiles.
    pub fn push_with(&mut self, leaf: Hash, mut made: impl FnMut(u8, u64, Hash)) {
        let mut node = leaf;
        made(0, self.size, node);
        for level in 0..self.size.trailing_ones() as u8 {
            let Some(left) = self.peaks.pop() else { break };
            node = node_hash(&left, &node);
            made(level + 1, self.size >> (level + 1), node);
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The root of the tree (RFC 6962 section 2.1).
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return Hash::empty_root();
        };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }

    /// The stored form: version 1, the size as 8 bytes big-endian, then the peaks.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(9 + 32 * self.peaks.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.size.to_be_bytes());
        for peak in &self.peaks {
            bytes.extend_from_slice(&peak.0);
        }
        bytes
    }

    /// Reads what [`to_bytes`](Frontier::to_bytes) wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Frontier, BadFrontier> {
        let (&version, rest) = bytes.split_first().ok_or(BadFrontier::Length)?;
        if version != VERSION {
            return Err(BadFrontier::Version(version));
        }
        let (size, rest) = rest.split_first_chunk::<8>().ok_or(BadFrontier::Length)?;
        let (peaks, tail) = rest.as_chunks::<32>();
        if !tail.is_empty() {
            return Err(BadFrontier::Length);
        }
        let peaks = peaks.iter().map(|peak| Hash(*peak)).collect();
        Frontier::from_peaks(u64::from_be_bytes(*size), peaks).ok_or(BadFrontier::Length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    fn of(n: u64) -> Frontier {
        let mut frontier = Frontier::new();
        (0..n).for_each(|i| frontier.push(leaf_hash(&i.to_be_bytes())));
        frontier
    }

    #[test]
    fn every_size_comes_back_from_its_bytes() {
        for n in 0..70 {
            let frontier = of(n);
            assert_eq!(frontier.size(), n);
            assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier));
        }
    }

    #[test]
    fn bytes_of_another_length_or_version_are_refused() {
        let bytes = of(5).to_bytes();
        assert_eq!(Frontier::from_bytes(&bytes[..bytes.len() - 1]), Err(BadFrontier::Length));
        assert_eq!(Frontier::from_bytes(&bytes[..bytes.len() - 32]), Err(BadFrontier::Length));
        assert_eq!(Frontier::from_bytes(&[]), Err(BadFrontier::Length));
        let mut other = bytes.clone();
        other[0] = 2;
        assert_eq!(Frontier::from_bytes(&other), Err(BadFrontier::Version(2)));
    }

    #[test]
    fn completed_nodes_are_handed_out_once_each() {
        let mut nodes = std::collections::BTreeMap::new();
        let mut frontier = Frontier::new();
        for i in 0u64..8 {
            let leaf = leaf_hash(&i.to_be_bytes());
            frontier
                .push_with(leaf, |level, index, hash| assert!(nodes.insert((level, index), hash).is_none()));
        }
        assert_eq!(nodes.len(), 15);
        assert_eq!(nodes[&(3, 0)], frontier.root());
    }
}
