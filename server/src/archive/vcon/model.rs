//! A finished interaction, as a file tells it.

use crate::archive::hashing::{Claim, ClaimFault};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// One interaction. Lists are in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    /// The file's own id: the same file is the same interaction.
    pub external_id: Uuid,
    /// By which means people spoke.
    pub medium: Medium,
    /// Who began it.
    pub direction: Option<Direction>,
    /// The name of the queue it came by, as the sender calls it.
    pub queue: Option<String>,
    /// What it was about, in the sender's words.
    pub subject: Option<String>,
    /// The first dialog's start.
    pub started: Timestamp,
    /// The last dialog's end; never before `started`.
    pub ended: Timestamp,
    /// Who took part.
    pub parties: Vec<Party>,
    /// What was recorded.
    pub recordings: Vec<Recording>,
    /// What was written.
    pub messages: Vec<Message>,
    /// What was said, in writing: the fullest of the file's transcripts.
    pub transcript: Vec<Line>,
    /// A few sentences about it, made elsewhere.
    pub summary: Option<String>,
    /// Whatever else lies in the file.
    pub attachments: Vec<Attachment>,
}

/// A kind of interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Spoken.
    Call,
    /// Written, message by message.
    Chat,
    /// Written, as mail.
    Email,
}

/// Who began it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The customer.
    In,
    /// The contact centre.
    Out,
}

/// One who took part. Others name it by its position in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// What it is called.
    pub name: Option<String>,
    /// Telephone number, without `tel:`.
    pub tel: Option<String>,
    /// Mail address, without `mailto:`, in lower case.
    pub mailto: Option<String>,
    /// On which side it stands.
    pub role: Role,
}

/// On which side a party stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Works for the contact centre.
    Agent,
    /// Whom it serves.
    Customer,
    /// A third person, a machine, or not said.
    Other,
}

/// Sound or pictures of a dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Where its bytes are.
    pub source: Source,
    /// What the file says it is; the bytes decide.
    pub mimetype: Option<String>,
    /// The hash that the file states; checked before anything is kept.
    pub claim: Option<Result<Claim, ClaimFault>>,
    /// When it began.
    pub started: Timestamp,
    /// How long the file says it is.
    pub duration: Option<Duration>,
    /// Positions of those who are heard.
    pub parties: Vec<usize>,
}

/// Where a recording's bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the file itself.
    Inline(Arc<[u8]>),
    /// In a file of this name beside it: a bare name, no folders.
    Beside(String),
    /// Only at an address elsewhere, which is never fetched.
    Elsewhere(String),
    /// The file does not say.
    Missing,
}

/// One written message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// When it was written.
    pub at: Timestamp,
    /// Position of who wrote it.
    pub party: Option<usize>,
    /// What it says; plain text unless `mimetype` says otherwise, and shown as text in either case.
    pub text: String,
    /// What kind of text.
    pub mimetype: Option<String>,
}

/// One line of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As the transcript names who speaks.
    pub speaker: Option<String>,
    /// Position of who speaks, where it is clear.
    pub party: Option<usize>,
    /// From the beginning of the recording.
    pub from: Option<Duration>,
    /// From the beginning of the recording.
    pub until: Option<Duration>,
    /// What is said.
    pub text: String,
}

/// Something that lies in the file beside the dialogs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What the file calls it.
    pub kind: Option<String>,
    /// The name of the file it was.
    pub filename: Option<String>,
    /// What the file says it is.
    pub mimetype: String,
    /// Decoded.
    pub bytes: Arc<[u8]>,
}
