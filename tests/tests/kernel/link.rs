//! The link to PostgreSQL: what each `sslmode` believes, and what it refuses.

use super::commits::store;
use kernel::engine::{PostgresLink, PostgresOptions};
use kernel::{Chance, Clock, Error, Store};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use vaktbok_tests::line::{LineAdded, machine};
use vaktbok_tests::program::{binary, run};
use vaktbok_tests::receiver::certificates;
use vaktbok_tests::{Engine, World};

async fn link(url: String) -> Result<PostgresLink, String> {
    let looked = tokio::task::spawn_blocking(|| Store::postgres_link(PostgresOptions { url })).await.unwrap();
    looked.map_err(|error| match error {
        Error::Broken(cause) => cause,
        other => panic!("{other:?}"),
    })
}

/// The words of a URL that states this mode and these authorities.
fn asking(mode: &str, authorities: &str) -> String {
    format!("sslmode={mode}&sslrootcert={}", certificates().join(authorities).display())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_to_postgresql_is_as_its_url_demands_or_is_not_made() {
    let world = World::new(Engine::Postgres).await;
    drop(store(&world));
    let database = world.database().unwrap();
    let made = |host: &str, options: &str| link(database.linked_url(host, options));
    let found = |encrypted, checked, local| Ok(PostgresLink { encrypted, checked, local });
    let elsewhere = "database.example";

    assert_eq!(made("localhost", "sslmode=disable").await, found(false, false, true));
    assert_eq!(made(elsewhere, "sslmode=disable").await, found(false, false, false));
    // Where nothing is stated, what the server offers is taken.
    assert_eq!(made(elsewhere, "application_name=test").await, found(true, false, false));
    assert_eq!(made(elsewhere, "sslmode=require").await, found(true, false, false));
    assert_eq!(made("localhost", &asking("verify-full", "authority.pem")).await, found(true, true, true));
    assert_eq!(made("127.0.0.1", &asking("verify-full", "authority.pem")).await, found(true, true, true));
    // Another host's certificate is enough for all but the strictest.
    for mode in ["prefer", "require", "verify-ca"] {
        assert_eq!(made(elsewhere, &asking(mode, "authority.pem")).await, found(true, true, false), "{mode}");
    }
    let refused = made(elsewhere, &asking("verify-full", "authority.pem")).await.unwrap_err();
    assert!(refused.contains("not valid for name"), "{refused}");
    // An authority that did not sign it is refused by all that were given one.
    for mode in ["prefer", "require", "verify-ca", "verify-full"] {
        let refused = made("localhost", &asking(mode, "second.pem")).await.unwrap_err();
        assert!(refused.contains("UnknownIssuer"), "{mode}: {refused}");
    }
    for (wrong, reason) in [
        ("sslmode=verify-full", "needs sslrootcert"),
        ("sslmode=verify-ca", "needs sslrootcert"),
        ("sslmode=always", "sslmode=always"),
        (asking("verify-full", "nowhere.pem").as_str(), "nowhere.pem"),
        (asking("verify-full", "first.key").as_str(), "no certificate"),
        ("sslrotcert=x", "sslrotcert"),
    ] {
        let refused = made("localhost", wrong).await.unwrap_err();
        assert!(refused.contains(reason), "{wrong}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_tls_is_refused_by_who_demands_it() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // Answers the question for TLS with no, and counts what it is told after that.
    let told = std::thread::spawn(move || {
        (0..3)
            .map(|_| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = [0; 8];
                stream.read_exact(&mut asked).unwrap();
                stream.write_all(b"N").unwrap();
                let mut rest = Vec::new();
                stream.read_to_end(&mut rest).map_or(0, |_| rest.len())
            })
            .collect::<Vec<_>>()
    });
    for options in [
        "sslmode=require".to_owned(),
        asking("verify-ca", "authority.pem"),
        asking("verify-full", "authority.pem"),
    ] {
        let refused = link(format!("postgresql://somebody:secret@{address}/db?{options}")).await.unwrap_err();
        assert!(refused.contains("server does not support TLS"), "{options}: {refused}");
        assert!(!refused.contains("secret"));
    }
    assert_eq!(told.join().unwrap(), [0, 0, 0], "nothing was said in the clear");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_connections_of_the_program_are_encrypted_and_doctor_says_so() {
    let world = World::new(Engine::Postgres).await;
    let database = world.database().unwrap();
    let url = database.linked_url("localhost", &asking("verify-full", "authority.pem"));
    let owner = url.replacen("_app@", "_own@", 1);
    let role = database.application();
    tokio::task::spawn_blocking(move || Store::migrate_postgres(&owner, &role)).await.unwrap().unwrap();
    let options = PostgresOptions { url };
    let opened = tokio::task::spawn_blocking(|| Store::postgres(options, Clock::system(), Chance::system()));
    let store = opened.await.unwrap().unwrap();
    for number in 0..20 {
        machine(&store).apply(&store, LineAdded { number, fail: None }).await.unwrap();
    }
    let client = database.superuser().await;
    let text = "select count(*) filter (where s.ssl), count(*) filter (where not s.ssl) from pg_stat_ssl s join pg_stat_activity a using (pid) where a.usename = $1";
    let row = client.query_one(text, &[&database.application()]).await.unwrap();
    let (encrypted, plain): (i64, i64) = (row.get(0), row.get(1));
    assert!(encrypted > 0 && plain == 0, "{encrypted} encrypted, {plain} not");
    for (host, options, verdict, said) in [
        ("localhost", asking("verify-full", "authority.pem"), "good", "certificate of PostgreSQL is checked"),
        ("database.example", "sslmode=require".to_owned(), "warning", "sslmode=verify-full"),
        ("database.example", "sslmode=disable".to_owned(), "warning", "Not encrypted"),
        ("localhost", "sslmode=disable".to_owned(), "good", "Not encrypted"),
    ] {
        let mut command = Command::new(binary("vaktbok"));
        command.args(["doctor", "--json", "--database", &database.linked_url(host, &options), "--data"]);
        let output = run(command.arg(world.folder().path()).env("LC_ALL", "C"));
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let link =
            told["findings"].as_array().unwrap().iter().find(|found| found["check"] == "link").unwrap();
        assert_eq!(link["verdict"], verdict, "{link}");
        assert!(link["message"].as_str().unwrap().contains(said), "{link}");
    }
}
