//! Ninety days: ordinary ones, a forgetful person, a night of password spraying, a leaver, a curious supervisor.
//!
//! - A day is planned as a whole and then played in the order of its moments; what lies beyond midnight waits for the next.
//! - Nobody does what they may not: supervisors open what their groups had, within their own session.

use super::draw::Draw;
use super::happening::{self, Happening, Who};
use super::people::{Member, Town};
use super::story::{Known, Tale};
use super::{HISTORY_DAYS, Hand, office, story};
use crate::App;
use crate::archive::events::{ArchiveSearched, ContentDownloaded, ContentOpened, DetailsOpened};
use crate::archive::model::OpeningId;
use crate::signin::events::attempts::{SignInRefused, SignedIn};
use crate::signin::events::sessions::SignedOut;
use crate::signin::expiring;
use crate::signin::model::Reason;
use crate::ui::Locale;
use kernel::gate::Secret;
use kernel::policy::{Anyone, Arriving};
use kernel::{Actor, Error, Grant, GroupId, Result, SessionId, Timestamp, UserId};
use std::collections::HashMap;
use std::sync::Arc;

/// An hour, in seconds.
pub const HOUR: i64 = 3600;
/// The night on which one password is tried on everybody, and the curious night.
const SPRAY_DAY: i64 = 61;
const CURIOUS_DAY: i64 = 75;
/// Where the spraying comes from.
const SPRAYER: &str = "185.220.101.34";
/// Whose places among the agents the forgetful person and the leaver have.
pub const FORGETFUL: usize = 7;
/// Of the leaver.
pub const LEAVER: usize = 19;
/// The weekday, counted from the first, on which the leaver leaves.
pub const LEAVER_WEEKDAY: i64 = 28;
/// The weekday from which one supervisor may take recordings away.
pub const DOWNLOADS_WEEKDAY: i64 = 45;
/// That supervisor.
pub const DOWNLOADER: usize = 1;

/// A day begins here.
#[derive(Clone, Copy)]
pub struct Day {
    /// Counted from the first of the history.
    pub number: i64,
    /// Counted without Saturdays and Sundays.
    pub weekday: i64,
    /// Where the customer is.
    pub midnight: Timestamp,
    /// Saturday or Sunday.
    pub weekend: bool,
}

/// One customer's history under way.
pub struct Player<'a> {
    pub(super) app: &'a App,
    pub(super) town: Town,
    pub(super) draw: Draw,
    /// Until which day somebody is suspended.
    pub(super) away: HashMap<UserId, i64>,
    /// Who has to choose a new password at the next sign-in.
    pub(super) forced: Vec<UserId>,
    /// Whose accounts were tried last night and get a new password.
    pub(super) sprayed: Vec<UserId>,
    /// Who was moved last, and from where.
    pub(super) mistake: Option<(usize, GroupId)>,
    tales: Vec<Tale>,
    later: Vec<Happening<'a>>,
    zone: jiff::tz::TimeZone,
    weekdays: i64,
    span: (Timestamp, Timestamp),
}

/// Midnight so many days of the calendar after a moment: days are longer and shorter where clocks are changed.
pub fn midnight(start: Timestamp, zone: &jiff::tz::TimeZone, days: i64) -> Result<jiff::Zoned> {
    let first = start.to_jiff().to_zoned(zone.clone());
    let then = first.checked_add(jiff::Span::new().days(days)).map_err(Error::broken)?;
    then.start_of_day().map_err(Error::broken)
}

impl<'a> Player<'a> {
    /// Ready for the first day.
    pub fn new(app: &'a App, town: Town, tales: Vec<Tale>, span: (Timestamp, Timestamp)) -> Result<Self> {
        let zone = jiff::tz::TimeZone::get(town.cast.zone).map_err(Error::broken)?;
        let draw = Draw::new(7 + u64::try_from(town.cast.number).unwrap_or(0));
        Ok(Self {
            app,
            town,
            draw,
            away: HashMap::new(),
            forced: Vec::new(),
            sprayed: Vec::new(),
            mistake: None,
            tales,
            later: Vec::new(),
            zone,
            weekdays: 0,
            span,
        })
    }

