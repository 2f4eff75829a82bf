//! The archive's types; no SQL, no HTML.

use super::audio::Peaks;
use kernel::{Error, Result, Subject, Timestamp};
use serde::{Deserialize, Serialize};

kernel::id!(
    /// A finished interaction.
    InteractionId
);
kernel::id!(
    /// One encrypted file: a recording, a transcript, a chat, an attachment.
    ContentId
);
kernel::id!(
    /// One person's leave to hear and read one interaction for a short while.
    OpeningId
);
kernel::id!(
    /// A file that was set aside instead of archived.
    AsideId
);

impl From<InteractionId> for Subject {
    fn from(id: InteractionId) -> Self {
        Self::new("interaction", id.0)
    }
}
impl From<AsideId> for Subject {
    fn from(id: AsideId) -> Self {
        Self::new("set_aside", id.0)
    }
}

/// What one encrypted file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContentKind {
    /// Sound.
    Recording,
    /// What was said, in writing: a [`Document`].
    Transcript,
    /// What was written: a [`Document`].
    Chat,
    /// Whatever else lay in the file.
    Attachment,
    /// A file as it was sent in, kept because it could not be archived.
    Aside,
}

impl ContentKind {
    /// The word in the tables and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recording => "recording",
            Self::Transcript => "transcript",
            Self::Chat => "chat",
            Self::Attachment => "attachment",
            Self::Aside => "aside",
        }
    }
    /// The kind of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Recording, Self::Transcript, Self::Chat, Self::Attachment, Self::Aside]
            .into_iter()
            .find(|kind| kind.name() == word)
    }
}

impl kernel::IntoValue for ContentKind {
    fn into_value(self) -> kernel::Value {
        self.name().into_value()
    }
}
impl kernel::FromValue for ContentKind {
    fn from_value(value: kernel::Value) -> Result<Self> {
        let word = String::from_value(value)?;
        Self::parse(&word).ok_or_else(|| Error::broken(format!("a content of kind {word}")))
    }
}

/// One encrypted file: what is known of it without opening it.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its id: also its name in the store.
    pub id: ContentId,
    /// What it holds.
    pub kind: ContentKind,
    /// Its name as sent in, or empty.
    pub name: String,
    /// What its bytes are.
    pub mimetype: String,
    /// Length in bytes, decrypted.
    pub bytes: u64,
    /// Milliseconds it plays; 0 where it does not.
    pub length_ms: u64,
    /// SHA-256 of the decrypted bytes.
    pub hash: [u8; 32],
    /// The version of the tenant's key that wraps its own.
    pub key_version: u32,
    /// Its own key, wrapped.
    pub wrapped: Vec<u8>,
    /// The stored form of its waveform.
    pub peaks: Option<Vec<u8>>,
}
kernel::from_row!(Content { id, kind, name, mimetype, bytes, length_ms, hash, key_version, wrapped, peaks });

impl Content {
    /// Milliseconds that so many of its bytes play, for formats of a steady rate: near enough to say how much was delivered.
    #[must_use]
    pub fn ms_of(&self, bytes: u64) -> u64 {
        let ms = u128::from(bytes) * u128::from(self.length_ms) / u128::from(self.bytes.max(1));
        u64::try_from(ms).unwrap_or(u64::MAX)
    }
}

/// What was said or written, as it stands encrypted in the store (JSON).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The version of this form: 1.
    pub version: u32,
    /// A few sentences about it, made elsewhere.
    pub summary: Option<String>,
    /// What was said, in order.
    pub lines: Vec<Said>,
}

/// One thing said or written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The participant's position.
    pub party: Option<usize>,
    /// The name a transcript gives who speaks.
    pub speaker: Option<String>,
    /// When it was written.
    pub at: Option<Timestamp>,
    /// Milliseconds from the beginning of the recording.
    pub from_ms: Option<u64>,
    /// Milliseconds from the beginning of the recording.
    pub until_ms: Option<u64>,
    /// The words, as plain text.
    pub text: String,
}

/// Who took part.
#[derive(Clone, Debug, Serialize)]
pub struct Participant {
    /// The place in the file; contents name it by this.
    pub position: usize,
    /// What it is called.
    pub name: Option<String>,
    /// Telephone number.
    pub tel: Option<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// `agent`, `customer` or `other`.
    pub role: String,
    /// The user it is, if it is one.
    pub user: Option<kernel::UserId>,
}
kernel::from_row!(Participant { position, name, tel, mail, role, user });

impl Participant {
    /// What to call it: the name, else an address.
    #[must_use]
    pub fn label(&self) -> &str {
        let known = [&self.name, &self.mail, &self.tel].into_iter().flatten().find(|text| !text.is_empty());
        known.map_or("", String::as_str)
    }
}

/// The loudness of one channel for drawing: 0 silence, 255 as loud as can be.
#[must_use]
pub fn loudness(peaks: &Peaks) -> Vec<u8> {
    peaks.iter().map(|peak| peak.high.abs_diff(128).max(peak.low.abs_diff(128)).saturating_mul(2)).collect()
}
