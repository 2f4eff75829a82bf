//! What a player asks for and says, and downloads.

use crate::App;
use crate::archive::events::{self, ContentDownloaded, ContentPlayed, Play};
use crate::archive::model::{ContentId, InteractionId, OpeningId};
use crate::archive::playing::{self, Hearing};
use crate::archive::queries;
use crate::archive::rights::{DownloadContent, OpenContent};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::door::Ask;
use kernel::{Grant, Result};

/// Longest reason, in characters.
pub const MAX_REASON_CHARS: usize = 500;

/// Latest position a player may speak of, in seconds: a day.
const MAX_HEARD_SECONDS: f64 = 86_400.0;

/// `GET /archive/{id}/openings/{opening}/{content}`: a recording, or the part of it that is asked for.
pub async fn sound(app: App, grant: Grant<OpenContent>, ask: Ask) -> Result<Response> {
    let interaction: InteractionId = ask.place("id")?;
    let (opening, content): (OpeningId, ContentId) = (ask.place("opening")?, ask.place("content")?);
    let opening = grant.read(&app.store, move |r| queries::opening(r, interaction, opening)).await?;
    let hearing = Hearing { app, grant, interaction };
    playing::play(hearing, &opening, content, &ask.head.headers).await
}

/// `POST /archive/{id}/openings/{opening}/{content}/heard`: the player says which seconds were heard, and with `over` that
/// the play is over: then it becomes an entry. What is left without a word becomes one a little later.
pub async fn heard(app: App, grant: Grant<OpenContent>, ask: Ask) -> Result<Response> {
    let interaction: InteractionId = ask.place("id")?;
    let (opening, content): (OpeningId, ContentId) = (ask.place("opening")?, ask.place("content")?);
    let mut fields = ask.fields().await?;
    let from: Option<f64> = fields.parse("from");
    let to: Option<f64> = fields.parse("to");
    let over: Option<u8> = fields.optional("over");
    for (name, value) in [("from", from), ("to", to)] {
        if value.is_some_and(|s| !(0.0..=MAX_HEARD_SECONDS).contains(&s)) {
            fields.problem(name, "error-field-form");
        }
    }
    let ms = |seconds: Option<f64>| (seconds.unwrap_or_default() * 1000.0).round() as u64;
    fields.done()?;
    grant.read(&app.store, move |r| queries::opening(r, interaction, opening)?.has(content)).await?;
    let n = app.store.chance().uuid(app.store.clock().now());
    let span = ms(from)..ms(to);
    if !span.is_empty() {
        grant.quietly(&app.store, move |w| events::heard(w, opening, n, content, span.clone())).await?;
    }
    if over == Some(1) {
        let play = Play { interaction, content, opening };
        grant.apply(&app.store, ContentPlayed(play)).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /archive/{id}/content/{content}/download`: written into the log, then handed over.
pub async fn download(app: App, grant: Grant<DownloadContent>, ask: Ask) -> Result<Response> {
    let hearing = grant.also::<OpenContent>()?;
    let (interaction, content): (InteractionId, ContentId) = (ask.place("id")?, ask.place("content")?);
    let mut fields = ask.fields().await?;
    let reason = fields.optional_text("reason", MAX_REASON_CHARS);
    fields.done()?;
    let released = grant.apply(&app.store, ContentDownloaded { interaction, content, reason }).await?;
    playing::hand_over(Hearing { app, grant: hearing, interaction }, &released).await
}
