//! Small files that would be large, and large files that are sent many at once: what stands in the program's memory is bounded.

use super::huge::{Served, served};
use serde_json::{Value, json};
use server::archive::import::room::{UPLOADS_AT_ONCE, UPLOADS_OF_A_TENANT, VCON_BYTES_AT_ONCE};
use std::io::Write;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use vaktbok_tests::{Answer, Http, both_engines, repetitions};

const MIB: usize = 1024 * 1024;
/// What the process may grow by for all the bombs, one after the other; unpacked, one of them alone is twice this.
const BOMBS_GROWTH_BYTES: u64 = 96 << 20;
/// Bytes in memory for each byte of vCons that are read at once: three for the file, its JSON and what is decoded, the rest for
/// what the allocator keeps.
const TIMES_IN_MEMORY: f64 = 4.8;

fn packed(megabytes: usize) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..megabytes {
        packed.write_all(&vec![0; MIB]).unwrap();
    }
    packed.finish().unwrap()
}

/// A chat of this identity with these attachments.
fn chat(n: usize, attachments: &[Value]) -> Value {
    json!({
        "vcon": "0.0.1", "uuid": format!("0197f3a0-2222-7000-8000-{n:012x}"), "subject": format!("Chatt {n}"),
        "created_at": "2026-03-02T11:40:12+01:00",
        "parties": [{ "name": "Kund", "role": "customer" }, { "name": "A", "role": "agent" }],
        "dialog": [{ "type": "text", "start": "2026-03-02T11:40:12+01:00", "parties": [0], "originator": 0,
            "mimetype": "text/plain", "body": "Hej", "encoding": "none" }],
        "attachments": attachments,
    })
}

fn attachment(bytes: &[u8]) -> Value {
    json!({ "party": 0, "mimetype": "application/octet-stream", "filename": "a.bin", "encoding": "base64url",
        "body": data_encoding::BASE64URL_NOPAD.encode(bytes) })
}

/// What is sent in, and whether it is brought in.
fn bombs() -> Vec<(&'static str, bool, Vec<u8>)> {
    let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
    zip.extend(packed(192));
    let many: Vec<Value> = (0..5_000).map(|_| attachment(b"x")).collect();
    let values = format!("{{\"vcon\":\"0.0.1\",\"a\":[{}0]}}", "0,".repeat(MIB));
    let keys: String = (0..100_000).map(|n| format!("\"k{n}\":{{}},")).collect();
    let mut sound = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\xff\xff\xff\xff".to_vec();
    sound.extend([128; 64]);
    let mut endless = chat(6, &[]);
    endless["dialog"] = json!([{ "type": "recording", "start": "2026-03-02T11:40:12+01:00", "duration": 1e300, "parties": [0, 1],
        "mimetype": "audio/x-wav", "filename": "a.wav", "encoding": "base64url", "body": data_encoding::BASE64URL_NOPAD.encode(&sound) }]);
    vec![
        ("gzip", false, packed(192)),
        ("zip", false, zip),
        ("deep", false, format!("{{\"a\":{}", "{\"a\":".repeat(MIB)).into_bytes()),
        ("values", false, values.into_bytes()),
        ("keys", false, format!("{{{keys}\"vcon\":\"0.0.1\"}}").into_bytes()),
        ("attachments", false, chat(4, &many).to_string().into_bytes()),
        ("packed within", true, chat(5, &[attachment(&packed(192))]).to_string().into_bytes()),
        ("endless sound", false, endless.to_string().into_bytes()),
        ("large within", true, chat(7, &[attachment(&vec![7; 8 * MIB])]).to_string().into_bytes()),
    ]
}

async fn brought_in(http: &Http, key: &str, body: Vec<u8>) -> Answer {
    let ask = http.post("/api/v1/interactions").key(key).without("origin");
    ask.header("content-type", "application/vcon+json").body(body).send().await
}

/// Uploads of so many megabytes each, all at once; how many were brought in, and by how much the program grew.
async fn at_once(served: &Served, numbers: std::ops::Range<usize>, megabytes: usize) -> (usize, u64) {
    let sending = async {
        let uploads = numbers.map(|n| {
            let (http, key) = (Http::new(served.server.address()), served.key.clone());
            let body = chat(n, &[attachment(&vec![7; megabytes * MIB / 4 * 3])]).to_string().into_bytes();
            tokio::spawn(async move { until_taken(&http, &key, body).await })
        });
        let uploads: Vec<_> = uploads.collect();
        let mut imported = 0;
        for upload in uploads {
            imported += upload.await.unwrap();
        }
        imported
    };
    served.grown(sending).await
}

