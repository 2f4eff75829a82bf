//! What a person is told of the files they ordered: one being made, and the list of them.

use super::order::{FILE_KEPT_HOURS, Order};
use super::pages::ExportPage;
use crate::logs::ReadAccessLog;
use crate::logs::events::EXPORT_JOB;
use crate::logs::pages::title;
use crate::ui::facts::{Facts, Section};
use crate::ui::progress::Progress;
use crate::ui::state::{Badge, Button, Empty, Tone};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Locale, Shell, gallery};
use ::book::Log;
use kernel::work::{Job, JobState};
use kernel::{Timestamp, Uuid};

/// A page without script looks again after so long.
const LOOK_AGAIN_SECONDS: u32 = 3;

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is not begun.
    Waiting,
    /// It is being made.
    Going,
    /// It can be fetched.
    Done,
    /// It could be fetched, and was thrown away.
    Expired,
    /// A person stopped it.
    Stopped,
    /// It could not be made.
    Failed,
}

impl State {
    /// The word in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => JobState::Waiting.name(),
            Self::Going => JobState::Going.name(),
            Self::Done => JobState::Done.name(),
            Self::Expired => "expired",
            Self::Stopped => JobState::Stopped.name(),
            Self::Failed => JobState::Failed.name(),
        }
    }
    const fn tone(self) -> Tone {
        match self {
            Self::Done => Tone::Ok,
            Self::Failed => Tone::Bad,
            Self::Waiting | Self::Going | Self::Expired | Self::Stopped => Tone::Still,
        }
    }
}

/// Where a file stands now.
#[must_use]
pub fn state(job: &Job, order: &Order, now: Timestamp) -> State {
    match job.state {
        JobState::Waiting => State::Waiting,
        JobState::Going => State::Going,
        JobState::Done if job.resume.is_empty() || order.until().is_none_or(|until| now >= until) => {
            State::Expired
        }
        JobState::Done => State::Done,
        JobState::Stopped => State::Stopped,
        JobState::Failed => State::Failed,
    }
}

/// A file's size in the unit that fits.
fn size(t: &Locale, bytes: u64) -> String {
    if bytes < 1_000_000 {
        t.say1("logs-export-kb", "n", bytes.div_ceil(1_000))
    } else {
        t.say1("logs-export-mb", "n", bytes.div_ceil(1_000_000))
    }
}

fn log_name(t: &Locale, order: &Order) -> String {
    title(t, order.log().unwrap_or(Log::Access))
}

/// The bar: how much of the book is looked through, and how long it will still take.
fn bar(t: &Locale, job: &Job, order: &Order, now: Timestamp) -> Progress {
    let (done, total) = order.looked_through();
    let left = match order.left_seconds(now) {
        Some(seconds) if seconds < 90 => t.say1("logs-export-left-seconds", "n", seconds),
        Some(seconds) => t.say1("logs-export-left-minutes", "n", seconds / 60 + 1),
        None => t.say("logs-export-left-unknown"),
    };
    let label = match state(job, order, now) {
        State::Waiting => t.say("logs-export-waiting"),
        State::Going => {
            let said = [("n", order.entries.into()), ("left", left.into())];
            t.say_with("logs-export-going", &said)
        }
        _ => t.say1("logs-export-entries", "n", order.entries),
    };
    Progress::new(t, "export-progress", label, done.unsigned_abs(), total.unsigned_abs())
}

impl ExportPage {
    pub(super) fn following(shell: Shell, job: &Job, now: Timestamp) -> ExportPage {
        let (t, order) = (shell.t, Order::of(job));
        let here = format!("/logs/exports/{}", job.id);
        let going = |bar: Progress| bar.going(here.clone()).stop(&t, format!("{here}/stop"));
        let bar = bar(&t, job, &order, now);
        let mut shell = shell;
        let section = Section::new(log_name(&t, &order)).id("export");
        let section = match state(job, &order, now) {
            State::Waiting | State::Going => {
                shell.reload_s = Some(LOOK_AGAIN_SECONDS);
                section.lead(t.say("logs-export-leave")).with(going(bar))
            }
            State::Done => section
                .lead(t.say1("logs-export-ready", "hours", FILE_KEPT_HOURS))
                .with(facts(&t, job, &order))
                .with(Button::link(t.say("logs-export-fetch"), format!("{here}/file")).primary()),
            State::Expired => {
                section.with(bar.over(Tone::Still, t.say1("logs-export-gone", "hours", FILE_KEPT_HOURS)))
            }
            State::Stopped => section.with(bar.over(Tone::Still, t.say("logs-export-stopped"))),
            State::Failed => {
                let why = if order.why.is_empty() { "logs-export-failed" } else { order.why.as_str() };
                section.with(bar.over(Tone::Bad, t.say(why)))
            }
        };
        ExportPage {
            shell: shell
                .titled(t.say("logs-export-title"))
                .under(t.say("logs-exports"), "/logs/exports")
                .at("/logs"),
            body: section.into(),
        }
    }

