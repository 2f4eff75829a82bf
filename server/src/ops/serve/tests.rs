//! What somebody at the other end of the wire sees.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use tokio::time::Instant;

use axum::body::Bytes;
use axum::routing::{get, post};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, spawn_blocking};

use super::*;
use crate::ops::client::Client;
use crate::ops::config::Inputs;
use crate::ops::tls::tests::{self as testdata, Folder};

/// A portal that runs until it is told to stop.
struct Portal {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Result<(), CannotServe>>,
}

impl Portal {
    async fn of(config: &Config) -> Portal {
        let mut listening = Listening::bind(config).await.unwrap();
        if let Some(tls) = &mut listening.tls {
            tls.look_every = Duration::from_millis(20);
        }
        let (address, (stop, stopped)) = (listening.address(), oneshot::channel());
        let ended = tokio::spawn(listening.serve(router(), naming(), async move {
            let _ = stopped.await;
        }));
        Portal { address, stop, ended }
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap().unwrap();
    }
}

fn naming() -> Naming {
    Naming { clock: kernel::Clock::system(), chance: kernel::Chance::system() }
}

fn router() -> Router {
    let slow = async || {
        tokio::time::sleep(Duration::from_millis(400)).await;
        "late but whole"
    };
    let live = async |axum::Extension(mut stopping): axum::Extension<Stopping>| {
        stopping.begun().await;
        "the live page ends"
    };
    let never = async || std::future::pending::<()>().await;
    let slow_upload = async |body: Bytes| {
        tokio::time::sleep(Duration::from_millis(1300)).await;
        body.len().to_string()
    };
    Router::new()
        .route("/never", get(never))
        .route("/upload", post(slow_upload).layer(DefaultBodyLimit::max(1 << 20)))
        .route("/", get(async |axum::Extension(client): axum::Extension<Client>| client.address.to_string()))
        .route("/healthz", get(async || "alive"))
        .route("/slow", get(slow))
        .route("/live", get(live))
        .route("/flood", get(async || vec![b'x'; 64 << 20]))
        .route("/echo", post(async |body: Bytes| body.len().to_string()))
}

fn config(file: &str) -> Config {
    let text = format!("listen = '127.0.0.1:0'\nidle_seconds = 1\nheader_seconds = 1\n{file}");
    Config::load(&Inputs { file: Some(("test".into(), text)), ..Inputs::default() }).unwrap()
}

fn tls_config(folder: &Folder) -> Config {
    let files = testdata::write(&folder.0, testdata::FIRST);
    config(&format!("tls_certificate = {:?}\ntls_key = {:?}", files.certificate, files.key))
}

/// What waits a second for a client has given it up after this long, however busy the machine is; nothing else gives up so soon.
const GIVEN_UP: Duration = Duration::from_secs(20);

/// Sends `bytes` and returns all that comes back, and how long that took.
async fn exchange(to: SocketAddr, bytes: impl Into<Vec<u8>>) -> (String, Duration) {
    let bytes = bytes.into();
    let talk = move || {
        let started = Instant::now();
        let mut stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(2 * GIVEN_UP)).unwrap();
        let _ = stream.write_all(&bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        (String::from_utf8_lossy(&answer).into_owned(), started.elapsed())
    };
    spawn_blocking(talk).await.unwrap()
}

