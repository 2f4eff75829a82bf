//! What people do all day, as the real events, many at once: coming and going, failing to, keeping users and settings,
//! opening what was said. The clock moves on with each change.

use super::town::{Duty, Person, SMALL_PEOPLE, Town, pick};
use super::words::{BROWSERS, FIRST, KEYWORDS, LAST, REASONS, SYSTEMS};
use crate::App;
use crate::archive::events::{ContentOpened, DetailsOpened};
use crate::archive::model::OpeningId;
use crate::demo::draw::Draw;
use crate::settings::events::{Expected, SettingGiven};
use crate::settings::model::{Place, Told};
use crate::signin::events::attempts::{SignInRefused, SignedIn};
use crate::signin::events::sessions::SignedOut;
use crate::signin::model::Reason;
use crate::users::events::{LookChosen, UserEdited, UserResumed, UserSuspended, ViewUsers};
use crate::users::model::Particulars;
use crate::users::queries::user;
use kernel::gate::Secret;
use kernel::policy::{Anyone, Arriving, Person as AnyPerson};
use kernel::setting::Mode;
use kernel::{Access, Actor, Error, Event, Grant, Origin, RequestId, Result, SessionId, Way};
use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// People who do something at the same moment.
pub const LANES: usize = 192;
/// A lane more for so many entries, up to all: each lane ends with a whole session.
const ENTRIES_A_LANE: i64 = 100;
/// Things somebody who leads or administers does between coming and going.
const DEEDS: usize = 28;
/// Of so many sessions one is of the small group.
const SMALL_SHARE: usize = 330;

/// One lane of doings: a session after the other.
struct Lane<'a> {
    app: &'a App,
    town: &'a Town,
    draw: Draw,
    number: usize,
    known: HashMap<usize, Particulars>,
    done: i64,
}

/// Lets people do things until so many entries are made; `made` counts them.
///
/// # Errors
/// The first fault that is no ordinary refusal.
pub async fn fill(app: &App, town: &Arc<Town>, seed: u64, wanted: i64, made: &Arc<AtomicI64>) -> Result<()> {
    let mut lanes = tokio::task::JoinSet::new();
    let lanes_wanted = usize::try_from(wanted / ENTRIES_A_LANE).unwrap_or(LANES).clamp(8, LANES);
    for number in 0..lanes_wanted {
        let (app, town, made) = (app.clone(), Arc::clone(town), Arc::clone(made));
        lanes.spawn(async move {
            let draw = Draw::new(seed.wrapping_mul(1_000_003) ^ (number as u64) << 32);
            let mut lane = Lane { app: &app, town: &town, draw, number, known: HashMap::new(), done: 0 };
            while made.load(Ordering::Relaxed) < wanted {
                lane.session().await?;
                made.fetch_add(std::mem::take(&mut lane.done), Ordering::Relaxed);
            }
            Ok::<(), Error>(())
        });
    }
    while let Some(lane) = lanes.join_next().await {
        lane.map_err(Error::broken)??;
    }
    Ok(())
}

/// An address somewhere in the world, the same each time for the same number.
fn address(n: usize) -> Ipv4Addr {
    let mut draw = Draw::new(n as u64 ^ 0x1b5);
    let firsts = [31, 46, 62, 77, 78, 81, 83, 85, 90, 94, 155, 188, 194, 212, 213, 217];
    let first = draw.one(&firsts).copied().unwrap_or(81);
    let part = |draw: &mut Draw| u8::try_from(draw.below(255)).unwrap_or(1);
    Ipv4Addr::new(first, part(&mut draw), part(&mut draw), part(&mut draw))
}

