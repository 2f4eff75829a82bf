//! No bytes make a reader do anything but read or refuse: no panic, and whatever is read is written the same again.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing line of a test is its message")]

mod sample;

use book::{
    Entry, Erasure, Extract, Frontier, Head, Header, Keys, Leaf, Note, Tile, VerifierKey, check_canonical,
    unbundle,
};
use proptest::prelude::*;
use sample::{Sample, key};

/// Hands the bytes to every reader, checks that what is read is written the same, and says how many could read them.
fn read_all(bytes: &[u8]) -> usize {
    let text = std::str::from_utf8(bytes).ok();
    binary(bytes) + lines(bytes) + text.map_or(0, papers)
}

fn same<T>(read: Option<T>, bytes: &[u8], write: impl FnOnce(&T) -> Vec<u8>) -> usize {
    let Some(read) = read else { return 0 };
    assert_eq!(write(&read), bytes);
    1
}

fn binary(bytes: &[u8]) -> usize {
    same(Leaf::decode(bytes).ok(), bytes, Leaf::encode)
        + same(Frontier::from_bytes(bytes).ok(), bytes, Frontier::to_bytes)
        + same(unbundle(bytes), bytes, |leaves| book::bundle(leaves.iter().copied()).unwrap())
}

fn lines(bytes: &[u8]) -> usize {
    let json = check_canonical(bytes).ok().map(|()| serde_json::from_slice(bytes).unwrap());
    let line = |entry: &Entry<'_>| {
        let mut line = Vec::new();
        entry.encode_into(&mut line);
        line
    };
    same(Entry::decode(bytes).ok(), bytes, line)
        + same(Header::decode(bytes).ok(), bytes, Header::encode)
        + same(Erasure::decode(bytes).ok(), bytes, Erasure::encode)
        + same(json, bytes, book::canonical)
}

fn papers(text: &str) -> usize {
    let bytes = text.as_bytes();
    same(Note::parse(text).ok(), bytes, |note| note.to_string().into_bytes())
        + same(Head::parse(text), bytes, |head| head.text().into_bytes())
        + same(Extract::decode(text), bytes, |extract| extract.encode().into_bytes())
        + same(Tile::from_path(text), bytes, |tile| tile.path().into_bytes())
        + same(text.parse::<VerifierKey>().ok(), bytes, |key| key.to_string().into_bytes())
        + usize::from(Keys::parse(text).is_ok())
}

fn samples() -> Vec<Vec<u8>> {
    let sample = Sample::varied();
    let mut all = sample.lines(7, true);
    all.extend(sample.items.iter().map(|item| item.leaf.encode()));
    all.push(sample.frontier(11).to_bytes());
    all.push(sample.head(12).sign(&key(1)).unwrap().into_bytes());
    let rotation = book::Rotation::sign(&key(1), &key(2), 8, 5).unwrap();
    all.push(format!("{}\n\n{rotation}", key(1).verifier()).into_bytes());
    all.push(b"tile/0/x001/x234/067.p/5".to_vec());
    all
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes: Vec<u8>) {
        read_all(&bytes);
    }

    #[test]
    fn arbitrary_text_is_read_or_refused(text in "[\\x00-\\x7f\u{2014}å\"\\\\{}\\[\\]:,0-9+/=\n]{0,200}") {
        read_all(text.as_bytes());
    }

    #[test]
    fn mangled_samples_are_read_or_refused(
        which: prop::sample::Index, cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..4),
    ) {
        let samples = samples();
        let mut bytes = samples[which.index(samples.len())].clone();
        for (at, byte, how) in cuts {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at.max(1)),
            }
        }
        read_all(&bytes);
    }
}

#[test]
fn every_sample_is_read_by_some_reader() {
    assert!(samples().iter().all(|bytes| read_all(bytes) > 0));
}
