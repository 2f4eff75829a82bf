//! What Home shows, looked up in one snapshot: each part only for who may know it.

use crate::archive::queries::{Filter, ListRow, list};
use crate::archive::rights::{ImportInteractions, ViewArchive};
use crate::front::queries::{self, Amount, Ending, Links, OwnWork, Steps};
use crate::logs::book::{ReadBook, checking::CHECK_JOB, queries as book};
use crate::logs::queries::{Hour, hours};
use crate::logs::{ReadAccessLog, ReadArchiveLog, ReadChangeLog};
use crate::settings::events::ViewSettings;
use crate::signin::keys::model::ENDS_SOON_SECONDS;
use crate::signin::model::{ManageKeys, ResetPasswords, SessionRow};
use crate::signin::queries::{Tried, own_attempts, sessions};
use crate::users::events::{ManageGroups, ManageUsers, ViewUsers};
use crate::users::queries::user as user_of;
use ::book::Log;
use kernel::facet::key;
use kernel::{Access, Actor, Reader, Result, SessionId, Timestamp};

/// Weeks of sign-ins that are shown, and days of everything else that is looked back on.
pub const WEEKS: i64 = 4;
const BACK_DAYS: i64 = 7;
const NEW_USER_DAYS: i64 = 30;
/// Own attempts to come in that are shown.
const OWN_ATTEMPTS: usize = 5;
/// Own interactions that are shown.
const OWN_INTERACTIONS: usize = 5;
/// A head that lags behind the book by more is late: one follows a change within a second.
pub const HEAD_SECONDS: i64 = 60;

/// What the reader may know.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    /// The book.
    pub book: bool,
    /// The access log.
    pub access: bool,
    /// Any of the logs.
    pub logs: bool,
    /// What was set aside.
    pub import: bool,
    /// Users.
    pub users: bool,
    /// Make users.
    pub manage: bool,
    /// Make groups.
    pub groups: bool,
    /// Links for passwords.
    pub reset: bool,
    /// Keys of programs.
    pub keys: bool,
    /// The archive.
    pub archive: bool,
    /// Settings.
    pub settings: bool,
}

impl May {
    /// Of the rights of who reads.
    #[must_use]
    pub fn of(access: &Access) -> May {
        May {
            book: access.may::<ReadBook>(),
            access: access.may::<ReadAccessLog>(),
            logs: access.may::<ReadAccessLog>()
                || access.may::<ReadChangeLog>()
                || access.may::<ReadArchiveLog>(),
            import: access.may::<ImportInteractions>(),
            users: access.may::<ViewUsers>(),
            manage: access.may::<ManageUsers>(),
            groups: access.may::<ManageGroups>(),
            reset: access.may::<ResetPasswords>(),
            keys: access.may::<ManageKeys>(),
            archive: access.may::<ViewArchive>(),
            settings: access.may::<ViewSettings>(),
        }
    }
}

/// The book as Home sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct BookState {
    /// Entries.
    pub size: i64,
    /// The newest head's time.
    pub signed_at: Option<Timestamp>,
    /// The first entry that no head covers, if one is late.
    pub late_since: Option<Timestamp>,
    /// When a check found it not whole.
    pub failed_at: Option<Timestamp>,
}

/// A customer, for the operator.
#[derive(Clone, Debug)]
pub struct TenantLine {
    /// The customer number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Entries of its book.
    pub entries: i64,
    /// When the newest was made.
    pub last: Option<Timestamp>,
}

/// Everything Home shows.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Now.
    pub now: Timestamp,
    /// What the reader may know.
    pub may: May,
    /// Whether the book can be written.
    pub writable: bool,
    /// The book.
    pub book: Option<BookState>,
    /// Counts by the hour.
    pub hours: Vec<Hour>,
    /// Working hours: from, to, and whether at weekends too.
    pub work_hours: (u8, u8, bool),
    /// What was set aside lately.
    pub aside: Amount,
    /// New persons who have never signed in.
    pub unseen: Amount,
    /// Suspensions that end soon.
    pub ending: Vec<Ending>,
    /// Links for passwords.
    pub links: Links,
    /// Keys that stop working soon.
    pub expiring: Amount,
    /// Entries the search does not know yet.
    pub behind: i64,
    /// When the first words of a log are forgotten, if soon: the log and the moment.
    pub forgetting: Vec<(Log, Timestamp)>,
    /// Own long work.
    pub work: Vec<OwnWork>,
    /// Own sessions, and which is this.
    pub sessions: Vec<SessionRow>,
    /// This session.
    pub session: Option<SessionId>,
    /// Refused sign-ins in one's own name lately.
    pub refused: Amount,
    /// The newest attempts to come in in one's own name, for who does not read the access log.
    pub tried: Vec<Tried>,
    /// The own group's name.
    pub group: String,
    /// The rights one has, by key.
    pub rights: Vec<&'static str>,
    /// Own interactions.
    pub interactions: Vec<ListRow>,
    /// How far a new customer has come, for who can go on.
    pub steps: Option<Steps>,
    /// For the operator: the customers.
    pub tenants: Vec<TenantLine>,
    /// For the operator: parts of the program that are not well, with the reason's code.
    pub unwell: Vec<(&'static str, &'static str)>,
}

