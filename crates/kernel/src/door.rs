//! A door: a URL, its right, its handler. The right is that of the handler's own [`Grant`], so the two cannot differ.
//!
//! - A request that would change something and comes from elsewhere, or says not whence, is refused (Fetch Metadata).
//! - Nobody gets past a door without its right; a refusal is answered in one place, [`Front::refuse`].
//! - A program that sends a field its door does not take, or one twice, is told so: what it meant would be lost.
//! - A handler that panics is answered as our fault, and leaves no lock, connection or thread behind.
//! - A body that was compressed is refused: nothing is unpacked here, so nothing can swell.
//! - A body larger than the door's limit is refused before it is read to its end.

mod coded;
mod fields;
mod repeating;
mod strict;

use crate::policy::Right;
use crate::{Access, Error, Grant, Message, Origin, Result, Store};
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
pub use fields::Fields;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;
use std::task::Poll;

/// A form's or a JSON body's size unless the door says another.
pub const BODY_LIMIT_BYTES: usize = 64 * 1024;

/// Who comes through a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// People with a session: pages.
    People,
    /// Programs with a key: the API.
    Programs,
    /// Anybody: signing in, assets, health.
    Anybody,
}

/// What the server tells the doors.
pub trait Front: Clone + Send + Sync + 'static {
    /// Where the rows are.
    fn store(&self) -> &Store;
    /// From where this request came.
    fn origin(&self, parts: &Parts) -> Origin;
    /// Who asks, by the session's cookie.
    fn person(&self, parts: &Parts, origin: Origin) -> impl Future<Output = Result<Arc<Access>>> + Send;
    /// Who asks, by the key in the header `Authorization: Bearer`.
    fn program(&self, parts: &Parts, origin: Origin) -> impl Future<Output = Result<Arc<Access>>> + Send;
    /// The answer to what went wrong: a page for people, problem+json for programs.
    fn refuse(&self, door: &Sign, parts: &Head, error: Error) -> impl Future<Output = Response> + Send;
    /// The names of the fields of a body's shape, as the API's document has them; `None` for a shape nobody knows.
    fn fields_of(&self, _shape: &str) -> Option<Vec<String>> {
        None
    }
    /// The last look at an answer: security headers, a renewed cookie.
    fn finish(&self, door: &Sign, head: &Head, response: Response) -> impl Future<Output = Response> + Send;
}

/// What stands on a door: enough for the router, the matrix of rights and the API's document.
#[derive(Clone, Debug)]
pub struct Sign {
    /// The method.
    pub method: Method,
    /// The path with `{name}` places.
    pub path: &'static str,
    /// The right's key.
    pub right: &'static str,
    /// Who comes through.
    pub who: For,
    /// The size of body it takes.
    pub limit_bytes: usize,
    /// Whether its handler takes the body as it comes, and keeps to a limit of its own.
    pub streams: bool,
    /// For the API's document: the key of its sentence, and the names of what it takes and gives.
    pub doc: Doc,
}

/// What the API's document says of a door.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    /// One line in English: what it does.
    pub summary: &'static str,
    /// The schema of the body it takes.
    pub takes: Option<&'static str>,
    /// What the answer is.
    pub gives: Gives,
    /// Parameters of the query.
    pub query: &'static [&'static str],
}

