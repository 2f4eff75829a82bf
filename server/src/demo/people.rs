//! Settles a customer: groups, people, rights, reach, and the passwords of those who are ready.

use super::cast::Cast;
use super::draw::Draw;
use super::happening::all;
use super::story::{Known, Voice};
use super::{Brought, Ready, missing};
use crate::App;
use crate::reach::events::{ReachDefined, ReachGiven};
use crate::reach::model::{Extent, Holder, ReachId};
use crate::settings::events::{Expected, SettingGiven};
use crate::settings::model::{Place, Told};
use crate::signin::events::passwords::PasswordGiven;
use crate::signin::password::{self, SALT_BYTES, Typed};
use crate::tenants::{self, NewTenant};
use crate::ui::Locale;
use crate::users::events::{GroupAtStart, GroupCreated, Started, UserCreated, UserEdited};
use crate::users::model::{GroupKind, Particulars, UserKind};
use crate::users::queries;
use kernel::facet::fold;
use kernel::policy::Machine;
use kernel::setting::Mode;
use kernel::{Access, Event, Grant, GroupId, Kept, Origin, RequestId, Result, TenantId, UserId, Uuid, Way};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// One person of the story.
#[derive(Clone, Debug)]
pub struct Member {
    /// The user.
    pub user: UserId,
    /// The group.
    pub group: GroupId,
    /// Everything written down of them.
    pub particulars: Particulars,
    /// Which of the cast's addresses they sign in from.
    pub home: usize,
    /// The groups whose calls they may open; empty for agents.
    pub leads: Vec<GroupId>,
}

/// A customer with people in it.
pub struct Town {
    /// The tenant.
    pub tenant: TenantId,
    /// The cast it was made from.
    pub cast: &'static Cast,
    /// The two who run it; the first is ready.
    pub administrators: Vec<Member>,
    /// Who looks into the book; the first is ready.
    pub auditors: Vec<Member>,
    /// Who works in the groups.
    pub agents: Vec<Member>,
    /// Who leads them: two a group, and at last one who stands in everywhere.
    pub supervisors: Vec<Member>,
    /// The agents' groups, as the cast lists them.
    pub groups: Vec<GroupId>,
    /// Everybody's password hash but of those who are ready: of a password that nobody knows.
    pub hash: String,
    /// The hashes of those who are ready.
    pub own: HashMap<UserId, String>,
    /// What the archive holds by now.
    pub interactions: Vec<Known>,
    /// What came of the interactions.
    pub brought: Brought,
    /// Those who can sign in now.
    pub ready: Vec<Ready>,
}

/// What agents may do: without reach they see the interactions that are their own, without what was said.
const AGENTS_MAY: &str = "archive.view";
/// What supervisors may do.
const SUPERVISORS_MAY: &[&str] =
    &["users.view", "archive.view", "archive.content", "logs.access", "logs.archive"];
/// What auditors may do.
const AUDITORS_MAY: &[&str] = &[
    "users.view",
    "archive.view",
    "logs.access",
    "logs.changes",
    "logs.archive",
    "logs.export",
    "book.read",
    "access.view",
    "settings.view",
];
/// Minutes a session may be idle here: a shift at the telephone.
const IDLE_MINUTES: i64 = 600;

/// The machine's access to a tenant, at the clock's time.
pub fn machine(app: &App, tenant: TenantId) -> Arc<Access> {
    let request = RequestId::new(app.store.clock().now(), app.store.chance());
    app.gate.machine(tenant, "demo", Origin::inside(Way::Command, request))
}

/// Applies an event as the machine.
pub async fn apply<E: Event>(app: &App, tenant: TenantId, event: E) -> Result<E::Output> {
    let grant: Grant<E::Needs> = machine(app, tenant).grant()?;
    grant.apply(&app.store, event).await
}

/// A new id, at the clock's time.
pub fn id(app: &App) -> Uuid {
    app.store.chance().uuid(app.store.clock().now())
}

/// Makes the tenant and everybody in it; `voices` are agents that recorded interactions speak of.
pub async fn settle(app: &App, cast: &'static Cast, voices: &[Voice]) -> Result<Town> {
    let t = Locale::new(cast.language, cast.zone);
    let new = NewTenant {
        number: cast.number,
        name: cast.name.to_owned(),
        language: cast.language,
        zone: cast.zone.to_owned(),
        host: None,
        administrator: "admin".to_owned(),
    };
    let added = tenants::add(app, "demo", new).await?;
    let tenant = added.tenant;
    let hash = hashed(app, &secret(app)).await?;
    let mut town = Town {
        tenant,
        cast,
        administrators: Vec::new(),
        auditors: Vec::new(),
        agents: Vec::new(),
        supervisors: Vec::new(),
        groups: Vec::new(),
        hash,
        own: HashMap::new(),
        interactions: Vec::new(),
        brought: Brought::default(),
        ready: Vec::new(),
    };
    give(app, tenant, Place::Tenant, "session.idle_minutes", json!(IDLE_MINUTES)).await?;
    let mut draw = Draw::new(u64::try_from(cast.number).unwrap_or(1));
    administrators(app, &mut town, added.administrator, &t).await?;
    fill_groups(app, &mut town, &mut draw, voices).await?;
    auditors(app, &mut town, &mut draw).await?;
    open_doors(app, &mut town).await?;
    Ok(town)
}

