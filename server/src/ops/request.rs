//! What every request gets before anything else: an id, a span in the log, a place in the measures.
//!
//! - The id is ours: one that a client sends is not taken, since it could name somebody else's request. It goes back in
//!   `x-request-id`, into each line of the log and into each entry that the request causes.
//! - The log and the measures name the door by its pattern (`/users/{id}`), never the path that was asked for: paths
//!   hold ids and links that open things.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use kernel::{Chance, Clock, RequestId};
use tokio::time::Instant;
use tracing::Instrument;

use super::metrics;

/// The header that carries the id back.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Where ids take their time and their chance from.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The time.
    pub clock: Clock,
    /// The chance.
    pub chance: Chance,
}

/// Names, follows and measures a request; the outermost layer of all.
pub async fn follow(State(naming): State<Naming>, mut request: Request, next: Next) -> Response {
    let id = RequestId::new(naming.clock.now(), &naming.chance);
    let door = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = method_name(&request);
    let span = tracing::info_span!("request", request = %id.0, door, method);
    request.extensions_mut().insert(id);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    metrics::answered(&door, method, status, took);
    span.in_scope(|| tracing::debug!(status, micros = took.as_micros() as u64, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id.0.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// The method, or `other` for one that somebody made up: measures must not grow with what clients send.
fn method_name(request: &Request) -> &'static str {
    match request.method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::routing::get;
    use axum::{Extension, Router};
    use tower::ServiceExt;

    use super::*;

    async fn asked(path: &str) -> (StatusCode, String, String) {
        let clock = Clock::from_fn(|| "2026-11-23T01:02:03Z".parse().unwrap());
        let naming = Naming { clock, chance: Chance::system() };
        let inside = async |Extension(id): Extension<RequestId>| id.0.to_string();
        let router = Router::new()
            .route("/links/{secret}", get(inside))
            .layer(axum::middleware::from_fn_with_state(naming, follow));
        let request = Request::get(path).header(HEADER, "chosen-by-the-client").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        let (status, header) = (response.status(), response.headers()[HEADER].to_str().unwrap().to_owned());
        let body = axum::body::to_bytes(response.into_body(), 1 << 10).await.unwrap();
        (status, header, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_request_has_one_id_of_ours_inside_and_outside() {
        let (_, header, inside) = asked("/links/a").await;
        assert_eq!(header, inside);
        let id: kernel::Uuid = header.parse().unwrap();
        assert_eq!((id.get_version_num(), header.get(..8)), (7, Some("01a205ec")), "of the time it came");
        assert_ne!(asked("/links/a").await.1, header);
    }

    #[tokio::test]
    async fn measures_name_the_door_and_not_the_path() {
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        let _recording = ::metrics::set_default_local_recorder(&recorder);
        asked("/links/opens-everything").await;
        assert_eq!(asked("/made/up/by/somebody").await.0, 404);
        let text = handle.render();
        assert!(text.contains("door=\"/links/{secret}\"") && text.contains("door=\"none\""), "{text}");
        assert!(!text.contains("opens-everything") && !text.contains("made/up"), "{text}");
    }
}
