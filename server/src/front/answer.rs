//! Answers: pages, redirects, JSON, and the headers every one of them carries.

use crate::ui::CSP;
use askama::Template;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::door::Head;
use kernel::{Error, Result};
use serde::Serialize;

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
