//! The book's page: its size and newest head, what one can take away, a check made here, and how to make it oneself.

use super::checking::{self, Found};
use super::handout::{self, Standing};
use super::queries::{self, HeadRow};
use super::{ReadBook, RotateBookKey, heads, proof};
use crate::App;
use crate::front::{answer, navigation};
use crate::logs::events::BookChecked;
use crate::ui::facts::{Facts, Section};
use crate::ui::progress::Progress;
use crate::ui::state::{Actions, Button, Copy, Tone, Weight};
use crate::ui::{Html, Locale, Shell, gallery};
use ::book::Head;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use data_encoding::BASE64;
use kernel::door::Ask;
use kernel::work::{self, Job, JobState};
use kernel::{Grant, Result, Uuid};

/// A page of the book.
#[derive(Template)]
#[template(path = "logs/book/page.html")]
pub struct BookPage {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

/// A form with one button.
#[derive(Template)]
#[template(source = r#"<form method="post" action="{{ action }}">{{ button }}</form>"#, ext = "html")]
struct OneButton {
    action: &'static str,
    button: Button,
}

/// Lines of text as they are.
#[derive(Template)]
#[template(source = r#"<pre>{{ text }}</pre>"#, ext = "html")]
struct Lines<'a> {
    text: &'a str,
}

fn lines(text: &str) -> Html {
    Html::of(&Lines { text })
}

/// `GET /book`
pub async fn page(app: App, grant: Grant<ReadBook>, _ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let look = |r: &mut kernel::Reader<'_>| {
        let checks = work::own(r, checking::CHECK_JOB)?;
        Ok((queries::edge(r)?, queries::last_head(r)?, checks, handout::standing(r)?))
    };
    let (edge, head, checks, standing) = grant.read(&app.store, look).await?;
    let size = edge.map_or(0, |edge| edge.frontier.size());
    let rotates = grant.access().may::<RotateBookKey>();
    let t = shell.t;
    let mut page = BookPage::new(shell, size, head.as_ref(), checks.first(), rotates);
    page.handed_out(&t, &standing, navigation::opens(grant.access(), "/settings"));
    answer::page(&page)
}

/// `POST /book/checks`
pub async fn check(app: App, grant: Grant<ReadBook>, _ask: Ask) -> Result<Response> {
    heads::sign(&app, grant.access().tenant()).await?;
    let job = app.store.chance().uuid(app.store.clock().now());
    grant.apply(&app.store, BookChecked { job }).await?;
    tokio::spawn(checking::run(app.clone(), grant, job));
    answer::see_other("/book")
}

/// `POST /book/checks/{id}/stop`
pub async fn stop(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    grant.quietly(&app.store, move |w| work::stop(w, id, checking::CHECK_JOB)).await?;
    answer::see_other("/book")
}

async fn proven(app: &App, grant: &Grant<ReadBook>, idx: u64) -> Result<proof::Proof> {
    grant.read(&app.store, move |r| proof::of(r, idx)).await
}

/// `GET /book/entries/{idx}`
pub async fn entry(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    let proof = proven(&app, &grant, ask.place("idx")?).await?;
    let shell = app.shell(grant.access()).await?;
    answer::page(&BookPage::entry(shell, &proof))
}

/// `GET /api/v1/book/entries/{idx}/proof`
pub async fn entry_proof(app: App, grant: Grant<ReadBook>, ask: Ask) -> Result<Response> {
    answer::json(StatusCode::OK, &proven(&app, &grant, ask.place("idx")?).await?.body())
}

impl BookPage {
    /// A page of these parts.
    pub(super) fn of(shell: Shell, parts: Vec<Html>) -> BookPage {
        BookPage { shell, parts }
    }
    fn new(shell: Shell, size: u64, head: Option<&HeadRow>, check: Option<&Job>, rotates: bool) -> BookPage {
        let t = shell.t;
        let mut parts = vec![state(&t, size, head).into(), checked(&t, check).into(), oneself(&t).into()];
        if rotates && head.is_some() {
            parts.push(rotating(&t).into());
        }
        BookPage { shell: shell.titled(t.say("ui-nav-book")).at("/book"), parts }
    }
    fn handed_out(&mut self, t: &Locale, standing: &[Standing], may: bool) {
        self.parts.extend(standing.iter().map(|way| way.section(t, may).into()));
    }
    fn entry(shell: Shell, proof: &proof::Proof) -> BookPage {
        let t = shell.t;
        let path: Vec<String> = proof.path.iter().map(|hash| BASE64.encode(&hash.0)).collect();
        let facts = Facts::new()
            .fact(t.say("book-entry"), t.number(proof.idx))
            .fact(t.say("book-leaf"), Copy::new(&t, BASE64.encode(&proof.leaf.0)))
            .fact(t.say("book-size"), t.number(proof.size));
        let parts = vec![
            Section::new(t.say("book-proof")).lead(t.say("book-proof-lead")).with(facts).into(),
            Section::new(t.say("book-path")).with(lines(&path.join("\n"))).into(),
            Section::new(t.say("book-head")).with(lines(&proof.head)).into(),
            Section::new(t.say("book-extract"))
                .lead(t.say("book-extract-lead"))
                .with(lines("vaktbok-verify --extract entry.tlog-proof --key book.key"))
                .with(Button::link(
                    t.say("book-take-extract"),
                    format!("/book/entries/{}/extract", proof.idx),
                ))
                .into(),
        ];
        let title = t.say1("book-entry-title", "n", proof.idx);
        BookPage { shell: shell.titled(title).under(t.say("ui-nav-book"), "/book").at("/book"), parts }
    }
}

