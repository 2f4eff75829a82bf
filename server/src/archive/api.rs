//! The archive for programs: the same rights, events and queries as the pages.

use super::bodies::{
    AsideBody, ContentLine, DocumentLine, ImportedBody, InteractionBody, InteractionLine, InteractionsBody,
    OpenedBody, OpeningBody, QuarantineBody, program,
};
use super::deciding;
use super::events::{ContentOpened, Decision, DetailsOpened};
use super::import::upload;
use super::import::{Importer, Summary};
use super::model::{InteractionId, OpeningId};
use super::pages::{self, MAX_REASON_CHARS};
use super::playing::Hearing;
use super::queries;
use super::rights::{ImportInteractions, OPENING_MINUTES, OpenContent, ViewArchive};
use crate::App;
use crate::front::answer;
use crate::ui::Address;
use crate::users::api::answered;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::door::{Ask, Fields};
use kernel::once::{self, Answer};
use kernel::{Error, Grant, Result};

/// Why content is opened or downloaded.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ReasonBody {
    reason: Option<String>,
}
crate::schema!(ReasonBody);

/// `GET /api/v1/interactions`
pub async fn list(app: App, grant: Grant<ViewArchive>, ask: Ask) -> Result<Response> {
    let here = Address::parse(ask.head.uri.path_and_query().map_or("/", |p| p.as_str()));
    let found = super::finding::find(&app, &grant, &here, &program()).await?;
    let interactions = found.rows.iter().map(InteractionLine::from).collect();
    answer::json(StatusCode::OK, &InteractionsBody { interactions, next: found.next })
}

/// `GET /api/v1/interactions/{id}`
pub async fn details(app: App, grant: Grant<ViewArchive>, ask: Ask) -> Result<Response> {
    let interaction: InteractionId = ask.place("id")?;
    let details = grant.apply(&app.store, DetailsOpened { interaction }).await?;
    answer::json(StatusCode::OK, &InteractionBody::from(details))
}

/// `POST /api/v1/interactions/{id}/openings`: once, however often it is asked for with one idempotency key.
pub async fn open(app: App, grant: Grant<OpenContent>, ask: Ask) -> Result<Response> {
    let interaction: InteractionId = ask.place("id")?;
    let body = ask.bytes().await?;
    let mut fields = if body.is_empty() { Fields::default() } else { Fields::json(&body)? };
    let reason = fields.optional_text("reason", MAX_REASON_CHARS);
    fields.done()?;
    let now = app.store.clock().now();
    let opening = OpeningId::new(now, app.store.chance());
    let minutes = grant.access().policy().count(&OPENING_MINUTES);
    let until = now.plus_seconds(minutes * 60).to_string();
    let told = OpeningBody { opening: opening.to_string(), until };
    let told = Answer { status: 201, body: serde_json::to_string(&told).map_err(Error::broken)? };
    let event = ContentOpened { interaction, opening, reason };
    answered(once::once(&grant, &app.store, event, told).await?)
}

/// `GET /api/v1/interactions/{id}/openings/{opening}`
pub async fn documents(app: App, grant: Grant<OpenContent>, ask: Ask) -> Result<Response> {
    let (interaction, id): (InteractionId, OpeningId) = (ask.place("id")?, ask.place("opening")?);
    let opening = grant.read(&app.store, move |r| queries::opening(r, interaction, id)).await?;
    let documents = pages::documents(&Hearing { app, grant, interaction }, &opening).await?;
    let body = OpenedBody {
        until: opening.until.to_string(),
        contents: opening.contents().iter().map(ContentLine::from).collect(),
        documents: documents.into_iter().map(DocumentLine::from).collect(),
    };
    answer::json(StatusCode::OK, &body)
}

/// `POST /api/v1/interactions`: one vCon, or several with their recordings as a multipart form; answers when all are
/// dealt with.
pub async fn import(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let headers = ask.head.headers.clone();
    let spool = upload::receive(&app, grant.access().tenant(), &headers, ask.stream().0).await?;
    let mut importer = Importer::new(&app, grant, spool.offer()).await?;
    let mut summary = Summary::default();
    for at in 0..importer.len() {
        if let Some((name, fate)) = importer.one(at).await? {
            summary.add(&name, fate);
        }
    }
    answer::json(StatusCode::OK, &ImportedBody::from(&summary))
}

/// `GET /api/v1/quarantine`
pub async fn quarantine(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let here = Address::parse(ask.head.uri.path_and_query().map_or("/", |p| p.as_str()));
    let (rows, next) = pages::set_aside(&app, &grant, &here).await?;
    let files = rows.iter().map(AsideBody::from).collect();
    answer::json(StatusCode::OK, &QuarantineBody { files, next })
}

/// `POST /api/v1/quarantine/{id}/retry`
pub async fn retry(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let fate = deciding::retry(&app, &grant, ask.place("id")?).await?;
    let mut summary = Summary::default();
    summary.add("", fate);
    answer::json(StatusCode::OK, &ImportedBody::from(&summary))
}

/// `POST /api/v1/quarantine/{id}/discard`
pub async fn discard(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    deciding::decide(&app, &grant, ask.place("id")?, Decision::Discarded).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
