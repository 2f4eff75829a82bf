//! A leaf has one encoding, and nothing else decodes.

//! The leaf as others will read it: the bytes are fixed, and what is not canonical is refused.

use proptest::prelude::*;

use super::*;
use crate::commitment::commitment;

prop_compose! {
    fn any_ref()(kind in "\\PC{0,12}", id: [u8; 16]) -> Ref { Ref { kind, id } }
}

fn any_parts() -> impl Strategy<Value = Vec<(PartKind, Hash)>> {
    (proptest::sample::subsequence(PartKind::ALL.to_vec(), 0..=4), any::<[u8; 32]>())
        .prop_map(|(kinds, hash)| kinds.into_iter().map(|kind| (kind, Hash(hash))).collect())
}

prop_compose! {
    fn any_leaf()(
        at: i64, log in proptest::sample::select(Log::ALL.to_vec()), name in "\\PC{0,40}", version: u32,
        actor in any_ref(), on_behalf: Option<[u8; 16]>, subject in any_ref(), group: Option<[u8; 16]>,
        queue: Option<[u8; 16]>, request: [u8; 16], stepped_back: bool, parts in any_parts(),
    ) -> Leaf {
        Leaf { at, log, name, version, actor, on_behalf, subject, group, queue, request, stepped_back, parts }
    }
}

proptest! {
    #[test]
    fn a_leaf_comes_back_from_its_bytes(leaf in any_leaf()) {
        prop_assert_eq!(Leaf::decode(&leaf.encode()), Ok(leaf));
    }

    #[test]
    fn whatever_decodes_encodes_to_the_same_bytes(leaf in any_leaf(), at: prop::sample::Index, bit in 0u8..8) {
        let mut bytes = leaf.encode();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(other) = Leaf::decode(&bytes) {
            prop_assert_eq!(other.encode(), bytes);
        }
    }

    #[test]
    fn a_leaf_cut_anywhere_is_refused(leaf in any_leaf(), at: prop::sample::Index) {
        let bytes = leaf.encode();
        prop_assert!(Leaf::decode(&bytes[..at.index(bytes.len())]).is_err());
    }
}

#[test]
fn parts_out_of_order_encode_in_order_and_decode_only_in_order() {
    let hash = |part| (part, commitment(part, &[1; 32], b"{}"));
    let mut leaf = sample();
    leaf.parts = vec![hash(PartKind::Reason), hash(PartKind::Who)];
    let bytes = leaf.encode();
    leaf.parts.reverse();
    assert_eq!(bytes, leaf.encode());

    let mut swapped = bytes.clone();
    let (a, b) = (bytes.len() - 66, bytes.len() - 33);
    swapped[a..b].copy_from_slice(&bytes[b..]);
    swapped[b..].copy_from_slice(&bytes[a..b]);
    assert_eq!(Leaf::decode(&swapped), Err(BadLeaf::Field("order of parts")));
}

#[test]
fn bytes_after_the_end_are_refused() {
    let mut bytes = sample().encode();
    bytes.push(0);
    assert_eq!(Leaf::decode(&bytes), Err(BadLeaf::Long));
}

fn sample() -> Leaf {
    Leaf {
        at: 1_767_225_600_000_000,
        log: Log::Change,
        name: "user.suspended".into(),
        version: 1,
        actor: Ref { kind: "user".into(), id: [1; 16] },
        on_behalf: None,
        subject: Ref { kind: "user".into(), id: [2; 16] },
        group: Some([3; 16]),
        queue: None,
        request: [4; 16],
        stepped_back: false,
        parts: vec![],
    }
}
