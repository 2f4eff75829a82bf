//! What is sought in the archive, by a page or by a program: read from the address, answered within reach.
//!
//! - Words in what was said are sought only by those who may hear it.
//! - Each search, for words or for a name or number, is an entry: once for each view in a session, and again after a while.

use super::bodies::program;
use super::events::{ArchiveSearched, InteractionsSought};
use super::queries::{self, ArchiveOrder, ArchivePlace, Filter, ListRow, Shelf};
use super::rights::{OpenContent, ViewArchive};
use crate::App;
use crate::ui::{Address, Locale};
use jiff::civil::DateTime;
use kernel::facet::fold;
use kernel::{Event, Grant, Result, Timestamp, Uuid};
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Every parameter that narrows.
pub const NARROWING: [&str; 12] = [
    "q", "words", "time", "since", "until", "medium", "agent", "group", "queue", "least", "most", "recorded",
];

/// Longest text that is sought, in characters.
const MAX_SOUGHT_CHARS: usize = 200;

/// The same search is an entry again after so long.
const AGAIN_SECONDS: i64 = 15 * 60;
/// Searches remembered; beyond it the memory is emptied, and searches are entries again.
const MAX_REMEMBERED_SEARCHES: usize = 10_000;
/// Searches that are entries already, by session or key.
static SEEN: LazyLock<Mutex<HashMap<(Uuid, String), Timestamp>>> = LazyLock::new(Mutex::default);

/// One page of what was found.
pub struct Found {
    /// The rows, in the order asked for; newest first where none is.
    pub rows: Vec<ListRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// Answers an address. What in it cannot be read is passed over: an old link still leads somewhere.
///
/// # Errors
/// `Forbidden` for words without the right to content; `Busy` or `Broken` from the engine.
pub async fn find(app: &App, grant: &Grant<ViewArchive>, here: &Address, t: &Locale) -> Result<Found> {
    let mut filter = filter(here, t, app.store.clock().now());
    match (text(here, "words"), text(here, "q")) {
        (Some(words), _) => filter.words = sought(app, grant, words, here).await?,
        (None, Some(text)) => {
            let filters = here.without(&UNTOLD).to_string();
            told(app, grant, here, InteractionsSought { text, filters }).await?;
        }
        (None, None) => {}
    }
    let (order, most) = (filter.order, filter.most());
    let mut rows = grant.read(&app.store, move |r| queries::list(r, &filter)).await?;
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|row| order.place(row).to_string());
    Ok(Found { rows, next })
}

/// Parameters that change what is shown and not what is sought.
const UNTOLD: [&str; 7] = ["from", "limit", "open", "hide", "agents", "done", "sort"];

/// The keys of the words, once the search stands in the log.
async fn sought(app: &App, grant: &Grant<ViewArchive>, words: String, here: &Address) -> Result<Vec<i64>> {
    let hearing = grant.also::<OpenContent>()?;
    let filters = here.without(&["words"]).without(&UNTOLD).to_string();
    told(app, &hearing, here, ArchiveSearched { words: words.clone(), filters }).await?;
    let keys = hearing.read(&app.store, queries::keys).await?;
    let tenant = grant.access().tenant();
    match keys.first() {
        Some(keys) => Ok(keys.unwrap(tenant, &app.keys)?.search.sought(&words)),
        None => Ok(Vec::new()),
    }
}

/// Writes the search down, unless this session asked for this very view lately.
async fn told<E: Event<Output = ()>>(
    app: &App,
    grant: &Grant<E::Needs>,
    here: &Address,
    event: E,
) -> Result<()> {
    let now = app.store.clock().now();
    let key = (queries::session_of(grant.access().actor()), here.without(&UNTOLD).to_string());
    let seen = || SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if seen().get(&key).is_some_and(|at| (0..AGAIN_SECONDS).contains(&now.seconds_since(*at))) {
        return Ok(());
    }
    grant.apply(&app.store, event).await?;
    let mut seen = seen();
    if seen.len() >= MAX_REMEMBERED_SEARCHES {
        seen.clear();
    }
    seen.insert(key, now);
    Ok(())
}

