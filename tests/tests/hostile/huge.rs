//! A megabyte where a name is expected, a hundred thousand brackets, a body that says it was compressed: refused in words, and
//! in little memory, by the program itself.

use crate::commands::{json, migrated};
use crate::doors::ground::Ground;
use crate::doors::samples::samples;
use kernel::door::For;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use vaktbok_tests::program::{run, vaktbok};
use vaktbok_tests::{Answer, Http, PASSWORD, Program, World, both_engines};

const MIB: usize = 1024 * 1024;
/// Of each kind so many are sent at once: kept whole, they would be twice the bound below.
const AT_ONCE: usize = 64;
/// What the process may grow by for heads of a megabyte, [`AT_ONCE`] of them.
const HEADS_GROWTH_BYTES: u64 = 32 << 20;
/// What it may grow by for bodies of a megabyte and for brackets.
const BODIES_GROWTH_BYTES: u64 = 64 << 20;

/// The program with a customer, its administrator signed in, and a key that brings things in.
pub struct Served {
    pub server: Program,
    pub admin: Http,
    pub key: String,
}

pub async fn served(world: &World) -> Served {
    migrated(world);
    let added = json(&run(&mut vaktbok("tenant add --number 1 --name Ett --json", world)));
    let words = "key add --tenant 1 --owner admin --json --scope archive.import --scope users.import --scope users.manage";
    let key = json(&run(&mut vaktbok(words, world)))["key"].as_str().unwrap().to_owned();
    let server = Program::serve(world);
    let (_, link) = added["link"].as_str().unwrap().split_once("/set-password/").unwrap();
    let fields = [("new", PASSWORD), ("again", PASSWORD)];
    server.http().post(&format!("/set-password/{link}")).form(&fields).send().await.expect(303);
    let admin = inside(&server).await;
    Served { server, admin, key }
}

/// The first administrator, signed in.
pub async fn inside(server: &Program) -> Http {
    let http = server.http();
    let fields = [("number", "1"), ("name", "admin"), ("password", PASSWORD)];
    http.post("/sign-in").form(&fields).send().await.expect(303);
    http
}

impl Served {
    /// It lives, and nothing in it panicked or failed.
    pub async fn well(&self) {
        self.server.http().get("/readyz").send().await.expect(200);
        let bad: Vec<String> = self
            .server
            .said()
            .into_iter()
            .filter(|line| line.contains("panick") || line.contains("ERROR"))
            .collect();
        assert!(bad.is_empty(), "{bad:?}");
    }
    /// How much it grew meanwhile, in bytes.
    pub async fn grown<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.server.forget_peak();
        let done = work.await;
        (done, self.server.peak_bytes().saturating_sub(before))
    }
}

