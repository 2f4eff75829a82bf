//! Uploading a file of users, looking at what it would do, importing it, and taking users out as a file.

use super::check::{Effect, Fault, Seen, faults};
use super::file::{self, MAX_FILE_BYTES, MAX_LINES, Sheet as File};
use super::preview::{Faulty, faulty_of, preview, say};
use super::queries::{self, Effects, Upload};
use super::run::{self, KIND, Progress};
use super::{events, links};
use crate::App;
use crate::front::answer;
use crate::signin::model::ResetPasswords;
use crate::ui::facts::{Facts, Section};
use crate::ui::field::Field;
use crate::ui::progress::Progress as Bar;
use crate::ui::state::{Button, Tone};
use crate::ui::{Html, Locale, Shell};
use crate::users::events::{ExportUsers, ImportUsers, UsersExported};
use crate::users::pages::list;
use crate::users::pages::sheet::{Form, Sheet, Wrong};
use crate::users::queries as people;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::door::Ask;
use kernel::work::{self, Job, JobState};
use kernel::{Error, Grant, Result, Uuid};

/// Bytes an upload's request may have: the file, and the form round it.
pub const MAX_UPLOAD_BYTES: usize = MAX_FILE_BYTES + 64 * 1024;
/// Lines kept together.
const LINES_PER_PART: usize = 250;
/// Faulty lines that a preview shows.
const MAX_SHOWN_LINES: usize = 200;
/// Characters of a file's name.
const FILE_NAME_CHARACTERS: usize = 200;

/// `GET /users/import`
pub async fn form(app: App, grant: Grant<ImportUsers>, _ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let body = upload_form(&shell.t, &Wrong::default());
    Sheet::answer(frame(shell), vec![body])
}

fn frame(shell: Shell) -> Shell {
    let t = shell.t;
    shell.titled(t.say("import-title")).at("/users").under(t.say("users-title"), "/users")
}

fn upload_form(t: &Locale, wrong: &Wrong) -> Html {
    let file = Field::input("file", "file", t.say("import-file"))
        .attribute("accept", ".csv,text/csv")
        .required()
        .help(t.say1("import-file-help", "most", MAX_LINES));
    let file = wrong.at(t, file);
    let summary = wrong.summary(t, [&file]);
    let form =
        Form::new(t, "/users/import", t.say("import-look")).upload().errors(summary).fields(vec![file]);
    Section::new(t.say("import-choose"))
        .lead(t.say("import-columns"))
        .with(form.back(t, "/users").into_html())
        .into()
}

/// `POST /users/import`
pub async fn upload(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    match received(&app, &grant, ask).await {
        Ok(import) => answer::see_other(&format!("/users/import/{import}")),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let wrong = Wrong::of(&shell.t, error)?;
            let body = upload_form(&shell.t, &wrong);
            Sheet::refused(frame(shell), vec![body])
        }
    }
}

pub(super) async fn received(app: &App, grant: &Grant<ImportUsers>, ask: Ask) -> Result<Uuid> {
    let (name, bytes) = sent(ask).await?;
    let sheet = tokio::task::spawn_blocking(move || file::read(&bytes)).await.map_err(Error::broken)??;
    keep(app, grant, name, sheet).await
}

/// The first file of a multipart form (RFC 7578), or a body that is the file.
async fn sent(ask: Ask) -> Result<(String, bytes::Bytes)> {
    let unreadable = || Error::invalid("file", "import-unreadable-form");
    let kind = ask
        .head
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    if !kind.starts_with("multipart/form-data") {
        return Ok((String::new(), ask.bytes().await?));
    }
    let (body, limit_bytes) = ask.stream();
    let mut request =
        Request::builder().header(header::CONTENT_TYPE, kind).body(body).map_err(Error::broken)?;
    DefaultBodyLimit::max(limit_bytes).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default();
        let name = name.chars().filter(|c| !c.is_control()).take(FILE_NAME_CHARACTERS).collect();
        let bytes = field.bytes().await.map_err(|_| {
            Error::invalid(
                "file",
                kernel::Message::new("import-too-large").with("most", MAX_FILE_BYTES / 1024 / 1024),
            )
        })?;
        return Ok((name, bytes));
    }
    Err(Error::invalid("file", "error-field-required"))
}

/// Checks every line and keeps the file for its owner.
async fn keep(app: &App, grant: &Grant<ImportUsers>, name: String, sheet: File) -> Result<Uuid> {
    let around = grant.read(&app.store, queries::around).await?;
    let checked = tokio::task::spawn_blocking(move || {
        let mut seen = Seen::default();
        let mut effects = Effects { passed_over: sheet.passed_over.join(","), ..Effects::default() };
        let mut wrong: Vec<Fault> = Vec::new();
        for line in &sheet.lines {
            let found = faults(line, &around, &mut seen);
            if found.is_empty() {
                match around.effect(line) {
                    Effect::Makes => effects.made += 1,
                    Effect::Edits => effects.edited += 1,
                    Effect::Nothing => effects.unchanged += 1,
                }
            }
            wrong.extend(found);
        }
        (sheet, wrong, effects)
    });
    let (sheet, wrong, effects) = checked.await.map_err(Error::broken)?;
    let mut lines: Vec<u64> = wrong.iter().map(|f| f.at).collect();
    lines.dedup();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let counts = (count(sheet.lines.len()), count(lines.len()));
    let import = app.store.chance().uuid(app.store.clock().now());
    let (columns, owner) = (sheet.columns.join(","), grant.access().actor().user().ok_or(Error::SignedOut)?);
    grant
        .quietly(&app.store, move |w| {
            events::clear(w, owner)?;
            events::keep_effects(w, import, &effects)?;
            events::keep(w, import, &name, &columns, counts)
        })
        .await?;
    for (part, lines) in (0i64..).zip(sheet.lines.chunks(LINES_PER_PART)) {
        let within = lines.first().map_or(0, |l| l.at)..=lines.last().map_or(0, |l| l.at);
        let here: Vec<&Fault> = wrong.iter().filter(|f| within.contains(&f.at)).collect();
        let lines = serde_json::to_string(lines).map_err(Error::broken)?;
        let here = serde_json::to_string(&here).map_err(Error::broken)?;
        grant.quietly(&app.store, move |w| events::keep_part(w, import, part, &lines, &here)).await?;
    }
    Ok(import)
}

