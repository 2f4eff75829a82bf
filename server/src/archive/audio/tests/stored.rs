//! The stored form of a waveform.

use super::*;

fn waveform() -> Waveform {
    Waveform {
        sample_rate_hz: 8000,
        frames: 513,
        channels: vec![
            vec![Peak { low: 128, high: 128 }, Peak { low: 0, high: 255 }],
            vec![Peak { low: 1, high: 2 }, Peak { low: 3, high: 4 }],
        ],
    }
}

/// Version 1, byte for byte: never changed, so that every stored waveform is read for ever.
const GOLDEN: [u8; 24] = [1, 2, 0, 2, 0, 0, 0x1F, 0x40, 0, 0, 0, 0, 0, 0, 2, 1, 128, 128, 0, 255, 1, 2, 3, 4];

#[test]
fn a_waveform_is_stored_as_version_1_and_read_back() {
    assert_eq!(waveform().to_bytes(), GOLDEN);
    assert_eq!(Waveform::from_bytes(&GOLDEN), Ok(waveform()));
}

#[test]
fn a_waveform_of_another_version_or_length_is_refused() {
    let changed = |at: usize, byte: u8| {
        let mut bytes = GOLDEN;
        bytes[at] = byte;
        Waveform::from_bytes(&bytes)
    };
    assert_eq!(changed(0, 2), Err(WaveformFault::UnknownVersion(2)));
    for (at, byte) in [(1, 0), (1, 9), (1, 1), (3, 0), (3, 3), (2, 0xFF)] {
        assert_eq!(changed(at, byte), Err(WaveformFault::Malformed), "{at}");
    }
    for end in 0..GOLDEN.len() {
        assert_eq!(Waveform::from_bytes(&GOLDEN[..end]), Err(WaveformFault::Malformed));
    }
}
