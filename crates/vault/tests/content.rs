//! Encrypted files: what goes in comes out from any byte, and nothing that was tampered with opens.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that unwraps fails with the line that was wrong"
)]

use proptest::prelude::*;
use std::ops::Range;
use vault::*;

const OWNER: Owner<'static> = Owner { tenant: b"tenant one", content: b"content one" };

fn key() -> ContentKey {
    ContentKey::new([7; 32])
}

fn sealed(content: &[u8]) -> Vec<u8> {
    Sealer::whole(&key(), &OWNER, [9; 32], content).unwrap()
}

fn pattern(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|i| (i * 31 % 251) as u8).collect()
}

fn open_as(
    file: &[u8],
    key: &ContentKey,
    owner: &Owner<'_>,
    range: Range<u64>,
) -> Result<Vec<u8>, ContentError> {
    let mut out = Vec::new();
    let fetch = |r: Range<u64>| file.get(r.start as usize..r.end as usize).map(<[u8]>::to_vec).ok_or(());
    match read(key, owner, file.len() as u64, range, fetch, |piece| out.extend_from_slice(piece)) {
        Ok(()) => Ok(out),
        Err(ReadError::Content(cause)) => Err(cause),
        Err(ReadError::Fetch(())) => panic!("read outside the file"),
    }
}

fn open(file: &[u8], range: Range<u64>) -> Result<Vec<u8>, ContentError> {
    open_as(file, &key(), &OWNER, range)
}

/// Reads everything, as far as the file's length says there is something.
fn open_all(file: &[u8]) -> Result<Vec<u8>, ContentError> {
    open(file, 0..Layout::of_encrypted(file.len() as u64)?.plain_bytes())
}

fn three_chunks() -> (Vec<u8>, Vec<u8>) {
    let content = pattern(2 * CHUNK_BYTES + 100);
    let file = sealed(&content);
    (content, file)
}

#[test]
fn a_content_comes_back_whole() {
    for bytes in [0, 1, 100, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES] {
        let content = pattern(bytes);
        let file = sealed(&content);
        let layout = Layout::of_plain(bytes as u64).unwrap();
        assert_eq!(layout.encrypted_bytes(), file.len() as u64);
        assert_eq!(Layout::of_encrypted(file.len() as u64), Ok(layout));
        assert_eq!(open_all(&file).unwrap(), content, "{bytes}");
    }
}

#[test]
fn s48_every_bit_flip_is_refused() {
    let file = sealed(b"a short recording");
    for bit in 0..file.len() * 8 {
        let mut bad = file.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(open_all(&bad).is_err(), "bit {bit}");
    }
}

#[test]
fn s48_every_cut_and_every_lengthening_is_refused() {
    let file = sealed(&pattern(300));
    for end in 0..file.len() {
        assert!(open_all(&file[..end]).is_err(), "cut to {end}");
    }
    for more in 1..200 {
        let longer = [&file[..], &vec![0; more]].concat();
        assert!(open_all(&longer).is_err(), "{more} bytes added");
    }
}

#[test]
fn s48_a_file_that_stops_at_a_chunk_is_refused_before_any_byte_is_read() {
    let (_, file) = three_chunks();
    let cut = &file[..HEADER_BYTES + 2 * SEALED_CHUNK_BYTES];
    assert_eq!(open(cut, 0..10), Err(ContentError::Truncated));
}

#[test]
fn s48_a_file_with_its_end_twice_is_refused() {
    let (_, file) = three_chunks();
    let whole = sealed(&pattern(2 * CHUNK_BYTES));
    let end = &whole[HEADER_BYTES + SEALED_CHUNK_BYTES..];
    let twice = [&whole[..], end].concat();
    assert_eq!(open(&twice, 0..10), Err(ContentError::Moved { chunk: 2, belongs_at: 1 }));
    let more = [&file[..], &[0; 7]].concat();
    assert_eq!(open(&more, 0..10), Err(ContentError::EndAltered));
}

#[test]
fn s48_an_altered_chunk_is_named_and_the_others_still_open() {
    let (content, mut file) = three_chunks();
    file[HEADER_BYTES + SEALED_CHUNK_BYTES + 5] ^= 1;
    assert_eq!(open(&file, 0..10).unwrap(), content[..10]);
    let from = CHUNK_BYTES as u64;
    assert_eq!(open(&file, from..from + 1), Err(ContentError::Altered { chunk: 1 }));
}

#[test]
fn s48_chunks_in_another_order_are_refused() {
    let (_, file) = three_chunks();
    let (first, second) = (HEADER_BYTES, HEADER_BYTES + SEALED_CHUNK_BYTES);
    let mut swapped = file.clone();
    swapped[first..second].copy_from_slice(&file[second..second + SEALED_CHUNK_BYTES]);
    swapped[second..second + SEALED_CHUNK_BYTES].copy_from_slice(&file[first..second]);
    assert_eq!(open(&swapped, 0..1), Err(ContentError::Moved { chunk: 0, belongs_at: 1 }));
}

