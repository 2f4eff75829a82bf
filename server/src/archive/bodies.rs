//! What the archive's doors for programs answer, as the API's description shows it.

use super::events::Details;
use super::import::Summary;
use super::model::{Content, ContentKind, Document, Participant, Said};
use super::queries::{AsideRow, ListRow};
use super::sentence::Sentence;
use crate::schema;
use crate::ui::{Language, Locale};
use kernel::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Times without a zone are UTC; reasons are said in English beside their keys.
#[must_use]
pub fn program() -> Locale {
    Locale::new(Language::En, "UTC")
}

/// One line of a list of interactions.
#[derive(Serialize, ToSchema)]
pub struct InteractionLine {
    id: String,
    medium: String,
    started: String,
    ended: String,
    agent: Option<String>,
    group: Option<String>,
    queue: Option<String>,
    queue_name: Option<String>,
    subject: String,
    recorded: bool,
    customer: Option<String>,
}

impl From<&ListRow> for InteractionLine {
    fn from(row: &ListRow) -> Self {
        Self {
            id: row.id.to_string(),
            medium: row.medium.clone(),
            started: row.started.to_string(),
            ended: row.ended.to_string(),
            agent: row.agent.clone(),
            group: row.group.clone(),
            queue: row.queue.map(|queue| queue.to_string()),
            queue_name: row.queue_name.clone(),
            subject: row.subject.clone(),
            recorded: row.recorded,
            customer: row.customer.clone(),
        }
    }
}

/// One page of interactions; `next` is the `from` of the page after it.
#[derive(Serialize, ToSchema)]
pub struct InteractionsBody {
    /// The lines, newest first.
    #[schema(inline)]
    pub interactions: Vec<InteractionLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}
schema!(InteractionsBody);

/// An opening that was made.
#[derive(Serialize, ToSchema)]
pub struct OpeningBody {
    /// Its id.
    pub opening: String,
    /// Until when it opens.
    pub until: String,
}
schema!(OpeningBody);

/// Why a file was set aside.
#[derive(Serialize, ToSchema)]
pub struct ReasonBody {
    code: String,
    detail: String,
}

impl From<&Sentence> for ReasonBody {
    fn from(reason: &Sentence) -> Self {
        Self { code: reason.key().to_owned(), detail: reason.say(&program()) }
    }
}

/// A file that was set aside just now.
#[derive(Serialize, ToSchema)]
pub struct QuarantinedBody {
    file: String,
    #[schema(inline)]
    reasons: Vec<ReasonBody>,
}

/// What became of files that were brought in.
#[derive(Serialize, ToSchema)]
pub struct ImportedBody {
    imported: usize,
    unchanged: usize,
    #[schema(inline)]
    quarantined: Vec<QuarantinedBody>,
}
schema!(ImportedBody);

impl From<&Summary> for ImportedBody {
    fn from(summary: &Summary) -> Self {
        let one = |(file, reasons): &(String, Vec<Sentence>)| QuarantinedBody {
            file: file.clone(),
            reasons: reasons.iter().map(ReasonBody::from).collect(),
        };
        let quarantined = summary.aside.iter().map(one).collect();
        Self { imported: summary.imported, unchanged: summary.unchanged, quarantined }
    }
}

/// A file that is set aside.
#[derive(Serialize, ToSchema)]
pub struct AsideBody {
    id: String,
    file: String,
    at: String,
    by: String,
    #[schema(inline)]
    reasons: Vec<ReasonBody>,
}

impl From<&AsideRow> for AsideBody {
    fn from(row: &AsideRow) -> Self {
        let reasons: Vec<Sentence> = serde_json::from_str(&row.reasons).unwrap_or_default();
        Self {
            id: row.id.to_string(),
            file: row.file_name.clone(),
            at: row.at.to_string(),
            by: row.by.clone(),
            reasons: reasons.iter().map(ReasonBody::from).collect(),
        }
    }
}

/// One page of what is set aside; `next` is the `from` of the page after it.
#[derive(Serialize, ToSchema)]
pub struct QuarantineBody {
    /// The files, newest first.
    #[schema(inline)]
    pub files: Vec<AsideBody>,
    /// Where the next page begins.
    pub next: Option<String>,
}
schema!(QuarantineBody);

