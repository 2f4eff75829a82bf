//! How far the heads were handed out, as the page of the book and the API say it.

use super::{HandoutRow, TargetShown, Way};
use crate::front::answer;
use crate::logs::book::ReadBook;
use crate::ui::Locale;
use crate::ui::facts::{Facts, Section};
use crate::ui::state::{Badge, Button, Tone};
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Grant, Result, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// One way, as it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The way.
    pub way: Way,
    /// Where to, as it may be shown; none when heads are not handed out in this way.
    pub to: Option<TargetShown>,
    /// How far it has come at this place.
    pub state: Option<HandoutRow>,
}

/// Every reason there can be.
const REASONS: [&str; 10] = [
    "handout-folder-fault",
    "outgoing-inside",
    "outgoing-unknown",
    "outgoing-unreached",
    "outgoing-tls",
    "outgoing-broken",
    "outgoing-slow",
    "outgoing-redirect",
    "outgoing-status",
    "outgoing-name",
];

/// Why, in words; one of a newer program is given as it is.
fn told(t: &Locale, state: &HandoutRow) -> String {
    let known = REASONS.iter().find(|key| **key == state.why);
    t.say1(known.unwrap_or(&"handout-why-unknown"), "detail", state.detail.as_str())
}

impl Standing {
    fn failing(&self) -> Option<&HandoutRow> {
        self.state.as_ref().filter(|state| state.failures > 0)
    }
    fn badge(&self, t: &Locale) -> Badge {
        match (&self.to, self.failing(), &self.state) {
            (None, ..) => Badge::new(Tone::Still, t.say("handout-off")),
            (_, Some(_), _) => Badge::new(Tone::Bad, t.say("handout-failing")),
            (_, None, Some(_)) => Badge::new(Tone::Ok, t.say("handout-well")),
            (_, None, None) => Badge::new(Tone::Still, t.say("handout-not-yet")),
        }
    }
    /// The part of the page; `may` says whether the reader may change where to.
    #[must_use]
    pub fn section(&self, t: &Locale, may: bool) -> Section {
        let way = self.way.name();
        let when = |at: Timestamp| t.when_exact(at.to_jiff());
        let mut facts = Facts::new()
            .fact(t.say("handout-state"), self.badge(t))
            .maybe(t.say("handout-to"), self.to.as_ref().map(|to| to.0.clone()));
        if let (Some(_), Some(state)) = (&self.to, &self.state) {
            let taken = (state.at.0 > 0).then_some(state);
            facts = facts
                .maybe(t.say("handout-taken-size"), taken.map(|s| t.number(s.size.unsigned_abs())))
                .maybe(t.say("handout-taken-at"), taken.map(|s| when(s.at)));
        }
        if let (Some(_), Some(state)) = (&self.to, self.failing()) {
            facts = facts
                .fact(t.say("handout-since"), when(state.failing_since))
                .fact(t.say("handout-why"), told(t, state))
                .fact(t.say("handout-failures"), t.number(state.failures.unsigned_abs()))
                .fact(t.say("handout-next"), when(state.next_at));
        }
        let section = Section::new(t.say(&format!("handout-{way}")))
            .lead(t.say(&format!("handout-{way}-lead")))
            .with(facts);
        let change = Button::link(t.say("handout-change"), format!("/settings/{}", self.way.setting().key));
        if may { section.with(change) } else { section }
    }
    /// The same for programs.
    #[must_use]
    pub fn body(&self) -> HandoutLine {
        let at = |at: Timestamp| (at.0 > 0).then(|| at.to_string());
        let state = self.state.as_ref().filter(|_| self.to.is_some());
        HandoutLine {
            way: self.way.name(),
            to: self.to.as_ref().map(|to| to.0.clone()),
            taken_size: state.filter(|s| s.at.0 > 0).map(|s| s.size),
            taken_at: state.and_then(|s| at(s.at)),
            failures: state.map_or(0, |s| s.failures),
            failing_since: state.and_then(|s| at(s.failing_since)),
            next_at: state.and_then(|s| at(s.next_at)),
            why: state.map(|s| s.why.clone()).filter(|why| !why.is_empty()),
            detail: state.map(|s| s.detail.clone()).filter(|detail| !detail.is_empty()),
        }
    }
    /// Samples for the gallery.
    #[must_use]
    pub fn samples() -> [Vec<Standing>; 2] {
        let row = |place: &str, failures| HandoutRow {
            place: place.to_owned(),
            size: 41_180,
            at: Timestamp(1_795_442_300_000_000),
            failures,
            failing_since: Timestamp(1_795_442_310_000_000),
            next_at: Timestamp(1_795_442_900_000_000),
            why: "outgoing-status".to_owned(),
            detail: "503".to_owned(),
        };
        let one = |way, to: Option<&str>, state| Standing {
            way,
            to: to.map(|to| TargetShown(to.to_owned())),
            state,
        };
        let long = "verification.records.a-very-long-name-of-a-receiver.insurance-group.example:8443";
        [
            vec![one(Way::Folder, None, None), one(Way::Hook, None, None)],
            vec![
                one(Way::Folder, Some("norrsken"), Some(row("norrsken", 0))),
                one(Way::Hook, Some(long), Some(row("https://x", 7))),
            ],
        ]
    }
}

/// One way of handing heads out: `to` is empty when it is off, `why` says what fails since when, and when it is tried next.
#[derive(Serialize, ToSchema)]
pub struct HandoutLine {
    way: &'static str,
    to: Option<String>,
    taken_size: Option<i64>,
    taken_at: Option<String>,
    failures: i64,
    failing_since: Option<String>,
    next_at: Option<String>,
    why: Option<String>,
    detail: Option<String>,
}

/// Every way of handing heads out.
#[derive(Serialize, ToSchema)]
pub struct HandoutsBody {
    #[schema(inline)]
    handouts: Vec<HandoutLine>,
}
schema!(HandoutsBody);

/// `GET /api/v1/book/handouts`: how far the heads were handed out.
pub async fn api(app: App, grant: Grant<ReadBook>, _ask: Ask) -> Result<Response> {
    let standing = grant.read(&app.store, super::standing).await?;
    answer::json(StatusCode::OK, &HandoutsBody { handouts: standing.iter().map(Standing::body).collect() })
}
