//! `GET /archive/aside`: what was not archived, and why.

use crate::App;
use crate::archive::deciding;
use crate::archive::events::Decision;
use crate::archive::import::Fate;
use crate::archive::model::AsideId;
use crate::archive::queries::{self, AsideRow, PAGE_ROWS};
use crate::archive::rights::ImportInteractions;
use crate::archive::sentence::Sentence;
use crate::front::answer;
use crate::ui::shell::Flash;
use crate::ui::state::{Button, Empty};
use crate::ui::table::{Cell, Column, Pager, Row, Table};
use crate::ui::{Address, Html, Locale, Shell, gallery};
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Grant, Result, Timestamp, Uuid};

/// The list.
#[derive(askama::Template)]
#[template(path = "archive/pages/aside.html")]
pub struct AsidePage {
    /// The frame.
    pub shell: Shell,
    lead: String,
    table: Table,
    pager: Pager,
}

impl AsidePage {
    /// The page of these rows; `next` is where the next one begins.
    pub fn new(shell: Shell, rows: &[AsideRow], newer: Option<String>, next: Option<String>) -> AsidePage {
        let t = shell.t;
        let columns = vec![
            Column::new("file", t.say("archive-aside-file")),
            Column::wrapped("why", t.say("archive-aside-why")),
            Column::tight("when", t.say("archive-aside-when")),
            Column::new("by", t.say("archive-aside-by")).minor(),
            Column::wrapped("act", t.say("archive-aside-act")),
        ];
        let lines = rows.iter().map(|row| {
            let reasons: Vec<Sentence> = serde_json::from_str(&row.reasons).unwrap_or_default();
            let why: Vec<String> = reasons.iter().map(|reason| reason.say(&t)).collect();
            let cells = vec![
                row.file_name.as_str().into(),
                why.join(" ").into(),
                t.when(row.at).into(),
                row.by.as_str().into(),
                Cell::from(Html::of(&Acts { t, row })),
            ];
            Row::new(row.id.to_string(), cells)
        });
        let empty = Empty::new(t.say("archive-aside-empty-title"), t.say("archive-aside-empty"));
        AsidePage {
            lead: if rows.is_empty() { String::new() } else { t.say("archive-aside-lead") },
            table: Table::new("aside", t.say("archive-aside-caption"), columns)
                .rows(lines.collect())
                .empty(empty),
            pager: Pager::new(&t, newer, next),
            shell: shell
                .titled(t.say("archive-aside-title"))
                .under(t.say("archive-title"), "/archive")
                .action(Button::link(t.say("archive-import"), "/archive/import"))
                .at("/archive"),
        }
    }
}

/// What can be done with one file.
#[derive(askama::Template)]
#[template(path = "archive/pages/acts.html")]
struct Acts<'a> {
    t: Locale,
    row: &'a AsideRow,
}

/// `POST /archive/aside/{id}/retry`
pub async fn aside_retry(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let done = match deciding::retry(&app, &grant, ask.place("id")?).await? {
        Fate::Imported(_) | Fate::Unchanged => "imported",
        Fate::Aside(_) => "aside",
    };
    answer::see_other(&format!("/archive/aside?done={done}"))
}

/// `POST /archive/aside/{id}/discard`
pub async fn aside_discard(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    deciding::decide(&app, &grant, ask.place("id")?, Decision::Discarded).await?;
    answer::see_other("/archive/aside?done=discarded")
}

/// `POST /archive/aside/{id}/download`
pub async fn aside_download(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    deciding::download(&app, &grant, ask.place("id")?).await
}

/// A page of what is set aside, and where the next one begins.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn set_aside(
    app: &App,
    grant: &Grant<ImportInteractions>,
    here: &Address,
) -> Result<(Vec<AsideRow>, Option<String>)> {
    let from = here.get("from").and_then(|text| {
        let (at, id) = text.split_once('_')?;
        Some((Timestamp(at.parse().ok()?), AsideId(Uuid::parse_str(id).ok()?)))
    });
    let mut rows = grant.read(&app.store, move |r| queries::asides(r, from)).await?;
    let more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    let next = rows.last().filter(|_| more).map(|row| format!("{}_{}", row.at.0, row.id));
    Ok((rows, next))
}

/// `GET /archive/aside`
pub async fn asides(app: App, grant: Grant<ImportInteractions>, ask: Ask) -> Result<Response> {
    let here = Address::parse(ask.head.uri.path_and_query().map_or("/archive/aside", |p| p.as_str()));
    let (rows, next) = set_aside(&app, &grant, &here).await?;
    let next = next.map(|from| here.with("from", from).to_string());
    let newer = here.get("from").map(|_| here.without(&["from"]).to_string());
    let mut shell = app.shell(grant.access()).await?;
    shell.flash.extend(match here.get("done") {
        Some("imported") => Some(Flash::done(shell.t.say("archive-aside-imported"))),
        Some("discarded") => Some(Flash::done(shell.t.say("archive-aside-discarded"))),
        Some("aside") => Some(Flash::failed(shell.t.say("archive-aside-again"))),
        _ => None,
    });
    answer::page(&AsidePage::new(shell, &rows, newer, next))
}

impl gallery::Samples for AsidePage {
    fn samples(shell: &Shell) -> Vec<(&'static str, AsidePage)> {
        let row = |n: u128, file: &str, reasons: &str| AsideRow {
            id: AsideId(Uuid::from_u128(n)),
            file_name: file.to_owned(),
            reasons: reasons.to_owned(),
            at: Timestamp(1_795_440_000_000_000),
            by: "Märta Ekdahl".to_owned(),
        };
        let rows = [
            row(
                1,
                "3be3458c-b502-419c-b081-958e80e24199.vcon.json",
                r#"[{"key":"quarantine-hash-differs","words":[]}]"#,
            ),
            row(
                2,
                "call.vcon.json",
                r#"[{"key":"quarantine-media-missing","words":[["name","<b>call</b>.mp3"]]}]"#,
            ),
        ];
        vec![
            ("some", AsidePage::new(shell.clone(), &rows, None, None)),
            ("empty", AsidePage::new(shell.clone(), &[], None, None)),
        ]
    }
}
gallery::page!("archive/aside", AsidePage);
