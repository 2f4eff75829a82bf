//! Secrets that may stand nowhere: not in a log, a dump, a measure, a page or a file of the database.

use std::path::Path;
use vaktbok_tests::program::{run, vaktbok};
use vaktbok_tests::{Http, Program, World, both_engines};

/// What somebody types, right and wrong.
const CHOSEN: &str = "kanariefågel i kolgruvan 7301";
const WRONG: &str = "felstavad kanariefågel 7302";

/// A secret, what it is called, and every form in which it could stand somewhere.
struct Canary {
    what: &'static str,
    forms: Vec<Vec<u8>>,
}

impl Canary {
    fn of(what: &'static str, secret: &str) -> Canary {
        let mut forms = vec![secret.as_bytes().to_vec(), vaktbok_tests::encode(secret).into_bytes()];
        if let Ok(bytes) = data_encoding::BASE64URL_NOPAD.decode(secret.as_bytes()) {
            // The first eight bytes name the tenant; the rest is the secret.
            let own = bytes[8..].to_vec();
            forms.push(data_encoding::HEXLOWER.encode(&own).into_bytes());
            forms.push(data_encoding::BASE64.encode(&own).into_bytes());
            forms.push(own);
        }
        Canary { what, forms }
    }
    fn sings(&self, text: &str) -> bool {
        self.forms.iter().any(|form| text.contains(&letters(form)))
    }
}

/// Bytes as text, each a character of its own: text is searched quickly, also in a test that is not optimised.
fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Every file below a folder but the master key's own.
fn files(folder: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    for item in std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()) {
        if item.is_dir() {
            files(&item, out);
        } else if item.is_file() {
            // The command line's socket holds nothing.
            out.push((item.display().to_string(), std::fs::read(&item).unwrap()));
        }
    }
}

/// Every row of every table, as PostgreSQL writes it.
async fn dump(world: &World) -> Vec<(String, Vec<u8>)> {
    let Some(database) = world.database() else { return Vec::new() };
    let superuser = database.superuser().await;
    let tables = "select tablename::text from pg_tables where schemaname = 'public'";
    let mut out = Vec::new();
    for table in superuser.query(tables, &[]).await.unwrap() {
        let table: String = table.get(0);
        let text = format!("select coalesce(string_agg(t::text, chr(10)), '') from {table} t");
        let rows: String = superuser.query_one(&text, &[]).await.unwrap().get(0);
        out.push((table, rows.into_bytes()));
    }
    out
}

fn said(world: &World, words: &str, more: &[&str]) -> String {
    let output = run(vaktbok(words, world).args(more));
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The secret at the end of a link.
fn link(text: &str) -> String {
    let rest = text.split("/set-password/").nth(1).unwrap_or_else(|| panic!("no link in {text}"));
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

async fn life(http: &Http, link: &str) -> Vec<Canary> {
    let place = format!("/set-password/{link}");
    http.post(&place).form(&[("new", CHOSEN), ("again", CHOSEN)]).send().await.expect(303);
    let sign_in = |password: &'static str| {
        http.post("/sign-in").form(&[("number", "7"), ("name", "admin"), ("password", password)])
    };
    sign_in(WRONG).send().await.expect(422);
    // Somebody types the password where the name belongs.
    http.post("/sign-in")
        .form(&[("number", "7"), ("name", "admin"), ("password", CHOSEN), ("next", "/me")])
        .send()
        .await
        .expect(303);
    let session = http.cookie(server::front::SESSION_COOKIE).unwrap();
    http.get("/users").send().await.expect(200);
    let changed = [
        ("current", WRONG),
        ("new", "alldeles nytt lösenord 7303"),
        ("again", "alldeles nytt lösenord 7303"),
    ];
    http.post("/me/password").form(&changed).send().await.expect(422);
    // What fails must not tell either: a door that is not there, a body that is none.
    http.get(&format!("/nowhere/{link}?password={}", vaktbok_tests::encode(CHOSEN))).send().await.expect(404);
    vec![
        Canary::of("the password that was chosen", CHOSEN),
        Canary::of("a wrong password", WRONG),
        Canary::of("a new password", "alldeles nytt lösenord 7303"),
        Canary::of("the session's secret", &session),
        Canary::of("the link's secret", link),
    ]
}

async fn with_key(http: &Http, key: &str) -> Canary {
    http.get("/api/v1/users").key(key).send().await.expect(200);
    http.get("/api/v1/users").key(&format!("{key}x")).send().await.expect(401);
    http.post("/api/v1/users").key(key).body("{\"name\":").send().await.expect(403);
    Canary::of("the key's secret", key)
}

both_engines! {
    async fn s34_no_secret_stands_in_any_log_dump_measure_page_or_file(world: World) {
        if let Some(database) = world.database() {
            kernel::Store::migrate_postgres(&database.owner_url(), &database.application()).unwrap();
        }
        let start = || {
            let mut command = vaktbok("serve", &world);
            command.args(["--listen", "127.0.0.1:0"]).env("VAKTBOK_LOG_LEVEL", "trace");
            Program::start(command)
        };
        let program = tokio::task::block_in_place(start);
        let told = tokio::task::block_in_place(|| said(&world, "tenant add", &["--number", "7", "--name", "Kanarie"]));
        let http = program.http();
        let mut canaries = life(&http, &link(&told)).await;
        let key = tokio::task::block_in_place(|| said(&world, "key add", &["--tenant", "7", "--owner", "admin", "--scope", "users.view"]));
        canaries.push(with_key(&http, key.trim()).await);
        // A book is taken out up to its newest head, which follows the first entry within a second.
        for _ in 0..100 {
            if http.get("/book/head").send().await.status == 200 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let mut places = Vec::new();
        for page in ["/logs/access", "/logs/changes", "/book/export", "/me", "/users"] {
            places.push((page.to_owned(), http.get(page).send().await.expect(200).body));
        }
        places.push(("/metrics".to_owned(), http.get("/metrics").send().await.body));
        let log = program.said();
        assert!(log.len() > 10, "at this level it says much: {} lines", log.len());
        places.push(("the log".to_owned(), log.join("\n").into_bytes()));
        places.extend(dump(&world).await);
        // With its journal not yet folded in, and after an orderly end.
        files(world.folder().path(), &mut places);
        assert!(tokio::task::block_in_place(|| program.stop()));
        files(world.folder().path(), &mut places);
        let places: Vec<(String, String)> = places.into_iter().map(|(place, bytes)| (place, letters(&bytes))).collect();
        let mut found = Vec::new();
        for canary in &canaries {
            found.extend(places.iter().filter(|(_, text)| canary.sings(text)).map(|(place, _)| format!("{} stands in {place}", canary.what)));
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
        let trace = Canary::of("what was typed as a name", "admin");
        assert!(places.iter().any(|(_, text)| trace.sings(text)), "the search finds what is there");
    }
}
