//! HTTP/2 as no browser speaks it: heads without end, more streams than are allowed, streams given up as soon as they are begun,
//! answers that nobody reads. The server says goodbye or refuses, its memory is bounded, and others are served meanwhile.

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::ServerName;
use server::ops::limits;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use vaktbok_tests::frames::{
    CERTIFICATE, END_HEADERS, END_STREAM, Frames, field, frame, head, kind, trusting,
};
use vaktbok_tests::program::vaktbok;
use vaktbok_tests::{Engine, Program, World};

/// What the process may grow by for one of the attacks.
const GROWTH_BYTES: u64 = 64 << 20;
/// What is told to a client that is worth no more work (RFC 9113, section 7).
const ENHANCE_YOUR_CALM: u32 = 0xb;
/// What is told of a stream that was not begun, and may be asked for again.
const REFUSED_STREAM: u32 = 0x7;
/// The setting that says how much of each answer may be sent (RFC 9113, section 6.5.2).
const INITIAL_WINDOW_SIZE: u16 = 4;

/// The program with TLS.
fn encrypted(world: &World) -> Program {
    let folder = world.folder().path();
    let (certificate, key) = (folder.join("tls.pem"), folder.join("tls.key"));
    std::fs::write(&certificate, CERTIFICATE.0).unwrap();
    std::fs::write(&key, CERTIFICATE.1).unwrap();
    let mut command = vaktbok("serve --listen 127.0.0.1:0 --idle-seconds 5", world);
    command.arg("--tls-certificate").arg(certificate).arg("--tls-key").arg(key);
    Program::start(command)
}