    /// The customer, when all is over.
    pub fn into_town(self) -> Town {
        self.town
    }

    /// Midnight of a day, where the customer is.
    fn day(&mut self, number: i64) -> Result<Day> {
        let midnight = midnight(self.span.0, &self.zone, number)?;
        let weekend =
            matches!(midnight.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
        self.weekdays += i64::from(!weekend);
        let midnight = Timestamp(midnight.timestamp().as_microsecond());
        Ok(Day { number, weekday: self.weekdays, midnight, weekend })
    }

    /// Plays one day.
    pub async fn play(&mut self, number: i64, hand: &Hand) -> Result<()> {
        let day = self.day(number)?;
        let night = day.midnight.plus_seconds(HOUR);
        if number > 1 && night.0 < self.span.1.0 {
            // What of yesterday's reaches into the night comes first.
            self.until(night, Vec::new()).await?;
            hand.set(night);
            // Who did not leave by themselves is out by then.
            expiring::sweep(self.app, self.town.tenant).await?;
            story::bring_in(self.app, &mut self.town, &mut self.tales, night).await?;
        }
        let mut all = Vec::new();
        self.spraying(day, &mut all);
        office::administrators(self, day, &mut all);
        office::auditors(self, day, &mut all);
        self.agents(day, &mut all);
        self.supervisors(day, &mut all);
        self.curious(day, &mut all);
        let end = if number == HISTORY_DAYS { self.span.1 } else { day.midnight.plus_seconds(24 * HOUR) };
        self.until(end.min(self.span.1), all).await
    }

    /// Plays what is before a moment, and keeps the rest for later.
    async fn until(&mut self, end: Timestamp, mut all: Vec<Happening<'a>>) -> Result<()> {
        all.append(&mut self.later);
        let (now, later): (Vec<_>, Vec<_>) = all.into_iter().partition(|h| h.at < end);
        self.later = later;
        happening::play(self.app, &self.town, now).await
    }

    /// The language of the place.
    pub(super) fn t(&self) -> Locale {
        Locale::new(self.town.cast.language, self.town.cast.zone)
    }

    fn hash_of(&self, user: UserId) -> String {
        self.town.own.get(&user).unwrap_or(&self.town.hash).clone()
    }

    pub(super) fn home(&self, member: &Member) -> &'static str {
        self.town.cast.addresses.get(member.home).copied().unwrap_or_default()
    }

    /// Somebody comes in; the secret is what they do the rest with.
    pub(super) fn comes(&self, member: &Member, at: Timestamp, all: &mut Vec<Happening<'a>>) -> Arc<str> {
        let (app, tenant) = (self.app, self.town.tenant);
        let secret = Secret::new(tenant, app.store.chance());
        let text: Arc<str> = Arc::from(secret.text.as_str());
        let event = SignedIn {
            user: member.user,
            session: SessionId::new(at, app.store.chance()),
            method: "password",
            typed: member.particulars.user_name.clone(),
            token: secret.hash,
            checked: self.hash_of(member.user),
            rehashed: None,
            counters: Vec::new(),
            replaces: None,
        };
        all.push(Happening {
            at,
            address: self.home(member),
            who: Who::Visitor,
            begins: Some(Arc::clone(&text)),
            deed: Box::new(move |access| {
                Box::pin(async move {
                    let grant: Grant<Anyone> = access.grant()?;
                    grant.apply(&app.store, event).await
                })
            }),
            alone: false,
        });
        text
    }

