//! Heads, keys and rotations, read as an auditor would: what holds, and what must not.

use super::*;
use crate::hash::leaf_hash;
use crate::key::{BadKey, VerifierKey};
use crate::keys::{BadKeys, Rotation};

fn name() -> String {
    origin(1001, &[0xab; 16])
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&name(), &[seed; 32]).unwrap()
}

fn head(size: u64) -> Head {
    let root = leaf_hash(&size.to_be_bytes());
    Head { origin: name(), size, root, time: 1_767_225_600_000_000, extensions: vec![] }
}

#[test]
fn a_signed_head_opens_with_its_key_and_no_other() {
    let note = head(7).sign(&key(1)).unwrap();
    assert_eq!(Head::open(&note, &Keys::new(key(1).verifier())), Ok(head(7)));
    let other = Head::open(&note, &Keys::new(key(2).verifier()));
    assert_eq!(other, Err(BadHead::Note(BadNote::Unsigned)));
}

#[test]
fn every_flipped_bit_of_a_head_or_its_key_is_noticed() {
    let note = head(7).sign(&key(1)).unwrap();
    let file = key(1).verifier().to_string();
    let flips = |text: &str| {
        let bytes = text.as_bytes().to_vec();
        (0..bytes.len() * 8).filter_map(move |bit| {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            String::from_utf8(bytes).ok()
        })
    };
    let keys = Keys::parse(&file).unwrap();
    for flipped in flips(&note) {
        assert!(Head::open(&flipped, &keys).is_err(), "{flipped}");
    }
    for flipped in flips(&file) {
        assert!(Keys::parse(&flipped).is_err(), "{flipped}");
    }
}

#[test]
fn a_cosignature_by_an_unknown_key_is_kept_and_does_no_harm() {
    let witness = SigningKey::from_seed("witness.example/w1", &[9; 32]).unwrap();
    let note = Note::parse(&head(7).sign(&key(1)).unwrap()).unwrap().signed(&witness).to_string();
    assert_eq!(Head::open(&note, &Keys::new(key(1).verifier())), Ok(head(7)));
    assert_eq!(Note::parse(&note).unwrap().to_string(), note);
    let known = [&witness.verifier()];
    assert_eq!(Note::parse(&note).unwrap().signers(&known), Ok(vec![0]));
}

#[test]
fn a_head_with_further_lines_is_read_and_they_are_signed() {
    let mut longer = head(7);
    longer.extensions.push("later something".into());
    let note = longer.sign(&key(1)).unwrap();
    let keys = Keys::new(key(1).verifier());
    assert_eq!(Head::open(&note, &keys), Ok(longer));
    assert!(Head::open(&note.replace("something", "otherthing"), &keys).is_err());
}

#[test]
fn the_key_of_one_book_does_not_vouch_for_another() {
    let mut foreign = head(7);
    foreign.origin = origin(1002, &[0xab; 16]);
    let note = foreign.sign(&key(1)).unwrap();
    assert_eq!(Head::open(&note, &Keys::new(key(1).verifier())), Err(BadHead::Origin));
}

#[test]
fn a_line_feed_in_an_origin_cannot_forge_a_head() {
    let mut forged = head(7);
    forged.origin = format!("{}\n8\n\n", name());
    assert_eq!(forged.sign(&key(1)), Err(BadHead::Note(BadNote::Form)));
    assert_eq!(SigningKey::from_seed("a b", &[1; 32]).unwrap_err(), BadKey::Name);
}

#[test]
fn texts_of_another_form_are_no_heads() {
    let text = head(7).text();
    assert_eq!(Head::parse(&text), Some(head(7)));
    for (from, to) in
        [("\n7\n", "\n07\n"), ("\n7\n", "\n+7\n"), ("time ", "tid "), ("time 1", "time +1"), ("=\n", "\n")]
    {
        assert_eq!(Head::parse(&text.replacen(from, to, 1)), None, "{to}");
    }
    assert_eq!(Head::parse(text.trim_end()), None);
}

fn rotated(size: u64) -> Keys {
    let note = Rotation::sign(&key(1), &key(2), size, 5).unwrap();
    Keys::parse(&format!("{}\n\n{note}", key(1).verifier())).unwrap()
}

#[test]
fn after_a_rotation_each_key_signs_only_its_own_time() {
    let keys = rotated(10);
    let opens = |size, seed| Head::open(&head(size).sign(&key(seed)).unwrap(), &keys);
    assert_eq!(opens(9, 1), Ok(head(9)));
    assert_eq!(opens(10, 1), Ok(head(10)));
    assert_eq!(opens(11, 1), Err(BadHead::Retired));
    assert_eq!(opens(9, 2), Err(BadHead::Retired));
    assert_eq!(opens(10, 2), Ok(head(10)));
    assert_eq!(opens(11, 2), Ok(head(11)));
}

#[test]
fn rotations_follow_one_another() {
    let mut keys = rotated(10);
    let next = Rotation::sign(&key(2), &key(3), 20, 6).unwrap();
    let file =
        format!("{}\n\n{}\n{next}", key(1).verifier(), Rotation::sign(&key(1), &key(2), 10, 5).unwrap());
    assert_eq!(keys.rotate(&next), Ok(()));
    assert_eq!(Keys::parse(&file), Ok(keys));
}

#[test]
fn a_rotation_that_the_old_key_did_not_sign_is_refused() {
    let mut keys = Keys::new(key(1).verifier());
    let note = |old: &SigningKey, text: &Rotation| {
        Note::new(text.text()).unwrap().signed(old).signed(&key(2)).to_string()
    };
    let rotation = Rotation { old: key(1).verifier(), new: key(2).verifier(), size: 3, time: 5 };
    assert_eq!(keys.rotate(&note(&key(3), &rotation)), Err(BadKeys::Note(1, BadNote::Unsigned)));
    let stranger = Rotation { old: key(3).verifier(), ..rotation };
    assert_eq!(keys.rotate(&note(&key(3), &stranger)), Err(BadKeys::Rotation(1)));
    assert_eq!(keys.all(), [&key(1).verifier()]);
}

#[test]
fn a_rotation_back_in_time_is_refused() {
    let mut keys = rotated(10);
    let back = Rotation::sign(&key(2), &key(3), 9, 6).unwrap();
    assert_eq!(keys.rotate(&back), Err(BadKeys::Rotation(2)));
}

/// The example in the documentation of Go's `golang.org/x/mod/sumdb/note`, where the format comes from.
#[test]
fn the_formats_own_example_verifies() {
    let key: VerifierKey =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse().unwrap();
    let note = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    assert_eq!(Note::parse(note).unwrap().signers(&[&key]), Ok(vec![0]));
    assert_eq!(
        Note::parse(&note.replace("problem is", "problem was")).unwrap().signers(&[&key]),
        Err(BadNote::Signature)
    );
}
