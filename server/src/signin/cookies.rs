//! The cookies of a sign-in (RFC 6265bis): only for this host, only over encrypted ways, never read by script.

use super::device::{DEVICE_COOKIE, DEVICE_DAYS};
use crate::front::SESSION_COOKIE;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use kernel::{Error, Result};

/// Puts the session's secret into the answer. It ends with the browser; the server's limits end it sooner.
///
/// # Errors
/// `Broken` when the text cannot stand in a header.
pub fn give_session(response: &mut Response, secret: &str) -> Result<()> {
    add(response, &format!("{SESSION_COOKIE}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax"))
}

/// Takes the session's cookie back.
///
/// # Errors
/// Never; the text is ours.
pub fn take_session(response: &mut Response) -> Result<()> {
    add(response, &format!("{SESSION_COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"))
}

/// Marks the browser as one the person has come in from.
///
/// # Errors
/// `Broken` when the text cannot stand in a header.
pub fn give_device(response: &mut Response, value: &str) -> Result<()> {
    let seconds = DEVICE_DAYS * 24 * 3600;
    add(
        response,
        &format!("{DEVICE_COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict"),
    )
}

fn add(response: &mut Response, cookie: &str) -> Result<()> {
    let value = HeaderValue::from_str(cookie).map_err(Error::broken)?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}
