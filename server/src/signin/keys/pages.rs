//! Pages for those who manage keys: the list, one key, making one, ending it.

use super::making;
use super::model::{KEY_DAYS, KeyLine, NAME_CHARACTERS, Service, Use, Wanted};
use super::queries;
use crate::App;
use crate::front::answer;
use crate::reach::pages::matrix;
use crate::signin::events::keys::KeyEnded;
use crate::signin::model::ManageKeys;
use crate::ui::change::Consequence;
use crate::ui::facts::{Facts, Section};
use crate::ui::field::Field;
use crate::ui::state::{Badge, Button, Copy, Empty, Tone};
use crate::ui::table::{Cell, Column, Pager, Row, Table};
use crate::ui::{Html, Locale, Shell, gallery};
use crate::users::pages::act::REASON_CHARACTERS;
use crate::users::pages::sheet::{Form, Wrong, boxes, done};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, KeyId, Result, Timestamp, UserId};

#[path = "samples.rs"]
mod samples;

/// A page about keys.
#[derive(Template)]
#[template(path = "reach/pages/page.html")]
pub struct KeysPage {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

impl gallery::Samples for KeysPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, KeysPage)> {
        samples::all(shell)
    }
}
gallery::page!("signin/keys", KeysPage);

/// What may be said to have been done.
const DONE: &[&str] = &["key-done-ended"];

/// What the list shows.
struct Listed {
    keys: Vec<KeyLine>,
    older: Option<String>,
    /// The service user whose keys alone are shown.
    of: Option<UserId>,
}

fn state(t: &Locale, key: &KeyLine) -> Badge {
    match key.why.as_str() {
        "" => Badge::new(Tone::Ok, t.say("key-state-works")),
        "key-expired" => Badge::new(Tone::Still, t.say("key-state-expired")),
        "key-not-yet" => Badge::new(Tone::Warn, t.say("key-state-not-yet")),
        "key-user-out" => Badge::new(Tone::Bad, t.say("key-state-user-out")),
        _ => Badge::new(Tone::Bad, t.say("key-state-owner-out")),
    }
}

fn used(t: &Locale, at: Option<Timestamp>) -> Html {
    at.map_or_else(|| Html::text(&t.say("key-never-used")), |at| t.when(at.0))
}

fn rights(t: &Locale, scope: &[String]) -> String {
    scope.iter().map(|right| t.setting(right)).collect::<Vec<_>>().join(", ")
}

fn list_page(shell: Shell, tabs: Html, listed: &Listed) -> KeysPage {
    let t = shell.t;
    let columns = vec![
        Column::new("name", t.say("key-name")),
        Column::tight("state", t.say("key-state")),
        Column::new("user", t.say("key-user")),
        Column::new("owner", t.say("key-owner")).minor(),
        Column::long("scope", t.say("key-scope")).minor(),
        Column::tight("made", t.say("key-made-at")).minor(),
        Column::tight("until", t.say("key-until")),
        Column::tight("used", t.say("key-used")),
    ];
    let row = |key: &KeyLine| {
        let cells = vec![
            key.name.as_str().into(),
            state(&t, key).into(),
            Cell::link(&key.user_name, &format!("/users/{}", key.user)),
            Cell::link(&key.owner_name, &format!("/users/{}", key.owner)),
            rights(&t, &key.scope).as_str().into(),
            t.when(key.made_at.0).into(),
            t.when(key.until.0).into(),
            used(&t, key.used_at).into(),
        ];
        Row::new(key.id.to_string(), cells).to(format!("/access/keys/{}", key.id)).still(!key.why.is_empty())
    };
    let new = listed
        .of
        .map_or_else(|| "/access/keys/new".to_owned(), |user| format!("/access/keys/new?user={user}"));
    let none = Empty::new(t.say("key-none"), t.say("key-none-text"));
    let table = Table::new("keys", t.say("key-title"), columns)
        .rows(listed.keys.iter().map(row).collect())
        .empty(none.step(Button::link(t.say("key-new"), new.clone())));
    let count = t.say1("key-count", "n", listed.keys.len());
    let pager = Pager::new(&t, None, listed.older.clone()).count(count);
    let mut section = Section::new(t.say("key-all")).lead(t.say("key-lead"));
    if listed.of.is_some() {
        section = section.action(Button::link(t.say("key-show-all"), "/access/keys"));
    }
    let section = section.with(table);
    let section = if listed.keys.is_empty() { section } else { section.with(pager) };
    let shell = shell.titled(t.say("key-title")).at("/access");
    KeysPage {
        shell: shell
            .action(Button::link(t.say("api-read"), "/api"))
            .action(Button::link(t.say("key-new"), new).primary()),
        parts: vec![tabs, section.into()],
    }
}

