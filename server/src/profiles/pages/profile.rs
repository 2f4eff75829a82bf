//! One profile: whose it is, its name, and a level for each skill it has.

use super::frame;
use super::word::{name, name_field};
use crate::App;
use crate::front::answer;
use crate::profiles::events::{ManageProfiles, ProfileCreated, ProfileDeleted, ProfileEdited};
use crate::profiles::model::{Ability, LEVELS, ProfileKind, Word, WordKind, abilities};
use crate::profiles::queries;
use crate::ui::change::Confirm;
use crate::ui::field::{Choice, Field, FieldGroup};
use crate::ui::{Html, Locale};
use crate::users::pages::sheet::{Form, Sheet, Wrong};
use crate::users::queries as people;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, GroupId, Result, UserId, Uuid};

/// What a form of a profile is made from.
struct Around {
    skills: Vec<Word>,
    holders: Vec<(String, String)>,
}

async fn around(app: &App, grant: &Grant<ManageProfiles>, user: Option<UserId>) -> Result<Around> {
    let t = app.shell(grant.access()).await?.t;
    let template = (ProfileKind::Template.word().to_owned(), t.say("profiles-kind-template"));
    grant
        .read(&app.store, move |r| {
            let skills = queries::words(r, WordKind::Skill)?;
            let groups = people::named_groups(r)?;
            let user = user.map(|id| people::user(r, id)).transpose()?;
            let user = user.map(|u| (format!("user:{}", u.id), u.particulars.name));
            let groups = groups.into_iter().map(|(id, name, _)| (format!("group:{id}"), name));
            Ok(Around { skills, holders: user.into_iter().chain(groups).chain([template]).collect() })
        })
        .await
}

/// `GET /profiles/new?from=&user=`: empty, or with the skills of a template.
pub async fn blank(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let query = ask.query();
    let user = query.get("user").and_then(|id| id.parse::<UserId>().ok());
    let from = query.get("from").and_then(|id| id.parse::<Uuid>().ok());
    let around = around(&app, &grant, user).await?;
    let had = match from {
        Some(from) => grant.read(&app.store, move |r| queries::profile(r, from)).await?.1,
        None => Vec::new(),
    };
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let get = |name: &str| query.get(name).map_or_else(|| level_of(&had, name), str::to_owned);
    let body = form(&t, "/profiles", Some(&around.holders), &around.skills, &get, &Wrong::default());
    Sheet::answer(frame(shell, "profiles", t.say("profiles-new")), vec![body])
}

fn level_of(had: &[Ability], field: &str) -> String {
    let ability = had.iter().find(|a| field == level_name(a.skill));
    ability.map(|a| a.level.to_string()).unwrap_or_default()
}

fn level_name(skill: Uuid) -> String {
    format!("level_{skill}")
}

/// The levels of a form: a field `level_SKILL` for each skill, empty where the profile has it not.
fn levels(fields: &Fields) -> Result<Vec<Ability>> {
    let mut out = Vec::new();
    for (field, value) in fields.values() {
        let Some(skill) = field.strip_prefix("level_").filter(|_| !value.trim().is_empty()) else { continue };
        match (skill.parse(), value.trim().parse()) {
            (Ok(skill), Ok(level)) => out.push(Ability { skill, level }),
            _ => return Err(Error::invalid("skill", "profiles-levels")),
        }
    }
    abilities(out)
}

/// Whose a profile is, from `template`, `group:ID` or `user:ID`.
///
/// # Errors
/// `Invalid` at `holder`.
pub fn holder(text: &str) -> Result<(ProfileKind, Uuid)> {
    let none = || Error::invalid("holder", "profiles-no-such-holder");
    match text.split_once(':') {
        None if text == ProfileKind::Template.word() => Ok((ProfileKind::Template, Uuid::nil())),
        Some(("group", id)) => Ok((ProfileKind::Group, id.parse::<GroupId>().map_err(|_| none())?.0)),
        Some(("user", id)) => Ok((ProfileKind::User, id.parse::<UserId>().map_err(|_| none())?.0)),
        _ => Err(none()),
    }
}

fn creation(app: &App, fields: &Fields) -> Result<ProfileCreated> {
    let (kind, holder) = holder(fields.get("holder").unwrap_or_default())?;
    let profile = app.store.chance().uuid(app.store.clock().now());
    Ok(ProfileCreated { profile, kind, holder, name: name(fields)?, abilities: levels(fields)? })
}

