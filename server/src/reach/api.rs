//! Reach for programs: the same reads and changes as on the pages.

use super::events::{
    ManageReach, ReachChanged, ReachDefined, ReachGiven, ReachRemoved, ReachTaken, ViewAccess,
};
use super::model::{Definition, Holder, ReachId};
use super::pages::define::sent;
use super::pages::matrix::{self, GroupPolicy, Holding};
use super::{bounds, queries};
use crate::front::answer;
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::Ask;
use kernel::setting::{self, Level, Setting};
use kernel::{Error, Grant, GroupId, Result, UserId};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// A definition of reach: everything, or groups and queues by their ids; `given` says to how many it is given.
#[derive(Serialize, ToSchema)]
pub struct ReachLine {
    id: String,
    name: String,
    everything: bool,
    group: Vec<String>,
    queue: Vec<String>,
    given: i64,
}

impl From<&Definition> for ReachLine {
    fn from(d: &Definition) -> Self {
        Self {
            id: d.id.to_string(),
            name: d.name.clone(),
            everything: d.extent.everything,
            group: d.extent.groups.iter().map(ToString::to_string).collect(),
            queue: d.extent.queues.iter().map(ToString::to_string).collect(),
            given: d.given,
        }
    }
}

/// Every definition of reach.
#[derive(Serialize, ToSchema)]
pub struct ReachesBody {
    #[schema(inline)]
    items: Vec<ReachLine>,
}
schema!(ReachesBody);

/// The ids of what a group or user was given.
#[derive(Serialize, ToSchema)]
pub struct ReachGivenBody {
    items: Vec<String>,
}
schema!(ReachGivenBody);

/// A reach that was given or taken, and the group or user it is about: `kind` is `group` or `user`.
#[derive(Serialize, ToSchema)]
pub struct ReachHeldBody {
    id: String,
    kind: &'static str,
    holder: String,
}
schema!(ReachHeldBody);

impl ReachHeldBody {
    fn of(reach: ReachId, holder: Holder) -> Self {
        Self { id: reach.to_string(), kind: holder.kind(), holder: holder.id().to_string() }
    }
}

/// What a reach is made from: everything, or groups and queues by their ids.
#[derive(Serialize, ToSchema)]
pub struct ReachBody {
    name: String,
    everything: Option<bool>,
    group: Option<Vec<String>>,
    queue: Option<Vec<String>>,
}
schema!(ReachBody);

/// `GET /api/v1/reach`
pub async fn list(app: App, grant: Grant<ViewAccess>, _ask: Ask) -> Result<Response> {
    let definitions = grant.read(&app.store, queries::definitions).await?;
    answer::json(StatusCode::OK, &ReachesBody { items: definitions.iter().map(ReachLine::from).collect() })
}

/// `POST /api/v1/reach`
pub async fn define(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let (name, extent) = sent(ask.fields().await?)?;
    let reach = ReachId::new(app.store.clock().now(), app.store.chance());
    grant.apply(&app.store, ReachDefined { reach, name, extent }).await?;
    answer::json(StatusCode::CREATED, &json!({ "id": reach }))
}

/// `PUT /api/v1/reach/{id}`
pub async fn change(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let reach: ReachId = ask.place("id")?;
    let to = sent(ask.fields().await?)?;
    let now = grant.read(&app.store, move |r| queries::definition(r, reach)).await?;
    grant.apply(&app.store, ReachChanged { reach, seen: (now.name, now.extent), to }).await?;
    answer::json(StatusCode::OK, &json!({ "id": reach }))
}

/// `DELETE /api/v1/reach/{id}`
pub async fn remove(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let reach: ReachId = ask.place("id")?;
    grant.apply(&app.store, ReachRemoved { reach, seen: None }).await?;
    answer::json(StatusCode::OK, &json!({ "id": reach }))
}

/// A right that a group's users have; `from` is the level that allows it, or `product`.
#[derive(Serialize, ToSchema)]
pub struct RightAllowed {
    right: &'static str,
    from: &'static str,
}

/// The rights of a group's users.
#[derive(Serialize, ToSchema)]
pub struct GroupRights {
    group: String,
    name: String,
    #[schema(inline)]
    rights: Vec<RightAllowed>,
}

