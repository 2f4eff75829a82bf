//! User groups: the list, one group, making, renaming and deleting.

use super::sheet::{self, Form, Sheet, Wrong};
use super::words;
use crate::App;
use crate::front::{answer, undoing};
use crate::ui::change::Confirm;
use crate::ui::facts::{Facts, Section};
use crate::ui::field::{Choice, Field};
use crate::ui::state::{Button, Empty};
use crate::ui::table::{Column, Row, Table};
use crate::ui::{Address, Html, Locale, Shell};
use crate::users::events::{GroupCreated, GroupDeleted, GroupRenamed, ManageGroups, Started, ViewUsers};
use crate::users::model::{Group, GroupKind, LINE_CHARACTERS};
use crate::users::{parse, queries};
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::policy::Policy;
use kernel::{Error, Grant, GroupId, Message, Problem, Result, Uuid};

/// `GET /groups`
pub async fn list(app: App, grant: Grant<ViewUsers>, ask: Ask) -> Result<Response> {
    let groups = grant.read(&app.store, queries::groups).await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let shell = sheet::done(shell, &ask, super::DONE).titled(t.say("groups-title")).at("/groups");
    let mut shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    if grant.access().may::<ManageGroups>() {
        shell = shell.action(Button::link(t.say("groups-new"), "/groups/new").primary());
    }
    let here = Address::parse(&ask.head.uri.to_string()).without(&["done", "n"]);
    Sheet::answer(shell, vec![table(&t, &sorted(groups, here.get("sort")), &here)])
}

/// In the order that the address asks for; as they come, by name.
fn sorted(mut groups: Vec<Group>, sort: Option<&str>) -> Vec<Group> {
    let sort = sort.unwrap_or_default();
    match sort.trim_start_matches('-') {
        "kind" => groups.sort_by_key(|group| group.kind.word()),
        "users" => groups.sort_by_key(|group| group.users),
        _ => {}
    }
    if sort.starts_with('-') {
        groups.reverse();
    }
    groups
}

fn table(t: &Locale, groups: &[Group], here: &Address) -> Html {
    let columns = vec![
        Column::long("name", t.say("groups-name")).sortable(here),
        Column::new("kind", t.say("groups-kind")).sortable(here),
        Column::number("users", t.say("groups-users")).sortable(here),
    ];
    let row = |g: &Group| {
        let cells =
            vec![g.name.as_str().into(), words::group_kind(t, g.kind).into(), t.number(g.users).into()];
        Row::new(g.id.to_string(), cells).to(format!("/groups/{}", g.id))
    };
    Table::new("groups", t.say("groups-title"), columns)
        .rows(groups.iter().map(row).collect())
        .empty(Empty::new(t.say("groups-none"), t.say("groups-none-text")))
        .into()
}

/// `GET /groups/{id}`
pub async fn show(app: App, grant: Grant<ViewUsers>, ask: Ask) -> Result<Response> {
    let id: GroupId = ask.place("id")?;
    let (group, policy) = grant
        .read(&app.store, move |r| Ok((queries::group(r, id)?, Policy::read(r, None, Some(id))?)))
        .await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let manages = grant.access().may::<ManageGroups>();
    let shell = frame(sheet::done(shell, &ask, super::DONE), &group);
    let shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let shell = sheet::leading_on(shell, grant.access(), "/groups/{id}", id);
    let users = Button::link(t.say1("groups-show-users", "n", group.users), format!("/users?group={id}"));
    let facts = Facts::new()
        .fact(t.say("groups-kind"), words::group_kind(&t, group.kind))
        .fact(t.say("groups-users"), t.number(group.users));
    let rights = policy.rights();
    let lead = if rights.is_empty() {
        t.say("groups-no-rights")
    } else {
        t.say1("groups-rights-held", "n", rights.len())
    };
    let held =
        rights.iter().fold(Facts::new(), |f, key| f.fact(words::setting(&t, key), t.say("groups-allowed")));
    let mut body: Vec<Html> = vec![
        Section::new(t.say("groups-about")).with(facts).action(users).into(),
        Section::new(t.say("groups-may-do")).lead(lead).with(held).into(),
    ];
    if manages {
        body.push(rename_form(&t, &group, &group.name, &Wrong::default()));
        if group.users == 0 {
            body.push(delete_form(&t, &group));
        }
    }
    Sheet::answer(shell, body)
}

fn frame(shell: Shell, group: &Group) -> Shell {
    let t = shell.t;
    shell.titled(group.name.clone()).at("/groups").under(t.say("groups-title"), "/groups")
}

fn rename_form(t: &Locale, group: &Group, typed: &str, wrong: &Wrong) -> Html {
    let name = Field::text("name", t.say("groups-name"))
        .value(typed)
        .required()
        .attribute("maxlength", LINE_CHARACTERS);
    let name = wrong.at(t, name);
    let summary = wrong.summary(t, [&name]);
    let form = Form::new(t, format!("/groups/{}/rename", group.id), t.say("groups-rename"))
        .errors(summary)
        .fields(vec![name])
        .hidden("was", group.name.clone());
    Section::new(t.say("groups-rename")).with(form.into_html()).into()
}

fn delete_form(t: &Locale, group: &Group) -> Html {
    Confirm::new(
        t,
        t.say1("groups-delete-this", "name", group.name.as_str()),
        t.say("groups-delete"),
        format!("/groups/{}/delete", group.id),
        "/groups",
    )
    .text(t.say("groups-delete-means"))
    .into()
}