    /// Somebody who does not come in.
    fn fails(&self, member: &Member, at: Timestamp, address: &'a str, reason: Reason) -> Happening<'a> {
        let app = self.app;
        let event = SignInRefused {
            user: Some((member.user, member.group, member.particulars.name.clone())),
            method: "password",
            reason,
            typed: member.particulars.user_name.clone(),
            number: None,
        };
        Happening {
            at,
            address,
            who: Who::Visitor,
            begins: None,
            deed: Box::new(move |access| {
                Box::pin(async move {
                    let grant: Grant<Anyone> = access.grant()?;
                    grant.apply(&app.store, event).await
                })
            }),
            alone: false,
        }
    }

    /// Somebody leaves.
    pub(super) fn leaves(&self, member: &Member, secret: Arc<str>, at: Timestamp) -> Happening<'a> {
        let app = self.app;
        Happening {
            at,
            address: self.home(member),
            who: Who::Leaving(secret),
            begins: None,
            deed: Box::new(move |access| {
                Box::pin(async move {
                    let Actor::User { session, .. } = *access.actor() else { return Ok(()) };
                    let grant: Grant<Arriving> = access.grant()?;
                    grant.apply(&app.store, SignedOut { session }).await
                })
            }),
            alone: false,
        }
    }

    /// One password tried on everybody from one address: the night nobody noticed.
    fn spraying(&mut self, day: Day, all: &mut Vec<Happening<'a>>) {
        if day.number != SPRAY_DAY {
            return;
        }
        let begin = day.midnight.plus_seconds(2 * HOUR);
        let everybody = self.town.agents.iter().chain(&self.town.supervisors).enumerate();
        all.extend(everybody.map(|(n, member)| {
            let at = begin.plus_seconds(i64::try_from(n).unwrap_or(0) * 7);
            self.fails(member, at, SPRAYER, Reason::WrongPassword)
        }));
        self.sprayed.extend(self.town.agents.iter().skip(1).take(3).map(|agent| agent.user));
    }

    fn agents(&mut self, day: Day, all: &mut Vec<Happening<'a>>) {
        let night = self.town.cast.night.and_then(|name| {
            let at = self.town.cast.groups.iter().position(|(known, _)| *known == name)?;
            self.town.groups.get(at).copied()
        });
        for (n, member) in self.town.agents.clone().iter().enumerate() {
            let hour = if Some(member.group) == night { 20 } else { 7 };
            let begin = day.midnight.plus_seconds(self.draw.between(hour * HOUR, hour * HOUR + 6300));
            let left = n == LEAVER && day.weekday >= LEAVER_WEEKDAY;
            let suspended = self.away.get(&member.user).is_some_and(|until| day.number < *until);
            if left && day.weekday < LEAVER_WEEKDAY + 4 && !day.weekend {
                all.push(self.fails(member, begin, self.home(member), Reason::Deactivated));
            }
            if suspended && self.draw.percent(25) {
                all.push(self.fails(member, begin, self.home(member), Reason::Suspended));
            }
            if left || suspended || !self.draw.percent(if day.weekend { 15 } else { 86 }) {
                continue;
            }
            let slips =
                if n == FORGETFUL { 2 + self.draw.below(3) } else { usize::from(self.draw.percent(3)) };
            for slip in 0..slips {
                let before = i64::try_from(slips - slip).unwrap_or(0) * 40;
                all.push(self.fails(
                    member,
                    begin.plus_seconds(-before),
                    self.home(member),
                    Reason::WrongPassword,
                ));
            }
            self.shift(member, begin, all);
        }
    }

    /// A day's work: in, perhaps once more at another desk, and for most of them out.
    fn shift(&mut self, member: &Member, begin: Timestamp, all: &mut Vec<Happening<'a>>) {
        let mut secrets = vec![self.comes(member, begin, all)];
        if let Some(at) = self.forced.iter().position(|user| *user == member.user) {
            self.forced.swap_remove(at);
            let secret = secrets.remove(0);
            secrets.push(office::new_password(self, member, &secret, begin.plus_seconds(70), all));
        }
        if self.draw.percent(25) {
            let again = begin.plus_seconds(self.draw.between(5 * HOUR, 6 * HOUR));
            secrets.push(self.comes(member, again, all));
        }
        for secret in secrets {
            if self.draw.percent(90) {
                let end = begin.plus_seconds(self.draw.between(8 * HOUR, 9 * HOUR));
                all.push(self.leaves(member, secret, end));
            }
        }
    }

