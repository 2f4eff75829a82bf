//! The book cannot be written: whatever would leave an entry stops with the reason, the rest goes on, and it recovers by itself.

mod disk;
mod rows;

use kernel::UserId;
use std::time::{Duration, Instant};
use vaktbok_tests::{Answer, Http, Portal, Somebody, Tenant, World, both_engines, repetitions};

/// How long it may take at most until it is seen that the book can be written again, without anybody writing, on a busy machine.
const RECOVERY: Duration = Duration::from_secs(60);

/// Somebody who has signed in before it happened, at whatever serves: a portal in the test, or the program.
pub struct Witness {
    pub http: Http,
    pub who: Somebody,
    pub other: String,
    pub colleague: UserId,
}

impl Witness {
    /// The names that a change of the group's name was acknowledged for.
    pub async fn renamed(&self, name: &str) -> Answer {
        self.http.post(&format!("/groups/{}/rename", self.other)).form(&[("name", name)]).send().await
    }

    /// Pages that leave no entry are answered as ever.
    async fn reading_goes_on(&self) {
        for page in ["/", "/users", "/groups", "/me", "/settings", "/book", "/sign-in?number=1", "/healthz"] {
            let status = self.http.get(page).send().await.status;
            assert!(status < 400, "{page} leaves no entry and was answered {status}");
        }
    }

    /// What comes of everything that would leave an entry.
    async fn written(&self) -> [(&'static str, Answer); 8] {
        let who = &self.who;
        let number = who.number.to_string();
        let sign_in = [("number", number.as_str()), ("name", &who.user_name), ("password", &who.password)];
        let stranger = Http::new(self.http.address());
        // The same view of a log is an entry once in a while: each time another one is asked for.
        let moment = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
        let view = format!("/logs/access?q={moment}");
        [
            ("sign-in", stranger.post("/sign-in").form(&sign_in).send().await),
            ("change", self.renamed("Medan det var fullt").await),
            ("log", self.http.get(&view).send().await),
            (
                "export of a log",
                self.http.post("/logs/access/export").form(&[("format", "csv")]).send().await,
            ),
            ("export of users", self.http.get("/users/export").send().await),
            ("export of the book", self.http.get("/book/export").send().await),
            ("search", self.http.get("/archive?words=hej").send().await),
            ("link", self.http.post(&format!("/users/{}/link", self.colleague)).send().await),
        ]
    }

    /// Whatever would leave an entry is answered 503 with the reason.
    async fn writing_stops(&self) {
        for (what, answer) in self.written().await {
            refused_with_the_reason(what, &answer);
        }
        let ready = Http::new(self.http.address()).get("/readyz").send().await;
        assert_eq!(ready.status, 503, "not ready: {}", ready.text());
        assert!(ready.text().contains("book"), "{}", ready.text());
    }

    /// Ready again though nobody has written; then all of it works again.
    async fn recovers(&self) {
        let began = Instant::now();
        let stranger = Http::new(self.http.address());
        while stranger.get("/readyz").send().await.status != 200 {
            assert!(began.elapsed() < RECOVERY, "not ready again after {:?}", began.elapsed());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.renamed("Efteråt").await.expect(303);
        self.http.get("/logs/access").send().await.expect(200);
    }
}

fn refused_with_the_reason(what: &str, answer: &Answer) {
    let text = answer.text();
    assert_eq!(answer.status, 503, "{what}: {text}");
    assert!(text.contains("cannot be written"), "{what} says why: {text}");
    assert!(answer.header("retry-after").is_some(), "{what} says when to come again");
    assert!(answer.header("set-cookie").is_none(), "{what} lets nobody in");
}

async fn witness(portal: &Portal, tenant: &Tenant) -> Witness {
    let http = portal.sign_in(&tenant.administrator).await;
    // A head is there already: an export needs one.
    http.get("/book/head").send().await.expect(200);
    let colleague = portal.person(tenant, tenant.agents, "anna", &[]).await.user;
    Witness { http, who: tenant.administrator.clone(), other: tenant.agents.to_string(), colleague }
}

/// The hand that makes the database refuse to write, as PostgreSQL says it when its disk is full or it has become a standby.
async fn refuse(world: &World, how: &str) {
    let Some(database) = world.database() else { return };
    let superuser = database.superuser().await;
    let text = match how {
        "full" => {
            "create function full_disk() returns trigger language plpgsql as
             $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
             do $$ declare t text; begin
               for t in select tablename from pg_tables where schemaname = 'public' loop
                 execute format('create trigger full_disk before insert or update on %I for each statement execute function full_disk()', t);
               end loop; end $$;"
                .to_owned()
        }
        "standby" => {
            let name: String = superuser.query_one("select current_database()::text", &[]).await.unwrap().get(0);
            format!("alter database {name} set default_transaction_read_only = on;{GONE}")
        }
        _ => {
            let name: String = superuser.query_one("select current_database()::text", &[]).await.unwrap().get(0);
            format!(
                "set transaction read write; drop function if exists full_disk cascade;
                 alter database {name} reset default_transaction_read_only;{GONE}"
            )
        }
    };
    superuser.batch_execute(&text).await.unwrap();
}

/// Ends every other connection to the database, as a switch to another machine would.
const GONE: &str = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s40_r06_a_database_that_refuses_to_write_stops_what_leaves_an_entry_and_nothing_else() {
    let world = World::new(vaktbok_tests::Engine::Postgres).await;
    let portal = world.portal().await;
    let tenant = portal.tenant(1).await;
    let witness = witness(&portal, &tenant).await;
    for round in 0..repetitions(2, 20) {
        for how in ["full", "standby"] {
            witness.renamed(&format!("Före {round} {how}")).await.expect(303);
            refuse(&world, how).await;
            drop(witness.renamed("Medan").await);
            witness.reading_goes_on().await;
            witness.writing_stops().await;
            refuse(&world, "no more").await;
            witness.recovers().await;
        }
    }
    whole(&portal, &tenant).await;
}

/// The book verifies from its first entry to its last.
async fn whole(portal: &Portal, tenant: &Tenant) {
    let admin = portal.sign_in(&tenant.administrator).await;
    let paper = async |name: &str| admin.get(&format!("/book/{name}")).send().await.expect(200).text();
    let (head, key, book) = (paper("head").await, paper("key").await, paper("export").await);
    let papers = verify::Papers { head: &head, key: &key, earlier: None };
    let report = verify::verify(book.as_bytes(), papers).unwrap();
    assert_eq!(report.answer(), verify::Answer::Whole, "{report}");
}

both_engines! {
    async fn s40_an_entry_that_is_too_large_is_refused_and_does_not_make_the_program_unready(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let reason = Some("x".repeat(2 * book::BODY_BYTES_MAX));
        let suspended = server::users::events::UserSuspended { user: anna.user, from: None, until: None, reason };
        let refused = portal.app().gate.machine(tenant.id, "tests", portal.origin()).grant().unwrap().apply(&portal.app().store, suspended).await;
        assert!(matches!(refused, Err(kernel::Error::TooLarge(_))), "{refused:?}");
        portal.sign_in(&anna).await.get("/me").send().await.expect(200);
        portal.http().get("/readyz").send().await.expect(200);
    }
}
