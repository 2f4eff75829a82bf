//! What a request leaves in the book: one entry for what was done, one for what was refused, none for what was wrong.
//! That a key was used is told beside it, once in a while (decisions/0140); that story is not this one.

use super::ground::Ground;
use super::samples::{Sample, samples};
use super::sending::{Caller, send};
use kernel::door::For;
use kernel::{Reader, UserId, Uuid, params, sql};
use vaktbok_tests::{Answer, Http, Portal, Tenant, both_engines};

/// An entry: the log it stands in, its name, and what it says was changed.
struct Trace {
    log: i64,
    name: String,
    change: String,
}

/// The entries of one request, by the id that its answer named.
async fn traces(portal: &Portal, tenant: &Tenant, answer: &Answer) -> Vec<Trace> {
    let request: Uuid =
        answer.header("x-request-id").expect("each answer names its request").parse().unwrap();
    let find = sql!(
        "select e.log, e.name, coalesce((select p.body from entry_part p where p.tenant_id = $tenant and p.idx = e.idx and p.part = $part), '')
         from entry e where e.tenant_id = $tenant and e.request_id = $request and e.name <> 'key.used' order by e.idx"
    );
    let part = i64::from(book::PartKind::Change.code());
    let read = move |r: &mut Reader<'_>| {
        r.rows::<(i64, String, String)>(find, params! { request: request, part: part })
    };
    let rows = portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap();
    rows.into_iter().map(|(log, name, change)| Trace { log, name, change }).collect()
}

/// How many entries tell of something that these two did.
async fn entries(portal: &Portal, tenant: &Tenant, who: [UserId; 2]) -> i64 {
    let count = sql!(
        "select count(*) from entry where tenant_id = $tenant and name <> 'key.used' and (actor_id = $one or actor_id = $other)"
    );
    let read = move |r: &mut Reader<'_>| r.row::<(i64,)>(count, params! { one: who[0], other: who[1] });
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

/// What is wrong with what a sample left behind, if anything.
fn judged(sample: &Sample, answer: &Answer, left: &[Trace]) -> Option<String> {
    let names: Vec<&str> = left.iter().map(|trace| trace.name.as_str()).collect();
    let told =
        |what: &str| Some(format!("{}: {what}, answered {}, left {names:?}", sample.name(), answer.status));
    let refused_by_design = sample.entry == Some("sign-in.refused") || sample.why.starts_with("is not there");
    if answer.status >= 400 && !refused_by_design {
        return told(&format!("was not done: {}", answer.text().chars().take(600).collect::<String>()));
    }
    match sample.entry {
        None if sample.why.is_empty() && !left.is_empty() => {
            told("reads, and left an entry that its line does not name")
        }
        None => None,
        Some(name) if names.join("+") != name => told(&format!("should leave exactly {name}")),
        Some(_) => {
            let change = left[0].log == i64::from(book::Log::Change.code());
            // What is made anew or taken away altogether stands in the event; what is altered with both values.
            let says = ["\"before\"", "\"event\""].iter().any(|mark| left[0].change.contains(mark));
            if change && !says { told("the entry does not say what was changed") } else { None }
        }
    }
}

/// Doors at which one's own session or password ends: each is asked by somebody of its own.
fn ones_own(sample: &Sample) -> bool {
    sample.sign.path.starts_with("/me") || sample.sign.path == "/sign-out"
}

struct Asked<'a> {
    portal: &'a Portal,
    ground: &'a Ground,
    operator: &'a Ground,
}

impl Asked<'_> {
    /// Sends a sample as whoever may, and says what is wrong with what it left.
    async fn done(&self, sample: &Sample) -> Option<String> {
        let ground = if sample.sign.path.starts_with("/system") { self.operator } else { self.ground };
        let own = match ones_own(sample) && sample.changes() {
            true => Some(self.newcomer(ground).await),
            false => None,
        };
        let nobody = self.portal.http();
        let by = match sample.sign.who {
            For::Programs => Caller { http: &nobody, key: Some(&ground.key) },
            For::Anybody => Caller { http: &nobody, key: None },
            For::People => Caller { http: own.as_ref().unwrap_or(&ground.admin), key: None },
        };
        let things = ground.things(self.portal, sample, by).await;
        let answer = send(sample, &things, by, ground.n()).await;
        let left = traces(self.portal, &ground.tenant, &answer).await;
        judged(sample, &answer, &left)
    }

    async fn newcomer(&self, ground: &Ground) -> Http {
        let name = format!("newcomer{}", ground.n());
        let somebody = self.portal.person(&ground.tenant, ground.tenant.agents, &name, &[]).await;
        self.portal.sign_in(&somebody).await
    }
}

/// Sends every sample as whoever may, in a new tenant and as the operator; hands both grounds out, and says what was wrong.
pub async fn walked(portal: &Portal) -> ([Ground; 2], Vec<String>) {
    let ground = Ground::new(portal, 1).await;
    let operator = Ground::of(portal, portal.operator().await).await;
    let asked = Asked { portal, ground: &ground, operator: &operator };
    let mut wrong = Vec::new();
    for sample in samples() {
        wrong.extend(asked.done(&sample).await);
    }
    ([ground, operator], wrong)
}

both_engines! {
    async fn s31_every_request_leaves_exactly_the_one_entry_of_what_it_did(world: World) {
        let portal = world.portal().await;
        let (_, wrong) = walked(&portal).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn s31_whoever_is_refused_leaves_that_entry_alone_and_changes_nothing(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let somebody = portal.person(&ground.tenant, ground.tenant.agents, "agent", &[]).await;
        let agent = portal.sign_in(&somebody).await;
        let (service, key) = crate::users::key(&portal, &ground.tenant, &[]).await;
        let standing = ["person", "arriving", "anyone"];
        let mut wrong = Vec::new();
        for sample in samples().into_iter().filter(|s| s.changes() && !standing.contains(&s.sign.right)) {
            let program = sample.sign.who == For::Programs;
            let by = Caller { http: &agent, key: program.then_some(key.as_str()) };
            let things = ground.things(&portal, &sample, ground.administrator()).await;
            let who = [somebody.user, service];
            let before = entries(&portal, &ground.tenant, who).await;
            let answer = send(&sample, &things, by, ground.n()).await;
            let names: Vec<String> = traces(&portal, &ground.tenant, &answer).await.into_iter().map(|t| t.name).collect();
            let more = entries(&portal, &ground.tenant, who).await - before;
            if answer.status != 403 || names != ["door.refused"] || more != 1 {
                wrong.push(format!("{}: {}, left {names:?}, {more} entries in all", sample.name(), answer.status));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
