//! Who works in the measured customer: groups, people, a reader of little reach, interactions. Made by the real events, and
//! found again in a folder that has them.

use super::words::{FIRST, GROUPS, LAST, SUBJECTS};
use crate::App;
use crate::archive::events::InteractionImported;
use crate::archive::import::{self, Offer};
use crate::archive::model::{InteractionId, Participant};
use crate::archive::queries::every;
use crate::archive::samples::SAMPLES;
use crate::demo::draw::Draw;
use crate::reach::events::{ReachDefined, ReachGiven};
use crate::reach::model::{Extent, Holder, ReachId};
use crate::settings::events::{Expected, SettingGiven};
use crate::settings::model::{Place, Told};
use crate::signin::events::passwords::PasswordGiven;
use crate::signin::password::{self, SALT_BYTES, Typed};
use crate::signin::queries::arrival;
use crate::tenants::{self, NewTenant};
use crate::ui::Language;
use crate::users::events::{GroupAtStart, GroupCreated, Started, UserCreated};
use crate::users::model::{GroupKind, Particulars, UserKind};
use crate::users::queries::group_by_name;
use futures_util::StreamExt;
use kernel::policy::Machine;
use kernel::setting::Mode;
use kernel::{
    Access, Error, Event, Grant, GroupId, Kept, Message, Origin, RequestId, Result, TenantId, UserId, Uuid,
    Way,
};
use serde_json::json;
use std::sync::Arc;

/// The customer number.
pub const NUMBER: i64 = 7001;
/// People are made so many at once.
const AT_ONCE: usize = 64;
/// People, at least and at most; a folder of fewer than [`super::FEW_ENTRIES`] is made to try the command, and has fewer.
const PEOPLE: (i64, i64) = (250, 2_000);
const FEW_PEOPLE: i64 = 110;
/// Entries for each person, between those bounds.
const ENTRIES_A_PERSON: i64 = 5_000;
/// Entries for each interaction.
const ENTRIES_AN_INTERACTION: i64 = 1_000;
/// Who works in the small group, which the reader of little reach sees.
pub const SMALL_PEOPLE: usize = 5;
/// One interaction of so many is the small group's.
const SMALL_SHARE: usize = 1_000;

/// What somebody does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Comes, goes, is edited.
    Agent,
    /// Opens interactions.
    Supervisor,
    /// Keeps users and settings.
    Administrator,
}

/// One person.
#[derive(Clone, Debug)]
pub struct Person {
    /// The user.
    pub user: UserId,
    /// The group.
    pub group: GroupId,
    /// As shown.
    pub name: String,
    /// What is typed at sign-in.
    pub user_name: String,
    /// What they do.
    pub duty: Duty,
}

/// The customer with everybody in it.
pub struct Town {
    /// The tenant.
    pub tenant: TenantId,
    /// Everybody but the readers; the first [`SMALL_PEOPLE`] are the small group.
    pub people: Vec<Person>,
    /// Sees everything.
    pub auditor: Person,
    /// Sees the small group alone.
    pub reader: Person,
    /// What the archive holds.
    pub interactions: Vec<InteractionId>,
    /// The one hash that everybody has, of a password that nobody knows.
    pub hash: String,
}

/// Our own work in the measured tenant.
pub fn machine(app: &App, tenant: TenantId) -> Arc<Access> {
    let request = RequestId::new(app.store.clock().now(), app.store.chance());
    app.gate.machine(tenant, "bench", Origin::inside(Way::Job, request))
}

async fn apply<E: Event>(app: &App, tenant: TenantId, event: E) -> Result<E::Output> {
    let grant: Grant<E::Needs> = machine(app, tenant).grant()?;
    grant.apply(&app.store, event).await
}

/// How many people a number of entries has.
fn head_count(entries: i64) -> i64 {
    if entries < super::FEW_ENTRIES {
        FEW_PEOPLE
    } else {
        (entries / ENTRIES_A_PERSON).clamp(PEOPLE.0, PEOPLE.1)
    }
}

impl Town {
    /// Finds the customer, or makes it; people and interactions are added up to what so many entries call for.
    ///
    /// # Errors
    /// `Conflict` for a folder that holds another customer: measuring fills it with made-up entries.
    pub async fn settle(app: &App, entries: i64) -> Result<Town> {
        tenants::ensure_operator(app, "bench").await?;
        only_ours(app).await?;
        let tenant = match app.gate.by_number(NUMBER).await {
            Ok(tenant) => tenant,
            Err(Error::NotFound) => found(app).await?,
            Err(error) => return Err(error),
        };
        let groups = groups(app, tenant).await?;
        let hash = shared_hash(app, tenant).await?;
        let mut town = Town {
            tenant,
            auditor: somebody(
                app,
                tenant,
                "auditor",
                "Agneta Revisor",
                groups.auditors,
                Duty::Supervisor,
                &hash,
            )
            .await?,
            reader: somebody(app, tenant, "reader", "Ragnar Läsare", groups.readers, Duty::Supervisor, &hash)
                .await?,
            people: Vec::new(),
            interactions: Vec::new(),
            hash,
        };
        let (here, all, hash) = (&groups, head_count(entries), &town.hash);
        let people = futures_util::stream::iter(0..all)
            .map(|n| async move { person(app, tenant, usize::try_from(n).unwrap_or(0), here, hash).await });
        town.people =
            people.buffered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect::<Result<_>>()?;
        town.bring_in(app, entries).await?;
        Ok(town)
    }

