//! Writes setting values as a part of a change of a user or a group. Each is called from inside another event's `apply`.

use kernel::setting::Level;
use kernel::{Error, GroupId, Reader, Result, Uuid, Writer, from_row, params, sql};
use serde::Serialize;

/// A value given at one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnValue {
    /// The setting.
    pub key: String,
    /// The value as JSON text, as the table holds it.
    pub value: String,
    /// What it lets lower levels do.
    pub mode: String,
}
from_row!(OwnValue { key, value, mode });

/// The values given to this group or user, by key.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn values(w: &mut Writer<'_>, level: Level, holder: Uuid) -> Result<Vec<OwnValue>> {
    let find = sql!(
        "select key, value, mode from setting_value where tenant_id = $tenant and level = $level and holder = $holder order by key"
    );
    w.rows(find, params! { level: level.name(), holder: holder })
}

/// Gives a value, and writes it into the entry as `setting:KEY`.
///
/// # Errors
/// `Conflict` when a value is given there already.
pub fn give(w: &mut Writer<'_>, level: Level, holder: Uuid, own: &OwnValue) -> Result<()> {
    let insert = sql!(
        "insert into setting_value (tenant_id, level, holder, key, value, mode) values ($tenant, $level, $holder, $key, $value, $mode)"
    );
    let params =
        params! { level: level.name(), holder: holder, key: &own.key, value: &own.value, mode: &own.mode };
    w.one(insert, params)?;
    w.changed(&format!("setting:{}", own.key), (), told(own));
    Ok(())
}

/// Drops a value, and writes it into the entry as `setting:KEY`.
///
/// # Errors
/// `NotFound` when none is given there.
pub fn drop_value(w: &mut Writer<'_>, level: Level, holder: Uuid, own: &OwnValue) -> Result<()> {
    let delete = sql!(
        "delete from setting_value where tenant_id = $tenant and level = $level and holder = $holder and key = $key"
    );
    w.one(delete, params! { level: level.name(), holder: holder, key: &own.key })?;
    w.changed(&format!("setting:{}", own.key), told(own), ());
    Ok(())
}

/// The rights a group of administrators was asked about, sorted: what it was made with, and what arrived since.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn known_rights(r: &mut Reader<'_>, group: GroupId) -> Result<Vec<String>> {
    let find =
        sql!("select key from right_known where tenant_id = $tenant and group_id = $group order by key");
    let rows: Vec<(String,)> = r.rows(find, params! { group: group })?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}

/// Notes that a group of administrators was asked about these rights.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn know_rights<'a>(
    w: &mut Writer<'_>,
    group: GroupId,
    rights: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let insert = sql!(
        "insert into right_known (tenant_id, group_id, key) values ($tenant, $group, $key) on conflict do nothing"
    );
    rights.into_iter().try_for_each(|key| w.any(insert, params! { group: group, key: key }).map(drop))
}

/// Forgets what a group that goes was asked about.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn forget_rights(w: &mut Writer<'_>, group: GroupId) -> Result<()> {
    w.any(
        sql!("delete from right_known where tenant_id = $tenant and group_id = $group"),
        params! { group: group },
    )
    .map(drop)
}

/// A value as the entry tells it: value and mode, so that undo can give it back.
fn told(own: &OwnValue) -> serde_json::Value {
    let value: serde_json::Value = serde_json::from_str(&own.value).unwrap_or_default();
    serde_json::json!({ "value": value, "mode": own.mode })
}

/// A value as an entry told it.
///
/// # Errors
/// `Broken` when it is not of that form.
pub fn from_told(field: &str, told: &serde_json::Value) -> Result<Option<OwnValue>> {
    let Some(key) = field.strip_prefix("setting:") else { return Ok(None) };
    if told.is_null() {
        return Ok(None);
    }
    let (value, mode) = (told.get("value"), told.get("mode").and_then(serde_json::Value::as_str));
    match (value, mode) {
        (Some(value), Some(mode)) => {
            Ok(Some(OwnValue { key: key.to_owned(), value: value.to_string(), mode: mode.to_owned() }))
        }
        _ => Err(Error::broken(format!("{field} is not told as value and mode"))),
    }
}
