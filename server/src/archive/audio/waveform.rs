//! The picture of a recording's loudness: the lowest and highest sample of each stretch, for each channel.
//!
//! Stored as bytes, all numbers big-endian: version (1) · channels (1 byte) · buckets (2) · sample rate in Hz (4) ·
//! frames (8) · then for each channel and bucket the lowest and the highest sample, one byte each, where 128 is
//! silence, 0 the lowest and 255 the highest.

use super::MAX_AUDIO_CHANNELS;
use std::fmt;

/// Most buckets; half of it is the least, once a recording has so many samples.
pub const MAX_BUCKETS: usize = 1600;
/// Longest stored waveform.
pub const MAX_WAVEFORM_BYTES: usize = HEADER_BYTES + MAX_AUDIO_CHANNELS * MAX_BUCKETS * 2;

const VERSION: u8 = 1;
const HEADER_BYTES: usize = 16;

/// The lowest and highest sample of a stretch: 128 is silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peak {
    /// 0 to 255.
    pub low: u8,
    /// 0 to 255, never below `low` in what this module makes.
    pub high: u8,
}

/// The peaks of one channel, in order of time.
pub type Peaks = Vec<Peak>;

/// Loudness over time. Every channel has as many peaks as the others; each stands for an equal stretch of time, the
/// last for what is left.
#[derive(Clone, PartialEq, Eq)]
pub struct Waveform {
    /// Samples a second.
    pub sample_rate_hz: u32,
    /// Samples of each channel.
    pub frames: u64,
    /// One list a channel.
    pub channels: Vec<Peaks>,
}

/// Why stored bytes are not a waveform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveformFault {
    /// Written by a later version.
    UnknownVersion(u8),
    /// Another length than their header says, or numbers over the limits.
    Malformed,
}

impl fmt::Debug for Waveform {
    /// Its shape: a thousand peaks in a log or a failed test help nobody.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let buckets = self.channels.first().map_or(0, Vec::len);
        write!(f, "Waveform({} channels, {buckets} buckets, {} frames)", self.channels.len(), self.frames)
    }
}

impl Waveform {
    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let buckets = self.channels.first().map_or(0, Vec::len);
        let mut bytes = vec![VERSION, self.channels.len() as u8];
        bytes.extend_from_slice(&(buckets as u16).to_be_bytes());
        bytes.extend_from_slice(&self.sample_rate_hz.to_be_bytes());
        bytes.extend_from_slice(&self.frames.to_be_bytes());
        for peak in self.channels.iter().flatten() {
            bytes.extend_from_slice(&[peak.low, peak.high]);
        }
        bytes
    }

    /// Out of the stored form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WaveformFault> {
        let (header, peaks) = bytes.split_first_chunk::<HEADER_BYTES>().ok_or(WaveformFault::Malformed)?;
        let [version, channels, b0, b1, r0, r1, r2, r3, frames @ ..] = *header;
        if version != VERSION {
            return Err(WaveformFault::UnknownVersion(version));
        }
        let (channels, buckets) = (usize::from(channels), usize::from(u16::from_be_bytes([b0, b1])));
        let over = channels == 0 || channels > MAX_AUDIO_CHANNELS || buckets == 0 || buckets > MAX_BUCKETS;
        if over || peaks.len() != channels * buckets * 2 {
            return Err(WaveformFault::Malformed);
        }
        let pairs = peaks.as_chunks::<2>().0;
        let channel =
            |peaks: &[[u8; 2]]| peaks.iter().map(|[low, high]| Peak { low: *low, high: *high }).collect();
        Ok(Self {
            sample_rate_hz: u32::from_be_bytes([r0, r1, r2, r3]),
            frames: u64::from_be_bytes(frames),
            channels: pairs.chunks(buckets).map(channel).collect(),
        })
    }
}

/// Gathers peaks while the length is not known: when there are too many buckets, each two become one.
pub(super) struct Gathering {
    channels: Vec<Peaks>,
    frames: u64,
    frames_a_bucket: u64,
}

impl Gathering {
    pub(super) fn new(channels: usize) -> Self {
        Self { channels: vec![Peaks::with_capacity(MAX_BUCKETS); channels], frames: 0, frames_a_bucket: 1 }
    }

    pub(super) fn frames(&self) -> u64 {
        self.frames
    }

    pub(super) fn channels(&self) -> usize {
        self.channels.len()
    }

    /// One sample of each channel, −1 to 1.
    pub(super) fn push(&mut self, frame: &[f32]) {
        let opens_a_bucket = self.frames.is_multiple_of(self.frames_a_bucket);
        if opens_a_bucket && self.channels[0].len() == MAX_BUCKETS {
            self.halve();
        }
        let opens_a_bucket = self.frames.is_multiple_of(self.frames_a_bucket);
        for (peaks, sample) in self.channels.iter_mut().zip(frame) {
            let level = level(*sample);
            match peaks.last_mut() {
                Some(last) if !opens_a_bucket => {
                    last.low = last.low.min(level);
                    last.high = last.high.max(level);
                }
                _ => peaks.push(Peak { low: level, high: level }),
            }
        }
        self.frames += 1;
    }

    fn halve(&mut self) {
        for peaks in &mut self.channels {
            *peaks = peaks.chunks(2).map(joined).collect();
        }
        self.frames_a_bucket *= 2;
    }

    pub(super) fn finish(self, sample_rate_hz: u32) -> Waveform {
        Waveform { sample_rate_hz, frames: self.frames, channels: self.channels }
    }
}

fn joined(peaks: &[Peak]) -> Peak {
    Peak {
        low: peaks.iter().map(|peak| peak.low).min().unwrap_or(SILENCE),
        high: peaks.iter().map(|peak| peak.high).max().unwrap_or(SILENCE),
    }
}

const SILENCE: u8 = 128;

/// What is no number is silence.
fn level(sample: f32) -> u8 {
    if sample.is_nan() {
        return SILENCE;
    }
    (128.0 + sample.clamp(-1.0, 1.0) * 127.5).clamp(0.0, 255.0) as u8
}
