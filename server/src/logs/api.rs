//! The logs for programs: the same lists, filters and limits as the pages.

use super::files::{COLUMNS, json_line};
use super::model::Entry;
use super::said::{Names, Teller};
use super::{Kind, asked, counting, listing, queries, reading};
use crate::api::Shape;
use crate::api::inventory::submit;
use crate::front::answer;
use crate::ui::Locale;
use crate::{App, schema};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::tz::TimeZone;
use kernel::door::Ask;
use kernel::{Error, Grant, Reader, Result};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// An entry as the API gives it: every column of a file, and whole what it says of who, what about, and what changed.
fn entry_shape() -> Value {
    let column = |name: &&str| ((*name).to_owned(), json!({ "type": "string" }));
    let mut fields: Map<String, Value> = COLUMNS.iter().map(column).collect();
    fields.insert("index".to_owned(), json!({ "type": "integer" }));
    for part in ["who", "about", "change"] {
        fields.insert(part.to_owned(), json!({ "type": "object" }));
    }
    let required: Vec<&String> = fields.keys().collect();
    json!({ "type": "object", "description": "An entry. Times are RFC 3339 in UTC; what is not known is empty. `changes_said` is in the words and the local time of who asks.",
        "required": required, "properties": fields })
}
submit! { Shape { name: "EntryBody", describe: entry_shape } }

/// One page of a log, newest first; oldest first after a position.
fn log_shape() -> Value {
    let next = "the `from` of the page after this; where `after` was given the next `after`, also when nothing is new";
    let cut = "a bound was met before the page was full: nothing is known of what is older than `next`; where `after` was \
               given, that there may be more already";
    json!({ "type": "object", "required": ["entries", "next", "cut"], "properties": {
        "entries": { "type": "array", "items": { "$ref": "#/components/schemas/EntryBody" } },
        "next": { "type": ["integer", "null"], "description": next },
        "cut": { "type": "boolean", "description": cut },
    } })
}
submit! { Shape { name: "LogBody", describe: log_shape } }

fn shown(entry: &Entry, t: &Locale, names: &Names) -> Result<Value> {
    serde_json::from_str(&json_line(entry, &Teller { t, names })).map_err(Error::broken)
}

/// `GET /api/v1/logs/…`
pub async fn list<K: Kind>(app: App, grant: Grant<K>, ask: Ask) -> Result<Response> {
    let mut fields = ask.query();
    let wanted = asked::wanted(K::LOG, &mut fields, app.store.clock().now(), &TimeZone::UTC)?;
    fields.done()?;
    reading::told(&app, &grant, &reading::view(&ask)).await?;
    let t = app.shell(grant.access()).await?.t;
    let said = |entries: &[Entry], names: &Names| {
        entries.iter().map(|entry| shown(entry, &t, names)).collect::<Result<Vec<_>>>()
    };
    let body = if wanted.after.is_some() {
        let found = grant.read(&app.store, move |r| listing::follow(r, &wanted)).await?;
        json!({ "entries": said(&found.entries, &found.names)?, "next": found.next, "cut": found.more })
    } else {
        let found = grant.read(&app.store, move |r| listing::list(r, &wanted)).await?;
        json!({ "entries": said(&found.entries, &found.names)?, "next": found.older, "cut": found.cut })
    };
    answer::json(StatusCode::OK, &body)
}

/// `GET /api/v1/logs/…/{idx}`
pub async fn one<K: Kind>(app: App, grant: Grant<K>, ask: Ask) -> Result<Response> {
    let idx: i64 = ask.place("idx")?;
    reading::told(&app, &grant, &format!("entry={idx}")).await?;
    let look = move |r: &mut Reader<'_>| {
        let entry = queries::entry(r, K::LOG, idx)?;
        let names = Names::of(r, [&entry])?;
        Ok((entry, names))
    };
    let (entry, names) = grant.read(&app.store, look).await?;
    answer::json(StatusCode::OK, &shown(&entry, &app.shell(grant.access()).await?.t, &names)?)
}

/// Entries counted in one stretch of time, from `since` up to but without `until` (RFC 3339). Where `whole` is false a bound
/// was met: there may be more. `chosen` says whether the stretch is within the time that was asked for.
#[derive(Serialize, ToSchema)]
pub struct CountLine {
    since: String,
    until: String,
    entries: i64,
    refused: i64,
    whole: bool,
    chosen: bool,
}

/// A log counted over the time that was asked for and what stands round it; over the last week where none was. Where `exact`
/// is false older entries are being indexed anew, and some may be counted that the list does not show.
#[derive(Serialize, ToSchema)]
pub struct CountsBody {
    #[schema(inline)]
    bars: Vec<CountLine>,
    exact: bool,
}
schema!(CountsBody);

/// `GET /api/v1/logs/…/counts`
pub async fn counts<K: Kind>(app: App, grant: Grant<K>, ask: Ask) -> Result<Response> {
    let mut fields = ask.query();
    let wanted = asked::wanted(K::LOG, &mut fields, app.store.clock().now(), &TimeZone::UTC)?;
    fields.done()?;
    reading::told(&app, &grant, &reading::view(&ask)).await?;
    let counted = grant.read(&app.store, move |r| counting::counted(r, &wanted)).await?;
    let line = |bar: &counting::Bar| CountLine {
        since: bar.stretch.since.to_string(),
        until: bar.stretch.until.to_string(),
        entries: bar.all,
        refused: bar.bad,
        whole: bar.known,
        chosen: bar.stretch.chosen,
    };
    let body = CountsBody { bars: counted.bars.iter().map(line).collect(), exact: !counted.loose };
    answer::json(StatusCode::OK, &body)
}
