//! Every command as a newcomer meets it: a wrong word, a folder that is not there, is a file, is taken, is closed, or holds a
//! newer program's data. Each is answered by a sentence that says what to do, and by exit code 2; nothing is made or changed.

use super::migrated;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};
use vaktbok_tests::program::{binary, run};
use vaktbok_tests::{Engine, World, both_engines};

/// Commands that want data that is there.
const WANTING: [&str; 11] = [
    "tenant list",
    "user link --tenant 1 --user anna",
    "key add --tenant 1 --owner anna --scope users.view",
    "key list --tenant 1",
    "key end --tenant 1 019a0000-0000-7000-8000-000000000000",
    "import vcon --tenant 1 /nowhere.vcon.json",
    "book head --tenant 1",
    "book key --tenant 1",
    "book rotate --tenant 1",
    "book export --tenant 1",
    "tenant list --json",
];
/// Commands that make it where there is none.
const MAKING: [&str; 4] = [
    "serve --listen 127.0.0.1:0",
    "demo --listen 127.0.0.1:0",
    "tenant add --number 1 --name Skånefrakt",
    "migrate",
];
/// An account that owns nothing here.
const NOBODY: u32 = 65_534;

fn command(world: &World, program: &Path, words: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(words.split(' ')).arg("--data").arg(folder).env("LANG", "en");
    if let Some(database) = world.database().filter(|_| world.engine() == Engine::Postgres) {
        match words.starts_with("migrate") {
            true => command.args(["--role", &database.application(), "--database", &database.owner_url()]),
            false => command.args(["--database", &database.application_url()]),
        };
    }
    command
}

/// What a command was told, if it ended with 2 and said this.
fn fault(output: &Output, wanted: &[&str]) -> Option<String> {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let raw = ["It did not work", "panicked", "Broken("].iter().any(|word| told.contains(word));
    let fits = output.status.code() == Some(2) && wanted.iter().all(|word| told.contains(word)) && !raw;
    (!fits).then(|| format!("{:?}: {told}", output.status))
}

/// Each command, with what was wrong about its answer.
fn wrong(world: &World, commands: &[&str], folder: &Path, wanted: &[&str]) -> Vec<String> {
    let program = binary("vaktbok");
    let judged = commands.iter().filter_map(|words| {
        let output = run(&mut command(world, &program, words, folder));
        fault(&output, wanted).map(|fault| format!("{words}: {fault}"))
    });
    judged.collect()
}

fn all() -> Vec<&'static str> {
    WANTING.into_iter().chain(MAKING).collect()
}

/// As if a program of later had applied a file of its own.
async fn written_by_a_newer_one(world: &World) {
    let insert = "insert into schema_version (number, name, digest) values (999, '0999_later.sql', 'x')";
    match world.database().filter(|_| world.engine() == Engine::Postgres) {
        None => {
            let file = rusqlite::Connection::open(world.folder().join("vaktbok.db")).unwrap();
            file.execute_batch(insert).unwrap();
        }
        Some(database) => {
            let (client, link) =
                tokio_postgres::connect(&database.owner_url(), tokio_postgres::NoTls).await.unwrap();
            let link = tokio::spawn(link);
            client.batch_execute(insert).await.unwrap();
            drop(client);
            link.await.unwrap().unwrap();
        }
    }
}

both_engines! {
    async fn a_word_that_is_no_argument_and_a_folder_that_is_none_are_told_with_what_to_do(world: World) {
        let folder = world.folder().join("there");
        let wordy: Vec<String> = all().iter().map(|words| format!("{words} --bogus")).collect();
        let wordy: Vec<&str> = wordy.iter().map(String::as_str).collect();
        let mut found = wrong(&world, &wordy, &folder, &["--bogus", "--help"]);
        assert!(!folder.exists(), "nothing is made by a command that is not understood");
        if world.engine() == Engine::Sqlite {
            found.extend(wrong(&world, &WANTING, &folder, &["There is no data in", "--data"]));
            assert!(!folder.exists(), "a mistyped path makes no second installation");
        }
        std::fs::write(&folder, "a file").unwrap();
        found.extend(wrong(&world, &all(), &folder, &["is a file, not a folder", "--data"]));
        found.extend(wrong(&world, &all(), &folder.join("below"), &["below", "State another with --data"]));
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    async fn data_that_a_newer_program_wrote_or_another_holds_is_left_alone(world: World) {
        migrated(&world);
        let program = binary("vaktbok");
        let added = run(&mut command(&world, &program, MAKING[2], world.folder().path()));
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        let mut found = Vec::new();
        if world.engine() == Engine::Sqlite {
            let lock = std::fs::File::create(world.folder().join("lock")).unwrap();
            lock.try_lock().unwrap();
            found.extend(wrong(&world, &all(), world.folder().path(), &["in use by another Vaktbok", "Stop that one first"]));
        }
        written_by_a_newer_one(&world).await;
        found.extend(wrong(&world, &all(), world.folder().path(), &["newer Vaktbok", "0999_later.sql"]));
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    async fn a_folder_that_is_closed_to_the_account_is_told_with_what_to_do(world: World) {
        let program = world.folder().join("vaktbok");
        std::fs::copy(binary("vaktbok"), &program).unwrap();
        let closed = world.folder().join("closed");
        std::fs::create_dir(&closed).unwrap();
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(world.folder().path(), open).unwrap();
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o555)).unwrap();
        // Whoever runs as root is closed out of nothing.
        let root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
        let mut found = Vec::new();
        for folder in [closed.clone(), closed.join("new")] {
            for words in all() {
                if folder != closed && WANTING.contains(&words) {
                    continue;
                }
                let mut command = command(&world, &program, words, &folder);
                if root {
                    command.uid(NOBODY).gid(NOBODY);
                }
                let output = run(&mut command);
                found.extend(fault(&output, &["Permission denied", "account"]).map(|fault| format!("{words}: {fault}")));
            }
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