    fn supervisors(&mut self, day: Day, all: &mut Vec<Happening<'a>>) {
        for (n, member) in self.town.supervisors.clone().iter().enumerate() {
            if !self.draw.percent(if day.weekend { 5 } else { 92 }) {
                continue;
            }
            let begin = day.midnight.plus_seconds(self.draw.between(7 * HOUR, 8 * HOUR));
            let secret = self.comes(member, begin, all);
            let within: Vec<Known> = self.within(member);
            for _ in 0..self.draw.below(7) {
                let at = begin.plus_seconds(self.draw.between(HOUR, 8 * HOUR));
                if self.draw.percent(20) {
                    self.searches(member, &secret, at.plus_seconds(-45), all);
                }
                let Some(interaction) = self.draw.one(&within).cloned() else { continue };
                let hears = self.draw.percent(60);
                self.opens(member, &secret, at, &interaction, hears, all);
                let takes = n == DOWNLOADER && day.weekday > DOWNLOADS_WEEKDAY && self.draw.percent(30);
                if let (Some(recording), true) = (interaction.recording, takes) {
                    let reason = self.reason();
                    let event =
                        ContentDownloaded { interaction: interaction.id, content: recording.content, reason };
                    let at = at.plus_seconds(300);
                    all.push(Happening::of(self.app, &secret, at, self.home(member), event));
                }
            }
            let end = begin.plus_seconds(self.draw.between(8 * HOUR + 1800, 9 * HOUR));
            all.push(self.leaves(member, secret, end));
        }
    }

    /// What a supervisor's groups had.
    fn within(&self, member: &Member) -> Vec<Known> {
        let had = |known: &&Known| known.group.is_some_and(|group| member.leads.contains(&group));
        self.town.interactions.iter().filter(had).cloned().collect()
    }

    /// Why somebody listens, in the words of people who are asked every time.
    fn reason(&mut self) -> Option<String> {
        let t = self.t();
        self.draw.one(&REASONS).map(|key| t.say(key))
    }

    fn searches(&mut self, member: &Member, secret: &Arc<str>, at: Timestamp, all: &mut Vec<Happening<'a>>) {
        let words = self.draw.one(self.town.cast.sought).copied().unwrap_or_default().to_owned();
        let event = ArchiveSearched { words, filters: "/archive".to_owned() };
        all.push(Happening::of(self.app, secret, at, self.home(member), event));
    }

    /// Opens an interaction, and in some cases hears it, to its end or for a while.
    fn opens(
        &mut self,
        member: &Member,
        secret: &Arc<str>,
        at: Timestamp,
        interaction: &Known,
        hears: bool,
        all: &mut Vec<Happening<'a>>,
    ) {
        let (app, address, id) = (self.app, self.home(member), interaction.id);
        all.push(Happening::of(app, secret, at, address, DetailsOpened { interaction: id }));
        if !hears {
            return;
        }
        let opening = OpeningId::new(at, app.store.chance());
        let at = at.plus_seconds(self.draw.between(8, 30));
        let reason = self.reason();
        all.push(Happening::of(app, secret, at, address, ContentOpened { interaction: id, opening, reason }));
        if let Some(recording) = interaction.recording {
            let part = self.draw.between(20, 101);
            all.push(story::played(app, (secret, address), at, (id, opening, recording), part));
        }
    }

    /// A supervisor opens everything there is, again and again, within an hour, late in the evening.
    fn curious(&mut self, day: Day, all: &mut Vec<Happening<'a>>) {
        let (Some(member), CURIOUS_DAY) = (self.town.supervisors.last().cloned(), day.number) else { return };
        let begin = day.midnight.plus_seconds(22 * HOUR + 900);
        let secret = self.comes(&member, begin, all);
        let within = self.within(&member);
        for (n, interaction) in within.iter().cycle().take(80).enumerate() {
            let at = begin.plus_seconds(60 + i64::try_from(n).unwrap_or(0) * 35);
            self.opens(&member, &secret, at, interaction, true, all);
        }
        all.push(self.leaves(&member, secret, begin.plus_seconds(HOUR)));
    }
}

/// What people say when they open a recording.
const REASONS: [&str; 4] =
    ["demo-reason-complaint", "demo-reason-coaching", "demo-reason-sample", "demo-reason-dispute"];
