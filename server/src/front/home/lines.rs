//! What Home says, a line for each thing: a state as word and shape, a time, and one step.

use super::counted::{Counted, MANY_DOORS};
use super::facts::Facts;
use crate::front::queries::OwnWork;
use crate::logs::events::EXPORT_JOB;
use crate::ui::state::Tone;
use crate::ui::{Html, Locale};
use kernel::Timestamp;

/// Entries that the search may lag behind before it is worth a word.
const MUCH_BEHIND: i64 = 5_000;
/// Refused sign-ins in one's own name in a week that are worth a look.
const MANY_OWN: i64 = 5;

/// One thing.
#[derive(Clone, Debug)]
pub struct Line {
    /// How it stands.
    pub tone: Tone,
    /// The state's word.
    pub word: String,
    /// What it is.
    pub text: String,
    /// The moment that matters.
    pub at: Option<Timestamp>,
    /// The moment as it is shown.
    pub when: Html,
    /// What to do: what it says, and where it leads.
    pub step: Option<(String, String)>,
}

/// Whoever says the lines.
struct Teller<'a> {
    t: &'a Locale,
    now: Timestamp,
    lines: Vec<Line>,
}

impl Teller<'_> {
    fn line(&mut self, tone: Tone, text: String, at: Option<Timestamp>, step: Option<(&str, String)>) {
        let word = self.t.say(match tone {
            Tone::Bad => "home-word-bad",
            Tone::Warn => "home-word-warn",
            Tone::Ok => "home-word-ok",
            Tone::Note | Tone::Still => "home-word-note",
        });
        let when = at.map(|at| self.t.when_ago(at.to_jiff(), self.now.to_jiff())).unwrap_or_default();
        let step = step.map(|(key, href)| (self.t.say(key), href));
        self.lines.push(Line { tone, word, text, at, when, step });
    }
}

/// Every line, the worst first.
#[must_use]
pub fn lines(t: &Locale, facts: &Facts, counted: Option<&Counted>) -> Vec<Line> {
    let mut teller = Teller { t, now: facts.now, lines: Vec::new() };
    book(&mut teller, facts);
    unwell(&mut teller, facts);
    if let Some(counted) = counted {
        signing_in(&mut teller, facts, counted);
    }
    people(&mut teller, facts);
    work(&mut teller, facts);
    archive(&mut teller, facts);
    own(&mut teller, facts);
    let mut lines = teller.lines;
    lines.sort_by_key(|line| match line.tone {
        Tone::Bad => 0,
        Tone::Warn => 1,
        Tone::Note | Tone::Still => 2,
        Tone::Ok => 3,
    });
    lines
}

fn book(teller: &mut Teller<'_>, facts: &Facts) {
    let t = teller.t;
    if !facts.writable {
        let step = facts.may.book.then(|| ("home-step-book", "/book".to_owned()));
        teller.line(Tone::Bad, t.say("home-book-unwritable"), Some(facts.now), step);
    }
    let Some(book) = facts.book else { return };
    let step = Some(("home-step-book", "/book".to_owned()));
    if let Some(at) = book.failed_at {
        teller.line(Tone::Bad, t.say("home-book-not-whole"), Some(at), step.clone());
    }
    match (book.late_since, book.signed_at) {
        (Some(since), _) => teller.line(Tone::Bad, t.say("home-book-unsigned"), Some(since), step),
        (None, Some(at)) => {
            let step = Some(("home-step-check", "/book".to_owned()));
            teller.line(Tone::Ok, t.say1("home-book-signed", "n", book.size), Some(at), step);
        }
        (None, None) => {}
    }
    for (log, at) in &facts.forgetting {
        let key = format!("logs.{}_months", log.name());
        let step = facts.may.settings.then(|| ("home-step-setting", format!("/settings?q={key}")));
        let text = t.say(match log {
            ::book::Log::Access => "home-forgets-access",
            ::book::Log::Change => "home-forgets-change",
            ::book::Log::Archive => "home-forgets-archive",
        });
        teller.line(Tone::Note, text, Some(*at), step);
    }
    if facts.behind >= MUCH_BEHIND {
        teller.line(Tone::Warn, t.say1("home-search-behind", "n", facts.behind), Some(facts.now), None);
    }
}

fn unwell(teller: &mut Teller<'_>, facts: &Facts) {
    for (part, reason) in &facts.unwell {
        let said = [("part", (*part).into()), ("reason", (*reason).into())];
        let text = teller.t.say_with("home-part-unwell", &said);
        teller.line(Tone::Bad, text, Some(facts.now), Some(("home-step-ready", "/readyz".to_owned())));
    }
}

