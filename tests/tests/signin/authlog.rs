//! The sign-in attempts of a real server's log, and what the access log makes of them: counts known in advance.
//!
//! The real file lies beside the repository where it is there at all; then 1,442 attempts are played. Where it is not,
//! `auth-sample.log` is played, which was written for this. Either way the counts are made by reading the lines anew.

use book::Log;
use kernel::policy::Anyone;
use kernel::{Grant, Kept, Origin, SessionId, Timestamp, UserId, Way};
use server::App;
use server::logs::{ReadAccessLog, asked};
use server::signin::events::attempts::{SignInRefused, SignedIn};
use server::signin::events::passwords::PasswordGiven;
use server::signin::model::Reason;
use server::tenants::{events::UserStarted, model::user_of};
use server::users::model::UserKind;
use std::collections::{BTreeMap, BTreeSet};
use vaktbok_tests::{Http, Portal, Tenant, both_engines};

/// Attempts that are under way at once: they share commits.
const AT_ONCE: usize = 64;

const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/auth-elastic-examples/auth.log");
const SAMPLE: &str = include_str!("auth-sample.log");
/// The file names no year.
const YEAR: u16 = 2017;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// What stands for a password's hash: nothing is hashed here.
const HASH: &str = "no hash";

/// One attempt of the file.
#[derive(Clone, Debug)]
struct Try {
    at: Timestamp,
    name: String,
    address: String,
    accepted: bool,
}

/// The attempts of one line: none, one, or as many as it says that it was repeated.
fn tries(line: &str) -> Vec<Try> {
    let Some((_, said)) = line.split_once(": ").filter(|(head, _)| head.contains(" sshd[")) else {
        return Vec::new();
    };
    let (times, said) =
        match said.strip_prefix("message repeated ").and_then(|rest| rest.split_once(" times: [ ")) {
            Some((times, rest)) => (times.parse().unwrap(), rest),
            None => (1, said),
        };
    let forms = [
        ("Accepted password for ", true),
        ("Accepted publickey for ", true),
        ("Failed password for invalid user ", false),
        ("Failed password for ", false),
        ("Invalid user ", false),
    ];
    let found = forms.iter().find_map(|(form, accepted)| Some((said.strip_prefix(form)?, *accepted)));
    let Some((rest, accepted)) = found else { return Vec::new() };
    let (name, from) = rest.rsplit_once("from ").unwrap();
    let address = from.split([' ', ']']).next().unwrap().to_owned();
    let stamp: Vec<&str> = line.split_whitespace().take(3).collect();
    let month = MONTHS.iter().position(|month| *month == stamp[0]).unwrap() + 1;
    let at = format!("{YEAR}-{month:02}-{:0>2}T{}Z", stamp[1], stamp[2]).parse().unwrap();
    vec![Try { at, name: name.trim().to_owned(), address, accepted }; times]
}

/// The file's text, and whether it is the real one.
fn text() -> (String, bool) {
    match std::fs::read_to_string(REAL) {
        Ok(text) => (text, true),
        Err(_) => (SAMPLE.to_owned(), false),
    }
}

fn day(at: Timestamp) -> String {
    at.to_string()[..10].to_owned()
}

/// Counts of something, most frequent first.
fn counted<K: Ord + Clone>(tries: &[Try], of: impl Fn(&Try) -> K) -> Vec<(K, usize)> {
    let mut counts = BTreeMap::new();
    for one in tries {
        *counts.entry(of(one)).or_insert(0) += 1;
    }
    let mut counts: Vec<(K, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts
}

#[test]
fn a_servers_log_is_read_line_by_line() {
    let read: Vec<Try> = SAMPLE.lines().flat_map(tries).collect();
    let names: Vec<&str> = read.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["anna", "anna", "anna", "anna", "drift", "drift", "", "bo"]);
    assert_eq!(read.iter().filter(|one| one.accepted).count(), 2);
    assert_eq!((day(read[0].at).as_str(), read[7].address.as_str()), ("2017-03-30", "2001:db8::17"));
}

/// A user for each name that was let in.
async fn people(portal: &Portal, tenant: &Tenant, all: &[Try]) -> BTreeMap<String, UserId> {
    let names: BTreeSet<&str> = all.iter().filter(|one| one.accepted).map(|one| one.name.as_str()).collect();
    let (store, machine) = (&portal.app().store, portal.machine(tenant.id));
    let mut users = BTreeMap::new();
    for name in names {
        let user = UserId::new(store.clock().now(), store.chance());
        let created = user_of(user, UserKind::Person, tenant.agents, name, name);
        machine.apply(store, UserStarted { user: created, rights: Vec::new() }).await.unwrap();
        let given = PasswordGiven { user, password: Kept(HASH.to_owned()), must_change: false };
        machine.apply(store, given).await.unwrap();
        users.insert(name.to_owned(), user);
    }
    users
}

async fn play(app: App, tenant: Tenant, mut origin: Origin, user: Option<UserId>, one: Try) {
    let chance = app.store.chance();
    (origin.way, origin.address, origin.moment) = (Way::Web, one.address.clone(), Some(one.at));
    let place = app.places.place(one.address.parse().unwrap());
    origin.country = place.country.map(|country| country.to_string()).unwrap_or_default();
    origin.network = place.network.unwrap_or_default();
    origin.browser = ["Firefox 152", "OpenSSH 9", ""][one.name.len() % 3].to_owned();
    origin.system = ["Linux", "Windows"][one.address.len() % 2].to_owned();
    origin.door = "POST /sign-in".to_owned();
    let grant: Grant<Anyone> = app.gate.visitor(tenant.id, origin).grant().unwrap();
    if one.accepted {
        let event = SignedIn {
            user: user.unwrap(),
            session: SessionId::new(one.at, chance),
            method: "password",
            typed: one.name.clone(),
            token: chance.bytes(),
            checked: HASH.to_owned(),
            rehashed: None,
            counters: Vec::new(),
            replaces: None,
        };
        return grant.apply(&app.store, event).await.unwrap();
    }
    let reason = if user.is_some() { Reason::WrongPassword } else { Reason::UnknownUser };
    let user = user.map(|user| (user, tenant.agents, one.name.clone()));
    let event = SignInRefused { user, method: "password", reason, typed: one.name.clone(), number: None };
    grant.apply(&app.store, event).await.unwrap();
}

