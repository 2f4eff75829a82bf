//! The page of saved searches: open, save, rename, take away.

use super::api::sent;
use super::model::{self, NAME_CHARACTERS, PATH, SavedSearch};
use super::page::{Page, Wording};
use crate::App;
use crate::front::{answer, undoing};
use crate::logs::events::{SearchDeleted, SearchRenamed};
use crate::logs::queries::saved;
use crate::settings::events::ManageSettings;
use crate::ui::facts::Section;
use crate::ui::field::Field;
use crate::ui::state::{Empty, Weight};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Html, Locale, Shell, gallery};
use crate::users::pages::sheet::{Form, Wrong, done};
use ::book::Log;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::policy::Person;
use kernel::{Access, Error, Grant, Result, Uuid};

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
    page: Option<Page>,
    filters: String,
    words: String,
    name: String,
    shared: bool,
}

async fn lines(app: &App, grant: &Grant<Person>, t: Locale) -> Result<Vec<Line>> {
    let may_share = grant.access().may::<ManageSettings>();
    grant
        .read(&app.store, move |r| {
            let (mut lines, mut wording) = (Vec::new(), Wording::new(r, t)?);
            for search in saved::all(r)? {
                let words = match wording.of(r, search.page, &search.filters) {
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
    let page = fields.get("page").and_then(Page::from_name).filter(|page| page.opens(grant.access()));
    let Some(page) = page else { return Ok(Draft::default()) };
    let filters = model::filters(page, fields.get("filters").unwrap_or_default());
    let shown = filters.clone();
    let read = grant.read(&app.store, move |r| Wording::new(r, t)?.of(r, page, &shown));
    let words = match read.await {
        Err(Error::Invalid(_)) => filters.clone(),
        other => other?,
    };
    let name = fields.get("name").unwrap_or_default().to_owned();
    Ok(Draft { page: Some(page), filters, words, name, shared: fields.flag("shared") })
}

/// `GET /searches`: all of them; with `page` and `filters` a form to save these, with `edit` one to change that search.
pub async fn page(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let shell = done(app.shell(grant.access()).await?, &ask, DONE);
    let shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let query = ask.query();
    let draft = draft(&app, &grant, shell.t, &query).await?;
    let shell = framed(shell, grant.access(), draft.page);
    let lines = lines(&app, &grant, shell.t).await?;
    let edit = query.get("edit").and_then(|id| id.parse().ok());
    let may_share = grant.access().may::<ManageSettings>();
    answer::page(&SearchesPage::new(shell, &draft, &lines, edit, may_share, &Wrong::default()))
}

/// `POST /searches`
pub async fn save(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let t = app.shell(grant.access()).await?.t;
    let draft = draft(&app, &grant, t, &fields).await?;
    let error = match sent(&app, &grant, fields) {
        Ok(event) => {
            let place = format!("{}?{}", event.page.path(), event.filters);
            match grant.apply(&app.store, event).await {
                Ok(()) => return answer::see_other(&format!("{place}&done=logs-done-saved")),
                Err(error) => error,
            }
        }
        Err(error) => error,
    };
    refused(&app, &grant, &draft, None, error).await
}

/// `POST /searches/{id}/rename`
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

/// `POST /searches/{id}/delete`
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
    let shell = framed(app.shell(grant.access()).await?, grant.access(), draft.page);
    let wrong = Wrong::of(&shell.t, error)?;
    let lines = lines(app, grant, shell.t).await?;
    let may_share = grant.access().may::<ManageSettings>();
    let page = SearchesPage::new(shell, draft, &lines, edit, may_share, &wrong);
    answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The frame: below the list that filters are saved of, else below the logs, else below the archive, by what opens.
fn framed(shell: Shell, access: &Access, page: Option<Page>) -> Shell {
    let t = shell.t;
    let shell = shell.titled(t.say("logs-saved-title"));
    let logs = Page::ALL.into_iter().find(|page| *page != Page::Interactions && page.opens(access));
    let archive = Some(Page::Interactions).filter(|page| page.opens(access));
    match page.or(logs).or(archive) {
        Some(Page::Interactions) => {
            shell.under(t.say("ui-nav-archive"), Page::Interactions.path()).at(Page::Interactions.path())
        }
        Some(log) => shell.under(t.say("ui-nav-logs"), log.path()).at(logs.unwrap_or(log).path()),
        None => shell,
    }
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
        if let Some(page) = draft.page {
            parts.push(saving(&t, page, draft, may_share, wrong));
        }
        if let Some(line) = lines.iter().find(|line| line.may && Some(line.search.id) == edit) {
            parts.push(changing(&t, line, wrong));
        }
        if draft.page.is_none() || !lines.is_empty() {
            parts.push(table(&t, lines));
        }
        SearchesPage { shell, parts }
    }
}

fn saving(t: &Locale, page: Page, draft: &Draft, may_share: bool, wrong: &Wrong) -> Html {
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
        .hidden("page", page.name())
        .hidden("filters", draft.filters.clone())
        .back(t, format!("{}?{}", page.path(), draft.filters));
    let what = if draft.words.is_empty() { t.say("logs-saved-nothing") } else { draft.words.clone() };
    Section::new(t.say("logs-saved-save-title"))
        .lead(format!("{} – {what}", page.title(t)))
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
    let delete = Form::new(t, format!("{action}/delete"), t.say("logs-saved-delete")).weight(Weight::Quiet);
    Section::new(line.search.name.clone()).with(rename.into_html()).with(delete.into_html()).into()
}

fn table(t: &Locale, lines: &[Line]) -> Html {
    let columns = vec![
        Column::new("name", t.say("logs-saved-name")),
        Column::tight("page", t.say("logs-saved-page")),
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
            Cell::from(search.page.title(t)),
            Cell::from(line.words.clone()),
            Cell::from(t.say(whose)),
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
        let line = |n: u128, page, name: &str, shared| Line {
            search: SavedSearch {
                id: Uuid::from_u128(n),
                owner: Uuid::from_u128(7),
                page,
                name: name.to_owned(),
                filters: "result=refused".to_owned(),
                shared,
            },
            words: shell.t.say("logs-word-result-refused"),
            may: true,
        };
        let long = "Maximiliana ".repeat(6);
        let lines = [
            line(1, Page::Log(Log::Access), "Natt", false),
            line(2, Page::Interactions, &long, true),
            line(3, Page::Log(Log::Archive), "<script>alert(1)</script>\u{202e}", true),
        ];
        let draft = Draft {
            page: Some(Page::Interactions),
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
            let shell = shell.clone().titled(shell.t.say("logs-saved-title")).at("/archive");
            SearchesPage::new(shell, draft, lines, edit, true, wrong)
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
