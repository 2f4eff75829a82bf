//! The command line, as a process: directly on the data, and through the server that has it open.

mod newcomer;

use std::process::{Command, Output};
use vaktbok_tests::program::{binary, run, vaktbok};
use vaktbok_tests::{Engine, PASSWORD, Program, World, both_engines};

pub fn done(output: &Output) -> String {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?}: {told}", output.status);
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The schema, where a command has to make it.
pub fn migrated(world: &World) {
    let Some(database) = world.database() else { return };
    let mut command = Command::new(binary("vaktbok"));
    command.args(["migrate", "--role", &database.application(), "--database", &database.owner_url()]);
    let applied = done(&run(command.arg("--data").arg(world.folder().path())));
    assert!(applied.contains("0001_kernel.sql"), "{applied}");
}

pub fn json(output: &Output) -> serde_json::Value {
    serde_json::from_str(&done(output)).unwrap()
}

both_engines! {
    async fn a_tenant_is_added_and_listed_with_and_without_a_server_and_its_first_administrator_comes_in(world: World) {
        migrated(&world);
        let add = |number: &str| {
            let words = format!("tenant add --name Skånefrakt --zone Europe/Stockholm --json --number {number}");
            run(&mut vaktbok(&words, &world))
        };
        let link = |answer: &serde_json::Value| answer["link"].as_str().unwrap().split_once("/set-password/").unwrap().1.to_owned();
        let first = json(&add("41"));
        let server = Program::serve(&world);
        let second = json(&add("42"));
        let listed = json(&run(&mut vaktbok("tenant list --json", &world)));
        let numbers: Vec<i64> = listed.as_array().unwrap().iter().map(|t| t["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, [0, 41, 42]);
        for (number, answer) in [("41", first), ("42", second)] {
            let http = server.http();
            let path = format!("/set-password/{}", link(&answer));
            http.post(&path).form(&[("new", PASSWORD), ("again", PASSWORD)]).send().await.expect(303);
            let fields = [("number", number), ("name", "admin"), ("password", PASSWORD)];
            http.post("/sign-in").form(&fields).send().await.expect(303);
            http.get("/").send().await.expect(200);
        }
        let again = add("42");
        assert_eq!(again.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&again.stderr).contains("exists already"));
        assert!(server.stop());
    }

    async fn a_key_is_printed_once_and_opens_what_its_scope_says(world: World) {
        migrated(&world);
        let server = Program::serve(&world);
        done(&run(&mut vaktbok("tenant add --number 9 --name Nio", &world)));
        let key = json(&run(&mut vaktbok("key add --tenant 9 --owner admin --json --scope archive.view", &world)));
        let http = server.http();
        let secret = key["key"].as_str().unwrap();
        assert_eq!(key["scope"], serde_json::json!(["archive.view"]));
        http.get("/api/v1/interactions").key(secret).send().await.expect(200);
        http.get("/api/v1/interactions").key(&secret.to_lowercase()).send().await.expect(401);
        let listed = json(&run(&mut vaktbok("key list --tenant 9 --json", &world)));
        assert_eq!((&listed[0]["id"], &listed[0]["scope"]), (&key["id"], &key["scope"]), "{listed}");
        assert!(listed[0]["used_at"].is_string() && listed[0].get("key").is_none(), "{listed}");
        let id = key["id"].as_str().unwrap();
        let told = done(&run(&mut vaktbok("key list --tenant 9", &world)));
        assert!(told.starts_with(id) && !told.contains(secret), "{told}");
        for (words, code) in [(format!("key end --tenant 9 {id} --reason lost"), 0), (format!("key end --tenant 9 {id}"), 1), ("key end --tenant 9 what".to_owned(), 1)] {
            assert_eq!(run(&mut vaktbok(&words, &world)).status.code(), Some(code), "{words}");
        }
        http.get("/api/v1/interactions").key(secret).send().await.expect(401);
        assert_eq!(json(&run(&mut vaktbok("key list --tenant 9 --json", &world))), serde_json::json!([]));
        let nobody = run(&mut vaktbok("key add --tenant 9 --owner nobody --scope archive.view", &world));
        assert_eq!(nobody.status.code(), Some(1));
        let no_right = run(&mut vaktbok("key add --tenant 9 --owner admin --scope users.everything", &world));
        assert_eq!(no_right.status.code(), Some(1));
    }
}

both_engines! {
    async fn a_bench_fills_its_own_data_and_reports_every_figure(world: World) {
        migrated(&world);
        let bench = |words: &str| run(&mut vaktbok(&format!("bench --entries 2000 --runs 1 --json {words}"), &world));
        let report = json(&bench("--sign-ins 8 --settle-seconds 1 --recording-megabytes 2"));
        let rows: Vec<&str> = report["rows"].as_array().unwrap().iter().map(|r| r["key"].as_str().unwrap()).collect();
        let of_each_part = [
            "fill-rate", "words-rate", "log-query-all-p99", "log-search-little-p99", "log-page-little-p99",
            "log-access-all-browser", "page-home-p99", "page-interaction-p99", "bytes-first-load", "sign-in-ratio",
            "sign-in-difference", "export-rate", "verify-rate", "seek-p99", "recording-memory", "change-rate", "change-p99",
            "change-cpu", "change-hash-cpu", "change-hash-share", "start", "memory-idle", "memory-settled",
        ];
        let missing: Vec<_> = of_each_part.iter().filter(|key| !rows.contains(key)).collect();
        assert!(missing.is_empty(), "{missing:?} of {rows:?}");
        let users = report["rows"].as_array().unwrap().iter().find(|r| r["key"] == "page-users-bytes").unwrap();
        assert_eq!(users["kept"], true, "a page is compressed on its way: {users}");
        assert_eq!(json(&bench("--only fill"))["rows"].as_array().unwrap().iter().filter(|r| r["key"] == "fill-rate").count(), 0);
        done(&run(&mut vaktbok("tenant add --number 3 --name Tre", &world)));
        let refused = bench("--only fill");
        assert_eq!(refused.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("holds customer 3"), "{refused:?}");
    }
}

#[tokio::test]
async fn the_socket_of_a_running_server_is_its_accounts_alone_and_one_left_behind_counts_as_none() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new(Engine::Sqlite).await;
    let server = Program::serve(&world);
    let socket = world.folder().join("control.sock");
    assert_eq!(std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    server.kill();
    assert!(socket.exists());
    done(&run(&mut vaktbok("tenant add --number 3 --name Tre", &world)));
}

#[tokio::test]
async fn every_command_explains_itself_in_both_languages() {
    let commands = [
        "",
        "serve",
        "tenant",
        "tenant add",
        "tenant list",
        "user",
        "user link",
        "key",
        "key add",
        "key list",
        "key end",
        "migrate",
        "doctor",
        "bench",
    ];
    for (language, word) in [("sv_SE.UTF-8", "kunder"), ("C", "customers")] {
        let mut all = String::new();
        for words in commands {
            let mut command = Command::new(binary("vaktbok"));
            command.args(words.split_whitespace()).arg("--help").env("LC_ALL", language);
            all.push_str(&done(&run(&mut command)));
        }
        assert!(all.to_lowercase().contains(word), "{language}");
        assert!(!all.contains('⟦'), "a sentence is missing: {all}");
    }
}