/// How many entries the door gives for these filters, page after page.
async fn through_the_door(http: &Http, key: &str, query: &str) -> usize {
    let (mut from, mut count) = (String::new(), 0);
    loop {
        let path = format!("/api/v1/logs/access?method=password&{query}{from}");
        let page = http.get(&path).key(key).send().await.expect(200).json();
        count += page["entries"].as_array().unwrap().len();
        match page["next"].as_i64() {
            Some(next) => from = format!("&from={next}"),
            None => return count,
        }
    }
}

both_engines! {
    async fn a_real_servers_attempts_are_found_by_result_name_address_day_and_any_part_and_taken_out(world: World) {
        let (file, real) = text();
        let all: Vec<Try> = file.lines().flat_map(tries).collect();
        if real {
            // Counted beforehand with other tools.
            assert_eq!((file.lines().count(), all.len()), (7_121, 1_442));
            assert_eq!(all.iter().filter(|one| one.accepted).count(), 226);
        }
        let (portal, clock) = world.portal_replaying().await;
        let first = all[0].at.seconds_since(portal.app().store.clock().now());
        clock.by_seconds(first - 3600);
        let tenant = portal.tenant(1).await;
        let users = people(&portal, &tenant, &all).await;
        // A day to its end before the next, so that the order of the book is that of time.
        for (date, _) in counted(&all, |one| day(one.at)).into_iter().collect::<BTreeMap<_, _>>() {
            let of_day: Vec<&Try> = all.iter().filter(|one| day(one.at) == date).collect();
            for some in of_day.chunks(AT_ONCE) {
                let mut under_way = tokio::task::JoinSet::new();
                for one in some.iter().copied().cloned() {
                    let user = users.get(&one.name).copied();
                    under_way.spawn(play(portal.app().clone(), tenant.clone(), portal.origin(), user, one));
                }
                under_way.join_all().await;
            }
        }
        let last = all[all.len() - 1].at.seconds_since(portal.app().store.clock().now());
        clock.by_seconds(last + 3600);
        server::logs::index::gather::all(portal.app(), server::logs::index::gather::SIZES).await.unwrap();
        let (service, key) = crate::users::key(&portal, &tenant, &["logs.access"]).await;
        let holder = vaktbok_tests::Somebody { user: service, ..tenant.administrator.clone() };
        crate::users::bounds::reach_everything(&portal, &tenant, &holder).await;
        let http = portal.http();
        let ask = async |query: &str| through_the_door(&http, &key, query).await;
        for (accepted, n) in counted(&all, |one| one.accepted) {
            let result = if accepted { "accepted" } else { "refused" };
            assert_eq!(ask(&format!("result={result}")).await, n, "{result}");
        }
        for (name, n) in counted(&all, |one| one.name.to_lowercase()).into_iter().filter(|(n, _)| !n.is_empty()).take(20) {
            assert_eq!(ask(&format!("typed={}", vaktbok_tests::encode(&name))).await, n, "{name}");
        }
        for (address, n) in counted(&all, |one| one.address.clone()).into_iter().take(20) {
            assert_eq!(ask(&format!("address={address}")).await, n, "{address}");
        }
        for (date, n) in counted(&all, |one| day(one.at)) {
            let next = day(format!("{date}T00:00:00Z").parse::<Timestamp>().unwrap().plus_seconds(24 * 3600));
            assert_eq!(ask(&format!("since={date}T00:00:00Z&until={next}T00:00:00Z")).await, n, "{date}");
        }
        let unknown = all.iter().filter(|one| !users.contains_key(&one.name)).count();
        assert_eq!(ask("reason=unknown-user").await, unknown);
        for part in if real { ["lastic_user_0", "oot", "24.151.103.1"] } else { ["nn", "rif", "113."] } {
            let fits = |one: &&Try| one.name.contains(part) || one.address.contains(part);
            assert_eq!(ask(&format!("q={part}")).await, all.iter().filter(fits).count(), "{part}");
        }
        let admin = portal.person(&tenant, tenant.administrators, "revisor", &[]).await;
        let admin = portal.sign_in(&admin).await;
        let begun = admin.post("/logs/access/export?method=password&result=refused").form(&[("format", "csv")]);
        let place = begun.send().await.expect(303).header("location").unwrap().to_owned();
        let lines = crate::logs::taking::fetched(&admin, &place).await;
        let refused = lines.lines().filter(|line| line.contains("\"sign-in.refused\"")).count();
        assert_eq!(refused, all.iter().filter(|one| !one.accepted).count());
        assert_eq!(lines.lines().count(), refused + 1, "nothing but the head besides");
        let had = crate::logs::facets::agree::<ReadAccessLog>(&portal, &tenant, &admin, Log::Access, &[]).await;
        let not: Vec<&&str> = asked::facets(Log::Access).iter().filter(|facet| !had.contains(facet)).collect();
        // Addresses that are kept for documents, as the sample's are, belong to no network.
        let untold: &[&str] = if real { &["behalf"] } else { &["behalf", "network"] };
        let not: Vec<&str> = not.into_iter().copied().collect();
        assert_eq!(not, untold, "every other filter has been tried with every kind of value");
    }
}
