//! Doors for programs: users and user groups, by the same events and queries as the pages.

use super::events::{GroupCreated, GroupDeleted, ManageGroups, ManageUsers, UserMoved, ViewUsers};
use super::model::{Group, User};
use super::pages::act::{self, Act, REASON_CHARACTERS};
use super::pages::{edit, groups, list, moving};
use super::queries::{self, ReachPart};
use crate::front::answer;
use crate::ui::{Language, Locale};
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::door::{Ask, Fields};
use kernel::once::{self, Answer};
use kernel::{Error, Grant, GroupId, Result, UserId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A user as the API gives it. Times are RFC 3339 in UTC.
#[derive(Serialize, ToSchema)]
pub struct UserBody {
    id: String,
    kind: &'static str,
    group: String,
    group_name: String,
    state: &'static str,
    name: String,
    user_name: String,
    mail: Option<String>,
    mobile: Option<String>,
    external_id: Option<String>,
    number: Option<i64>,
    keywords: String,
    language: Option<String>,
    last_sign_in: Option<String>,
    made_at: String,
}
schema!(UserBody);

impl From<User> for UserBody {
    fn from(user: User) -> Self {
        let p = user.particulars;
        Self {
            id: user.id.to_string(),
            kind: user.kind.word(),
            group: user.group.to_string(),
            group_name: user.group_name,
            state: user.standing.word(),
            name: p.name,
            user_name: p.user_name,
            mail: p.mail,
            mobile: p.mobile,
            external_id: p.external_id,
            number: p.number,
            keywords: p.keywords,
            language: p.language,
            last_sign_in: user.last_sign_in.map(|at| at.to_string()),
            made_at: user.made_at.to_string(),
        }
    }
}

/// One page of users; `next` is the `from` of the page after it.
#[derive(Serialize, ToSchema)]
pub struct UsersBody {
    users: Vec<UserBody>,
    next: Option<String>,
}
schema!(UsersBody);

/// A user group as the API gives it.
#[derive(Serialize, ToSchema)]
pub struct GroupBody {
    id: String,
    name: String,
    kind: &'static str,
    users: i64,
}
schema!(GroupBody);

impl From<Group> for GroupBody {
    fn from(group: Group) -> Self {
        Self { id: group.id.to_string(), name: group.name, kind: group.kind.word(), users: group.users }
    }
}

/// The id of what was made.
#[derive(Serialize, ToSchema)]
pub struct MadeBody {
    id: String,
}
schema!(MadeBody);

/// What a user is made from.
#[derive(Serialize, ToSchema)]
pub struct NewUserBody {
    name: String,
    user_name: String,
    group: String,
    kind: Option<String>,
    mail: Option<String>,
    mobile: Option<String>,
    external_id: Option<String>,
    number: Option<i64>,
    keywords: Option<String>,
    language: Option<String>,
}
schema!(NewUserBody);

/// What is to change of a user: a field left out stays; an empty text takes it away.
#[derive(Serialize, ToSchema)]
pub struct UserChangeBody {
    name: Option<String>,
    user_name: Option<String>,
    mail: Option<String>,
    mobile: Option<String>,
    external_id: Option<String>,
    number: Option<i64>,
    keywords: Option<String>,
    language: Option<String>,
}
schema!(UserChangeBody);

/// Where a user goes, and which own values stay.
#[derive(Serialize, ToSchema)]
pub struct MoveBody {
    group: String,
    keep: Option<Vec<String>>,
    reason: Option<String>,
}
schema!(MoveBody);

/// A setting that a move changes for the user.
#[derive(Serialize, ToSchema)]
pub struct MovedSetting {
    key: &'static str,
    before: Value,
    after: Value,
}

/// A part of what comes into or goes out of reach: `kind` is `all`, `group` or `queue`; `id` and `name` are left empty
/// for all, and for what lies beyond the reach of who asks.
#[derive(Serialize, ToSchema)]
pub struct MovedReach {
    kind: String,
    id: Option<String>,
    name: Option<String>,
}

impl From<ReachPart> for MovedReach {
    fn from(part: ReachPart) -> Self {
        let shown = !part.name.is_empty();
        Self { id: shown.then(|| part.scope.to_string()), name: shown.then_some(part.name), kind: part.kind }
    }
}

/// What a move would do, before it is made. `own` are the user's own values; those that the query names with `keep` stay.
#[derive(Serialize, ToSchema)]
pub struct MovePreviewBody {
    from: String,
    to: String,
    rights_gained: Vec<&'static str>,
    rights_lost: Vec<&'static str>,
    #[schema(inline)]
    settings: Vec<MovedSetting>,
    #[schema(inline)]
    comes_into_reach: Vec<MovedReach>,
    #[schema(inline)]
    goes_out_of_reach: Vec<MovedReach>,
    own: Vec<String>,
}
schema!(MovePreviewBody);

/// When (RFC 3339) and why; `from` and `until` for a suspension alone.
#[derive(Serialize, ToSchema)]
pub struct StandingBody {
    from: Option<String>,
    until: Option<String>,
    reason: Option<String>,
}
schema!(StandingBody);

/// What a group is made from: kind is `administrators`, `agents`, `wallboards` or `services`.
#[derive(Serialize, ToSchema)]
pub struct NewGroupBody {
    name: String,
    kind: String,
}
schema!(NewGroupBody);

/// Another name for a group.
#[derive(Serialize, ToSchema)]
pub struct GroupChangeBody {
    name: String,
}
schema!(GroupChangeBody);

/// The most users of one answer.
const MAX_USERS: usize = 200;

/// `GET /api/v1/users`
pub async fn users(app: App, grant: Grant<ViewUsers>, ask: Ask) -> Result<Response> {
    let query = ask.query();
    let mut filter = list::filter(&query);
    filter.most = query.get("limit").and_then(|n| n.parse().ok()).unwrap_or(filter.most).clamp(1, MAX_USERS);
    let order = filter.order;
    let (users, more) = grant.read(&app.store, move |r| queries::users(r, &filter)).await?;
    let next = users.last().filter(|_| more).map(|u| order.place(u).to_string());
    answer::json(StatusCode::OK, &UsersBody { users: users.into_iter().map(UserBody::from).collect(), next })
}

/// `GET /api/v1/users/{id}`
pub async fn user(app: App, grant: Grant<ViewUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let user = grant.read(&app.store, move |r| queries::user(r, id)).await?;
    answer::json(StatusCode::OK, &UserBody::from(user))
}

/// The answer of a creation.
///
/// # Errors
/// `Broken` when the status is none.
pub fn answered(answer: Answer) -> Result<Response> {
    let status = StatusCode::from_u16(answer.status).map_err(Error::broken)?;
    Ok((status, [(axum::http::header::CONTENT_TYPE, "application/json")], answer.body).into_response())
}

/// The answer that tells the id of what was made.
#[must_use]
pub fn made(id: impl std::fmt::Display) -> Answer {
    Answer { status: 201, body: serde_json::json!({ "id": id.to_string() }).to_string() }
}

/// `POST /api/v1/users`
pub async fn create(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let body = ask.bytes().await?;
    let event = edit::creation(&app, &Fields::json(&body)?)?;
    let told = made(event.user);
    answered(once::once(&grant, &app.store, event, told).await?)
}

/// `PATCH /api/v1/users/{id}`
pub async fn change(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let fields = ask.fields().await?;
    edit::edited(&app, &grant, id, &fields).await?;
    let user = grant.read(&app.store, move |r| queries::user(r, id)).await?;
    answer::json(StatusCode::OK, &UserBody::from(user))
}

/// `POST /api/v1/users/{id}/move`
pub async fn relocate(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let mut fields = ask.fields().await?;
    let to = fields.parse::<GroupId>("group");
    let reason = fields.optional_text("reason", REASON_CHARACTERS);
    let keep = fields.all("keep").into_iter().map(str::to_owned).collect();
    fields.done()?;
    let to = to.ok_or_else(|| Error::invalid("group", "error-field-required"))?;
    let from = grant.read(&app.store, move |r| queries::user(r, id)).await?.group;
    let event = UserMoved { user: id, from, to, keep, restore: Vec::new(), reason };
    grant.apply(&app.store, event).await?;
    let user = grant.read(&app.store, move |r| queries::user(r, id)).await?;
    answer::json(StatusCode::OK, &UserBody::from(user))
}

/// `GET /api/v1/users/{id}/move?group=&keep=`: nothing is changed.
pub async fn move_preview(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let mut query = ask.query();
    let to = query.parse::<GroupId>("group");
    let keep = query.all("keep").into_iter().map(str::to_owned).collect();
    query.done()?;
    let to = to.ok_or_else(|| Error::invalid("group", "error-field-required"))?;
    let question = moving::look(&grant, &app, id, Some(to), keep).await?;
    let Some(outcome) = question.outcome else { return Err(Error::invalid("group", "users-no-such-group")) };
    let setting = |(key, before, after)| MovedSetting { key, before, after };
    let body = MovePreviewBody {
        from: question.user.group.to_string(),
        to: to.to_string(),
        rights_gained: outcome.gained,
        rights_lost: outcome.lost,
        settings: outcome.changed.into_iter().map(setting).collect(),
        comes_into_reach: outcome.reaches.into_iter().map(MovedReach::from).collect(),
        goes_out_of_reach: outcome.leaves.into_iter().map(MovedReach::from).collect(),
        own: question.own,
    };
    answer::json(StatusCode::OK, &body)
}

async fn stand(app: App, grant: Grant<ManageUsers>, ask: Ask, act: Act) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let body = ask.bytes().await?;
    let fields = if body.is_empty() { Fields::default() } else { Fields::json(&body)? };
    let t = Locale::new(Language::En, "UTC");
    act::done(&app, &grant, &t, id, act, fields).await?;
    let user = grant.read(&app.store, move |r| queries::user(r, id)).await?;
    answer::json(StatusCode::OK, &UserBody::from(user))
}