/// Sends it until it is dealt with: while others are read, the answer may be to come again.
async fn until_taken(http: &Http, key: &str, body: Vec<u8>) -> usize {
    for _ in 0..100 {
        let ask = http.post("/api/v1/interactions").key(key).without("origin");
        let ask = ask.header("content-type", "application/vcon+json").body(body.clone());
        match tokio::time::timeout(Duration::from_secs(25), ask.try_send()).await {
            Ok(Ok(answer)) if answer.status == 200 => {
                let told = answer.json();
                let count = |name: &str| told[name].as_u64().unwrap_or(0);
                return usize::try_from(count("imported") + count("unchanged")).unwrap();
            }
            _ => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
    panic!("an upload is not taken");
}

both_engines! {
    async fn s54_r15_what_would_swell_is_set_aside_or_kept_as_it_is_and_never_unpacked(world: World) {
        let served = served(&world).await;
        let http = served.server.http();
        let (told, grown) = served.grown(async {
            let mut told = Vec::new();
            for (what, taken, body) in bombs() {
                let answer = brought_in(&http, &served.key, body).await;
                let text: String = answer.text().chars().take(300).collect();
                if answer.status != 200 || (answer.json()["imported"] == 1) != taken {
                    told.push(format!("{what}: {} {text}", answer.status));
                }
            }
            told
        }).await;
        assert!(told.is_empty(), "{}", told.join("\n"));
        println!("bombs: {} kB more", grown / 1024);
        assert!(grown < BOMBS_GROWTH_BYTES, "{grown} bytes more");
        served.well().await;
    }

    async fn s54_r14_many_large_uploads_at_once_take_no_more_memory_than_is_stated(world: World) {
        let served = served(&world).await;
        let (megabytes, uploads) = (repetitions(8, 60), repetitions(6, 12));
        let (first, one) = at_once(&served, 100..101, megabytes).await;
        let (others, many) = at_once(&served, 200..200 + uploads, megabytes).await;
        println!("{megabytes} MiB: one takes {} kB more, {uploads} at once {} kB", one / 1024, many / 1024);
        assert_eq!((first, others), (1, uploads), "all are brought in");
        let most = VCON_BYTES_AT_ONCE as f64 * TIMES_IN_MEMORY;
        assert!((many as f64) < most, "{many} bytes more for {} of vCons at once", uploads * megabytes * MIB);
        served.well().await;
    }

    async fn s54_r14_a_vcon_waits_on_disk_until_there_is_room_in_memory_for_it(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let key = crate::users::key(&portal, &tenant, &["archive.import"]).await.1;
        let room = &portal.app().room;
        let half = room.read(VCON_BYTES_AT_ONCE as u64 / 2).await.unwrap();
        let other = room.read(u64::MAX);
        assert!(tokio::time::timeout(Duration::from_millis(50), other).await.is_err(), "half and the largest are too much");
        brought_in(&portal.http(), &key, chat(1, &[]).to_string().into_bytes()).await.expect(200);
        drop(half);
        let whole = room.read(u64::MAX).await.unwrap();
        let address = portal.address();
        let sent = tokio::spawn(async move { brought_in(&Http::new(address), &key, chat(2, &[]).to_string().into_bytes()).await });
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(!sent.is_finished(), "read while there was no room");
        drop(whole);
        assert_eq!(sent.await.unwrap().expect(200).json()["imported"], 1);
    }

    async fn s57_s54_an_upload_beyond_the_room_is_told_when_to_come_back_and_one_tenant_does_not_take_the_room_of_all(world: World) {
        let portal = world.portal().await;
        let (mut keys, mut begun) = (Vec::new(), Vec::new());
        for number in 1..=UPLOADS_AT_ONCE / UPLOADS_OF_A_TENANT + 1 {
            let tenant = portal.tenant(number.try_into().unwrap()).await;
            keys.push(crate::users::key(&portal, &tenant, &["archive.import"]).await.1);
        }
        let http = portal.http();
        let one = |n: usize| chat(n, &[]).to_string().into_bytes();
        for (at, key) in keys.iter().enumerate().take(keys.len() - 1) {
            brought_in(&http, key, one(900 + at)).await.expect(200);
            for _ in 0..UPLOADS_OF_A_TENANT {
                begun.push(half_an_upload(&http, key).await);
            }
            // All of them hold their place before one more asks for it.
            while std::fs::read_dir(world.folder().path().join("spool")).unwrap().count() < begun.len() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let refused = answered(&http, key, one(at), 429).await;
            assert_eq!(refused.header("retry-after"), Some("60"));
            assert!(refused.text().contains("16 uploads of yours"), "{}", refused.text());
        }
        let refused = answered(&http, &keys[keys.len() - 1], one(50), 503).await;
        assert_eq!(refused.header("retry-after"), Some("2"));
        assert!(refused.text().contains("as there is room for"), "{}", refused.text());
        begun.clear();
        for (at, key) in keys.iter().enumerate() {
            answered(&http, key, one(60 + at), 200).await;
        }
        let spool = world.folder().path().join("spool");
        assert_eq!(std::fs::read_dir(spool).unwrap().count(), 0, "no file of a broken-off upload stays");
    }
}

/// An upload whose body does not go on.
async fn half_an_upload(http: &Http, key: &str) -> TcpStream {
    let mut stream = TcpStream::connect(http.address()).await.unwrap();
    let head = format!(
        "POST /api/v1/interactions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\nContent-Length: 5000000\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Asks until the answer is this one: what others began or gave up is noticed a moment later.
async fn answered(http: &Http, key: &str, body: Vec<u8>, status: u16) -> Answer {
    for _ in 0..200 {
        let answer = brought_in(http, key, body.clone()).await;
        if answer.status == status {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    brought_in(http, key, body).await.expect(status)
}