/// What a door for programs answers when all went well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gives {
    /// 204: no body.
    #[default]
    Nothing,
    /// JSON of this schema.
    One(&'static str),
    /// A JSON array of this schema.
    List(&'static str),
    /// A file of this media type.
    File(&'static str),
}

impl Gives {
    /// The name of the schema, if it is JSON.
    #[must_use]
    pub const fn shape(self) -> Option<&'static str> {
        match self {
            Self::One(name) | Self::List(name) => Some(name),
            Self::Nothing | Self::File(_) => None,
        }
    }
}

/// What is known of a request before its body is read; kept for the answer.
#[derive(Clone, Debug)]
pub struct Head {
    /// The method, URL and headers.
    pub method: Method,
    /// Path and query as asked.
    pub uri: axum::http::Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// From where.
    pub origin: Origin,
    /// Who, once known.
    pub access: Option<Arc<Access>>,
}

/// What a handler is asked.
pub struct Ask {
    /// Method, URL, headers, origin.
    pub head: Head,
    places: HashMap<String, String>,
    body: Body,
    limit_bytes: usize,
}

type Answering<S> = dyn Fn(S, Option<Arc<Access>>, Ask) -> Pin<Box<dyn Future<Output = Result<Response>> + Send>>
    + Send
    + Sync;

/// A URL, its right, its handler.
pub struct Door<S> {
    /// What stands on it.
    pub sign: Sign,
    may: fn(&Access) -> bool,
    answer: Arc<Answering<S>>,
}

impl<S> Clone for Door<S> {
    fn clone(&self) -> Self {
        Self { sign: self.sign.clone(), may: self.may, answer: Arc::clone(&self.answer) }
    }
}

fn sign(method: Method, path: &'static str, right: &'static str, who: For) -> Sign {
    Sign { method, path, right, who, limit_bytes: BODY_LIMIT_BYTES, streams: false, doc: Doc::default() }
}

impl<S: Front> Door<S> {
    /// A door for people: the handler's grant names the right.
    pub fn page<R: Right, F, A>(method: Method, path: &'static str, handler: F) -> Self
    where
        F: Fn(S, Grant<R>, Ask) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response>> + Send + 'static,
    {
        Self::granted(sign(method, path, R::KEY, For::People), handler)
    }
    /// A door for programs.
    pub fn api<R: Right, F, A>(method: Method, path: &'static str, handler: F) -> Self
    where
        F: Fn(S, Grant<R>, Ask) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response>> + Send + 'static,
    {
        Self::granted(sign(method, path, R::KEY, For::Programs), handler)
    }
    fn granted<R: Right, F, A>(sign: Sign, handler: F) -> Self
    where
        F: Fn(S, Grant<R>, Ask) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response>> + Send + 'static,
    {
        let answer: Arc<Answering<S>> = Arc::new(move |state, access, ask| {
            match access.ok_or(Error::SignedOut).and_then(|access| access.grant::<R>()) {
                Ok(grant) => Box::pin(handler(state, grant, ask)),
                Err(error) => Box::pin(std::future::ready(Err(error))),
            }
        });
        Self { sign, may: Access::may::<R>, answer }
    }
    /// A door for anybody. If a session came along, the handler gets it.
    pub fn open<F, A>(method: Method, path: &'static str, handler: F) -> Self
    where
        F: Fn(S, Option<Arc<Access>>, Ask) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response>> + Send + 'static,
    {
        let answer: Arc<Answering<S>> =
            Arc::new(move |state, access, ask| Box::pin(handler(state, access, ask)));
        Self { sign: sign(method, path, "anyone", For::Anybody), may: |_| true, answer }
    }
    /// The same door with another size of body: uploads.
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        self.sign.limit_bytes = bytes;
        self
    }
    /// The same door, whose handler takes the body as it comes.
    #[must_use]
    pub fn streams(mut self) -> Self {
        self.sign.streams = true;
        self
    }
    /// The same door with what the API's document says of it.
    #[must_use]
    pub fn doc(mut self, doc: Doc) -> Self {
        self.sign.doc = doc;
        self
    }
    /// Answers a request, whatever goes wrong.
    pub async fn answer(
        self,
        state: S,
        request: axum::extract::Request,
        places: HashMap<String, String>,
    ) -> Response {
        let (parts, body) = request.into_parts();
        let door = format!("{} {}", self.sign.method, self.sign.path);
        let origin = Origin { door, ..state.origin(&parts) };
        let mut head = Head {
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
            origin: origin.clone(),
            access: None,
        };
        let result = unpanicked(self.pass(&state, &parts, &mut head, body, places)).await;
        let response = match result {
            Ok(response) => response,
            Err(error) => state.refuse(&self.sign, &head, error).await,
        };
        let response = match &head.access {
            Some(access) => repeating::kept(&state, access, response).await,
            None => response,
        };
        state.finish(&self.sign, &head, response).await
    }
    async fn pass(
        &self,
        state: &S,
        parts: &Parts,
        head: &mut Head,
        body: Body,
        places: HashMap<String, String>,
    ) -> Result<Response> {
        if self.sign.who != For::Programs {
            same_origin(parts)?;
        }
        let access = match self.sign.who {
            For::People => Some(state.person(parts, head.origin.clone()).await?),
            For::Programs => Some(state.program(parts, head.origin.clone()).await?),
            For::Anybody => match state.person(parts, head.origin.clone()).await {
                Ok(access) => Some(access),
                Err(Error::SignedOut | Error::NotFound) => None,
                // While the store cannot say who asks, whoever asks is nobody here: the page that says so needs its styles.
                Err(Error::Busy(_)) if [Method::GET, Method::HEAD].contains(&parts.method) => None,
                Err(error) => return Err(error),
            },
        };
        head.access.clone_from(&access);
        coded::as_it_is(parts)?;
        let body = match (self.sign.who, self.sign.doc.takes) {
            (For::Programs, Some(_)) => strict::checked(state, &self.sign, body).await?,
            _ => body,
        };
        // Who may no longer ask is told so, and not what was answered before.
        let programs = access.clone().filter(|access| self.sign.who == For::Programs && (self.may)(access));
        let body = match &programs {
            None => body,
            Some(access) => match repeating::asked(state, &self.sign, parts, access, body).await? {
                repeating::Asked::Anew(body) => body,
                repeating::Asked::Before(response) => return Ok(response),
            },
        };
        let ask = Ask { head: head.clone(), places, body, limit_bytes: self.sign.limit_bytes };
        let result = (self.answer)(state.clone(), access, ask).await;
        match programs {
            None => result,
            Some(access) => repeating::met(state, &access, result).await,
        }
    }
}

/// A panic on the way is our fault and told like any other: with an incident number, and nothing else stops for it.
async fn unpanicked<T>(pass: impl Future<Output = Result<T>>) -> Result<T> {
    let mut pass = std::pin::pin!(pass);
    let polled = std::future::poll_fn(|context| {
        let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| pass.as_mut().poll(context)));
        polled.unwrap_or_else(|panic| {
            Poll::Ready(Err(Error::broken(format!("a request panicked: {}", crate::engine::words(&*panic)))))
        })
    });
    polled.await
}

/// Refuses a changing request that another site caused, or that says not whence it comes (W3C Fetch Metadata; RFC 6454).
fn same_origin(parts: &Parts) -> Result<()> {
    if parts.method == Method::GET || parts.method == Method::HEAD {
        return Ok(());
    }
    let text = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
    let allowed = match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), _, _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        _ => false,
    };
    if allowed { Ok(()) } else { Err(Error::Forbidden("same-origin")) }
}

