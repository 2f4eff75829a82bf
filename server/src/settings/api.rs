//! Settings and rights for programs: the same reads and changes as on the pages.

use super::events::{Expected, ManageSettings, SettingCleared, SettingGiven, ViewSettings};
use super::model::{Place, Told};
use super::queries;
use crate::front::answer;
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::setting::{self, Mode, known};
use kernel::{Error, Grant, GroupId, Result, UserId, policy};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

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

/// A setting or right as it stands at a place: the tenant, a group or a user.
#[derive(Serialize, ToSchema)]
pub struct SettingLine {
    key: &'static str,
    area: &'static str,
    right: bool,
    /// The value in force there.
    value: Value,
    /// The level it comes from, or `product`.
    from: &'static str,
    /// The value given at this very place, if one is.
    own: Option<Value>,
    mode: Option<&'static str>,
    /// What would be in force without it.
    inherited: Value,
    /// The lowest level it can be given at.
    lowest: &'static str,
}

/// Every setting and right.
#[derive(Serialize, ToSchema)]
pub struct SettingsBody {
    #[schema(inline)]
    items: Vec<SettingLine>,
}
schema!(SettingsBody);

/// A value that was given.
#[derive(Serialize, ToSchema)]
pub struct SettingGivenBody {
    key: String,
    level: &'static str,
    value: Value,
    mode: &'static str,
}
schema!(SettingGivenBody);

/// A value that was taken away.
#[derive(Serialize, ToSchema)]
pub struct SettingClearedBody {
    key: String,
    level: &'static str,
}
schema!(SettingClearedBody);

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
    let one = |s: &&setting::Setting| {
        let chain = s.resolve(givens.iter().filter(|g| g.key == s.key));
        let decided = chain.decided_by().and_then(|l| l.level).map_or("product", setting::Level::name);
        let own = givens.iter().find(|g| g.level == place.level() && g.key == s.key);
        SettingLine {
            key: s.key,
            area: s.area,
            right: s.is_right(),
            from: decided,
            own: own.map(|g| g.value.clone()),
            mode: own.map(|g| g.mode.name()),
            inherited: chain.inherited(s, place.level()),
            lowest: s.lowest.name(),
            value: chain.value,
        }
    };
    answer::json(StatusCode::OK, &SettingsBody { items: settings.iter().map(one).collect() })
}

/// What a program sends to give a value.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingBody {
    /// The value: true or false, a number, or text.
    value: Value,
    /// What lower levels may do: `free` (the default), `tighten` or `fixed`.
    mode: Option<String>,
}
schema!(SettingBody);

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
    let (level, mode) = (place.level().name(), told.mode.name());
    answer::json(StatusCode::OK, &SettingGivenBody { key, level, value: told.value, mode })
}

/// `DELETE /api/v1/settings/{key}?group=&user=`
pub async fn clear(app: App, grant: Grant<ManageSettings>, ask: Ask) -> Result<Response> {
    let (key, mut query) = (ask.place::<String>("key")?, ask.query());
    let place = place(&mut query)?;
    query.done()?;
    let cleared = SettingCleared { place, key: key.clone(), expected: Expected::Anything };
    grant.apply(&app.store, cleared).await?;
    answer::json(StatusCode::OK, &SettingClearedBody { key, level: place.level().name() })
}
