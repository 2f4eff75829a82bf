//! Imports of users for programs: the file is sent, looked at, begun, followed and stopped, as on the pages.

use super::check::Fault;
use super::events::ImportStopped;
use super::pages::received;
use super::run::{self, KIND, Progress};
use super::{preview, queries};
use crate::front::answer;
use crate::ui::{Language, Locale};
use crate::users::events::ImportUsers;
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::work::{self, JobState};
use kernel::{Actor, Error, Grant, Result, Uuid};
use serde::Serialize;
use utoipa::ToSchema;

/// Faulty cells of one answer.
const FAULTS_AN_ANSWER: usize = 500;

/// What is wrong with one cell, or with a line as a whole where `field` is empty.
#[derive(Serialize, ToSchema)]
pub struct ImportFaultBody {
    line: u64,
    field: String,
    code: String,
    detail: String,
}
schema!(ImportFaultBody);

impl From<Fault> for ImportFaultBody {
    fn from(fault: Fault) -> Self {
        let detail = preview::say(&Locale::new(Language::En, "UTC"), &fault);
        Self { line: fault.at, field: fault.field, code: fault.key, detail }
    }
}

/// A file of users: `state` is `looked-at`, `waiting`, `going`, `done`, `stopped` or `failed`. `faults` are those of the file
/// before it is begun, at most 500 of them, and afterwards those of lines that were refused.
#[derive(Serialize, ToSchema)]
pub struct ImportBody {
    id: String,
    state: &'static str,
    lines: i64,
    faulty_lines: i64,
    done: i64,
    made: i64,
    edited: i64,
    unchanged: i64,
    aside: i64,
    refused: i64,
    faults: Vec<ImportFaultBody>,
}
schema!(ImportBody);

/// Whether faulty lines are set aside.
#[derive(Serialize, ToSchema)]
pub struct BeginImportBody {
    aside: Option<bool>,
}
schema!(BeginImportBody);

async fn told(app: &App, grant: &Grant<ImportUsers>, id: Uuid, status: StatusCode) -> Result<Response> {
    let (upload, job, faults) = grant
        .read(&app.store, move |r| {
            let upload = queries::upload(r, id)?;
            let job = upload.job.map(|job| work::find(r, job, KIND)).transpose()?;
            let mut faults = Vec::new();
            let mut part = 0;
            while faults.len() < FAULTS_AN_ANSWER && job.is_none() && upload.faulty > 0 {
                let Some((_, found)) = queries::part(r, id, part)? else { break };
                faults.extend(found);
                part += 1;
            }
            Ok((upload, job, faults))
        })
        .await?;
    if let Some(job) = &job {
        run::nudge(app, grant.access().tenant(), job);
    }
    let so_far = job.as_ref().map(Progress::of).unwrap_or_default();
    let state = job.as_ref().map_or("looked-at", |job| match job.state {
        JobState::Waiting => "waiting",
        JobState::Going => "going",
        JobState::Done => "done",
        JobState::Stopped => "stopped",
        JobState::Failed => "failed",
    });
    let faults = if job.is_some() { so_far.reasons } else { faults };
    let body = ImportBody {
        id: id.to_string(),
        state,
        lines: upload.rows,
        faulty_lines: upload.faulty,
        done: so_far.done,
        made: so_far.made,
        edited: so_far.edited,
        unchanged: so_far.unchanged,
        aside: so_far.aside,
        refused: so_far.refused,
        faults: faults.into_iter().take(FAULTS_AN_ANSWER).map(ImportFaultBody::from).collect(),
    };
    answer::json(status, &body)
}

/// `POST /api/v1/imports`: the body is the file (`text/csv`), or a form with it.
pub async fn upload(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    let id = received(&app, &grant, ask).await?;
    told(&app, &grant, id, StatusCode::CREATED).await
}

/// `GET /api/v1/imports/{id}`
pub async fn show(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    told(&app, &grant, ask.place("id")?, StatusCode::OK).await
}

/// `POST /api/v1/imports/{id}/start`
pub async fn start(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let body = ask.bytes().await?;
    let aside = !body.is_empty() && Fields::json(&body)?.flag("aside");
    let access = grant.access();
    let beyond = access.policy().rights().into_iter().find(|right| !access.holds(right));
    if let (Actor::Key { .. }, Some(right)) = (access.actor(), beyond) {
        // The work goes on in the service user's name, past the key: it must not give what the key could not.
        return Err(Error::conflict(kernel::Message::new("import-key-narrow").with("right", right)));
    }
    run::begin(&app, &grant, id, aside).await?;
    told(&app, &grant, id, StatusCode::OK).await
}

/// `POST /api/v1/imports/{id}/stop`
pub async fn stop(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let upload = grant.read(&app.store, move |r| queries::upload(r, id)).await?;
    let job = upload.job.ok_or(Error::NotFound)?;
    let stopped = ImportStopped { file: upload.into(), job };
    grant.apply(&app.store, stopped).await?;
    told(&app, &grant, id, StatusCode::OK).await
}