/// Whether a parameter narrows, and can be read.
#[must_use]
pub fn narrows(name: &str, value: &str) -> bool {
    let here = Address::new("").with(name, value);
    let read = || filter(&here, &program(), Timestamp(0)) != Filter::default();
    NARROWING.contains(&name) && (text(&here, "words").is_some() || read())
}

/// The filters an address sets.
#[must_use]
pub fn filter(here: &Address, t: &Locale, now: Timestamp) -> Filter {
    Filter {
        since: moment(here, "since", t).or_else(|| preset(here.get("time").unwrap_or_default(), t, now)),
        until: moment(here, "until", t),
        medium: here.get("medium").filter(|m| ["call", "chat", "email"].contains(m)).map(str::to_owned),
        agent: parsed(here, "agent"),
        group: parsed(here, "group"),
        queue: parsed(here, "queue"),
        text: text(here, "q").map(|q| fold(&q)),
        shortest_s: parsed::<u32>(here, "least").map(i64::from),
        longest_s: parsed::<u32>(here, "most").map(i64::from),
        recorded: here.get("recorded") == Some("1"),
        words: Vec::new(),
        most: parsed(here, "limit"),
        order: here.get("sort").and_then(ArchiveOrder::parse).unwrap_or_default(),
        from: here.get("from").and_then(ArchivePlace::parse),
        shelf: Shelf::All,
    }
}

/// The text of a parameter, if there is any.
#[must_use]
pub fn text(here: &Address, name: &str) -> Option<String> {
    let text: String = here.get(name)?.trim().chars().take(MAX_SOUGHT_CHARS).collect();
    let text = text.replace('\0', "");
    (!text.is_empty()).then_some(text)
}

fn parsed<T: FromStr>(here: &Address, name: &str) -> Option<T> {
    here.get(name)?.trim().parse().ok()
}

/// A local time of the reader's zone as forms send it, or RFC 3339 as programs do.
fn moment(here: &Address, name: &str, t: &Locale) -> Option<Timestamp> {
    let text = here.get(name)?.trim();
    let local = || {
        let zoned = text.parse::<DateTime>().ok()?.to_zoned(t.zone.clone()).ok()?;
        Some(Timestamp(zoned.timestamp().as_microsecond()))
    };
    text.parse::<jiff::Timestamp>().ok().map(|at| Timestamp(at.as_microsecond())).or_else(local)
}

fn preset(word: &str, t: &Locale, now: Timestamp) -> Option<Timestamp> {
    const DAY_SECONDS: i64 = 86_400;
    match word {
        "1h" => Some(now.plus_seconds(-3600)),
        "7d" => Some(now.plus_seconds(-7 * DAY_SECONDS)),
        "30d" => Some(now.plus_seconds(-30 * DAY_SECONDS)),
        "today" => {
            let morning = now.to_jiff().to_zoned(t.zone.clone()).start_of_day().ok()?;
            Some(Timestamp(morning.timestamp().as_microsecond()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Language;

    #[test]
    fn what_cannot_be_read_in_an_address_is_passed_over() {
        let t = Locale::new(Language::Sv, "Europe/Stockholm");
        let here = Address::parse("/archive?medium=fax&agent=x&since=now&from=1&least=-3&q=%00&recorded=yes");
        let found = filter(&here, &t, Timestamp(0));
        assert_eq!(format!("{found:?}"), format!("{:?}", Filter::default()));
    }

    #[test]
    fn local_times_are_those_of_the_reader() {
        let t = Locale::new(Language::Sv, "Europe/Stockholm");
        let here = Address::parse("/archive?since=2026-07-01T14:00&until=2026-07-01T14:00:00Z");
        let found = filter(&here, &t, Timestamp(0));
        assert_eq!(found.until.unwrap().seconds_since(found.since.unwrap()), 2 * 3600);
    }
}
