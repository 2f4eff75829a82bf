//! What a reader of a log asked for, read from the address: the same for pages, the API and exports.

use super::listing::{MAX_FILTERS, Wanted};
use super::words::Pattern;
use ::book::Log;
use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use kernel::door::Fields;
use kernel::{Error, Message, Result, Timestamp};

/// Characters of a filter's value that count.
const VALUE_CHARACTERS: usize = 200;

/// What each log can be filtered by: the facet's name, which is also the parameter's.
#[must_use]
pub const fn facets(log: Log) -> &'static [&'static str] {
    match log {
        Log::Access => &[
            "name", "result", "reason", "typed", "user", "actor", "behalf", "client", "way", "door",
            "address", "country", "network", "browser", "system", "method", "kind", "subject", "group",
            "right",
        ],
        Log::Change => &[
            "name", "kind", "subject", "setting", "level", "actor", "behalf", "client", "way", "door",
            "right", "group", "queue", "address", "country", "network", "browser", "system", "reason",
        ],
        Log::Archive => &[
            "name", "medium", "kind", "subject", "agent", "actor", "behalf", "client", "way", "door",
            "right", "group", "queue", "address", "country", "network", "browser", "system", "reason",
            "result",
        ],
    }
}

/// The presets of time, by the word in the address.
fn preset(word: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let here = now.to_jiff().to_zoned(zone.clone());
    let since = match word {
        "1h" => here.checked_sub(1.hour()).ok()?,
        "today" => here.start_of_day().ok()?,
        "7d" => here.checked_sub(7.days()).ok()?,
        "30d" => here.checked_sub(30.days()).ok()?,
        _ => return None,
    };
    Some(Timestamp(since.timestamp().as_microsecond()))
}

/// A local time as `2026-11-23T14:05`, or RFC 3339 with a zone.
fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(exact) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(exact.as_microsecond()));
    }
    let local = text.parse::<DateTime>().ok()?.to_zoned(zone.clone()).ok()?;
    Some(Timestamp(local.timestamp().as_microsecond()))
}

/// Reads filters, search, times and the place in the list.
///
/// # Errors
/// `Invalid` with every field that cannot be read.
pub fn wanted(log: Log, fields: &mut Fields, now: Timestamp, zone: &TimeZone) -> Result<Wanted> {
    let mut wanted = Wanted::all(log);
    for facet in facets(log) {
        if let Some(value) = fields.optional_text(facet, VALUE_CHARACTERS) {
            wanted.facets.push(((*facet).to_owned(), value));
        }
    }
    if wanted.facets.len() > MAX_FILTERS {
        return Err(Error::invalid("name", Message::new("logs-too-many-filters").with("most", MAX_FILTERS)));
    }
    if let Some(text) = fields.optional_text("request", VALUE_CHARACTERS) {
        match text.parse() {
            Ok(id) => wanted.request = Some(id),
            Err(_) => fields.problem("request", "error-field-form"),
        }
    }
    wanted.pattern = fields.optional_text("q", VALUE_CHARACTERS).as_deref().and_then(Pattern::parse);
    wanted.since = preset(fields.get("time").unwrap_or_default(), now, zone);
    for (name, into) in [("since", &mut wanted.since), ("until", &mut wanted.until)] {
        if let Some(text) = fields.optional_text(name, 40) {
            match moment(&text, zone) {
                Some(at) => *into = Some(at),
                None => fields.problem(name, "error-field-form"),
            }
        }
    }
    wanted.before = fields.optional("from");
    wanted.after = fields.optional("after");
    wanted.apart = log == Log::Access && fields.get("list") == Some("readings");
    Ok(wanted)
}
