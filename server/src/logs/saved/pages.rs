//! The page of saved searches: open, save, rename, take away.

use super::api::sent;
use super::model::{self, NAME_CHARACTERS, PATH, SavedSearch};
use crate::App;
use crate::front::{answer, undoing};
use crate::logs::events::{SearchDeleted, SearchRenamed};
use crate::logs::pages::{Known, in_words, names, places, title as log_title};
use crate::logs::queries::saved;
use crate::logs::{Kind, ReadAccessLog, asked};
use crate::settings::events::ManageSettings;
use crate::ui::facts::Section;
use crate::ui::field::Field;
use crate::ui::state::{Badge, Empty, Tone};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Address, Html, Locale, Shell, gallery};
use crate::users::pages::sheet::{Form, Wrong, done};
use ::book::Log;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::tz::TimeZone;
use kernel::door::{Ask, Fields};
use kernel::policy::Person;
use kernel::{Error, Grant, Reader, Result, Uuid};

/// What may be said to have been done.
const DONE: &[&str] = &["logs-done-saved", "logs-done-renamed", "logs-done-deleted"];

/// The page.
#[derive(Template)]
#[template(path = "logs/saved/page.html")]
pub struct SearchesPage {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

/// A search with its filters in words, and whether the reader may change it.
struct Line {
    search: SavedSearch,
    words: String,
    may: bool,
}

/// What is to be saved, as far as it was filled in.
#[derive(Default)]
struct Draft {
    log: Option<Log>,
    filters: String,
    words: String,
    name: String,
    shared: bool,
}

/// Filters as a person reads them. `known` holds the groups and queues; the people chosen are looked up.
fn words(r: &mut Reader<'_>, t: &Locale, log: Log, filters: &str, known: &mut Known) -> Result<String> {
    let here = Address::parse(&format!("{}?{filters}", model::path(log)));
    let mut fields = Fields::urlencoded(filters.as_bytes());
    let wanted = asked::wanted(log, &mut fields, r.now(), &TimeZone::UTC)?;
    known.names = names(r, &wanted)?;
    Ok(in_words(t, &here, &wanted, known))
}

async fn lines(app: &App, grant: &Grant<Person>, t: Locale) -> Result<Vec<Line>> {
    let may_share = grant.access().may::<ManageSettings>();
    grant
        .read(&app.store, move |r| {
            let (mut lines, mut known) = (Vec::new(), places(r)?);
            for search in saved::all(r)? {
                let words = match words(r, &t, search.log, &search.filters, &mut known) {
                    // A column may have gone since.
                    Err(Error::Invalid(_)) => search.filters.clone(),
                    other => other?,
                };
                lines.push(Line { words, may: may_share || !search.shared, search });
            }
            Ok(lines)
        })
        .await
}

/// The form's start: what the address says is to be saved.
async fn draft(app: &App, grant: &Grant<Person>, t: Locale, fields: &Fields) -> Result<Draft> {
    let log = fields.get("log").and_then(Log::from_name).filter(|log| model::may_read(grant.access(), *log));
    let Some(log) = log else { return Ok(Draft::default()) };
    let filters = model::filters(log, fields.get("filters").unwrap_or_default());
    let shown = filters.clone();
    let read = grant.read(&app.store, move |r| {
        let mut known = places(r)?;
        words(r, &t, log, &shown, &mut known)
    });
    let words = match read.await {
        Err(Error::Invalid(_)) => filters.clone(),
        other => other?,
    };
    let name = fields.get("name").unwrap_or_default().to_owned();
    Ok(Draft { log: Some(log), filters, words, name, shared: fields.flag("shared") })
}

/// `GET /logs/searches`: all of them; with `log` and `filters` a form to save these, with `edit` one to change that search.
pub async fn page(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let shell = done(app.shell(grant.access()).await?, &ask, DONE);
    let shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let query = ask.query();
    let draft = draft(&app, &grant, shell.t, &query).await?;
    let lines = lines(&app, &grant, shell.t).await?;
    let edit = query.get("edit").and_then(|id| id.parse().ok());
    let may_share = grant.access().may::<ManageSettings>();
    answer::page(&SearchesPage::new(shell, &draft, &lines, edit, may_share, &Wrong::default()))
}

/// `POST /logs/searches`
pub async fn save(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let t = app.shell(grant.access()).await?.t;
    let draft = draft(&app, &grant, t, &fields).await?;
    let error = match sent(&app, &grant, fields) {
        Ok(event) => {
            let place = format!("{}?{}", model::path(event.log), event.filters);
            match grant.apply(&app.store, event).await {
                Ok(()) => return answer::see_other(&format!("{place}&done=logs-done-saved")),
                Err(error) => error,
            }
        }
        Err(error) => error,
    };
    refused(&app, &grant, &draft, None, error).await
}

/// `POST /logs/searches/{id}/rename`
pub async fn rename(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let search: Uuid = ask.place("id")?;
    let mut fields = ask.fields().await?;
    let (after, before) = (fields.text("name", NAME_CHARACTERS), fields.get("seen").map(str::to_owned));
    let made = match fields.done() {
        Ok(()) => grant.apply(&app.store, SearchRenamed { search, before, after }).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(()) => answer::see_other(&format!("{PATH}?done=logs-done-renamed")),
        Err(error) => refused(&app, &grant, &Draft::default(), Some(search), error).await,
    }
}

/// `POST /logs/searches/{id}/delete`
pub async fn delete(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let search: Uuid = ask.place("id")?;
    grant.apply(&app.store, SearchDeleted { search, expected: None }).await?;
    answer::see_other(&format!("{PATH}?done=logs-done-deleted"))
}

async fn refused(
    app: &App,
    grant: &Grant<Person>,
    draft: &Draft,
    edit: Option<Uuid>,
    error: Error,
) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let wrong = Wrong::of(&shell.t, error)?;
    let lines = lines(app, grant, shell.t).await?;
    let may_share = grant.access().may::<ManageSettings>();
    let page = SearchesPage::new(shell, draft, &lines, edit, may_share, &wrong);
    answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl SearchesPage {
    fn new(
        shell: Shell,
        draft: &Draft,
        lines: &[Line],
        edit: Option<Uuid>,
        may_share: bool,
        wrong: &Wrong,
    ) -> SearchesPage {
        let t = shell.t;
        let mut parts = Vec::new();
        if let Some(log) = draft.log {
            parts.push(saving(&t, log, draft, may_share, wrong));
        }
        if let Some(line) = lines.iter().find(|line| line.may && Some(line.search.id) == edit) {
            parts.push(changing(&t, line, wrong));
        }
        parts.push(table(&t, lines));
        let shell = shell
            .titled(t.say("logs-saved-title"))
            .under(t.say("ui-nav-logs"), ReadAccessLog::PATH)
            .at(ReadAccessLog::PATH);
        SearchesPage { shell, parts }
    }
}

fn saving(t: &Locale, log: Log, draft: &Draft, may_share: bool, wrong: &Wrong) -> Html {
    let mut fields =
        vec![Field::text("name", t.say("logs-saved-name")).required().first().value(draft.name.clone())];
    if may_share {
        let help = t.say("logs-saved-shared-help");
        fields.push(Field::check("shared", t.say("logs-saved-shared"), draft.shared).help(help));
    }
    let fields: Vec<Field> = fields.into_iter().map(|field| wrong.at(t, field)).collect();
    let others = wrong.problems.iter().filter(|p| !["name", "shared"].contains(&&*p.field));
    let summary = others.fold(wrong.summary(t, &fields), |all, p| all.whole(t, t.tell(&p.message)));
    let form = Form::new(t, PATH, t.say("logs-saved-save"))
        .errors(summary)
        .fields(fields)
        .hidden("log", log.name())
        .hidden("filters", draft.filters.clone())
        .back(t, format!("{}?{}", model::path(log), draft.filters));
    let what = if draft.words.is_empty() { t.say("logs-saved-nothing") } else { draft.words.clone() };
    Section::new(t.say("logs-saved-save-title"))
        .lead(format!("{} – {what}", log_title(t, log)))
        .with(form.into_html())
        .into()
}

fn changing(t: &Locale, line: &Line, wrong: &Wrong) -> Html {
    let action = format!("{PATH}/{}", line.search.id);
    let field = wrong.at(t, Field::text("name", t.say("logs-saved-name")).required());
    let field = field.value(line.search.name.clone());
    let rename = Form::new(t, format!("{action}/rename"), t.say("logs-saved-rename"))
        .errors(wrong.summary(t, [&field]))
        .fields(vec![field])
        .hidden("seen", line.search.name.clone())
        .back(t, PATH);
    let delete = Form::new(t, format!("{action}/delete"), t.say("logs-saved-delete"));
    Section::new(line.search.name.clone()).with(rename.into_html()).with(delete.into_html()).into()
}

fn table(t: &Locale, lines: &[Line]) -> Html {
    let columns = vec![
        Column::new("name", t.say("logs-saved-name")),
        Column::tight("log", t.say("logs-saved-log")),
        Column::wrapped("filters", t.say("logs-saved-filters")),
        Column::tight("shared", t.say("logs-saved-for")),
        Column::tight("change", t.say("logs-saved-change")),
    ];
    let row = |line: &Line| {
        let search = &line.search;
        let whose = if search.shared { "logs-saved-for-all" } else { "logs-saved-for-me" };
        let change = format!("{PATH}?edit={}", search.id);
        let cells = vec![
            Cell::from(search.name.clone()),
            Cell::from(log_title(t, search.log)),
            Cell::from(line.words.clone()),
            Badge::new(Tone::Still, t.say(whose)).into(),
            if line.may { Cell::link(&t.say("logs-saved-edit"), &change) } else { Cell::none() },
        ];
        Row::new(search.id.to_string(), cells).to(search.href())
    };
    Table::new("searches", t.say("logs-saved-title"), columns)
        .rows(lines.iter().map(row).collect())
        .empty(Empty::new(t.say("logs-saved-none"), t.say("logs-saved-none-text")))
        .into()
}

impl gallery::Samples for SearchesPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, SearchesPage)> {
        let line = |n: u128, log, name: &str, shared| Line {
            search: SavedSearch {
                id: Uuid::from_u128(n),
                owner: Uuid::from_u128(7),
                log,
                name: name.to_owned(),
                filters: "result=refused".to_owned(),
                shared,
            },
            words: shell.t.say("logs-word-result-refused"),
            may: true,
        };
        let long = "Maximiliana ".repeat(6);
        let lines = [
            line(1, Log::Access, "Natt", false),
            line(2, Log::Change, &long, true),
            line(3, Log::Archive, "<script>alert(1)</script>\u{202e}", true),
        ];
        let draft = Draft {
            log: Some(Log::Access),
            filters: "result=refused".to_owned(),
            words: long.repeat(4),
            name: "Natt".to_owned(),
            shared: true,
        };
        let taken = Wrong {
            problems: vec![kernel::Problem { field: "name".into(), message: "logs-saved-taken".into() }],
            whole: None,
        };
        let page = |draft: &Draft, lines: &[Line], edit, wrong: &Wrong| {
            SearchesPage::new(shell.clone(), draft, lines, edit, true, wrong)
        };
        let (none, right) = (Draft::default(), Wrong::default());
        vec![
            ("empty", page(&none, &[], None, &right)),
            ("list", page(&none, &lines, None, &right)),
            ("saving", page(&draft, &lines, None, &taken)),
            ("changing", page(&none, &lines, Some(Uuid::from_u128(2)), &right)),
        ]
    }
}
gallery::page!("logs/searches", SearchesPage);
