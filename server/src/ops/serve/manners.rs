//! What holds for every request whatever its door: only stated host names, only encrypted ways, HSTS.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

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

/// Ends a request's body when its next part does not come within `idle`.
pub async fn give_up_idle_body(State(idle): State<Duration>, request: Request) -> Request {
    request.map(|body| Body::new(TimeoutBody::new(idle, body)))
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
    match axum::body::HttpBody::size_hint(request.body()).exact() {
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
