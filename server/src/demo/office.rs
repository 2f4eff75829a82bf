//! What those do who run a customer's centre and who look into its book: a short visit each morning, with changes, a
//! change taken back, and readings that are entries too.

use super::happening::{Happening, Who};
use super::history::{DOWNLOADER, DOWNLOADS_WEEKDAY, Day, FORGETFUL, HOUR, LEAVER, LEAVER_WEEKDAY, Player};
use super::people::Member;
use super::queries;
use crate::App;
use crate::archive::events::DetailsOpened;
use crate::logs::book::ReadBook;
use crate::logs::events::{BookExported, EXPORT_JOB, LogExported, LogRead};
use crate::logs::{ExportLogs, ReadChangeLog, undo};
use crate::settings::events::{Expected, SettingGiven};
use crate::settings::model::{Place, Told};
use crate::signin::events::passwords::PasswordChanged;
use crate::users::events::{
    NewPasswordForced, UserDeactivated, UserEdited, UserMoved, UserSuspended, UsersExported,
};
use crate::users::model::Particulars;
use book::Log;
use kernel::gate::Secret;
use kernel::policy::Arriving;
use kernel::setting::Mode;
use kernel::{Access, Grant, Kept, Result, Timestamp, work};
use serde_json::{Value, json};
use std::sync::Arc;

/// Somebody's visit: what is done, one thing after the other, two minutes apart.
struct Visit<'a, 'b> {
    app: &'a App,
    secret: Arc<str>,
    address: &'a str,
    at: Timestamp,
    all: &'b mut Vec<Happening<'a>>,
}

impl<'a> Visit<'a, '_> {
    fn does<E>(&mut self, event: E)
    where
        E: kernel::Event + Send + 'a,
        E::Output: Send,
    {
        self.at = self.at.plus_seconds(97);
        self.all.push(Happening::of(self.app, &self.secret, self.at, self.address, event));
    }
    /// Something that looks at what was before.
    fn looks<F>(&mut self, deed: impl FnOnce(&'a App, Arc<Access>) -> F + Send + 'a)
    where
        F: std::future::Future<Output = Result<()>> + Send + 'a,
    {
        let app = self.app;
        self.at = self.at.plus_seconds(97);
        self.all.push(Happening {
            at: self.at,
            address: self.address,
            who: Who::Session(Arc::clone(&self.secret)),
            begins: None,
            deed: Box::new(move |access| Box::pin(deed(app, access))),
            alone: true,
        });
    }
    /// Takes back the newest change of that name.
    fn takes_back(&mut self, name: &'static str) {
        self.looks(move |app, access| async move {
            let grant: Grant<ReadChangeLog> = access.grant()?;
            let idx = grant.read(&app.store, move |r| queries::newest(r, name)).await?;
            let entry =
                grant.read(&app.store, move |r| crate::logs::queries::entry(r, Log::Change, idx)).await?;
            undo::undo(app, &access, entry).await
        });
    }
}

/// One of the two administrators comes each weekday, changes a few things, and goes.
pub fn administrators<'a>(player: &mut Player<'a>, day: Day, all: &mut Vec<Happening<'a>>) {
    let turn = usize::try_from(day.weekday).unwrap_or(0);
    let Some(member) = player.town.administrators.get(turn % 2).cloned().filter(|_| !day.weekend) else {
        return;
    };
    let begin = day.midnight.plus_seconds(6 * HOUR + 1200);
    let secret = player.comes(&member, begin, all);
    let (app, address) = (player.app, player.home(&member));
    let mut visit = Visit { app, secret: Arc::clone(&secret), address, at: begin, all };
    keeps_people(player, day, turn, &mut visit);
    keeps_settings(player, day, &mut visit);
    let end = visit.at.plus_seconds(140);
    all.push(player.leaves(&member, secret, end));
}

/// Particulars, moves, holidays, new passwords, and one who leaves.
fn keeps_people<'a>(player: &mut Player<'a>, day: Day, turn: usize, visit: &mut Visit<'a, '_>) {
    let (t, count) = (player.t(), player.town.agents.len().max(1));
    let edited = (turn + 30) % count;
    let mobile =
        Some(format!("+46 70 {:03} {:02} {:02}", player.draw.below(1000), turn, player.draw.below(100)));
    if let Some(member) = player.town.agents.get_mut(edited) {
        let before = member.particulars.clone();
        let after = Particulars { mobile, ..before.clone() };
        member.particulars = after.clone();
        visit.does(UserEdited { user: member.user, before, after, by: None, import: None });
    }
    if day.weekday == LEAVER_WEEKDAY
        && let Some(leaver) = player.town.agents.get(LEAVER)
    {
        visit.does(UserDeactivated { user: leaver.user, reason: Some(t.say("demo-reason-left")) });
    }
    let other = (turn * 3 + 21) % count;
    let special = [0, FORGETFUL, LEAVER].contains(&other);
    if turn % 8 == 2
        && !special
        && let Some(member) = player.town.agents.get(other)
    {
        let until = Some(day.midnight.plus_seconds(72 * HOUR));
        let reason = Some(t.say("demo-reason-holiday"));
        player.away.insert(member.user, day.number + 3);
        visit.does(UserSuspended { user: member.user, from: None, until, reason });
    }
    if turn % 5 == 3 && !special {
        moves(player, other, t.say("demo-reason-moved"), visit);
    }
    // The morning after, one of the moves turns out to be a mistake.
    if day.weekday == MISTAKE_WEEKDAY + 1 {
        visit.takes_back("user.moved");
        if let Some((at, group)) = player.mistake.take()
            && let Some(member) = player.town.agents.get_mut(at)
        {
            member.group = group;
        }
    }
    for user in std::mem::take(&mut player.sprayed) {
        player.forced.push(user);
        visit.does(NewPasswordForced { user, reason: Some(t.say("demo-reason-sprayed")) });
    }
    if turn % 21 == 20 {
        visit.does(UsersExported { count: i64::try_from(count).unwrap_or(0) });
    }
}

