//! What one takes away of a book: heads, the key, the export, proofs; the same files for people and for programs.
//!
//! - A head and an export can be asked for by size, so that what was taken at two moments fits together.
//! - The newest head is signed when it is asked for, and covers all there is.

use super::pages::BookPage;
use super::{ReadBook, RotateBookKey, export, heads, key, proof, queries};
use crate::front::answer;
use crate::logs::events::{BookExported, EntryExtracted};
use crate::{App, schema};
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, Reader, Result};
use serde::Serialize;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;

/// Heads on a page.
pub const HEADS_A_PAGE: i64 = 50;
const TEXT: &str = "text/plain; charset=utf-8";

fn file(name: &str, kind: &'static str, body: impl Into<Body>) -> Response {
    let attached = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, attached)];
    (headers, body.into()).into_response()
}

/// `GET /book/head?size=`, also under `/api/v1`: a signed head, the newest if none is named.
pub async fn head(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let mut query = ask.query();
    let size = query.optional::<i64>("size");
    query.done()?;
    let note = match size {
        Some(size) => grant.read(&app.store, move |r| queries::head_of(r, size)).await?.map(|head| head.note),
        // Signs what has not been signed yet, so that the head covers all there is.
        None => heads::sign(&app, grant.access().tenant()).await?,
    };
    Ok(file("book.head", TEXT, note.ok_or(Error::NotFound)?))
}

/// `GET /book/key`, also under `/api/v1`: the verifier key with its rotations.
pub async fn key_file(app: App, grant: Grant<ReadBook>, _ask: Ask) -> Result<Response> {
    let (edge, rows) = grant.read(&app.store, |r| Ok((queries::edge(r)?, queries::keys(r)?))).await?;
    Ok(file("book.key", TEXT, key::file(&edge.ok_or(Error::NotFound)?.origin, &rows)?))
}

/// `GET /book/export?from=&head=`, also under `/api/v1`: the book as JSON Lines, up to a signed head, the newest if none is
/// named. Its own entry lies behind its end.
pub async fn whole(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let mut query = ask.query();
    let first = query.optional::<i64>("from").unwrap_or(0);
    let head = query.optional::<i64>("head");
    query.done()?;
    let range = grant.read(&app.store, move |r| export::range(r, first, head)).await?;
    grant.apply(&app.store, BookExported { first, size: range.end }).await?;
    let pieces = ReceiverStream::new(export::stream(&app, &grant, range));
    let pieces = pieces.map(|piece| piece.map_err(std::io::Error::other));
    Ok(file("book.jsonl", "application/jsonl; charset=utf-8", Body::from_stream(pieces)))
}

/// The heads before a place in the list, and where the next page begins.
async fn earlier(
    app: &App,
    grant: &Grant<ReadBook>,
    mut query: Fields,
) -> Result<(Vec<queries::HeadRow>, Option<i64>)> {
    let before = query.optional::<i64>("from").unwrap_or(i64::MAX);
    query.done()?;
    let mut rows = grant.read(&app.store, move |r| queries::heads(r, before, HEADS_A_PAGE + 1)).await?;
    let more = rows.len() as i64 > HEADS_A_PAGE;
    rows.truncate(usize::try_from(HEADS_A_PAGE).map_err(Error::broken)?);
    let next = rows.last().filter(|_| more).map(|row| row.size);
    Ok((rows, next))
}

/// `GET /book/heads?from=`
pub async fn heads_page(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let (rows, next) = earlier(&app, &grant, ask.query()).await?;
    answer::page(&BookPage::heads(app.shell(grant.access()).await?, &rows, next))
}

/// A signed head: its tree's size, when it was signed, and its note (C2SP checkpoint).
#[derive(Serialize, ToSchema)]
pub struct HeadLine {
    size: i64,
    signed_at: String,
    head: String,
}

/// One page of heads; `next` is the `from` of the page after it.
#[derive(Serialize, ToSchema)]
pub struct HeadsBody {
    #[schema(inline)]
    heads: Vec<HeadLine>,
    next: Option<i64>,
}
schema!(HeadsBody);

/// The proof that the book only grew from one signed head to another. Hashes are base64.
#[derive(Serialize, ToSchema)]
pub struct ConsistencyBody {
    from: i64,
    to: i64,
    path: Vec<String>,
    from_head: String,
    to_head: String,
}
schema!(ConsistencyBody);

/// The version of the new signing key.
#[derive(Serialize, ToSchema)]
pub struct RotatedBody {
    version: i64,
}
schema!(RotatedBody);

/// `GET /api/v1/book/heads?from=`
pub async fn heads_list(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let (rows, next) = earlier(&app, &grant, ask.query()).await?;
    let shown =
        |row: queries::HeadRow| HeadLine { size: row.size, signed_at: row.at.to_string(), head: row.note };
    answer::json(StatusCode::OK, &HeadsBody { heads: rows.into_iter().map(shown).collect(), next })
}

fn grown(r: &mut Reader<'_>, from: i64, to: Option<i64>) -> Result<ConsistencyBody> {
    let later = match to {
        Some(size) => queries::head_of(r, size)?,
        None => queries::last_head(r)?,
    };
    let (earlier, later) =
        (queries::head_of(r, from)?.ok_or(Error::NotFound)?, later.ok_or(Error::NotFound)?);
    let size = |head: &queries::HeadRow| u64::try_from(head.size).map_err(Error::broken);
    if later.size < earlier.size {
        return Err(Error::NotFound);
    }
    let path = proof::consistency(r, size(&earlier)?, size(&later)?)?;
    Ok(ConsistencyBody {
        from: earlier.size,
        to: later.size,
        path: path.iter().map(|hash| BASE64.encode(&hash.0)).collect(),
        from_head: earlier.note,
        to_head: later.note,
    })
}

/// `GET /book/consistency?from=&to=`, also under `/api/v1`: the proof that the book only grew from one signed head to another.
pub async fn consistency(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let mut query = ask.query();
    let (from, to) = (query.parse::<i64>("from"), query.optional::<i64>("to"));
    query.done()?;
    let from = from.ok_or(Error::NotFound)?;
    let proof = grant.read(&app.store, move |r| grown(r, from, to)).await?;
    let text = serde_json::to_string(&proof).map_err(Error::broken)?;
    Ok(file("consistency.json", "application/json", text))
}

/// `GET /book/entries/{idx}/extract`, also under `/api/v1`: one entry certified, for `vaktbok-verify --extract`.
pub async fn extract(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let idx: u64 = ask.place("idx")?;
    let text = grant.read(&app.store, move |r| proof::extract(r, idx)).await?;
    grant.apply(&app.store, EntryExtracted { idx }).await?;
    Ok(file("entry.tlog-proof", TEXT, text))
}

/// `GET /api/v1/book/tile/{path}`: hashes of the tree under the newest head (C2SP tlog-tiles); its checkpoint is the head.
pub async fn tile(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let path = format!("tile/{}", ask.place::<String>("path")?);
    let bytes = grant.read(&app.store, move |r| proof::tile(r, &path)).await?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

/// `POST /book/key/rotate`
pub async fn rotate(app: App, grant: Grant<RotateBookKey>, _ask: Ask) -> Result<Response> {
    key::rotate(&app, &grant).await?;
    answer::see_other("/book")
}

/// `POST /api/v1/book/key/rotate`
pub async fn rotate_api(app: App, grant: Grant<RotateBookKey>, _ask: Ask) -> Result<Response> {
    let version = key::rotate(&app, &grant).await?;
    answer::json(StatusCode::OK, &RotatedBody { version })
}