    /// People of one duty.
    pub fn of(&self, duty: Duty) -> Vec<&Person> {
        self.people.iter().skip(SMALL_PEOPLE).filter(|p| p.duty == duty).collect()
    }

    async fn bring_in(&mut self, app: &App, entries: i64) -> Result<()> {
        let grant: Grant<Machine> = machine(app, self.tenant).grant()?;
        let mut there = grant.read(&app.store, every).await?;
        if there.is_empty() {
            import::run(app, &machine(app, self.tenant), Offer::held(SAMPLES), |_, _, _, _| ()).await?;
            there = grant.read(&app.store, every).await?;
        }
        let wanted = usize::try_from((entries / ENTRIES_AN_INTERACTION).clamp(30, 5_000)).unwrap_or(30);
        let (from, town) = (there.len(), &*self);
        let made = futures_util::stream::iter(from..wanted).map(|n| async move {
            let event = town.interaction(app, n);
            apply(app, town.tenant, event).await
        });
        made.buffered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect::<Result<Vec<()>>>()?;
        self.interactions = grant.read(&app.store, every).await?.into_iter().map(|one| one.id).collect();
        Ok(())
    }

    /// A conversation of which only the facts are kept.
    fn interaction(&self, app: &App, n: usize) -> InteractionImported {
        let (now, chance) = (app.store.clock().now(), app.store.chance());
        let mut draw = Draw::new(n as u64 ^ 0x1a7e);
        let agents = self.of(Duty::Agent);
        let agent = if n % SMALL_SHARE == 517 { self.people.first() } else { draw.one(&agents).copied() };
        let mail = agent.map(|a| format!("{}@bench.example", a.user_name));
        let side = |position, name: Option<String>, mail, role: &str| Participant {
            position,
            name,
            tel: None,
            mail,
            role: role.to_owned(),
            user: None,
        };
        let customer = format!("{} {}", pick(&mut draw, FIRST), pick(&mut draw, LAST));
        let started = now.plus_seconds(-draw.between(3_600, 9_000_000));
        InteractionImported {
            id: InteractionId::new(now, chance),
            external: chance.uuid(now),
            digest: chance.bytes(),
            medium: if draw.percent(70) { "call" } else { "chat" },
            queue: None,
            direction: Some(if draw.percent(80) { "in" } else { "out" }),
            started,
            ended: started.plus_seconds(draw.between(30, 1_800)),
            about: format!("{} {}", pick(&mut draw, SUBJECTS), 10_000 + draw.below(90_000)),
            participants: vec![
                side(0, Some(customer), None, "customer"),
                side(1, agent.map(|a| a.name.clone()), mail, "agent"),
            ],
            contents: Vec::new(),
            words: Vec::new(),
            recordings: 0,
            file: format!("bench-{n}.vcon.json"),
        }
    }
}

/// Refuses data of anybody else.
///
/// # Errors
/// `Conflict` that names the other customer.
pub async fn only_ours(app: &App) -> Result<()> {
    let mut others = app.gate.all().await?.into_iter().filter(|t| ![0, NUMBER].contains(&t.number()));
    match others.next() {
        None => Ok(()),
        Some(other) => Err(Error::conflict(Message::new("bench-not-its-own").with("number", other.number()))),
    }
}

/// One of some words.
pub fn pick(draw: &mut Draw, of: &'static [&'static str]) -> &'static str {
    draw.one(of).copied().unwrap_or_default()
}

struct Groups {
    agents: Vec<GroupId>,
    small: GroupId,
    supervisors: GroupId,
    administrators: GroupId,
    auditors: GroupId,
    readers: GroupId,
}

async fn found(app: &App) -> Result<TenantId> {
    let new = NewTenant {
        number: NUMBER,
        name: "Mätbänken".to_owned(),
        language: Language::Sv,
        zone: "Europe/Stockholm".to_owned(),
        host: None,
        administrator: "admin".to_owned(),
    };
    Ok(tenants::add(app, "bench", new).await?.tenant)
}

/// The groups with what they may do and see, made where they are not there.
async fn groups(app: &App, tenant: TenantId) -> Result<Groups> {
    let mut agents = Vec::new();
    for name in GROUPS {
        agents.push(group(app, tenant, name).await?.0);
    }
    let grant: Grant<Machine> = machine(app, tenant).grant()?;
    let kind = GroupKind::Administrators;
    let administrators = grant.read(&app.store, move |r| tenants::queries::group_of_kind(r, kind)).await?;
    let (small, _) = group(app, tenant, "Specialister").await?;
    let (supervisors, made) = group(app, tenant, "Gruppledare").await?;
    if made {
        let may = ["users.view", "archive.view", "archive.content", "logs.access", "logs.archive"];
        open(app, tenant, supervisors, &may, Extent { everything: true, ..Extent::default() }).await?;
    }
    let may = ["users.view", "archive.view", "logs.access", "logs.changes", "logs.archive", "book.read"];
    let (readers, made) = group(app, tenant, "Läsare").await?;
    if made {
        open(app, tenant, readers, &may, Extent { groups: vec![small], ..Extent::default() }).await?;
    }
    let (auditors, made) = group(app, tenant, "Revision").await?;
    if made {
        let all: Vec<&str> =
            may.into_iter().chain(["settings.view", "access.view", "archive.content"]).collect();
        open(app, tenant, auditors, &all, Extent { everything: true, ..Extent::default() }).await?;
    }
    Ok(Groups { agents, small, supervisors, administrators, auditors, readers })
}

