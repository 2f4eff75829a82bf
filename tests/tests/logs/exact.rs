//! Lists and searches of the logs against the plainest way there is: read everything and keep what fits.

use kernel::policy::Machine;
use kernel::{Event, Grant, GroupId, Name, Reader, Result, Right, Subject, Timestamp, Writer, facet};
use serde::Serialize;
use server::logs::counting;
use server::logs::index::gather::{self, Sizes};
use server::logs::listing::{self, Wanted};
use server::logs::queries::{self, Keyed, Span};
use server::logs::words::{self, Pattern};
use server::logs::{ReadAccessLog, ReadArchiveLog, ReadChangeLog, events::PartsErased};
use vaktbok_tests::{Portal, both_engines, repetitions};

/// Blocks so small that a few hundred entries make all kinds of them.
const SIZES: Sizes = Sizes { small: 8, big: 64 };

/// A sequence that looks like chance, and is the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// Something that stands in a log, with what it is found by.
#[derive(Serialize)]
struct Said<const LOG: u8> {
    text: String,
    result: &'static str,
    #[serde(skip)]
    typed: String,
    #[serde(skip)]
    group: Option<GroupId>,
    #[serde(skip)]
    apart: bool,
}

impl<const LOG: u8> Event for Said<LOG> {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = match LOG {
        1 => kernel::name!(access "test.said", 1),
        2 => kernel::name!("test.said", 1),
        _ => kernel::name!(archive "test.said", 1),
    };
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.facet("result", self.result);
        w.facet("typed", &self.typed);
        w.about(&self.typed);
        w.belongs(self.group, None);
        if self.apart {
            w.apart();
        }
        Ok(())
    }
}

const RESULTS: [&str; 3] = ["accepted", "refused", "ended"];
const TYPED: [&str; 6] = ["Åsa", "ådel", "kalle", "k%_\\*", "", "ß"];
const PIECES: [&str; 8] = ["192.", "168.", "Chrome ", "Å", "x", "1", "*", "\"q\\"];

async fn write(portal: &Portal, id: kernel::TenantId, dice: &mut Dice, groups: &[GroupId], many: usize) {
    let machine: Grant<Machine> = portal.machine(id);
    let store = &portal.app().store;
    for _ in 0..many {
        let text = (0..dice.below(4)).map(|_| dice.of(&PIECES)).collect::<String>();
        let group = groups.get(dice.below(groups.len() + 1)).copied();
        let (result, typed) = (dice.of(&RESULTS), dice.of(&TYPED).to_owned());
        let apart = dice.below(9) == 0;
        match dice.below(4) {
            0 => machine.apply(store, Said::<2> { text, result, typed, group, apart: false }).await,
            1 => machine.apply(store, Said::<3> { text, result, typed, group, apart: false }).await,
            _ => machine.apply(store, Said::<1> { text, result, typed, group, apart }).await,
        }
        .unwrap();
        portal.clock().by_seconds(dice.below(3) as i64);
    }
}

fn question(dice: &mut Dice, log: book::Log, size: i64, now: Timestamp) -> Wanted {
    let mut wanted = Wanted::all(log);
    wanted.apart = dice.below(8) == 0;
    let facets = [("result", dice.of(&RESULTS)), ("typed", dice.of(&TYPED)), ("name", "test.said")];
    for (name, value) in facets {
        if dice.below(3) == 0 && !value.is_empty() {
            wanted.facets.push((name.to_owned(), value.to_owned()));
        }
    }
    if dice.below(3) > 0 {
        let typed: String = (0..=dice.below(3)).map(|_| dice.of(&PIECES)).collect();
        let characters: Vec<char> = typed.chars().collect();
        let from = dice.below(characters.len());
        let len = 1 + dice.below(6);
        wanted.pattern = Pattern::parse(&characters.iter().skip(from).take(len).collect::<String>());
    }
    let ago = |dice: &mut Dice| Some(now.plus_seconds(-(dice.below(600) as i64)));
    if dice.below(4) == 0 {
        wanted.since = ago(dice);
    }
    if dice.below(4) == 0 {
        wanted.until = ago(dice);
    }
    if dice.below(4) == 0 {
        wanted.after = Some(dice.below(size as usize) as i64);
    }
    wanted
}

