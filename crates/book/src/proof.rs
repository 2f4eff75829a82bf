//! Proofs that an entry is in a tree and that a tree grew out of an earlier one (RFC 6962 sections 2.1.1 and 2.1.2).
//!
//! Made from [`Nodes`], a source of full subtrees' roots; checked without any, by [`check_inclusion`] and
//! [`check_consistency`]. A proof is a plain list of hashes in RFC 6962's order.

mod check;
#[cfg(test)]
mod tests;

pub use check::{BadProof, check_consistency, check_inclusion};

use crate::hash::{Hash, node_hash};

/// A source of the roots of full subtrees: a table, tiles, or a list of leaf hashes.
pub trait Nodes {
    /// Why a node could not be had.
    type Error;

    /// The root of the full subtree over the leaves `index * 2^level .. (index + 1) * 2^level`.
    fn hash(&self, level: u8, index: u64) -> Result<Hash, Self::Error>;
}

/// Why no proof could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoProof<E> {
    /// The tree has no such entry, or no such earlier size.
    OutOfRange,
    /// The source of nodes failed.
    Nodes(E),
}

impl<E: std::fmt::Display> std::fmt::Display for NoProof<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoProof::OutOfRange => f.write_str("the tree does not reach so far"),
            NoProof::Nodes(cause) => write!(f, "a node of the tree could not be read: {cause}"),
        }
    }
}

impl<E: std::fmt::Debug + std::fmt::Display> std::error::Error for NoProof<E> {}

/// The root of the tree over the first `size` leaves.
pub fn tree_root<N: Nodes>(nodes: &N, size: u64) -> Result<Hash, N::Error> {
    if size == 0 { Ok(Hash::empty_root()) } else { subtree(nodes, 0, size) }
}

/// The path that proves entry `index` to be in the tree over the first `size` leaves (RFC 6962 section 2.1.1).
pub fn inclusion<N: Nodes>(nodes: &N, index: u64, size: u64) -> Result<Vec<Hash>, NoProof<N::Error>> {
    if index >= size {
        return Err(NoProof::OutOfRange);
    }
    let mut path = Vec::new();
    let (mut low, mut high) = (0, size);
    while high - low > 1 {
        let middle = low + split(high - low);
        let aside = if index < middle { (middle, high) } else { (low, middle) };
        path.push(subtree(nodes, aside.0, aside.1).map_err(NoProof::Nodes)?);
        (low, high) = if index < middle { (low, middle) } else { (middle, high) };
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree over `later` leaves begins with the tree over `earlier` (RFC 6962 section 2.1.2).
/// It is empty when `earlier` is 0 or equals `later`.
pub fn consistency<N: Nodes>(nodes: &N, earlier: u64, later: u64) -> Result<Vec<Hash>, NoProof<N::Error>> {
    if earlier > later {
        return Err(NoProof::OutOfRange);
    }
    if earlier == 0 || earlier == later {
        return Ok(Vec::new());
    }
    let mut proof = Vec::new();
    let (mut low, mut high) = (0, later);
    while high != earlier {
        let middle = low + split(high - low);
        let aside = if earlier <= middle { (middle, high) } else { (low, middle) };
        proof.push(subtree(nodes, aside.0, aside.1).map_err(NoProof::Nodes)?);
        (low, high) = if earlier <= middle { (low, middle) } else { (middle, high) };
    }
    // The whole earlier tree is known to whoever checks; any smaller subtree must be given.
    if low > 0 {
        proof.push(subtree(nodes, low, high).map_err(NoProof::Nodes)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The largest power of two smaller than `n`, for `n` of at least 2 (RFC 6962 section 2.1).
fn split(n: u64) -> u64 {
    1 << (63 - (n - 1).leading_zeros())
}

fn subtree<N: Nodes>(nodes: &N, low: u64, high: u64) -> Result<Hash, N::Error> {
    let n = high - low;
    if n.is_power_of_two() {
        let level = n.trailing_zeros();
        return nodes.hash(level as u8, low >> level);
    }
    let middle = low + split(n);
    Ok(node_hash(&subtree(nodes, low, middle)?, &subtree(nodes, middle, high)?))
}
