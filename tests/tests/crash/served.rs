//! The server itself is killed under fifty clients: people who make users, sign in, read logs and rename a group, and a
//! program that brings recordings in. Then it is started again, and asked.

use crate::commands::{json, migrated};
use kernel::{Reader, Uuid, params, sql};
use server::archive::keeping;
use server::front::SESSION_COOKIE as SESSION;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use vaktbok_tests::program::{run, vaktbok};
use vaktbok_tests::{Http, PASSWORD, Portal, Program, World, both_engines, repetitions};

/// Ready again after a start, at the 99th percentile, also with a debug build and a core that others use.
const READY: Duration = Duration::from_secs(10);
/// How long it may take until fifty clients on a busy machine have done anything.
const PATIENCE: Duration = Duration::from_secs(120);
/// Twenty make users, ten rename, eight read a log, eight bring recordings in, four sign in.
const CLIENTS: [(Deed, usize); 5] =
    [(Deed::User, 20), (Deed::Rename, 10), (Deed::View, 8), (Deed::Recording, 8), (Deed::SignIn, 4)];
/// Most recordings that are opened and heard at the end, of those that were acknowledged.
const HEARD_RECORDINGS: usize = 40;

/// What a client does, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    User,
    Rename,
    View,
    Recording,
    SignIn,
}

/// What clients go in with, and what they were told is done: a word of their own each time, or a session's cookie.
#[derive(Default)]
struct Clients {
    session: String,
    key: String,
    group: String,
    told: Mutex<BTreeMap<Deed, Vec<String>>>,
    unexpected: Mutex<Vec<String>>,
}

both_engines! {
    async fn r01_s31_the_server_killed_under_fifty_clients_loses_nothing_it_acknowledged_and_halves_nothing(world: World) {
        let mut ready = rounds(&world, 20).await;
        for _ in 1..repetitions(1, 25) {
            ready.extend(rounds(&World::new(world.engine()).await, 20).await);
        }
        crate::crash::judged(ready, READY);
    }
}