/// The plainest way: everything is read, and kept if it fits.
fn plainly(all: &[Keyed], wanted: &Wanted, sees: &dyn Fn(&Keyed) -> bool) -> Vec<i64> {
    let fits = |one: &&Keyed| {
        let entry = &one.entry;
        let Some(keys) = &one.keys else { return false };
        let mut needed: Vec<i64> =
            wanted.facets.iter().map(|(name, value)| wanted.key(name, value)).collect();
        needed.push(wanted.key("", ""));
        let keys: Vec<i64> = facet::unpack(keys).collect();
        entry.log == wanted.log
            && sees(one)
            && needed.iter().all(|key| keys.contains(key))
            && wanted.pattern.as_ref().is_none_or(|p| words::texts(entry).iter().any(|text| p.fits(text)))
            && wanted.since.is_none_or(|since| entry.at >= since)
            && wanted.until.is_none_or(|until| entry.at < until)
            && wanted.after.is_none_or(|after| entry.idx > after)
    };
    let mut found: Vec<i64> = all.iter().filter(fits).map(|one| one.entry.idx).collect();
    found.reverse();
    found
}

/// Page after page, to the end.
pub fn paged(r: &mut Reader<'_>, wanted: &Wanted) -> Result<Vec<i64>> {
    let (mut wanted, mut found) = (wanted.clone(), Vec::new());
    loop {
        let listed = listing::list(r, &wanted)?;
        assert!(listed.entries.len() <= listing::ENTRIES_A_PAGE);
        found.extend(listed.entries.iter().map(|entry| entry.idx));
        match listed.older {
            Some(older) => wanted.before = Some(older),
            None => return Ok(found),
        }
    }
}

/// Counts in spans, by both ways: of everything, and of what the filters and words find.
fn counted(r: &mut Reader<'_>, all: &[Keyed], wanted: &Wanted, sees: &dyn Fn(&Keyed) -> bool) {
    let size = all.len() as i64;
    let spans: Vec<Span> = (0..5).map(|n| Span { least: size * n / 5, before: size * (n + 1) / 5 }).collect();
    let everything = Wanted { apart: wanted.apart, ..Wanted::all(wanted.log) };
    let found = Wanted { since: None, until: None, before: None, after: None, ..wanted.clone() };
    for asked in [everything, found] {
        let counts = counting::in_spans(r, &asked, &spans).unwrap();
        let mut refused = asked.clone();
        refused.facets.push(("result".to_owned(), "refused".to_owned()));
        for (asked, shown) in [(asked, counts.all), (refused, counts.bad)] {
            let found = plainly(all, &asked, sees);
            for (span, shown) in spans.iter().zip(shown) {
                let count = found.iter().filter(|idx| (span.least..span.before).contains(idx)).count() as i64;
                let erased = all.iter().any(|one| one.keys.is_none());
                // What was erased by hand here, and not by retention, is counted until its block is made anew.
                let known = span.least >= counts.floor && !counts.loose && !erased;
                assert!(
                    if known { shown == count } else { shown >= count || span.least < counts.floor },
                    "{span:?} of {asked:?}: {shown}, not {count}"
                );
            }
        }
    }
}

pub async fn everything(portal: &Portal, id: kernel::TenantId) -> Vec<Keyed> {
    portal.machine(id).read(&portal.app().store, |r| queries::batch(r, 0, i64::MAX)).await.unwrap()
}

async fn ask<K: Right>(
    portal: &Portal,
    grant: &Grant<K>,
    id: kernel::TenantId,
    wanted: Wanted,
    reach: Option<GroupId>,
) {
    let all = everything(portal, id).await;
    let me = grant.access().actor().id();
    let read = grant.read(&portal.app().store, move |r| {
        let sees = |one: &Keyed| match reach {
            None => true,
            Some(group) => one.entry.actor == me || one.entry.group == Some(group.0),
        };
        assert_eq!(paged(r, &wanted)?, plainly(&all, &wanted, &sees), "{wanted:?}");
        counted(r, &all, &wanted, &sees);
        Ok(())
    });
    read.await.unwrap();
}

