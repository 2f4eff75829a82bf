//! Asking for a log as a file, following it, fetching it, stopping it.

use super::stream::{self, Format};
use crate::App;
use crate::front::answer;
use crate::logs::events::{EXPORT_JOB, LogExported};
use crate::logs::{ExportLogs, Kind, ReadAccessLog, ReadArchiveLog, ReadChangeLog, asked};
use crate::ui::facts::Section;
use crate::ui::field::{Choice, Field};
use crate::ui::progress::Progress;
use crate::ui::state::{Button, Tone, Weight};
use crate::ui::{Html, Locale, Shell, gallery};
use ::book::Log;
use askama::Template;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::door::{Ask, Fields};
use kernel::work::{self, Job, JobState};
use kernel::{Error, Grant, Result, Uuid};
use serde::{Deserialize, Serialize};
use tokio_stream::wrappers::ReceiverStream;

/// A page of an export.
#[derive(Template)]
#[template(path = "logs/files/page.html")]
pub struct ExportPage {
    /// The frame.
    pub shell: Shell,
    body: Html,
}

/// What an export's job needs.
#[derive(Serialize, Deserialize)]
struct Order {
    log: String,
    format: String,
    query: String,
}

/// The form that asks for a file.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="{{ action }}" class="form">{{ field }}{{ button }}</form>"#,
    ext = "html"
)]
struct AskForm {
    action: String,
    field: Field,
    button: Button,
}

fn query_of(ask: &Ask) -> String {
    ask.head.uri.query().unwrap_or_default().chars().take(2_000).collect()
}

/// `GET /logs/…/export`
pub async fn ask<K: Kind>(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    grant.also::<K>()?;
    let shell = app.shell(grant.access()).await?;
    answer::page(&ExportPage::asking::<K>(shell, &query_of(&ask)))
}

/// `POST /logs/…/export`
pub async fn begin<K: Kind>(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    grant.also::<K>()?;
    let query = query_of(&ask);
    let t = app.shell(grant.access()).await?.t;
    let mut filters = Fields::urlencoded(query.as_bytes());
    asked::wanted(K::LOG, &mut filters, app.store.clock().now(), t.zone)?;
    filters.done()?;
    let mut fields = ask.fields().await?;
    let format = fields.text("format", 10);
    let format = Format::parse(&format);
    if format.is_none() {
        fields.problem("format", "error-field-form");
    }
    fields.done()?;
    let format = format.ok_or_else(|| Error::invalid("format", "error-field-form"))?;
    let id = app.store.chance().uuid(app.store.clock().now());
    let order =
        Order { log: K::LOG.name().to_owned(), format: format.name().to_owned(), query: query.clone() };
    let resume = serde_json::to_string(&order).map_err(Error::broken)?;
    let event = LogExported { id, log: K::LOG.name(), format: format.name(), view: query, resume };
    grant.apply(&app.store, event).await?;
    answer::see_other(&format!("/logs/exports/{id}"))
}

async fn own(app: &App, grant: &Grant<ExportLogs>, id: Uuid) -> Result<Job> {
    let owner = grant.access().actor().id();
    let job = grant.read(&app.store, move |r| work::find(r, id, EXPORT_JOB)).await?;
    if job.owner == owner { Ok(job) } else { Err(Error::NotFound) }
}

/// `GET /logs/exports/{id}`
pub async fn progress(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let job = own(&app, &grant, ask.place("id")?).await?;
    let shell = app.shell(grant.access()).await?;
    answer::page(&ExportPage::following(shell, &job))
}

/// `POST /logs/exports/{id}/stop`
pub async fn stop(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let job = own(&app, &grant, ask.place("id")?).await?;
    grant.quietly(&app.store, move |w| work::stop(w, job.id, EXPORT_JOB)).await?;
    answer::see_other(&format!("/logs/exports/{}", job.id))
}

