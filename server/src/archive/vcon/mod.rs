//! IETF vCon files as they are met (0.0.1, 0.0.2 and later drafts), read into typed interactions.
//!
//! - Every text, list and number has a named limit; what goes beyond it is refused, never cut.
//! - Hostile input gives problems with their place in the file, at most [`MAX_PROBLEMS`] at once; never a panic, and
//!   memory in proportion to the file.
//! - Times without a zone are UTC: the writers met so far that leave the zone out mean that.
//! - Nothing is fetched: media lie in the file or beside it.
//!
//! `model` what comes out · `problem` what may be wrong · `gauge` how much JSON there is · `node` one place in it ·
//! `party`, `dialog`, `analysis`, `queue`, `instant` the parts of the format.

mod analysis;
mod dialog;
mod gauge;
mod instant;
mod model;
mod node;
mod party;
mod problem;
mod queue;
#[cfg(test)]
mod tests;

pub use model::{Attachment, Direction, Interaction, Line, Medium, Message, Party, Recording, Role, Source};
pub use problem::{Fault, Problem};

use crate::archive::vcon::dialog::Dialogs;
use node::{Findings, Node};
use uuid::Uuid;

/// Largest vCon file, media inside it included.
pub const MAX_VCON_BYTES: usize = 64 * 1024 * 1024;
/// Most values (texts, numbers, lists, objects) in a file.
pub const MAX_JSON_VALUES: usize = 200_000;
/// Deepest nesting of lists and objects.
pub const MAX_JSON_DEPTH: usize = 32;
/// Most parties of an interaction.
pub const MAX_PARTIES: usize = 64;
/// Most dialogs (recordings and messages) of an interaction.
pub const MAX_DIALOGS: usize = 10_000;
/// Most recordings of an interaction.
pub const MAX_RECORDINGS: usize = 16;
/// Most analyses in a file.
pub const MAX_ANALYSES: usize = 256;
/// Most lines of a transcript.
pub const MAX_TRANSCRIPT_LINES: usize = 20_000;
/// Most attachments of an interaction.
pub const MAX_ATTACHMENTS: usize = 64;
/// Longest message of a chat.
pub const MAX_MESSAGE_CHARS: usize = 65_536;
/// Longest line of a transcript.
pub const MAX_LINE_CHARS: usize = 65_536;
/// Longest transcript that comes as one text.
pub const MAX_TRANSCRIPT_CHARS: usize = 4_000_000;
/// Longest name of a person.
pub const MAX_NAME_CHARS: usize = 200;
/// Longest telephone number or mail address.
pub const MAX_ADDRESS_CHARS: usize = 320;
/// Longest subject and summary.
pub const MAX_SUBJECT_CHARS: usize = 4_000;
/// Longest name of a file, type or kind.
pub const MAX_WORD_CHARS: usize = 255;
/// Longest address of a file elsewhere.
pub const MAX_URL_CHARS: usize = 4_096;
/// Longest dialog: a week.
pub const MAX_DURATION_SECONDS: f64 = 7.0 * 86_400.0;
/// Most problems reported of one file.
pub const MAX_PROBLEMS: usize = 20;

/// Reads one file. All problems found are reported at once.
pub fn parse(bytes: &[u8]) -> Result<Interaction, Vec<Problem>> {
    read(&gauge::json(bytes).map_err(|fault| vec![Problem::of_file(fault)])?)
}

/// The same, and gives up the file as soon as its JSON is known: both are large when media lie inside.
pub fn parse_whole(bytes: Vec<u8>) -> Result<Interaction, Vec<Problem>> {
    let value = gauge::json(&bytes).map_err(|fault| vec![Problem::of_file(fault)])?;
    drop(bytes);
    read(&value)
}

fn read(value: &serde_json::Value) -> Result<Interaction, Vec<Problem>> {
    let findings = Findings::default();
    let interaction = interaction(Node::root(value, &findings));
    match (findings.into_problems(), interaction) {
        (problems, Some(interaction)) if problems.is_empty() => Ok(interaction),
        (problems, _) => Err(problems),
    }
}

fn interaction(root: Node<'_>) -> Option<Interaction> {
    if root.peek("payload").is_some() || root.peek("ciphertext").is_some() {
        root.wrong(Fault::SignedOrEncrypted);
        return None;
    }
    let external_id = uuid(&root);
    let subject = root.optional_text("subject", MAX_SUBJECT_CHARS);
    let created = root.optional("created_at").and_then(|at| instant::of(&at));
    let parties = party::all(&root);
    let dialogs = Dialogs::read(&root, parties.len());
    let analyses = analysis::all(&root, &parties);
    let attachments = analysis::attachments(&root);
    let (started, ended) = dialogs.span().or(created.zip(created)).or_else(|| {
        root.wrong(Fault::NoTime);
        None
    })?;
    let medium = dialogs.medium(!analyses.transcript.is_empty());
    Some(Interaction {
        external_id: external_id?,
        medium,
        direction: dialogs.direction,
        queue: queue::of(&root),
        subject,
        started,
        ended,
        parties,
        recordings: dialogs.recordings,
        messages: dialogs.messages,
        transcript: analyses.transcript,
        summary: analyses.summary,
        attachments,
    })
}

fn uuid(root: &Node<'_>) -> Option<Uuid> {
    let id = root.required("uuid")?;
    let text = id.text(MAX_WORD_CHARS)?;
    let parsed = Uuid::try_parse(&text).ok().filter(|id| !id.is_nil());
    if parsed.is_none() {
        id.wrong(Fault::NotAnId);
    }
    parsed
}
