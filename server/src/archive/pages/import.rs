//! Sending interactions in: the form, and how far it has come.

use crate::App;
use crate::archive::import::upload::{self, Counts, MAX_UPLOAD_FILES, UPLOAD};
use crate::archive::rights::ImportInteractions;
use crate::front::answer;
use crate::front::refusal::at_field;
use crate::ui::field::{ErrorSummary, Field};
use crate::ui::progress::Progress;
use crate::ui::state::{Button, Tone, Weight};
use crate::ui::table::{Column, Row, Table};
use crate::ui::{Locale, Shell, gallery};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::Ask;
use kernel::work::{self, Job, JobState};
use kernel::{Error, Grant, Result, Uuid};

/// The form.
#[derive(askama::Template)]
#[template(path = "archive/pages/import.html")]
pub struct ImportPage {
    /// The frame.
    pub shell: Shell,
    summary: ErrorSummary,
    files: Field,
    lately: Option<Table>,
    send: Button,
}

impl ImportPage {
    /// The form for so many bytes at the most, what the reader sent in lately, and what was wrong the last time.
    pub fn new(shell: Shell, limit_bytes: u64, jobs: &[Job], problem: Option<String>) -> ImportPage {
        let t = shell.t;
        let help = t.say_with(
            "archive-import-files-help",
            &[("files", MAX_UPLOAD_FILES.into()), ("size", t.bytes(limit_bytes).into())],
        );
        let mut files = Field::input("file", "files", t.say("archive-import-files"))
            .help(help)
            .attribute("multiple", "")
            .required();
        if let Some(problem) = problem {
            files = files.error(problem);
        }
        ImportPage {
            summary: ErrorSummary::of(&t, [&files]),
            files,
            lately: lately(&t, jobs),
            send: Button::submit(t.say("archive-import-send"), Weight::Primary),
            shell: framed(shell, "archive-import-title"),
        }
    }
}

/// Imports of one's own, so that one who left comes back to them.
fn lately(t: &Locale, jobs: &[Job]) -> Option<Table> {
    let columns = vec![
        Column::tight("when", t.say("archive-import-when")),
        Column::tight("state", t.say("archive-import-state")),
        Column::number("done", t.say("archive-import-files")),
    ];
    let rows = jobs.iter().map(|job| {
        let state = match job.state {
            JobState::Waiting | JobState::Going => "archive-import-going",
            JobState::Done => "archive-import-over",
            JobState::Stopped => "archive-import-ended",
            JobState::Failed => "archive-import-broke",
        };
        let count = u64::try_from(job.done).unwrap_or(0);
        let cells = vec![t.when(job.made_at).into(), t.say(state).into(), t.number(count).into()];
        Row::new(job.id.to_string(), cells).to(format!("/archive/import/{}", job.id))
    });
    let table = Table::new("imports", t.say("archive-import-lately"), columns).rows(rows.collect());
    (!jobs.is_empty()).then_some(table)
}

fn framed(shell: Shell, title: &str) -> Shell {
    let t = shell.t;
    shell.titled(t.say(title)).under(t.say("archive-title"), "/archive").at("/archive")
}

/// How far an upload has come.
#[derive(askama::Template)]
#[template(path = "archive/pages/upload.html")]
pub struct UploadPage {
    /// The frame.
    pub shell: Shell,
    progress: Progress,
    over: bool,
    archive: Button,
    aside: Button,
}

impl UploadPage {
    /// The page of a job.
    pub fn new(shell: Shell, job: &Job) -> UploadPage {
        let t = shell.t;
        let counts = Counts::read(job);
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        let here = format!("/archive/import/{}", job.id);
        let bar = Progress::new(
            &t,
            "upload",
            t.say("archive-import-progress"),
            number(job.done),
            number(job.total),
        );
        let outcome = |key| {
            let arguments = [
                ("imported", counts.imported.into()),
                ("unchanged", counts.unchanged.into()),
                ("aside", counts.aside.into()),
            ];
            t.say_with(key, &arguments)
        };
        let progress = match job.state {
            JobState::Waiting | JobState::Going => bar.going(&here).stop(&t, format!("{here}/stop")),
            JobState::Done if counts.aside == 0 => bar.over(Tone::Ok, outcome("archive-import-done")),
            JobState::Done => bar.over(Tone::Warn, outcome("archive-import-done")),
            JobState::Stopped => bar.over(Tone::Note, outcome("archive-import-stopped")),
            JobState::Failed => bar.over(Tone::Bad, outcome("archive-import-failed")),
        };
        let mut shell = framed(shell, "archive-import-title");
        if !job.state.over() {
            shell.reload_s = Some(2);
        }
        UploadPage {
            shell,
            progress,
            over: job.state.over(),
            archive: Button::link(t.say("archive-import-to-archive"), "/archive").primary(),
            aside: Button::link(t.say("archive-import-to-aside"), "/archive/aside"),
        }
    }
}

