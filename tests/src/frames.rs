//! A client of HTTP/2 over TLS that says what no other would: frame by frame (RFC 9113), its heads without compression.

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// The certificate of the tests, its key, and the authority that signed it; for `localhost`.
pub const CERTIFICATE: (&[u8], &[u8], &[u8]) = (
    include_bytes!("../../server/src/ops/tls/tests/first.pem"),
    include_bytes!("../../server/src/ops/tls/tests/first.key"),
    include_bytes!("../../server/src/ops/tls/tests/authority.pem"),
);
/// How long one read waits at most.
const PATIENCE: Duration = Duration::from_secs(30);

/// Kinds of frames (RFC 9113, section 6).
pub mod kind {
    pub const DATA: u8 = 0;
    pub const HEADERS: u8 = 1;
    pub const RST_STREAM: u8 = 3;
    pub const SETTINGS: u8 = 4;
    pub const PING: u8 = 6;
    pub const GOAWAY: u8 = 7;
    pub const WINDOW_UPDATE: u8 = 8;
    pub const CONTINUATION: u8 = 9;
}
/// The flag of the last frame of a body, and of an acknowledgement.
pub const END_STREAM: u8 = 1;
/// The flag of the last frame of a head.
pub const END_HEADERS: u8 = 4;

/// A frame that came.
#[derive(Clone, Debug)]
pub struct Frame {
    pub kind: u8,
    pub stream: u32,
    pub payload: Vec<u8>,
}

impl Frame {
    /// The error code of an RST_STREAM or GOAWAY.
    #[must_use]
    pub fn code(&self) -> u32 {
        let at = if self.kind == kind::GOAWAY { 4 } else { 0 };
        u32::from_be_bytes(self.payload[at..at + 4].try_into().unwrap())
    }
}

/// One connection.
#[derive(Debug)]
pub struct Frames {
    tls: StreamOwned<ClientConnection, TcpStream>,
    /// Bytes that were sent.
    pub sent: usize,
}

/// What TLS needs to trust the tests' authority and to speak HTTP/2.
#[must_use]
pub fn trusting() -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(CERTIFICATE.2).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    Arc::new(config)
}

impl Frames {
    /// Connects and says the preface with these settings.
    #[must_use]
    pub fn connect(to: SocketAddr, settings: &[(u16, u32)]) -> Frames {
        let socket = TcpStream::connect(to).unwrap();
        socket.set_nodelay(true).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        socket.set_write_timeout(Some(PATIENCE)).unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let tls = StreamOwned::new(ClientConnection::new(trusting(), name).unwrap(), socket);
        let mut frames = Frames { tls, sent: 0 };
        assert!(frames.say(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        assert_eq!(frames.tls.conn.alpn_protocol(), Some(b"h2".as_slice()), "HTTP/2 was agreed on");
        let payload: Vec<u8> = settings
            .iter()
            .flat_map(|(name, value)| [&name.to_be_bytes()[..], &value.to_be_bytes()[..]].concat())
            .collect();
        assert!(frames.send(kind::SETTINGS, 0, 0, &payload));
        frames
    }

    fn say(&mut self, bytes: &[u8]) -> bool {
        let said = self.tls.write_all(bytes).and_then(|()| self.tls.flush()).is_ok();
        self.sent += if said { bytes.len() } else { 0 };
        said
    }

    /// Sends a frame; false when the server does not take it any more.
    pub fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> bool {
        self.say(&frame(kind, flags, stream, payload))
    }

    /// Sends many frames in one go; false when the server does not take them any more.
    pub fn send_all(&mut self, frames: &[Vec<u8>]) -> bool {
        self.say(&frames.concat())
    }

    /// The next frame; none when the server has closed the connection, or says nothing for long.
    pub fn next(&mut self) -> Option<Frame> {
        let mut head = [0; 9];
        self.tls.read_exact(&mut head).ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let mut payload = vec![0; length];
        self.tls.read_exact(&mut payload).ok()?;
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]) & 0x7fff_ffff;
        Some(Frame { kind: head[3], stream, payload })
    }

    /// Reads to the end of the connection: the code of the GOAWAY that was said, if one was.
    pub fn farewell(&mut self) -> Option<u32> {
        let mut code = None;
        while let Some(frame) = self.next() {
            if frame.kind == kind::GOAWAY {
                code = Some(frame.code());
            }
        }
        code
    }
}

/// A frame's bytes.
#[must_use]
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// The head of a request, every field a literal that is never indexed (RFC 7541, section 6.2.2).
#[must_use]
pub fn head(method: &str, path: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let own = [(":method", method), (":scheme", "https"), (":path", path), (":authority", "localhost")];
    own.iter().chain(others).flat_map(|(name, value)| field(name, value)).collect()
}

/// One field of a head.
#[must_use]
pub fn field(name: &str, value: &str) -> Vec<u8> {
    [vec![0], text(name), text(value)].concat()
}

/// A string: its length with a prefix of seven bits (RFC 7541, section 5.1), then its bytes.
fn text(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    match text.len() {
        short @ 0..=126 => out.push(u8::try_from(short).unwrap()),
        long => {
            out.push(127);
            let mut rest = long - 127;
            while rest >= 128 {
                out.push(u8::try_from(rest % 128 + 128).unwrap());
                rest /= 128;
            }
            out.push(u8::try_from(rest).unwrap());
        }
    }
    out.extend_from_slice(text.as_bytes());
    out
}
