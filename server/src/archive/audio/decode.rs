//! Running once through a recording's samples.

use super::kind::HEAD_BYTES;
use super::wav::Wav;
use super::waveform::Gathering;
use super::{
    Fault, Kind, MAX_AUDIO_BYTES, MAX_AUDIO_CHANNELS, MAX_AUDIO_SECONDS, MAX_DAMAGED_PACKETS,
    MAX_SAMPLE_RATE_HZ, Sound,
};
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use symphonia::core::audio::SampleBuffer;
use symphonia::core::codecs::{CODEC_TYPE_NULL, CodecParameters, Decoder, DecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::{Limit, MetadataOptions};
use symphonia::core::probe::Hint;

/// Most bytes of a title, a picture or another remark inside a recording; remarks are read past, not kept.
const MAX_REMARK_BYTES: usize = 64 * 1024;
/// Encoders pad and trim the ends; what is missing up to this is not a cut.
const MISSING_FRAMES_TAKEN: u64 = 4096;

/// Decodes a recording that is in memory.
pub fn decode_bytes(bytes: Vec<u8>) -> Result<Sound, Fault> {
    decode(Box::new(Cursor::new(bytes)))
}

/// Decodes a recording: a file, or anything that can be read and sought. Takes seconds for long ones: never inside a
/// transaction or on a thread that others wait for.
pub fn decode(source: Box<dyn MediaSource>) -> Result<Sound, Fault> {
    // The decoders are other people's code and these are strangers' bytes: a panic there is a refusal here.
    catch_unwind(AssertUnwindSafe(|| run(source))).unwrap_or(Err(Fault::Damaged))
}

fn run(mut source: Box<dyn MediaSource>) -> Result<Sound, Fault> {
    let head = head(&mut source)?;
    let kind = Kind::of(&head).ok_or(Fault::NotSound)?;
    if kind == Kind::Wav
        && let Some(wav) = Wav::open(&mut source)?
    {
        return plain_wav(&wav, source);
    }
    source.seek(SeekFrom::Start(0)).map_err(|_| Fault::Damaged)?;
    let mut format = open(source, kind)?;
    let track = format.default_track().ok_or(Fault::UnknownCodec)?;
    let (id, parameters) = (track.id, track.codec_params.clone());
    if parameters.codec == CODEC_TYPE_NULL {
        return Err(Fault::UnknownCodec);
    }
    check_stated_length(&parameters)?;
    let decoder = symphonia::default::get_codecs().make(&parameters, &DecoderOptions::default());
    let mut run = Run { decoder: decoder.map_err(|_| Fault::UnknownCodec)?, shape: None, damaged_packets: 0 };
    run.through(format.as_mut(), id)?;
    let damaged_packets = run.damaged_packets;
    let (gathering, rate) = run.shape.ok_or(Fault::Silent)?;
    let frames = gathering.frames();
    if let Some(stated) = parameters.n_frames.filter(|_| kind.promises_length(&head)) {
        check_whole(frames, stated, rate)?;
    }
    Ok(sound(kind, gathering, rate, damaged_packets))
}

fn plain_wav(wav: &Wav, source: Box<dyn MediaSource>) -> Result<Sound, Fault> {
    let longest = MAX_AUDIO_SECONDS * u64::from(wav.rate);
    if wav.stated_frames.is_some_and(|frames| frames > longest) {
        return Err(Fault::TooLong);
    }
    let mut gathering = Gathering::new(wav.channels);
    wav.frames(source, |frame| {
        gathering.push(frame);
        if gathering.frames() > longest { Err(Fault::TooLong) } else { Ok(()) }
    })?;
    let frames = gathering.frames();
    if frames == 0 {
        return Err(Fault::Silent);
    }
    check_whole(frames, wav.stated_frames.unwrap_or(frames), wav.rate)?;
    Ok(sound(Kind::Wav, gathering, wav.rate, 0))
}

fn sound(kind: Kind, gathering: Gathering, rate: u32, damaged_packets: u32) -> Sound {
    Sound {
        kind,
        channels: gathering.channels(),
        sample_rate_hz: rate,
        frames: gathering.frames(),
        damaged_packets,
        waveform: gathering.finish(rate),
    }
}

fn head(source: &mut Box<dyn MediaSource>) -> Result<Vec<u8>, Fault> {
    if source.byte_len().is_some_and(|bytes| bytes > MAX_AUDIO_BYTES) {
        return Err(Fault::FileTooLarge);
    }
    let mut head = Vec::new();
    source.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(|_| Fault::Damaged)?;
    source.seek(SeekFrom::Start(0)).map_err(|_| Fault::Damaged)?;
    Ok(head)
}

fn open(source: Box<dyn MediaSource>, kind: Kind) -> Result<Box<dyn FormatReader>, Fault> {
    let stream = MediaSourceStream::new(source, Default::default());
    let remarks = MetadataOptions {
        limit_metadata_bytes: Limit::Maximum(MAX_REMARK_BYTES),
        limit_visual_bytes: Limit::Maximum(0),
    };
    let trimmed = FormatOptions { enable_gapless: true, ..Default::default() };
    let found = symphonia::default::get_probe().format(
        Hint::new().with_extension(kind.extension()),
        stream,
        &trimmed,
        &remarks,
    );
    found.map(|found| found.format).map_err(|cause| match cause {
        Error::Unsupported(_) => Fault::UnknownCodec,
        _ => Fault::Damaged,
    })
}

/// A recording under way.
struct Run {
    decoder: Box<dyn Decoder>,
    /// What the first packet tells: as many channels as are gathered, and the sample rate in Hz.
    shape: Option<(Gathering, u32)>,
    damaged_packets: u32,
}

impl Run {
    fn through(&mut self, format: &mut dyn FormatReader, track: u32) -> Result<(), Fault> {
        loop {
            let packet = match format.next_packet() {
                Ok(packet) => packet,
                // The only way a reader tells the end.
                Err(Error::IoError(cause)) if cause.kind() == std::io::ErrorKind::UnexpectedEof => {
                    return Ok(());
                }
                Err(Error::DecodeError(_)) => {
                    self.damaged()?;
                    continue;
                }
                Err(_) => return Err(Fault::Damaged),
            };
            if packet.track_id() == track {
                self.packet(&packet)?;
            }
        }
    }

    fn packet(&mut self, packet: &symphonia::core::formats::Packet) -> Result<(), Fault> {
        let decoded = match self.decoder.decode(packet) {
            Ok(decoded) => decoded,
            Err(Error::DecodeError(_)) => return self.damaged(),
            Err(_) => return Err(Fault::Damaged),
        };
        if decoded.frames() == 0 {
            return Ok(());
        }
        let (channels, rate) = (decoded.spec().channels.count(), decoded.spec().rate);
        if self.shape.is_none() {
            self.shape = Some((gathering(channels, rate)?, rate));
        }
        let Some((gathering, first_rate)) = &mut self.shape else {
            return Ok(());
        };
        if (gathering.channels(), *first_rate) != (channels, rate) {
            return Err(Fault::UnusualShape);
        }
        let mut samples = SampleBuffer::<f32>::new(decoded.capacity() as u64, *decoded.spec());
        samples.copy_interleaved_ref(decoded);
        samples.samples().chunks_exact(channels).for_each(|frame| gathering.push(frame));
        if gathering.frames() > MAX_AUDIO_SECONDS * u64::from(rate) {
            return Err(Fault::TooLong);
        }
        Ok(())
    }

    fn damaged(&mut self) -> Result<(), Fault> {
        self.damaged_packets += 1;
        if self.damaged_packets > MAX_DAMAGED_PACKETS {
            return Err(Fault::Damaged);
        }
        Ok(())
    }
}

fn gathering(channels: usize, rate: u32) -> Result<Gathering, Fault> {
    if channels == 0 || channels > MAX_AUDIO_CHANNELS || rate == 0 || rate > MAX_SAMPLE_RATE_HZ {
        return Err(Fault::UnusualShape);
    }
    Ok(Gathering::new(channels))
}

/// Refuses before decoding what says itself that it is too long.
fn check_stated_length(parameters: &CodecParameters) -> Result<(), Fault> {
    let stated = parameters.n_frames.zip(parameters.sample_rate);
    if stated.is_some_and(|(frames, rate)| frames > MAX_AUDIO_SECONDS * u64::from(rate)) {
        return Err(Fault::TooLong);
    }
    Ok(())
}

fn check_whole(frames: u64, stated: u64, rate: u32) -> Result<(), Fault> {
    if frames + MISSING_FRAMES_TAKEN >= stated {
        return Ok(());
    }
    let milliseconds = |frames: u64| frames.saturating_mul(1000) / u64::from(rate);
    Err(Fault::CutOff { present_ms: milliseconds(frames), stated_ms: milliseconds(stated) })
}
