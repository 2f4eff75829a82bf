//! What is decoded, and its waveform.

use super::*;
use std::time::Duration;

#[test]
fn a_telephone_call_is_decoded() {
    let sound = decode_bytes(wav(TELEPHONE, &tone(2))).unwrap();
    assert_eq!((sound.kind, sound.channels, sound.sample_rate_hz), (Kind::Wav, 1, 8000));
    assert_eq!(sound.duration(), Duration::from_secs(2));
    assert_eq!(sound.damaged_packets, 0);
}

#[test]
fn samples_of_8_bits_are_decoded() {
    let loud: Vec<u8> = (0..8000).map(|i| if i % 2 == 0 { 0 } else { 255 }).collect();
    let sound = decode_bytes(wav(Shape { bits: 8, ..TELEPHONE }, &loud)).unwrap();
    let peak = sound.waveform.channels[0][100];
    assert!(peak.low < 2 && peak.high > 253, "{peak:?}");
    assert_eq!(sound.duration(), Duration::from_secs(1));
}

#[test]
fn mu_law_is_decoded() {
    // 0xFF is silence, 0x00 the lowest and 0x80 the highest value (ITU-T G.711).
    let shape = Shape { tag: 7, bits: 8, ..TELEPHONE };
    let silent = decode_bytes(wav(shape, &[0xFF; 8000])).unwrap();
    assert!(silent.waveform.channels[0].iter().all(|peak| peak.low == 128 && peak.high == 128));
    let loud = decode_bytes(wav(shape, &[0x00, 0x80].repeat(4000))).unwrap();
    assert!(loud.waveform.channels[0].iter().all(|peak| peak.low < 4 && peak.high > 251));
}

#[test]
fn a_law_is_decoded() {
    // 0xD5 is the smallest value above zero, 0x2A the lowest and 0xAA the highest (ITU-T G.711).
    let shape = Shape { tag: 6, bits: 8, ..TELEPHONE };
    let silent = decode_bytes(wav(shape, &[0xD5; 8000])).unwrap();
    assert!(silent.waveform.channels[0].iter().all(|peak| peak.low == 128 && peak.high == 128));
    let loud = decode_bytes(wav(shape, &[0x2A, 0xAA].repeat(4000))).unwrap();
    assert!(loud.waveform.channels[0].iter().all(|peak| peak.low < 4 && peak.high > 251));
}

#[test]
fn samples_of_24_and_32_bits_are_decoded() {
    for (tag, bits, half) in
        [(1, 24, vec![0, 0, 0x40]), (1, 32, vec![0, 0, 0, 0x40]), (3, 32, vec![0, 0, 0, 0x3F])]
    {
        let sound = decode_bytes(wav(Shape { tag, bits, ..TELEPHONE }, &half.repeat(8000))).unwrap();
        let peak = sound.waveform.channels[0][500];
        assert_eq!((peak.low, peak.high), (191, 191), "{tag} {bits}");
    }
}

#[test]
fn remarks_before_the_samples_are_passed_over() {
    let file = wav(TELEPHONE, &tone(1));
    let remark = b"LIST\x05\0\0\0INFO!\0";
    let with_remark = [&file[..36], remark, &file[36..]].concat();
    assert_eq!(decode_bytes(with_remark).unwrap().duration(), Duration::from_secs(1));
}

#[test]
fn the_channels_of_a_stereo_call_are_kept_apart() {
    let left_speaks_first = (0..16_000).flat_map(|i| match i {
        0..8_000 => [if i % 2 == 0 { 20_000 } else { -20_000 }, 0],
        _ => [0, if i % 2 == 0 { 10_000 } else { -10_000 }],
    });
    let sound = decode_bytes(wav(Shape { channels: 2, ..TELEPHONE }, &samples(left_speaks_first))).unwrap();
    let [left, right] = &sound.waveform.channels[..] else { panic!("two channels") };
    let (first, last) = (10, left.len() - 10);
    let silence = Peak { low: 128, high: 128 };
    assert_eq!((right[first], left[last]), (silence, silence));
    assert!(left[first].high > 200 && left[first].low < 55, "{:?}", left[first]);
    assert!((160..175).contains(&right[last].high), "{:?}", right[last]);
}

#[test]
fn a_long_recording_has_no_more_buckets_than_a_short_one() {
    for seconds in [1, 7, 60] {
        let sound = decode_bytes(wav(TELEPHONE, &tone(seconds))).unwrap();
        let buckets = sound.waveform.channels[0].len();
        assert!((800..=1600).contains(&buckets), "{seconds} s: {buckets}");
        assert!(sound.waveform.to_bytes().len() <= MAX_WAVEFORM_BYTES);
        assert!(sound.waveform.channels[0][..buckets - 1].iter().all(|peak| peak.high > 160), "{seconds} s");
    }
}

#[test]
fn a_recorder_that_never_wrote_the_length_is_believed() {
    let mut file = wav(TELEPHONE, &tone(1));
    file[4..8].copy_from_slice(&[0xFF; 4]);
    file[40..44].copy_from_slice(&[0xFF; 4]);
    assert_eq!(decode_bytes(file).unwrap().duration(), Duration::from_secs(1));
}
