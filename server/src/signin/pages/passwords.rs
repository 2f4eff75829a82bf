//! Setting a password by a link, and changing one's own.

use super::FormPage;
use crate::App;
use crate::front::answer;
use crate::signin::model::{LEAST_CHARACTERS, MOST_CHARACTERS};
use crate::signin::password::Typed;
use crate::signin::{changing, cookies};
use crate::ui::field::Field;
use crate::ui::{Language, Locale, Shell};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, Fields, Head};
use kernel::policy::Arriving;
use kernel::{Access, Error, Grant, Problem, Result};
use std::sync::Arc;

fn new_fields(t: Locale, least: i64) -> Vec<Field> {
    vec![
        Field::password("new", t.say("password-new"), "new-password")
            .required()
            .help(t.say_with("password-help", &[("least", least.into()), ("most", MOST_CHARACTERS.into())])),
        Field::password("again", t.say("password-again"), "new-password").required(),
    ]
}

/// The form behind a link.
#[must_use]
pub fn link_form(shell: Shell, action: &str, name: &str, purpose: &str, least: i64) -> FormPage {
    let t = shell.t;
    let title = if purpose == "set-up" { "password-first-title" } else { "password-reset-title" };
    FormPage::new(shell, title, action, new_fields(t, least)).intro(t.say1(
        "password-link-intro",
        "name",
        name,
    ))
}

/// The form for one's own password; `first` when nothing else opens before.
#[must_use]
pub fn change_form(shell: Shell, first: bool, least: i64) -> FormPage {
    let t = shell.t;
    let mut fields =
        vec![Field::password("current", t.say("password-current"), "current-password").required().first()];
    fields.extend(new_fields(t, least));
    let page = FormPage::new(shell, "password-change-title", "/me/password", fields);
    if first {
        page.intro(t.say("password-change-first"))
    } else {
        page.intro(t.say("password-change-intro")).back("/me")
    }
}

async fn link_page(app: &App, head: &Head, secret: &str) -> Result<FormPage> {
    let (grant, holder) = changing::link_holder(app, head.origin.clone(), secret).await?;
    let user = holder.user;
    let least = grant.read(&app.store, move |r| changing::least_characters(r, user)).await?;
    let mut shell = app.bare_shell(&head.headers);
    let language = Language::parse(&holder.language).unwrap_or(shell.t.language);
    shell.t = Locale { language, ..shell.t };
    shell.tenant = holder.tenant;
    Ok(link_form(shell, &format!("/set-password/{secret}"), &holder.user_name, &holder.purpose, least))
}

/// `GET /set-password/{link}`: looking at it does not use it up.
pub async fn by_link(app: App, _access: Option<Arc<Access>>, ask: Ask) -> Result<Response> {
    let secret: String = ask.place("link")?;
    match link_page(&app, &ask.head, &secret).await {
        Ok(page) => answer::page(&page),
        Err(Error::NotFound) => gone(&app, &ask.head),
        Err(error) => Err(error),
    }
}

/// Used, too old, made up: the same page.
fn gone(app: &App, head: &Head) -> Result<Response> {
    let shell = app.bare_shell(&head.headers);
    let text = shell.t.say("password-link-gone");
    answer::page_with(StatusCode::NOT_FOUND, &crate::ui::error::ErrorView::new(shell, 404).text(text))
}

/// `POST /set-password/{link}`
pub async fn set_by_link(app: App, _access: Option<Arc<Access>>, ask: Ask) -> Result<Response> {
    let secret: String = ask.place("link")?;
    let head = ask.head.clone();
    let fields = ask.fields().await?;
    let (new, again) = (typed(&fields, "new"), typed(&fields, "again"));
    match changing::set_by_link(&app, head.origin.clone(), &secret, new, again).await {
        Ok(holder) => {
            let number = app.gate.tenant_of(&secret)?.number();
            let mut response = answer::see_other(&format!("/sign-in?done=password&number={number}"))?;
            cookies::give_device(&mut response, &changing::device(&app, &secret, holder.user)?)?;
            Ok(response)
        }
        Err(Error::Invalid(problems)) => {
            let page = link_page(&app, &head, &secret).await?;
            answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page.wrong(&problems))
        }
        Err(Error::NotFound) => gone(&app, &head),
        Err(error) => Err(error),
    }
}

fn typed(fields: &Fields, name: &str) -> Typed {
    Typed::new(fields.get(name).unwrap_or_default())
}

/// `GET /me/password`
pub async fn show_change(app: App, grant: Grant<Arriving>, _ask: Ask) -> Result<Response> {
    answer::page(&own_form(&app, &grant, &[]).await?)
}

async fn own_form(app: &App, grant: &Grant<Arriving>, problems: &[Problem]) -> Result<FormPage> {
    let shell = app.shell(grant.access()).await?;
    let least = grant.access().policy().count(&LEAST_CHARACTERS);
    Ok(change_form(shell, !grant.access().full(), least).wrong(problems))
}

/// `POST /me/password`
pub async fn change(app: App, grant: Grant<Arriving>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let [current, new, again] = ["current", "new", "again"].map(|name| typed(&fields, name));
    match changing::change(&app, &grant, current, new, again).await {
        Ok(secret) => {
            let mut response = answer::see_other("/me?done=password")?;
            cookies::give_session(&mut response, &secret)?;
            Ok(response)
        }
        Err(Error::Invalid(problems)) => {
            let page = own_form(&app, &grant, &problems).await?;
            answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}
