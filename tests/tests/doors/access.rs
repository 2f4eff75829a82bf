//! The matrix of access: every door, asked by everybody, with the answer that is stated in `access.txt`.
//!
//! The statement is read by people; what must hold of it whatever it says is checked as well: whoever is not here gets in
//! nowhere, and nobody gets anything of another tenant. `VAKTBOK_STATE_ACCESS=1` writes the file anew, to be read as a change.

use super::ground::Ground;
use super::samples::{Sample, samples};
use super::sending::{Caller, Things, send};
use kernel::door::For;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use vaktbok_tests::{Answer, Http, Portal, Tenant, World, both_engines};

/// Who asks, in the order of the columns.
const COLUMNS: [&str; 12] = [
    "administrator",
    "supervisor",
    "auditor",
    "agent",
    "key",
    "key-no-scope",
    "operator",
    "foreign",
    "foreign-key",
    "nobody",
    "ended",
    "suspended",
];
/// What a supervisor may beyond an agent.
const SUPERVISOR: [&str; 5] =
    ["users.view", "archive.view", "archive.content", "archive.download", "logs.archive"];
/// What an auditor may beyond an agent.
const AUDITOR: [&str; 7] = [
    "logs.access",
    "logs.changes",
    "logs.archive",
    "logs.export",
    "book.read",
    "access.view",
    "settings.view",
];
/// Columns that hold something of the tenant whose things are asked for.
const OF_ELSEWHERE: [&str; 3] = ["operator", "foreign", "foreign-key"];
/// Columns that change nothing here: all but those above, and whoever has no right.
const WITHOUT_RIGHTS: [&str; 8] =
    ["agent", "key-no-scope", "operator", "foreign", "foreign-key", "nobody", "ended", "suspended"];
/// Columns of those who are not, or no longer, here.
const OUTSIDE: [&str; 3] = ["nobody", "ended", "suspended"];

/// Somebody at the door.
struct Asker {
    http: Http,
    key: Option<String>,
}

impl Asker {
    fn caller(&self) -> Caller<'_> {
        Caller { http: &self.http, key: self.key.as_deref() }
    }
}