fn state(t: &Locale, size: u64, head: Option<&HeadRow>) -> Section {
    let section = Section::new(t.say("book-state")).lead(t.say("book-lead"));
    let Some(row) = head else { return section.text(t.say("book-no-head")) };
    let read = Head::unchecked(&row.note);
    let facts = Facts::new()
        .fact(t.say("book-size"), t.number(size))
        .fact(t.say("book-signed-size"), t.number(row.size.unsigned_abs()))
        .fact(t.say("book-signed-at"), t.when_exact(row.at.to_jiff()))
        .maybe(t.say("book-root"), read.as_ref().map(|head| Copy::new(t, BASE64.encode(&head.root.0))))
        .maybe(t.say("book-origin"), read.as_ref().map(|head| Copy::new(t, head.origin.clone())));
    // The three fit together however much the book grows meanwhile: all are of this head.
    section.with(facts).with(Actions::new(vec![
        Button::link(t.say("book-take-head"), format!("/book/head?size={}", row.size)).primary(),
        Button::link(t.say("book-take-key"), "/book/key"),
        Button::link(t.say("book-take-whole"), format!("/book/export?head={}", row.size)),
        Button::link(t.say("book-heads"), "/book/heads"),
    ]))
}

fn rotating(t: &Locale) -> Section {
    let button = Button::submit(t.say("book-rotate"), Weight::Quiet);
    Section::new(t.say("book-rotate-title"))
        .lead(t.say("book-rotate-lead"))
        .with(Html::of(&OneButton { action: "/book/key/rotate", button }))
}

fn checked(t: &Locale, check: Option<&Job>) -> Section {
    let mut section = Section::new(t.say("book-check")).lead(t.say("book-check-lead"));
    let going = check.is_some_and(|job| !job.state.over());
    if let Some(job) = check {
        let (done, total) = (job.done.unsigned_abs(), job.total.unsigned_abs());
        let bar = Progress::new(t, "book-check-progress", t.say("book-check"), done, total);
        section = section.with(match job.state {
            JobState::Waiting | JobState::Going => {
                bar.going("/book").stop(t, format!("/book/checks/{}/stop", job.id))
            }
            JobState::Done => bar.over(Tone::Ok, t.say1("book-whole", "n", done)),
            JobState::Stopped => bar.over(Tone::Still, t.say("book-check-stopped")),
            JobState::Failed if checking::found(&job.result) == Found::NotWhole => {
                bar.over(Tone::Bad, t.say("book-not-whole"))
            }
            JobState::Failed => bar.over(Tone::Warn, t.say("book-check-unknown")),
        });
        section = faults(&job.result).into_iter().fold(section, |section, fault| section.with(lines(&fault)));
    }
    let button = Button::submit(t.say("book-check-begin"), Weight::Quiet).off(going);
    section.with(Html::of(&OneButton { action: "/book/checks", button }))
}

/// What a check found wrong, as `vaktbok-verify` says it.
fn faults(result: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(result).unwrap_or_default();
    let faults = report.get("faults").and_then(|f| f.as_array()).cloned().unwrap_or_default();
    faults.iter().take(20).filter_map(|f| f.get("message")?.as_str().map(str::to_owned)).collect()
}

fn oneself(t: &Locale) -> Section {
    Section::new(t.say("book-oneself"))
        .lead(t.say("book-oneself-lead"))
        .with(lines("vaktbok-verify book.jsonl --head book.head --key book.key"))
        .text(t.say("book-oneself-earlier"))
        .with(lines("vaktbok-verify book.jsonl --head book.head --key book.key --earlier earlier.head"))
}

impl gallery::Samples for BookPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, BookPage)> {
        let head = HeadRow {
            size: 41_207,
            at: kernel::Timestamp(1_795_442_400_000_000),
            note: "vaktbok.book/1001/0102030405060708090a0b0c0d0e0f10\n41207\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 1795442400000000\n\n— x AAAA\n"
                .to_owned(),
        };
        let job = |state, done, result: &str| Job {
            id: Uuid::from_u128(5),
            kind: checking::CHECK_JOB.to_owned(),
            owner: Uuid::nil(),
            state,
            done,
            total: 41_207,
            resume: String::new(),
            result: result.to_owned(),
            stop: false,
            made_at: kernel::Timestamp(0),
            changed_at: kernel::Timestamp(0),
        };
        let [off, on] = Standing::samples();
        let page = |head: Option<&HeadRow>, job: Option<&Job>| {
            let mut page = BookPage::new(shell.clone(), 41_209, head, job, true);
            page.handed_out(&shell.t, if head.is_some() { &on } else { &off }, true);
            page
        };
        let heads: Vec<HeadRow> =
            (0..50).map(|n| HeadRow { size: 41_207 - n * 113, ..head.clone() }).collect();
        let bad =
            r#"{"whole":false,"faults":[{"message":"entry 17: its words are not those it was made with"}]}"#;
        vec![
            ("empty", page(None, None)),
            ("heads", BookPage::heads(shell.clone(), &heads, Some(7))),
            ("heads-empty", BookPage::heads(shell.clone(), &[], None)),
            ("whole", page(Some(&head), Some(&job(JobState::Done, 41_207, "{}")))),
            ("going", page(Some(&head), Some(&job(JobState::Going, 12_000, "")))),
            ("not-whole", page(Some(&head), Some(&job(JobState::Failed, 41_207, bad)))),
            ("not-checked", page(Some(&head), Some(&job(JobState::Failed, 12_000, "")))),
        ]
    }
}
gallery::page!("logs/book", BookPage);