/// `GET /logs/exports/{id}/file`
pub async fn file(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let job = own(&app, &grant, ask.place("id")?).await?;
    if job.state != JobState::Waiting {
        return Err(Error::conflict("logs-export-over"));
    }
    let order: Order = serde_json::from_str(&job.resume).map_err(Error::broken)?;
    let log = Log::from_name(&order.log).ok_or(Error::NotFound)?;
    match log {
        Log::Access => drop(grant.also::<ReadAccessLog>()?),
        Log::Change => drop(grant.also::<ReadChangeLog>()?),
        Log::Archive => drop(grant.also::<ReadArchiveLog>()?),
    }
    let format = Format::parse(&order.format).ok_or(Error::NotFound)?;
    let t = app.shell(grant.access()).await?.t;
    let mut filters = Fields::urlencoded(order.query.as_bytes());
    let mut wanted = asked::wanted(log, &mut filters, job.made_at, t.zone)?;
    (wanted.before, wanted.after) = (None, None);
    let name = format!(
        "attachment; filename=\"{}-{}.{}\"",
        order.log,
        job.made_at.to_jiff().strftime("%Y%m%d-%H%M"),
        format.name()
    );
    let pieces = stream::entries(&app, &grant, wanted, (format, t), job.id);
    let headers =
        [(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(ReceiverStream::new(pieces))).into_response())
}

impl ExportPage {
    fn asking<K: Kind>(shell: Shell, query: &str) -> ExportPage {
        let t = shell.t;
        let choices = vec![
            Choice::new("csv", t.say("logs-export-csv")).help(t.say("logs-export-csv-help")),
            Choice::new("jsonl", t.say("logs-export-jsonl")).help(t.say("logs-export-jsonl-help")),
        ];
        let form = AskForm {
            action: format!("{}/export?{query}", K::PATH),
            field: Field::radio("format", t.say("logs-export-format"), choices).value("csv"),
            button: Button::submit(t.say("logs-export"), Weight::Primary),
        };
        let lead = t.say(if query.is_empty() { "logs-export-all" } else { "logs-export-filtered" });
        let body = Section::new(t.say("logs-export-title")).lead(lead).with(Html::of(&form)).into();
        ExportPage {
            shell: shell.titled(t.say("logs-export-title")).under(t.say("ui-nav-logs"), K::PATH),
            body,
        }
    }
    fn following(shell: Shell, job: &Job) -> ExportPage {
        let t = shell.t;
        let here = format!("/logs/exports/{}", job.id);
        let mut section = Section::new(t.say("logs-export-title"));
        section = match job.state {
            JobState::Waiting => section
                .lead(t.say("logs-export-ready"))
                .with(Button::link(t.say("logs-export-fetch"), format!("{here}/file")).primary())
                .with(bar(&t, job).going(here.clone()).stop(&t, format!("{here}/stop"))),
            JobState::Going => {
                section.with(bar(&t, job).going(here.clone()).stop(&t, format!("{here}/stop")))
            }
            JobState::Done => {
                section.with(bar(&t, job).over(Tone::Ok, t.say1("logs-export-done", "n", job.done)))
            }
            JobState::Stopped => section.with(bar(&t, job).over(Tone::Still, t.say("logs-export-stopped"))),
            JobState::Failed => section.with(bar(&t, job).over(Tone::Bad, t.say("logs-export-failed"))),
        };
        ExportPage {
            shell: shell.titled(t.say("logs-export-title")).under(t.say("ui-nav-logs"), "/logs/access"),
            body: section.into(),
        }
    }
}

fn bar(t: &Locale, job: &Job) -> Progress {
    Progress::new(t, "export-progress", t.say("logs-export-title"), job.done.unsigned_abs(), 0)
}

impl gallery::Samples for ExportPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, ExportPage)> {
        let job = |state, done| Job {
            id: Uuid::from_u128(5),
            kind: EXPORT_JOB.to_owned(),
            owner: Uuid::nil(),
            state,
            done,
            total: 0,
            resume: String::new(),
            result: String::new(),
            stop: false,
            made_at: kernel::Timestamp(0),
            changed_at: kernel::Timestamp(0),
        };
        vec![
            ("ask", ExportPage::asking::<ReadAccessLog>(shell.clone(), "result=refused")),
            ("ready", ExportPage::following(shell.clone(), &job(JobState::Waiting, 0))),
            ("done", ExportPage::following(shell.clone(), &job(JobState::Done, 12_345))),
        ]
    }
}
gallery::page!("logs/export", ExportPage);
