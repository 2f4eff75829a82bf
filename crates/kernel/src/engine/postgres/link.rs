//! The link to PostgreSQL: encrypted or not, and whose certificate is believed, as libpq's `sslmode` and `sslrootcert` say.
//!
//! - `disable`: never encrypted. `prefer`, where nothing is stated: encrypted if the server can. `require`: encrypted, or not at all.
//! - `verify-ca`: the certificate leads to an authority of `sslrootcert`. `verify-full`: and it is of the stated host.
//! - With `sslrootcert` stated, `prefer` and `require` check as `verify-ca` does; without it `verify-…` is refused.
//! - A socket of this machine is never encrypted, whatever is stated.
//!
//! The file is read whenever a connection is made, so a new authority needs no restart.

use percent_encoding::percent_decode_str;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;

/// How a connection to PostgreSQL was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostgresLink {
    /// TLS was spoken.
    pub encrypted: bool,
    /// The server's certificate had to lead to a stated authority.
    pub checked: bool,
    /// What is sent does not leave this machine.
    pub local: bool,
}

/// How the database is reached, as a URL says it.
pub(super) struct Link {
    pub(super) config: tokio_postgres::Config,
    pub(super) tls: Tls,
    local: bool,
    checked: bool,
}

impl Link {
    /// Reads a URL, and the file of authorities that it names.
    pub(super) fn read(url: &str) -> Result<Link, String> {
        let asked = Asked::read(url)?;
        let mut config: tokio_postgres::Config =
            asked.url.parse().map_err(|e| format!("the database URL: {}", told(&e)))?;
        let sockets = config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
        config.ssl_mode(match asked.mode.as_str() {
            mode if sockets || mode == "disable" => SslMode::Disable,
            "prefer" => SslMode::Prefer,
            _ => SslMode::Require,
        });
        let checked = asked.roots.is_some();
        let tls = Tls { with: client(&asked)?, encrypted: Arc::default() };
        let local = config.get_hosts().iter().all(is_here);
        Ok(Link { config, tls, local, checked })
    }

    /// What came of it, once connected.
    pub(super) fn found(&self) -> PostgresLink {
        let encrypted = self.tls.encrypted.load(Ordering::Relaxed);
        PostgresLink { encrypted, checked: encrypted && self.checked, local: self.local }
    }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost"
                || name.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
        }
    }
}

/// An error with all that caused it: a driver's own words end where they would begin to help.
pub(super) fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

/// What a URL says of encryption, and the rest of it.
struct Asked {
    url: String,
    mode: String,
    roots: Option<PathBuf>,
}

impl Asked {
    fn read(url: &str) -> Result<Asked, String> {
        let mut asked = Asked { url: String::new(), mode: "prefer".to_owned(), roots: None };
        // A password may hold a question mark, as the driver reads it; what follows the host may not.
        let after = url.find('@').unwrap_or(0);
        let (place, query) = match url.get(after..).and_then(|rest| rest.find('?')) {
            Some(at) => url.split_at(after + at),
            None => (url, ""),
        };
        let mut kept = Vec::new();
        for pair in query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8().map_err(|e| format!("{name}: {e}"))?;
            match name {
                "sslmode" => asked.mode = value.into_owned(),
                "sslrootcert" => asked.roots = Some(PathBuf::from(value.into_owned())),
                _ => kept.push(pair),
            }
        }
        asked.url = if kept.is_empty() { place.to_owned() } else { format!("{place}?{}", kept.join("&")) };
        match asked.mode.as_str() {
            "disable" | "prefer" | "require" => Ok(asked),
            "verify-ca" | "verify-full" if asked.roots.is_some() => Ok(asked),
            "verify-ca" | "verify-full" => {
                Err(format!("sslmode={} needs sslrootcert, a file of authorities", asked.mode))
            }
            other => Err(format!("sslmode={other}: disable, prefer, require, verify-ca or verify-full")),
        }
    }
}

fn client(asked: &Asked) -> Result<Arc<ClientConfig>, String> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|e| told(&e))?;
    let roots = asked.roots.as_deref().map(authorities).transpose()?;
    let client = match roots {
        Some(roots) if asked.mode == "verify-full" => builder.with_root_certificates(roots),
        roots => {
            let judge = Arc::new(Judge { roots, provider });
            builder.dangerous().with_custom_certificate_verifier(judge)
        }
    };
    Ok(Arc::new(client.with_no_client_auth()))
}

fn authorities(file: &Path) -> Result<RootCertStore, String> {
    let wrong = |cause: &dyn std::error::Error| format!("sslrootcert={}: {}", file.display(), told(cause));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|e| wrong(&e))? {
        roots.add(certificate.map_err(|e| wrong(&e))?).map_err(|e| wrong(&e))?;
    }
    if roots.is_empty() {
        return Err(format!("sslrootcert={}: no certificate in it", file.display()));
    }
    Ok(roots)
}

/// Believes any host's certificate of the authorities; without authorities any at all, if the server holds its key.
#[derive(Debug)]
struct Judge {
    roots: Option<RootCertStore>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if let Some(roots) = &self.roots {
            let certificate = ParsedCertificate::try_from(end_entity)?;
            let algorithms = self.provider.signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(&certificate, roots, intermediates, now, algorithms)?;
        }
        Ok(ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Speaks TLS to a host, and notes that it did.
#[derive(Clone)]
pub(super) struct Tls {
    with: Arc<ClientConfig>,
    encrypted: Arc<AtomicBool>,
}

/// What is said to one host before the rest.
pub(super) struct Greeting {
    tls: Tls,
    name: String,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> MakeTlsConnect<S> for Tls {
    type Stream = Stream<S>;
    type TlsConnect = Greeting;
    type Error = io::Error;

    fn make_tls_connect(&mut self, name: &str) -> io::Result<Greeting> {
        Ok(Greeting { tls: self.clone(), name: name.to_owned() })
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> TlsConnect<S> for Greeting {
    type Stream = Stream<S>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Stream<S>>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let name = ServerName::try_from(self.name).map_err(io::Error::other)?;
            let stream = TlsConnector::from(self.tls.with).connect(name, stream).await?;
            self.tls.encrypted.store(true, Ordering::Relaxed);
            Ok(Stream(stream))
        })
    }
}

/// An encrypted connection.
pub(super) struct Stream<S>(tokio_rustls::client::TlsStream<S>);

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Stream<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Stream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, into)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, from)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
