//! Links for those whom an import made, by which they choose their first password: handed out once, as a list to print or
//! as a file.
//!
//! - Who asks has the right to hand out links, and is who began the import. Each link is an entry, and is held to what the
//!   maker may do with that user, as is a link that is made alone.
//! - The list is shown in the answer that makes it, and kept nowhere. A user stands in one list only; who needs another link gets it
//!   on the user's page. Who has a password by then is passed over.
//! - A list has a bounded length: links work for a short while, and whoever prints them has to hand them out in it.

use super::file;
use super::queries::{self, Unlinked};
use crate::front::answer;
use crate::signin::changing;
use crate::signin::events::links::PasswordLinkMade;
use crate::signin::model::{LINK_MINUTES, ResetPasswords};
use crate::ui::change::Consequence;
use crate::ui::facts::Section;
use crate::ui::state::{Button, Empty};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Html, Locale, Shell, gallery};
use crate::users::pages::sheet::Form;
use crate::{App, schema};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::door::Ask;
use kernel::once::{self, Answer};
use kernel::{Error, Grant, Result, Uuid};
use serde::Serialize;
use utoipa::ToSchema;

/// Links of one list.
pub const MAX_LINKS_AT_ONCE: i64 = 200;

/// A link, and whose it is; it is told in the first answer alone.
#[derive(Serialize, ToSchema)]
pub struct ImportLinkBody {
    user: String,
    name: String,
    user_name: String,
    link: Option<String>,
}

/// The links of one list: each works once, for so many minutes, and is told this once. `left` wait for the next list.
#[derive(Serialize, ToSchema)]
pub struct ImportLinksBody {
    #[schema(inline)]
    links: Vec<ImportLinkBody>,
    minutes: i64,
    left: i64,
}
schema!(ImportLinksBody);

/// Makes the next list. What is kept for a program that asks again is without the links (decisions/0141).
async fn made(app: &App, grant: &Grant<ResetPasswords>, import: Uuid) -> Result<ImportLinksBody> {
    let waiting = move |r: &mut kernel::Reader<'_>| {
        queries::upload(r, import)?;
        Ok((queries::unlinked(r, import, MAX_LINKS_AT_ONCE)?, queries::unlinked_count(r, import)?))
    };
    let (waiting, all) = grant.read(&app.store, waiting).await?;
    let told = |links: Vec<ImportLinkBody>| {
        let left = all - i64::try_from(links.len()).unwrap_or(0);
        ImportLinksBody { links, minutes: LINK_MINUTES, left }
    };
    let kept = told(waiting.iter().map(|one| one.told(None)).collect());
    let kept = Answer { status: 201, body: serde_json::to_string(&kept).map_err(Error::broken)? };
    let mut links = Vec::new();
    for one in waiting {
        let (event, link) = changing::new_link(app, grant, one.user).await?;
        let event = PasswordLinkMade { import: Some(import), ..event };
        match once::once(grant, &app.store, event, kept.clone()).await {
            Ok(_) => links.push(one.told(Some(link))),
            // Beyond what this one may hand out, in another list, or gone meanwhile: not in this one.
            Err(Error::Forbidden(_) | Error::NotFound | Error::Conflict(_)) => {}
            Err(error) if links.is_empty() => return Err(error),
            // Links that are made can be told only now; whose turn it was waits for the next list.
            Err(_) => break,
        }
    }
    Ok(told(links))
}

impl Unlinked {
    fn told(&self, link: Option<String>) -> ImportLinkBody {
        let (name, user_name) = (self.name.clone(), self.user_name.clone());
        ImportLinkBody { user: self.user.to_string(), name, user_name, link }
    }
}

/// What the page of an import that is done offers.
#[must_use]
pub fn offered(t: &Locale, import: Uuid, left: i64, may: bool) -> Option<Html> {
    if left == 0 {
        return None;
    }
    let section = Section::new(t.say1("import-links-title", "n", left)).id("links");
    if !may {
        return Some(section.lead(t.say("import-links-not-yours")).into());
    }
    let action = format!("/users/import/{import}/links");
    let said = Consequence::new(t.say1("import-links-what", "n", left.min(MAX_LINKS_AT_ONCE)))
        .note(t.say1("import-links-once", "minutes", LINK_MINUTES))
        .note(t.say("import-links-secret"));
    let form = Form::new(t, action, t.say("import-links-print")).or(t.say("import-links-file"), "as", "csv");
    Some(section.with(form.with(said).into_html()).into())
}