/// Makes a group.
pub async fn group(app: &App, tenant: TenantId, kind: GroupKind, name: &str) -> Result<GroupId> {
    let group = GroupId(id(app));
    let started = Started::of(kind, (Uuid::nil(), String::new()));
    apply(app, tenant, GroupCreated { group, name: name.to_owned(), kind, started }).await?;
    Ok(group)
}

/// A group that every tenant begins with, by the sentence that names it.
pub async fn starting_group(app: &App, tenant: TenantId, name: String) -> Result<GroupId> {
    let grant: Grant<Machine> = machine(app, tenant).grant()?;
    grant.read(&app.store, move |r| queries::group_by_name(r, &name)).await
}

async fn give(app: &App, tenant: TenantId, place: Place, key: &str, value: Value) -> Result<()> {
    let told = Told { value, mode: Mode::Free };
    apply(app, tenant, SettingGiven { place, key: key.to_owned(), told, expected: Expected::Anything }).await
}

/// The first administrator gets a name; a second stands beside.
async fn administrators(app: &App, town: &mut Town, first: UserId, t: &Locale) -> Result<()> {
    let group = starting_group(app, town.tenant, t.say("tenant-administrators")).await?;
    let (name, (second, second_user)) = town.cast.administrators;
    let before = Particulars {
        user_name: "admin".to_owned(),
        name: t.say("tenant-first-administrator"),
        ..Particulars::default()
    };
    let mail = Some(format!("admin@{}", town.cast.domain));
    let particulars = Particulars { name: name.to_owned(), mail, ..before.clone() };
    let event = UserEdited { user: first, before, after: particulars.clone(), by: None, import: None };
    apply(app, town.tenant, event).await?;
    town.administrators.push(Member { user: first, group, particulars, home: 0, leads: Vec::new() });
    let known = Some((second.to_owned(), format!("{second_user}@{}", town.cast.domain)));
    let member = Member { home: 0, ..person(app, town, &mut Draw::new(1), group, known) };
    hire(app, town, vec![member.clone()]).await?;
    town.administrators.push(member);
    Ok(())
}

/// The groups, the agents in them, for each group two supervisors who see just that group, and one who sees them all.
async fn fill_groups(app: &App, town: &mut Town, draw: &mut Draw, voices: &[Voice]) -> Result<()> {
    let leaders = group(app, town.tenant, GroupKind::Agents, town.cast.supervisors).await?;
    for right in SUPERVISORS_MAY {
        give(app, town.tenant, Place::Group(leaders), right, json!(true)).await?;
    }
    let count = town.cast.groups.len();
    for (n, (name, heads)) in town.cast.groups.iter().enumerate() {
        let here = group(app, town.tenant, GroupKind::Agents, name).await?;
        give(app, town.tenant, Place::Group(here), AGENTS_MAY, json!(true)).await?;
        town.groups.push(here);
        let mut known = voices.iter().skip(n).step_by(count).cloned();
        let spoken = voices.iter().skip(n).step_by(count).count();
        let mut agents = Vec::new();
        for _ in 0..(*heads).max(spoken) {
            let member = person(app, town, draw, here, known.next());
            agents.push(member.clone());
            town.agents.push(member);
        }
        hire(app, town, agents).await?;
        for _ in 0..2 {
            leader(app, town, draw, leaders, vec![here]).await?;
        }
    }
    leader(app, town, draw, leaders, town.groups.clone()).await
}

/// A supervisor with reach over some groups.
async fn leader(
    app: &App,
    town: &mut Town,
    draw: &mut Draw,
    leaders: GroupId,
    leads: Vec<GroupId>,
) -> Result<()> {
    let member = Member { leads: leads.clone(), ..person(app, town, draw, leaders, None) };
    hire(app, town, vec![member.clone()]).await?;
    let reach = ReachId(id(app));
    let extent = Extent { everything: false, groups: leads, queues: Vec::new() };
    let name = format!("{} – {}", town.cast.supervisors, member.particulars.name);
    apply(app, town.tenant, ReachDefined { reach, name, extent }).await?;
    apply(app, town.tenant, ReachGiven { reach, holder: Holder::User(member.user) }).await?;
    town.supervisors.push(member);
    Ok(())
}