/// What goes over the wire as it is, with a megabyte in one part of it.
fn heads() -> [(&'static str, Vec<u8>); 5] {
    let long = "a".repeat(MIB);
    let host = "Host: localhost\r\n";
    [
        ("header", format!("GET / HTTP/1.1\r\n{host}X-Long: {long}\r\n\r\n")),
        ("cookie", format!("GET / HTTP/1.1\r\n{host}Cookie: __Host-vaktbok={long}\r\n\r\n")),
        ("query", format!("GET /users?q={long} HTTP/1.1\r\n{host}\r\n")),
        ("path", format!("GET /{long} HTTP/1.1\r\n{host}\r\n")),
        ("key", format!("GET /api/v1/users HTTP/1.1\r\n{host}Authorization: Bearer {long}\r\n\r\n")),
    ]
    .map(|(part, text)| (part, text.into_bytes()))
}

/// Sends all of it, as fast as a telephone would, and then reads the answer to its end. A connection that is reset meanwhile is an error: on some systems it
/// takes the answer along.
async fn exchanged(address: SocketAddr, bytes: &[u8]) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    for piece in bytes.chunks(MIB / 8) {
        stream.write_all(piece).await?;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await??;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Each kind of head, so many at once; what was answered otherwise than it should.
async fn sent_heads(http: &Http) -> Vec<String> {
    let mut told = Vec::new();
    for (part, bytes) in heads() {
        let ask = |bytes: Vec<u8>| {
            let address = http.address();
            tokio::spawn(async move { exchanged(address, &bytes).await })
        };
        let asked: Vec<_> = (0..AT_ONCE).map(|_| ask(bytes.clone())).collect();
        for said in asked {
            let said = said.await.unwrap().unwrap_or_else(|cut| format!("cut off: {cut}"));
            let line = said.lines().next().unwrap_or_default();
            if !["HTTP/1.1 431 Request Header Fields Too Large", "HTTP/1.1 414 URI Too Long"].contains(&line)
            {
                told.push(format!("{part}: {line:?}"));
            }
        }
    }
    told
}

/// Bodies that are refused, with the status and a word of what is said.
async fn sent_bodies(served: &Served) -> Vec<String> {
    let (long, nested) =
        ("a".repeat(MIB), |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    let deep = |depth: usize| format!("{{\"name\":{}}}", nested(depth));
    let cell = format!("name;user_name;group\n{long};anna;Agents\nBo;bo;Agents\n");
    let http = served.server.http();
    let json = |path: &str, body: String| {
        http.post(path)
            .key(&served.key)
            .without("origin")
            .header("content-type", "application/json")
            .header("idempotency-key", &format!("k-{}", body.len()))
            .body(body)
    };
    let asks = [
        (
            "form",
            413,
            "Skicka högst",
            served.admin.post("/groups").form(&[("name", &*long), ("kind", "agents")]),
        ),
        ("text", 413, "error-body-too-large", json("/api/v1/users", format!("{{\"name\":\"{long}\"}}"))),
        ("deep", 413, "error-body-too-large", json("/api/v1/users", deep(100_000))),
        ("less deep", 422, "recursion limit", json("/api/v1/users", deep(30_000))),
        ("list", 422, "error-field-unknown", json("/api/v1/users", nested(30_000))),
        ("deep call", 200, "vcon-too-deep", json("/api/v1/interactions", nested(100_000))),
        ("open call", 200, "vcon-too-deep", json("/api/v1/interactions", "[".repeat(MIB))),
        (
            "long call",
            200,
            "\"quarantined\":[{",
            json("/api/v1/interactions", format!("{{\"subject\":\"{long}\"}}")),
        ),
        (
            "cell",
            201,
            "error-field-too-long",
            http.post("/api/v1/imports")
                .key(&served.key)
                .without("origin")
                .header("content-type", "text/csv")
                .body(cell),
        ),
    ];
    let mut told = Vec::new();
    for (what, status, word, ask) in asks {
        let answer = ask.send().await;
        let text = answer.text();
        if answer.status != status || !text.contains(word) || text.len() > 64 * 1024 {
            told.push(format!("{what}: {} {}", answer.status, text.chars().take(300).collect::<String>()));
        }
    }
    told
}

both_engines! {
    async fn s35_s54_r14_a_megabyte_in_any_part_of_a_request_is_refused_in_words_and_in_little_memory(world: World) {
        let served = served(&world).await;
        sent_heads(&served.admin).await;
        let (told, grown) = served.grown(sent_heads(&served.admin)).await;
        assert!(told.is_empty(), "{}", told.join("\n"));
        println!("heads: {} kB more", grown / 1024);
        assert!(grown < HEADS_GROWTH_BYTES, "{grown} bytes more for {AT_ONCE} heads of {MIB} bytes at once");
        let (told, grown) = served.grown(sent_bodies(&served)).await;
        assert!(told.is_empty(), "{}", told.join("\n"));
        println!("bodies: {} kB more", grown / 1024);
        assert!(grown < BODIES_GROWTH_BYTES, "{grown} bytes more");
        served.well().await;
    }

    async fn s54_r15_a_body_that_says_it_was_compressed_is_refused_415_with_what_to_do_at_every_door(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let nobody = portal.http();
        let id = "019a0000-0000-7000-8000-000000000000";
        let (mut told, mut asked) = (Vec::new(), 0);
        for sample in samples().into_iter().filter(|s| s.changes()) {
            let path = sample.address.split('/').map(|piece| if piece.starts_with('{') { id } else { piece });
            let path = path.collect::<Vec<_>>().join("/");
            for coding in ["gzip", "br", "deflate", "identity, GZIP", "zstd", "gzip, gzip"] {
                let program = sample.sign.who == For::Programs;
                let http = if program { &nobody } else { &ground.admin };
                let ask = http.ask(sample.sign.method.as_str(), &path).header("content-encoding", coding).body(bomb());
                let ask = if program { ask.key(&ground.key) } else { ask };
                let answer: Answer = ask.send().await;
                asked += 1;
                let says = answer.status == 415 && answer.text().contains("without Content-Encoding");
                if !says || answer.header("accept-encoding") != Some("identity") {
                    told.push(format!("{} {coding}: {}", sample.name(), answer.status));
                }
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
        assert!(asked > 6 * 80, "the doors were asked: {asked}");
        let plain = [("name", "Under öst"), ("kind", "agents")];
        ground.admin.post("/groups").header("content-encoding", "identity").form(&plain).send().await.expect(303);
    }
}

/// A megabyte of zeros, packed into a thousandth of it (RFC 1952): stored blocks would do as well.
fn bomb() -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![0; MIB]).unwrap();
    packed.finish().unwrap()
}