/// The group of that name, and whether it was made just now.
async fn group(app: &App, tenant: TenantId, name: &'static str) -> Result<(GroupId, bool)> {
    let grant: Grant<Machine> = machine(app, tenant).grant()?;
    match grant.read(&app.store, move |r| group_by_name(r, name)).await {
        Ok(group) => return Ok((group, false)),
        Err(Error::NotFound | Error::Invalid(_)) => {}
        Err(error) => return Err(error),
    }
    let group = GroupId::new(app.store.clock().now(), app.store.chance());
    let started = Started::of(GroupKind::Agents, (Uuid::nil(), String::new()));
    let created = GroupCreated { group, name: name.to_owned(), kind: GroupKind::Agents, started };
    apply(app, tenant, created).await?;
    Ok((group, true))
}

async fn open(app: &App, tenant: TenantId, group: GroupId, rights: &[&str], extent: Extent) -> Result<()> {
    for right in rights {
        let told = Told { value: json!(true), mode: Mode::Free };
        let (place, key) = (Place::Group(group), (*right).to_owned());
        apply(app, tenant, SettingGiven { place, key, told, expected: Expected::Anything }).await?;
    }
    let reach = ReachId::new(app.store.clock().now(), app.store.chance());
    apply(app, tenant, ReachDefined { reach, name: format!("bench {group}"), extent }).await?;
    apply(app, tenant, ReachGiven { reach, holder: Holder::Group(group) }).await
}

/// The hash everybody has: the auditor's, or a new one.
async fn shared_hash(app: &App, tenant: TenantId) -> Result<String> {
    let grant: Grant<Machine> = machine(app, tenant).grant()?;
    let known = grant.read(&app.store, |r| arrival(r, &user_name(SMALL_PEOPLE))).await?;
    match known.and_then(|k| k.hash) {
        Some(hash) => Ok(hash),
        None => {
            let (secret, salt): ([u8; 32], [u8; SALT_BYTES]) =
                (app.store.chance().bytes(), app.store.chance().bytes());
            password::hash(&app.keys, &Typed::new(&data_encoding::BASE64.encode(&secret)), salt)
        }
    }
}

fn user_name(n: usize) -> String {
    format!("p{n:04}")
}

async fn person(app: &App, tenant: TenantId, n: usize, groups: &Groups, hash: &str) -> Result<Person> {
    let mut draw = Draw::new(n as u64 ^ 0x9e0);
    let name = format!("{} {}", pick(&mut draw, FIRST), pick(&mut draw, LAST));
    let (group, duty) = match n % 100 {
        _ if n < SMALL_PEOPLE => (groups.small, Duty::Agent),
        90..97 => (groups.supervisors, Duty::Supervisor),
        97.. => (groups.administrators, Duty::Administrator),
        _ => {
            (groups.agents.get(n % groups.agents.len().max(1)).copied().unwrap_or(groups.small), Duty::Agent)
        }
    };
    somebody(app, tenant, &user_name(n), &name, group, duty, hash).await
}

async fn somebody(
    app: &App,
    tenant: TenantId,
    user_name: &str,
    name: &str,
    group: GroupId,
    duty: Duty,
    hash: &str,
) -> Result<Person> {
    let grant: Grant<Machine> = machine(app, tenant).grant()?;
    let typed = user_name.to_owned();
    let (name, user_name) = (name.to_owned(), user_name.to_owned());
    if let Some(known) = grant.read(&app.store, move |r| arrival(r, &typed)).await? {
        return Ok(Person { user: known.user, group: known.group, name: known.name, user_name, duty });
    }
    let user = UserId::new(app.store.clock().now(), app.store.chance());
    let particulars = Particulars {
        mail: Some(format!("{user_name}@bench.example")),
        name: name.clone(),
        user_name: user_name.clone(),
        ..Particulars::default()
    };
    let kind = UserKind::Person;
    let created = UserCreated { user, kind, group: GroupAtStart(group), particulars, by: None, import: None };
    apply(app, tenant, created).await?;
    give_password(app, tenant, user, hash.to_owned()).await?;
    Ok(Person { user, group, name, user_name, duty })
}

/// Gives somebody a password's hash.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn give_password(app: &App, tenant: TenantId, user: UserId, hash: String) -> Result<()> {
    apply(app, tenant, PasswordGiven { user, password: Kept(hash), must_change: false }).await
}
