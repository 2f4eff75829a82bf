//! Reach for programs: the same reads and changes as on the pages.

use super::events::{
    ManageReach, ReachChanged, ReachDefined, ReachGiven, ReachRemoved, ReachTaken, ViewAccess,
};
use super::model::{Definition, Holder, ReachId};
use super::pages::define::sent;
use super::{bounds, queries};
use crate::App;
use crate::front::answer;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Error, Grant, GroupId, Result, UserId};
use serde_json::{Value, json};

fn told(d: &Definition) -> Value {
    json!({
        "id": d.id, "name": d.name, "everything": d.extent.everything, "group": d.extent.groups,
        "queue": d.extent.queues, "given": d.given,
    })
}

/// What a reach is made from: everything, or groups and queues by their ids.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ReachBody {
    name: String,
    everything: Option<bool>,
    group: Option<Vec<String>>,
    queue: Option<Vec<String>>,
}
crate::schema!(ReachBody);

/// `GET /api/v1/reach`
pub async fn list(app: App, grant: Grant<ViewAccess>, _ask: Ask) -> Result<Response> {
    let definitions = grant.read(&app.store, queries::definitions).await?;
    let items: Vec<Value> = definitions.iter().map(told).collect();
    answer::json(StatusCode::OK, &json!({ "items": items }))
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
    answer::json(StatusCode::OK, &json!({ "items": items }))
}

/// `PUT /api/v1/reach/{id}/given?group=&user=`
pub async fn give(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let (reach, holder) = (ask.place("id")?, holder(&ask)?);
    grant.apply(&app.store, ReachGiven { reach, holder }).await?;
    answer::json(StatusCode::OK, &json!({ "id": reach, "kind": holder.kind(), "holder": holder.id() }))
}

/// `DELETE /api/v1/reach/{id}/given?group=&user=`
pub async fn take(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
    let (reach, holder) = (ask.place("id")?, holder(&ask)?);
    grant.apply(&app.store, ReachTaken { reach, holder }).await?;
    answer::json(StatusCode::OK, &json!({ "id": reach, "kind": holder.kind(), "holder": holder.id() }))
}
