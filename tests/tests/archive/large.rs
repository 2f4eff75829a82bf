//! A recording of many hours goes through the running program, in and out again, and stands nowhere in its memory.

use super::{links, opened};
use crate::hostile::huge::served;
use server::front::SESSION_COOKIE;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use vaktbok_tests::{Answer, Http, both_engines, repetitions};

const MIB: u64 = 1024 * 1024;
/// The recording that all others are measured against.
const SMALL_MIB: u64 = 8;
/// What the program may grow by while a recording comes in, or goes out, however long it is: pieces on their way to the disk.
const GROWTH_BYTES: u64 = 64 * MIB;
/// What a longer one may cost more than the small one; kept whole, the longer one of an ordinary run would cost 40 MiB more.
const LONGER_GROWTH_BYTES: u64 = 16 * MIB;
/// Between two numbers of the sound.
const STEP_BYTES: u64 = 8;
/// 48,000 frames of two samples of 16 bits a second (RIFF WAVE, format 1).
const BYTES_A_SECOND: u64 = 192_000;
const HEAD_BYTES: u64 = 48;
const EDGE: &str = "----------------vaktbok-tests";
const PATIENCE: Duration = Duration::from_secs(900);

both_engines! {
    async fn r14_a_recording_however_long_goes_in_and_out_of_the_running_program_in_constant_memory(world: World) {
        let served = served(&world).await;
        // What is loaded at first use is no memory of a recording.
        brought_in(&served.admin, 1).await;
        let longer = u64::try_from(repetitions(48, 1024)).unwrap();
        let mut grown = Vec::new();
        for size in [SMALL_MIB, longer] {
            let (call, inward) = served.grown(brought_in(&served.admin, size)).await;
            let page = opened(&served.admin, call, "Whether it is whole").await;
            let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
            let ((), sought) = served.grown(seek(&served.admin, &audio, size)).await;
            let ((), outward) = served.grown(heard(&served.admin, &audio, size)).await;
            println!("{size} MiB: in {} kB more, seeking {} kB, out {} kB", inward / 1024, sought / 1024, outward / 1024);
            grown.push([inward, sought, outward]);
        }
        for (small, long) in grown[0].iter().zip(grown[1]) {
            assert!(long < GROWTH_BYTES, "{long} bytes more for {longer} MiB: {grown:?}");
            assert!(long < small + LONGER_GROWTH_BYTES, "{longer} MiB cost {long} bytes, {SMALL_MIB} MiB {small}: {grown:?}");
        }
        served.well().await;
    }
}

/// The sound's bytes from one on: the head of its file, then numbers that count.
fn sound(from: u64, bytes: u64, all: u64) -> Vec<u8> {
    let first = from / STEP_BYTES;
    let mut made = Vec::with_capacity(usize::try_from(bytes + 2 * STEP_BYTES).unwrap());
    for number in first..(from + bytes).div_ceil(STEP_BYTES) {
        made.extend_from_slice(&number.to_le_bytes());
    }
    if first * STEP_BYTES < HEAD_BYTES {
        for (place, byte) in made.iter_mut().zip(&head(all)[usize::try_from(first * STEP_BYTES).unwrap()..]) {
            *place = *byte;
        }
    }
    let begins = usize::try_from(from - first * STEP_BYTES).unwrap();
    made[begins..][..usize::try_from(bytes).unwrap()].to_vec()
}

fn head(all: u64) -> Vec<u8> {
    let length = |bytes: u64| u32::try_from(bytes).unwrap().to_le_bytes();
    let mut head = b"RIFF".to_vec();
    head.extend(length(all - 8));
    head.extend(b"WAVEfmt \x14\0\0\0\x01\0\x02\0\x80\xbb\0\0\0\xee\x02\0\x04\0\x10\0\0\0\0\0data");
    head.extend(length(all - HEAD_BYTES));
    head
}

fn call(size: u64) -> serde_json::Value {
    serde_json::json!({
        "vcon": "0.0.1", "uuid": format!("0197f3a0-3333-7000-8000-{size:012x}"), "subject": format!("Long {size}"),
        "created_at": "2026-03-02T11:40:12+01:00",
        "parties": [{ "name": "Kund", "role": "customer" }, { "name": "A", "role": "agent" }],
        "dialog": [{ "type": "recording", "start": "2026-03-02T11:40:12+01:00", "parties": [0, 1],
            "duration": (size * MIB - HEAD_BYTES) / BYTES_A_SECOND, "mimetype": "audio/wav", "filename": "long.wav" }],
    })
}

/// Sends a call with a recording of so many MiB as a page does, piece by piece, and waits until it is in the archive.
async fn brought_in(admin: &Http, size: u64) -> kernel::Uuid {
    let part = |name: &str| {
        format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n")
    };
    let before = format!("{}{}\r\n{}", part("long.vcon.json"), call(size), part("long.wav"));
    let (after, all) = (format!("\r\n--{EDGE}--\r\n"), size * MIB);
    let length = before.len() as u64 + all + after.len() as u64;
    let kind = format!("Content-Type: multipart/form-data; boundary={EDGE}\r\nContent-Length: {length}\r\n");
    let mut stream = asked(admin, "POST", "/archive/import", &kind).await;
    stream.write_all(before.as_bytes()).await.unwrap();
    for at in 0..size {
        stream.write_all(&sound(at * MIB, MIB, all)).await.unwrap();
    }
    stream.write_all(after.as_bytes()).await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("HTTP/1.1 303"), "{said}");
    let place = said.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    over(admin, place).await;
    super::found(admin, "medium=call", &format!("Long {size}")).await
}

async fn over(admin: &Http, place: &str) {
    let began = Instant::now();
    loop {
        let page = admin.get(place).send().await.expect(200).text();
        if !page.contains("data-poll") {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{page}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// A request whose body is still to be sent; its answer ends the connection.
async fn asked(http: &Http, method: &str, path: &str, more: &str) -> TcpStream {
    let address: SocketAddr = http.address();
    let session = http.cookie(SESSION_COOKIE).unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n\
         Cookie: {SESSION_COOKIE}={session}\r\nConnection: close\r\n{more}\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// A second here and there, as a player seeks: at the beginning, in the middle, at the very end.
async fn seek(admin: &Http, audio: &str, size: u64) {
    let all = size * MIB;
    for n in 0..32 {
        let from = n * (all - BYTES_A_SECOND) / 31;
        let range = format!("bytes={from}-{}", from + BYTES_A_SECOND - 1);
        let answer: Answer = admin.get(audio).header("range", &range).send().await.expect(206);
        assert!(answer.body == sound(from, BYTES_A_SECOND, all), "{range}");
    }
}

/// All of it, thrown away as it comes: every byte is the one that was sent in.
async fn heard(admin: &Http, audio: &str, size: u64) {
    let all = size * MIB;
    let mut stream = asked(admin, "GET", audio, "").await;
    let (mut head, mut piece) = (Vec::new(), vec![0; 256 * 1024]);
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    assert!(head.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&head));
    let mut at = 0;
    loop {
        let count = stream.read(&mut piece).await.unwrap();
        if count == 0 {
            break;
        }
        assert!(piece[..count] == sound(at, count as u64, all), "from byte {at} on");
        at += count as u64;
    }
    assert_eq!(at, all, "all of it came");
}