async fn erase(portal: &Portal, id: kernel::TenantId, dice: &mut Dice) {
    let all = everything(portal, id).await;
    let log = book::Log::ALL[dice.below(3)];
    let from = dice.below(all.len());
    let some = all.iter().skip(from).take(30).filter(|one| one.entry.log == log && one.keys.is_some());
    let runs: Vec<book::Erased> = some
        .map(|one| one.entry.idx.unsigned_abs())
        .map(|idx| book::Erased { first: idx, last: idx, parts: book::PartKind::ALL.to_vec() })
        .collect();
    if !runs.is_empty() {
        portal.machine(id).apply(&portal.app().store, PartsErased { log, runs }).await.unwrap();
    }
}

both_engines! {
    async fn every_list_shows_what_reading_everything_would_show(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let mut dice = Dice(7);
        let lead = portal.person(&tenant, tenant.agents, "lead", &["logs.access", "logs.changes", "logs.archive"]).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let agents = tenant.agents.to_string();
        let reach = [("name", "Some"), ("group", agents.as_str())];
        let made = admin.post("/access/reach").form(&reach).send().await.expect(303);
        let reach = made.header("location").unwrap().trim_start_matches("/access/reach/").to_owned();
        let reach = reach.split('?').next().unwrap();
        admin.post(&format!("/users/{}/reach", lead.user)).form(&[("reach", reach)]).send().await.expect(303);
        let lead = portal.sign_in(&lead).await;
        let mut accesses = Vec::new();
        for (http, group) in [(&admin, None), (&lead, Some(tenant.agents))] {
            let secret = http.cookie(server::front::SESSION_COOKIE).unwrap();
            accesses.push((portal.app().gate.session(&secret, portal.origin()).await.unwrap(), group));
        }
        for round in 0..8 {
            write(&portal, tenant.id, &mut dice, &[tenant.agents, tenant.services], 40).await;
            match round {
                0 | 6 => {}
                3 | 7 => {
                    erase(&portal, tenant.id, &mut dice).await;
                    gather::all(portal.app(), SIZES).await.unwrap();
                    erase(&portal, tenant.id, &mut dice).await;
                }
                _ => gather::all(portal.app(), SIZES).await.unwrap(),
            }
            let size = everything(&portal, tenant.id).await.len() as i64;
            for _ in 0..repetitions(12, 200) {
                let now = portal.app().store.clock().now();
                let log = book::Log::ALL[dice.below(3)];
                let wanted = question(&mut dice, log, size, now);
                let (access, reach) = &accesses[dice.below(2)];
                match log {
                    book::Log::Access => ask::<ReadAccessLog>(&portal, &access.grant().unwrap(), tenant.id, wanted, *reach).await,
                    book::Log::Change => ask::<ReadChangeLog>(&portal, &access.grant().unwrap(), tenant.id, wanted, *reach).await,
                    book::Log::Archive => ask::<ReadArchiveLog>(&portal, &access.grant().unwrap(), tenant.id, wanted, *reach).await,
                }
            }
        }
    }

    async fn words_that_were_erased_leave_the_index_too(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        portal.try_sign_in(&portal.http(), 1001, "kalle.karlsson", "fel lösenord här").await;
        gather::all(portal.app(), Sizes { small: 1, big: 8 }).await.unwrap();
        assert!(stored(&portal, tenant.id, "kalle.karlsson").await, "a search would find it");
        portal.clock().by_seconds(400 * 24 * 3600);
        server::logs::retention::all(portal.app()).await.unwrap();
        gather::all(portal.app(), Sizes { small: 1, big: 8 }).await.unwrap();
        assert!(!stored(&portal, tenant.id, "kalle.karlsson").await);
        assert!(!stored(&portal, tenant.id, "sign-in.refused").await);
    }
}

/// Whether any block of the access log holds a text.
async fn stored(portal: &Portal, id: kernel::TenantId, text: &'static str) -> bool {
    let machine = portal.machine(id);
    let read = machine.read(&portal.app().store, move |r| {
        let blocks = queries::smaller(r, book::Log::Access, 0, i64::MAX, i64::MAX)?;
        let mut found = false;
        for block in
            blocks.into_iter().map(|row| row.block).chain(queries::dead(r)?.into_iter().map(|row| row.block))
        {
            let pages = queries::whole(r, block)?;
            found |=
                pages.iter().any(|page| page.body.windows(text.len()).any(|some| some == text.as_bytes()));
        }
        Ok(found)
    });
    read.await.unwrap()
}