fn signing_in(teller: &mut Teller<'_>, facts: &Facts, counted: &Counted) {
    let t = teller.t;
    if !counted.days.is_empty() {
        let step = Some(("home-step-refused", "/logs/access?name=sign-in.refused&time=today".to_owned()));
        let weekday = counted.today.weekday().to_monday_one_offset();
        let text = match counted.ordinary {
            Some(usual) => t.say_with(
                "home-refused-compared",
                &[("n", counted.refused.into()), ("usual", usual.into()), ("day", i64::from(weekday).into())],
            ),
            None => t.say1("home-refused", "n", counted.refused),
        };
        if counted.many() {
            teller.line(Tone::Warn, text, counted.worst, step);
        } else {
            teller.line(Tone::Ok, text, counted.worst, step);
        }
    }
    if counted.doors > 0 {
        let tone = if counted.doors >= MANY_DOORS { Tone::Warn } else { Tone::Note };
        let step = Some(("home-step-entries", "/logs/access?name=door.refused&time=today".to_owned()));
        teller.line(tone, t.say1("home-doors", "n", counted.doors), Some(facts.now), step);
    }
}

fn people(teller: &mut Teller<'_>, facts: &Facts) {
    let t = teller.t;
    if facts.unseen.n > 0 {
        let step = Some(("home-step-users", "/users?seen=never".to_owned()));
        teller.line(Tone::Note, t.say1("home-unseen", "n", facts.unseen.n), facts.unseen.at, step);
    }
    if facts.links.over > 0 {
        let step = facts.may.users.then(|| ("home-step-users", "/users?seen=never".to_owned()));
        teller.line(Tone::Warn, t.say1("home-links-over", "n", facts.links.over), facts.links.over_at, step);
    }
    if facts.links.open > 0 {
        let step = facts.may.users.then(|| ("home-step-users", "/users?seen=never".to_owned()));
        teller.line(Tone::Note, t.say1("home-links-open", "n", facts.links.open), facts.links.until, step);
    }
    if let Some(first) = facts.ending.first() {
        let said = [("n", facts.ending.len().into()), ("name", first.name.as_str().into())];
        let text = t.say_with("home-ending", &said);
        let step = if facts.ending.len() == 1 {
            ("home-step-user", format!("/users/{}", first.user))
        } else {
            ("home-step-users", "/users?state=suspended".to_owned())
        };
        teller.line(Tone::Note, text, Some(first.until), Some(step));
    }
    if facts.expiring.n > 0 {
        let step = Some(("home-step-keys", "/access/keys".to_owned()));
        teller.line(Tone::Warn, t.say1("home-expiring", "n", facts.expiring.n), facts.expiring.at, step);
    }
}

fn work(teller: &mut Teller<'_>, facts: &Facts) {
    let t = teller.t;
    for one in &facts.work {
        let Some((what, href)) = named(one) else { continue };
        let said = [("what", t.say(what).into()), ("done", one.done.into()), ("total", one.total.into())];
        let (tone, key) = match one.state.as_str() {
            "failed" => (Tone::Warn, "home-work-failed"),
            "stopped" => (Tone::Note, "home-work-stopped"),
            "waiting" => (Tone::Note, "home-work-waiting"),
            _ => (Tone::Note, "home-work-going"),
        };
        teller.line(tone, t.say_with(key, &said), Some(one.at), Some(("home-step-work", href)));
    }
}

/// What a piece of work is called and where it is shown; nothing for work that has no page.
fn named(work: &OwnWork) -> Option<(&'static str, String)> {
    match work.kind.as_str() {
        crate::users::import::run::KIND => {
            work.upload.map(|id| ("home-work-users", format!("/users/import/{id}")))
        }
        crate::archive::import::upload::UPLOAD => {
            Some(("home-work-archive", format!("/archive/import/{}", work.id)))
        }
        EXPORT_JOB => Some(("home-work-export", format!("/logs/exports/{}", work.id))),
        crate::logs::book::checking::CHECK_JOB => Some(("home-work-check", "/book".to_owned())),
        _ => None,
    }
}

fn archive(teller: &mut Teller<'_>, facts: &Facts) {
    if facts.aside.n > 0 {
        let step = Some(("home-step-aside", "/archive/aside".to_owned()));
        let text = teller.t.say1("home-aside", "n", facts.aside.n);
        teller.line(Tone::Note, text, facts.aside.at, step);
    }
}

fn own(teller: &mut Teller<'_>, facts: &Facts) {
    if facts.refused.n > 0 {
        let text = teller.t.say1("home-own-refused", "n", facts.refused.n);
        let tone = if facts.refused.n >= MANY_OWN { Tone::Warn } else { Tone::Note };
        teller.line(tone, text, facts.refused.at, Some(("home-step-me", "/me".to_owned())));
    }
}
