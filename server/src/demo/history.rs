//! Ninety days: ordinary ones, a forgetful person, a night of password spraying, a leaver, a curious supervisor.
//!
//! - A day is played in parts, each to its end before the next, so that nobody leaves before they came.
//! - Within a part everything is asked for at once, each at its own moment, in order: groups of changes are committed together.

use super::draw::Draw;
use super::people::{Member, Town, machine};
use super::{HISTORY_DAYS, Hand};
use crate::App;
use crate::archive::events::{ContentOpened, DetailsOpened};
use crate::archive::model::{InteractionId, OpeningId};
use crate::signin::events::attempts::{SignInRefused, SignedIn};
use crate::signin::events::sessions::SignedOut;
use crate::signin::model::Reason;
use crate::ui::Locale;
use crate::users::events::{UserDeactivated, UserEdited};
use futures_util::StreamExt;
use kernel::gate::Secret;
use kernel::policy::{Anyone, Arriving};
use kernel::{Access, Error, Grant, Origin, RequestId, Result, SessionId, Timestamp, Way};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Things asked for at once.
const AT_ONCE: usize = 128;
const HOUR: i64 = 3600;
/// The night on which one password is tried on everybody, the leaver's last day, the curious night.
const SPRAY_DAY: i64 = 61;
const LEAVER_DAY: i64 = 40;
const CURIOUS_DAY: i64 = 75;
/// Where the spraying comes from.
const SPRAYER: &str = "185.220.101.34";

type Step<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A day's hours begin here.
#[derive(Clone, Copy)]
struct Day {
    number: i64,
    midnight: Timestamp,
    weekend: bool,
}

struct Player<'a> {
    app: &'a App,
    town: &'a Town,
    draw: Draw,
}