/// `POST /profiles`
pub async fn create(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let made = match creation(&app, &fields) {
        Ok(event) => grant.apply(&app.store, event).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(()) => answer::see_other("/profiles?done=profiles-done-added"),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let t = shell.t;
            let wrong = Wrong::of(&t, error)?;
            let user =
                fields.get("holder").and_then(|h| h.strip_prefix("user:")).and_then(|id| id.parse().ok());
            let around = around(&app, &grant, user).await?;
            let get = |name: &str| fields.get(name).unwrap_or_default().to_owned();
            let body = form(&t, "/profiles", Some(&around.holders), &around.skills, &get, &wrong);
            Sheet::refused(frame(shell, "profiles", t.say("profiles-new")), vec![body])
        }
    }
}

fn form(
    t: &Locale,
    action: &str,
    holders: Option<&[(String, String)]>,
    skills: &[Word],
    get: &dyn Fn(&str) -> String,
    wrong: &Wrong,
) -> Html {
    let mut fields = vec![wrong.at(t, name_field(t, &get("name")).first())];
    if let Some(holders) = holders {
        let choices =
            holders.iter().map(|(value, label)| Choice::new(value.clone(), label.clone())).collect();
        fields.push(
            wrong.at(t, Field::select("holder", t.say("profiles-holder"), choices).value(get("holder"))),
        );
    }
    let (least, most) = (i64::from(*LEVELS.start()), i64::from(*LEVELS.end()));
    let level = |s: &Word| {
        let name = level_name(s.id);
        Field::number(name.clone(), s.name.clone(), least, most).value(get(&name))
    };
    let levels = FieldGroup::new(
        t.say("profiles-skills"),
        t.say("profiles-levels-help"),
        skills.iter().map(level).collect(),
    );
    let at_levels = wrong.at(t, Field::text("skill", t.say("profiles-skills")));
    let summary = wrong.summary(t, fields.iter().chain([&at_levels]));
    Form::new(t, action, t.say("profiles-save"))
        .errors(summary)
        .fields(fields)
        .with(levels)
        .back(t, "/profiles")
        .into_html()
}

/// `GET /profiles/{id}`
pub async fn show(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let (profile, had) = grant.read(&app.store, move |r| queries::profile(r, id)).await?;
    let around = around(&app, &grant, None).await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let get = |field: &str| if field == "name" { profile.name.clone() } else { level_of(&had, field) };
    let body = form(&t, &format!("/profiles/{id}"), None, &around.skills, &get, &Wrong::default());
    let title = t.say1("profiles-remove-this", "name", profile.name.as_str());
    let remove =
        Confirm::new(&t, title, t.say("profiles-remove"), format!("/profiles/{id}/remove"), "/profiles");
    let mut shell = frame(shell, "profiles", profile.name.clone());
    if profile.kind == ProfileKind::Template {
        let copy = format!("/profiles/new?from={id}");
        shell = shell.action(crate::ui::state::Button::link(t.say("profiles-copy"), copy));
    }
    Sheet::answer(shell, vec![body, remove.text(t.say("profiles-remove-means")).into()])
}

/// `POST /profiles/{id}`
pub async fn save(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let fields = ask.fields().await?;
    let (profile, had) = grant.read(&app.store, move |r| queries::profile(r, id)).await?;
    let before = (profile.name.clone(), had);
    let saved = match name(&fields).and_then(|name| Ok((name, levels(&fields)?))) {
        Ok(after) => grant.apply(&app.store, ProfileEdited { profile: id, before, after }).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => answer::see_other("/profiles?done=profiles-done-saved"),
        Err(error) => {
            let around = around(&app, &grant, None).await?;
            let shell = app.shell(grant.access()).await?;
            let t = shell.t;
            let wrong = Wrong::of(&t, error)?;
            let get = |field: &str| fields.get(field).unwrap_or_default().to_owned();
            let body = form(&t, &format!("/profiles/{id}"), None, &around.skills, &get, &wrong);
            Sheet::refused(frame(shell, "profiles", profile.name), vec![body])
        }
    }
}

/// `POST /profiles/{id}/remove`
pub async fn remove(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let profile: Uuid = ask.place("id")?;
    grant.apply(&app.store, ProfileDeleted { profile, expected: None }).await?;
    answer::see_other("/profiles?done=profiles-done-removed")
}
