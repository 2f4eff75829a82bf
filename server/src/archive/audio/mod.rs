//! Sound: what a recording is, how long, and the picture of its loudness.
//!
//! - What a file is, is told by its bytes, never by its name or by what somebody says it is.
//! - It is decoded as a stream: memory does not grow with its length.
//! - Sound without header, cut off, damaged or over a limit gives a reason; never a panic.
//!
//! `kind` tells formats apart · `decode` runs through the samples · `wav` those of telephone systems · `waveform` keeps the peaks.

mod decode;
mod kind;
#[cfg(test)]
mod tests;
mod wav;
mod waveform;

pub use decode::{decode, decode_bytes};
pub use kind::Kind;
pub use waveform::{MAX_WAVEFORM_BYTES, Peak, Peaks, Waveform, WaveformFault};

use crate::archive::sentence::Sentence;
use std::time::Duration;

/// Largest recording.
pub const MAX_AUDIO_BYTES: u64 = 1024 * 1024 * 1024;
/// Longest recording, decoded: a day.
pub const MAX_AUDIO_SECONDS: u64 = 86_400;
/// Most channels.
pub const MAX_AUDIO_CHANNELS: usize = 8;
/// Highest sample rate.
pub const MAX_SAMPLE_RATE_HZ: u32 = 192_000;
/// Most packets of a recording that may be damaged before it counts as undecodable.
pub const MAX_DAMAGED_PACKETS: u32 = 50;

/// What a recording turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// The format of its file.
    pub kind: Kind,
    /// 1 to [`MAX_AUDIO_CHANNELS`].
    pub channels: usize,
    /// Samples a second of each channel.
    pub sample_rate_hz: u32,
    /// Samples of each channel.
    pub frames: u64,
    /// Packets that could not be decoded and are missing from it.
    pub damaged_packets: u32,
    /// Its loudness over time.
    pub waveform: Waveform,
}

impl Sound {
    /// How long it plays.
    pub fn duration(&self) -> Duration {
        let rate = u64::from(self.sample_rate_hz.max(1));
        Duration::from_millis(self.frames.saturating_mul(1000) / rate)
    }
}

/// Why a recording was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its beginning is that of no known sound file: another kind of file, or samples without a header.
    NotSound,
    /// The container is known, what is in it is not.
    UnknownCodec,
    /// Larger than [`MAX_AUDIO_BYTES`].
    FileTooLarge,
    /// Longer than [`MAX_AUDIO_SECONDS`].
    TooLong,
    /// More channels than [`MAX_AUDIO_CHANNELS`], none, or a sample rate out of range.
    UnusualShape,
    /// The header promises more than there is.
    CutOff {
        /// Milliseconds that are there.
        present_ms: u64,
        /// Milliseconds that the header promises.
        stated_ms: u64,
    },
    /// It cannot be decoded, or too many of its packets cannot.
    Damaged,
    /// There is not one sample in it.
    Silent,
}

impl Fault {
    /// What to tell a person.
    pub fn sentence(&self) -> Sentence {
        let of = Sentence::of;
        let seconds = |ms: &u64| (ms / 1000) as usize;
        match self {
            Self::NotSound => of("audio-not-sound"),
            Self::UnknownCodec => of("audio-unknown-codec"),
            Self::FileTooLarge => {
                of("audio-file-too-large").number("limit", (MAX_AUDIO_BYTES >> 20) as usize)
            }
            Self::TooLong => of("audio-too-long").number("limit", (MAX_AUDIO_SECONDS / 3600) as usize),
            Self::UnusualShape => of("audio-unusual-shape"),
            Self::CutOff { present_ms, stated_ms } => of("audio-cut-off")
                .number("present", seconds(present_ms))
                .number("stated", seconds(stated_ms)),
            Self::Damaged => of("audio-damaged"),
            Self::Silent => of("audio-silent"),
        }
    }
}
