//! The server is killed while it makes a file of a log; started again it goes on from the part it had come to.

use crate::commands::{json, migrated};
use crate::hostile::huge::inside;
use crate::logs::taking::fetched;
use serde_json::Value;
use std::time::Duration;
use vaktbok_tests::program::{run, vaktbok};
use vaktbok_tests::{Engine, Http, PASSWORD, Program, World, both_engines};

/// Readings of the log before the file is ordered: parts of a thousand.
const READINGS: usize = 4_160;
const CLIENTS: usize = 32;
/// A node that says nothing for a minute is dead for the others; one that is alone knows at once.
const PATIENCE: Duration = Duration::from_secs(150);
const ORDER: &str = "/logs/access/export?list=readings";

both_engines! {
    async fn r01_a_file_of_a_log_goes_on_after_a_kill_where_it_was_and_holds_each_entry_once(world: World) {
        migrated(&world);
        let added = json(&run(&mut vaktbok("tenant add --number 1 --name Ett --json", &world)));
        let words = "key add --tenant 1 --owner admin --json --scope logs.archive";
        let key = json(&run(&mut vaktbok(words, &world)))["key"].as_str().unwrap().to_owned();
        let mut server = Program::serve(&world);
        let (_, link) = added["link"].as_str().unwrap().split_once("/set-password/").unwrap();
        let fields = [("new", PASSWORD), ("again", PASSWORD)];
        server.http().post(&format!("/set-password/{link}")).form(&fields).send().await.expect(303);
        read_often(&server, &key).await;
        let place = order(&inside(&server).await).await;
        let (mut kills, mut parts) = (0, 0);
        // On PostgreSQL each kill costs the minute after which its node is taken for dead.
        for _ in 0..if world.engine() == Engine::Sqlite { 3 } else { 1 } {
            let Some(further) = written(&world, parts).await else { break };
            server.kill();
            kills += 1;
            parts = further;
            server = Program::serve(&world);
        }
        println!("killed {kills} times, last after part {parts}");
        assert!(kills > 0, "the file was ready before it could be killed");
        let text = ready(&inside(&server).await, &place).await;
        let http = inside(&server).await;
        let whole = indexes(&fetched(&http, &order(&http).await).await);
        let cut = indexes(&text);
        assert!(cut.len() >= READINGS, "{} entries", cut.len());
        assert!(cut.is_sorted_by(|one, next| one > next), "each once, newest first");
        let same: Vec<i64> = whole.into_iter().filter(|idx| *idx <= cut[0]).collect();
        assert!(cut == same, "what was made across {kills} kills is what is made without");
    }
}

async fn order(http: &Http) -> String {
    let begun = http.post(ORDER).form(&[("format", "jsonl")]).send().await.expect(303);
    begun.header("location").unwrap().to_owned()
}

/// Many different readings of a log by a program, each an entry.
async fn read_often(server: &Program, key: &str) {
    let mut all = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let (http, key) = (server.http(), key.to_owned());
        all.spawn(async move {
            for n in 0..READINGS / CLIENTS {
                let view = format!("/api/v1/logs/archive?q=word{client}x{n}");
                http.get(&view).key(&key).send().await.expect(200);
            }
        });
    }
    all.join_all().await;
}

/// How many parts are written, as soon as there are more than were known and not all; none when the file is ready.
async fn written(world: &World, known: u64) -> Option<u64> {
    let began = std::time::Instant::now();
    while began.elapsed() < PATIENCE {
        let (state, resume) = job(world).await;
        if state == "done" {
            return None;
        }
        let parts = serde_json::from_str::<Value>(&resume).unwrap()["parts"].as_u64().unwrap();
        if state == "going" && parts > known {
            return Some(parts);
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("nobody goes on with the file");
}

/// The newest export's state and where it goes on, as the rows have them.
async fn job(world: &World) -> (String, String) {
    const LOOK: &str =
        "select state, resume from job where kind = 'log-export' order by made_at desc limit 1";
    match world.database() {
        None => {
            let rows = rusqlite::Connection::open(world.folder().path().join("vaktbok.db")).unwrap();
            rows.query_row(LOOK, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
        }
        Some(database) => {
            let row = database.superuser().await.query_one(LOOK, &[]).await.unwrap();
            (row.get(0), row.get(1))
        }
    }
}

async fn ready(http: &Http, place: &str) -> String {
    let began = std::time::Instant::now();
    loop {
        let page = http.get(place).send().await.expect(200).text();
        if page.contains(&format!("{place}/file")) {
            return fetched(http, place).await;
        }
        assert!(page.contains("data-poll") && began.elapsed() < PATIENCE, "{page}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn indexes(text: &str) -> Vec<i64> {
    text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["index"].as_i64().unwrap()).collect()
}
