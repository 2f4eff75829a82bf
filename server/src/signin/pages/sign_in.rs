//! Coming in and leaving.

use super::FormPage;
use crate::App;
use crate::front::{SESSION_COOKIE, answer, cookie};
use crate::ops::client::HostName;
use crate::signin::arriving::{self, Attempt, Outcome};
use crate::signin::cookies;
use crate::signin::device::DEVICE_COOKIE;
use crate::signin::events::sessions::SignedOut;
use crate::signin::model::NAME_CHARACTERS;
use crate::signin::password::Typed;
use crate::tenants;
use crate::ui::field::Field;
use crate::ui::{Flash, Language, Locale, Shell};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use kernel::door::{Ask, Head};
use kernel::policy::{Anyone, Arriving};
use kernel::{Access, Actor, Error, Grant, Message, Result, TenantId};
use std::sync::Arc;

/// Characters of an address to come back to.
const NEXT_CHARACTERS: usize = 2000;

/// The form. Without a customer number where the host name says whose it is.
#[must_use]
pub fn form(shell: Shell, number: &str, name: &str, next: &str, by_host: bool) -> FormPage {
    let t = shell.t;
    let mut fields = Vec::new();
    if !by_host {
        let field = Field::text("number", t.say("sign-in-number")).required().value(number);
        let field = field.attribute("inputmode", "numeric").attribute("autocomplete", "organization");
        fields.push(if number.is_empty() { field.first() } else { field });
    }
    let field = Field::text("name", t.say("sign-in-name")).required().value(name);
    let field = field.attribute("autocomplete", "username").attribute("autocapitalize", "none");
    let field = field.attribute("spellcheck", "false").attribute("maxlength", NAME_CHARACTERS);
    fields.push(if by_host || !number.is_empty() { field.first() } else { field });
    fields.push(Field::password("password", t.say("sign-in-password"), "current-password").required());
    FormPage::new(shell, "sign-in-title", "/sign-in", fields)
        .carrying("next", next.to_owned())
        .foot(t.say("sign-in-help"))
}

/// The tenant of the host name asked for, and a frame with its name and language.
async fn place(app: &App, head: &Head) -> Result<(Shell, Option<TenantId>)> {
    let mut shell = app.bare_shell(&head.headers);
    let Some(host) = HostName::of_request(&head.uri, &head.headers) else { return Ok((shell, None)) };
    let tenant = match app.gate.by_host(host.to_string()).await {
        Ok(tenant) => tenant,
        Err(Error::NotFound) => return Ok((shell, None)),
        Err(error) => return Err(error),
    };
    let grant: Grant<Anyone> = app.gate.visitor(tenant, head.origin.clone()).grant()?;
    let row = grant.read(&app.store, tenants::queries::tenant).await?;
    shell.tenant = row.name;
    if !head.headers.contains_key(header::ACCEPT_LANGUAGE) {
        let language = Language::parse(&row.language).unwrap_or(shell.t.language);
        shell.t = Locale::new(language, &row.zone);
    }
    Ok((shell, Some(tenant)))
}

/// An address of this portal to come back to; anything else leads home.
fn local(next: &str) -> String {
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    let short = next.chars().count() <= NEXT_CHARACTERS;
    if inside && short && next.is_ascii() { next.to_owned() } else { "/".to_owned() }
}

/// `GET /sign-in?next=&number=`
pub async fn show(app: App, access: Option<Arc<Access>>, ask: Ask) -> Result<Response> {
    let query = ask.query();
    let next = local(query.get("next").unwrap_or_default());
    if access.is_some() {
        return answer::see_other(&next);
    }
    let (mut shell, tenant) = place(&app, &ask.head).await?;
    if let Some(done @ ("password" | "signed-out")) = query.get("done") {
        shell.flash.push(Flash::done(shell.t.say(&format!("sign-in-done-{done}"))));
    }
    let number = query.get("number").filter(|n| n.parse::<i64>().is_ok()).unwrap_or_default();
    answer::page(&form(shell, number, "", &next, tenant.is_some()))
}

/// `POST /sign-in`
pub async fn sign_in(app: App, _access: Option<Arc<Access>>, ask: Ask) -> Result<Response> {
    let head = ask.head.clone();
    let (shell, by_host) = place(&app, &head).await?;
    let mut fields = ask.fields().await?;
    let password = Typed::new(fields.get("password").unwrap_or_default());
    let typed = fields.text("name", NAME_CHARACTERS);
    let number = fields.optional_text("number", 20).unwrap_or_default();
    let next = local(fields.get("next").unwrap_or_default());
    if by_host.is_none() && number.is_empty() {
        fields.problem("number", "error-field-required");
    }
    let page = form(shell, &number, &typed, &next, by_host.is_some());
    if let Err(Error::Invalid(problems)) = fields.done() {
        return answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page.wrong(&problems));
    }
    let tenant = match by_host {
        Some(tenant) => Some(tenant),
        None => by_number(&app, &number).await?,
    };
    let kept = |name| cookie(&head.headers, name).map(str::to_owned);
    let (device, session) = (kept(DEVICE_COOKIE), kept(SESSION_COOKIE));
    let attempt = Attempt { tenant, number: Some(number), typed, password, device, session };
    match arriving::attempt(&app, head.origin, attempt).await? {
        Outcome::In(welcome) => {
            let mut response = answer::see_other(&next)?;
            cookies::give_session(&mut response, &welcome.secret)?;
            cookies::give_device(&mut response, &welcome.device)?;
            Ok(response)
        }
        Outcome::Refused => answer::page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &page.refused(&Message::new("sign-in-refused")),
        ),
        Outcome::Wait(seconds) => waiting(page, seconds),
    }
}

async fn by_number(app: &App, number: &str) -> Result<Option<TenantId>> {
    let Ok(number) = number.parse::<i64>() else { return Ok(None) };
    match app.gate.by_number(number).await {
        Ok(tenant) => Ok(Some(tenant)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn waiting(page: FormPage, seconds: i64) -> Result<Response> {
    let page = page.refused(&Message::new("sign-in-wait").with("seconds", seconds));
    let mut response = answer::page_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

/// `POST /sign-out`
pub async fn sign_out(app: App, grant: Grant<Arriving>, _ask: Ask) -> Result<Response> {
    if let Actor::User { session, .. } = *grant.access().actor() {
        grant.apply(&app.store, SignedOut { session }).await?;
    }
    let mut response = answer::see_other("/sign-in?done=signed-out")?;
    cookies::take_session(&mut response)?;
    Ok(response)
}
