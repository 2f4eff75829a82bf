//! Bodies come as they are: one that was compressed is refused, since nothing here unpacks it; and none is larger than its door says.

use crate::{Error, Message, Result};
use axum::body::{Body, HttpBody};
use axum::http::request::Parts;
use axum::http::{Method, header};

/// Refuses a body that says it was compressed or otherwise encoded (RFC 9110 section 8.4): read as it came, it would be taken
/// for something else than was meant.
pub(super) fn as_it_is(parts: &Parts) -> Result<()> {
    if parts.method == Method::GET || parts.method == Method::HEAD {
        return Ok(());
    }
    let said = parts.headers.get_all(header::CONTENT_ENCODING);
    let mut codings = said.iter().flat_map(|value| value.as_bytes().split(|b| *b == b','));
    let plain = |coding: &[u8]| matches!(coding.trim_ascii(), coding if coding.is_empty() || coding.eq_ignore_ascii_case(b"identity"));
    if codings.all(plain) { Ok(()) } else { Err(Error::Unread("error-body-encoded".into())) }
}

/// A whole body of at most so many bytes; one that is announced to be larger is not waited for.
pub(super) async fn whole(body: Body, limit_bytes: usize) -> Result<bytes::Bytes> {
    let too_large = || Error::TooLarge(Message::new("error-body-too-large").with("bytes", limit_bytes));
    if HttpBody::size_hint(&body).lower() > limit_bytes as u64 {
        return Err(too_large());
    }
    axum::body::to_bytes(body, limit_bytes).await.map_err(|_| too_large())
}
