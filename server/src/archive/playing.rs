//! Content as an answer: decrypted while it is sent, one chunk at a time, from any byte.
//!
//! - Only an [`Opening`] or a [`Released`] leads here, and each of them is an entry.
//! - What left the server is written down when the answer ends, however it ends.
//! - A damaged file is refused before its first byte, or the answer breaks off where the damage is; either is an entry.

use super::events::{self, ContentDamaged, Released};
use super::model::{Content, ContentId, ContentKind, InteractionId, OpeningId};
use super::queries::{Opening, Sound};
use super::reading::{self, Damage, Fault, Reading};
use super::rights::OpenContent;
use crate::App;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Error, Grant, Message, Result};
use std::ops::Range;
use vault::ContentKey;

/// Largest document that is opened on a page.
pub const MAX_DOCUMENT_BYTES: u64 = 64 * 1024 * 1024;

/// Whose content, and who hears it: what a report of damage needs.
#[derive(Clone)]
pub struct Hearing {
    /// The program.
    pub app: App,
    /// Who hears.
    pub grant: Grant<OpenContent>,
    /// Of which interaction.
    pub interaction: InteractionId,
}

impl Hearing {
    /// Begins to read a content.
    ///
    /// # Errors
    /// `Conflict` when it is damaged, which is reported first; `Broken` when the store does not answer.
    pub async fn begin(&self, content: &Content, key: &ContentKey) -> Result<Reading> {
        let tenant = self.grant.access().tenant();
        match Reading::begin(&self.app.content, tenant, content, key).await {
            Ok(reading) => Ok(reading),
            Err(fault) => Err(self.fault(content.id, fault).await),
        }
    }
    /// All of a document.
    ///
    /// # Errors
    /// As [`Hearing::begin`].
    pub async fn whole(&self, content: &Content, key: &ContentKey) -> Result<Vec<u8>> {
        let reading = self.begin(content, key).await?;
        match reading.whole(MAX_DOCUMENT_BYTES).await {
            Ok(bytes) => Ok(bytes),
            Err(fault) => Err(self.fault(content.id, fault).await),
        }
    }
    /// Reports damage, and says what to tell who asked.
    async fn fault(&self, content: ContentId, fault: Fault) -> Error {
        let damage = match fault {
            Fault::Store(cause) => return cause,
            Fault::Damaged(damage) => damage,
        };
        let detail = match damage {
            Damage::Gone => "the file is not there".to_owned(),
            Damage::Altered(cause) => cause.to_string(),
        };
        tracing::error!(content = %content, detail, "a content is not what was put into the archive");
        let event = ContentDamaged { interaction: self.interaction, content, damage: damage.name(), detail };
        match self.grant.apply(&self.app.store, event).await {
            Ok(()) => Error::conflict(Message::new("archive-damaged")),
            Err(cause) => cause,
        }
    }
}