/// Auditors see everything that was written, and no content.
async fn auditors(app: &App, town: &mut Town, draw: &mut Draw) -> Result<()> {
    let here = group(app, town.tenant, GroupKind::Agents, town.cast.auditors).await?;
    for right in AUDITORS_MAY {
        give(app, town.tenant, Place::Group(here), right, json!(true)).await?;
    }
    let reach = ReachId(id(app));
    let extent = Extent { everything: true, ..Extent::default() };
    apply(app, town.tenant, ReachDefined { reach, name: town.cast.auditors.to_owned(), extent }).await?;
    apply(app, town.tenant, ReachGiven { reach, holder: Holder::Group(here) }).await?;
    let known = Some((town.cast.auditors.to_owned(), format!("auditor@{}", town.cast.domain)));
    let auditor = Member { home: 0, ..person(app, town, draw, here, known) };
    hire(app, town, vec![auditor.clone()]).await?;
    ready(app, town, &auditor, "demo-role-auditor").await?;
    town.auditors.push(auditor);
    Ok(())
}

/// Somebody who is not hired yet: known by name and mail address, or drawn.
fn person(app: &App, town: &Town, draw: &mut Draw, group: GroupId, known: Option<Voice>) -> Member {
    let n = town.agents.len() + town.supervisors.len();
    let first = draw.one(town.cast.first).copied().unwrap_or_default();
    let last = draw.one(town.cast.last).copied().unwrap_or_default();
    let drawn = format!("{}.{}{n}", ascii(first), ascii(last));
    let number = i64::try_from(2000 + n).ok().filter(|_| known.is_none());
    let own = format!("@{}", town.cast.domain);
    let (name, user_name, mail) = match known {
        // Whose address is of another house signs in by all of it.
        Some((name, mail)) => (name, mail.strip_suffix(&own).unwrap_or(&mail).to_owned(), mail),
        None => (format!("{first} {last}"), drawn.clone(), format!("{drawn}{own}")),
    };
    let particulars = Particulars { mail: Some(mail), number, name, user_name, ..Particulars::default() };
    let home = draw.below(town.cast.addresses.len());
    Member { user: UserId(id(app)), group, particulars, home, leads: Vec::new() }
}

/// Makes users of people, with a password that nobody knows.
async fn hire(app: &App, town: &Town, people: Vec<Member>) -> Result<()> {
    let access = machine(app, town.tenant);
    let (users, passwords) = (access.grant()?, access.grant()?);
    let steps = people.into_iter().map(|member| {
        let created = UserCreated {
            user: member.user,
            kind: UserKind::Person,
            group: GroupAtStart(member.group),
            particulars: member.particulars,
            by: None,
            import: None,
        };
        let given =
            PasswordGiven { user: member.user, password: Kept(town.hash.clone()), must_change: false };
        let (users, passwords) = (&users, &passwords);
        let step: super::happening::Step<'_, ()> = Box::pin(async move {
            let both = futures_util::future::join(
                users.apply(&app.store, created),
                passwords.apply(&app.store, given),
            );
            let (created, given) = both.await;
            created.and(given)
        });
        step
    });
    all(steps.collect()).await.map(drop)
}

/// A name in plain letters, as user names are written.
fn ascii(name: &str) -> String {
    let plain = |c: char| match c {
        'å' | 'ä' | 'á' | 'ë' => Some(if c == 'ë' { 'e' } else { 'a' }),
        'ö' => Some('o'),
        'é' => Some('e'),
        c if c.is_ascii_alphanumeric() => Some(c),
        _ => None,
    };
    fold(name).chars().filter_map(plain).collect()
}

/// Those whose sign-in is printed: an administrator, a supervisor, an agent (the auditor is there already).
async fn open_doors(app: &App, town: &mut Town) -> Result<()> {
    let administrator = town.administrators.first().cloned().ok_or_else(|| missing("administrator"))?;
    ready(app, town, &administrator, "demo-role-administrator").await?;
    let supervisor = town.supervisors.first().cloned().ok_or_else(|| missing("supervisor"))?;
    ready(app, town, &supervisor, "demo-role-supervisor").await?;
    let agent = town.agents.first().cloned().ok_or_else(|| missing("agent"))?;
    ready(app, town, &agent, "demo-role-agent").await
}

async fn ready(app: &App, town: &mut Town, member: &Member, role: &'static str) -> Result<()> {
    let password = secret(app);
    let hash = hashed(app, &password).await?;
    town.own.insert(member.user, hash.clone());
    let given = PasswordGiven { user: member.user, password: Kept(hash), must_change: false };
    apply(app, town.tenant, given).await?;
    let (number, tenant) = (town.cast.number, town.cast.name);
    town.ready.push(Ready {
        number,
        tenant,
        role,
        user_name: member.particulars.user_name.clone(),
        password,
    });
    Ok(())
}

async fn hashed(app: &App, password: &str) -> Result<String> {
    let salt: [u8; SALT_BYTES] = app.store.chance().bytes();
    password::hash(&app.keys, &Typed::new(password), salt)
}

/// Twenty letters and digits in fives: 100 bits.
fn secret(app: &App) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes: [u8; 20] = app.store.chance().bytes();
    let letters: Vec<char> = bytes.iter().map(|b| char::from(LETTERS[usize::from(b & 31)])).collect();
    letters.chunks(5).map(|five| five.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
