//! Checking proofs: the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2, which need nothing but the proof.

use crate::hash::{Hash, node_hash};

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadProof {
    /// The entry or the earlier size lies outside the tree.
    OutOfRange,
    /// Too many hashes or too few for these sizes.
    Length,
    /// The hashes lead to another root than the one given.
    Root,
    /// The hashes lead to another earlier root than the one given.
    EarlierRoot,
}

impl std::fmt::Display for BadProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            BadProof::OutOfRange => "the proof is about something outside the tree",
            BadProof::Length => "the proof has too many hashes or too few",
            BadProof::Root => "the proof leads to another root",
            BadProof::EarlierRoot => "the proof leads to another earlier root",
        })
    }
}

impl std::error::Error for BadProof {}

/// Checks that the leaf with hash `leaf` is entry `index` of the tree with this size and root (RFC 9162 section 2.1.3.2).
pub fn check_inclusion(
    path: &[Hash],
    leaf: &Hash,
    index: u64,
    size: u64,
    root: &Hash,
) -> Result<(), BadProof> {
    if index >= size {
        return Err(BadProof::OutOfRange);
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for step in path {
        if last == 0 {
            return Err(BadProof::Length);
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(step, &hash);
            (at, last) = up_to_right_child(at, last);
        } else {
            hash = node_hash(&hash, step);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(BadProof::Length);
    }
    if hash == *root { Ok(()) } else { Err(BadProof::Root) }
}

/// Checks that the tree of size `later` with root `later_root` begins with the tree of size `earlier` and root
/// `earlier_root` (RFC 9162 section 2.1.4.2). The empty tree begins every tree.
pub fn check_consistency(
    proof: &[Hash],
    (earlier, earlier_root): (u64, &Hash),
    (later, later_root): (u64, &Hash),
) -> Result<(), BadProof> {
    if earlier > later {
        return Err(BadProof::OutOfRange);
    }
    if earlier == 0 || earlier == later {
        return check_trivial(proof, earlier, earlier_root, (earlier == later).then_some(later_root));
    }
    let (mut at, mut last) = (earlier - 1, later - 1);
    let shared = at.trailing_ones();
    at >>= shared;
    last >>= shared;
    let mut steps = proof.iter();
    // A whole earlier tree that is one full subtree is not repeated in the proof.
    let start =
        if earlier.is_power_of_two() { earlier_root } else { steps.next().ok_or(BadProof::Length)? };
    let (mut old, mut new) = (*start, *start);
    for step in steps {
        if last == 0 {
            return Err(BadProof::Length);
        }
        if at & 1 == 1 || at == last {
            old = node_hash(step, &old);
            new = node_hash(step, &new);
            (at, last) = up_to_right_child(at, last);
        } else {
            new = node_hash(&new, step);
        }
        at >>= 1;
        last >>= 1;
    }
    match () {
        () if last != 0 => Err(BadProof::Length),
        () if old != *earlier_root => Err(BadProof::EarlierRoot),
        () if new != *later_root => Err(BadProof::Root),
        () => Ok(()),
    }
}

fn check_trivial(proof: &[Hash], size: u64, root: &Hash, same_as: Option<&Hash>) -> Result<(), BadProof> {
    if !proof.is_empty() {
        return Err(BadProof::Length);
    }
    if size == 0 && *root != Hash::empty_root() {
        return Err(BadProof::EarlierRoot);
    }
    if same_as.is_some_and(|other| other != root) { Err(BadProof::Root) } else { Ok(()) }
}

/// Climbs past levels where the node is a left child without a right sibling.
fn up_to_right_child(mut at: u64, mut last: u64) -> (u64, u64) {
    while at & 1 == 0 && at != 0 {
        at >>= 1;
        last >>= 1;
    }
    (at, last)
}