impl Lane<'_> {
    fn origin(&mut self, who: usize) -> Origin {
        let request = RequestId::new(self.app.store.clock().now(), self.app.store.chance());
        let mut origin = Origin::inside(Way::Web, request);
        // The office, a home, or somewhere on the road.
        let place = match self.draw.below(10) {
            0..6 => who % 12,
            6..9 => 1_000 + who,
            _ => 10_000 + self.draw.below(3_000),
        };
        let address = address(place);
        let place = self.app.places.place(address.into());
        origin.address = address.to_string();
        origin.country = place.country.map(|c| c.to_string()).unwrap_or_default();
        origin.network = place.network.unwrap_or_default();
        origin.browser = pick(&mut self.draw, BROWSERS).to_owned();
        origin.system = pick(&mut self.draw, SYSTEMS).to_owned();
        origin
    }

    /// An event by somebody; an ordinary refusal counts as nothing.
    async fn does<E: Event>(&mut self, access: &Arc<Access>, event: E) -> Result<Option<E::Output>> {
        let grant: Grant<E::Needs> = match access.grant() {
            Ok(grant) => grant,
            Err(Error::Forbidden(_) | Error::SignedOut) => return Ok(None),
            Err(error) => return Err(error),
        };
        match grant.apply(&self.app.store, event).await {
            Ok(output) => {
                self.done += 1;
                Ok(Some(output))
            }
            Err(Error::Conflict(_) | Error::NotFound | Error::SignedOut | Error::Invalid(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn session(&mut self) -> Result<()> {
        let town = self.town;
        let duty = match self.draw.below(100) {
            0..70 => Duty::Agent,
            70..85 => Duty::Supervisor,
            _ => Duty::Administrator,
        };
        let small = duty == Duty::Agent && self.draw.below(SMALL_SHARE) == 0;
        let who = if small {
            self.draw.below(SMALL_PEOPLE)
        } else {
            let rest = town.people.len() - SMALL_PEOPLE;
            let near = SMALL_PEOPLE + self.draw.below(rest);
            (near..town.people.len()).chain(SMALL_PEOPLE..near).find(|n| self.is(*n, duty)).unwrap_or(near)
        };
        let Some(person) = town.people.get(who) else { return Ok(()) };
        self.fails(who, person).await?;
        let Some(access) = self.comes(who, person).await? else { return Ok(()) };
        match duty {
            Duty::Agent => self.looks(&access, person).await?,
            Duty::Supervisor => self.leads(&access).await?,
            Duty::Administrator => self.keeps(&access).await?,
        }
        if let Actor::User { session, .. } = *access.actor() {
            if self.draw.percent(92) {
                self.does(&access, SignedOut { session }).await?;
            }
        }
        Ok(())
    }

    fn is(&self, n: usize, duty: Duty) -> bool {
        self.town.people.get(n).is_some_and(|p| p.duty == duty)
    }

    async fn fails(&mut self, who: usize, person: &Person) -> Result<()> {
        let times = match self.draw.below(100) {
            0..70 => 0,
            70..95 => 1,
            _ => 1 + self.draw.below(4),
        };
        for _ in 0..times {
            let access = self.app.gate.visitor(self.town.tenant, self.origin(who));
            let (user, reason, typed) = if self.draw.percent(75) {
                let known = (person.user, person.group, person.name.clone());
                (Some(known), Reason::WrongPassword, person.user_name.clone())
            } else {
                let first = pick(&mut self.draw, FIRST).to_lowercase();
                let last = pick(&mut self.draw, LAST).to_lowercase();
                (None, Reason::UnknownUser, format!("{first}.{last}{}", self.draw.below(200)))
            };
            let refused = SignInRefused { user, method: "password", reason, typed, number: None };
            self.does::<SignInRefused>(&access, refused).await?;
        }
        Ok(())
    }

    async fn comes(&mut self, who: usize, person: &Person) -> Result<Option<Arc<Access>>> {
        let origin = self.origin(who);
        let (now, chance) = (self.app.store.clock().now(), self.app.store.chance());
        let secret = Secret::new(self.town.tenant, chance);
        let event = SignedIn {
            user: person.user,
            session: SessionId::new(now, chance),
            method: "password",
            typed: person.user_name.clone(),
            token: secret.hash,
            checked: self.town.hash.clone(),
            rehashed: None,
            counters: Vec::new(),
            replaces: None,
        };
        let visitor = self.app.gate.visitor(self.town.tenant, origin.clone());
        let _: Grant<Anyone> = visitor.grant()?;
        if self.does(&visitor, event).await?.is_none() {
            return Ok(None);
        }
        match self.app.gate.session(&secret.text, origin).await {
            Ok(access) => Ok(Some(access)),
            Err(Error::SignedOut) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// An agent chooses how the pages look, some several times.
    async fn looks(&mut self, access: &Arc<Access>, person: &Person) -> Result<()> {
        let (_, _): (Grant<AnyPerson>, Grant<Arriving>) = (access.grant()?, access.grant()?);
        for _ in 0..=self.draw.below(3) {
            let theme = self.draw.one(&["system", "light", "dark"]).copied().unwrap_or("system");
            let language = self.draw.one(&[None, Some("sv"), Some("en")]).copied().flatten();
            self.does(access, LookChosen { user: person.user, language, theme }).await?;
        }
        Ok(())
    }

    /// Somebody who leads opens what was said.
    async fn leads(&mut self, access: &Arc<Access>) -> Result<()> {
        for _ in 0..DEEDS {
            let Some(interaction) = self.draw.one(&self.town.interactions).copied() else { return Ok(()) };
            if self.draw.percent(65) {
                self.does(access, DetailsOpened { interaction }).await?;
            } else {
                let opening = OpeningId::new(self.app.store.clock().now(), self.app.store.chance());
                let reason = Some(self.reason());
                self.does(access, ContentOpened { interaction, opening, reason }).await?;
            }
        }
        Ok(())
    }

    fn reason(&mut self) -> String {
        let reason = pick(&mut self.draw, REASONS);
        if self.draw.percent(50) { reason.to_owned() } else { format!("{reason} {}", self.draw.below(900)) }
    }

    /// Somebody of this lane's own, so that no two lanes edit one person; seldom of the small group.
    fn target(&mut self) -> usize {
        let people = self.town.people.len();
        if self.number < SMALL_PEOPLE && self.draw.below(12) == 0 {
            return self.number;
        }
        let lanes = LANES.min(people - SMALL_PEOPLE);
        let each = (people - SMALL_PEOPLE).div_ceil(lanes);
        let n = SMALL_PEOPLE + self.number % lanes + lanes * self.draw.below(each);
        if n < people && self.is(n, Duty::Agent) { n } else { SMALL_PEOPLE + self.number % lanes }
    }

    /// Somebody who administers keeps users and settings.
    async fn keeps(&mut self, access: &Arc<Access>) -> Result<()> {
        for _ in 0..DEEDS {
            let target = self.target();
            let Some(person) = self.town.people.get(target) else { continue };
            let whom = person.user;
            match self.draw.below(10) {
                0..6 => self.edits(access, target).await?,
                6..8 => {
                    let minutes = self.draw.between(5, 200);
                    let told = Told { value: minutes.into(), mode: Mode::Free };
                    let (place, key) = (Place::User(whom), "archive.opening_minutes".to_owned());
                    let event = SettingGiven { place, key, told, expected: Expected::Anything };
                    self.does(access, event).await?;
                }
                _ => {
                    let reason = Some(self.reason());
                    let event = UserSuspended { user: whom, from: None, until: None, reason };
                    self.does(access, event).await?;
                    let reason = Some(self.reason());
                    self.does(access, UserResumed { user: whom, reason }).await?;
                }
            }
        }
        Ok(())
    }

    async fn edits(&mut self, access: &Arc<Access>, target: usize) -> Result<()> {
        let Some(person) = self.town.people.get(target) else { return Ok(()) };
        let whom = person.user;
        let before = match self.known.get(&target) {
            Some(known) => known.clone(),
            None => {
                let Ok(view) = access.grant::<ViewUsers>() else { return Ok(()) };
                match view.read(&self.app.store, move |r| user(r, whom)).await {
                    Ok(user) => user.particulars,
                    Err(Error::NotFound) => return Ok(()),
                    Err(error) => return Err(error),
                }
            }
        };
        let mut after = before.clone();
        if self.draw.percent(60) {
            let (a, b, c) = (self.draw.below(1000), self.draw.below(100), self.draw.below(100));
            after.mobile = Some(format!("+46 70 {a:03} {b:02} {c:02}"));
        } else {
            let (one, two) = (pick(&mut self.draw, KEYWORDS), pick(&mut self.draw, KEYWORDS));
            after.keywords = format!("{one} {two}");
        }
        let event = UserEdited { user: whom, before, after: after.clone(), by: None, import: None };
        match self.does(access, event).await? {
            Some(()) => self.known.insert(target, after),
            None => self.known.remove(&target),
        };
        Ok(())
    }
}
