//! A small HTTP/1.1 client (RFC 9112) over one connection that is kept: what a browser would send, and how long the answer took.

use kernel::{Error, Result};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// Bytes of one read.
const READ_BYTES: usize = 64 * 1024;

/// One visitor: an address, a connection, cookies.
pub struct Visitor {
    address: SocketAddr,
    stream: Option<TcpStream>,
    cookies: Vec<(String, String)>,
}

/// What came back.
pub struct Answer {
    /// 200, 303 …
    pub status: u16,
    /// The body as it was sent: compressed, where it was.
    pub bytes: usize,
    /// The body as text, where it was not compressed.
    pub text: String,
    /// From the first byte sent to the last one read.
    pub took: Duration,
}

impl Visitor {
    /// A visitor without cookies.
    #[must_use]
    pub const fn new(address: SocketAddr) -> Self {
        Self { address, stream: None, cookies: Vec::new() }
    }
    /// Puts a cookie into the jar.
    pub fn give_cookie(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(known, _)| known != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }
    /// Asks for a page, compressed.
    ///
    /// # Errors
    /// `Broken` when no answer comes.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, "accept-encoding: gzip\r\n", "").await
    }
    /// Asks for a page as text.
    ///
    /// # Errors
    /// `Broken` when no answer comes.
    pub async fn read(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, "", "").await
    }
    /// Sends a form, as a page of this very site does.
    ///
    /// # Errors
    /// `Broken` when no answer comes.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<Answer> {
        let encoded = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let headers = format!(
            "origin: http://{}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n",
            self.address
        );
        self.ask("POST", path, &headers, &pairs.join("&")).await
    }

    async fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n{headers}", self.address);
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !jar.is_empty() {
            let _ = write!(head, "cookie: {}\r\n", jar.join("; "));
        }
        let _ = write!(head, "content-length: {}\r\n\r\n{body}", body.len());
        // A connection that was kept may have been closed meanwhile; then nothing of an answer comes, and a new one is asked.
        let mut kept = self.stream.take();
        let (stream, began, raw, (head_bytes, end)) = loop {
            let old = kept.is_some();
            let mut stream = match kept.take() {
                Some(stream) => stream,
                None => TcpStream::connect(self.address).await.map_err(Error::broken)?,
            };
            stream.set_nodelay(true).map_err(Error::broken)?;
            let began = Instant::now();
            match answer(&mut stream, head.as_bytes()).await? {
                (raw, Some(whole)) => break (stream, began, raw, whole),
                (raw, None) if old && raw.is_empty() => {}
                _ => return Err(Error::broken(format!("the answer to {method} {path} broke off"))),
            }
        };
        let took = began.elapsed();
        let text = String::from_utf8_lossy(raw.get(..head_bytes).unwrap_or_default()).into_owned();
        let closes = header(&text, "connection").is_some_and(|v| v.eq_ignore_ascii_case("close"));
        if !closes {
            self.stream = Some(stream);
        }
        self.keep_cookies(&text);
        let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
        let body = raw.get(head_bytes..end).unwrap_or_default();
        let plain = header(&text, "content-encoding").is_none();
        let said = if plain { String::from_utf8_lossy(body).into_owned() } else { String::new() };
        Ok(Answer { status, bytes: body.len(), text: said, took })
    }

    fn keep_cookies(&mut self, head: &str) {
        let set = head.lines().filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("set-cookie").then(|| value.trim().to_owned())
        });
        for cookie in set.collect::<Vec<_>>() {
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.give_cookie(name, value);
            }
        }
    }
}

/// Sends a request and reads its answer: the bytes, and where its head and all of it end, unless it broke off.
async fn answer(stream: &mut TcpStream, request: &[u8]) -> Result<(Vec<u8>, Option<(usize, usize)>)> {
    let mut raw = Vec::new();
    if stream.write_all(request).await.is_err() {
        return Ok((raw, None));
    }
    loop {
        if let Some(whole) = complete(&raw)? {
            return Ok((raw, Some(whole)));
        }
        let before = raw.len();
        raw.resize(before + READ_BYTES, 0);
        let count = stream.read(raw.get_mut(before..).unwrap_or_default()).await.unwrap_or_default();
        raw.truncate(before + count);
        if count == 0 {
            return Ok((raw, None));
        }
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Where the head ends and where the answer does, once all of it is there.
fn complete(raw: &[u8]) -> Result<Option<(usize, usize)>> {
    let Some(at) = raw.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head_bytes = at + 4;
    let head = String::from_utf8_lossy(raw.get(..head_bytes).unwrap_or_default());
    let there = raw.len() - head_bytes;
    if let Some(length) = header(&head, "content-length").and_then(|v| v.parse::<usize>().ok()) {
        return Ok((there >= length).then_some((head_bytes, head_bytes + length)));
    }
    if header(&head, "transfer-encoding").is_some() {
        // The last chunk is empty (RFC 9112 section 7.1); no body of ours ends with its signs before that.
        return Ok(raw.ends_with(b"0\r\n\r\n").then_some((head_bytes, raw.len())));
    }
    let status = head.split(' ').nth(1).unwrap_or_default();
    match status {
        "204" | "304" | "303" => Ok(Some((head_bytes, head_bytes))),
        _ => Err(Error::broken("an answer of unknown length")),
    }
}