impl Ask {
    /// A place of the path, parsed.
    ///
    /// # Errors
    /// `NotFound` when it is not of that form: a made-up id and another tenant's look alike.
    pub fn place<T: FromStr>(&self, name: &str) -> Result<T> {
        self.places.get(name).and_then(|text| text.parse().ok()).ok_or(Error::NotFound)
    }
    /// The query's fields. A NUL, which no text holds and one of the engines does not take, becomes U+FFFD and finds nothing.
    #[must_use]
    pub fn query(&self) -> Fields {
        Fields::urlencoded(self.head.uri.query().unwrap_or_default().as_bytes()).without_nul()
    }
    /// Whether only a fragment of the page is asked for, by the first-party script.
    #[must_use]
    pub fn wants_fragment(&self) -> bool {
        self.head.headers.contains_key("x-fragment")
    }
    /// The whole body, within the door's limit.
    ///
    /// # Errors
    /// `TooLarge` when it is larger.
    pub async fn bytes(self) -> Result<bytes::Bytes> {
        coded::whole(self.body, self.limit_bytes).await
    }
    /// The body as it comes, for uploads; whoever reads it keeps to the door's limit, which comes along.
    pub fn stream(self) -> (Body, usize) {
        (self.body, self.limit_bytes)
    }
    /// The fields of a form or of a flat JSON object: pages and the API are read by the same parser.
    ///
    /// # Errors
    /// `TooLarge` when it is too large; `Invalid` when it is neither.
    pub async fn fields(self) -> Result<Fields> {
        let json = self
            .head
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|v| v.as_bytes().starts_with(b"application/json"));
        let bytes = self.bytes().await?;
        if json { Fields::json(&bytes) } else { Ok(Fields::urlencoded(&bytes)) }
    }
    /// A JSON body of a shape.
    ///
    /// # Errors
    /// `TooLarge` when it is too large; `Invalid` when it is not of the shape.
    pub async fn json<T: DeserializeOwned>(self) -> Result<T> {
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes)
            .map_err(|e| Error::invalid("body", Message::new("error-json").with("detail", e)))
    }
}

/// The router of a table of doors. Two doors on the same method and path stop the start.
pub fn router<S: Front>(state: S, doors: Vec<Door<S>>) -> axum::Router {
    let mut routes = axum::Router::new();
    for door in doors {
        let filter = axum::routing::MethodFilter::try_from(door.sign.method.clone())
            .unwrap_or(axum::routing::MethodFilter::GET);
        let (path, state) = (door.sign.path, state.clone());
        let handler = move |places: axum::extract::Path<HashMap<String, String>>,
                            request: axum::extract::Request| {
            door.clone().answer(state.clone(), request, places.0)
        };
        routes = routes.route(path, axum::routing::on(filter, handler));
    }
    routes
}
