//! Certificates: read, checked against their key, and read again when the files change.
//!
//! - TLS 1.2 and 1.3 only, by `ring`, stated here and nowhere left to a default.
//! - A pair that does not fit together, or cannot be read, never replaces one that works: it is logged once and looked
//!   at again when the files change again, so that the two files may be replaced one after the other.
//! - Connections that are open keep the certificate they began with; none is cut by a change.

mod expiry;
#[cfg(test)]
pub mod tests;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum_server::tls_rustls::RustlsConfig;
use jiff::Timestamp;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::config::TlsFiles;

/// How often the files are looked at.
pub const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Bytes of a certificate or key file; real ones have a few thousand.
const FILE_BYTES: usize = 1 << 20;

/// The bytes of both files.
#[derive(Clone, PartialEq, Eq)]
pub struct Pair {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

/// A certificate that can serve.
pub struct Certificate {
    /// What the server offers.
    pub server: Arc<ServerConfig>,
    /// When the server's own certificate ends; `None` when it does not say so readably.
    pub not_after: Option<Timestamp>,
}

/// Why a pair cannot serve.
#[derive(Debug)]
pub enum Unusable {
    /// A file cannot be read.
    Read(io::Error),
    /// The certificate file holds no certificate, or none that can be read.
    NoCertificate,
    /// The key file holds no key that can be read.
    NoKey,
    /// They do not belong together, or are of a kind that is not supported.
    Unfit(rustls::Error),
}

impl Pair {
    /// Reads both files.
    pub async fn read(files: &TlsFiles) -> io::Result<Pair> {
        let files = files.clone();
        tokio::task::spawn_blocking(move || Pair::read_now(&files)).await.map_err(io::Error::other)?
    }

    /// Reads both files, waiting for the disk.
    pub fn read_now(files: &TlsFiles) -> io::Result<Pair> {
        let (certificate, key) = (std::fs::read(&files.certificate)?, std::fs::read(&files.key)?);
        if certificate.len().max(key.len()) > FILE_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(Pair { certificate, key })
    }

    /// Makes sure that the two fit together.
    pub fn check(&self) -> Result<Certificate, Unusable> {
        let chain: Result<Vec<CertificateDer<'static>>, PemError> =
            CertificateDer::pem_slice_iter(&self.certificate).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(Unusable::NoCertificate)?;
        let key = PrivateKeyDer::from_pem_slice(&self.key).map_err(|_| Unusable::NoKey)?;
        let not_after = chain.first().and_then(|own| expiry::not_after(own));
        let mut server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(Unusable::Unfit)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(Unusable::Unfit)?;
        server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Certificate { server: Arc::new(server), not_after })
    }
}

/// Reads and checks the pair for the start of the program.
pub async fn open(files: &TlsFiles) -> Result<(RustlsConfig, Pair), Unusable> {
    let pair = Pair::read(files).await.map_err(Unusable::Read)?;
    let certificate = pair.check()?;
    Ok((RustlsConfig::from_config(certificate.server), pair))
}

/// Looks at the files for ever and puts a changed pair in use; `seen` is the pair in use.
pub async fn follow(files: TlsFiles, tls: RustlsConfig, mut seen: Pair, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        // A file that is missing for a moment is being replaced.
        let Ok(pair) = Pair::read(&files).await else { continue };
        if pair == seen {
            continue;
        }
        match pair.check() {
            Ok(certificate) => {
                tls.reload_from_config(certificate.server);
                let until = certificate.not_after.map(|end| end.to_string()).unwrap_or_default();
                tracing::info!(until, "certificate renewed");
            }
            Err(cause) => tracing::warn!(%cause, "new certificate unusable, the one before stays in use"),
        }
        seen = pair;
    }
}

/// Makes `ring` what every user of rustls in this program gets; the first call counts.
pub fn use_ring() {
    // An error says that a provider is installed already, which is this one.
    let _ = ring::default_provider().install_default();
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unusable::Read(cause) => write!(f, "cannot be read: {cause}"),
            Unusable::NoCertificate => f.write_str("no certificate in PEM form in the certificate file"),
            Unusable::NoKey => f.write_str("no private key in PEM form in the key file"),
            Unusable::Unfit(cause) => write!(f, "certificate and key do not fit: {cause}"),
        }
    }
}

impl std::error::Error for Unusable {}