/// A client of the usual library on a connection of its own.
async fn client(to: SocketAddr) -> hyper::client::conn::http2::SendRequest<Empty<Bytes>> {
    let socket = tokio::net::TcpStream::connect(to).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let tls = tokio_rustls::TlsConnector::from(trusting()).connect(name, socket).await.unwrap();
    let (sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(tls)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn asked(to: SocketAddr, path: &str, wide: usize) -> (u16, String) {
    let mut sender = client(to).await;
    let ask =
        hyper::Request::builder().uri(format!("https://localhost{path}")).header("x-wide", "a".repeat(wide));
    let answer = sender.send_request(ask.body(Empty::new()).unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    (status, String::from_utf8_lossy(&answer.into_body().collect().await.unwrap().to_bytes()).into_owned())
}

/// Does what a client of ill will does, while a good one asks again and again; by how many bytes the program grew.
async fn beside_others(program: &Program, attack: impl FnOnce(SocketAddr) + Send + 'static) -> u64 {
    let (to, over, served) =
        (program.address(), Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let before = program.forget_peak();
    let good = tokio::spawn({
        let (over, served) = (Arc::clone(&over), Arc::clone(&served));
        async move {
            while !over.load(Ordering::SeqCst) {
                assert_eq!(asked(to, "/healthz", 1).await.0, 200, "others are served");
                served.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    });
    while served.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let begun = served.load(Ordering::SeqCst);
    tokio::task::spawn_blocking(move || attack(to)).await.unwrap();
    while served.load(Ordering::SeqCst) <= begun {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    over.store(true, Ordering::SeqCst);
    good.await.unwrap();
    program.peak_bytes().saturating_sub(before)
}

fn world() -> impl Future<Output = World> {
    World::new(Engine::Sqlite)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r14_heads_too_large_for_http_2_are_refused_and_those_without_end_are_cut_off() {
    let world = world().await;
    let program = encrypted(&world);
    assert_eq!(asked(program.address(), "/sign-in", 100).await.0, 200);
    let wide = usize::try_from(limits::HEADER_BYTES).unwrap();
    assert_eq!(asked(program.address(), "/sign-in", wide).await.0, 431);
    // A head whose end never comes, in pieces as large as allowed, and in pieces of nothing.
    for (piece, pieces) in [(limits::FRAME_BYTES as usize, 4_000), (0, 1_000_000)] {
        let grown = beside_others(&program, move |to| {
            let mut frames = Frames::connect(to, &[]);
            let begins = head("GET", "/sign-in", &[]);
            assert!(frames.send(kind::HEADERS, END_STREAM, 1, &begins));
            let filling = field("x", &"a".repeat(piece.saturating_sub(8)));
            let more = frame(kind::CONTINUATION, 0, 1, if piece == 0 { &[] } else { &filling });
            let bunch = vec![more; 100];
            let sent = (0..pieces / 100).take_while(|_| frames.send_all(&bunch)).count();
            assert!(sent < pieces / 100, "all {pieces} pieces of {piece} bytes were taken");
        })
        .await;
        println!("pieces of {piece} bytes: {} kB more", grown / 1024);
        assert!(grown < GROWTH_BYTES, "{grown} bytes more");
    }
    assert!(program.stop());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r14_streams_beyond_the_limit_are_refused_and_those_given_up_at_once_end_the_connection() {
    let world = world().await;
    let program = encrypted(&world);
    let most = limits::STREAMS_PER_CONNECTION;
    let grown = beside_others(&program, move |to| {
        let mut frames = Frames::connect(to, &[]);
        // Bodies that never come keep their streams open.
        let from_here =
            [("origin", "https://localhost"), ("sec-fetch-site", "same-origin"), ("content-length", "10")];
        let ask = head("POST", "/sign-in", &from_here);
        let more = 50;
        for n in 0..most + more {
            assert!(frames.send(kind::HEADERS, END_HEADERS, 2 * n + 1, &ask));
        }
        let mut refused = 0;
        while refused < more {
            let frame = frames.next().expect("refusals");
            if frame.kind == kind::RST_STREAM && frame.code() == REFUSED_STREAM {
                assert!(frame.stream > 2 * most, "one within the limit: {}", frame.stream);
                refused += 1;
            }
        }
    })
    .await;
    assert!(grown < GROWTH_BYTES, "{grown} bytes more");
    let grown = beside_others(&program, |to| {
        let mut frames = Frames::connect(to, &[]);
        let (ask, stop) = (head("GET", "/sign-in", &[]), 8_u32.to_be_bytes());
        let mut taken = 0;
        for n in 0..1_000_u32 {
            let bunch: Vec<Vec<u8>> = (0..100)
                .flat_map(|m| {
                    let stream = 2 * (n * 100 + m) + 1;
                    [
                        frame(kind::HEADERS, END_HEADERS | END_STREAM, stream, &ask),
                        frame(kind::RST_STREAM, 0, stream, &stop),
                    ]
                })
                .collect();
            if !frames.send_all(&bunch) {
                break;
            }
            taken += 100;
        }
        assert!(taken < 100_000, "all were taken");
        println!("given up at once: {taken} streams were sent, then {:?}", frames.farewell());
    })
    .await;
    assert!(grown < GROWTH_BYTES, "{grown} bytes more");
    assert!(program.stop());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r14_frames_that_only_cost_and_answers_that_nobody_reads_take_no_memory_without_bound() {
    let world = world().await;
    let program = encrypted(&world);
    let costly = [
        ("pings", frame(kind::PING, 0, 0, &[7; 8])),
        ("settings", frame(kind::SETTINGS, 0, 0, &[0, 4, 0, 0, 255, 255])),
        ("windows", frame(kind::WINDOW_UPDATE, 0, 0, &[0, 0, 0, 1])),
    ];
    for (what, one) in costly {
        let grown = beside_others(&program, move |to| {
            let mut frames = Frames::connect(to, &[]);
            let bunch = vec![one; 1_000];
            let taken = (0..50).take_while(|_| frames.send_all(&bunch)).count();
            println!("{what}: {taken} 000 taken");
        })
        .await;
        assert!(grown < GROWTH_BYTES, "{what}: {grown} bytes more");
    }
    // Pages that are asked for and not let in: what is kept of them is bounded by the streams of a connection.
    let grown = beside_others(&program, |to| {
        let ask = head("GET", "/sign-in", &[]);
        let mut held = Vec::new();
        for _ in 0..8 {
            let mut frames = Frames::connect(to, &[(INITIAL_WINDOW_SIZE, 0)]);
            for n in 0..limits::STREAMS_PER_CONNECTION {
                assert!(frames.send(kind::HEADERS, END_HEADERS | END_STREAM, 2 * n + 1, &ask));
            }
            let mut heads = 0;
            while heads < limits::STREAMS_PER_CONNECTION {
                heads += u32::from(frames.next().expect("heads of answers").kind == kind::HEADERS);
            }
            held.push(frames);
        }
    })
    .await;
    println!("answers that nobody reads: {} kB more", grown / 1024);
    assert!(grown < GROWTH_BYTES, "{grown} bytes more");
    let garbage = beside_others(&program, |to| {
        let mut frames = Frames::connect(to, &[]);
        // A body for a stream that was never begun.
        frames.send(kind::DATA, 0, 1, &[0; 100]);
        assert!(matches!(frames.farewell(), Some(code) if code != ENHANCE_YOUR_CALM), "it is told why");
    })
    .await;
    assert!(garbage < GROWTH_BYTES);
    assert!(program.stop());
}
