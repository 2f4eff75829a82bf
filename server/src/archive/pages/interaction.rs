//! `GET /archive/{id}` and the form that opens its content.

use super::heard::MAX_REASON_CHARS;
use super::view::{Allowed, InteractionPage, Opened};
use crate::App;
use crate::archive::events::{ContentOpened, Details, DetailsOpened};
use crate::archive::finding;
use crate::archive::model::{ContentId, ContentKind, Document, InteractionId, OpeningId};
use crate::archive::playing::Hearing;
use crate::archive::queries::{self, Opening};
use crate::archive::rights::{DownloadContent, OpenContent, REASON_REQUIRED, ViewArchive};
use crate::front::answer;
use crate::front::refusal::at_field;
use crate::logs::ReadArchiveLog;
use crate::ui::{Address, Shell, gallery};
use crate::users::events::ViewUsers;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Access, Error, Grant, Result};

/// Spans of hearing that are drawn.
const MAX_HEARD_SPANS: i64 = 2_000;

/// `GET /archive/{id}?opening=&words=`
pub async fn interaction(app: App, grant: Grant<ViewArchive>, ask: Ask) -> Result<Response> {
    let id: InteractionId = ask.place("id")?;
    let here = Address::parse(ask.head.uri.path_and_query().map_or("/archive", |p| p.as_str()));
    let opening = here.get("opening").and_then(|text| text.parse::<OpeningId>().ok());
    let details = grant.apply(&app.store, DetailsOpened { interaction: id }).await?;
    let opened = match opening {
        Some(opening) => opened(&app, &grant, id, opening).await?,
        None => None,
    };
    let shell = app.shell(grant.access()).await?;
    let words = finding::text(&here, "words").unwrap_or_default();
    let allowed = allowed(grant.access());
    answer::page(&InteractionPage::new(shell, &details, allowed, opened.as_ref(), &words, None))
}

fn allowed(access: &Access) -> Allowed {
    Allowed {
        content: access.may::<OpenContent>(),
        download: access.may::<DownloadContent>() && access.may::<OpenContent>(),
        reason: access.setting(&REASON_REQUIRED) == serde_json::Value::Bool(true),
        users: access.may::<ViewUsers>(),
        log: access.may::<ReadArchiveLog>(),
    }
}

/// What an opening shows, if it still lasts and is this session's.
async fn opened(
    app: &App,
    grant: &Grant<ViewArchive>,
    interaction: InteractionId,
    id: OpeningId,
) -> Result<Option<Opened>> {
    let Ok(hearing) = grant.also::<OpenContent>() else { return Ok(None) };
    let found = hearing.read(&app.store, move |r| queries::opening(r, interaction, id)).await;
    let opening = match found {
        Ok(opening) => opening,
        Err(Error::NotFound) => return Ok(None),
        Err(cause) => return Err(cause),
    };
    let hearing = Hearing { app: app.clone(), grant: hearing, interaction };
    let documents = documents(&hearing, &opening).await?;
    let own = !grant.access().may::<ReadArchiveLog>();
    let reading = move |r: &mut kernel::Reader<'_>| queries::hearers(r, interaction, own, MAX_HEARD_SPANS);
    let heard = grant.read(&app.store, reading).await?;
    Ok(Some(Opened { id, until: opening.until, documents, heard }))
}

/// The transcripts and chats of an opening, decrypted; nothing for one that is damaged.
///
/// # Errors
/// `Broken` from the store; damage is reported and is no error here.
pub async fn documents(hearing: &Hearing, opening: &Opening) -> Result<Vec<(ContentKind, Option<Document>)>> {
    let kinds = [ContentKind::Transcript, ContentKind::Chat];
    let mut out = Vec::new();
    let wanted: Vec<(ContentId, ContentKind)> =
        opening.contents().iter().filter(|c| kinds.contains(&c.kind)).map(|c| (c.id, c.kind)).collect();
    for (id, kind) in wanted {
        let (content, key) = opening.key(id, &hearing.app.keys)?;
        let document = match hearing.whole(content, &key).await {
            Ok(bytes) => Some(serde_json::from_slice(&bytes).map_err(Error::broken)?),
            Err(Error::Conflict(_)) => None,
            Err(cause) => return Err(cause),
        };
        out.push((kind, document));
    }
    Ok(out)
}

/// `POST /archive/{id}/open`
pub async fn open(app: App, grant: Grant<OpenContent>, ask: Ask) -> Result<Response> {
    let interaction: InteractionId = ask.place("id")?;
    let here = Address::parse(ask.head.uri.path_and_query().map_or("/archive", |p| p.as_str()));
    let mut fields = ask.fields().await?;
    let reason = fields.optional_text("reason", MAX_REASON_CHARS);
    let read = fields.done();
    let opening = OpeningId::new(app.store.clock().now(), app.store.chance());
    let result = match read {
        Ok(()) => grant.apply(&app.store, ContentOpened { interaction, opening, reason }).await,
        Err(cause) => Err(cause),
    };
    match result {
        Ok(_) => {
            let place = Address::new(format!("/archive/{interaction}")).with("opening", opening);
            let words = here.get("words").filter(|w| !w.is_empty());
            answer::see_other(&words.map_or(place.clone(), |w| place.with("words", w)).to_string())
        }
        Err(Error::Invalid(problems)) => {
            let viewing = grant.also::<ViewArchive>()?;
            let details: Details = viewing.apply(&app.store, DetailsOpened { interaction }).await?;
            let shell = app.shell(grant.access()).await?;
            let problem = at_field(&shell.t, &problems, "reason");
            let words = finding::text(&here, "words").unwrap_or_default();
            let page = InteractionPage::new(shell, &details, allowed(grant.access()), None, &words, problem);
            answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(cause) => Err(cause),
    }
}

impl gallery::Samples for InteractionPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, InteractionPage)> {
        super::samples::interactions(shell)
    }
}
gallery::page!("archive/interaction", InteractionPage);