macro_rules! stands {
    ($($name:ident $act:ident;)*) => {$(
        #[doc = concat!("Does ", stringify!($act), " to one user.")]
        pub async fn $name(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
            stand(app, grant, ask, Act::$act).await
        }
    )*};
}
stands! { suspend Suspend; resume Resume; deactivate Deactivate; reactivate Reactivate; password Password; }

/// `GET /api/v1/groups`
pub async fn all_groups(app: App, grant: Grant<ViewUsers>, _ask: Ask) -> Result<Response> {
    let groups = grant.read(&app.store, queries::groups).await?;
    answer::json(StatusCode::OK, &groups.into_iter().map(GroupBody::from).collect::<Vec<_>>())
}

/// `GET /api/v1/groups/{id}`
pub async fn one_group(app: App, grant: Grant<ViewUsers>, ask: Ask) -> Result<Response> {
    let id: GroupId = ask.place("id")?;
    let group = grant.read(&app.store, move |r| queries::group(r, id)).await?;
    answer::json(StatusCode::OK, &GroupBody::from(group))
}

/// `POST /api/v1/groups`
pub async fn create_group(app: App, grant: Grant<ManageGroups>, ask: Ask) -> Result<Response> {
    let body = ask.bytes().await?;
    let t = app.shell(grant.access()).await?.t;
    let event: GroupCreated = groups::creation(&app, &t, &Fields::json(&body)?)?;
    let told = made(event.group);
    answered(once::once(&grant, &app.store, event, told).await?)
}

/// `PATCH /api/v1/groups/{id}`
pub async fn change_group(app: App, grant: Grant<ManageGroups>, ask: Ask) -> Result<Response> {
    let id: GroupId = ask.place("id")?;
    let fields = ask.fields().await?;
    groups::renamed(&app, &grant, id, &fields).await?;
    let group = grant.read(&app.store, move |r| queries::group(r, id)).await?;
    answer::json(StatusCode::OK, &GroupBody::from(group))
}

/// `DELETE /api/v1/groups/{id}`
pub async fn delete_group(app: App, grant: Grant<ManageGroups>, ask: Ask) -> Result<Response> {
    let group: GroupId = ask.place("id")?;
    grant.apply(&app.store, GroupDeleted { group, expected: None }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