    pub(super) fn list(shell: Shell, jobs: &[Job], now: Timestamp) -> ExportPage {
        let t = shell.t;
        let columns = vec![
            Column::tight("made", t.say("logs-export-col-made")),
            Column::new("log", t.say("logs-export-col-log")),
            Column::tight("format", t.say("logs-export-format")),
            Column::tight("state", t.say("logs-export-col-state")),
            Column::number("entries", t.say("logs-export-col-entries")),
            Column::tight("until", t.say("logs-export-col-until")),
        ];
        let row = |job: &Job| {
            let order = Order::of(job);
            let state = state(job, &order, now);
            let until = order.until().filter(|_| state == State::Done);
            let place = format!("/logs/exports/{}", job.id);
            let cells = vec![
                Cell::from(t.minute(job.made_at.to_jiff())),
                Cell::from(log_name(&t, &order)),
                Cell::code(&order.format),
                Cell::from(Badge::new(state.tone(), t.say(&format!("logs-export-state-{}", state.name())))),
                Cell::from(t.number(order.entries.unsigned_abs())),
                Cell::maybe(until.map(|until| t.minute(until.to_jiff())).as_deref()),
            ];
            Row::new(job.id.to_string(), cells).to(place)
        };
        let empty = Empty::new(t.say("logs-exports-empty"), t.say("logs-exports-empty-text"));
        let table =
            Table::new("exports", t.say("logs-exports"), columns).rows(jobs.iter().map(row).collect());
        let lead = t.say1("logs-exports-lead", "hours", FILE_KEPT_HOURS);
        ExportPage {
            shell: shell
                .titled(t.say("logs-exports"))
                .under(t.say("ui-nav-logs"), "/logs/access")
                .at("/logs"),
            body: Section::untitled().lead(lead).with(table.empty(empty)).into(),
        }
    }
}

fn facts(t: &Locale, job: &Job, order: &Order) -> Facts {
    let until = order.until().map(|until| t.minute(until.to_jiff()));
    Facts::new()
        .fact(t.say("logs-export-col-made"), t.minute(job.made_at.to_jiff()))
        .fact(t.say("logs-export-col-entries"), t.number(order.entries.unsigned_abs()))
        .fact(t.say("logs-export-col-size"), size(t, order.bytes))
        .maybe(t.say("logs-export-col-until"), until)
}

fn sample(id: u128, state: JobState, order: &Order) -> Job {
    let text = order.text().unwrap_or_default();
    Job {
        id: Uuid::from_u128(id),
        kind: EXPORT_JOB.to_owned(),
        owner: Uuid::nil(),
        state,
        done: 0,
        total: 0,
        resume: text.clone(),
        result: if state.over() { text } else { String::new() },
        stop: false,
        made_at: Timestamp(0),
        changed_at: Timestamp(0),
    }
}

impl gallery::Samples for ExportPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, ExportPage)> {
        let now = Timestamp(90_000_000);
        let half = Order {
            log: "access".to_owned(),
            format: "jsonl".to_owned(),
            size: Some(10_000_000),
            from: 4_321_000,
            entries: 1_234_567,
            bytes: 987_654_321,
            taken: Some((Timestamp(30_000_000), 10_000_000)),
            ..Order::default()
        };
        let ended =
            |hours: i64| Order { ended: Some(now.plus_seconds(-hours * 3_600)), from: 0, ..half.clone() };
        let failed = Order { why: "logs-export-reach".to_owned(), ..ended(1) };
        let jobs = [
            sample(1, JobState::Waiting, &Order { log: "archive".to_owned(), ..Order::default() }),
            sample(2, JobState::Going, &half),
            sample(3, JobState::Done, &ended(1)),
            sample(4, JobState::Done, &ended(40)),
            sample(5, JobState::Stopped, &ended(50)),
            sample(6, JobState::Failed, &failed),
        ];
        let follow = |job: &Job| ExportPage::following(shell.clone(), job, now);
        let [waiting, going, done, expired, stopped, broken] = &jobs;
        vec![
            ("ask", ExportPage::asking::<ReadAccessLog>(shell.clone(), "result=refused")),
            ("waiting", follow(waiting)),
            ("going", follow(going)),
            ("done", follow(done)),
            ("expired", follow(expired)),
            ("stopped", follow(stopped)),
            ("failed", follow(broken)),
            ("list", ExportPage::list(shell.clone(), &jobs, now)),
            ("list-empty", ExportPage::list(shell.clone(), &[], now)),
        ]
    }
}
