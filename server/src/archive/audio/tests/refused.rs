//! What is refused, and why.

use super::*;
use crate::archive::samples::sample;
use crate::archive::sentence::assert_said;
use proptest::prelude::*;
use std::io::{self, Read, Seek, SeekFrom};
use symphonia::core::io::MediaSource;

#[test]
fn samples_without_a_header_are_refused() {
    assert_eq!(decode_bytes(tone(1)), Err(Fault::NotSound));
    let headerless = wav(TELEPHONE, &tone(1))[44..].to_vec();
    assert_eq!(decode_bytes(headerless), Err(Fault::NotSound));
}

#[test]
fn s54_another_kind_of_file_is_refused_whatever_it_is_called() {
    for bytes in [&b""[..], b"%PDF-1.7", b"<html>", b"PK\x03\x04", b"RIFF\0\0\0\0AVI ", &[0; 5000]] {
        assert_eq!(decode_bytes(bytes.to_vec()), Err(Fault::NotSound), "{bytes:?}");
    }
}

#[test]
fn a_recording_that_was_cut_off_says_how_much_is_there() {
    let whole = wav(TELEPHONE, &tone(4));
    let half = whole[..44 + 2 * 8000 * 2].to_vec();
    let (present_ms, stated_ms) = (2000, 4000);
    assert_eq!(decode_bytes(half), Err(Fault::CutOff { present_ms, stated_ms }));
}

#[test]
fn a_recording_cut_anywhere_is_refused_or_nearly_whole() {
    let whole = wav(Shape { bits: 8, ..TELEPHONE }, &vec![200; 16_000]);
    for end in (0..whole.len()).step_by(97) {
        match decode_bytes(whole[..end].to_vec()) {
            Ok(sound) => assert!(sound.frames + 4096 >= 16_000, "cut at {end}"),
            Err(fault) => assert_ne!(fault, Fault::TooLong, "cut at {end}"),
        }
    }
}

#[test]
fn an_mp3_that_states_its_length_and_was_cut_off_is_refused() {
    let whole = include_bytes!("states-its-length.mp3");
    assert_eq!(decode_bytes(whole.to_vec()).unwrap().duration().as_secs(), 2);
    let refused = decode_bytes(whole[..whole.len() / 2].to_vec());
    assert!(matches!(refused, Err(Fault::CutOff { present_ms: 500..1500, stated_ms: 2000 })), "{refused:?}");
}

#[test]
fn an_mp3_with_rubbish_in_it_is_decoded_round_it_or_refused() {
    let whole = sample("05-late-ferry.mp3").unwrap();
    let frames = decode_bytes(whole.to_vec()).unwrap().frames;
    let mut broken = whole.to_vec();
    broken[50_000..90_000].fill(0xA5);
    match decode_bytes(broken) {
        Ok(sound) => assert!((frames / 2..frames).contains(&sound.frames)),
        Err(fault) => assert_eq!(fault, Fault::Damaged),
    }
}

#[test]
fn a_recording_without_samples_is_refused() {
    assert_eq!(decode_bytes(wav(TELEPHONE, b"")), Err(Fault::Silent));
}

#[test]
fn a_codec_nobody_here_knows_is_refused() {
    let odd = wav(Shape { tag: 0x1234, ..TELEPHONE }, &tone(1));
    assert_eq!(decode_bytes(odd), Err(Fault::UnknownCodec));
}

#[test]
fn unusual_shapes_are_refused() {
    for shape in [Shape { rate: 400_000, ..TELEPHONE }, Shape { channels: 12, ..TELEPHONE }] {
        let refused = decode_bytes(wav(shape, &tone(1)));
        assert!(
            matches!(refused, Err(Fault::UnusualShape | Fault::UnknownCodec | Fault::Damaged)),
            "{refused:?}"
        );
    }
    assert!(decode_bytes(wav(Shape { channels: 0, ..TELEPHONE }, &tone(1))).is_err());
    assert!(decode_bytes(wav(Shape { rate: 0, ..TELEPHONE }, &tone(1))).is_err());
}

#[test]
fn a_recording_that_says_it_lasts_a_week_is_refused_at_once() {
    let mut file = wav(Shape { bits: 8, rate: 1000, ..TELEPHONE }, &[128; 2000]);
    file[40..44].copy_from_slice(&(7 * 86_400 * 1000_u32).to_le_bytes());
    assert_eq!(decode_bytes(file), Err(Fault::TooLong));
}

/// A file that says it is larger than is taken; reading it would be a mistake.
struct Huge;

impl Read for Huge {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("a file that is too large is not read")
    }
}

impl Seek for Huge {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Ok(0)
    }
}

impl MediaSource for Huge {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(MAX_AUDIO_BYTES + 1)
    }
}

#[test]
fn s54_a_file_that_is_too_large_is_refused_unread() {
    assert_eq!(decode(Box::new(Huge)), Err(Fault::FileTooLarge));
}

#[test]
fn every_fault_has_its_sentence_in_both_languages() {
    let all = [
        Fault::NotSound,
        Fault::UnknownCodec,
        Fault::FileTooLarge,
        Fault::TooLong,
        Fault::UnusualShape,
        Fault::CutOff { present_ms: 1, stated_ms: 2 },
        Fault::Damaged,
        Fault::Silent,
    ];
    assert_said(&all.map(|fault| fault.sentence()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_behind_any_mark_are_decoded_or_refused(
        mark in prop::sample::select(vec![
            &b"RIFF\x24\x10\0\0WAVEfmt "[..], b"OggS\0\x02", b"fLaC\0\0\0\x22", b"ID3\x04\0\0\0\0\0\0", b"\xFF\xFB\x90\x64", b"",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..3000),
    ) {
        let _decoded_or_refused = decode_bytes([mark, &rest].concat());
    }

    #[test]
    fn any_damage_to_a_header_is_decoded_or_refused(at in 0usize..44, byte: u8) {
        let mut file = wav(TELEPHONE, &tone(1));
        file[at] = byte;
        if let Ok(sound) = decode_bytes(file) {
            prop_assert!(sound.frames <= 16_000);
        }
    }
}
