//! A small HTTP/1.1 client for door tests: it says what it is told to say, keeps cookies, follows nothing.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper_util::rt::TokioIo;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// One visitor: an address, a host name and a cookie jar.
#[derive(Debug)]
pub struct Http {
    address: SocketAddr,
    host: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// A request being put together.
#[derive(Debug)]
pub struct Ask<'a> {
    http: &'a Http,
    method: String,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// 200, 303, 404 …
    pub status: u16,
    /// Names in lower case.
    pub headers: HeaderMap,
    /// As sent, after transfer encoding.
    pub body: Vec<u8>,
}

impl Http {
    /// A visitor with an empty cookie jar.
    #[must_use]
    pub fn new(address: SocketAddr) -> Http {
        Http { address, host: address.to_string(), cookies: Mutex::default() }
    }

    /// The same server by another `Host` name.
    #[must_use]
    pub fn called(mut self, host: &str) -> Http {
        host.clone_into(&mut self.host);
        self
    }

    /// Where it asks.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A reading request.
    #[must_use]
    pub fn get(&self, path: &str) -> Ask<'_> {
        self.ask("GET", path)
    }

    /// A changing request, as a page of this very site would send it; see [`Ask::header`] and [`Ask::without`] to forge.
    #[must_use]
    pub fn post(&self, path: &str) -> Ask<'_> {
        self.ask("POST", path)
    }

    /// Any method. All but GET and HEAD carry `Origin` and `Sec-Fetch-Site` of this site.
    #[must_use]
    pub fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        let ask = Ask {
            http: self,
            method: method.to_owned(),
            path: path.to_owned(),
            headers: HeaderMap::new(),
            body: Vec::new(),
        };
        let ask = ask.header("host", &self.host);
        if method == "GET" || method == "HEAD" {
            return ask;
        }
        ask.header("origin", &format!("http://{}", self.host)).header("sec-fetch-site", "same-origin")
    }

    /// The value of a cookie in the jar.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie into the jar, or forges one.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Empties the jar.
    pub fn forget_cookies(&self) {
        self.cookies.lock().unwrap().clear();
    }

    /// Sends bytes as they are and reads until the server closes or `wait` is over: for what no client would send.
    pub async fn raw(&self, bytes: &[u8], wait: Duration) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        // The server may answer and close before it has read all; what it said is still to be read.
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(wait, stream.read_to_end(&mut answer)).await;
        answer
    }

    /// Sends bytes as they are and reads until these words have come, or the server closes: however slow the machine is.
    pub async fn raw_until(&self, bytes: &[u8], words: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let _ = stream.write_all(bytes).await;
        let (mut came, mut piece) = (Vec::new(), [0; 4096]);
        let reading = async {
            while !came.windows(words.len()).any(|some| some == words.as_bytes()) {
                match stream.read(&mut piece).await {
                    Ok(0) | Err(_) => return,
                    Ok(count) => came.extend_from_slice(&piece[..count]),
                }
            }
        };
        let ended = tokio::time::timeout(ANSWER_TIMEOUT, reading).await;
        assert!(ended.is_ok(), "no {words:?} within {ANSWER_TIMEOUT:?}: {}", String::from_utf8_lossy(&came));
        String::from_utf8_lossy(&came).into_owned()
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut jar = self.cookies.lock().unwrap();
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap_or_default();
            let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            if value.is_empty() || cookie.to_ascii_lowercase().contains("max-age=0") {
                jar.remove(name.trim());
            } else {
                jar.insert(name.trim().to_owned(), value.to_owned());
            }
        }
    }
}

impl Ask<'_> {
    /// Sets a header, replacing one of the same name. The value may hold any bytes but line breaks.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.headers.insert(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        self
    }

    /// Leaves a header out that would be there.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// Sends an API key.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("authorization", &format!("Bearer {key}"))
    }

    /// A form as a page sends it.
    #[must_use]
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.header("content-type", "application/x-www-form-urlencoded").body(pairs.join("&"))
    }

    /// A JSON body.
    #[must_use]
    pub fn json(self, value: &serde_json::Value) -> Self {
        self.header("content-type", "application/json").body(value.to_string())
    }

    /// One file in a form, with further fields (multipart/form-data).
    #[must_use]
    pub fn upload(self, field: &str, file: &str, content: &[u8], fields: &[(&str, &str)]) -> Self {
        let edge = "----------------vaktbok-tests";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        let disposition = format!("Content-Disposition: form-data; name=\"{field}\"; filename=\"{file}\"");
        body.extend(
            format!("--{edge}\r\n{disposition}\r\nContent-Type: application/octet-stream\r\n\r\n").bytes(),
        );
        body.extend_from_slice(content);
        body.extend(format!("\r\n--{edge}--\r\n").bytes());
        self.header("content-type", &format!("multipart/form-data; boundary={edge}")).body(body)
    }

    /// Any body; its type is whatever [`Ask::header`] said.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Asks. Cookies of the jar go along, new ones are kept; redirects are answers like any other.
    pub async fn send(self) -> Answer {
        let what = format!("{} {}", self.method, self.path);
        tokio::time::timeout(ANSWER_TIMEOUT, self.exchange())
            .await
            .unwrap_or_else(|_| panic!("{what}: no answer within {ANSWER_TIMEOUT:?}"))
            .unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    /// Asks, and hands the error over where a server that is gone is part of the test.
    pub async fn try_send(self) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        tokio::time::timeout(ANSWER_TIMEOUT, self.exchange()).await?
    }

    async fn exchange(self) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let http = self.http;
        let stream = TcpStream::connect(http.address).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let answer = sender.send_request(self.request()?).await?;
        let (head, body) = answer.into_parts();
        let body = body.collect().await?.to_bytes().to_vec();
        connection.abort();
        http.keep_cookies(&head.headers);
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
    }

    fn request(self) -> Result<hyper::Request<Full<Bytes>>, hyper::http::Error> {
        let mut request = hyper::Request::builder().method(self.method.as_str()).uri(&self.path);
        let jar = self.http.cookies.lock().unwrap();
        let cookies: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if let Some(headers) = request.headers_mut() {
            *headers = self.headers;
            if !cookies.is_empty() && !headers.contains_key("cookie") {
                headers.insert("cookie", HeaderValue::from_bytes(cookies.join("; ").as_bytes())?);
            }
        }
        request.body(Full::new(Bytes::from(self.body)))
    }
}

impl Answer {
    /// The body as text; what is not UTF-8 is shown as replacement characters.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A header's value, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The answer itself if its status is this one; otherwise the test ends with what came instead.
    #[track_caller]
    pub fn expect(self, status: u16) -> Answer {
        let text: String = self.text().chars().take(2_000).collect();
        assert_eq!(self.status, status, "{text}");
        self
    }
}

/// Percent-encoding of a form's names and values (WHATWG URL, application/x-www-form-urlencoded).
#[must_use]
pub fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"*-._".contains(&byte);
    text.bytes()
        .map(|byte| match byte {
            b' ' => "+".to_owned(),
            byte if plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
