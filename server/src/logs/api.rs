//! The logs for programs: the same lists, filters and limits as the pages.

use super::files::json_line;
use super::{Kind, asked, listing, queries, reading};
use crate::App;
use crate::front::answer;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::tz::TimeZone;
use kernel::door::Ask;
use kernel::{Error, Grant, Result};
use serde_json::{Value, json};

fn shown(entry: &super::model::Entry) -> Result<Value> {
    serde_json::from_str(&json_line(entry)).map_err(Error::broken)
}

/// `GET /api/v1/logs/…`
pub async fn list<K: Kind>(app: App, grant: Grant<K>, ask: Ask) -> Result<Response> {
    let mut fields = ask.query();
    let wanted = asked::wanted(K::LOG, &mut fields, app.store.clock().now(), &TimeZone::UTC)?;
    fields.done()?;
    reading::told(&app, &grant, &reading::view(&ask)).await?;
    let listed = grant.read(&app.store, move |r| listing::list(r, &wanted)).await?;
    let entries = listed.entries.iter().map(shown).collect::<Result<Vec<_>>>()?;
    answer::json(StatusCode::OK, &json!({ "entries": entries, "next": listed.older, "cut": listed.cut }))
}

/// `GET /api/v1/logs/…/{idx}`
pub async fn one<K: Kind>(app: App, grant: Grant<K>, ask: Ask) -> Result<Response> {
    let idx: i64 = ask.place("idx")?;
    reading::told(&app, &grant, &format!("entry={idx}")).await?;
    let entry = grant.read(&app.store, move |r| queries::entry(r, K::LOG, idx)).await?;
    answer::json(StatusCode::OK, &shown(&entry)?)
}
