//! Settles a customer: groups, people, rights, reach, and the passwords of those who are ready.

use super::cast::Cast;
use super::draw::Draw;
use super::{Ready, missing};
use crate::App;
use crate::reach::events::{ReachDefined, ReachGiven};
use crate::reach::model::{Extent, Holder, ReachId};
use crate::settings::events::{Expected, SettingGiven};
use crate::settings::model::{Place, Told};
use crate::signin::events::passwords::PasswordGiven;
use crate::signin::password::{self, SALT_BYTES, Typed};
use crate::tenants::{self, NewTenant};
use crate::users::events::{GroupAtStart, GroupCreated, Started, UserCreated};
use crate::users::model::{GroupKind, Particulars, UserKind};
use kernel::facet::fold;
use kernel::setting::Mode;
use kernel::{Access, Event, Grant, GroupId, Kept, Origin, RequestId, Result, TenantId, UserId, Uuid, Way};
use serde_json::{Value, json};
use std::sync::Arc;

/// One person of the story.
#[derive(Clone)]
pub struct Member {
    /// The user.
    pub user: UserId,
    /// The group.
    pub group: GroupId,
    /// Everything written down of them.
    pub particulars: Particulars,
    /// Which of the cast's addresses they sign in from.
    pub home: usize,
}

/// A customer with people in it.
pub struct Town {
    /// The tenant.
    pub tenant: TenantId,
    /// The cast it was made from.
    pub cast: &'static Cast,
    /// The first administrator.
    pub administrator: Member,
    /// Who works in the groups.
    pub agents: Vec<Member>,
    /// Who leads them.
    pub supervisors: Vec<Member>,
    /// Everybody's password hash but of those who are ready: of a password that nobody knows.
    pub hash: String,
    /// The hashes of those who are ready.
    pub own: Vec<(UserId, String)>,
    /// What the archive holds.
    pub interactions: Vec<crate::archive::model::InteractionId>,
    /// Those who can sign in now.
    pub ready: Vec<Ready>,
}

/// What supervisors may do; agents see their own.
const SUPERVISORS_MAY: &[&str] =
    &["users.view", "archive.view", "archive.content", "logs.access", "logs.archive"];
