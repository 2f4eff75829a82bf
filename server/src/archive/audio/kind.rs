//! What kind of sound file it is, by its first bytes.

/// How many of a file's first bytes are looked at.
pub(super) const HEAD_BYTES: usize = 4096;

/// A format that can be decoded here and played by browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RIFF WAVE: PCM, A-law, µ-law, ADPCM.
    Wav,
    /// MPEG audio, layers 1 to 3.
    Mp3,
    /// Ogg, with Vorbis in it.
    Ogg,
    /// FLAC.
    Flac,
}

impl Kind {
    /// By the first [`HEAD_BYTES`] of the file or all there is.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Self::Wav),
            [b'O', b'g', b'g', b'S', ..] => Some(Self::Ogg),
            [b'f', b'L', b'a', b'C', ..] => Some(Self::Flac),
            [b'I', b'D', b'3', 2..=4, ..] => Some(Self::Mp3),
            [a, b, c, ..] if is_mpeg_header([*a, *b, *c]) => Some(Self::Mp3),
            _ => None,
        }
    }

    /// Its media type (RFC 2046 and the IANA registry).
    pub fn mimetype(self) -> &'static str {
        match self {
            Self::Wav => "audio/wav",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
            Self::Flac => "audio/flac",
        }
    }

    /// The ending of its file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Mp3 => "mp3",
            Self::Ogg => "ogg",
            Self::Flac => "flac",
        }
    }

    /// Whether the length in the header is a promise: an MP3 gives one only in a Xing or Info frame, otherwise its
    /// length is guessed from its size.
    pub(super) fn promises_length(self, head: &[u8]) -> bool {
        let holds = |word: &[u8]| head.windows(word.len()).any(|at| at == word);
        self != Self::Mp3 || holds(b"Info") || holds(b"Xing")
    }
}

/// The first 24 bits of an MPEG audio frame (ISO/IEC 11172-3, 2.4.1.3): eleven ones, then no reserved value.
fn is_mpeg_header([sync, second, third]: [u8; 3]) -> bool {
    let version = second >> 3 & 0b11;
    let layer = second >> 1 & 0b11;
    let (bitrate, rate) = (third >> 4, third >> 2 & 0b11);
    sync == 0xFF
        && second >> 5 == 0b111
        && version != 0b01
        && layer != 0
        && !matches!(bitrate, 0 | 15)
        && rate != 0b11
}