/// The weekday whose move is taken back on the next.
const MISTAKE_WEEKDAY: i64 = 33;

/// Somebody goes to the next group.
fn moves<'a>(player: &mut Player<'a>, at: usize, reason: String, visit: &mut Visit<'a, '_>) {
    let groups = &player.town.groups;
    let Some(member) = player.town.agents.get_mut(at) else { return };
    let place = groups.iter().position(|group| *group == member.group).unwrap_or(0);
    let Some(to) = groups.get((place + 1) % groups.len().max(1)).copied() else { return };
    let from = member.group;
    member.group = to;
    player.mistake = Some((at, from));
    let (keep, restore) = (Vec::new(), Vec::new());
    visit.does(UserMoved { user: member.user, from, to, keep, restore, reason: Some(reason) });
}

/// A few settings in the course of the time; one of them is taken back.
fn keeps_settings<'a>(player: &Player<'a>, day: Day, visit: &mut Visit<'a, '_>) {
    let leaders = player.town.supervisors.first().map(|leader| Place::Group(leader.group));
    let downloader = player.town.supervisors.get(DOWNLOADER).map(|leader| Place::User(leader.user));
    let changes: [(i64, Option<Place>, &str, Value); 5] = [
        (4, Some(Place::Tenant), "archive.opening_minutes", json!(30)),
        (16, leaders, "archive.reason_required", json!(true)),
        (24, Some(Place::Tenant), "password.least_characters", json!(16)),
        (38, Some(Place::Tenant), "session.absolute_hours", json!(11)),
        (DOWNLOADS_WEEKDAY, downloader, "archive.download", json!(true)),
    ];
    for (weekday, place, key, value) in changes {
        let Some(place) = place.filter(|_| weekday == day.weekday) else { continue };
        let told = Told { value, mode: Mode::Free };
        visit.does(SettingGiven { place, key: key.to_owned(), told, expected: Expected::Anything });
    }
    if day.weekday == 18 {
        visit.takes_back("setting.given");
    }
}

/// A new password in place of one that had to go; gives the secret that opens from then on.
pub fn new_password<'a>(
    player: &Player<'a>,
    member: &Member,
    secret: &Arc<str>,
    at: Timestamp,
    all: &mut Vec<Happening<'a>>,
) -> Arc<str> {
    let (app, hash) = (player.app, player.town.hash.clone());
    let new = Secret::new(player.town.tenant, app.store.chance());
    let text: Arc<str> = Arc::from(new.text.as_str());
    let event = PasswordChanged {
        user: member.user,
        before: hash.clone(),
        password: Kept(hash),
        token: new.hash,
        counters: Vec::new(),
    };
    all.push(Happening {
        begins: Some(Arc::clone(&text)),
        deed: Box::new(move |access| {
            Box::pin(async move {
                let grant: Grant<Arriving> = access.grant()?;
                grant.apply(&app.store, event).await
            })
        }),
        at,
        address: player.home(member),
        who: Who::Session(Arc::clone(secret)),
        alone: false,
    });
    text
}

/// The auditor comes twice a week and reads; now and then a log or the whole book is taken out.
pub fn auditors<'a>(player: &mut Player<'a>, day: Day, all: &mut Vec<Happening<'a>>) {
    let Some(member) = player.town.auditors.first().cloned() else { return };
    if day.weekend || day.weekday % 5 != 1 && day.weekday % 5 != 3 {
        return;
    }
    let begin = day.midnight.plus_seconds(10 * HOUR + player.draw.between(0, HOUR));
    let secret = player.comes(&member, begin, all);
    let (app, address) = (player.app, player.home(&member));
    let mut visit = Visit { app, secret: Arc::clone(&secret), address, at: begin, all };
    let views = [("access", "result=refused"), ("changes", ""), ("archive", "time=7d")];
    for (log, view) in views.iter().take(1 + player.draw.below(3)) {
        visit.does(LogRead { log, view: (*view).to_owned() });
    }
    if let Some(known) = player.draw.one(&player.town.interactions) {
        visit.does(DetailsOpened { interaction: known.id });
    }
    if day.weekday % 10 == 6 {
        log_taken_out(app, &mut visit);
    }
    if day.weekday % 20 == 11 {
        visit.looks(|app, access| async move {
            let grant: Grant<ReadBook> = access.grant()?;
            let size = grant.read(&app.store, queries::size).await?;
            grant.apply(&app.store, BookExported { first: 0, size }).await
        });
    }
    let end = visit.at.plus_seconds(600);
    all.push(player.leaves(&member, secret, end));
}

/// The access log is asked for as a file, which is fetched and over.
fn log_taken_out<'a>(app: &'a App, visit: &mut Visit<'a, '_>) {
    let id = app.store.chance().uuid(visit.at);
    let event =
        LogExported { id, log: "access", format: "csv", view: String::new(), resume: "{}".to_owned() };
    visit.looks(move |app, access| async move {
        let grant: Grant<ExportLogs> = access.grant()?;
        grant.apply(&app.store, event).await?;
        grant.quietly(&app.store, move |w| work::stop(w, id, EXPORT_JOB)).await
    });
}