#[test]
fn s48_a_file_of_another_content_tenant_or_key_is_refused() {
    let file = sealed(b"a short recording");
    let tenant = Owner { tenant: b"tenant two", ..OWNER };
    let content = Owner { content: b"content two", ..OWNER };
    // The same bytes, divided differently between the names.
    let shifted = Owner { tenant: b"tenant onec", content: b"ontent one" };
    for owner in [tenant, content, shifted] {
        let refused = open_as(&file, &key(), &owner, 0..1);
        assert_eq!(refused, Err(ContentError::OtherOwner));
    }
    let refused = open_as(&file, &ContentKey::new([8; 32]), &OWNER, 0..1);
    assert_eq!(refused, Err(ContentError::OtherOwner));
}

#[test]
fn s48_a_chunk_of_another_file_of_the_same_content_is_refused() {
    let (_, file) = three_chunks();
    let other = Sealer::whole(&key(), &OWNER, [10; 32], &pattern(2 * CHUNK_BYTES + 100)).unwrap();
    let mut mixed = file;
    let at = HEADER_BYTES..HEADER_BYTES + SEALED_CHUNK_BYTES;
    mixed[at.clone()].copy_from_slice(&other[at]);
    assert_eq!(open(&mixed, 0..1), Err(ContentError::Altered { chunk: 0 }));
}

#[test]
fn what_is_not_a_content_file_is_told_apart() {
    let file = sealed(b"x");
    let with = |at: usize, byte: u8| {
        let mut bad = file.clone();
        bad[at] = byte;
        open_all(&bad).unwrap_err()
    };
    assert_eq!(with(0, b'X'), ContentError::NotOurs);
    assert_eq!(with(7, 2), ContentError::UnknownVersion { version: 2 });
    assert_eq!(with(8, 2), ContentError::UnknownParameters);
    assert_eq!(with(9, 17), ContentError::UnknownParameters);
    assert_eq!(with(15, 1), ContentError::UnknownParameters);
    let short = ContentError::ImpossibleLength { encrypted_bytes: 95 };
    assert_eq!(open_all(&file[..95]), Err(short));
    assert_eq!(Layout::of_encrypted(u64::MAX), Err(ContentError::TooLong), "no overflow on absurd lengths");
}

#[test]
fn ranges_outside_the_content_are_refused() {
    let file = sealed(&pattern(100));
    let refused = Err(ContentError::OutOfRange { plain_bytes: 100 });
    assert_eq!(open(&file, 0..101), refused);
    assert_eq!(open(&file, 101..101), refused);
    #[expect(clippy::reversed_empty_ranges, reason = "what a hostile range request may ask")]
    let reversed = open(&file, 50..40);
    assert_eq!(reversed, refused);
    assert_eq!(open(&file, 100..100), Ok(vec![]));
}

#[test]
fn a_name_that_is_too_long_is_refused() {
    let owner = Owner { tenant: &[0; MAX_NAME_BYTES + 1], content: b"" };
    let refused = Sealer::whole(&key(), &owner, [0; 32], b"").err();
    assert_eq!(refused, Some(ContentError::NameTooLong));
}

#[test]
fn sealing_holds_one_chunk_however_much_is_pushed() {
    let mut sealer = Sealer::new(&key(), &OWNER, [1; 32]).unwrap();
    let mut out = Vec::new();
    for _ in 0..64 {
        sealer.push(&pattern(CHUNK_BYTES / 2), &mut out).unwrap();
        assert!(out.len() <= SEALED_CHUNK_BYTES);
        out.clear();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_range_equals_that_part_of_the_whole(
        bytes in 0usize..200_000, a in 0.0f64..=1.0, b in 0.0f64..=1.0
    ) {
        let content = pattern(bytes);
        let file = sealed(&content);
        let (a, b) = ((a * bytes as f64) as usize, (b * bytes as f64) as usize);
        let (a, b) = (a.min(b), a.max(b));
        prop_assert_eq!(open(&file, a as u64..b as u64).unwrap(), &content[a..b]);
    }

    #[test]
    fn pieces_of_any_size_seal_to_the_same_file(pieces in prop::collection::vec(0usize..90_000, 0..4)) {
        let content = pattern(pieces.iter().sum());
        let mut sealer = Sealer::new(&key(), &OWNER, [9; 32]).unwrap();
        let mut out = sealer.header().to_vec();
        let mut rest = &content[..];
        for piece in pieces {
            let (now, later) = rest.split_at(piece);
            sealer.push(now, &mut out).unwrap();
            rest = later;
        }
        prop_assert_eq!(sealer.finish(&mut out).unwrap(), content.len() as u64);
        prop_assert!(out == sealed(&content));
    }

    #[test]
    fn arbitrary_bytes_never_open_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(open_all(&bytes).is_err());
        let mut behind_a_true_header = sealed(b"x")[..HEADER_BYTES].to_vec();
        behind_a_true_header.extend_from_slice(&bytes);
        prop_assert!(open_all(&behind_a_true_header).is_err());
    }

    #[test]
    fn every_length_is_either_that_of_one_content_or_of_none(encrypted in 0u64..10_000_000) {
        if let Ok(layout) = Layout::of_encrypted(encrypted) {
            prop_assert_eq!(layout.encrypted_bytes(), encrypted);
            prop_assert_eq!(layout.extent(layout.chunks() - 1).unwrap().end, encrypted);
        }
    }
}
