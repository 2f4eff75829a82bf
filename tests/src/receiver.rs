//! A web hook's receiver on loopback, with the tests' own certificate: it keeps what it is sent and answers as it is told.

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// How a receiver answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answering {
    /// With this line and head, as in `200 OK` or `302 Found\r\nlocation: https://…`.
    With(&'static str),
    /// Not at all: it hangs up once it has everything.
    HangsUp,
}

/// A receiver. It stops taking connections when dropped.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<String>>>,
    answering: Arc<Mutex<Answering>>,
}

impl Receiver {
    /// A receiver on a free port that answers with 200.
    ///
    /// # Panics
    /// When it cannot listen.
    #[must_use]
    pub fn start() -> Receiver {
        let folder = certificates();
        let chain = vec![CertificateDer::from_pem_file(folder.join("first.pem")).unwrap()];
        let key = PrivateKeyDer::from_pem_file(folder.join("first.key")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
        let receiver = Receiver {
            address: listener.local_addr().unwrap(),
            taken: Arc::default(),
            answering: Arc::new(Mutex::new(Answering::With("200 OK"))),
        };
        let (taken, answering) = (Arc::clone(&receiver.taken), Arc::clone(&receiver.answering));
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                answer(socket, &config, &answering, &taken);
            }
        });
        receiver
    }
    /// The address to send to, by the name that the certificate bears.
    #[must_use]
    pub fn address(&self) -> String {
        format!("https://localhost:{}/heads?key=canary-of-the-receiver", self.address.port())
    }
    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }
    /// From now on it answers so.
    ///
    /// # Panics
    /// Never: nobody panics with the lock.
    pub fn answers(&self, answering: Answering) {
        *self.answering.lock().unwrap() = answering;
    }
    /// Every body it got, in order.
    ///
    /// # Panics
    /// Never: nobody panics with the lock.
    #[must_use]
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

/// The folder with the tests' certificates.
#[must_use]
pub fn certificates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src/ops/tls/tests")
}

/// The authority that signed them.
#[must_use]
pub fn authority() -> PathBuf {
    certificates().join("authority.pem")
}

/// Reads one request, keeps its body, and answers.
fn answer(
    socket: TcpStream,
    config: &Arc<ServerConfig>,
    answering: &Mutex<Answering>,
    taken: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(config)).ok()?, socket);
    let (mut text, mut piece) = (Vec::new(), [0; 4096]);
    let body = loop {
        let n = stream.read(&mut piece).ok().filter(|n| *n > 0)?;
        text.extend_from_slice(&piece[..n]);
        let said = String::from_utf8_lossy(&text).into_owned();
        let Some((head, body)) = said.split_once("\r\n\r\n") else { continue };
        let length = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            break body.to_owned();
        }
    };
    taken.lock().unwrap().push(body);
    if let Answering::With(line) = &*answering.lock().unwrap() {
        write!(stream, "HTTP/1.1 {line}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").ok()?;
        stream.conn.send_close_notify();
        stream.flush().ok()?;
    }
    Some(())
}
