//! Lines come back as they were written, and nothing else is read.

use proptest::prelude::*;

use super::*;
use crate::commitment::{PartKind, commitment};
use crate::frontier::Frontier;
use crate::hash::leaf_hash;
use crate::leaf::{Leaf, Log, Ref};

const BODY: &[u8] = "{\"name\":\"Åsa \\\"A\\\"\",\"n\":[1,-2,null]}".as_bytes();

fn sorted_body() -> Vec<u8> {
    crate::canonical(&serde_json::from_slice(BODY).unwrap())
}

fn leaf(body: &[u8]) -> Leaf {
    let commit = |kind, n| (kind, commitment(kind, &[n; 32], body));
    Leaf {
        at: -5,
        log: Log::Archive,
        name: "call.\"opened\"".into(),
        version: 2,
        actor: Ref { kind: "user".into(), id: [1; 16] },
        on_behalf: Some([9; 16]),
        subject: Ref { kind: "call".into(), id: [2; 16] },
        group: None,
        queue: Some([3; 16]),
        request: [4; 16],
        stepped_back: true,
        parts: vec![commit(PartKind::Who, 1), commit(PartKind::Change, 3), commit(PartKind::Reason, 4)],
    }
}

fn line(leaf: &Leaf, body: &[u8]) -> Vec<u8> {
    let entry =
        Entry::new(42, leaf, &[(PartKind::Who, [1; 32], body), (PartKind::Reason, [4; 32], body)]).unwrap();
    let mut out = Vec::new();
    entry.encode_into(&mut out);
    out
}

fn again(entry: &Entry<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    entry.encode_into(&mut out);
    out
}

#[test]
fn a_line_comes_back_with_its_leaf_and_parts() {
    let body = sorted_body();
    let leaf = leaf(&body);
    let line = line(&leaf, &body);
    let entry = Entry::decode(&line).unwrap();
    assert_eq!(entry.leaf(), leaf);
    assert_eq!((entry.index(), entry.hash()), (42, leaf.hash()));
    assert_eq!(entry.true_hash(&mut Vec::new()), leaf.hash());
    let open: Vec<_> = entry.parts().map(|(kind, part)| (kind, part.open.is_some())).collect();
    assert_eq!(open, [(PartKind::Who, true), (PartKind::Change, false), (PartKind::Reason, true)]);
    assert_eq!(again(&entry), line);
}

#[test]
fn a_line_is_canonical_json() {
    let body = sorted_body();
    let line = line(&leaf(&body), &body);
    let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
    assert_eq!([crate::canonical(&value).as_slice(), b"\n"].concat(), line);
}

#[test]
fn whatever_a_flipped_bit_leaves_readable_is_spelt_in_one_way() {
    let body = sorted_body();
    let line = line(&leaf(&body), &body);
    for bit in 0..line.len() * 8 {
        let mut flipped = line.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(entry) = Entry::decode(&flipped) {
            assert_eq!(again(&entry), flipped);
        }
    }
}

#[test]
fn a_body_that_is_not_canonical_or_belongs_to_no_part_is_not_exported() {
    let leaf = leaf(b"{}");
    let refused = |kind, body: &'static [u8]| Entry::new(0, &leaf, &[(kind, [0; 32], body)]).unwrap_err();
    assert_eq!(refused(PartKind::Subject, b"{}"), BadEntry::NoSuchPart(PartKind::Subject));
    assert!(matches!(refused(PartKind::Who, b"{ }"), BadEntry::Body(PartKind::Who, _)));
    let long = [b"\"".as_slice(), &vec![b'x'; BODY_BYTES_MAX], b"\""].concat();
    assert!(Entry::new(0, &leaf, &[(PartKind::Who, [0; 32], &long)]).is_err());
}

#[test]
fn the_longest_bodies_fit_into_a_line() {
    let body = [b"\"".as_slice(), &vec![b'x'; BODY_BYTES_MAX - 2], b"\""].concat();
    let parts = PartKind::ALL.map(|kind| (kind, commitment(kind, &[0; 32], &body))).to_vec();
    let leaf = Leaf { parts, ..leaf(&body) };
    let entry = Entry::new(0, &leaf, &PartKind::ALL.map(|kind| (kind, [0; 32], body.as_slice()))).unwrap();
    assert!(again(&entry).len() <= LINE_BYTES_MAX);
}

fn header(first: u64) -> Header {
    let mut frontier = Frontier::new();
    (0..first).for_each(|i| frontier.push(leaf_hash(&i.to_be_bytes())));
    Header { bodies: first != 3, frontier, origin: crate::origin(1001, &[5; 16]), size: 214 }
}

#[test]
fn a_header_comes_back_and_has_one_spelling() {
    for first in [0, 1, 3, 64, 213, 214] {
        let line = header(first).encode();
        assert_eq!(Header::decode(&line), Ok(header(first)));
        for bit in 0..line.len() * 8 {
            let mut flipped = line.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            if let Ok(read) = Header::decode(&flipped) {
                assert_eq!(read.encode(), flipped);
            }
        }
    }
}

#[test]
fn a_header_of_another_version_is_refused() {
    let line = String::from_utf8(header(0).encode()).unwrap();
    assert!(Header::decode(line.replace("vaktbok.book/1\"", "vaktbok.book/2\"").as_bytes()).is_err());
}

fn any_erasure() -> impl Strategy<Value = Erasure> {
    let run = (any::<u64>(), any::<u64>(), prop::sample::subsequence(PartKind::ALL.to_vec(), 1..=4));
    let run = run.prop_map(|(a, b, parts)| Erased { first: a.min(b), last: a.max(b), parts });
    prop::collection::vec(run, 0..5).prop_map(|entries| Erasure { entries })
}

proptest! {
    #[test]
    fn an_erasure_comes_back_and_is_canonical(erasure in any_erasure()) {
        let body = erasure.encode();
        prop_assert_eq!(crate::check_canonical(&body), Ok(()));
        let runs = serde_json::json!({"entries": erasure.entries});
        prop_assert_eq!(crate::canonical(&runs), body.clone());
        prop_assert_eq!(Erasure::decode(&body), Ok(erasure));
    }

    #[test]
    fn whatever_reads_as_an_erasure_has_one_spelling(erasure in any_erasure(), at: prop::sample::Index, bit in 0u8..8) {
        let mut body = erasure.encode();
        let at = at.index(body.len());
        body[at] ^= 1 << bit;
        if let Ok(read) = Erasure::decode(&body) {
            prop_assert_eq!(read.encode(), body);
        }
    }
}

#[test]
fn an_erasure_of_nothing_is_refused() {
    for body in [
        "{\"entries\":[{\"first\":2,\"last\":1,\"parts\":[\"who\"]}]}",
        "{\"entries\":[{\"first\":1,\"last\":1,\"parts\":[]}]}",
        "{\"entries\":[{\"first\":1,\"last\":1,\"parts\":[\"change\",\"who\"]}]}",
        "{\"entries\":[{\"first\":1,\"last\":1,\"parts\":[\"who\",\"who\"]}]}",
        "{}",
    ] {
        assert!(Erasure::decode(body.as_bytes()).is_err(), "{body}");
    }
}
