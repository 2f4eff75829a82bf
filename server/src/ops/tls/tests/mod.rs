//! Certificates of the tests (`make.sh` makes them) and a client that trusts their authority.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::ops::config::TlsFiles;

/// A pair: certificate and key.
pub const FIRST: (&[u8], &[u8]) = (include_bytes!("first.pem"), include_bytes!("first.key"));
/// Another pair for the same names.
pub const SECOND: (&[u8], &[u8]) = (include_bytes!("second.pem"), include_bytes!("second.key"));
/// When the first one ends.
pub const FIRST_ENDS: &str = "2125-06-17T01:46:19Z";

/// The DER form of a certificate in PEM.
pub fn der(pem: &[u8]) -> Vec<u8> {
    CertificateDer::from_pem_slice(pem).unwrap().to_vec()
}

/// Writes a pair into `folder`.
pub fn write(folder: &Path, (certificate, key): (&[u8], &[u8])) -> TlsFiles {
    let files = TlsFiles { certificate: folder.join("tls.pem"), key: folder.join("tls.key") };
    std::fs::write(&files.certificate, certificate).unwrap();
    std::fs::write(&files.key, key).unwrap();
    files
}

/// A folder of the test's own, removed with it.
pub struct Folder(pub std::path::PathBuf);

impl Folder {
    /// Makes the folder.
    pub fn new(test: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("vaktbok-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A TLS connection that trusts the tests' authority and offers only `versions`.
pub fn connect(
    to: SocketAddr,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(include_bytes!("authority.pem")).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
    let socket = TcpStream::connect(to)?;
    socket.set_read_timeout(Some(Duration::from_secs(10)))?;
    Ok(StreamOwned::new(connection, socket))
}

/// One request over TLS: the whole answer, and the certificate that was shown.
pub fn get(to: SocketAddr, path: &str) -> io::Result<(String, Vec<u8>)> {
    let mut stream = connect(to, &[&rustls::version::TLS13])?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let shown = stream.conn.peer_certificates().and_then(|chain| chain.first()).map(|own| own.to_vec());
    Ok((answer, shown.unwrap_or_default()))
}
