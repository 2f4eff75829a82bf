//! One queue: a name, a medium, a skill.

use super::word::{name, name_field};
use super::{frame, medium};
use crate::App;
use crate::front::answer;
use crate::profiles::events::{ManageProfiles, QueueCreated, QueueDeleted, QueueEdited, QueueShape};
use crate::profiles::model::{Medium, Queue, Word, WordKind};
use crate::profiles::queries;
use crate::ui::change::Confirm;
use crate::ui::field::{Choice, Field};
use crate::ui::{Html, Locale};
use crate::users::pages::sheet::{Form, Sheet, Wrong};
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, QueueId, Result};

/// `GET /profiles/queues/new`
pub async fn blank(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let skills = grant.read(&app.store, |r| queries::words(r, WordKind::Skill)).await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let query = ask.query();
    let get = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let body = form(&t, "/profiles/queues".to_owned(), &skills, &get, &Wrong::default());
    Sheet::answer(frame(shell, "queues", t.say("profiles-queue-new")), vec![body])
}

/// A queue's shape, from the fields of a form or of a JSON body.
///
/// # Errors
/// `Invalid` at what cannot be used.
pub fn shape(fields: &Fields) -> Result<QueueShape> {
    let name = name(fields)?;
    let medium = fields.get("medium").unwrap_or_default().parse();
    let skill = fields.get("skill").unwrap_or_default().parse();
    Ok(QueueShape {
        name,
        medium: medium.map_err(|_| Error::invalid("medium", "error-field-required"))?,
        skill: skill.map_err(|_| Error::invalid("skill", "profiles-no-such-skill"))?,
    })
}

/// `POST /profiles/queues`
pub async fn create(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let made = match shape(&fields) {
        Ok(shape) => {
            let queue = QueueId::new(app.store.clock().now(), app.store.chance());
            grant.apply(&app.store, QueueCreated { queue, shape }).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(()) => answer::see_other("/profiles?show=queues&done=profiles-done-added"),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let t = shell.t;
            let wrong = Wrong::of(&t, error)?;
            let skills = grant.read(&app.store, |r| queries::words(r, WordKind::Skill)).await?;
            let get = |name: &str| fields.get(name).unwrap_or_default().to_owned();
            let body = form(&t, "/profiles/queues".to_owned(), &skills, &get, &wrong);
            Sheet::refused(frame(shell, "queues", t.say("profiles-queue-new")), vec![body])
        }
    }
}

fn form(t: &Locale, action: String, skills: &[Word], get: &dyn Fn(&str) -> String, wrong: &Wrong) -> Html {
    let media = Medium::ALL.iter().map(|m| Choice::new(m.word(), medium(t, *m))).collect();
    let choices = skills.iter().map(|s| Choice::new(s.id.to_string(), s.name.clone())).collect();
    let fields = vec![
        name_field(t, &get("name")).first(),
        Field::select("medium", t.say("profiles-medium"), media).value(get("medium")),
        Field::select("skill", t.say("profiles-skill"), choices)
            .value(get("skill"))
            .help(t.say("profiles-skill-help")),
    ];
    let fields: Vec<Field> = fields.into_iter().map(|f| wrong.at(t, f)).collect();
    let summary = wrong.summary(t, &fields);
    Form::new(t, action, t.say("profiles-save"))
        .errors(summary)
        .fields(fields)
        .back(t, "/profiles?show=queues")
        .into_html()
}

/// `GET /profiles/queues/{id}`
pub async fn show(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: QueueId = ask.place("id")?;
    let (queue, skills) = grant
        .read(&app.store, move |r| Ok((queries::queue(r, id)?, queries::words(r, WordKind::Skill)?)))
        .await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let body =
        form(&t, format!("/profiles/queues/{id}"), &skills, &|name| stored(&queue, name), &Wrong::default());
    let title = t.say1("profiles-remove-this", "name", queue.name.as_str());
    let remove = format!("/profiles/queues/{id}/remove");
    let remove = Confirm::new(&t, title, t.say("profiles-remove"), remove, "/profiles?show=queues")
        .text(t.say("profiles-remove-means"));
    Sheet::answer(frame(shell, "queues", queue.name), vec![body, remove.into()])
}

fn stored(queue: &Queue, name: &str) -> String {
    match name {
        "name" => queue.name.clone(),
        "medium" => queue.medium.word().to_owned(),
        _ => queue.skill.to_string(),
    }
}

/// The queue as it stands.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn now(app: &App, grant: &Grant<ManageProfiles>, id: QueueId) -> Result<QueueShape> {
    let queue = grant.read(&app.store, move |r| queries::queue(r, id)).await?;
    Ok(QueueShape { name: queue.name, medium: queue.medium, skill: queue.skill })
}

/// `POST /profiles/queues/{id}`
pub async fn save(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let queue: QueueId = ask.place("id")?;
    let fields = ask.fields().await?;
    let before = now(&app, &grant, queue).await?;
    let saved = match shape(&fields) {
        Ok(after) => grant.apply(&app.store, QueueEdited { queue, before: before.clone(), after }).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => answer::see_other("/profiles?show=queues&done=profiles-done-saved"),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let t = shell.t;
            let wrong = Wrong::of(&t, error)?;
            let skills = grant.read(&app.store, |r| queries::words(r, WordKind::Skill)).await?;
            let get = |name: &str| fields.get(name).unwrap_or_default().to_owned();
            let body = form(&t, format!("/profiles/queues/{queue}"), &skills, &get, &wrong);
            Sheet::refused(frame(shell, "queues", before.name), vec![body])
        }
    }
}

/// `POST /profiles/queues/{id}/remove`
pub async fn remove(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let queue: QueueId = ask.place("id")?;
    grant.apply(&app.store, QueueDeleted { queue, expected: None }).await?;
    answer::see_other("/profiles?show=queues&done=profiles-done-removed")
}