impl Facts {
    /// Nothing known yet.
    #[must_use]
    pub fn none(now: Timestamp, may: May) -> Facts {
        Facts {
            now,
            may,
            writable: true,
            book: None,
            hours: Vec::new(),
            work_hours: (0, 0, false),
            aside: Amount::default(),
            unseen: Amount::default(),
            ending: Vec::new(),
            links: Links::default(),
            expiring: Amount::default(),
            behind: 0,
            forgetting: Vec::new(),
            work: Vec::new(),
            sessions: Vec::new(),
            session: None,
            refused: Amount::default(),
            tried: Vec::new(),
            group: String::new(),
            rights: Vec::new(),
            interactions: Vec::new(),
            steps: None,
            tenants: Vec::new(),
            unwell: Vec::new(),
        }
    }
}

/// Looks everything up.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn look(r: &mut Reader<'_>, may: May) -> Result<Facts> {
    let now = r.now();
    let week = now.plus_seconds(-BACK_DAYS * 86_400);
    let mut facts = Facts { work: queries::own_work(r, week)?, ..Facts::none(now, may) };
    if may.book {
        facts.book = Some(book_state(r)?);
    }
    if may.access {
        facts.hours = hours(r, now.plus_seconds(-(WEEKS * 7 + 1) * 86_400))?;
    }
    if may.import {
        facts.aside = queries::aside(r, week)?;
    }
    if may.users {
        facts.unseen = queries::unseen(r, now.plus_seconds(-NEW_USER_DAYS * 86_400))?;
        facts.ending = queries::ending(r, now.plus_seconds(BACK_DAYS * 86_400))?;
    }
    if may.reset {
        facts.links = queries::links(r, week)?;
    }
    if may.keys {
        facts.expiring = queries::expiring(r, now.plus_seconds(ENDS_SOON_SECONDS))?;
    }
    if may.logs {
        facts.behind = crate::logs::queries::behind(r)?;
    }
    if may.manage || may.import {
        facts.steps = Some(queries::steps(r)?);
    }
    own(r, &mut facts)?;
    Ok(facts)
}

fn book_state(r: &mut Reader<'_>) -> Result<BookState> {
    let now = r.now();
    let size = crate::logs::queries::span(r, None, None)?.before;
    let head = book::last_head(r)?;
    let signed = head.as_ref().map_or(0, |head| head.size);
    let first = if signed < size { queries::entry_at(r, signed)? } else { None };
    let month = now.plus_seconds(-NEW_USER_DAYS * 86_400);
    Ok(BookState {
        size,
        signed_at: head.map(|head| head.at),
        late_since: first.filter(|at| now.seconds_since(*at) > HEAD_SECONDS),
        failed_at: queries::failed_check(r, CHECK_JOB, month)?,
    })
}

/// What concerns the reader alone.
fn own(r: &mut Reader<'_>, facts: &mut Facts) -> Result<()> {
    let Actor::User { user, session, .. } = *r.access().actor() else { return Ok(()) };
    facts.session = Some(session);
    facts.sessions = sessions(r, user)?;
    let week = facts.now.plus_seconds(-BACK_DAYS * 86_400);
    let span = crate::logs::queries::span(r, Some(week), None)?;
    let own = key(Log::Access, "user", &user.to_string());
    if !span.is_empty() {
        facts.refused =
            queries::own_refused(r, own, key(Log::Access, "name", "sign-in.refused"), span.least)?;
    }
    facts.group = user_of(r, user)?.group_name;
    facts.rights = r.access().policy().rights();
    if !facts.may.access {
        facts.tried = own_attempts(r, None)?.0;
        facts.tried.truncate(OWN_ATTEMPTS);
    }
    if facts.may.archive {
        facts.interactions = list(r, &Filter { agent: Some(user), ..Filter::default() })?;
        facts.interactions.truncate(OWN_INTERACTIONS);
    }
    Ok(())
}

/// When the book's first entry was made.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn began(r: &mut Reader<'_>) -> Result<Option<Timestamp>> {
    queries::entry_at(r, 0)
}
