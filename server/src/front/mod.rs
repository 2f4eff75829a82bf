//! How the server meets a request: from where, by whom, and what it is told when something is wrong.
//!
//! - Whatever goes wrong is answered here, as a page for people and as problem+json (RFC 9457) for programs.
//! - What is our fault is logged once, with the incident number that the page shows.
//! - Every answer carries the headers that keep a browser to its own business.

pub mod answer;
pub mod events;
pub mod home;
pub mod jump;
mod lasting;
pub mod navigation;
pub mod pages;
pub mod queries;
pub mod refusal;
pub mod undoing;

use crate::App;
use crate::ops;
use crate::ui::{Language, Locale, Person, Shell, Theme};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use kernel::door::{For, Front, Head, Sign};
use kernel::policy::Arriving;
use kernel::{Access, Error, Origin, Result, Way};
use std::sync::Arc;

/// The session's cookie (RFC 6265bis section 4.1.3.2: only from this host, only encrypted, for every path).
pub const SESSION_COOKIE: &str = "__Host-vaktbok";
/// Bytes of an authorization header or cookie that are read.
const SECRET_BYTES: usize = 256;

impl Front for App {
    fn store(&self) -> &kernel::Store {
        &self.store
    }

    fn origin(&self, parts: &Parts) -> Origin {
        let way = if parts.uri.path().starts_with("/api/") { Way::Api } else { Way::Web };
        ops::origin::origin(way, parts, &self.places)
    }

    async fn person(&self, parts: &Parts, origin: Origin) -> Result<Arc<Access>> {
        let secret = cookie(&parts.headers, SESSION_COOKIE).ok_or(Error::SignedOut)?;
        self.gate.session(secret, origin).await
    }

    async fn program(&self, parts: &Parts, origin: Origin) -> Result<Arc<Access>> {
        let key = bearer(&parts.headers).ok_or(Error::SignedOut)?;
        // What is too long to be a key is none.
        let key = if key.len() <= SECRET_BYTES { key } else { "" };
        crate::signin::keys::using::holder(self, key, origin).await
    }

    async fn refuse(&self, door: &Sign, head: &Head, error: Error) -> Response {
        refusal::answer(self, door, head, error).await
    }

    fn fields_of(&self, shape: &str) -> Option<Vec<String>> {
        crate::api::fields_of(shape)
    }

    async fn finish(&self, door: &Sign, head: &Head, mut response: Response) -> Response {
        if door.who == For::People && head.method == axum::http::Method::GET {
            crate::signin::renewing::renew(self, head, &mut response).await;
        }
        let response = lasting::while_allowed(self, door, head, answer::with_headers(head, response));
        answer::compressed(head, self.store.chance(), response).await
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// What stands in the header `Authorization: Bearer`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    Some(text(headers, header::AUTHORIZATION).strip_prefix("Bearer ")?.trim())
}

/// A cookie's value. Of two with one name the first counts, as browsers send them.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(key, value)| *key == name && value.len() <= SECRET_BYTES).map(|(_, value)| value).next()
}

impl App {
    /// The frame for a person's pages: their language, theme, tenant, and the doors they may open.
    ///
    /// # Errors
    /// `SignedOut` for a visitor; `Busy` or `Broken` from the engine.
    pub async fn shell(&self, access: &Arc<Access>) -> Result<Shell> {
        let frame = access.grant::<Arriving>()?.read(&self.store, queries::frame).await?;
        let language = frame.user_language.as_deref().and_then(Language::parse);
        let language = language.or_else(|| Language::parse(&frame.tenant_language)).unwrap_or(Language::En);
        let theme = frame.theme.as_deref().and_then(Theme::parse).unwrap_or_default();
        let mut shell = Shell::new(Locale::new(language, &frame.zone), theme);
        shell.tenant = frame.tenant;
        shell.person = Some(Person { name: access.name().to_owned(), href: "/me".to_owned() });
        shell.nav = navigation::items(&shell.t, access);
        Ok(shell)
    }

    /// The frame for somebody who has not signed in: the browser's language.
    #[must_use]
    pub fn bare_shell(&self, headers: &HeaderMap) -> Shell {
        let accepted = Language::accepted(text(headers, header::ACCEPT_LANGUAGE)).unwrap_or(Language::En);
        let theme = Theme::from_cookies(text(headers, header::COOKIE));
        Shell::new(Locale::new(accepted, "UTC"), theme)
    }
}
