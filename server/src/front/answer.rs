//! Answers: pages, redirects, JSON, and the headers every one of them carries.

use crate::ui::CSP;
use askama::Template;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::{Compression, GzBuilder};
use kernel::door::Head;
use kernel::{Chance, Error, Result};
use serde::Serialize;
use std::io::Write;

/// A page.
///
/// # Errors
/// `Broken` when the template cannot be rendered.
pub fn page(template: &impl Template) -> Result<Response> {
    page_with(StatusCode::OK, template)
}

/// A page with another status: 422 for a form shown again.
///
/// # Errors
/// `Broken` when the template cannot be rendered.
pub fn page_with(status: StatusCode, template: &impl Template) -> Result<Response> {
    let text = template.render().map_err(Error::broken)?;
    Ok((status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}

/// The answer to a form that has done its work: look there (303).
///
/// # Errors
/// `Broken` when the place is not an address.
pub fn see_other(place: &str) -> Result<Response> {
    let place = HeaderValue::from_str(place).map_err(Error::broken)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

/// JSON for a program.
///
/// # Errors
/// `Broken` when it cannot be written as JSON.
pub fn json(status: StatusCode, body: &impl Serialize) -> Result<Response> {
    let text = serde_json::to_vec(body).map_err(Error::broken)?;
    Ok((status, [(header::CONTENT_TYPE, "application/json")], Body::from(text)).into_response())
}

/// A page smaller than this travels as it is.
const LEAST_COMPRESSED_BYTES: u64 = 1_400;
/// A page larger than this travels as it is: none is.
const MOST_COMPRESSED_BYTES: u64 = 4_000_000;
/// Bytes of chance that a compressed page may be longer by, so that its length tells little of what stands in it.
const PADDING_BYTES: u8 = 64;

/// The same answer, compressed, if it is a page and the browser takes it so.
pub async fn compressed(head: &Head, chance: &Chance, response: Response) -> Response {
    let said = |headers: &HeaderMap, name| {
        headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default().to_owned()
    };
    let takes = said(&head.headers, header::ACCEPT_ENCODING).contains("gzip");
    let page = said(response.headers(), header::CONTENT_TYPE).starts_with("text/html");
    let size = axum::body::HttpBody::size_hint(response.body()).exact().unwrap_or(0);
    let fits = (LEAST_COMPRESSED_BYTES..=MOST_COMPRESSED_BYTES).contains(&size);
    if !(takes && page && fits) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let plain = match axum::body::to_bytes(body, usize::MAX).await {
        Ok(plain) => plain,
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    let Ok(small) = gzip(&plain, chance) else { return Response::from_parts(parts, Body::from(plain)) };
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(small))
}

/// RFC 1952, with a file name of chance: who can put text into a page learns little from how long it then is.
fn gzip(plain: &[u8], chance: &Chance) -> std::io::Result<Vec<u8>> {
    let mut drawn = [0; 1];
    chance.fill(&mut drawn);
    let padding = vec![b'x'; usize::from(1 + drawn[0] % PADDING_BYTES)];
    let out = Vec::with_capacity(plain.len() / 4);
    let mut encoder = GzBuilder::new().filename(padding).write(out, Compression::new(5));
    encoder.write_all(plain)?;
    encoder.finish()
}

/// The headers of every answer. One that the answer set itself is kept.
pub fn with_headers(head: &Head, mut response: Response) -> Response {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::from_str(&head.origin.request.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}
