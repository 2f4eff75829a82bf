//! The archive for programs: the same rights, events and queries as the pages.

use super::events::{ContentOpened, DetailsOpened};
use super::import::upload;
use super::import::{Importer, Summary};
use super::model::{Content, ContentKind, Document, InteractionId, OpeningId};
use super::pages::{self, MAX_REASON_CHARS};
use super::playing::Hearing;
use super::queries;
use super::rights::{ImportInteractions, OpenContent, ViewArchive};
use crate::App;
use crate::front::answer;
use crate::ui::{Address, Language, Locale};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Grant, Result};
use serde_json::json;

/// Times without a zone are UTC; reasons are said in English beside their keys.
fn program() -> Locale {
    Locale::new(Language::En, "UTC")
}

/// `GET /api/v1/interactions`
pub async fn list(app: App, grant: Grant<ViewArchive>, ask: Ask) -> Result<Response> {
    let here = Address::parse(ask.head.uri.path_and_query().map_or("/", |p| p.as_str()));
    let found = super::finding::find(&app, &grant, &here, &program()).await?;
    let rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| {
            json!({
                "id": row.id, "medium": row.medium, "started": row.started.to_string(), "ended": row.ended.to_string(),
                "agent": row.agent, "group": row.group, "queue": row.queue, "subject": row.subject,
                "recorded": row.recorded, "customer": row.customer,
            })
        })
        .collect();
    answer::json(StatusCode::OK, &json!({ "interactions": rows, "next": found.next }))
}

fn content(content: &Content) -> serde_json::Value {
    json!({
        "id": content.id, "kind": content.kind, "name": content.name, "mimetype": content.mimetype,
        "bytes": content.bytes, "length_ms": content.length_ms,
    })
}

/// `GET /api/v1/interactions/{id}`
pub async fn details(app: App, grant: Grant<ViewArchive>, ask: Ask) -> Result<Response> {
    let interaction: InteractionId = ask.place("id")?;
    let details = grant.apply(&app.store, DetailsOpened { interaction }).await?;
    let row = &details.row;
    let body = json!({
        "id": row.id, "external_id": row.external, "medium": row.medium, "direction": row.direction,
        "started": row.started.to_string(), "ended": row.ended.to_string(), "queue": row.queue,
        "group": details.group, "agent": row.agent, "agent_name": row.agent_name, "subject": row.subject,
        "imported": row.imported.to_string(), "participants": details.participants,
        "contents": details.contents.iter().map(content).collect::<Vec<_>>(),
    });
    answer::json(StatusCode::OK, &body)
}

/// `POST /api/v1/interactions/{id}/openings`
pub async fn open(app: App, grant: Grant<OpenContent>, ask: Ask) -> Result<Response> {
    let interaction: InteractionId = ask.place("id")?;
    let mut fields = ask.fields().await?;
    let reason = fields.optional_text("reason", MAX_REASON_CHARS);
    fields.done()?;
    let opening = OpeningId::new(app.store.clock().now(), app.store.chance());
    let until = grant.apply(&app.store, ContentOpened { interaction, opening, reason }).await?;
    answer::json(StatusCode::CREATED, &json!({ "opening": opening, "until": until.to_string() }))
}

/// `GET /api/v1/interactions/{id}/openings/{opening}`
pub async fn documents(app: App, grant: Grant<OpenContent>, ask: Ask) -> Result<Response> {
    let (interaction, id): (InteractionId, OpeningId) = (ask.place("id")?, ask.place("opening")?);
    let opening = grant.read(&app.store, move |r| queries::opening(r, interaction, id)).await?;
    let documents = pages::documents(&Hearing { app, grant, interaction }, &opening).await?;
    let one = |(kind, document): &(ContentKind, Option<Document>)| json!({ "kind": kind, "damaged": document.is_none(), "document": document });
    let body = json!({
        "until": opening.until.to_string(),
        "contents": opening.contents().iter().map(content).collect::<Vec<_>>(),
        "documents": documents.iter().map(one).collect::<Vec<_>>(),
    });
    answer::json(StatusCode::OK, &body)
}

/// `POST /api/v1/interactions`: one vCon, or several with their recordings as a multipart form; answers when all are
/// dealt with.
pub async fn import(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let headers = ask.head.headers.clone();
    let spool = upload::receive(&app, &headers, ask.stream()).await?;
    let mut importer = Importer::new(&app, grant, spool.offer()).await?;
    let mut summary = Summary::default();
    for at in 0..importer.len() {
        if let Some((name, fate)) = importer.one(at).await? {
            summary.add(&name, fate);
        }
    }
    answer::json(StatusCode::OK, &said(&summary))
}

/// A summary as programs and the command line read it: each reason by its key and in English.
#[must_use]
pub fn said(summary: &Summary) -> serde_json::Value {
    let t = program();
    let aside = summary.aside.iter().map(|(file, reasons)| {
        let reasons: Vec<_> =
            reasons.iter().map(|reason| json!({ "code": reason.key(), "detail": reason.say(&t) })).collect();
        json!({ "file": file, "reasons": reasons })
    });
    json!({
        "imported": summary.imported, "unchanged": summary.unchanged, "quarantined": aside.collect::<Vec<_>>(),
    })
}