async fn answer(to: SocketAddr, head: &str) -> String {
    exchange(to, format!("{head}\r\nconnection: close\r\n\r\n")).await.0
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_answers_over_plain_http_on_loopback() {
    let portal = Portal::of(&config("")).await;
    let answer = answer(portal.address, "GET / HTTP/1.1\r\nhost: localhost").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
    assert!(
        !answer.to_lowercase().contains("strict-transport-security"),
        "plain HTTP promises nothing: {answer}"
    );
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s55_the_portal_answers_over_tls_1_2_and_1_3_with_hsts() {
    let folder = Folder::new("serve-tls");
    let portal = Portal::of(&tls_config(&folder)).await;
    let to = portal.address;
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let talk = move || {
            let mut stream = testdata::connect(to, &[version]).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let answer = spawn_blocking(talk).await.unwrap();
        assert!(
            answer.contains("strict-transport-security: max-age=31536000; includeSubDomains"),
            "{answer}"
        );
    }
    let (plain, _) = exchange(to, "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(!plain.contains("HTTP/1.1"), "plain HTTP at the TLS port is no answer: {plain}");
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s58_a_new_certificate_is_used_without_a_restart_and_without_one_failed_request() {
    let folder = Folder::new("serve-swap");
    let portal = Portal::of(&tls_config(&folder)).await;
    let (to, path) = (portal.address, folder.0.clone());
    let (first, second) = (testdata::der(testdata::FIRST.0), testdata::der(testdata::SECOND.0));
    let load: Vec<_> = (0..3)
        .map(|_| {
            let second = second.clone();
            spawn_blocking(move || {
                let (mut shown, until) = (Vec::new(), Instant::now() + GIVEN_UP);
                while shown.last() != Some(&second) && Instant::now() < until {
                    let (answer, certificate) = testdata::get(to, "/").unwrap();
                    assert_eq!(status(&answer), "200");
                    shown.push(certificate);
                }
                shown
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    testdata::write(&path, testdata::SECOND);
    for shown in load {
        let shown = shown.await.unwrap();
        assert_eq!(shown.first(), Some(&first));
        assert_eq!(shown.last(), Some(&second), "after {} requests", shown.len());
    }
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_new_certificate_leaves_the_old_one_in_use() {
    let folder = Folder::new("serve-broken");
    let portal = Portal::of(&tls_config(&folder)).await;
    let to = portal.address;
    let shown = async || spawn_blocking(move || testdata::get(to, "/").unwrap().1).await.unwrap();
    for broken in [(testdata::SECOND.0, testdata::FIRST.1), (b"nonsense".as_slice(), testdata::SECOND.1)] {
        testdata::write(&folder.0, broken);
        tokio::time::sleep(Duration::from_millis(120)).await;
        assert_eq!(shown().await, testdata::der(testdata::FIRST.0));
    }
    testdata::write(&folder.0, testdata::SECOND);
    let until = Instant::now() + GIVEN_UP;
    while shown().await != testdata::der(testdata::SECOND.0) {
        assert!(Instant::now() < until, "a good one is taken afterwards");
    }
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_certificate_or_a_taken_address_is_said_at_start() {
    let folder = Folder::new("serve-start");
    let mut wrong = tls_config(&folder);
    std::fs::write(folder.0.join("tls.key"), testdata::SECOND.1).unwrap();
    assert!(matches!(
        Listening::bind(&wrong).await,
        Err(CannotServe::Certificate(_, tls::Unusable::Unfit(_)))
    ));
    wrong.tls = None;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    wrong.listen = taken.local_addr().unwrap();
    assert!(matches!(Listening::bind(&wrong).await, Err(CannotServe::Listen(..))));
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_it_finishes_what_it_has_begun_and_takes_nothing_new() {
    // It would wait so long for what does not end by itself.
    let portal = Portal::of(&config("stop_seconds = 60")).await;
    let to = portal.address;
    let slow = tokio::spawn(async move { answer(to, "GET /slow HTTP/1.1\r\nhost: localhost").await });
    let live = tokio::spawn(async move { answer(to, "GET /live HTTP/1.1\r\nhost: localhost").await });
    tokio::time::sleep(Duration::from_millis(150)).await;
    let started = Instant::now();
    portal.stop().await;
    assert!(started.elapsed() < Duration::from_secs(60), "it does not wait longer than it must");
    assert!(slow.await.unwrap().ends_with("late but whole"));
    assert!(live.await.unwrap().ends_with("the live page ends"));
    assert!(TcpStream::connect(to).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_a_head_that_dribbles_in_is_given_up() {
    let portal = Portal::of(&config("")).await;
    let (_, took) = exchange(portal.address, "GET / HTTP/1.1\r\nhost: loc").await;
    assert!(took < GIVEN_UP, "{took:?}");
    let (_, took) = exchange(portal.address, "").await;
    assert!(took < GIVEN_UP, "a silent connection too: {took:?}");
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_a_body_that_stops_is_given_up() {
    let portal = Portal::of(&config("")).await;
    let head = "POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\nonly this";
    let (answer, took) = exchange(portal.address, head).await;
    assert!(took < GIVEN_UP && status(&answer) != "200", "{took:?} {answer}");
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_a_client_that_does_not_read_is_given_up() {
    let portal = Portal::of(&config("")).await;
    let mut stream = TcpStream::connect(portal.address).unwrap();
    stream.write_all(b"GET /flood HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    tokio::time::sleep(Duration::from_millis(2500)).await;
    let mut received = Vec::new();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let ended = stream.read_to_end(&mut received);
    assert!(received.len() < 64 << 20, "cut after {} bytes ({ended:?})", received.len());
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_slow_clients_of_one_address_cannot_take_all_connections() {
    let portal = Portal::of(&config("connections_per_address = 4")).await;
    let silent: Vec<TcpStream> = (0..4).map(|_| TcpStream::connect(portal.address).unwrap()).collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let one_more = answer(portal.address, "GET / HTTP/1.1\r\nhost: localhost").await;
    assert_eq!(one_more, "", "the fifth is closed at once");
    for stream in &silent {
        stream.shutdown(Shutdown::Both).unwrap();
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let after = answer(portal.address, "GET / HTTP/1.1\r\nhost: localhost").await;
    assert_eq!(status(&after), "200", "and there is room again when they are gone");
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_never_answered_is_given_up_and_an_upload_is_not() {
    let portal = Portal::of(&config("request_seconds = 1\nbody_bytes = 16384")).await;
    let given_up = answer(portal.address, "GET /never HTTP/1.1\r\nhost: a").await;
    assert_eq!(status(&given_up), "503");
    assert!(given_up.contains("retry-after: 5"), "{given_up}");
    let body = "b".repeat(20_000);
    let head = "POST /upload HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 20000\r\n\r\n";
    let (uploaded, _) = exchange(portal.address, format!("{head}{body}")).await;
    assert!(uploaded.ends_with("20000"), "{uploaded}");
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_and_bodies_beyond_their_limits_are_refused() {
    let portal = Portal::of(&config("header_bytes = 8192\nbody_bytes = 16384")).await;
    let to = portal.address;
    let wide = format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}", "a".repeat(20_000));
    assert_eq!(status(&answer(to, &wide).await), "431");
    let many: String = (0..200).map(|n| format!("\r\nx{n}: 1")).collect();
    assert_eq!(status(&answer(to, &format!("GET / HTTP/1.1\r\nhost: localhost{many}")).await), "431");
    let body = format!(
        "POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 20000\r\n\r\n{}",
        "b".repeat(20_000)
    );
    assert_eq!(status(&exchange(to, body).await.0), "413");
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s55_a_proxy_that_passes_on_plain_http_is_sent_to_https() {
    let portal = Portal::of(&config("behind_proxy = true\ntrusted_proxies = ['127.0.0.0/8']")).await;
    let head = |method: &str, proto: &str| {
        format!(
            "{method} /echo?a=1 HTTP/1.1\r\nhost: portal.example\r\nx-forwarded-for: 192.0.2.9\r\nx-forwarded-proto: {proto}"
        )
    };
    let sent_on = answer(portal.address, &head("GET", "http")).await;
    assert_eq!(status(&sent_on), "308");
    assert!(sent_on.contains("location: https://portal.example/echo?a=1"), "{sent_on}");
    assert_eq!(status(&answer(portal.address, &head("POST", "http")).await), "403");
    assert_eq!(status(&answer(portal.address, &head("POST", "https")).await), "200");
    let seen = answer(portal.address, "GET / HTTP/1.1\r\nhost: a\r\nx-forwarded-for: 192.0.2.9").await;
    assert!(seen.ends_with("192.0.2.9") && seen.contains("strict-transport-security"), "{seen}");
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_stated_host_names_are_served() {
    let portal = Portal::of(&config("public_hosts = ['portal.example']")).await;
    let at = async |path: &str, host: &str| {
        let answer = answer(portal.address, &format!("GET {path} HTTP/1.1\r\nhost: {host}")).await;
        status(&answer).to_owned()
    };
    assert_eq!(at("/", "Portal.Example:8080").await, "200");
    assert_eq!(at("/", "evil.example").await, "421");
    assert_eq!(at("/", "127.0.0.1").await, "421");
    assert_eq!(at("/healthz", "127.0.0.1").await, "200", "a balancer knows no name");
    portal.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn measures_are_served_beside_the_portal() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let metrics = crate::ops::metrics::Metrics::start(None);
    let beside = tokio::spawn(beside(free, metrics.router(), config("").limits, async move {
        let _ = stopped.await;
    }));
    let until = Instant::now() + GIVEN_UP;
    while TcpStream::connect(free).is_err() {
        assert!(Instant::now() < until);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let answer = answer(free, "GET /metrics HTTP/1.1\r\nhost: localhost").await;
    assert!(status(&answer) == "200" && answer.contains("vaktbok_connections"), "{answer}");
    stop.send(()).unwrap();
    beside.await.unwrap().unwrap();
}
