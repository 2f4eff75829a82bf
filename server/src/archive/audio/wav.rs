//! WAV as telephone systems write it: PCM, IEEE float, A-law and µ-law (RFC 2361; ITU-T G.711).
//!
//! Read here, since such files differ from the book in ways that do not matter: a short format chunk, a length that
//! was never written. Rarer codecs are left to the general decoder.

use super::{Fault, MAX_AUDIO_CHANNELS, MAX_SAMPLE_RATE_HZ};
use std::io::{Read, Seek, SeekFrom};

/// Most chunks before the samples.
const MAX_CHUNKS: usize = 64;
/// Longest format chunk.
const MAX_FORMAT_BYTES: u32 = 4096;
/// Samples are read in pieces of about this size.
const PIECE_BYTES: usize = 64 * 1024;

/// How one sample is stored.
#[derive(Clone, Copy)]
enum Encoding {
    Unsigned8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
    ALaw,
    MuLaw,
}

/// A WAV file whose next byte is its first sample.
pub(super) struct Wav {
    encoding: Encoding,
    pub(super) channels: usize,
    pub(super) rate: u32,
    /// Samples of each channel that the header promises, if it does.
    pub(super) stated_frames: Option<u64>,
}

impl Wav {
    /// Reads up to the samples. Nothing if the codec is not one of those here.
    pub(super) fn open(source: &mut (impl Read + Seek)) -> Result<Option<Self>, Fault> {
        source.seek(SeekFrom::Start(12)).map_err(|_| Fault::Damaged)?;
        let mut format = None;
        for _ in 0..MAX_CHUNKS {
            let [tag @ .., a, b, c, d] = exactly::<8>(source)?;
            let bytes = u32::from_le_bytes([a, b, c, d]);
            match &tag {
                b"data" => return of_format(format.as_deref().ok_or(Fault::Damaged)?, bytes),
                b"fmt " if bytes <= MAX_FORMAT_BYTES => {
                    let mut chunk = vec![0; bytes as usize];
                    source.read_exact(&mut chunk).map_err(|_| Fault::Damaged)?;
                    format = Some(chunk);
                    skip(source, bytes & 1)?;
                }
                // Chunks are padded to an even length.
                _ => skip(source, bytes.checked_add(bytes & 1).ok_or(Fault::Damaged)?)?,
            }
        }
        Err(Fault::Damaged)
    }

    /// Gives each frame (a sample of each channel, −1 to 1) until the promised length or the end.
    pub(super) fn frames(
        &self,
        source: impl Read,
        mut give: impl FnMut(&[f32]) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let sample_bytes = self.encoding.bytes();
        let frame_bytes = sample_bytes * self.channels;
        let stated = self.stated_frames.map_or(u64::MAX, |frames| frames.saturating_mul(frame_bytes as u64));
        let mut source = source.take(stated);
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        let mut frame = vec![0.0; self.channels];
        loop {
            piece.clear();
            let whole_frames = (PIECE_BYTES / frame_bytes * frame_bytes) as u64;
            source.by_ref().take(whole_frames).read_to_end(&mut piece).map_err(|_| Fault::Damaged)?;
            for stored in piece.chunks_exact(frame_bytes) {
                for (sample, bytes) in frame.iter_mut().zip(stored.chunks_exact(sample_bytes)) {
                    *sample = self.encoding.sample(bytes);
                }
                give(&frame)?;
            }
            if (piece.len() as u64) < whole_frames {
                return Ok(());
            }
        }
    }
}

