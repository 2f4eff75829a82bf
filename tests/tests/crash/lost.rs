//! The program is killed between a change and its answer: whoever asks again is told that the answer is lost, and nothing is done twice.

use crate::commands::{json, migrated};
use serde_json::json;
use std::time::Duration;
use vaktbok_tests::program::{run, vaktbok};
use vaktbok_tests::{Answer, Http, Program, World, both_engines};

/// Keeping an answer never ends, until the program or its connection does.
const SQLITE_HANGS: &str =
    "create view endless as with recursive n(x) as (values(1) union all select x + 1 from n) select x from n;
     create trigger hangs before update on idempotency begin select count(*) from endless; end;";
const SQLITE_GOES_ON: &str = "drop trigger hangs; drop view endless;";
const POSTGRES_HANGS: &str = "create function hangs() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return new; end $$;
     create trigger hangs before update on idempotency for each row execute function hangs();";
const POSTGRES_GOES_ON: &str = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
     drop function hangs cascade;";

/// Changes the database behind the program's back.
async fn behind(world: &World, [sqlite, postgres]: [&str; 2]) {
    match world.database() {
        None => {
            let rows = rusqlite::Connection::open(world.folder().path().join("vaktbok.db")).unwrap();
            rows.busy_timeout(Duration::from_secs(30)).unwrap();
            rows.execute_batch(sqlite).unwrap();
        }
        Some(database) => database.superuser().await.batch_execute(postgres).await.unwrap(),
    }
}

/// What the words are called, as the rows have them.
async fn names(world: &World) -> Vec<String> {
    const LOOK: &str = "select name from vocabulary where kind = 'skill' order by name";
    match world.database() {
        None => {
            let rows = rusqlite::Connection::open(world.folder().path().join("vaktbok.db")).unwrap();
            let mut look = rows.prepare(LOOK).unwrap();
            look.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        }
        Some(database) => {
            let rows = database.superuser().await.query(LOOK, &[]).await.unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        }
    }
}

async fn renamed(http: &Http, key: &str, path: &str, repetition: &str) -> Option<Answer> {
    let ask = http.ask("PATCH", path).key(key).without("origin").header("idempotency-key", repetition);
    ask.json(&json!({ "name": "Norska" })).try_send().await.ok()
}

both_engines! {
    async fn r01_an_answer_that_a_kill_took_is_told_as_lost_and_its_change_is_made_once(world: World) {
        migrated(&world);
        json(&run(&mut vaktbok("tenant add --number 1 --name Ett --json", &world)));
        let words = "key add --tenant 1 --owner admin --json --scope profiles.view --scope profiles.manage";
        let key = json(&run(&mut vaktbok(words, &world)))["key"].as_str().unwrap().to_owned();
        let server = Program::serve(&world);
        let body = json!({ "kind": "skill", "name": "Svenska" });
        let word = server.http().post("/api/v1/words").key(&key).without("origin").json(&body).send().await.expect(201).json();
        let path = format!("/api/v1/words/{}", word["id"].as_str().unwrap());
        behind(&world, [SQLITE_HANGS, POSTGRES_HANGS]).await;
        let asked = tokio::spawn({
            let (http, key, path) = (server.http(), key.clone(), path.clone());
            async move { renamed(&http, &key, &path, "once").await }
        });
        while names(&world).await != ["Norska"] {
            assert!(!asked.is_finished(), "answered before it was to be");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        server.kill();
        assert!(asked.await.unwrap().is_none(), "nobody was told that it is done");
        behind(&world, [SQLITE_GOES_ON, POSTGRES_GOES_ON]).await;

        let server = Program::serve(&world);
        let http = server.http();
        let again = renamed(&http, &key, &path, "once").await.unwrap().expect(409);
        assert!(again.text().contains("its answer is not known. Read what it changed"), "{}", again.text());
        assert_eq!(names(&world).await, ["Norska"]);
        let told = http.get(&path.replace(&format!("/{}", word["id"].as_str().unwrap()), "?kind=skill"));
        assert_eq!(told.key(&key).send().await.expect(200).json()[0]["name"], "Norska", "what it changed can be read");
        renamed(&http, &key, &path, "anew").await.unwrap().expect(200);
        assert!(server.stop());
        let portal = world.portal().await;
        let tenant = portal.app().gate.all().await.unwrap().into_iter().find(|one| one.number() == 1).unwrap();
        let count = kernel::sql!("select count(*) from entry where tenant_id = $tenant and name = 'word.renamed'");
        let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(count, kernel::params! {});
        let (renamed,) = portal.machine(tenant).read(&portal.app().store, read).await.unwrap();
        assert_eq!(renamed, 2, "one by the request that was killed, one by the new one, none by those that were told");
    }
}