/// Answers a request for a content of an opening: all of it, or the range asked for (RFC 9110 section 14).
///
/// # Errors
/// `NotFound` for another interaction's content or a document; as [`Hearing::begin`].
pub async fn play(
    hearing: Hearing,
    opening: &Opening,
    content: ContentId,
    headers: &HeaderMap,
) -> Result<Response> {
    let (content, key) = opening.key(content, &hearing.app.keys)?;
    if content.kind != ContentKind::Recording {
        return Err(Error::NotFound);
    }
    let reading = hearing.begin(content, &key).await?;
    let bytes = reading.bytes();
    let range = headers.get(header::RANGE).and_then(|v| v.to_str().ok());
    let Ok(asked) = reading::asked(range, bytes) else {
        return Ok((
            StatusCode::RANGE_NOT_SATISFIABLE,
            [(header::CONTENT_RANGE, format!("bytes */{bytes}"))],
        )
            .into_response());
    };
    let whole = asked.is_none();
    let range = asked.unwrap_or(0..bytes);
    let flow = Flow::new(hearing, reading, content.id, Some(opening.id), range.clone());
    let mut response = answer(flow, &content.mimetype, range.end - range.start)?;
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if !whole {
        let part = format!("bytes {}-{}/{bytes}", range.start, range.end - 1);
        headers.insert(header::CONTENT_RANGE, HeaderValue::from_str(&part).map_err(Error::broken)?);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// Answers a download, which is in the log already.
///
/// # Errors
/// As [`Hearing::begin`].
pub async fn hand_over(hearing: Hearing, released: &Released) -> Result<Response> {
    let content = &released.content;
    let key = released.key(&hearing.app.keys)?;
    let reading = hearing.begin(content, &key).await?;
    let bytes = reading.bytes();
    // What a stranger's file says of itself is not repeated to a browser; only decoded sound is called by its type.
    let mimetype =
        if content.kind == ContentKind::Recording { &content.mimetype } else { "application/octet-stream" };
    let flow = Flow::new(hearing, reading, content.id, None, 0..bytes);
    let mut response = answer(flow, mimetype, bytes)?;
    let name =
        percent_encoding::utf8_percent_encode(&file_name(released), percent_encoding::NON_ALPHANUMERIC)
            .to_string();
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    let value = HeaderValue::from_str(&disposition).map_err(Error::broken)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    Ok(response)
}

/// When it was and what it was called: enough to know it again, and no folders.
fn file_name(released: &Released) -> String {
    let at = released.row.started.to_jiff().strftime("%Y-%m-%d %H%M");
    let ending = match released.content.kind {
        ContentKind::Transcript | ContentKind::Chat => "json",
        _ => "",
    };
    let name = released.content.name.replace(['/', '\\'], "_");
    let name = if name.is_empty() { released.content.kind.name().to_owned() } else { name };
    if ending.is_empty() { format!("{at} {name}") } else { format!("{at} {name}.{ending}") }
}

fn answer(flow: Flow, mimetype: &str, bytes: u64) -> Result<Response> {
    let stream = futures_util::stream::unfold(flow, Flow::next);
    let mimetype = HeaderValue::from_str(mimetype).map_err(Error::broken)?;
    let headers = [(header::CONTENT_TYPE, mimetype), (header::CONTENT_LENGTH, HeaderValue::from(bytes))];
    Ok((headers, Body::from_stream(stream)).into_response())
}

/// An answer under way.
struct Flow {
    hearing: Hearing,
    reading: Reading,
    content: ContentId,
    opening: Option<OpeningId>,
    begun_at: u64,
    at: u64,
    end: u64,
}

impl Flow {
    const fn new(
        hearing: Hearing,
        reading: Reading,
        content: ContentId,
        opening: Option<OpeningId>,
        range: Range<u64>,
    ) -> Self {
        Self { hearing, reading, content, opening, begun_at: range.start, at: range.start, end: range.end }
    }
    async fn next(mut self) -> Option<(std::result::Result<bytes::Bytes, std::io::Error>, Self)> {
        if self.at >= self.end {
            return None;
        }
        match self.reading.piece(self.at, self.end).await {
            Ok(piece) => {
                self.at += piece.len() as u64;
                Some((Ok(piece), self))
            }
            Err(fault) => {
                let cause = self.hearing.fault(self.content, fault).await;
                self.end = self.at;
                Some((Err(std::io::Error::other(cause)), self))
            }
        }
    }
}

impl Drop for Flow {
    /// Also when the listener goes away in the middle.
    fn drop(&mut self) {
        let (Some(opening), true) = (self.opening, self.at > self.begun_at) else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let sound = Sound { content: self.content, from_byte: self.begun_at, to_byte: self.at };
        let (app, grant) = (self.hearing.app.clone(), self.hearing.grant.clone());
        runtime.spawn(async move {
            let n = app.store.chance().uuid(app.store.clock().now());
            let told = grant.quietly(&app.store, move |w| events::delivered(w, opening, n, sound)).await;
            if let Err(cause) = told {
                tracing::error!(%cause, %opening, "what was delivered could not be written down");
            }
        });
    }
}
