//! What a person does with a file that was set aside: it is brought in again, discarded, or taken away as it was sent in.

use super::chest::{Chest, Material};
use super::events::{AsideDecided, AsideOpened, Decision, Purpose, ReleasedAside};
use super::import::upload::Spool;
use super::import::{Fate, Importer};
use super::model::{AsideId, Content};
use super::queries;
use super::reading::{Fault, Reading};
use super::rights::ImportInteractions;
use crate::App;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::{Error, Grant, Message, Result};
use std::sync::Arc;
use tokio::io::AsyncWriteExt;

/// Brings the file in again, with the recordings that were kept beside it. What is archived then is no longer set aside.
///
/// # Errors
/// `NotFound` when it is not set aside; `Conflict` when its copy is damaged; `Busy` or `Broken` from engine and store.
pub async fn retry(app: &App, grant: &Grant<ImportInteractions>, aside: AsideId) -> Result<Fate> {
    let opened = AsideOpened { aside, purpose: Purpose::Retry };
    let released = grant.apply(&app.store, opened).await?;
    let mut spool = Spool::empty(app)?;
    for content in &released.contents {
        let path = spool.place();
        let mut file = tokio::fs::File::create(&path).await.map_err(Error::broken)?;
        let reading = begin(app, grant, &released, content).await?;
        let mut at = 0;
        while at < reading.bytes() {
            let piece = reading.piece(at, reading.bytes()).await.map_err(damaged)?;
            file.write_all(&piece).await.map_err(Error::broken)?;
            at += piece.len() as u64;
        }
        file.flush().await.map_err(Error::broken)?;
        spool.take(content.name.clone(), Material::File(path));
    }
    let mut importer = Importer::new(app, grant.clone(), spool.offer()).await?;
    let (_, fate) = importer.one(0).await?.ok_or(Error::NotFound)?;
    if !matches!(fate, Fate::Aside(_)) {
        decide(app, grant, aside, Decision::Imported).await?;
    }
    Ok(fate)
}

/// Destroys the copy that is kept.
///
/// # Errors
/// `NotFound` when it is not set aside; `Busy` or `Broken` from the engine.
pub async fn decide(
    app: &App,
    grant: &Grant<ImportInteractions>,
    aside: AsideId,
    decision: Decision,
) -> Result<()> {
    let contents = grant.apply(&app.store, AsideDecided { aside, decision }).await?;
    let tenant = grant.access().tenant();
    let keys = grant.read(&app.store, queries::keys).await?.into_iter().next().ok_or(Error::NotFound)?;
    let chest = Chest {
        content: Arc::clone(&app.content),
        tenant,
        keys: keys.unwrap(tenant, &app.keys)?,
        chance: app.store.chance().clone(),
        clock: app.store.clock().clone(),
    };
    // Their keys are gone: what cannot be deleted cannot be read either.
    chest.take_back(&contents).await;
    Ok(())
}

/// The file as it was sent in.
///
/// # Errors
/// As [`retry`].
pub async fn download(app: &App, grant: &Grant<ImportInteractions>, aside: AsideId) -> Result<Response> {
    let opened = AsideOpened { aside, purpose: Purpose::Download };
    let released = grant.apply(&app.store, opened).await?;
    let content = released.contents.first().ok_or(Error::NotFound)?;
    let reading = begin(app, grant, &released, content).await?;
    let bytes = reading.bytes();
    let stream = futures_util::stream::unfold((reading, 0_u64), |(reading, at)| async move {
        if at >= reading.bytes() {
            return None;
        }
        match reading.piece(at, reading.bytes()).await {
            Ok(piece) => {
                let next = at + piece.len() as u64;
                Some((Ok(piece), (reading, next)))
            }
            Err(fault) => Some((Err(std::io::Error::other(damaged(fault))), (reading, u64::MAX))),
        }
    });
    let name = percent_encoding::utf8_percent_encode(&released.file_name, percent_encoding::NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_LENGTH, HeaderValue::from(bytes)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Error::broken)?),
    ];
    Ok((headers, Body::from_stream(stream)).into_response())
}

async fn begin(
    app: &App,
    grant: &Grant<ImportInteractions>,
    released: &ReleasedAside,
    content: &Content,
) -> Result<Reading> {
    let key = released.key(content, &app.keys)?;
    Reading::begin(&app.content, grant.access().tenant(), content, &key).await.map_err(damaged)
}

fn damaged(fault: Fault) -> Error {
    match fault {
        Fault::Store(cause) => cause,
        Fault::Damaged(damage) => {
            tracing::error!(damage = damage.name(), "a file that was set aside is not what was put there");
            Error::conflict(Message::new("archive-aside-damaged"))
        }
    }
}
