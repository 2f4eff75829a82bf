//! What a person or a program is told when something is wrong, in one place.

use super::{answer, events::DoorRefused};
use crate::App;
use crate::signin::repeats::Same;
use crate::ui::error::ErrorView;
use crate::ui::{Locale, Shell};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::door::{For, Head, Sign};
use kernel::policy::Anyone;
use kernel::{Access, Actor, Error, Message, Problem};
use serde_json::json;

/// Seconds after which it is worth asking again when we are busy.
const BUSY_RETRY_SECONDS: u64 = 2;
/// Seconds after which it is worth asking again when a limit was reached.
const LIMIT_RETRY_SECONDS: u64 = 60;

/// A message in the reader's language.
#[must_use]
pub fn say(t: &Locale, message: &Message) -> String {
    t.tell(message)
}

/// What is wrong with one field, if anything: for showing a form again.
#[must_use]
pub fn at_field(t: &Locale, problems: &[Problem], field: &str) -> Option<String> {
    problems.iter().find(|p| p.field == field).map(|p| t.tell(&p.message))
}

/// The answer to an error.
pub async fn answer(app: &App, door: &Sign, head: &Head, error: Error) -> Response {
    if let (Error::Forbidden(_), Some(access)) = (&error, &head.access)
        && door.who == For::People
        && !access.full()
        && head.method == Method::GET
    {
        // Nothing else opens before a password is set.
        return answer::see_other("/me/password").unwrap_or_else(|_| StatusCode::FORBIDDEN.into_response());
    }
    if let (Error::Forbidden(right), Some(access)) = (&error, &head.access)
        && let Ok(grant) = access.grant::<Anyone>()
    {
        if let Some(event) = refused_at(app, door, access, right)
            && let Err(Error::Busy(message)) = grant.apply(&app.store, event).await
        {
            return told(app, door, head, &Error::Busy(message), None).await;
        }
    }
    let incident = match &error {
        Error::Broken(cause) => {
            let number = incident_number(app);
            tracing::error!(incident = number, request = %head.origin.request, path = door.path, cause, "a request failed");
            Some(number)
        }
        _ => None,
    };
    told(app, door, head, &error, incident).await
}

/// The entry of a refusal. A program that asks again and again is told of once in a while.
fn refused_at(app: &App, door: &Sign, access: &Access, right: &'static str) -> Option<DoorRefused> {
    let named = format!("{} {}", door.method, door.path);
    let Actor::Key { key, .. } = *access.actor() else {
        return Some(DoorRefused { door: named, right, out_of_scope: false, passed_over: 0 });
    };
    let same =
        Same { tenant: access.tenant().number(), reason: right, key: Some(key), network: named.clone() };
    let passed_over = app.repeats.due(same, app.store.clock().now())?;
    Some(DoorRefused { door: named, right, out_of_scope: access.policy().holds(right), passed_over })
}

async fn told(app: &App, door: &Sign, head: &Head, error: &Error, incident: Option<String>) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match door.who {
        For::Programs => problem(status, error, incident),
        For::People | For::Anybody if matches!(error, Error::SignedOut) => to_sign_in(head),
        For::People | For::Anybody => page(app, head, status, error, incident).await,
    };
    if let Some(seconds) = retry_after(error) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    if matches!(error, Error::Unread(_)) {
        // What would have been taken (RFC 9110 section 15.5.16).
        response.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
    response
}

/// When to come back: what the sentence says, or the usual.
fn retry_after(error: &Error) -> Option<HeaderValue> {
    let usual = match error {
        Error::Busy(_) => BUSY_RETRY_SECONDS,
        Error::Limit(_) => LIMIT_RETRY_SECONDS,
        _ => return None,
    };
    let said = error.message().and_then(|m| m.args.iter().find(|(name, _)| *name == "seconds"));
    let seconds = said.and_then(|(_, seconds)| seconds.parse().ok()).unwrap_or(usual);
    Some(HeaderValue::from(seconds))
}

/// Eight letters and digits that are not mistaken for one another on the telephone (Crockford's base 32).
fn incident_number(app: &App) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bytes: [u8; 8] = app.store.chance().bytes();
    let letters: String = bytes.iter().map(|b| char::from(LETTERS[usize::from(b & 31)])).collect();
    let (front, back) = letters.split_at(4);
    format!("{front}-{back}")
}

/// Problem details (RFC 9457), in English: for programs and those who write them. Without a key that opens, the answer
/// names the scheme (RFC 6750, section 3).
fn problem(status: StatusCode, error: &Error, incident: Option<String>) -> Response {
    let t = Locale::new(crate::ui::Language::En, "UTC");
    let message = error.message();
    let detail = match error {
        Error::Forbidden(right) => t.say1("error-needs-right", "right", *right),
        Error::Invalid(_) => t.say("ui-error-400"),
        _ => {
            message.map_or_else(|| t.say(&format!("ui-error-{}", status.as_u16())), |message| t.tell(message))
        }
    };
    let mut body = json!({ "type": "about:blank", "title": status.canonical_reason(), "status": status.as_u16(), "detail": detail });
    if let (Error::Invalid(problems), Some(object)) = (error, body.as_object_mut()) {
        let fields: Vec<_> = problems
            .iter()
            .map(|p| json!({ "field": p.field, "code": p.message.key, "detail": t.tell(&p.message) }))
            .collect();
        object.insert("errors".to_owned(), fields.into());
    }
    if let (Some(message), Some(object)) = (message, body.as_object_mut()) {
        object.insert("code".to_owned(), message.key.into());
    }
    if let (Some(number), Some(object)) = (incident, body.as_object_mut()) {
        object.insert("incident".to_owned(), number.into());
    }
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    let mut response = (status, kind, body.to_string()).into_response();
    let challenge = match error {
        Error::SignedOut => "Bearer",
        Error::KeyRefused(_) => "Bearer error=\"invalid_token\"",
        _ => return response,
    };
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}

/// Signing in leads back to the page that was asked for.
fn to_sign_in(head: &Head) -> Response {
    let path = head.uri.path_and_query().map_or("/", |p| p.as_str());
    let place = if head.method == Method::GET && path != "/" {
        let next = percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC);
        format!("/sign-in?next={next}")
    } else {
        "/sign-in".to_owned()
    };
    answer::see_other(&place).unwrap_or_else(|_| StatusCode::UNAUTHORIZED.into_response())
}

async fn page(
    app: &App,
    head: &Head,
    status: StatusCode,
    error: &Error,
    incident: Option<String>,
) -> Response {
    let shell = match &head.access {
        Some(access) => app.shell(access).await.ok(),
        None => None,
    };
    let answered = match shell {
        // Whoever is inside stays inside: the way on is the navigation.
        Some(shell) if head.access.as_ref().is_some_and(|access| access.full()) => {
            answer::page_with(status, &ErrorView::of(shell, error, incident).inside())
        }
        known => {
            let bare = || app.bare_shell(&head.headers);
            let shell = known.map_or_else(bare, |shell| Shell::new(shell.t, shell.theme));
            answer::page_with(status, &ErrorView::of(shell, error, incident))
        }
    };
    answered.unwrap_or_else(|_| status.into_response())
}
