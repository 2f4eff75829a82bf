//! Doors for programs: skills, queues, profiles and the customer's own words, by the same events and queries as the pages.

use super::events::{
    ManageProfiles, ProfileCreated, ProfileDeleted, ProfileEdited, QueueCreated, QueueDeleted, QueueEdited,
    ViewProfiles, WordRemoved, WordRenamed,
};
use super::model::{Ability, Profile, Queue, Word, WordKind, abilities};
use super::pages::{profile, queue, word};
use super::queries;
use crate::front::answer;
use crate::users::api::{answered, made};
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, QueueId, Result, Uuid, once};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A skill, pause reason, category or topic; `parent` is a topic's category.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct WordBody {
    #[serde(default)]
    id: String,
    kind: String,
    parent: Option<String>,
    name: String,
}
schema!(WordBody);

impl From<Word> for WordBody {
    fn from(word: Word) -> Self {
        let parent = (!word.parent.is_nil()).then(|| word.parent.to_string());
        Self { id: word.id.to_string(), kind: word.kind.word().to_owned(), parent, name: word.name }
    }
}

/// A queue: `medium` is `call`, `chat`, `email`, `task` or `social`; `skill` is a skill's id.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct QueueBody {
    #[serde(default)]
    id: String,
    name: String,
    medium: String,
    skill: String,
}
schema!(QueueBody);

impl From<Queue> for QueueBody {
    fn from(queue: Queue) -> Self {
        let medium = queue.medium.word().to_owned();
        Self { id: queue.id.to_string(), name: queue.name, medium, skill: queue.skill.to_string() }
    }
}

/// A skill's id with its level, 1 to 9.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbilityBody {
    skill: String,
    level: u8,
}
schema!(AbilityBody);

/// A profile; `holder` is `template`, `group:ID` or `user:ID`. In a list the skills are left out.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct ProfileBody {
    #[serde(default)]
    id: String,
    name: String,
    holder: String,
    skills: Option<Vec<AbilityBody>>,
}
schema!(ProfileBody);

impl ProfileBody {
    fn of(profile: Profile, skills: Option<Vec<Ability>>) -> Self {
        let kind = profile.kind.word();
        let holder =
            if profile.holder.is_nil() { kind.to_owned() } else { format!("{kind}:{}", profile.holder) };
        let body = |a: Ability| AbilityBody { skill: a.skill.to_string(), level: a.level };
        let skills = skills.map(|all| all.into_iter().map(body).collect());
        Self { id: profile.id.to_string(), name: profile.name, holder, skills }
    }
    fn abilities(&self) -> Result<Vec<Ability>> {
        let bad = || Error::invalid("skill", "profiles-no-such-skill");
        let read =
            |a: &AbilityBody| Ok(Ability { skill: a.skill.parse().map_err(|_| bad())?, level: a.level });
        abilities(self.skills.iter().flatten().map(read).collect::<Result<Vec<_>>>()?)
    }
    fn checked_name(&self) -> Result<String> {
        word::name(&Fields::json(serde_json::json!({ "name": self.name }).to_string().as_bytes())?)
    }
}

/// `GET /api/v1/words?kind=`
pub async fn words(app: App, grant: Grant<ViewProfiles>, ask: Ask) -> Result<Response> {
    let mut query = ask.query();
    let kind = query.parse::<WordKind>("kind");
    query.done()?;
    let kind = kind.ok_or_else(|| Error::invalid("kind", "error-field-required"))?;
    let words = grant.read(&app.store, move |r| queries::words(r, kind)).await?;
    answer::json(StatusCode::OK, &words.into_iter().map(WordBody::from).collect::<Vec<_>>())
}

/// `POST /api/v1/words`
pub async fn add_word(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let body = ask.bytes().await?;
    let event = word::addition(&app, &Fields::json(&body)?)?;
    let told = made(event.word);
    answered(once::once(&grant, &app.store, event, told).await?)
}

