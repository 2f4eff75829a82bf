//! The definitions of reach: list, make, change, remove.

use super::{Names, matrix, told};
use crate::App;
use crate::front::{answer, undoing};
use crate::reach::events::{ManageReach, ReachChanged, ReachDefined, ReachRemoved, ViewAccess};
use crate::reach::model::{Definition, Extent, Holder, NAME_CHARACTERS, PARTS_AT_MOST, ReachId};
use crate::reach::queries;
use crate::ui::facts::{Facts, Section};
use crate::ui::field::Field;
use crate::ui::state::{Button, Empty, Weight};
use crate::ui::table::{Column, Row, Table};
use crate::ui::{Html, Locale, Shell};
use crate::users::pages::sheet::{Form, Sheet, Wrong, boxes, done};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, GroupId, Message, QueueId, Result};

/// What may be said to have been done.
pub(super) const DONE: &[&str] = &[
    "reach-done-defined",
    "reach-done-changed",
    "reach-done-removed",
    "reach-done-given",
    "reach-done-taken",
];

/// Name and extent as a form or a program sent them; problems are noted in `fields`.
///
/// # Errors
/// `Invalid` with every problem.
pub fn sent(mut fields: Fields) -> Result<(String, Extent)> {
    let name = fields.text("name", NAME_CHARACTERS);
    let groups: Option<Vec<GroupId>> = fields.all("group").iter().map(|id| id.parse().ok()).collect();
    let queues: Option<Vec<QueueId>> = fields.all("queue").iter().map(|id| id.parse().ok()).collect();
    let everything = fields.flag("everything");
    if groups.is_none() || queues.is_none() {
        fields.problem("group", "reach-no-such-group");
    }
    let extent =
        Extent { everything, groups: groups.unwrap_or_default(), queues: queues.unwrap_or_default() }
            .settled();
    if !everything && extent.groups.is_empty() && extent.queues.is_empty() {
        fields.problem("group", "reach-choose-something");
    }
    if extent.parts().count() > PARTS_AT_MOST {
        fields.problem("group", Message::new("reach-too-many").with("most", PARTS_AT_MOST));
    }
    fields.done()?;
    Ok((name, extent))
}

/// `GET /access/reach`
pub async fn list(app: App, grant: Grant<ViewAccess>, ask: Ask) -> Result<Response> {
    let (definitions, names) =
        grant.read(&app.store, |r| Ok((queries::definitions(r)?, Names::read(r)?))).await?;
    let shell = done(app.shell(grant.access()).await?, &ask, DONE);
    let mut shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let t = shell.t;
    if grant.access().may::<ManageReach>() {
        shell = shell.action(Button::link(t.say("reach-new"), "/access/reach/new").primary());
    }
    let columns = vec![
        Column::new("name", t.say("reach-name")),
        Column::wrapped("holds", t.say("reach-holds")),
        Column::number("given", t.say("reach-given-to")),
    ];
    let row = |d: &Definition| {
        let cells = vec![
            d.name.as_str().into(),
            told(&t, &d.extent, &names).as_str().into(),
            t.number(d.given).as_str().into(),
        ];
        Row::new(d.id.to_string(), cells).to(format!("/access/reach/{}", d.id))
    };
    let table = Table::new("reach", t.say("reach-tab-reach"), columns)
        .rows(definitions.iter().map(row).collect())
        .empty(Empty::new(t.say("reach-none"), t.say("reach-none-text")));
    let shell = shell.titled(t.say("reach-tab-reach")).at("/access");
    let lead = Section::new(t.say("reach-definitions")).lead(t.say("reach-lead")).with(table);
    Sheet::answer(shell, vec![matrix::tabs(&t, grant.access(), "/access/reach").into(), lead.into()])
}

fn form(t: &Locale, action: String, names: &Names, typed: &Typed, wrong: &Wrong) -> Html {
    let fields = [
        Field::text("name", t.say("reach-name")).required().value(typed.name.clone()),
        Field::check("everything", t.say("reach-everything-box"), typed.everything),
    ]
    .map(|field| wrong.at(t, field));
    let summary = wrong.summary(t, &fields);
    let summary = wrong
        .problems
        .iter()
        .filter(|p| ["group", "queue"].contains(&&*p.field))
        .fold(summary, |summary, p| summary.whole(t, t.tell(&p.message)));
    let groups = names.groups.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let groups = boxes("group", &t.say("reach-groups"), &t.say("reach-groups-help"), groups, &typed.groups);
    let mut form =
        Form::new(t, action, t.say("settings-save")).errors(summary).fields(fields.into()).with(groups);
    if !names.queues.is_empty() {
        let queues = names.queues.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
        let help = t.say("reach-queues-help");
        form = form.with(boxes("queue", &t.say("reach-queues"), &help, queues, &typed.queues));
    }
    typed
        .seen
        .iter()
        .fold(form, |form, (name, value)| form.hidden(*name, value.clone()))
        .back(t, "/access/reach")
        .into_html()
}

