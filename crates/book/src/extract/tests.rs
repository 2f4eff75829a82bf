//! An extract certifies its entry and nothing that differs from it by a bit.

use super::*;
use crate::head::origin;
use crate::key::SigningKey;
use crate::leaf::{Leaf, Log, Ref};
use crate::proof::{Nodes, inclusion, tree_root};

struct Leaves(Vec<Hash>);

impl Nodes for Leaves {
    type Error = ();

    fn hash(&self, level: u8, index: u64) -> Result<Hash, ()> {
        match level {
            0 => self.0.get(index as usize).copied().ok_or(()),
            _ => {
                Ok(crate::node_hash(&self.hash(level - 1, 2 * index)?, &self.hash(level - 1, 2 * index + 1)?))
            }
        }
    }
}

const BODY: &[u8] = b"{\"name\":\"A\"}";

fn leaf(i: u8) -> Leaf {
    let user = Ref { kind: "user".into(), id: [i; 16] };
    Leaf {
        at: i64::from(i),
        log: Log::Change,
        name: "user.suspended".into(),
        version: 1,
        actor: user.clone(),
        on_behalf: None,
        subject: user,
        group: None,
        queue: None,
        request: [0; 16],
        stepped_back: false,
        parts: vec![(PartKind::Who, commitment(PartKind::Who, &[i; 32], BODY))],
    }
}

fn extract(index: u8, size: u8) -> (Extract, Keys) {
    let key = SigningKey::from_seed(&origin(1001, &[7; 16]), &[1; 32]).unwrap();
    let leaves = Leaves((0..size).map(|i| leaf(i).hash()).collect());
    let root = tree_root(&leaves, size.into()).unwrap();
    let head =
        Head { origin: key.verifier().name().into(), size: size.into(), root, time: 5, extensions: vec![] };
    let mut line = Vec::new();
    let leaf = leaf(index);
    Entry::new(index.into(), &leaf, &[(PartKind::Who, [index; 32], BODY)]).unwrap().encode_into(&mut line);
    let path = inclusion(&leaves, index.into(), size.into()).unwrap();
    let extract = Extract { line, index: index.into(), path, head: head.sign(&key).unwrap() };
    (extract, Keys::new(key.verifier()))
}

#[test]
fn an_extract_certifies_its_entry() {
    for (index, size) in [(0, 1), (0, 2), (4, 11), (10, 11)] {
        let (extract, keys) = extract(index, size);
        let read = Extract::decode(&extract.encode()).unwrap();
        assert_eq!(read, extract);
        let (head, entry) = read.open(&keys).unwrap();
        assert_eq!((head.size, entry.leaf()), (size.into(), leaf(index)));
    }
}

#[test]
fn every_flipped_bit_of_an_extract_is_noticed() {
    let (extract, keys) = extract(4, 11);
    let text = extract.encode().into_bytes();
    for bit in 0..text.len() * 8 {
        let mut flipped = text.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let read = String::from_utf8(flipped).ok().and_then(|text| Extract::decode(&text));
        assert!(read.is_none_or(|extract| extract.open(&keys).is_err()), "bit {bit}");
    }
}

#[test]
fn an_entry_that_is_not_in_the_book_is_not_certified() {
    let (mut forged, keys) = extract(4, 11);
    let leaf = leaf(99);
    forged.line.clear();
    Entry::new(4, &leaf, &[]).unwrap().encode_into(&mut forged.line);
    assert_eq!(forged.open(&keys).unwrap_err(), BadExtract::Path(BadProof::Root));
    forged.index = 5;
    assert_eq!(forged.open(&keys).unwrap_err(), BadExtract::Leaf);
}

#[test]
fn a_body_that_was_not_entered_is_not_certified() {
    let (mut forged, keys) = extract(4, 11);
    forged.line =
        String::from_utf8(forged.line).unwrap().replace("\"name\":\"A\"", "\"name\":\"B\"").into_bytes();
    assert_eq!(forged.open(&keys).unwrap_err(), BadExtract::Part(PartKind::Who));
}
