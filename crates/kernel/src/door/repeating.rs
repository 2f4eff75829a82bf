//! A change that is asked for again with one `Idempotency-Key`: the door looks before the handler, and keeps after it.

use super::coded::whole;
use super::{Front, Gives, Sign};
use crate::once::{self, Answer, Heard, Repetition};
use crate::{Access, Error, Result};
use axum::body::{Body, HttpBody};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;
use std::sync::Arc;

/// The header's name.
const HEADER: &str = "idempotency-key";

/// Bytes of an upload that is sent again and only compared; nothing larger is the same.
const COMPARED_BYTES: usize = 4 * 1024 * 1024 * 1024;

/// What is done with a request.
pub(super) enum Asked {
    /// It is to be answered; its body.
    Anew(Body),
    /// It was answered before.
    Before(Response),
}

/// Marks a changing request that carries a key; one that was answered before gets that answer.
pub(super) async fn asked<S: Front>(
    state: &S,
    sign: &Sign,
    parts: &Parts,
    access: &Arc<Access>,
    body: Body,
) -> Result<Asked> {
    let Some(key) = parts.headers.get(HEADER).filter(|_| sign.method != Method::GET) else {
        return Ok(Asked::Anew(body));
    };
    if matches!(sign.doc.gives, Gives::File(_)) {
        return Err(Error::invalid("Idempotency-Key", "error-idempotency-file"));
    }
    let address = parts.uri.path_and_query().map_or("/", |address| address.as_str());
    let heard = Heard::new(&[sign.method.as_str().as_bytes(), address.as_bytes()], boundary(parts));
    let repetition = Arc::new(Repetition::new(key.to_str().unwrap_or_default(), heard)?);
    access.repeats(Arc::clone(&repetition));
    let body = if sign.streams {
        let hearing = Arc::clone(&repetition);
        Body::from_stream(body.into_data_stream().inspect_ok(move |bytes| hearing.hear(bytes)))
    } else {
        let bytes = whole(body, sign.limit_bytes).await?;
        repetition.hear(&bytes);
        Body::from(bytes)
    };
    if !once::used(state.store(), access, &repetition).await? {
        return Ok(Asked::Anew(body));
    }
    // What was asked is compared as a whole, also where nothing of it is kept.
    let other = || Error::conflict("error-idempotency-other-body");
    let mut left = COMPARED_BYTES;
    let count = |bytes: bytes::Bytes| {
        left = left.saturating_sub(bytes.len());
        std::future::ready(if left > 0 { Ok(()) } else { Err(other()) })
    };
    body.into_data_stream().map_err(|_| other()).try_for_each(count).await?;
    let before = once::earlier(state.store(), access, &repetition).await?;
    before.map(response).transpose()?.map(Asked::Before).ok_or_else(|| Error::conflict(once::REPEATED))
}

/// What stands between the parts of a form; empty for what is none.
fn boundary(parts: &Parts) -> &[u8] {
    let said =
        parts.headers.get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    let form = said.starts_with("multipart/").then(|| said.split("boundary=").nth(1)).flatten();
    form.map_or("", |rest| rest.split(';').next().unwrap_or_default().trim().trim_matches('"')).as_bytes()
}

fn response(answer: Answer) -> Result<Response> {
    let status = StatusCode::from_u16(answer.status).map_err(Error::broken)?;
    if answer.body.is_empty() {
        return Ok(status.into_response());
    }
    let problem = status.is_client_error() || status.is_server_error();
    let kind = if problem { "application/problem+json" } else { "application/json" };
    Ok((status, [(header::CONTENT_TYPE, kind)], answer.body).into_response())
}

/// After the handler: who came second with a key gets the first one's answer.
pub(super) async fn met<S: Front>(
    state: &S,
    access: &Arc<Access>,
    result: Result<Response>,
) -> Result<Response> {
    let Some(repetition) = access.repetition() else { return result };
    if repetition.is_used() {
        return result;
    }
    repetition.end();
    match once::earlier(state.store(), access, repetition).await? {
        Some(answer) => response(answer),
        None => result,
    }
}

/// Keeps the answer of a request that changed something.
pub(super) async fn kept<S: Front>(state: &S, access: &Arc<Access>, response: Response) -> Response {
    let Some(repetition) = access.repetition().filter(|repetition| repetition.is_used()) else {
        return response;
    };
    let (parts, body) = response.into_parts();
    let known = body.size_hint().exact().filter(|bytes| *bytes <= once::KEPT_ANSWER_BYTES);
    let Some(bytes) = known.and_then(|bytes| usize::try_from(bytes).ok()) else {
        return Response::from_parts(parts, body);
    };
    let Ok(bytes) = axum::body::to_bytes(body, bytes).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let answer = Answer { status: parts.status.as_u16(), body: text };
    if let Err(cause) = once::keep(state.store(), access, repetition, answer).await {
        tracing::warn!(%cause, "an answer was not kept for who asks again");
    }
    Response::from_parts(parts, Body::from(bytes))
}
