//! Serving the portal: bind, TLS or plain HTTP, limits on every connection, and a stop that loses no request.
//!
//! - A head that dribbles in, a body that stops, a client that no longer reads: each is given up after a stated time,
//!   and connections are counted, all and by address, so that slow clients cannot keep good ones out.
//! - Asked to stop, the program accepts nothing more, lets requests under way finish within `stop_seconds`, tells
//!   live pages to end ([`Stopping`]), then closes what is left.
//! - Every request carries its [`Client`](super::client::Client); answers over encrypted ways carry HSTS.

mod gate;
mod manners;
mod stop;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit};
use axum::middleware::{self, AddExtension};
use axum_server::Handle;
use axum_server::accept::Accept;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};

use super::config::{Config, TlsFiles};
use super::request::{self, Naming};
use super::{client, limits, tls};
use gate::Gate;
use manners::Manners;
pub use stop::{Asked, Stopping};

/// A bound address, not yet served.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<Tls>,
    manners: Arc<Manners>,
    limits: super::config::Limits,
    gate: Gate,
}

struct Tls {
    config: RustlsConfig,
    files: TlsFiles,
    pair: tls::Pair,
    look_every: Duration,
}

/// Why the portal cannot be served.
#[derive(Debug)]
pub enum CannotServe {
    /// The address cannot be had.
    Listen(SocketAddr, io::Error),
    /// Certificate or key cannot be used.
    Certificate(TlsFiles, tls::Unusable),
    /// Serving ended with an error.
    Ended(io::Error),
}

impl Listening {
    /// Takes the address and opens the certificate, so that both are known good before anything else starts.
    pub async fn bind(config: &Config) -> Result<Listening, CannotServe> {
        tls::use_ring();
        let tls = match &config.tls {
            Some(files) => {
                let (tls, pair) =
                    tls::open(files).await.map_err(|cause| CannotServe::Certificate(files.clone(), cause))?;
                Some(Tls { config: tls, files: files.clone(), pair, look_every: tls::LOOK_EVERY })
            }
            None => None,
        };
        let refused = |cause| CannotServe::Listen(config.listen, cause);
        let listener = TcpListener::bind(config.listen).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let gate = Gate::new(&config.limits, config.trusted_proxies.clone());
        Ok(Listening {
            listener,
            address,
            tls,
            manners: Arc::new(Manners::of(config)),
            limits: config.limits,
            gate,
        })
    }

    /// The address that was taken; with the port that the system chose if none was stated.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether the address speaks TLS.
    pub fn speaks_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// Serves `router` until `stop` is done and the last request is answered or out of time.
    pub async fn serve(
        self,
        router: Router,
        naming: Naming,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), CannotServe> {
        let handle = Handle::new();
        let (begin_stop, stopping) = stop::pair();
        let stopper = tokio::spawn(stop_when(stop, begin_stop, handle.clone(), self.limits.stop_time));
        let router = self.furnished(router, naming, stopping);
        let served = match self.tls {
            Some(tls) => {
                let follower =
                    tokio::spawn(tls::follow(tls.files, tls.config.clone(), tls.pair, tls.look_every));
                let handshake = Duration::from_secs(limits::HANDSHAKE_SECONDS);
                let acceptor =
                    RustlsAcceptor::new(tls.config).handshake_timeout(handshake).acceptor(self.gate);
                let served = run(self.listener, acceptor, &self.limits, handle, router).await;
                follower.abort();
                served
            }
            None => run(self.listener, self.gate, &self.limits, handle, router).await,
        };
        stopper.abort();
        served.map_err(CannotServe::Ended)
    }

