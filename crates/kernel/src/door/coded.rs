//! Bodies come as they are: one that was compressed is refused, since nothing here unpacks it.

use crate::{Error, Result};
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