/// An encrypted file of an interaction: `kind` says what it holds; `length_ms` is 0 where nothing plays.
#[derive(Serialize, ToSchema)]
pub struct ContentLine {
    id: String,
    #[schema(value_type = String)]
    kind: ContentKind,
    name: String,
    mimetype: String,
    bytes: u64,
    length_ms: u64,
}

impl From<&Content> for ContentLine {
    fn from(content: &Content) -> Self {
        Self {
            id: content.id.to_string(),
            kind: content.kind,
            name: content.name.clone(),
            mimetype: content.mimetype.clone(),
            bytes: content.bytes,
            length_ms: content.length_ms,
        }
    }
}

/// Who took part: `role` is `agent`, `customer` or `other`; `user` the user it was, if it was one.
#[derive(Serialize, ToSchema)]
pub struct ParticipantLine {
    position: usize,
    name: Option<String>,
    tel: Option<String>,
    mail: Option<String>,
    role: String,
    user: Option<String>,
}

impl From<Participant> for ParticipantLine {
    fn from(who: Participant) -> Self {
        let Participant { position, name, tel, mail, role, user } = who;
        Self { position, name, tel, mail, role, user: user.map(|id| id.to_string()) }
    }
}

/// An interaction's details. Times are RFC 3339 in UTC; names of agent and group are those of then.
#[derive(Serialize, ToSchema)]
pub struct InteractionBody {
    id: String,
    external_id: String,
    medium: String,
    direction: Option<String>,
    started: String,
    ended: String,
    queue: Option<String>,
    queue_name: Option<String>,
    group: Option<String>,
    agent: Option<String>,
    agent_name: Option<String>,
    subject: String,
    imported: String,
    #[schema(inline)]
    participants: Vec<ParticipantLine>,
    #[schema(inline)]
    contents: Vec<ContentLine>,
}
schema!(InteractionBody);

impl From<Details> for InteractionBody {
    fn from(details: Details) -> Self {
        let row = details.row;
        Self {
            id: row.id.to_string(),
            external_id: row.external.to_string(),
            medium: row.medium,
            direction: row.direction,
            started: row.started.to_string(),
            ended: row.ended.to_string(),
            queue: row.queue.map(|id| id.to_string()),
            queue_name: details.queue,
            group: details.group,
            agent: row.agent.map(|id| id.to_string()),
            agent_name: row.agent_name,
            subject: row.subject,
            imported: row.imported.to_string(),
            participants: details.participants.into_iter().map(ParticipantLine::from).collect(),
            contents: details.contents.iter().map(ContentLine::from).collect(),
        }
    }
}

/// One thing said or written: `party` is a participant's `position`; times are within the recording, or `at`.
#[derive(Serialize, ToSchema)]
pub struct SaidLine {
    party: Option<usize>,
    speaker: Option<String>,
    /// A moment in microseconds since 1970, UTC.
    #[schema(value_type = Option<i64>)]
    at: Option<Timestamp>,
    from_ms: Option<u64>,
    until_ms: Option<u64>,
    text: String,
}

/// What was said or written in a content.
#[derive(Serialize, ToSchema)]
pub struct WrittenLine {
    version: u32,
    summary: Option<String>,
    #[schema(inline)]
    lines: Vec<SaidLine>,
}

/// A transcript or chat; a damaged one has no document.
#[derive(Serialize, ToSchema)]
pub struct DocumentLine {
    #[schema(value_type = String)]
    kind: ContentKind,
    damaged: bool,
    #[schema(inline)]
    document: Option<WrittenLine>,
}

impl From<(ContentKind, Option<Document>)> for DocumentLine {
    fn from((kind, document): (ContentKind, Option<Document>)) -> Self {
        let said = |said: Said| {
            let Said { party, speaker, at, from_ms, until_ms, text } = said;
            SaidLine { party, speaker, at, from_ms, until_ms, text }
        };
        let written = |document: Document| {
            let Document { version, summary, lines } = document;
            WrittenLine { version, summary, lines: lines.into_iter().map(said).collect() }
        };
        Self { kind, damaged: document.is_none(), document: document.map(written) }
    }
}

/// What an opening shows, and until when.
#[derive(Serialize, ToSchema)]
pub struct OpenedBody {
    /// Until when it opens.
    pub until: String,
    /// Every content of the interaction.
    #[schema(inline)]
    pub contents: Vec<ContentLine>,
    /// What can be read of them.
    #[schema(inline)]
    pub documents: Vec<DocumentLine>,
}
schema!(OpenedBody);