/// `GET /access/keys?user=&owner=&from=`
pub async fn list(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let mut query = ask.query();
    let (of, owner) = (query.optional("user"), query.optional::<UserId>("owner"));
    let wanted = Wanted { user: of, owner, before: query.optional("from") };
    query.done()?;
    let (keys, more) = grant.read(&app.store, move |r| queries::keys(r, &wanted)).await?;
    let here =
        crate::ui::Address::parse(ask.head.uri.path_and_query().map_or("/access/keys", |p| p.as_str()));
    let older =
        keys.last().filter(|_| more).map(|key| here.without(&["done"]).with("from", key.id).to_string());
    let shell = done(app.shell(grant.access()).await?, &ask, DONE);
    let tabs = matrix::tabs(&shell.t, grant.access(), "/access/keys").into();
    answer::page(&list_page(shell, tabs, &Listed { keys, older, of }))
}

fn framed(shell: Shell, title: String) -> Shell {
    let t = shell.t;
    shell
        .under(t.say("ui-nav-access"), "/access")
        .under(t.say("key-title"), "/access/keys")
        .titled(title)
        .at("/access")
}

/// Choosing the service user that the key is for.
fn choice_page(shell: Shell, services: &[Service]) -> KeysPage {
    let t = shell.t;
    let row = |s: &Service| {
        Row::new(s.user.to_string(), vec![s.name.as_str().into()])
            .to(format!("/access/keys/new?user={}", s.user))
    };
    let none = Empty::new(t.say("key-no-services"), t.say("key-no-services-text"));
    let table =
        Table::new("services", t.say("key-choose-user"), vec![Column::new("name", t.say("key-user"))])
            .rows(services.iter().map(row).collect())
            .empty(none.step(Button::link(t.say("users-new"), "/users/new")));
    let section = Section::new(t.say("key-choose-user")).lead(t.say("key-choose-user-help")).with(table);
    KeysPage { shell: framed(shell, t.say("key-new")), parts: vec![section.into()] }
}

/// What the form of a new key is made of.
struct NewKey {
    user: UserId,
    name: String,
    /// Rights that the service user holds and who asks holds too.
    offered: Vec<&'static str>,
    owner: String,
    longest_days: i64,
    today: jiff::civil::Date,
}

async fn new_key(app: &App, grant: &Grant<ManageKeys>, t: &Locale, user: UserId) -> Result<NewKey> {
    let oneself = grant.access().actor().user().ok_or(Error::SignedOut)?;
    let (name, held, owner, longest_days, now) = grant
        .read(&app.store, move |r| {
            let (name, held, longest_days) = queries::service(r, user)?;
            Ok((name, held, queries::user_name(r, oneself)?, longest_days, r.now()))
        })
        .await?;
    let offered = held.into_iter().filter(|right| grant.access().holds(right)).collect();
    let today = now.to_jiff().to_zoned(t.zone.clone()).date();
    Ok(NewKey { user, name, offered, owner, longest_days, today })
}

fn new_page(shell: Shell, new: &NewKey, sent: &Fields, wrong: &Wrong) -> KeysPage {
    let t = shell.t;
    let shell = framed(shell, t.say1("key-new-for", "name", new.name.as_str()));
    if new.offered.is_empty() {
        let settings = Button::link(t.say("key-give-rights"), format!("/users/{}/settings", new.user));
        let none = Empty::new(t.say("key-no-rights"), t.say("key-no-rights-text")).step(settings);
        return KeysPage { shell, parts: vec![none.into()] };
    }
    let day = |days: i64| new.today.saturating_add(days.days()).to_string();
    let typed = |name: &str, default: String| sent.get(name).map_or(default, str::to_owned);
    let fields = [
        Field::text("name", t.say("key-name"))
            .required()
            .value(typed("name", String::new()))
            .attribute("maxlength", NAME_CHARACTERS)
            .help(t.say("key-name-help")),
        Field::text("owner", t.say("key-owner"))
            .required()
            .value(typed("owner", new.owner.clone()))
            .help(t.say("key-owner-help")),
        Field::input("date", "until", t.say("key-until"))
            .required()
            .value(typed("until", day(KEY_DAYS.min(new.longest_days))))
            .attribute("min", day(0))
            .attribute("max", day(new.longest_days))
            .help(t.say1("key-until-help", "days", new.longest_days)),
    ]
    .map(|field| wrong.at(&t, field));
    let summary = wrong.summary(&t, &fields);
    let about_scope = wrong.problems.iter().filter(|p| p.field == "scope");
    let summary = about_scope.fold(summary, |summary, p| summary.whole(&t, t.tell(&p.message)));
    let items = new.offered.iter().map(|right| ((*right).to_owned(), t.setting(right))).collect();
    let ticked: Vec<String> = sent.all("scope").into_iter().map(str::to_owned).collect();
    let scope = boxes("scope", &t.say("key-scope"), &t.say("key-scope-help"), items, &ticked);
    let form = Form::new(&t, "/access/keys", t.say("key-make"))
        .errors(summary)
        .fields(fields.into())
        .with(scope)
        .hidden("user", new.user.to_string())
        .back(&t, "/access/keys");
    KeysPage { shell, parts: vec![form.into_html()] }
}

