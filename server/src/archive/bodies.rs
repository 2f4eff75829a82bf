//! What the archive's doors for programs answer, as the API's description shows it.

use super::import::Summary;
use super::queries::{AsideRow, ListRow};
use super::sentence::Sentence;
use crate::schema;
use crate::ui::{Language, Locale};
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
