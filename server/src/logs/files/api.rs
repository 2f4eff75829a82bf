//! A log as a file for programs: ordered, followed, fetched and stopped, as on the pages.

use super::order::{Format, Order, query_of};
use super::run;
use super::said::{State, state};
use crate::front::answer;
use crate::logs::events::EXPORT_JOB;
use crate::logs::{ExportLogs, Kind};
use crate::users::api::{answered, made};
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::once;
use kernel::work::{self, Job};
use kernel::{Error, Grant, Result, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// How a log is to be written: `csv` or `jsonl`; `jsonl` where nothing is said.
#[derive(Serialize, ToSchema)]
pub struct OrderLogFileBody {
    format: Option<String>,
}
schema!(OrderLogFileBody);

/// A file of a log. `state` is `waiting`, `going`, `done`, `expired`, `stopped` or `failed`. `done` of `total` places of the book
/// are looked through, `entries` and `bytes` written. `seconds_left` is an estimate while it is being made; `until` (RFC 3339)
/// is when it is thrown away; `why` says in a sentence why it failed.
#[derive(Serialize, ToSchema)]
pub struct LogFileBody {
    id: String,
    log: String,
    format: String,
    filters: String,
    state: &'static str,
    done: i64,
    total: i64,
    entries: i64,
    bytes: u64,
    seconds_left: Option<i64>,
    made_at: String,
    until: Option<String>,
    why: Option<String>,
}
schema!(LogFileBody);

fn body(job: &Job, now: Timestamp) -> LogFileBody {
    let order = Order::of(job);
    let state = state(job, &order, now);
    let (done, total) = order.looked_through();
    let t = crate::ui::Locale::new(crate::ui::Language::En, "UTC");
    LogFileBody {
        id: job.id.to_string(),
        state: state.name(),
        done,
        total,
        entries: order.entries,
        bytes: order.bytes,
        seconds_left: order.left_seconds(now).filter(|_| state == State::Going),
        made_at: job.made_at.to_string(),
        until: order.until().filter(|_| state == State::Done).map(|until| until.to_string()),
        why: Some(&order.why).filter(|why| !why.is_empty()).map(|why| t.say(why)),
        log: order.log,
        format: order.format,
        filters: order.query,
    }
}

/// `POST /api/v1/logs/…/exports`: the filters stand in the address, as those of the list. Times without a zone are UTC.
pub async fn begin<K: Kind>(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let query = query_of(&ask)?;
    let bytes = ask.bytes().await?;
    let mut fields = if bytes.is_empty() { Fields::urlencoded(b"") } else { Fields::json(&bytes)? };
    let word = fields.optional_text("format", 10).unwrap_or_else(|| Format::JsonLines.name().to_owned());
    let format = Format::parse(&word);
    if format.is_none() {
        fields.problem("format", "error-field-form");
    }
    fields.done()?;
    let format = format.ok_or_else(|| Error::invalid("format", "error-field-form"))?;
    let t = app.shell(grant.access()).await?.t;
    let event = super::pages::ordered::<K>(&app, &grant, (query, "UTC".to_owned()), (format, t)).await?;
    let told = made(event.id);
    let answer = once::once(&grant, &app.store, event, told).await?;
    run::nudge(&app, grant.access().tenant());
    answered(answer)
}

/// `GET /api/v1/logs/exports`
pub async fn list(app: App, grant: Grant<ExportLogs>, _ask: Ask) -> Result<Response> {
    let jobs = grant.read(&app.store, |r| work::own(r, EXPORT_JOB)).await?;
    let now = app.store.clock().now();
    answer::json(StatusCode::OK, &jobs.iter().map(|job| body(job, now)).collect::<Vec<_>>())
}

/// `GET /api/v1/logs/exports/{id}`
pub async fn show(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let job = super::pages::own(&app, &grant, ask.place("id")?).await?;
    if !job.state.over() {
        run::nudge(&app, grant.access().tenant());
    }
    answer::json(StatusCode::OK, &body(&job, app.store.clock().now()))
}

/// `POST /api/v1/logs/exports/{id}/stop`
pub async fn stop(app: App, grant: Grant<ExportLogs>, ask: Ask) -> Result<Response> {
    let id = super::pages::stopped(&app, &grant, ask.place("id")?).await?.id;
    let job = super::pages::own(&app, &grant, id).await?;
    answer::json(StatusCode::OK, &body(&job, app.store.clock().now()))
}
