//! Settings and rights for programs: the same reads and changes as on the pages.

use super::events::{Expected, ManageSettings, SettingCleared, SettingGiven, ViewSettings};
use super::model::{Place, Told};
use super::queries;
use crate::App;
use crate::front::answer;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::setting::{self, Mode, known};
use kernel::{Error, Grant, GroupId, Result, UserId, policy};
use serde_json::{Value, json};

/// The place of a query or a body: `group` or `user` with an id, else `level` (tenant unless it says system).
fn place(fields: &mut Fields) -> Result<Place> {
    let (user, group) = (fields.optional::<UserId>("user"), fields.optional::<GroupId>("group"));
    Ok(match (user, group, fields.get("level")) {
        (Some(_), Some(_), _) => return Err(Error::invalid("group", "settings-one-place")),
        (Some(user), None, _) => Place::User(user),
        (None, Some(group), _) => Place::Group(group),
        (None, None, Some("system")) => Place::System,
        (None, None, None | Some("tenant")) => Place::Tenant,
        (None, None, Some(_)) => return Err(Error::invalid("level", "settings-not-a-choice")),
    })
}

/// `GET /api/v1/settings?group=&user=`
pub async fn list(app: App, grant: Grant<ViewSettings>, ask: Ask) -> Result<Response> {
    let mut query = ask.query();
    let place = place(&mut query)?;
    query.done()?;
    let givens = grant
        .read(&app.store, move |r| {
            let line = queries::line(r, place)?;
            let mut givens = policy::givens(r, line.user_id(), line.group_id())?;
            givens.retain(|g| g.level <= place.level());
            Ok(givens)
        })
        .await?;
    let mut settings: Vec<_> = known().collect();
    settings.sort_unstable_by_key(|s| s.key);
    let one = |s: &setting::Setting| {
        let chain = s.resolve(givens.iter().filter(|g| g.key == s.key));
        let decided = chain.decided_by().and_then(|l| l.level).map_or("product", setting::Level::name);
        let own = givens.iter().find(|g| g.level == place.level() && g.key == s.key);
        json!({
            "key": s.key, "area": s.area, "right": s.is_right(), "value": chain.value, "from": decided,
            "own": own.map(|g| &g.value), "mode": own.map(|g| g.mode.name()),
            "inherited": chain.inherited(s, place.level()), "lowest": s.lowest.name(),
        })
    };
    let items: Vec<Value> = settings.into_iter().map(one).collect();
    answer::json(StatusCode::OK, &json!({ "items": items }))
}

/// What a program sends to give a value.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingBody {
    /// The value: true or false, a number, or text.
    #[schema(value_type = Object)]
    value: Value,
    /// What lower levels may do: `free` (the default), `tighten` or `fixed`.
    mode: Option<String>,
}
crate::schema!(SettingBody);

/// `PUT /api/v1/settings/{key}?group=&user=`
pub async fn give(app: App, grant: Grant<ManageSettings>, ask: Ask) -> Result<Response> {
    let (key, mut query) = (ask.place::<String>("key")?, ask.query());
    let place = place(&mut query)?;
    query.done()?;
    let body: SettingBody = ask.json().await?;
    let mode = body.mode.as_deref().map_or(Some(Mode::Free), Mode::parse);
    let mode = mode.ok_or_else(|| Error::invalid("mode", "settings-not-a-choice"))?;
    let told = Told { value: body.value, mode };
    let given = SettingGiven { place, key: key.clone(), told: told.clone(), expected: Expected::Anything };
    grant.apply(&app.store, given).await?;
    let mode = told.mode.name();
    answer::json(
        StatusCode::OK,
        &json!({ "key": key, "level": place.level().name(), "value": told.value, "mode": mode }),
    )
}

/// `DELETE /api/v1/settings/{key}?group=&user=`
pub async fn clear(app: App, grant: Grant<ManageSettings>, ask: Ask) -> Result<Response> {
    let (key, mut query) = (ask.place::<String>("key")?, ask.query());
    let place = place(&mut query)?;
    query.done()?;
    let cleared = SettingCleared { place, key: key.clone(), expected: Expected::Anything };
    grant.apply(&app.store, cleared).await?;
    answer::json(StatusCode::OK, &json!({ "key": key, "level": place.level().name() }))
}