/// `POST /users/import/{id}/links`: the list as a page, or with `as=csv` as a file.
pub async fn hand_out(app: App, grant: Grant<ResetPasswords>, ask: Ask) -> Result<Response> {
    let import: Uuid = ask.place("id")?;
    let csv = ask.fields().await?.get("as") == Some("csv");
    let list = made(&app, &grant, import).await?;
    if csv {
        return as_file(&list);
    }
    let shell = app.shell(grant.access()).await?;
    let mut answer = answer::page(&LinksPage::new(shell, import, &list))?;
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn as_file(list: &ImportLinksBody) -> Result<Response> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["name", "user_name", "link"]).map_err(Error::broken)?;
    for one in &list.links {
        let cells =
            [file::harmless(&one.name), file::harmless(&one.user_name), one.link.clone().unwrap_or_default()];
        out.write_record(&cells).map_err(Error::broken)?;
    }
    let bytes = out.into_inner().map_err(|e| Error::broken(e.to_string()))?;
    let [kind, name] = super::pages::csv_headers("links.csv");
    Ok(([kind, name, (header::CACHE_CONTROL, "no-store".to_owned())], bytes).into_response())
}

/// The list, to be printed: made in the answer to one request.
#[derive(askama::Template)]
#[template(path = "users/pages/sheet.html")]
pub struct LinksPage {
    shell: Shell,
    body: Vec<Html>,
}

impl LinksPage {
    fn new(shell: Shell, import: Uuid, list: &ImportLinksBody) -> LinksPage {
        let t = shell.t;
        let columns = vec![
            Column::new("name", t.say("users-field-name")),
            Column::new("user_name", t.say("users-field-user_name")),
            Column::wrapped("link", t.say("import-links-link")),
        ];
        let rows = list.links.iter().map(|one| {
            let cells = vec![
                one.name.as_str().into(),
                one.user_name.as_str().into(),
                Cell::code(one.link.as_deref().unwrap_or_default()),
            ];
            Row::new(one.user.clone(), cells)
        });
        let table = Table::new("links-made", t.say("import-links-list"), columns).rows(rows.collect());
        let back = Button::link(t.say("users-back-to-list"), "/users");
        let none = Empty::new(t.say("import-links-none"), t.say("import-links-none-text"));
        let mut body: Vec<Html> = match list.links.len() {
            0 => vec![none.step(back.clone()).into()],
            n => {
                let lead = t.say1("import-links-lead", "minutes", list.minutes);
                vec![Section::new(t.say1("import-links-made", "n", n)).lead(lead).with(table).into()]
            }
        };
        body.extend(offered(&t, import, list.left, true));
        if !list.links.is_empty() {
            body.push(back.into());
        }
        let shell = shell
            .titled(t.say("import-links-list"))
            .at("/users")
            .under(t.say("users-title"), "/users")
            .under(t.say("import-title"), format!("/users/import/{import}"));
        LinksPage { shell, body }
    }
}

impl gallery::Samples for LinksPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, LinksPage)> {
        let one = |n: u8, name: &str| ImportLinkBody {
            user: Uuid::from_bytes([n; 16]).to_string(),
            name: name.to_owned(),
            user_name: name.to_lowercase().replace(' ', "."),
            link: Some(format!("https://portal.example/set-password/{}", "r7Q2".repeat(16))),
        };
        let list = |links, left| ImportLinksBody { links, minutes: LINK_MINUTES, left };
        let page = |list| LinksPage::new(shell.clone(), Uuid::from_bytes([7; 16]), &list);
        vec![
            ("plain", page(list(vec![one(1, "Åsa Björk"), one(2, "Bo Ek"), one(3, "Cia Norén")], 0))),
            (
                "longest",
                page(list(vec![one(1, &"Maximilian-Alexander von Lång ".repeat(6)), one(2, "Bo Ek")], 214)),
            ),
            ("empty", page(list(Vec::new(), 0))),
        ]
    }
}
gallery::page!("users/import-links", LinksPage);

/// `POST /api/v1/imports/{id}/links`
pub async fn api(app: App, grant: Grant<ResetPasswords>, ask: Ask) -> Result<Response> {
    let list = made(&app, &grant, ask.place("id")?).await?;
    let mut answer = answer::json(StatusCode::CREATED, &list)?;
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(answer)
}
