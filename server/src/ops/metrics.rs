//! Measures of the running program, in Prometheus' text format.
//!
//! - They are no public page: a reader comes by an address of their own or shows the token; otherwise there is nothing
//!   there (404), as if the page did not exist.
//! - Names of doors, never paths: no id, address or name of anybody is in them, and their number is bounded.
//! - What nobody fetches does not pile up ([`Metrics::upkeep`]).

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use subtle::ConstantTimeEq;

use super::config::Secret;

/// The path of the measures, at the portal's address as at their own.
pub const PATH: &str = "/metrics";
/// Prometheus' text format 0.0.4.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// Upper ends, in seconds, of the classes that durations are counted in.
const SECONDS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// The measures and who may read them; cloning shares them.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    token: Option<Secret>,
}

impl Metrics {
    /// Starts measuring. There is one set of measures in a process: later starts share the first one's.
    pub fn start(token: Option<Secret>) -> Metrics {
        static STARTED: OnceLock<PrometheusHandle> = OnceLock::new();
        let start = || {
            let recorder = recorder();
            let handle = recorder.handle();
            if metrics::set_global_recorder(recorder).is_ok() {
                describe();
            }
            handle
        };
        Metrics { handle: STARTED.get_or_init(start).clone(), token }
    }

    /// All measures as text.
    pub fn text(&self) -> String {
        self.handle.render()
    }

    /// The answer at the portal's own address: only with the token, and nothing when none is stated.
    pub fn public_answer(&self, headers: &HeaderMap) -> Option<Response> {
        self.token.as_ref().filter(|token| shows(headers, token)).map(|_| self.answer())
    }

    /// The answer at the measures' own address: the token is asked for if one is stated.
    fn own_answer(&self, headers: &HeaderMap) -> Response {
        match &self.token {
            Some(token) if !shows(headers, token) => {
                (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()
            }
            _ => self.answer(),
        }
    }

    fn answer(&self) -> Response {
        ([(header::CONTENT_TYPE, TEXT)], self.text()).into_response()
    }

    /// The router for an address of their own; `serve::beside` serves it.
    pub fn router(&self) -> Router {
        let answer = async |State(metrics): State<Metrics>, headers: HeaderMap| metrics.own_answer(&headers);
        Router::new().route(PATH, get(answer)).with_state(self.clone())
    }

    /// Folds what was measured together now and then, for ever.
    pub async fn upkeep(self) {
        loop {
            tokio::time::sleep(UPKEEP_EVERY).await;
            self.handle.run_upkeep();
        }
    }
}

/// Counts one answered request at the door called `door`.
pub fn answered(door: &str, method: &str, status: u16, took: Duration) {
    let labels = [("door", door.to_owned()), ("method", method.to_owned()), ("status", status.to_string())];
    metrics::counter!("vaktbok_requests_total", &labels).increment(1);
    metrics::histogram!("vaktbok_request_seconds", "door" => door.to_owned()).record(took.as_secs_f64());
}

/// States which program runs since when; for the start.
pub fn started(version: &'static str, engine: &'static str, now_seconds: i64, listen: SocketAddr) {
    metrics::gauge!("vaktbok_build_info", "version" => version, "engine" => engine).set(1.0);
    metrics::gauge!("vaktbok_started_seconds").set(now_seconds as f64);
    tracing::info!(version, engine, %listen, "started");
}

fn recorder() -> PrometheusRecorder {
    // Classes are refused only when there are none.
    let builder = PrometheusBuilder::new().set_buckets(&SECONDS);
    builder.unwrap_or_else(|_| PrometheusBuilder::new()).build_recorder()
}

/// The token is compared in a time that tells nothing of it.
fn shows(headers: &HeaderMap, token: &Secret) -> bool {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    shown.as_bytes().ct_eq(token.reveal().as_bytes()).into()
}

/// What each measure of this folder is; others describe their own where they count.
fn describe() {
    use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
    describe_counter!("vaktbok_requests_total", "Requests answered, by door, method and status.");
    describe_histogram!("vaktbok_request_seconds", Unit::Seconds, "Time to answer, by door.");
    describe_gauge!("vaktbok_connections", "Connections open.");
    describe_counter!("vaktbok_connections_refused_total", "Connections refused because too many were open.");
    describe_histogram!(
        "vaktbok_hash_wait_seconds",
        Unit::Seconds,
        "Time a password waited for a hash slot."
    );
    describe_gauge!("vaktbok_hash_waiting", "Passwords waiting for a hash slot.");
    describe_counter!("vaktbok_hash_refused_total", "Passwords refused because the queue was full.");
    describe_gauge!("vaktbok_build_info", "1, with the version and the engine as labels.");
    describe_gauge!(
        "vaktbok_started_seconds",
        Unit::Seconds,
        "When the program started, in seconds since 1970."
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "a-token-of-some-length";

    fn measured(token: Option<&str>) -> Metrics {
        let recorder = recorder();
        let metrics =
            Metrics { handle: recorder.handle(), token: token.map(|text| Secret::new(text.to_owned())) };
        metrics::with_local_recorder(&recorder, || {
            answered("user", "GET", 200, Duration::from_millis(7));
            answered("user", "GET", 200, Duration::from_millis(70));
            answered("user", "POST", 503, Duration::from_millis(700));
        });
        metrics
    }

    fn headers(authorization: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, authorization.parse().unwrap());
        headers
    }

    #[test]
    fn requests_are_counted_by_door_and_sorted_by_duration() {
        let text = measured(None).text();
        for line in [
            "vaktbok_requests_total{door=\"user\",method=\"GET\",status=\"200\"} 2",
            "vaktbok_requests_total{door=\"user\",method=\"POST\",status=\"503\"} 1",
            "vaktbok_request_seconds_bucket{door=\"user\",le=\"0.01\"} 1",
            "vaktbok_request_seconds_bucket{door=\"user\",le=\"+Inf\"} 3",
            "vaktbok_request_seconds_count{door=\"user\"} 3",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} not in\n{text}");
        }
    }

    #[test]
    fn at_the_portals_address_there_is_nothing_without_the_token() {
        let metrics = measured(Some(TOKEN));
        assert!(metrics.public_answer(&headers(&format!("Bearer {TOKEN}"))).is_some());
        for wrong in ["Bearer a-token-of-some-lengtx", "Bearer ", TOKEN, "Basic a"] {
            assert!(metrics.public_answer(&headers(wrong)).is_none(), "{wrong}");
        }
        assert!(metrics.public_answer(&HeaderMap::new()).is_none());
        let closed = measured(None);
        assert!(closed.public_answer(&headers("Bearer ")).is_none(), "no token stated: closed");
    }

    #[test]
    fn at_their_own_address_the_token_is_asked_for_if_stated() {
        assert_eq!(measured(None).own_answer(&HeaderMap::new()).status(), 200);
        assert_eq!(measured(Some(TOKEN)).own_answer(&HeaderMap::new()).status(), 401);
        assert_eq!(measured(Some(TOKEN)).own_answer(&headers(&format!("Bearer {TOKEN}"))).status(), 200);
    }
}