/// `GET /groups/new`
pub async fn blank(app: App, grant: Grant<ManageGroups>, ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let body = new_form(&shell.t, &ask.query(), &Wrong::default());
    Sheet::answer(new_frame(shell), vec![body])
}

fn new_frame(shell: Shell) -> Shell {
    let t = shell.t;
    shell.titled(t.say("groups-new")).at("/groups").under(t.say("groups-title"), "/groups")
}

fn new_form(t: &Locale, typed: &Fields, wrong: &Wrong) -> Html {
    let choice = |kind: &GroupKind| {
        Choice::new(kind.word(), words::group_kind(t, *kind))
            .help(t.say(&format!("groups-kind-{}-help", kind.word())))
    };
    let fields = vec![
        Field::text("name", t.say("groups-name"))
            .value(typed.get("name").unwrap_or_default())
            .required()
            .first()
            .attribute("maxlength", LINE_CHARACTERS),
        Field::radio("kind", t.say("groups-kind"), GroupKind::ALL.iter().map(choice).collect())
            .value(typed.get("kind").unwrap_or(GroupKind::Agents.word())),
    ];
    let fields: Vec<Field> = fields.into_iter().map(|f| wrong.at(t, f)).collect();
    let summary = wrong.summary(t, &fields);
    Form::new(t, "/groups", t.say("groups-create"))
        .errors(summary)
        .fields(fields)
        .back(t, "/groups")
        .into_html()
}

/// `POST /groups`
pub async fn create(app: App, grant: Grant<ManageGroups>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let shell = app.shell(grant.access()).await?;
    let made = match creation(&app, &shell.t, &fields) {
        Ok(event) => {
            let group = event.group;
            grant.apply(&app.store, event).await.map(|()| group)
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(id) => match grant.read(&app.store, move |r| queries::group(r, id)).await {
            // Whoever does not reach everything has made a group that they do not reach yet.
            Err(Error::NotFound) => answer::see_other("/groups?done=groups-done-created-beyond"),
            _ => answer::see_other(&format!("/groups/{id}?done=groups-done-created")),
        },
        Err(error) => {
            let wrong = Wrong::of(&shell.t, error)?;
            let body = new_form(&shell.t, &fields, &wrong);
            Sheet::refused(new_frame(shell), vec![body])
        }
    }
}

/// The making of a group, from the fields of a form or of a JSON body.
///
/// # Errors
/// `Invalid` with every field that cannot be used.
pub fn creation(app: &App, t: &Locale, fields: &Fields) -> Result<GroupCreated> {
    let name = name(fields.get("name").unwrap_or_default());
    let kind = fields.get("kind").unwrap_or_default().parse::<GroupKind>();
    match (name, kind) {
        (Ok(name), Ok(kind)) => {
            let (now, chance) = (app.store.clock().now(), app.store.chance());
            let group = GroupId::new(now, chance);
            let everything: (Uuid, String) = (chance.uuid(now), t.say("groups-reach-everything"));
            let started = Started::of(kind, everything);
            Ok(GroupCreated { group, name, kind, started })
        }
        (name, kind) => {
            let name = name.err().map(|message| Problem { field: "name".into(), message });
            let kind =
                kind.err().map(|_| Problem { field: "kind".into(), message: "error-field-required".into() });
            Err(Error::Invalid(name.into_iter().chain(kind).collect()))
        }
    }
}

fn name(typed: &str) -> std::result::Result<String, Message> {
    parse::line(typed)?.ok_or_else(|| "error-field-required".into())
}

/// `POST /groups/{id}/rename`
pub async fn rename(app: App, grant: Grant<ManageGroups>, ask: Ask) -> Result<Response> {
    let id: GroupId = ask.place("id")?;
    let fields = ask.fields().await?;
    match renamed(&app, &grant, id, &fields).await {
        Ok(()) => answer::see_other(&format!("/groups/{id}?done=groups-done-renamed")),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let wrong = Wrong::of(&shell.t, error)?;
            let group = grant.read(&app.store, move |r| queries::group(r, id)).await?;
            let body = rename_form(&shell.t, &group, fields.get("name").unwrap_or_default(), &wrong);
            Sheet::refused(frame(shell, &group), vec![body])
        }
    }
}

/// Renames a group from the fields of a form or of a JSON body; `was` says what was seen.
///
/// # Errors
/// `Invalid` with every field that cannot be used, and what the event says.
pub async fn renamed(app: &App, grant: &Grant<ManageGroups>, id: GroupId, fields: &Fields) -> Result<()> {
    let after =
        name(fields.get("name").unwrap_or_default()).map_err(|message| Error::invalid("name", message))?;
    let stored = grant.read(&app.store, move |r| queries::group(r, id)).await?.name;
    let before = fields.get("was").map_or(stored, str::to_owned);
    grant.apply(&app.store, GroupRenamed { group: id, before, after }).await
}

/// `POST /groups/{id}/delete`
pub async fn delete(app: App, grant: Grant<ManageGroups>, ask: Ask) -> Result<Response> {
    let group: GroupId = ask.place("id")?;
    grant.apply(&app.store, GroupDeleted { group, expected: None }).await?;
    answer::see_other("/groups?done=groups-done-deleted")
}