/// `GET /archive/import`
pub async fn import_form(app: App, grant: Grant<ImportInteractions>, _ask: Ask) -> Result<Response> {
    let jobs = grant.read(&app.store, |r| work::own(r, UPLOAD)).await?;
    let limit_bytes = app.config.limits.upload_bytes;
    answer::page(&ImportPage::new(app.shell(grant.access()).await?, limit_bytes, &jobs, None))
}

/// `POST /archive/import`
pub async fn import_send(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let headers = ask.head.headers.clone();
    match upload::receive(&app, grant.access().tenant(), &headers, ask.stream().0).await {
        Ok(spool) => {
            let job = upload::begin(&app, &grant, spool).await?;
            answer::see_other(&format!("/archive/import/{job}"))
        }
        Err(Error::Invalid(problems)) => {
            let shell = app.shell(grant.access()).await?;
            let problem = at_field(&shell.t, &problems, "files");
            answer::page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &ImportPage::new(shell, app.config.limits.upload_bytes, &[], problem),
            )
        }
        Err(cause) => Err(cause),
    }
}

async fn own(app: &App, grant: &Grant<ImportInteractions>, id: Uuid) -> Result<Job> {
    let job = grant.read(&app.store, move |r| work::find(r, id, UPLOAD)).await?;
    if job.owner == grant.access().actor().id() { Ok(job) } else { Err(Error::NotFound) }
}

/// `GET /archive/import/{job}`
pub async fn import_progress(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let job = own(&app, &grant, ask.place("job")?).await?;
    answer::page(&UploadPage::new(app.shell(grant.access()).await?, &job))
}

/// `POST /archive/import/{job}/stop`
pub async fn import_stop(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let job = own(&app, &grant, ask.place("job")?).await?;
    grant.quietly(&app.store, move |w| work::stop(w, job.id, UPLOAD)).await?;
    answer::see_other(&format!("/archive/import/{}", job.id))
}

impl gallery::Samples for ImportPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, ImportPage)> {
        let problem = Some(shell.t.say("archive-import-none"));
        vec![
            (
                "form",
                ImportPage::new(
                    shell.clone(),
                    2 << 30,
                    &[job(JobState::Going, 24), job(JobState::Done, 324)],
                    None,
                ),
            ),
            ("wrong", ImportPage::new(shell.clone(), 2 << 30, &[], problem)),
        ]
    }
}
gallery::page!("archive/import", ImportPage);

impl gallery::Samples for UploadPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, UploadPage)> {
        let page = |state, done| UploadPage::new(shell.clone(), &job(state, done));
        vec![
            ("going", page(JobState::Going, 24)),
            ("done", page(JobState::Done, 324)),
            ("stopped", page(JobState::Stopped, 24)),
            ("failed", page(JobState::Failed, 24)),
        ]
    }
}
gallery::page!("archive/upload", UploadPage);

/// An import for the gallery.
fn job(state: JobState, done: i64) -> Job {
    Job {
        id: Uuid::from_u128(u128::try_from(done).unwrap_or(5)),
        kind: UPLOAD.to_owned(),
        owner: Uuid::nil(),
        state,
        done,
        total: 324,
        resume: r#"{"imported":16,"unchanged":0,"aside":8}"#.to_owned(),
        result: String::new(),
        stop: false,
        made_at: kernel::Timestamp(0),
        changed_at: kernel::Timestamp(0),
    }
}