fn of_format(format: &[u8], data_bytes: u32) -> Result<Option<Wav>, Fault> {
    let Some([t0, t1, c0, c1, r0, r1, r2, r3, _, _, _, _, _, _, b0, b1]) = format.first_chunk::<16>() else {
        return Err(Fault::Damaged);
    };
    let tag = match (u16::from_le_bytes([*t0, *t1]), format.get(24..26)) {
        // WAVE_FORMAT_EXTENSIBLE: the true tag begins the sub-format.
        (0xFFFE, Some([t0, t1])) => u16::from_le_bytes([*t0, *t1]),
        (tag, _) => tag,
    };
    let Some(encoding) = Encoding::of(tag, u16::from_le_bytes([*b0, *b1])) else {
        return Ok(None);
    };
    let channels = usize::from(u16::from_le_bytes([*c0, *c1]));
    let rate = u32::from_le_bytes([*r0, *r1, *r2, *r3]);
    if channels == 0 || channels > MAX_AUDIO_CHANNELS || rate == 0 || rate > MAX_SAMPLE_RATE_HZ {
        return Err(Fault::UnusualShape);
    }
    let frame_bytes = (encoding.bytes() * channels) as u64;
    // Recorders that write as they go leave nothing or all ones where the length belongs.
    let is_stated = data_bytes != 0 && data_bytes < u32::MAX - 0xFFFF;
    Ok(Some(Wav {
        encoding,
        channels,
        rate,
        stated_frames: is_stated.then_some(u64::from(data_bytes) / frame_bytes),
    }))
}

impl Encoding {
    fn of(tag: u16, bits: u16) -> Option<Self> {
        match (tag, bits) {
            (1, 8) => Some(Self::Unsigned8),
            (1, 16) => Some(Self::Signed16),
            (1, 24) => Some(Self::Signed24),
            (1, 32) => Some(Self::Signed32),
            (3, 32) => Some(Self::Float32),
            (6, 8) => Some(Self::ALaw),
            (7, 8) => Some(Self::MuLaw),
            _ => None,
        }
    }

    fn bytes(self) -> usize {
        match self {
            Self::Unsigned8 | Self::ALaw | Self::MuLaw => 1,
            Self::Signed16 => 2,
            Self::Signed24 => 3,
            Self::Signed32 | Self::Float32 => 4,
        }
    }

    /// −1 to 1; the bytes are as many as [`Self::bytes`].
    fn sample(self, stored: &[u8]) -> f32 {
        match (self, stored) {
            (Self::Unsigned8, [a]) => (f32::from(*a) - 128.0) / 128.0,
            (Self::ALaw, [a]) => f32::from(a_law(*a)) / 32_768.0,
            (Self::MuLaw, [a]) => f32::from(mu_law(*a)) / 32_768.0,
            (Self::Signed16, [a, b]) => f32::from(i16::from_le_bytes([*a, *b])) / 32_768.0,
            (Self::Signed24, [a, b, c]) => i32::from_le_bytes([0, *a, *b, *c]) as f32 / 2_147_483_648.0,
            (Self::Signed32, [a, b, c, d]) => i32::from_le_bytes([*a, *b, *c, *d]) as f32 / 2_147_483_648.0,
            (Self::Float32, [a, b, c, d]) => f32::from_le_bytes([*a, *b, *c, *d]),
            _ => 0.0,
        }
    }
}

/// ITU-T G.711, table 2, scaled to 16 bits.
fn mu_law(stored: u8) -> i16 {
    let bits = !stored;
    let magnitude = ((i16::from(bits & 0x0F) << 3) + 0x84) << (bits >> 4 & 0b111);
    if bits & 0x80 == 0 { magnitude - 0x84 } else { 0x84 - magnitude }
}

/// ITU-T G.711, table 1, scaled to 16 bits.
fn a_law(stored: u8) -> i16 {
    let bits = stored ^ 0x55;
    let (exponent, mantissa) = (bits >> 4 & 0b111, i16::from(bits & 0x0F) << 4);
    let magnitude = match exponent {
        0 => mantissa + 8,
        _ => (mantissa + 0x108) << (exponent - 1),
    };
    if bits & 0x80 == 0 { -magnitude } else { magnitude }
}

fn exactly<const N: usize>(source: &mut impl Read) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    source.read_exact(&mut bytes).map_err(|_| Fault::Damaged)?;
    Ok(bytes)
}

fn skip(source: &mut impl Seek, bytes: u32) -> Result<(), Fault> {
    source.seek(SeekFrom::Current(i64::from(bytes))).map(|_| ()).map_err(|_| Fault::Damaged)
}
