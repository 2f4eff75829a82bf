//! Sound: what is decoded, and what is refused.

mod decoding;
mod recorded;
mod refused;
mod stored;

use super::*;

/// How samples stand in a WAV file.
#[derive(Clone, Copy)]
struct Shape {
    /// 1 PCM, 7 µ-law (RFC 2361).
    tag: u16,
    bits: u16,
    channels: u16,
    rate: u32,
}

const TELEPHONE: Shape = Shape { tag: 1, bits: 16, channels: 1, rate: 8000 };

/// A WAV file round these bytes of samples.
fn wav(shape: Shape, samples: &[u8]) -> Vec<u8> {
    let frame_bytes = shape.channels * shape.bits / 8;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + samples.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0");
    file.extend(shape.tag.to_le_bytes());
    file.extend(shape.channels.to_le_bytes());
    file.extend(shape.rate.to_le_bytes());
    file.extend((shape.rate * u32::from(frame_bytes)).to_le_bytes());
    file.extend(frame_bytes.to_le_bytes());
    file.extend(shape.bits.to_le_bytes());
    file.extend(b"data");
    file.extend((samples.len() as u32).to_le_bytes());
    file.extend(samples);
    file
}

/// Samples of 16 bits.
fn samples(of: impl Iterator<Item = i16>) -> Vec<u8> {
    of.flat_map(i16::to_le_bytes).collect()
}

/// A second of a tone, half as loud as can be.
fn tone(seconds: usize) -> Vec<u8> {
    samples((0..8000 * seconds).map(|i| ((i as f32 * 2.0).sin() * 16_383.0) as i16))
}