/// So many kills in one world; how long each start took until it was ready.
async fn rounds(world: &World, kills: usize) -> Vec<Duration> {
    migrated(world);
    let added = json(&run(&mut vaktbok("tenant add --number 1 --name Ett --json", world)));
    let words = "key add --tenant 1 --owner admin --json --scope archive.import";
    let key = json(&run(&mut vaktbok(words, world)))["key"].as_str().unwrap().to_owned();
    let mut server = Program::serve(world);
    let (_, link) = added["link"].as_str().unwrap().split_once("/set-password/").unwrap();
    let fields = [("new", PASSWORD), ("again", PASSWORD)];
    server.http().post(&format!("/set-password/{link}")).form(&fields).send().await.expect(303);
    let admin = sign_in(server.address()).await.unwrap();
    let fields = [("name", "Under last"), ("kind", "agents")];
    let made = admin.post("/groups").form(&fields).send().await.expect(303);
    let group =
        made.header("location").unwrap().trim_start_matches("/groups/").split('?').next().unwrap().to_owned();
    let session = admin.cookie(SESSION).unwrap();
    let clients = Arc::new(Clients { session, key, group, ..Clients::default() });
    let mut ready = Vec::new();
    for round in 0..kills {
        under_load_killed(server, &clients, round).await;
        let began = Instant::now();
        server = Program::serve(world);
        while server.http().get("/readyz").send().await.status != 200 {
            assert!(began.elapsed() < PATIENCE, "it does not become ready");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        ready.push(began.elapsed());
        clients.look(server.address(), round).await;
    }
    server.kill();
    clients.look_inside(world).await;
    ready
}

async fn sign_in(address: SocketAddr) -> Option<Http> {
    let http = Http::new(address);
    let fields = [("number", "1"), ("name", "admin"), ("password", PASSWORD)];
    let answer = http.post("/sign-in").form(&fields).try_send().await.ok()?;
    (answer.status == 303).then_some(http)
}

/// Lets all work at once, and kills the server 5 to 500 ms after the first was told that something is done; in every other
/// round after a recording and a user were, which come late on a busy machine.
async fn under_load_killed(server: Program, clients: &Arc<Clients>, round: usize) {
    let before = clients.at_work();
    let mut at_work = Vec::new();
    for (deed, count) in CLIENTS {
        for n in 0..count {
            let (clients, address) = (Arc::clone(clients), server.address());
            at_work.push(tokio::spawn(
                async move { clients.work(deed, address, &format!("k{round}x{n}")).await },
            ));
        }
    }
    let began = Instant::now();
    loop {
        let more = clients.at_work().iter().zip(&before).map(|(now, then)| now - then).collect::<Vec<_>>();
        if more[0] > 0 && (round.is_multiple_of(2) || (more[1] > 0 && more[2] > 0)) {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "nothing is done: {:?}", clients.unexpected.lock().unwrap());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(Duration::from_millis(5 + super::chance() % 496)).await;
    server.kill();
    for client in at_work {
        client.await.unwrap();
    }
}

impl Clients {
    /// How much was told to be done in all, and how many recordings and users of it.
    fn at_work(&self) -> [usize; 3] {
        let told = self.told.lock().unwrap();
        let of = |deed: Deed| told.get(&deed).map_or(0, Vec::len);
        [told.values().map(Vec::len).sum(), of(Deed::Recording), of(Deed::User)]
    }
    fn told(&self, deed: Deed) -> Vec<String> {
        self.told.lock().unwrap().get(&deed).cloned().unwrap_or_default()
    }
    fn as_admin(&self, address: SocketAddr) -> Http {
        let http = Http::new(address);
        http.set_cookie(SESSION, &self.session);
        http
    }

    /// One client, until the server is gone.
    async fn work(&self, deed: Deed, address: SocketAddr, begins: &str) {
        let http = self.as_admin(address);
        for count in 0.. {
            let word = format!("{begins}x{count}");
            let ask = match deed {
                Deed::User => http.post("/users").form(&[
                    ("name", &*word),
                    ("user_name", &word),
                    ("group", &self.group),
                    ("kind", "person"),
                ]),
                Deed::Rename => {
                    http.post(&format!("/groups/{}/rename", self.group)).form(&[("name", &*word)])
                }
                Deed::View => http.get(&format!("/logs/changes?q={word}")),
                Deed::Recording => Http::post(&http, "/api/v1/interactions")
                    .key(&self.key)
                    .without("origin")
                    .json(&call(&word)),
                Deed::SignIn => {
                    let Some(inside) = sign_in(address).await else { return };
                    self.done(deed, inside.cookie(SESSION).unwrap());
                    continue;
                }
            };
            let Ok(answer) = ask.try_send().await else { return };
            match (deed, answer.status) {
                (Deed::Recording, 200) if answer.json()["imported"] == 1 => self.done(deed, word),
                (Deed::View, 200) | (Deed::User | Deed::Rename, 303) => self.done(deed, word),
                // Of two who rename what both saw, the second is told so.
                (_, 503) | (Deed::Rename, 422) => {}
                (_, status) => {
                    self.unexpected.lock().unwrap().push(format!("{deed:?} {status}: {}", answer.text()));
                    return;
                }
            }
        }
    }
    fn done(&self, deed: Deed, word: String) {
        self.told.lock().unwrap().entry(deed).or_default().push(word);
    }

    /// Through the doors: what was acknowledged is there, each user has the entry and each entry the user, the book verifies.
    async fn look(&self, address: SocketAddr, round: usize) {
        assert_eq!(*self.unexpected.lock().unwrap(), Vec::<String>::new());
        let admin = self.as_admin(address);
        for session in self.told(Deed::SignIn) {
            let inside = Http::new(address);
            inside.set_cookie(SESSION, &session);
            inside.get("/me").send().await.expect(200);
        }
        self.told.lock().unwrap().remove(&Deed::SignIn);
        // The file of users names their group: it has no client's word now.
        let mark = format!("k{round}xmark");
        let renamed = admin.post(&format!("/groups/{}/rename", self.group)).form(&[("name", &*mark)]);
        renamed.send().await.expect(303);
        let users = words(&admin.get("/users/export").send().await.expect(200).text());
        let book = whole_book(&admin, &mark).await;
        let of = |name: &str| words(&lines(&book, name));
        let halves: Vec<String> = users.symmetric_difference(&of("user.created")).cloned().collect();
        assert!(halves.is_empty(), "each user has its entry, each entry its user: {halves:?}");
        for (deed, name) in
            [(Deed::User, "user.created"), (Deed::Rename, "group.renamed"), (Deed::View, "log.read")]
        {
            let (told, there) = (self.told(deed), of(name));
            let lost: Vec<&String> = told.iter().filter(|word| !there.contains(*word)).collect();
            assert!(lost.is_empty(), "{deed:?} acknowledged and lost: {lost:?}");
        }
    }

    /// In the tables: each interaction has its entry and its recording, each content its row and its file, and what was brought in sounds.
    async fn look_inside(&self, world: &World) {
        let portal = world.portal().await;
        let all = portal.app().gate.all().await.unwrap();
        let tenant = all.into_iter().find(|tenant| tenant.number() == 1).unwrap();
        let grant = portal.machine(tenant);
        keeping::sweep(portal.app(), &grant, -60).await.unwrap();
        let calls: Vec<(Uuid, String)> = rows(&portal, tenant, |r| {
            r.rows(
                sql!("select id, subject from interaction where tenant_id = $tenant order by id"),
                params! {},
            )
        })
        .await;
        let told: Vec<(Uuid,)> = rows(&portal, tenant, |r| {
            let find = sql!("select subject_id from entry where tenant_id = $tenant and name = 'interaction.imported' order by subject_id");
            r.rows(find, params! {})
        })
        .await;
        let ids = |pairs: &[(Uuid, String)]| pairs.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>();
        assert_eq!(ids(&calls), told.iter().map(|(id,)| *id).collect(), "each call has its entry");
        assert_eq!(calls.len(), told.len());
        let contents: Vec<(Uuid, Uuid)> = rows(&portal, tenant, |r| {
            r.rows(sql!("select id, of_id from content where tenant_id = $tenant order by id"), params! {})
        })
        .await;
        let owners: BTreeSet<Uuid> = contents.iter().map(|(_, of)| *of).collect();
        assert_eq!(owners, ids(&calls), "each call has its recording, and none is of no call");
        let files = files(&world.folder().path().join("content"));
        assert_eq!(
            files,
            contents.iter().map(|(id, _)| id.to_string()).collect(),
            "each content has its file"
        );
        let by_word: BTreeMap<&str, Uuid> = calls.iter().map(|(id, word)| (word.as_str(), *id)).collect();
        let brought = self.told(Deed::Recording);
        let lost: Vec<&String> = brought.iter().filter(|word| !by_word.contains_key(word.as_str())).collect();
        assert!(lost.is_empty(), "recordings acknowledged and lost: {lost:?}");
        // Attempts that a kill cut short took their turn and count as failures: their wait is over first.
        portal.clock().by_seconds(server::signin::waiting::MOST_SECONDS);
        let http = sign_in(portal.address()).await.unwrap();
        for word in brought.iter().rev().take(HEARD_RECORDINGS) {
            let page = crate::archive::opened(&http, by_word[word.as_str()], "Whether it is whole").await;
            let call = by_word[word.as_str()];
            let audio = crate::archive::links(&page, &format!("/archive/{call}/openings/"));
            let audio = audio.first().unwrap_or_else(|| panic!("{page}"));
            let heard = http.get(audio).send().await.expect(200);
            assert!(heard.body == sound(word), "{word}: what is heard is what was brought in");
        }
    }
}

async fn rows<T: Send + 'static>(
    portal: &Portal,
    tenant: kernel::TenantId,
    find: impl FnOnce(&mut Reader<'_>) -> kernel::Result<T> + Send + 'static,
) -> T {
    portal.machine(tenant).read(&portal.app().store, find).await.unwrap()
}

/// The export once it holds the mark; it verifies under its head.
async fn whole_book(admin: &Http, mark: &str) -> String {
    let began = Instant::now();
    loop {
        let paper = async |name: &str| admin.get(&format!("/book/{name}")).send().await.expect(200).text();
        let (head, key, book) = (paper("head").await, paper("key").await, paper("export").await);
        assert!(began.elapsed() < PATIENCE, "no head is signed over {mark}");
        // An export ends at the newest head and leaves an entry itself: one signed meanwhile does not fit, and all are asked for again.
        let papers = verify::Papers { head: &head, key: &key, earlier: None };
        match verify::verify(book.as_bytes(), papers) {
            Ok(report) if report.answer() == verify::Answer::Whole && book.contains(mark) => return book,
            Ok(report)
                if report.answer() != verify::Answer::Whole
                    && book.contains(mark)
                    && began.elapsed() > PATIENCE / 2 =>
            {
                panic!("{report}")
            }
            _ => tokio::time::sleep(Duration::from_millis(400)).await,
        }
    }
}

/// The lines of an export that tell of one kind of event.
fn lines(book: &str, name: &str) -> String {
    let name = format!("\"name\":\"{name}\"");
    book.lines().filter(|line| line.contains(&name)).collect::<Vec<_>>().join("\n")
}

/// The words that clients made up: `k3x17x2`.
fn words(text: &str) -> BTreeSet<String> {
    let made_up = |word: &&str| {
        let mut parts = word.strip_prefix('k').unwrap_or_default().split('x');
        (0..3).all(|_| parts.next().is_some_and(|part| part.parse::<u32>().is_ok())) && parts.next().is_none()
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(made_up).map(str::to_owned).collect()
}

/// Half a second of sound that no other word has: 8 kHz, mono, eight bits.
fn sound(word: &str) -> Vec<u8> {
    let samples: Vec<u8> = word.bytes().cycle().take(4_000).collect();
    let length = u32::try_from(samples.len()).unwrap();
    let mut wave = b"RIFF".to_vec();
    wave.extend((36 + length).to_le_bytes());
    wave.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    wave.extend(length.to_le_bytes());
    wave.extend(samples);
    wave
}

/// A call of that subject with its recording inside, as a vCon.
pub fn call(word: &str) -> serde_json::Value {
    serde_json::json!({
        "vcon": "0.0.1", "uuid": uuid(word), "created_at": "2026-03-02T09:15:01+01:00", "subject": word,
        "parties": [{ "name": "Åsa" }, { "name": "Bo", "tel": "+46701740612" }],
        "dialog": [{
            "type": "recording", "start": "2026-03-02T09:14:01+01:00", "duration": 0.5, "parties": [1, 0],
            "mimetype": "audio/wav", "encoding": "base64url",
            "body": data_encoding::BASE64URL_NOPAD.encode(&sound(word)),
        }],
    })
}

/// An id made of a word's three numbers, of version 8 (RFC 9562, section 5.8).
fn uuid(word: &str) -> Uuid {
    let numbers: Vec<u16> = word.trim_start_matches('k').split('x').map(|n| n.parse().unwrap()).collect();
    Uuid::from_fields(
        0,
        numbers[0],
        0x8000 | numbers[1],
        &[0x80, 0, 0, 0, 0, 0, (numbers[2] >> 8) as u8, numbers[2] as u8],
    )
}

pub fn files(folder: &std::path::Path) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        } else {
            all.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    all
}