/// `GET /access/keys/new?user=`
pub async fn blank(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let mut query = ask.query();
    let user = query.optional::<UserId>("user");
    query.done()?;
    match user {
        None => {
            let services = grant.read(&app.store, queries::services).await?;
            answer::page(&choice_page(shell, &services))
        }
        Some(user) => {
            let new = new_key(&app, &grant, &shell.t, user).await?;
            answer::page(&new_page(shell, &new, &Fields::default(), &Wrong::default()))
        }
    }
}

/// `POST /access/keys`: shows the key this once.
pub async fn create(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let body = ask.bytes().await?;
    let made = match making::asked(&app, &grant, t.zone, Fields::urlencoded(&body)).await {
        Ok((event, secret)) => {
            let key = event.key;
            grant.apply(&app.store, event).await.map(|()| (key, secret))
        }
        Err(error) => Err(error),
    };
    match made {
        Ok((key, secret)) => {
            let line = grant.read(&app.store, move |r| queries::key(r, key)).await?;
            answer::page(&made_page(shell, &line, &secret))
        }
        Err(error) => {
            let wrong = Wrong::of(&t, error)?;
            let sent = Fields::urlencoded(&body);
            let user = sent.get("user").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
            let new = new_key(&app, &grant, &t, user).await?;
            answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &new_page(shell, &new, &sent, &wrong))
        }
    }
}

fn facts(t: &Locale, key: &KeyLine) -> Facts {
    let person = |name: &str, id: UserId| Cell::link(name, &format!("/users/{id}")).html();
    Facts::new()
        .fact(t.say("key-state"), state(t, key))
        .fact(t.say("key-user"), person(&key.user_name, key.user))
        .fact(t.say("key-owner"), person(&key.owner_name, key.owner))
        .fact(t.say("key-scope"), rights(t, &key.scope))
        .fact(t.say("key-made-at"), t.when(key.made_at.0))
        .fact(t.say("key-until"), t.when(key.until.0))
        .fact(t.say("key-used"), used(t, key.used_at))
}

fn made_page(shell: Shell, key: &KeyLine, secret: &str) -> KeysPage {
    let t = shell.t;
    let shown = Section::new(t.say("key-shown-once"))
        .lead(t.say("key-shown-once-help"))
        .with(Copy::new(&t, secret))
        .with(Button::link(t.say("key-to-list"), "/access/keys"));
    let about = Section::new(key.name.clone()).with(facts(&t, key));
    KeysPage { shell: framed(shell, t.say("key-made")), parts: vec![shown.into(), about.into()] }
}

fn one_page(shell: Shell, key: &KeyLine, uses: &[Use], logs: bool) -> KeysPage {
    let t = shell.t;
    let mut about = Section::new(t.say("key-about")).with(facts(&t, key));
    if logs {
        let href = format!("/logs/access?subject={}", key.id);
        about = about.action(Button::link(t.say("key-in-log"), href));
    }
    let columns =
        vec![Column::new("address", t.say("key-address")), Column::tight("used", t.say("key-used"))];
    let row = |one: &Use| {
        Row::new(one.address.clone(), vec![Cell::code(&one.address), t.when(one.used_at.0).into()])
    };
    let table = Table::new("uses", t.say("key-uses"), columns)
        .rows(uses.iter().map(row).collect())
        .empty(Empty::new(t.say("key-never-used"), t.say("key-uses-none-text")));
    let uses = Section::new(t.say("key-uses")).lead(t.say("key-uses-lead")).with(table);
    let consequence = Consequence::new(t.say1("key-end-title", "name", key.name.as_str()))
        .loss(t.say1("key-end-means", "name", key.user_name.as_str()), Vec::new());
    let reason = Field::text("reason", t.say("users-reason")).attribute("maxlength", REASON_CHARACTERS);
    let end = Form::new(&t, format!("/access/keys/{}/end", key.id), t.say("key-end"))
        .with(consequence)
        .fields(vec![reason])
        .back(&t, "/access/keys");
    let end = Section::new(t.say("key-end")).with(end.into_html());
    KeysPage { shell: framed(shell, key.name.clone()), parts: vec![about.into(), uses.into(), end.into()] }
}

/// `GET /access/keys/{id}`
pub async fn show(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let id: KeyId = ask.place("id")?;
    let (key, uses) =
        grant.read(&app.store, move |r| Ok((queries::key(r, id)?, queries::uses(r, id)?))).await?;
    let logs = crate::front::navigation::opens(grant.access(), "/logs/access");
    answer::page(&one_page(app.shell(grant.access()).await?, &key, &uses, logs))
}

/// `POST /access/keys/{id}/end`
pub async fn end(app: App, grant: Grant<ManageKeys>, ask: Ask) -> Result<Response> {
    let key: KeyId = ask.place("id")?;
    let mut fields = ask.fields().await?;
    let reason = fields.optional_text("reason", REASON_CHARACTERS);
    fields.done()?;
    grant.apply(&app.store, KeyEnded { key, reason }).await?;
    answer::see_other("/access/keys?done=key-done-ended")
}
