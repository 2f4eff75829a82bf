//! What holds for every request whatever its door: only stated host names, only encrypted ways, HSTS.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use hyper::body::{Frame, SizeHint};

use tower_http::timeout::TimeoutBody;

use super::super::client::{Client, HostName, ProxyRules};
use super::super::config::{Config, Limits};

/// A year, and every name below: what browsers remember (RFC 6797).
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");
/// Asked for by balancers, which know no host name.
const ABOUT_THE_PROGRAM: [&str; 2] = ["/healthz", "/readyz"];

/// The configuration's part of it.
#[derive(Debug)]
pub struct Manners {
    /// Names under which the portal is reached; any when empty.
    public_hosts: Vec<HostName>,
    /// Whether every way must be encrypted.
    encrypted: bool,
    /// How the client is told.
    pub proxies: ProxyRules,
}

impl Manners {
    /// As configured.
    pub fn of(config: &Config) -> Manners {
        Manners {
            public_hosts: config.public_hosts.clone(),
            encrypted: config.encrypted(),
            proxies: config.proxy_rules(),
        }
    }

    fn serves(&self, host: Option<&HostName>) -> bool {
        self.public_hosts.is_empty() || host.is_some_and(|host| self.public_hosts.contains(host))
    }
}

/// Turns away what must not reach a door, and marks answers over encrypted ways.
pub async fn keep(State(manners): State<Arc<Manners>>, request: Request, next: Next) -> Response {
    let about_the_program = ABOUT_THE_PROGRAM.contains(&request.uri().path());
    let Some(client) = request.extensions().get::<Client>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response(); // identify() stands outside
    };
    if about_the_program {
        return next.run(request).await;
    }
    if !manners.serves(client.host.as_ref()) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    if manners.encrypted && !client.encrypted {
        return over_https(&request, &client);
    }
    let mut response = next.run(request).await;
    if client.encrypted {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// Ends a request's body when its next part does not come within `idle`. How long it was announced to be is still known, so that
/// a door refuses what is too large before it comes.
pub async fn give_up_idle_body(State(idle): State<Duration>, request: Request) -> Request {
    request.map(|body| {
        let left = HttpBody::size_hint(&body).exact();
        Body::new(Announced { body: Box::pin(TimeoutBody::new(idle, body)), left })
    })
}

/// A body with the bytes of it that are still to come, where that was announced.
struct Announced {
    body: Pin<Box<TimeoutBody<Body>>>,
    left: Option<u64>,
}

impl HttpBody for Announced {
    type Data = Bytes;
    type Error = <TimeoutBody<Body> as HttpBody>::Error;
    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = ready!(self.body.as_mut().poll_frame(cx));
        if let Some(Ok(data)) = frame.as_ref().map(|frame| frame.as_ref().map(Frame::data_ref)) {
            let came = data.map_or(0, |data| data.len() as u64);
            self.left = self.left.map(|left| left.saturating_sub(came));
        }
        Poll::Ready(frame)
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Ends a request that is not answered in time. An upload is exempt: it takes as long as it takes, and is given up
/// only when its bytes stop coming.
pub async fn in_time(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if announced_bytes(&request).is_none_or(|bytes| bytes > limits.body_bytes) {
        return next.run(request).await;
    }
    match tokio::time::timeout(limits.request_time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(after_seconds = limits.request_time.as_secs(), "not answered in time, given up");
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response()
        }
    }
}

/// Bytes of the body that is to come; `None` when nobody says how many.
fn announced_bytes(request: &Request) -> Option<u64> {
    match HttpBody::size_hint(request.body()).exact() {
        Some(bytes) => Some(bytes),
        None if matches!(*request.method(), Method::GET | Method::HEAD) => Some(0),
        None => None,
    }
}

/// A page is asked for again over HTTPS; anything else has already sent in the clear what it should not, and fails.
fn over_https(request: &Request, client: &Client) -> Response {
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    match &client.host {
        Some(host) if readable => {
            let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
            Redirect::permanent(&format!("https://{host}{path}")).into_response()
        }
        _ => StatusCode::FORBIDDEN.into_response(),
    }
}