    /// The router with what every request passes, outermost last.
    fn furnished(&self, router: Router, naming: Naming, stopping: Stopping) -> Router {
        router
            .layer(DefaultBodyLimit::max(usize::try_from(self.limits.body_bytes).unwrap_or(usize::MAX)))
            .layer(axum::Extension(stopping))
            .layer(middleware::map_request_with_state(self.limits.idle_time, manners::give_up_idle_body))
            .layer(middleware::from_fn_with_state(self.limits, manners::in_time))
            .layer(middleware::from_fn_with_state(Arc::clone(&self.manners), manners::keep))
            .layer(middleware::from_fn_with_state(Arc::new(self.manners.proxies.clone()), client::identify))
            .layer(middleware::from_fn_with_state(naming, request::follow))
    }
}

/// Serves a small router at an address beside the portal's, without TLS, until `stop` is done: the measures.
pub async fn beside(
    address: SocketAddr,
    router: Router,
    limits: super::config::Limits,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), CannotServe> {
    let listener = TcpListener::bind(address).map_err(|cause| CannotServe::Listen(address, cause))?;
    let handle = Handle::new();
    let (begin, _stopping) = stop::pair();
    let stopper = tokio::spawn(stop_when(stop, begin, handle.clone(), Duration::from_secs(1)));
    let served = run(listener, Gate::new(&limits, Vec::new()), &limits, handle, router).await;
    stopper.abort();
    served.map_err(CannotServe::Ended)
}

/// A router that knows the address of each connection.
type Served = AddExtension<Router, ConnectInfo<SocketAddr>>;

/// Runs the accept loop with the limits of HTTP/1.1 and HTTP/2.
async fn run<A>(
    listener: TcpListener,
    acceptor: A,
    limits: &super::config::Limits,
    handle: Handle<SocketAddr>,
    router: Router,
) -> io::Result<()>
where
    A: Accept<tokio::net::TcpStream, Served> + Clone + Send + Sync + 'static,
    A::Stream: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send,
    A::Service: axum_server::service::SendService<axum::http::Request<hyper::body::Incoming>> + Send,
    A::Future: Send,
{
    let mut server = axum_server::from_tcp(listener)?.acceptor(acceptor).handle(handle);
    let head_bytes = usize::try_from(limits.header_bytes).unwrap_or(usize::MAX);
    let builder = server.http_builder();
    builder
        .http1()
        .max_headers(limits::HEADERS)
        .max_buf_size(head_bytes)
        .header_read_timeout(limits.header_time);
    builder
        .http2()
        .max_concurrent_streams(limits::STREAMS_PER_CONNECTION)
        .max_frame_size(limits::FRAME_BYTES)
        .initial_stream_window_size(limits::STREAM_WINDOW_BYTES)
        .initial_connection_window_size(limits::CONNECTION_WINDOW_BYTES)
        .max_send_buf_size(limits::SEND_BUFFER_BYTES)
        .max_pending_accept_reset_streams(limits::GIVEN_UP_STREAMS)
        .max_local_error_reset_streams(limits::FAULTY_STREAMS)
        .max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
        .keep_alive_interval(limits.header_time)
        .keep_alive_timeout(limits.idle_time);
    server
        .first_request_timeout(limits.header_time)
        .accept_error_handler(|_, cause| tracing::debug!(%cause, "connection not accepted"))
        .serve(router.into_make_service_with_connect_info::<SocketAddr>())
        .await
}

async fn stop_when(
    stop: impl Future<Output = ()>,
    begin: stop::Begin,
    handle: Handle<SocketAddr>,
    within: Duration,
) {
    stop.await;
    tracing::info!(
        within_seconds = within.as_secs(),
        "stopping: no new connections, requests under way finish"
    );
    begin.now();
    handle.graceful_shutdown(Some(within));
}

impl fmt::Display for CannotServe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CannotServe::Listen(address, cause) => write!(f, "{address}: {cause}"),
            CannotServe::Certificate(files, cause) => {
                write!(f, "{}, {}: {cause}", files.certificate.display(), files.key.display())
            }
            CannotServe::Ended(cause) => write!(f, "{cause}"),
        }
    }
}

impl std::error::Error for CannotServe {}