/// What auditors may do.
const AUDITORS_MAY: &[&str] = &[
    "users.view",
    "archive.view",
    "logs.access",
    "logs.changes",
    "logs.archive",
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
async fn apply<E: Event>(app: &App, tenant: TenantId, event: E) -> Result<E::Output> {
    let grant: Grant<E::Needs> = machine(app, tenant).grant()?;
    grant.apply(&app.store, event).await
}

/// Makes the tenant and everybody in it.
pub async fn settle(app: &App, cast: &'static Cast) -> Result<Town> {
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
    let nobody = secret(app);
    let hash = hashed(app, &nobody).await?;
    let administrator = Member {
        user: added.administrator,
        group: GroupId(Uuid::nil()),
        particulars: Particulars { user_name: "admin".to_owned(), ..Particulars::default() },
        home: 0,
    };
    let mut town = Town {
        tenant,
        cast,
        administrator,
        agents: Vec::new(),
        supervisors: Vec::new(),
        hash,
        own: Vec::new(),
        interactions: Vec::new(),
        ready: Vec::new(),
    };
    give(app, tenant, Place::Tenant, "session.idle_minutes", json!(IDLE_MINUTES)).await?;
    let mut draw = Draw::new(u64::try_from(cast.number).unwrap_or(1));
    fill_groups(app, &mut town, &mut draw).await?;
    auditors(app, &mut town, &mut draw).await?;
    open_doors(app, &mut town).await?;
    Ok(town)
}

async fn group(app: &App, tenant: TenantId, name: &str) -> Result<GroupId> {
    let id = GroupId::new(app.store.clock().now(), app.store.chance());
    let kind = GroupKind::Agents;
    let started = Started::of(kind, (Uuid::nil(), String::new()));
    apply(app, tenant, GroupCreated { group: id, name: name.to_owned(), kind, started }).await?;
    Ok(id)
}

async fn give(app: &App, tenant: TenantId, place: Place, key: &str, value: Value) -> Result<()> {
    let told = Told { value, mode: Mode::Free };
    apply(app, tenant, SettingGiven { place, key: key.to_owned(), told, expected: Expected::Anything }).await
}

/// The groups, the agents in them, and for each group a supervisor who sees just that group.
async fn fill_groups(app: &App, town: &mut Town, draw: &mut Draw) -> Result<()> {
    let leaders = group(app, town.tenant, town.cast.supervisors).await?;
    for right in SUPERVISORS_MAY {
        give(app, town.tenant, Place::Group(leaders), right, json!(true)).await?;
    }
    for (n, (name, heads)) in town.cast.groups.iter().enumerate() {
        let here = group(app, town.tenant, name).await?;
        let voice = town.cast.voices.get(n).copied();
        for head in 0..*heads {
            let known = voice.filter(|_| head == 0);
            let member = person(app, town, draw, here, known).await?;
            town.agents.push(member);
        }
        for _ in 0..2 {
            let leader = person(app, town, draw, leaders, None).await?;
            reach(app, town.tenant, &format!("{name} – {}", leader.particulars.name), here, leader.user)
                .await?;
            town.supervisors.push(leader);
        }
    }
    Ok(())
}

/// Reach over one group, given to one user.
async fn reach(app: &App, tenant: TenantId, name: &str, over: GroupId, to: UserId) -> Result<()> {
    let reach = ReachId::new(app.store.clock().now(), app.store.chance());
    let extent = Extent { everything: false, groups: vec![over], queues: Vec::new() };
    apply(app, tenant, ReachDefined { reach, name: name.to_owned(), extent }).await?;
    apply(app, tenant, ReachGiven { reach, holder: Holder::User(to) }).await
}

/// Auditors see everything that was written, and no content.
async fn auditors(app: &App, town: &mut Town, draw: &mut Draw) -> Result<()> {
    let here = group(app, town.tenant, town.cast.auditors).await?;
    for right in AUDITORS_MAY {
        give(app, town.tenant, Place::Group(here), right, json!(true)).await?;
    }
    let reach = ReachId::new(app.store.clock().now(), app.store.chance());
    let extent = Extent { everything: true, ..Extent::default() };
    apply(app, town.tenant, ReachDefined { reach, name: town.cast.auditors.to_owned(), extent }).await?;
    apply(app, town.tenant, ReachGiven { reach, holder: Holder::Group(here) }).await?;
    let auditor = person(app, town, draw, here, Some((town.cast.auditors, "auditor"))).await?;
    ready(app, town, &auditor, "demo-role-auditor").await
}

async fn person(
    app: &App,
    town: &Town,
    draw: &mut Draw,
    group: GroupId,
    known: Option<(&str, &str)>,
) -> Result<Member> {
    let n = town.agents.len() + town.supervisors.len();
    let first = draw.one(town.cast.first).copied().unwrap_or_default();
    let last = draw.one(town.cast.last).copied().unwrap_or_default();
    let (name, user_name) = match known {
        Some((name, user_name)) => (name.to_owned(), user_name.to_owned()),
        None => (format!("{first} {last}"), format!("{}.{}{n}", ascii(first), ascii(last))),
    };
    let particulars = Particulars {
        mail: Some(format!("{user_name}@{}", town.cast.domain)),
        number: i64::try_from(2000 + n).ok().filter(|_| known.is_none()),
        name,
        user_name,
        ..Particulars::default()
    };
    let user = UserId::new(app.store.clock().now(), app.store.chance());
    let created = UserCreated {
        user,
        kind: UserKind::Person,
        group: GroupAtStart(group),
        particulars: particulars.clone(),
        by: None,
        import: None,
    };
    apply(app, town.tenant, created).await?;
    let given = PasswordGiven { user, password: Kept(town.hash.clone()), must_change: false };
    apply(app, town.tenant, given).await?;
    Ok(Member { user, group, particulars, home: draw.below(town.cast.addresses.len()) })
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
    let administrator = town.administrator.clone();
    ready(app, town, &administrator, "demo-role-administrator").await?;
    let supervisor = town.supervisors.first().cloned().ok_or_else(|| missing("supervisor"))?;
    ready(app, town, &supervisor, "demo-role-supervisor").await?;
    let agent = town.agents.first().cloned().ok_or_else(|| missing("agent"))?;
    ready(app, town, &agent, "demo-role-agent").await
}

async fn ready(app: &App, town: &mut Town, member: &Member, role: &'static str) -> Result<()> {
    let password = secret(app);
    let hash = hashed(app, &password).await?;
    town.own.push((member.user, hash.clone()));
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
