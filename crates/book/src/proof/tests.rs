//! Proofs against the published vectors, against the definition word for word, and against tampering.

use std::convert::Infallible;

use data_encoding::HEXLOWER;
use proptest::prelude::*;

use super::*;
use crate::frontier::Frontier;
use crate::hash::leaf_hash;

/// A source that works every node out from the leaves: slow and plainly right.
struct Leaves(Vec<Hash>);

impl Nodes for Leaves {
    type Error = Infallible;

    fn hash(&self, level: u8, index: u64) -> Result<Hash, Infallible> {
        if level == 0 {
            return Ok(self.0[index as usize]);
        }
        Ok(node_hash(&self.hash(level - 1, 2 * index)?, &self.hash(level - 1, 2 * index + 1)?))
    }
}

fn leaves(n: u64) -> Leaves {
    Leaves((0..n).map(|i| leaf_hash(&i.to_be_bytes())).collect())
}

/// RFC 6962 section 2.1, word for word.
fn definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::empty_root(),
        [one] => *one,
        many => {
            let k = many.len().next_power_of_two() / 2;
            node_hash(&definition(&many[..k]), &definition(&many[k..]))
        }
    }
}

fn hash(hex: &str) -> Hash {
    Hash(HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap())
}

/// The eight leaves, their roots and proofs that the implementations of Certificate Transparency test with.
fn published() -> Leaves {
    let entries =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    Leaves(entries.map(|hex| leaf_hash(&HEXLOWER.decode(hex.as_bytes()).unwrap())).to_vec())
}

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const INCLUSION: [(u64, u64, &[&str]); 5] = [
    (0, 1, &[]),
    (
        0,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        &[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];

const CONSISTENCY: [(u64, u64, &[&str]); 4] = [
    (1, 1, &[]),
    (
        1,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        2,
        8,
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
];

#[test]
fn the_published_roots_come_out() {
    let leaves = published();
    let mut frontier = Frontier::new();
    for (size, expected) in ROOTS.iter().enumerate() {
        assert_eq!(tree_root(&leaves, size as u64), Ok(hash(expected)));
        assert_eq!(frontier.root(), hash(expected));
        if let Some(leaf) = leaves.0.get(size) {
            frontier.push(*leaf);
        }
    }
}

#[test]
fn the_published_inclusion_proofs_come_out_and_hold() {
    let leaves = published();
    for (index, size, expected) in INCLUSION {
        let expected: Vec<_> = expected.iter().map(|hex| hash(hex)).collect();
        assert_eq!(inclusion(&leaves, index, size), Ok(expected.clone()));
        let root = hash(ROOTS[size as usize]);
        assert_eq!(check_inclusion(&expected, &leaves.0[index as usize], index, size, &root), Ok(()));
    }
}

#[test]
fn the_published_consistency_proofs_come_out_and_hold() {
    for (earlier, later, expected) in CONSISTENCY {
        let expected: Vec<_> = expected.iter().map(|hex| hash(hex)).collect();
        assert_eq!(consistency(&published(), earlier, later), Ok(expected.clone()));
        let (old, new) = (hash(ROOTS[earlier as usize]), hash(ROOTS[later as usize]));
        assert_eq!(check_consistency(&expected, (earlier, &old), (later, &new)), Ok(()));
    }
}

#[test]
fn every_entry_of_every_small_tree_is_proven_and_no_other() {
    let leaves = leaves(40);
    for size in 1..=40u64 {
        let root = definition(&leaves.0[..size as usize]);
        assert_eq!(tree_root(&leaves, size), Ok(root));
        for index in 0..size {
            let path = inclusion(&leaves, index, size).unwrap();
            for (other, leaf) in leaves.0.iter().enumerate() {
                let holds = check_inclusion(&path, leaf, index, size, &root).is_ok();
                assert_eq!(holds, other as u64 == index);
                assert_eq!(
                    check_inclusion(&path, &leaves.0[index as usize], other as u64, size, &root).is_ok(),
                    holds
                );
            }
        }
    }
}

#[test]
fn every_pair_of_small_trees_is_consistent_only_with_its_own_roots() {
    let leaves = leaves(33);
    let roots: Vec<_> = (0..=33).map(|n| definition(&leaves.0[..n])).collect();
    for later in 0..=33u64 {
        for earlier in 0..=later {
            let proof = consistency(&leaves, earlier, later).unwrap();
            let (old, new) = (&roots[earlier as usize], &roots[later as usize]);
            assert_eq!(check_consistency(&proof, (earlier, old), (later, new)), Ok(()));
            let other = leaf_hash(b"other");
            assert!(check_consistency(&proof, (earlier, &other), (later, new)).is_err());
            assert_eq!(
                check_consistency(&proof, (earlier, old), (later, &other)).is_err(),
                earlier > 0 || later == 0
            );
        }
    }
}

#[test]
fn what_lies_outside_the_tree_has_no_proof() {
    assert_eq!(inclusion(&leaves(3), 3, 3), Err(NoProof::OutOfRange));
    assert_eq!(consistency(&leaves(3), 4, 3), Err(NoProof::OutOfRange));
    assert_eq!(check_inclusion(&[], &leaf_hash(b""), 0, 0, &Hash::empty_root()), Err(BadProof::OutOfRange));
}

proptest! {
    #[test]
    fn a_proof_with_any_bit_flipped_or_any_hash_missing_fails(
        size in 2u64..200, at: prop::sample::Index, bit in 0usize..256, step: prop::sample::Index,
    ) {
        let leaves = leaves(size);
        let (index, root) = (at.index(size as usize) as u64, definition(&leaves.0));
        let path = inclusion(&leaves, index, size).unwrap();
        let step = step.index(path.len());
        let mut bad = path.clone();
        bad[step].0[bit / 8] ^= 1 << (bit % 8);
        let leaf = &leaves.0[index as usize];
        prop_assert_eq!(check_inclusion(&bad, leaf, index, size, &root), Err(BadProof::Root));
        bad.remove(step);
        prop_assert!(check_inclusion(&bad, leaf, index, size, &root).is_err());
        bad.extend([path[step], path[step]]);
        prop_assert!(check_inclusion(&bad, leaf, index, size, &root).is_err());
    }

    #[test]
    fn frontier_and_full_tree_have_one_root(size in 0u64..600) {
        let leaves = leaves(size);
        let mut frontier = Frontier::new();
        leaves.0.iter().for_each(|leaf| frontier.push(*leaf));
        prop_assert_eq!(frontier.root(), definition(&leaves.0));
        prop_assert_eq!(tree_root(&leaves, size), Ok(frontier.root()));
    }

    #[test]
    fn any_two_sizes_are_consistent(later in 1u64..400, earlier: prop::sample::Index) {
        let leaves = leaves(later);
        let earlier = earlier.index(later as usize + 1) as u64;
        let (old, new) = (definition(&leaves.0[..earlier as usize]), definition(&leaves.0));
        let proof = consistency(&leaves, earlier, later).unwrap();
        prop_assert_eq!(check_consistency(&proof, (earlier, &old), (later, &new)), Ok(()));
    }
}
