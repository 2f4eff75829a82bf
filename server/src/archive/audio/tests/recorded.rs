//! Other people's recordings that lie beside the repository in development and CI. Where they are missing these tests
//! say so on standard error; `decoding` holds the same formats in small.

use super::*;
use crate::archive::recorded_set;
use std::fs;
use std::path::Path;

fn decoded(folder: &Path, name: &str) -> Result<Sound, Fault> {
    decode_bytes(fs::read(folder.join(name)).unwrap())
}

#[test]
fn every_recorded_format_is_decoded() {
    let Some(folder) = recorded_set("calls-audio") else { return };
    let call = "aws-pca/Auto0_GUID_000_AGENT_ChrisL_DT_2025-02-19T06-01-22_Mono.wav";
    for (name, channels, rate, seconds) in [
        (call, 1, 8000, 277),
        ("google/commercial_mono.wav", 1, 8000, 45),
        ("azure/test_audio_stereo.wav", 2, 16_000, 1),
        ("azure/whatstheweatherlike-mulaw.wav", 1, 16_000, 2),
        ("azure/test_audio.mp3", 1, 16_000, 0),
    ] {
        let sound = decoded(&folder, name).unwrap();
        let shape = (sound.channels, sound.sample_rate_hz, sound.duration().as_secs());
        assert_eq!(shape, (channels, rate, seconds), "{name}");
    }
}

#[test]
fn the_recording_without_a_header_is_refused() {
    let Some(folder) = recorded_set("calls-audio") else { return };
    assert_eq!(decoded(&folder, "azure/missing_wav_header.wav"), Err(Fault::NotSound));
}

#[test]
fn a_recorded_call_lasts_as_long_as_its_file_says() {
    let Some(folder) = recorded_set("calls-vcon") else { return };
    let sound = decoded(&folder, "2024/05/03/86fc78d8-ae3c-4860-9477-edf2d2c07588.mp3").unwrap();
    assert_eq!((sound.kind, sound.sample_rate_hz, sound.channels), (Kind::Mp3, 24_000, 1));
    assert!((60_600..60_900).contains(&sound.duration().as_millis()), "{:?}", sound.duration());
}
