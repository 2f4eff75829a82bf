//! Asking for a log as a file, following it, fetching it, stopping it, and the list of one's own.

use super::order::{FILE_KEPT_HOURS, Format, Order, query_of};
use super::run;
use super::said::{State, state};
use super::sealed::{self, Parts};
use crate::App;
use crate::front::answer;
use crate::logs::events::{EXPORT_JOB, LogExported, LogFetched};
use crate::logs::{ExportLogs, Kind, queries};
use crate::ui::facts::Section;
use crate::ui::field::{Choice, Field};
use crate::ui::state::{Button, Weight};
use crate::ui::{Html, Locale, Shell, gallery};
use askama::Template;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use kernel::door::Ask;
use kernel::work::{self, Job};
use kernel::{Error, Grant, Message, Result, Uuid};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Files that one person or program may have under way or waiting.
pub const MAX_OPEN_FILES: usize = 5;

/// A page of an export.
#[derive(Template)]
#[template(path = "logs/files/page.html")]
pub struct ExportPage {
    /// The frame.
    pub shell: Shell,
    pub(super) body: Html,
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

/// `GET /logs/…/export`
pub async fn ask<K: Kind>(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    grant.also::<K>()?;
    let query = query_of(&ask)?;
    let shell = app.shell(grant.access()).await?;
    answer::page(&ExportPage::asking::<K>(shell, &query))
}

/// `POST /logs/…/export`
pub async fn begin<K: Kind>(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    grant.also::<K>()?;
    let query = query_of(&ask)?;
    let t = app.shell(grant.access()).await?.t;
    let zone = zone_of(&t);
    let mut fields = ask.fields().await?;
    let format = Format::parse(&fields.text("format", 10));
    if format.is_none() {
        fields.problem("format", "error-field-form");
    }
    fields.done()?;
    let format = format.ok_or_else(|| Error::invalid("format", "error-field-form"))?;
    let event = ordered::<K>(&app, &grant, (query, zone), (format, t)).await?;
    let id = event.id;
    grant.apply(&app.store, event).await?;
    run::nudge(&app, grant.access().tenant());
    answer::see_other(&format!("/logs/exports/{id}"))
}

fn zone_of(t: &Locale) -> String {
    t.zone.iana_name().unwrap_or("UTC").to_owned()
}

/// The order of a file, refused where its filters cannot be read or too many are under way.
pub(super) async fn ordered<K: Kind>(
    app: &App,
    grant: &Grant<ExportLogs>,
    (query, zone): (String, String),
    (format, t): (Format, Locale),
) -> Result<LogExported> {
    grant.also::<K>()?;
    let now = app.store.clock().now();
    let mut order = Order {
        log: K::LOG.name().to_owned(),
        format: format.name().to_owned(),
        query,
        zone,
        words: (t.language.code().to_owned(), zone_of(&t)),
        user: grant.access().actor().user(),
        key: sealed::new_key(app, grant.access().tenant())?,
        ..Order::default()
    };
    order.wanted(now)?;
    let (own, reach) =
        grant.read(&app.store, |r| Ok((work::own(r, EXPORT_JOB)?, queries::reach(r)?.mark()))).await?;
    if own.iter().filter(|job| !job.state.over()).count() >= MAX_OPEN_FILES {
        return Err(Error::Limit(Message::new("logs-export-too-many").with("most", MAX_OPEN_FILES)));
    }
    order.reach = reach;
    let (id, resume) = (app.store.chance().uuid(now), order.text()?);
    Ok(LogExported { id, log: K::LOG.name(), format: format.name(), view: order.query, resume })
}

/// A job of one's own.
pub(super) async fn own(app: &App, grant: &Grant<ExportLogs>, id: Uuid) -> Result<Job> {
    let owner = grant.access().actor().id();
    let job = grant.read(&app.store, move |r| work::find(r, id, EXPORT_JOB)).await?;
    if job.owner == owner { Ok(job) } else { Err(Error::NotFound) }
}

/// `GET /logs/exports`
pub async fn list(app: App, grant: Grant<ExportLogs>, _ask: Ask) -> Result<Response> {
    let jobs = grant.read(&app.store, |r| work::own(r, EXPORT_JOB)).await?;
    let shell = app.shell(grant.access()).await?;
    answer::page(&ExportPage::list(shell, &jobs, app.store.clock().now()))
}

/// `GET /logs/exports/{id}`
pub async fn progress(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let job = own(&app, &grant, ask.place("id")?).await?;
    if !job.state.over() {
        run::nudge(&app, grant.access().tenant());
    }
    let shell = app.shell(grant.access()).await?;
    answer::page(&ExportPage::following(shell, &job, app.store.clock().now()))
}

/// Asks a job to stop; one that is over stays what it is.
pub(super) async fn stopped(app: &App, grant: &Grant<ExportLogs>, id: Uuid) -> Result<Job> {
    let job = own(app, grant, id).await?;
    if !job.state.over() {
        grant.quietly(&app.store, move |w| work::stop(w, id, EXPORT_JOB)).await?;
    }
    Ok(job)
}

/// `POST /logs/exports/{id}/stop`
pub async fn stop(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let job = stopped(&app, &grant, ask.place("id")?).await?;
    answer::see_other(&format!("/logs/exports/{}", job.id))
}

/// `GET /logs/exports/{id}/file`, and its twin for programs.
pub async fn file(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let job = own(&app, &grant, ask.place("id")?).await?;
    let (order, now) = (Order::of(&job), app.store.clock().now());
    match state(&job, &order, now) {
        State::Done => {}
        State::Expired => {
            return Err(Error::Conflict(Message::new("logs-export-gone").with("hours", FILE_KEPT_HOURS)));
        }
        State::Waiting | State::Going => return Err(Error::conflict("logs-export-not-yet")),
        State::Stopped | State::Failed => return Err(Error::conflict("logs-export-over")),
    }
    let log = order.log()?;
    run::reads(&grant, log)?;
    let reach = grant.read(&app.store, queries::reach).await?;
    if !reach.everything() && reach.mark() != order.reach {
        return Err(Error::conflict("logs-export-reach"));
    }
    let format = order.format()?;
    let parts = Parts::open(&app, grant.access().tenant(), job.id, &Order::resumed(&job)?.key)?;
    let first = parts.get(&app, 0).await?;
    grant.apply(&app.store, LogFetched { export: job.id, log: log.name(), format: format.name() }).await?;
    let name = format!(
        "attachment; filename=\"{}-{}.{}\"",
        order.log,
        job.made_at.to_jiff().strftime("%Y%m%d-%H%M"),
        format.name()
    );
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_LENGTH, order.bytes.to_string()),
    ];
    let pieces = pieces(app, parts, first, order.parts);
    Ok((headers, Body::from_stream(ReceiverStream::new(pieces))).into_response())
}

/// The parts one after the other. One that cannot be read ends the answer early, which its length betrays.
fn pieces(app: App, parts: Parts, first: Vec<u8>, count: u32) -> mpsc::Receiver<std::io::Result<Bytes>> {
    let (sender, pieces) = mpsc::channel(2);
    tokio::spawn(async move {
        let mut piece = Ok(first);
        for next in 1..=count {
            let made = piece.map(Bytes::from).map_err(|cause| {
                tracing::error!(%cause, "a part of a log's file cannot be read");
                std::io::Error::other("not whole")
            });
            let broken = made.is_err();
            if sender.send(made).await.is_err() || broken || next == count {
                return;
            }
            piece = parts.get(&app, next).await;
        }
    });
    pieces
}

impl ExportPage {
    pub(super) fn asking<K: Kind>(shell: Shell, query: &str) -> ExportPage {
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
        let body = Section::untitled().lead(lead).with(Html::of(&form)).into();
        let shell = shell.titled(t.say("logs-export-title")).under(t.say("ui-nav-logs"), K::PATH).at(K::PATH);
        let shell = shell.action(Button::link(t.say("logs-exports"), "/logs/exports"));
        ExportPage { shell, body }
    }
}

gallery::page!("logs/export", ExportPage);