/// Plays the history of one customer.
pub async fn play(app: &App, town: &Town, hand: &Hand, span: (Timestamp, Timestamp)) -> Result<()> {
    let mut player = Player { app, town, draw: Draw::new(7 + u64::try_from(town.cast.number).unwrap_or(0)) };
    let zone = jiff::tz::TimeZone::get(town.cast.zone).map_err(Error::broken)?;
    for number in 1..HISTORY_DAYS {
        let noon = span.0.plus_seconds(number * 86_400).to_jiff().to_zoned(zone.clone());
        let midnight = noon.start_of_day().map_err(Error::broken)?;
        let weekend =
            matches!(midnight.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
        let day = Day { number, midnight: Timestamp(midnight.timestamp().as_microsecond()), weekend };
        hand.set(day.midnight);
        player.night(day).await?;
        let mut present = player.morning(day).await?;
        player.midday(day, &present).await?;
        let again = player.afternoon(day, &present).await?;
        present.extend(again);
        player.evening(day, present).await?;
    }
    hand.set(span.1);
    Ok(())
}

/// Somebody who is in, with the secret of the session.
struct Present {
    member: Member,
    secret: String,
    leads: bool,
}

/// What becomes of somebody who wants to come in.
enum Try {
    Comes { leads: bool },
    Fails(Reason),
}

async fn all<T: Send>(steps: Vec<Step<'_, T>>) -> Result<Vec<T>> {
    futures_util::stream::iter(steps).buffered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
}

impl Player<'_> {
    fn origin(&self, at: Timestamp, address: &str) -> Origin {
        let mut origin = Origin::inside(Way::Web, RequestId::new(at, self.app.store.chance()));
        let place = address.parse().map(|a| self.app.places.place(a)).unwrap_or_default();
        origin.address = address.to_owned();
        origin.country = place.country.map(|c| c.to_string()).unwrap_or_default();
        origin.network = place.network.unwrap_or_default();
        (origin.browser, origin.system) = ("Firefox 152".to_owned(), "Windows".to_owned());
        origin.moment = Some(at);
        origin
    }

    fn t(&self) -> Locale {
        Locale::new(self.town.cast.language, self.town.cast.zone)
    }

    /// Why somebody listens, in the words of people who are asked every time.
    fn draw_reason(&self, interaction: InteractionId) -> Option<String> {
        let of = usize::from(interaction.bytes()[15]);
        REASONS.get(of % REASONS.len()).map(|key| self.t().say(key))
    }

    fn hash_of(&self, member: &Member) -> String {
        let own = self.town.own.iter().find(|(user, _)| *user == member.user);
        own.map_or_else(|| self.town.hash.clone(), |(_, hash)| hash.clone())
    }

    fn home(&self, member: &Member) -> &'static str {
        self.town.cast.addresses.get(member.home).copied().unwrap_or_default()
    }

    fn comes(&self, member: Member, at: Timestamp, leads: bool) -> Step<'_, Present> {
        let origin = self.origin(at, self.home(&member));
        let secret = Secret::new(self.town.tenant, self.app.store.chance());
        let event = SignedIn {
            user: member.user,
            session: SessionId::new(at, self.app.store.chance()),
            method: "password",
            typed: member.particulars.user_name.clone(),
            token: secret.hash,
            checked: self.hash_of(&member),
            rehashed: None,
            counter: [0; 32],
            replaces: None,
        };
        Box::pin(async move {
            let grant: Grant<Anyone> = self.app.gate.visitor(self.town.tenant, origin).grant()?;
            grant.apply(&self.app.store, event).await?;
            Ok(Present { member, secret: secret.text, leads })
        })
    }

    fn fails(&self, member: &Member, at: Timestamp, address: &str, reason: Reason) -> Step<'_, ()> {
        let origin = self.origin(at, address);
        let event = SignInRefused {
            user: Some((member.user, member.group, member.particulars.name.clone())),
            method: "password",
            reason,
            typed: member.particulars.user_name.clone(),
            number: None,
        };
        Box::pin(async move {
            let grant: Grant<Anyone> = self.app.gate.visitor(self.town.tenant, origin).grant()?;
            grant.apply(&self.app.store, event).await
        })
    }

    /// One password tried on everybody from one address: the night nobody noticed.
    async fn night(&mut self, day: Day) -> Result<()> {
        if day.number != SPRAY_DAY {
            return Ok(());
        }
        let begin = day.midnight.plus_seconds(2 * HOUR);
        let everybody = self.town.agents.iter().chain(&self.town.supervisors).enumerate();
        let tries = everybody.map(|(n, member)| {
            let at = begin.plus_seconds(i64::try_from(n).unwrap_or(0) * 7);
            self.fails(member, at, SPRAYER, Reason::WrongPassword)
        });
        all(tries.collect()).await.map(drop)
    }

    async fn morning(&mut self, day: Day) -> Result<Vec<Present>> {
        let mut tries = Vec::new();
        let town = self.town;
        for (n, member) in town.agents.iter().enumerate() {
            let left = n == LEAVER && day.number > LEAVER_DAY;
            let at = day.midnight.plus_seconds(self.draw.between(7 * HOUR, 9 * HOUR));
            if left && day.number < LEAVER_DAY + 4 {
                tries.push((member, at, Try::Fails(Reason::Deactivated)));
            }
            if left || !self.draw.percent(if day.weekend { 15 } else { 86 }) {
                continue;
            }
            let slips =
                if n == FORGETFUL { 2 + self.draw.below(3) } else { usize::from(self.draw.percent(3)) };
            for slip in 0..slips {
                let before = i64::try_from(slips - slip).unwrap_or(0) * 40;
                tries.push((member, at.plus_seconds(-before), Try::Fails(Reason::WrongPassword)));
            }
            tries.push((member, at, Try::Comes { leads: false }));
        }
        for member in &town.supervisors {
            if self.draw.percent(if day.weekend { 5 } else { 92 }) {
                let at = day.midnight.plus_seconds(self.draw.between(7 * HOUR, 8 * HOUR));
                tries.push((member, at, Try::Comes { leads: true }));
            }
        }
        self.try_all(tries).await
    }

    /// All of these in the order of their time; who came in.
    async fn try_all(&self, mut tries: Vec<(&Member, Timestamp, Try)>) -> Result<Vec<Present>> {
        tries.sort_by_key(|(_, at, _)| *at);
        let steps = tries.into_iter().map(|(member, at, how)| -> Step<'_, Option<Present>> {
            match how {
                Try::Comes { leads } => {
                    let comes = self.comes(member.clone(), at, leads);
                    Box::pin(async move { comes.await.map(Some) })
                }
                Try::Fails(reason) => {
                    let fails = self.fails(member, at, self.home(member), reason);
                    Box::pin(async move { fails.await.map(|()| None) })
                }
            }
        });
        Ok(all(steps.collect()).await?.into_iter().flatten().collect())
    }

    /// After lunch some come in again, at another desk.
    async fn afternoon(&mut self, day: Day, present: &[Present]) -> Result<Vec<Present>> {
        let mut again = Vec::new();
        for who in present.iter().filter(|p| !p.leads) {
            if self.draw.percent(40) {
                let at = day.midnight.plus_seconds(self.draw.between(15 * HOUR + 60, 15 * HOUR + 840));
                again.push((&who.member, at, Try::Comes { leads: false }));
            }
        }
        self.try_all(again).await
    }

    async fn midday(&mut self, day: Day, present: &[Present]) -> Result<()> {
        let mut openings = Vec::new();
        for who in present.iter().filter(|p| p.leads) {
            for _ in 0..self.draw.below(7) {
                let at = day.midnight.plus_seconds(self.draw.between(9 * HOUR, 15 * HOUR));
                if let Some(interaction) = self.draw.one(&self.town.interactions) {
                    openings.push((who, at, *interaction, self.draw.percent(60)));
                }
            }
        }
        openings.sort_by_key(|(_, at, ..)| *at);
        all(openings.into_iter().map(|(who, at, what, hears)| self.opens(who, at, what, hears)).collect())
            .await?;
        self.changes(day).await
    }

    /// Opens an interaction, and in some cases hears it. One out of reach stays closed, as it should.
    fn opens(&self, who: &Present, at: Timestamp, interaction: InteractionId, hears: bool) -> Step<'_, ()> {
        let (origin, secret) = (self.origin(at, self.home(&who.member)), who.secret.clone());
        let reason = self.draw_reason(interaction);
        let opening = OpeningId::new(at, self.app.store.chance());
        Box::pin(async move {
            let access = self.app.gate.session(&secret, origin).await?;
            let opened = access.grant()?.apply(&self.app.store, DetailsOpened { interaction }).await;
            match opened {
                Ok(_) if hears => {
                    let event = ContentOpened { interaction, opening, reason };
                    access.grant()?.apply(&self.app.store, event).await.map(drop)
                }
                Ok(_) | Err(Error::NotFound) => Ok(()),
                Err(error) => Err(error),
            }
        })
    }

    /// The administrator keeps the particulars of people; one person leaves.
    async fn changes(&mut self, day: Day) -> Result<()> {
        let access = machine(self.app, self.town.tenant);
        let manage = access.grant()?;
        if day.number == LEAVER_DAY
            && let Some(leaver) = self.town.agents.get(LEAVER)
        {
            let reason = Some(self.t().say("demo-reason-left"));
            manage.apply(&self.app.store, UserDeactivated { user: leaver.user, reason }).await?;
        }
        if !day.weekend
            && let Some(member) = self.town.agents.get(usize::try_from(day.number).unwrap_or(0) + 10)
        {
            let before = member.particulars.clone();
            let mobile = Some(format!(
                "+46 70 {:03} {:02} {:02}",
                self.draw.below(1000),
                self.draw.below(100),
                self.draw.below(100)
            ));
            let after = crate::users::model::Particulars { mobile, ..before.clone() };
            let event = UserEdited { user: member.user, before, after, by: None, import: None };
            manage.apply(&self.app.store, event).await?;
        }
        Ok(())
    }

    async fn evening(&mut self, day: Day, present: Vec<Present>) -> Result<()> {
        if day.number == CURIOUS_DAY {
            self.curious(day, &present).await?;
        }
        let mut leaving = Vec::new();
        for who in present {
            if self.draw.percent(90) {
                let at = day.midnight.plus_seconds(self.draw.between(16 * HOUR, 17 * HOUR));
                leaving.push((who, at));
            }
        }
        leaving.sort_by_key(|(_, at)| *at);
        all(leaving.into_iter().map(|(who, at)| self.leaves(who, at)).collect()).await.map(drop)
    }

    /// A supervisor opens everything there is, again and again, within an hour.
    async fn curious(&mut self, day: Day, present: &[Present]) -> Result<()> {
        let Some(who) = present.iter().rfind(|p| p.leads) else { return Ok(()) };
        let begin = day.midnight.plus_seconds(15 * HOUR + 900);
        let round = self.town.interactions.iter().cycle().take(80).enumerate();
        let steps = round.map(|(n, what)| {
            let at = begin.plus_seconds(i64::try_from(n).unwrap_or(0) * 30);
            self.opens(who, at, *what, true)
        });
        all(steps.collect()).await.map(drop)
    }

    fn leaves(&self, who: Present, at: Timestamp) -> Step<'_, ()> {
        let origin = self.origin(at, self.home(&who.member));
        Box::pin(async move {
            let access: Arc<Access> = match self.app.gate.session(&who.secret, origin).await {
                Ok(access) => access,
                Err(Error::SignedOut) => return Ok(()),
                Err(error) => return Err(error),
            };
            let kernel::Actor::User { session, .. } = *access.actor() else { return Ok(()) };
            let grant: Grant<Arriving> = access.grant()?;
            grant.apply(&self.app.store, SignedOut { session }).await
        })
    }
}

/// What people say when they open a recording.
const REASONS: [&str; 4] =
    ["demo-reason-complaint", "demo-reason-coaching", "demo-reason-sample", "demo-reason-dispute"];
/// Whose places among the agents the forgetful person and the leaver have.
const FORGETFUL: usize = 7;
const LEAVER: usize = 19;
