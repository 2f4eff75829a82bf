//! What the program itself asks of other machines: web hooks today, mail and streams of the log later.
//!
//! - HTTPS only, with the certificate checked against public authorities and those that the operator states.
//! - Only hosts on the internet: this machine, private networks and everything else that is no public place are refused
//!   ([`place`]), unless the operator stated the host by name. Numbers written as a name are resolved and judged like any other.
//! - A name is looked up once; every address it has is judged, and one of those is connected to: a name that
//!   changes its mind between the look and the connection gains nothing.
//! - A redirect is not followed: it is a fault.
//! - Nothing takes longer than [`PATIENCE`], and no more than [`MAX_ANSWER_BYTES`] of an answer is read.

pub mod place;
pub mod target;
#[cfg(test)]
mod tests;

use crate::ops::client::HostName;
use crate::ops::config::OutgoingOptions;
use axum::http::{Request, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::TokioIo;
use kernel::{Error, Message};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;

pub use target::Target;

/// Looking up, connecting, asking and being answered take no longer together.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read; nothing is done with them.
pub const MAX_ANSWER_BYTES: usize = 64 << 10;
/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 4;

/// Why another machine did not take what it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key of the sentence that says it.
    pub key: &'static str,
    /// What the sentence needs: an address, a status, the system's own words.
    pub detail: String,
}

/// Asks other machines, within the rules. Cloned freely.
#[derive(Clone)]
pub struct Outgoing {
    tls: TlsConnector,
    hosts: Arc<[HostName]>,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}

fn fault(key: &'static str, detail: impl ToString) -> Fault {
    Fault { key, detail: detail.to_string() }
}

impl Outgoing {
    /// What asks other machines under these options.
    ///
    /// # Errors
    /// `Conflict` when the file with authorities cannot be used.
    pub fn new(options: &OutgoingOptions) -> kernel::Result<Outgoing> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(file) = &options.roots {
            add(&mut roots, file)
                .map_err(|cause| Error::Conflict(Message::new("outgoing-roots").with("cause", cause)))?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(Error::broken)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Outgoing { tls: TlsConnector::from(Arc::new(config)), hosts: options.hosts.clone().into() })
    }

    /// Sends a body, and is content with any status of 200 to 299.
    ///
    /// # Errors
    /// Why it was not taken; it may have been taken all the same if the answer did not come.
    pub async fn post(&self, to: &Target, kind: &'static str, body: Bytes) -> Result<(), Fault> {
        let sent = tokio::time::timeout(PATIENCE, self.exchange(to, kind, body)).await;
        sent.unwrap_or_else(|_| Err(fault("outgoing-slow", PATIENCE.as_secs())))
    }

    async fn exchange(&self, to: &Target, kind: &'static str, body: Bytes) -> Result<(), Fault> {
        let stream = self.connect(to).await?;
        let name = ServerName::try_from(to.server_name().to_owned())
            .map_err(|cause| fault("outgoing-name", cause))?;
        let stream = self.tls.connect(name, stream).await.map_err(|cause| fault("outgoing-tls", cause))?;
        let broken = |cause: hyper::Error| fault("outgoing-broken", cause);
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
        let request = Request::post(to.path())
            .header(header::HOST, to.authority())
            .header(header::CONTENT_TYPE, kind)
            .header(header::USER_AGENT, concat!("vaktbok/", env!("CARGO_PKG_VERSION")))
            .body(Full::new(body))
            .map_err(|cause| fault("outgoing-name", cause))?;
        // Ends with this exchange, however that ends.
        let mut speaking = JoinSet::new();
        speaking.spawn(connection);
        let answer = sender.send_request(request).await.map_err(broken)?;
        let status = answer.status();
        // Read, so that the other side is not cut off while it still speaks; what it says is not kept.
        drop(Limited::new(answer.into_body(), MAX_ANSWER_BYTES).collect().await);
        match status.as_u16() {
            200..=299 => Ok(()),
            300..=399 => Err(fault("outgoing-redirect", status.as_u16())),
            _ => Err(fault("outgoing-status", status.as_u16())),
        }
    }

    /// A connection to one of the host's addresses, each judged before any is used.
    async fn connect(&self, to: &Target) -> Result<TcpStream, Fault> {
        let found = tokio::net::lookup_host((to.lookup_name(), to.port())).await;
        let found: Vec<SocketAddr> = found.map_err(|cause| fault("outgoing-unknown", cause))?.collect();
        self.judge(to, &found)?;
        let mut last = fault("outgoing-unknown", to.authority());
        for address in found.into_iter().take(MAX_ADDRESSES) {
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(cause) => last = fault("outgoing-unreached", cause),
            }
        }
        Err(last)
    }

    /// Refuses a host of which any address is no public place, unless the operator stated it.
    fn judge(&self, to: &Target, found: &[SocketAddr]) -> Result<(), Fault> {
        if self.hosts.contains(to.host()) {
            return Ok(());
        }
        let inside: Option<IpAddr> =
            found.iter().map(SocketAddr::ip).find(|address| !place::public(*address));
        inside.map_or(Ok(()), |address| Err(fault("outgoing-inside", address)))
    }
}

fn add(roots: &mut RootCertStore, file: &Path) -> Result<(), String> {
    let said = |cause: &dyn std::fmt::Display| format!("{}: {cause}", file.display());
    let own = CertificateDer::pem_file_iter(file).map_err(|cause| said(&cause))?;
    for certificate in own {
        let certificate = certificate.map_err(|cause| said(&cause))?;
        roots.add(certificate).map_err(|cause| said(&cause))?;
    }
    Ok(())
}