/// `PATCH /api/v1/words/{id}`
pub async fn rename_word(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let after = word::name(&ask.fields().await?)?;
    let before = grant.read(&app.store, move |r| queries::word(r, id)).await?.name;
    grant.apply(&app.store, WordRenamed { word: id, before, after }).await?;
    let word = grant.read(&app.store, move |r| queries::word(r, id)).await?;
    answer::json(StatusCode::OK, &WordBody::from(word))
}

/// `DELETE /api/v1/words/{id}`
pub async fn remove_word(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    grant.apply(&app.store, WordRemoved { word: ask.place("id")?, expected: None }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /api/v1/queues`
pub async fn queues(app: App, grant: Grant<ViewProfiles>, _ask: Ask) -> Result<Response> {
    let queues = grant.read(&app.store, queries::queues).await?;
    answer::json(StatusCode::OK, &queues.into_iter().map(QueueBody::from).collect::<Vec<_>>())
}

/// `POST /api/v1/queues`
pub async fn create_queue(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let body = ask.bytes().await?;
    let shape = queue::shape(&Fields::json(&body)?)?;
    let id = QueueId::new(app.store.clock().now(), app.store.chance());
    let event = QueueCreated { queue: id, shape };
    answered(once::once(&grant, &app.store, event, made(id)).await?)
}

/// `PUT /api/v1/queues/{id}`
pub async fn put_queue(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: QueueId = ask.place("id")?;
    let after = queue::shape(&ask.fields().await?)?;
    let before = queue::now(&app, &grant, id).await?;
    grant.apply(&app.store, QueueEdited { queue: id, before, after }).await?;
    let queue = grant.read(&app.store, move |r| queries::queue(r, id)).await?;
    answer::json(StatusCode::OK, &QueueBody::from(queue))
}

/// `DELETE /api/v1/queues/{id}`
pub async fn delete_queue(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    grant.apply(&app.store, QueueDeleted { queue: ask.place("id")?, expected: None }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /api/v1/profiles`
pub async fn profiles(app: App, grant: Grant<ViewProfiles>, _ask: Ask) -> Result<Response> {
    let profiles = grant.read(&app.store, queries::profiles).await?;
    answer::json(StatusCode::OK, &profiles.into_iter().map(|p| ProfileBody::of(p, None)).collect::<Vec<_>>())
}

/// `GET /api/v1/profiles/{id}`
pub async fn one_profile(app: App, grant: Grant<ViewProfiles>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let (profile, skills) = grant.read(&app.store, move |r| queries::profile(r, id)).await?;
    answer::json(StatusCode::OK, &ProfileBody::of(profile, Some(skills)))
}

fn shape(body: &[u8]) -> Result<ProfileBody> {
    serde_json::from_slice(body)
        .map_err(|e| Error::invalid("body", kernel::Message::new("error-json").with("detail", e)))
}

/// `POST /api/v1/profiles`
pub async fn create_profile(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let body = ask.bytes().await?;
    let asked = shape(&body)?;
    let (kind, holder) = profile::holder(&asked.holder)?;
    let id = app.store.chance().uuid(app.store.clock().now());
    let event = ProfileCreated {
        profile: id,
        kind,
        holder,
        name: asked.checked_name()?,
        abilities: asked.abilities()?,
    };
    answered(once::once(&grant, &app.store, event, made(id)).await?)
}

/// `PUT /api/v1/profiles/{id}`: name and skills; whose it is stays.
pub async fn put_profile(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let asked = shape(&ask.bytes().await?)?;
    let (profile, had) = grant.read(&app.store, move |r| queries::profile(r, id)).await?;
    let (before, after) = ((profile.name, had), (asked.checked_name()?, asked.abilities()?));
    grant.apply(&app.store, ProfileEdited { profile: id, before, after }).await?;
    let (profile, skills) = grant.read(&app.store, move |r| queries::profile(r, id)).await?;
    answer::json(StatusCode::OK, &ProfileBody::of(profile, Some(skills)))
}

/// `DELETE /api/v1/profiles/{id}`
pub async fn delete_profile(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    grant.apply(&app.store, ProfileDeleted { profile: ask.place("id")?, expected: None }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
