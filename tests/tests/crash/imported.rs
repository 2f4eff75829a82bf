//! The server is killed while it imports a file of users; started again it goes on by itself, and says what it would have said.

use crate::hostile::huge::{Served, inside, served};
use std::time::{Duration, Instant};
use vaktbok_tests::{Engine, Http, Program, World, both_engines};

/// Users who are there before: every other one is edited.
const KNOWN: usize = 600;
/// Lines of the file that is cut.
const LINES: usize = 3_000;
/// Of so many lines one is faulty, and set aside.
const ONE_FAULTY_OF: usize = 30;
/// Lines that are done and in no count yet, at least, when the server is killed: a part has 250.
const IN_NO_COUNT: i64 = 40;
/// On PostgreSQL a node that says nothing for a minute is dead for the others; one that is alone knows at once.
const PATIENCE: Duration = Duration::from_secs(150);

both_engines! {
    async fn r01_r24_an_import_of_users_goes_on_after_a_kill_and_counts_each_line_as_what_it_did(world: World) {
        let Served { mut server, admin, .. } = served(&world).await;
        admin.post("/groups").form(&[("name", "Handläggare"), ("kind", "agents")]).send().await.expect(303);
        let place = begun(&admin, &file((0..KNOWN).map(|n| line(n, "Före")))).await;
        assert_eq!(over(&admin, &place).await, [KNOWN, 0, 0, 0, 0]);
        let place = sent(&admin, &cut_file()).await;
        // Somebody takes a line's number between the look at the file and its import: that line is refused.
        let (group, number_of_a_line) = (in_list(&admin).await, (20_000 + LINES - 2).to_string());
        let other = [("name", "Annan"), ("user_name", "annan"), ("kind", "person"), ("group", &*group), ("number", &*number_of_a_line)];
        admin.post("/users").form(&other).send().await.expect(303);
        admin.post(&format!("{place}/start")).form(&[("aside", "on")]).send().await.expect(303);
        let (mut kills, mut cut) = (0, 0);
        let most = if world.engine() == Engine::Sqlite { 4 } else { 2 };
        while kills < most && (cut == 0 || world.engine() == Engine::Sqlite) {
            if !half_counted(&world).await {
                break;
            }
            server.kill();
            kills += 1;
            cut += i64::from(number(&world, FATES).await > 0);
            server = Program::serve(&world);
        }
        println!("killed {kills} times, {cut} of them between what was done and its count");
        assert!(cut > 0, "no kill fell between what was done and its count");
        let admin = inside(&server).await;
        let faulty = LINES / ONE_FAULTY_OF;
        let made = LINES - KNOWN - (faulty - KNOWN / ONE_FAULTY_OF) - 1;
        let (edited, unchanged) = (KNOWN / 2 - KNOWN / ONE_FAULTY_OF, KNOWN / 2);
        assert_eq!(over(&admin, &place).await, [made, edited, unchanged, faulty, 1]);
        let count = |n: usize| i64::try_from(n).unwrap();
        assert_eq!(number(&world, "select count(*) from users where user_name like 'p%x'").await, count(KNOWN + made));
        for (name, times) in [("user.created", KNOWN + made), ("user.edited", edited)] {
            let each = format!("select count(*) from entry where name = '{name}' and on_behalf is not null");
            assert_eq!(number(&world, &each).await, count(times), "{name}");
            let each = each.replace("count(*)", "count(distinct subject_id)");
            assert_eq!(number(&world, &each).await, count(times), "{name}: one entry a user");
        }
        assert_eq!(number(&world, FATES).await, 0, "what is counted is not kept");
        assert_eq!(number(&world, "select count(*) from user_import_part").await, 0);
    }
}

const FATES: &str = "select count(*) from user_import_fate";

fn line(n: usize, name: &str) -> String {
    format!("{name} {n};p{n}x;Handläggare;{}\n", 20_000 + n)
}

fn file(lines: impl Iterator<Item = String>) -> String {
    std::iter::once("name;user_name;group;number\n".to_owned()).chain(lines).collect()
}

/// Lines of every kind in each part: new ones, edited ones, such that are as they were, and faulty ones.
fn cut_file() -> String {
    // Known ones lie spread over the file.
    let apart = LINES / KNOWN;
    file((0..LINES).map(|at| {
        let n = if at % apart == 0 { at / apart } else { KNOWN + at - at / apart - 1 };
        if n % ONE_FAULTY_OF == 0 {
            return format!("Felaktig {n};p{n}x;Ingenstans;\n");
        }
        line(n, if n < KNOWN && n % 2 == 0 { "Efter" } else { "Före" })
    }))
}

async fn in_list(admin: &Http) -> String {
    let page = admin.get("/users/new").send().await.expect(200).text();
    let (before, _) = page.split_once(">Handläggare</option>").unwrap_or_else(|| panic!("{page}"));
    let (_, option) = before.rsplit_once("value=\"").unwrap();
    option.split('"').next().unwrap().to_owned()
}

async fn sent(admin: &Http, file: &str) -> String {
    let answer = admin.post("/users/import").upload("file", "users.csv", file.as_bytes(), &[]).send().await;
    answer.expect(303).header("location").unwrap().to_owned()
}

async fn begun(admin: &Http, file: &str) -> String {
    let place = sent(admin, file).await;
    admin.post(&format!("{place}/start")).form(&[]).send().await.expect(303);
    place
}

/// What the page says when the import is over: made, updated, as they were, set aside, refused.
async fn over(admin: &Http, place: &str) -> Vec<usize> {
    let began = Instant::now();
    loop {
        let page = admin.get(place).send().await.expect(200).text();
        if !page.contains("data-poll") {
            let figures = page.split("<dd>").skip(1).take(5).map(|fact| {
                let (figure, _) = fact.split_once("</dd>").unwrap();
                figure.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
            });
            return figures.collect();
        }
        assert!(began.elapsed() < PATIENCE, "nobody goes on with the import: {page}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Waits until many lines are done and in no count; false when the import is over.
async fn half_counted(world: &World) -> bool {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if number(world, FATES).await >= IN_NO_COUNT {
            return true;
        }
        let open = "select count(*) from job where kind = 'user-import' and state in ('waiting', 'going')";
        if number(world, open).await == 0 {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("nobody goes on with the import");
}

/// A number as the rows have it.
pub async fn number(world: &World, text: &str) -> i64 {
    match world.database() {
        None => {
            let rows = rusqlite::Connection::open(world.folder().path().join("vaktbok.db")).unwrap();
            rows.busy_timeout(Duration::from_secs(5)).unwrap();
            rows.query_row(text, [], |row| row.get(0)).unwrap()
        }
        Some(database) => database.superuser().await.query_one(text, &[]).await.unwrap().get(0),
    }
}