async fn person(portal: &Portal, tenant: &Tenant, name: &str, rights: &[&'static str]) -> Asker {
    let group = if name == "administrator" { tenant.administrators } else { tenant.agents };
    let somebody = portal.person(tenant, group, name, rights).await;
    if !rights.is_empty() {
        crate::users::bounds::reach_everything(portal, tenant, &somebody).await;
    }
    let http = portal.sign_in(&somebody).await;
    if name == "suspended" {
        let admin = portal.sign_in(&tenant.administrator).await;
        let place = format!("/users/{}/suspend", somebody.user);
        admin.post(&place).form(&[("reason", "left")]).send().await.expect(303);
    }
    Asker { http, key: None }
}

/// A visitor whose key holds nothing, of a service user who may everything.
async fn without_scope(portal: &Portal, tenant: &Tenant) -> Asker {
    let (_, key) = crate::users::key(portal, tenant, &[]).await;
    Asker { http: portal.http(), key: Some(key) }
}

async fn asker(portal: &Portal, column: &str, here: &Ground, foreign: &Ground, operator: &Ground) -> Asker {
    let keyed = |key: &str| Asker { http: portal.http(), key: Some(key.to_owned()) };
    match column {
        "supervisor" => person(portal, &here.tenant, column, &SUPERVISOR).await,
        "auditor" => person(portal, &here.tenant, column, &AUDITOR).await,
        "administrator" | "agent" | "suspended" => person(portal, &here.tenant, column, &[]).await,
        "key" => keyed(&here.key),
        "foreign-key" => keyed(&foreign.key),
        "key-no-scope" => without_scope(portal, &here.tenant).await,
        "operator" => Asker { http: portal.sign_in(&operator.tenant.administrator).await, key: None },
        "foreign" => Asker { http: portal.sign_in(&foreign.tenant.administrator).await, key: None },
        "ended" => {
            let asker = person(portal, &here.tenant, column, &[]).await;
            let ended = asker.http.cookie(server::front::SESSION_COOKIE).unwrap();
            asker.http.post("/sign-out").send().await.expect(303);
            asker.http.set_cookie(server::front::SESSION_COOKIE, &ended);
            asker
        }
        _ => Asker { http: portal.http(), key: None },
    }
}

/// The answer in a word: its status, or `in` for being sent to the sign-in.
fn word(answer: &Answer) -> String {
    let to_sign_in = answer.status == 303
        && answer.header("location").is_some_and(|to| to.starts_with("/sign-in") && !to.contains("done="));
    if to_sign_in { "in".to_owned() } else { answer.status.to_string() }
}

/// What one column is answered, door by door. Doors that end the session come last.
async fn column(
    portal: &Portal,
    ground: &Ground,
    name: &str,
    asker: &Asker,
    kept: &mut BTreeMap<String, Things>,
) -> BTreeMap<String, String> {
    let last = ["/me/password", "/sign-out"];
    let mut all = samples();
    all.sort_by_key(|s| {
        last.iter().position(|path| s.sign.path == *path && s.changes()).map_or(0, |at| at + 1)
    });
    let mut words = BTreeMap::new();
    for sample in all {
        let things = if WITHOUT_RIGHTS.contains(&name) && sample.sign.who != For::Anybody {
            // Whoever changes nothing can be asked about the same things as the one before; long work belongs to who began it.
            let mut things = match kept.entry(sample.name()) {
                Entry::Occupied(things) => things.get().clone(),
                Entry::Vacant(none) => {
                    none.insert(ground.things(portal, &sample, ground.administrator()).await).clone()
                }
            };
            things.entry("n").and_modify(|n| *n = ground.n().to_string());
            things
        } else {
            ground.things(portal, &sample, asker.caller()).await
        };
        let answer = send(&sample, &things, asker.caller(), ground.n()).await;
        words.insert(sample.name(), word(&answer));
    }
    words
}

/// What must hold of the matrix, whatever is stated.
fn broken(sample: &Sample, column: &str, word: &str) -> bool {
    let open = sample.sign.who == For::Anybody;
    let id = sample.sign.path.contains("{id}") || sample.sign.path.contains("{job}");
    let shut = ["in", "401", "403", "404"].contains(&word);
    let outside = OUTSIDE.contains(&column) && !open && !["in", "401"].contains(&word);
    let elsewhere = OF_ELSEWHERE.contains(&column) && id && !open && !shut;
    let programs = sample.sign.who == For::Programs && !column.contains("key") && word != "401";
    outside || elsewhere || programs || word.starts_with('5')
}

async fn matrix(world: &World) -> (String, Vec<String>) {
    let portal = world.portal().await;
    let (here, foreign) = (Ground::new(&portal, 1).await, Ground::new(&portal, 2).await);
    let operator = Ground::of(&portal, portal.operator().await).await;
    let (mut columns, mut kept) = (Vec::new(), BTreeMap::new());
    for name in COLUMNS {
        let asker = asker(&portal, name, &here, &foreign, &operator).await;
        columns.push((name, column(&portal, &here, name, &asker, &mut kept).await));
    }
    let mut told = format!("# What each door answers, asked by {}.\n", COLUMNS.join(", "));
    let mut wrong = Vec::new();
    for sample in samples() {
        let words: Vec<&str> = columns.iter().map(|(_, words)| words[&sample.name()].as_str()).collect();
        for (name, word) in COLUMNS.iter().zip(&words) {
            if broken(&sample, name, word) {
                wrong.push(format!("{} as {name}: {word}", sample.name()));
            }
        }
        told.push_str(&format!("{}: {}\n", sample.name(), words.join(" ")));
    }
    (told, wrong)
}

both_engines! {
    async fn s25_r22_every_door_answers_everybody_as_is_stated(world: World) {
        let (told, wrong) = matrix(&world).await;
        if std::env::var_os("VAKTBOK_STATE_ACCESS").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doors/access.txt"), &told).unwrap();
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let stated: Vec<&str> = include_str!("access.txt").lines().collect();
        let other: Vec<&str> = told.lines().filter(|line| !stated.contains(line)).collect();
        assert!(other.is_empty(), "answered otherwise than tests/tests/doors/access.txt states:\n{}", other.join("\n"));
        assert_eq!(stated.len(), told.lines().count(), "lines of doors that do not exist");
    }
}
