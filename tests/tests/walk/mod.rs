//! Two tenants with equal ids side by side, walked through at random: nothing of the one is ever answered to the other.
//!
//! Everything a tenant makes bears its mark, a word that stands nowhere else; each answer to one is searched for the mark of the
//! other. Ids are equal where ids can be chosen, indexes are equal anyhow, and ids of the other tenant are asked for on purpose.

mod twins;

use crate::doors::ground::Ground;
use crate::doors::samples::{Sample, samples};
use crate::doors::sending::{Caller, Things, send};
use kernel::door::For;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;
use vaktbok_tests::{Answer, Http, Portal, World, both_engines, repetitions};

/// What the one's and the other's things are marked with.
const MARKS: [&str; 2] = ["igelkott", "vallmo"];
/// Walkers at once.
const WALKERS: u64 = 6;
/// Between two times that what was deleted is made anew.
const ROUND: usize = 250;

/// Numbers that look drawn by lot and are the same for the same seed (xorshift64*).
pub struct Lots(u64);

impl Lots {
    pub fn new(seed: u64) -> Lots {
        Lots(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n
    }
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Two tenants, the ids they share, and what their jobs and openings are called.
pub struct Twins {
    pub grounds: [Ground; 2],
    pub shared: BTreeMap<&'static str, Vec<String>>,
    begun: Mutex<BTreeMap<&'static str, Vec<String>>>,
}

/// What must not be asked here: it would end the session that goes on asking, or cost a password's hash.
/// Entries that a tenant begins with, before anything is walked.
const FIRST_ENTRIES: usize = 60;

fn left_out(sample: &Sample) -> bool {
    let path = sample.sign.path;
    sample.sign.who == For::Anybody
        || path.starts_with("/system")
        || path.ends_with("/live")
        || sample.changes()
            && (path.starts_with("/me/")
                || ["/sign-out", "/access/sessions/end", "/api/v1/sessions/end-all"].contains(&path))
}

fn heavy(sample: &Sample) -> bool {
    ["export", "checks", "import"].iter().any(|word| sample.sign.path.contains(word))
}

impl Twins {
    /// The things a sample names: shared ids, ids of either tenant's long work, sometimes nobody's.
    fn things(&self, lots: &mut Lots, sample: &Sample, own: &Ground) -> Things {
        let mut things = Things::new();
        for thing in sample.things() {
            let value = self.thing(lots, thing, own);
            things.insert(thing, value);
        }
        things
    }

    fn thing(&self, lots: &mut Lots, thing: &'static str, own: &Ground) -> String {
        let n = own.n();
        match thing {
            "n" => own.marked(n),
            "minutes" => (10 + n % 400).to_string(),
            "agents" | "services" => {
                let ground = lots.of(&self.grounds);
                let group = if thing == "agents" { ground.tenant.agents } else { ground.tenant.services };
                group.to_string()
            }
            "interaction" | "recording" => lots.of(&self.grounds).archived(thing).to_owned(),
            "tenant_setting" => "session.absolute_hours".to_owned(),
            // Beyond the first entries: what is undone among them is the reach of whoever walks here.
            "access_idx" | "change_idx" | "archive_idx" => (FIRST_ENTRIES + lots.below(400)).to_string(),
            "seen_reach" => {
                vaktbok_tests::encode("[\"x\",{\"everything\":false,\"groups\":[],\"queues\":[]}]")
            }
            _ => {
                let kind = match thing {
                    "suspended" | "deactivated" | "with_password" | "user_with_setting"
                    | "user_with_reach" => "user",
                    "group_with_setting" | "group_with_reach" => "group",
                    "given_reach" => "reach",
                    "import_begun" => "import",
                    other => other,
                };
                let begun = self.begun.lock().unwrap();
                let known = self.shared.get(kind).or_else(|| begun.get(kind)).filter(|all| !all.is_empty());
                known.map_or_else(|| kernel::Uuid::nil().to_string(), |all| lots.of(all).clone())
            }
        }
    }

    /// Keeps the ids of jobs and openings that an answer names.
    fn remember(&self, sample: &Sample, answer: &Answer) {
        let place = answer.header("location").unwrap_or_default();
        let last = place.rsplit('/').next().unwrap_or_default().to_owned();
        let found = match sample.sign.path {
            "/users/import" => Some(("import", last)),
            "/archive/import" => Some(("job", last)),
            "/archive/{id}/open" => place.split("opening=").nth(1).map(|id| ("opening", id.to_owned())),
            path if path.ends_with("/export") => Some(("export", last)),
            _ => None,
        };
        if let Some((kind, id)) = found.filter(|(_, id)| id.len() == 36) {
            self.begun.lock().unwrap().entry(kind).or_default().push(id);
        }
    }

    /// One operation of one tenant; what is wrong with its answer, if anything.
    async fn step(&self, lots: &mut Lots, all: &[Sample], http: &Http) -> Option<String> {
        let who = lots.below(2);
        let (own, other) = (&self.grounds[who], MARKS[1 - who]);
        let mut sample = lots.of(all);
        // What goes through a whole book or file each time comes up less often, or the walk would do little else.
        while heavy(sample) && lots.below(10) != 0 {
            sample = lots.of(all);
        }
        let by = if sample.sign.who == For::Programs {
            Caller { http, key: Some(&own.key) }
        } else {
            own.administrator()
        };
        let things = self.things(lots, sample, own);
        let answer = send(sample, &things, by, own.n()).await;
        self.remember(sample, &answer);
        let heads =
            answer.headers.values().any(|value| String::from_utf8_lossy(value.as_bytes()).contains(other));
        if heads || answer.text().contains(other) {
            return Some(format!(
                "{} of tenant {} shows {other}: {things:?}",
                sample.name(),
                own.tenant.number
            ));
        }
        (answer.status >= 500).then(|| format!("{}: {} with {things:?}", sample.name(), answer.status))
    }
}

async fn walk(portal: &Portal, seed: u64, operations: usize) {
    let twins = Twins::new(portal, seed).await;
    let all: Vec<Sample> = samples().into_iter().filter(|s| !left_out(s)).collect();
    let http = portal.http();
    let mut walked = 0;
    while walked < operations {
        twins.make_anew(portal).await;
        let each = ROUND.min(operations - walked) / WALKERS as usize + 1;
        let paths = (0..WALKERS).map(|walker| {
            let lots = Lots::new(seed * 1_000_003 + walked as u64 * 31 + walker);
            let (twins, all, http) = (&twins, &all, &http);
            async move {
                let mut lots = lots;
                let mut told = Vec::new();
                for _ in 0..each {
                    told.extend(twins.step(&mut lots, all, http).await);
                }
                told
            }
        });
        let told: Vec<String> = together(paths.collect()).await.into_iter().flatten().collect();
        assert!(told.is_empty(), "seed {seed}, about operation {walked}:\n{}", told.join("\n"));
        walked += each * WALKERS as usize;
    }
    twins.still_there().await;
}

/// Awaits all of them at once.
async fn together<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        for (future, answer) in &mut waiting {
            if answer.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *answer = Some(value);
            }
        }
        if waiting.iter().all(|(_, answer)| answer.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    waiting.into_iter().filter_map(|(_, answer)| answer).collect()
}

both_engines! {
    async fn s28_r23_two_tenants_of_equal_ids_are_walked_at_random_and_nothing_crosses(world: World) {
        let began = Instant::now();
        walk(&world.portal().await, 1, repetitions(10_000, 100_000)).await;
        println!("walked in {:?}", began.elapsed());
        for seed in 2..=repetitions(1, 20) as u64 {
            walk(&World::new(world.engine()).await.portal().await, seed, 100_000).await;
        }
    }
}