/// `GET /users/import/{id}`: what it would do, how far it is, or what came of it.
pub async fn show(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let (upload, job, faulty, effects, unlinked) = grant
        .read(&app.store, move |r| {
            let upload = queries::upload(r, id)?;
            let job = upload.job.map(|job| work::find(r, job, KIND)).transpose()?;
            let mut faulty: Vec<Faulty> = Vec::new();
            let mut part = 0;
            while faulty.len() < MAX_SHOWN_LINES && job.is_none() && upload.faulty > 0 {
                let Some(found) = faulty_of(r, id, part)? else { break };
                faulty.extend(found);
                part += 1;
            }
            faulty.truncate(MAX_SHOWN_LINES);
            Ok((upload, job, faulty, queries::effects(r, id)?, queries::unlinked_count(r, id)?))
        })
        .await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let mut shell = frame(shell).under(t.say("import-title"), "/users/import");
    shell.title = if upload.file_name.is_empty() { t.say("import-title") } else { upload.file_name.clone() };
    let body = match &job {
        Some(job) => {
            run::nudge(&app, grant.access().tenant(), job);
            shell.reload_s = (!job.state.over()).then_some(2);
            let mut body = progress(&t, &upload, job);
            let may = grant.access().may::<ResetPasswords>();
            body.extend(links::offered(&t, id, unlinked, may).filter(|_| job.state.over()));
            body
        }
        None => preview(&t, &upload, &faulty, &effects),
    };
    Sheet::answer(shell, body)
}

fn progress(t: &Locale, upload: &Upload, job: &Job) -> Vec<Html> {
    let here = format!("/users/import/{}", upload.id);
    let so_far = Progress::of(job);
    let whole = |n: i64| u64::try_from(n).unwrap_or(0);
    let bar = Bar::new(t, "import", t.say("import-under-way-label"), whole(job.done), whole(job.total));
    let bar = match job.state {
        JobState::Waiting | JobState::Going => bar.going(here.clone()).stop(t, format!("{here}/stop")),
        JobState::Done => bar.over(Tone::Ok, t.say("import-done")),
        JobState::Stopped => bar.over(Tone::Warn, t.say("import-stopped")),
        JobState::Failed => bar.over(Tone::Bad, t.say("import-broke-off")),
    };
    let facts = Facts::new()
        .fact(t.say("import-made"), t.number(so_far.made))
        .fact(t.say("import-edited"), t.number(so_far.edited))
        .fact(t.say("import-unchanged"), t.number(so_far.unchanged))
        .fact(t.say("import-aside"), t.number(so_far.aside))
        .fact(t.say("import-refused"), t.number(so_far.refused));
    let mut body: Vec<Html> = vec![bar.into(), Section::new(t.say("import-result")).with(facts).into()];
    if matches!(job.state, JobState::Stopped | JobState::Failed) {
        body.push(
            Form::new(t, format!("{here}/start"), t.say("import-go-on")).hidden("aside", "on").into_html(),
        );
    }
    if job.state == JobState::Done {
        body.push(Button::link(t.say("users-back-to-list"), "/users").into());
    }
    if !so_far.reasons.is_empty() {
        let reasons = so_far.reasons.iter().fold(Facts::new(), |facts, fault| {
            facts.fact(t.say1("import-at-line", "line", fault.at.to_string()), say(t, fault))
        });
        body.push(Section::new(t.say("import-refused-why")).with(reasons).into());
    }
    body
}

/// `POST /users/import/{id}/start`: begins, or goes on with what was stopped.
pub async fn start(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let aside = ask.fields().await?.flag("aside");
    run::begin(&app, &grant, id, aside).await?;
    answer::see_other(&format!("/users/import/{id}"))
}

/// `POST /users/import/{id}/stop`
pub async fn stop(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let upload = grant.read(&app.store, move |r| queries::upload(r, id)).await?;
    let job = upload.job.ok_or(Error::NotFound)?;
    let stopped = events::ImportStopped { file: upload.into(), job };
    grant.apply(&app.store, stopped).await?;
    answer::see_other(&format!("/users/import/{id}"))
}

/// `GET /users/export`: the users within reach that fit the filters, as a file that an import takes.
pub async fn export(app: App, grant: Grant<ExportUsers>, ask: Ask) -> Result<Response> {
    let mut filter = list::filter(&ask.query());
    (filter.most, filter.after) = (1000, None);
    let mut out = file::head()?;
    let mut count = 0i64;
    loop {
        let this = filter.clone();
        let (users, more) = grant.read(&app.store, move |r| people::users(r, &this)).await?;
        for user in &users {
            out.extend(file::line(user)?);
            count += 1;
        }
        match users.last().filter(|_| more) {
            Some(last) => filter.after = Some(filter.order.place(last)),
            None => break,
        }
    }
    grant.apply(&app.store, UsersExported { count }).await?;
    Ok((csv_headers("users.csv"), out).into_response())
}

/// Headers of a file of users.
pub(super) fn csv_headers(name: &str) -> [(header::HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ]
}
