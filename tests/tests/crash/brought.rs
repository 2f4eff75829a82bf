//! What brings interactions in is killed half-way: the command, and the server with an upload under way. Started again with the
//! same files it brings in the rest, each once, and says exactly that.

use super::imported::number;
use super::served::{call, files};
use crate::archive::senders::sent;
use crate::commands::json;
use crate::hostile::huge::{Served, inside, served};
use serde_json::Value;
use std::process::Stdio;
use std::time::{Duration, Instant};
use vaktbok_tests::program::{run, vaktbok};
use vaktbok_tests::{Http, Program, World, both_engines};

/// Calls of one import, each with its recording.
const CALLS: i64 = 240;
/// So many are in when it is killed, at least.
const HALF_WAY: i64 = 40;
/// On PostgreSQL an upload whose node says nothing for a minute is ended at the next look.
const PATIENCE: Duration = Duration::from_secs(180);
const THERE: &str = "select count(*) from interaction";

both_engines! {
    async fn r01_an_import_of_calls_by_command_killed_half_way_brings_in_the_rest_when_it_is_run_again(world: World) {
        let Served { server, .. } = served(&world).await;
        assert!(server.stop());
        let folder = world.folder().path().join("calls");
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in calls() {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let words = format!("import vcon --tenant 1 {} --json", folder.display());
        let mut command = vaktbok(&words, &world);
        let mut importing = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        half_way(&world).await;
        importing.kill().unwrap();
        importing.wait().unwrap();
        let there = number(&world, THERE).await;
        assert!(there < CALLS, "it was over before it could be killed");
        let told = json(&run(&mut vaktbok(&words, &world)));
        println!("killed when {there} were in; then {told}");
        assert_eq!((told["imported"].as_i64(), told["unchanged"].as_i64()), (Some(CALLS - there), Some(there)));
        each_once(&world).await;
    }

    async fn r01_an_upload_of_calls_cut_by_a_kill_says_how_far_it_came_and_brings_in_the_rest_when_it_is_sent_again(world: World) {
        let Served { server, admin, .. } = served(&world).await;
        sent(&admin, calls()).await;
        half_way(&world).await;
        server.kill();
        let there = number(&world, THERE).await;
        assert!(there < CALLS, "it was over before it could be killed");
        let server = Program::serve(&world);
        let admin = inside(&server).await;
        over(&world, 1).await;
        let told = counted(&world, "resume").await;
        println!("killed when {there} were in, the page says {told}");
        // A call stands in the archive before it stands in the count of the job: of one it is not known.
        assert!((there - 1..=there).contains(&told["imported"].as_i64().unwrap()), "{told}");
        assert_eq!(number(&world, "select count(*) from job where kind = 'archive-upload' and state = 'failed'").await, 1);
        again(&world, &admin, there).await;
        each_once(&world).await;
    }
}

/// Sends all of it once more.
async fn again(world: &World, admin: &Http, there: i64) {
    sent(admin, calls()).await;
    over(world, 2).await;
    let told = counted(world, "result").await;
    assert_eq!(
        (told["imported"].as_i64(), told["unchanged"].as_i64()),
        (Some(CALLS - there), Some(there)),
        "{told}"
    );
}

fn calls() -> impl Iterator<Item = (String, String)> {
    (0..CALLS).map(|n| (format!("{n}.vcon.json"), call(&format!("k1x2x{n}")).to_string()))
}

/// Waits until a good part is in.
async fn half_way(world: &World) {
    let began = Instant::now();
    while number(world, THERE).await < HALF_WAY {
        assert!(began.elapsed() < PATIENCE, "nothing comes in");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// Waits until so many uploads are over.
async fn over(world: &World, uploads: i64) {
    let done = "select count(*) from job where kind = 'archive-upload' and state in ('done', 'failed')";
    let began = Instant::now();
    while number(world, done).await < uploads {
        assert!(began.elapsed() < PATIENCE, "an upload does not end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What the newest upload keeps of its counts.
async fn counted(world: &World, column: &str) -> Value {
    let text =
        format!("select {column} from job where kind = 'archive-upload' order by made_at desc limit 1");
    let text: String = match world.database() {
        None => {
            let rows = rusqlite::Connection::open(world.folder().path().join("vaktbok.db")).unwrap();
            rows.query_row(&text, [], |row| row.get(0)).unwrap()
        }
        Some(database) => database.superuser().await.query_one(&text, &[]).await.unwrap().get(0),
    };
    serde_json::from_str(&text).unwrap()
}

/// Each call, its entry and its recording stand there once; of what was cut short a file may be left until it is swept.
async fn each_once(world: &World) {
    assert_eq!(number(world, THERE).await, CALLS);
    for every in [
        "select count(*) from entry where name = 'interaction.imported'",
        "select count(distinct subject_id) from entry where name = 'interaction.imported'",
        "select count(distinct of_id) from content",
        "select count(*) from content",
    ] {
        assert_eq!(number(world, every).await, CALLS, "{every}");
    }
    let files = files(&world.folder().path().join("content"));
    assert!((CALLS..=CALLS + 1).contains(&i64::try_from(files.len()).unwrap()), "{} files", files.len());
}