/// What stands in the form.
#[derive(Default)]
struct Typed {
    name: String,
    everything: bool,
    groups: Vec<String>,
    queues: Vec<String>,
    seen: Vec<(&'static str, String)>,
}

impl Typed {
    fn sent(fields: &Fields) -> Self {
        let all = |name| fields.all(name).into_iter().map(str::to_owned).collect();
        let seen = fields.get("seen").map(|seen| ("seen", seen.to_owned()));
        Self {
            name: fields.get("name").unwrap_or_default().to_owned(),
            everything: fields.flag("everything"),
            groups: all("group"),
            queues: all("queue"),
            seen: seen.into_iter().collect(),
        }
    }
    fn of(definition: &Definition) -> Self {
        let seen = serde_json::to_string(&(&definition.name, &definition.extent)).unwrap_or_default();
        Self {
            name: definition.name.clone(),
            everything: definition.extent.everything,
            groups: definition.extent.groups.iter().map(ToString::to_string).collect(),
            queues: definition.extent.queues.iter().map(ToString::to_string).collect(),
            seen: vec![("seen", seen)],
        }
    }
}

fn framed(shell: Shell, title: String) -> Shell {
    let t = shell.t;
    shell
        .under(t.say("ui-nav-access"), "/access")
        .under(t.say("reach-tab-reach"), "/access/reach")
        .titled(title)
        .at("/access")
}

fn refused(shell: Shell, error: Error, body: impl FnOnce(&Wrong) -> Vec<Html>) -> Result<Response> {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = Wrong::of(&shell.t, error)?;
    answer::page_with(status, &Sheet { body: body(&wrong), shell })
}

/// `GET /access/reach/new`
pub async fn blank(app: App, grant: Grant<ManageReach>, _ask: Ask) -> Result<Response> {
    let names = grant.read(&app.store, Names::read).await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let body = form(&t, "/access/reach".to_owned(), &names, &Typed::default(), &Wrong::default());
    Sheet::answer(framed(shell, t.say("reach-new")), vec![body])
}

/// `POST /access/reach`
pub async fn create(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let typed = Typed::sent(&fields);
    let reach = ReachId::new(app.store.clock().now(), app.store.chance());
    let made = match sent(fields) {
        Ok((name, extent)) => grant.apply(&app.store, ReachDefined { reach, name, extent }).await,
        Err(error) => Err(error),
    };
    let Err(error) = made else {
        return answer::see_other(&format!("/access/reach/{reach}?done=reach-done-defined"));
    };
    let names = grant.read(&app.store, Names::read).await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let shell = framed(shell, t.say("reach-new"));
    refused(shell, error, |wrong| vec![form(&t, "/access/reach".to_owned(), &names, &typed, wrong)])
}

/// `GET /access/reach/{id}`
pub async fn show(app: App, grant: Grant<ViewAccess>, ask: Ask) -> Result<Response> {
    let reach: ReachId = ask.place("id")?;
    let (definition, names, holders) = grant
        .read(&app.store, move |r| {
            Ok((queries::definition(r, reach)?, Names::read(r)?, queries::holders(r, reach)?))
        })
        .await?;
    let shell = done(app.shell(grant.access()).await?, &ask, DONE);
    let shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let t = shell.t;
    let mut body: Vec<Html> = vec![held(&t, &holders)];
    if grant.access().may::<ManageReach>() {
        let action = format!("/access/reach/{reach}");
        let change = form(&t, action.clone(), &names, &Typed::of(&definition), &Wrong::default());
        body.push(Section::new(t.say("reach-change")).with(change).into());
        if definition.given == 0 {
            let remove = Form::new(&t, format!("{action}/remove"), t.say("reach-remove"))
                .weight(Weight::Quiet)
                .into_html();
            body.push(Section::new(t.say("reach-remove")).with(remove).into());
        }
    } else {
        let facts = Facts::new().fact(t.say("reach-holds"), told(&t, &definition.extent, &names));
        body.push(facts.into());
    }
    Sheet::answer(framed(shell, definition.name), body)
}

fn held(t: &Locale, holders: &[(Holder, String)]) -> Html {
    let columns = vec![Column::new("name", t.say("reach-name")), Column::new("kind", t.say("reach-kind"))];
    let row = |(holder, name): &(Holder, String)| {
        let (kind, href) = match holder {
            Holder::Group(id) => ("settings-level-group", format!("/groups/{id}/reach")),
            Holder::User(id) => ("settings-level-user", format!("/users/{id}/reach")),
        };
        Row::new(holder.id().to_string(), vec![name.as_str().into(), t.say(kind).as_str().into()]).to(href)
    };
    let table = Table::new("holders", t.say("reach-given-to"), columns)
        .rows(holders.iter().map(row).collect())
        .empty(Empty::new(t.say("reach-nobody"), t.say("reach-nobody-text")));
    Section::new(t.say("reach-given-to")).with(table).into()
}

/// `POST /access/reach/{id}`
pub async fn change(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let reach: ReachId = ask.place("id")?;
    let fields = ask.fields().await?;
    let typed = Typed::sent(&fields);
    let seen = fields.get("seen").map(serde_json::from_str::<(String, Extent)>);
    let made = match (seen, sent(fields)) {
        (Some(Ok(seen)), Ok(to)) => grant.apply(&app.store, ReachChanged { reach, seen, to }).await,
        (_, Err(error)) => Err(error),
        _ => Err(Error::conflict("reach-changed-meanwhile")),
    };
    let Err(error) = made else {
        return answer::see_other(&format!("/access/reach/{reach}?done=reach-done-changed"));
    };
    let (definition, names) =
        grant.read(&app.store, move |r| Ok((queries::definition(r, reach)?, Names::read(r)?))).await?;
    let shell = framed(app.shell(grant.access()).await?, definition.name);
    let t = shell.t;
    refused(shell, error, |wrong| vec![form(&t, format!("/access/reach/{reach}"), &names, &typed, wrong)])
}

/// `POST /access/reach/{id}/remove`
pub async fn remove(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    grant.apply(&app.store, ReachRemoved { reach: ask.place("id")?, seen: None }).await?;
    answer::see_other("/access/reach?done=reach-done-removed")
}