/// Every right, and the groups within reach with those their users have. A user's own values stand aside: ask for who
/// holds a right.
#[derive(Serialize, ToSchema)]
pub struct RightsBody {
    rights: Vec<&'static str>,
    #[schema(inline)]
    groups: Vec<GroupRights>,
}
schema!(RightsBody);

/// The word for a level, or for none.
fn level(level: Option<Level>) -> &'static str {
    level.map_or("product", Level::name)
}

/// `GET /api/v1/rights`
pub async fn rights(app: App, grant: Grant<ViewAccess>, _ask: Ask) -> Result<Response> {
    let mut rights: Vec<_> = setting::known().filter(|s| s.is_right()).collect();
    rights.sort_unstable_by_key(|s| s.key);
    let of_group = |g: &GroupPolicy| {
        let allowed = |right: &&'static Setting| {
            g.allowed_at(right).map(|from| RightAllowed { right: right.key, from: level(from) })
        };
        let rights = rights.iter().filter_map(allowed).collect();
        GroupRights { group: g.id.to_string(), name: g.name.clone(), rights }
    };
    let groups = matrix::policies(&app, &grant).await?.iter().map(of_group).collect();
    answer::json(StatusCode::OK, &RightsBody { rights: rights.iter().map(|r| r.key).collect(), groups })
}

/// A user who has a right, and the level that allows it.
#[derive(Serialize, ToSchema)]
pub struct RightHolder {
    user: String,
    name: String,
    group: String,
    group_name: String,
    from: &'static str,
}

/// Everybody within reach who has a right; not `complete` where a group has more users than one answer looks at.
#[derive(Serialize, ToSchema)]
pub struct HoldersBody {
    right: &'static str,
    #[schema(inline)]
    items: Vec<RightHolder>,
    complete: bool,
}
schema!(HoldersBody);

/// `GET /api/v1/rights/{key}`
pub async fn holders(app: App, grant: Grant<ViewAccess>, ask: Ask) -> Result<Response> {
    let (right, held) = matrix::held(&app, &grant, &ask.place::<String>("key")?).await?;
    let one = |h: Holding| RightHolder {
        user: h.user.to_string(),
        name: h.name,
        group: h.group.to_string(),
        group_name: h.group_name,
        from: level(h.level),
    };
    let complete = held.extent == matrix::Extent::Whole;
    let items = held.holders.into_iter().map(one).collect();
    answer::json(StatusCode::OK, &HoldersBody { right: right.key, items, complete })
}

/// The holder of a query: `group` or `user`.
fn holder(ask: &Ask) -> Result<Holder> {
    let mut query = ask.query();
    let (user, group) = (query.optional::<UserId>("user"), query.optional::<GroupId>("group"));
    query.done()?;
    match (user, group) {
        (Some(user), None) => Ok(Holder::User(user)),
        (None, Some(group)) => Ok(Holder::Group(group)),
        _ => Err(Error::invalid("group", "settings-one-place")),
    }
}

/// `GET /api/v1/reach/given?group=&user=`
pub async fn given(app: App, grant: Grant<ViewAccess>, ask: Ask) -> Result<Response> {
    let holder = holder(&ask)?;
    let items = grant
        .read(&app.store, move |r| {
            bounds::reaches_holder(r, holder)?;
            queries::given_to(r, holder.id())
        })
        .await?;
    answer::json(StatusCode::OK, &ReachGivenBody { items: items.iter().map(ToString::to_string).collect() })
}

/// `PUT /api/v1/reach/{id}/given?group=&user=`
pub async fn give(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let (reach, holder): (ReachId, _) = (ask.place("id")?, holder(&ask)?);
    grant.apply(&app.store, ReachGiven { reach, holder }).await?;
    answer::json(StatusCode::OK, &ReachHeldBody::of(reach, holder))
}

/// `DELETE /api/v1/reach/{id}/given?group=&user=`
pub async fn take(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let (reach, holder): (ReachId, _) = (ask.place("id")?, holder(&ask)?);
    grant.apply(&app.store, ReachTaken { reach, holder }).await?;
    answer::json(StatusCode::OK, &ReachHeldBody::of(reach, holder))
}
