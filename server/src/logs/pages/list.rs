//! `GET /logs/access`, `/logs/changes`, `/logs/archive`

use super::menus::{Known, is_of_people};
use super::{bar, drawer, line};
use crate::App;
use crate::archive::queries as archived;
use crate::front::{answer, navigation};
use crate::logs::index::walk::MAX_REST_ENTRIES;
use crate::logs::listing::{self, Bars, ENTRIES_A_PAGE, Listed, Wanted};
use crate::logs::queries::{self, Span};
use crate::logs::undoing::Plan;
use crate::logs::{Kind, asked, reading};
use crate::ui::facts::Drawer;
use crate::ui::filter::Filters;
use crate::ui::picture::{Bar, Strip};
use crate::ui::state::{Button, Empty, Tabs};
use crate::ui::table::{ColumnMenu, Pager, Table};
use crate::ui::{Address, Locale, Shell, gallery};
use crate::users::queries::{self as people, UserFilter};
use ::book::Log;
use askama::Template;
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Access, Grant, Reader, Result, Timestamp, UserId, Uuid};
use std::collections::HashMap;

/// Bars of the strip.
const BARS: i64 = 48;
/// What a strip shows when no time is chosen.
const STRIP_SECONDS: i64 = 7 * 24 * 3600;

/// People who fit what is sought, at most.
const MAX_SOUGHT_USERS: usize = 12;

/// A log.
#[derive(Template)]
#[template(path = "logs/pages/list.html")]
pub struct LogPage {
    /// The frame.
    pub shell: Shell,
    tabs: Tabs,
    strip: Option<Strip>,
    filters: Filters,
    notes: Vec<String>,
    table: Table,
    pager: Pager,
    drawer: Drawer,
}

/// The entry in the drawer: what undoing it would do, and where it leads.
pub(super) struct Open {
    pub(super) plan: Plan,
    pub(super) ways: drawer::Ways,
}

/// What a page is made of, looked up.
pub(super) struct Facts {
    wanted: Wanted,
    here: Address,
    listed: Listed,
    bars: Vec<(Timestamp, Bars)>,
    bar_seconds: i64,
    open: Option<Open>,
    behind: i64,
    size: i64,
    tabs: Vec<(&'static str, &'static str)>,
    known: Known,
}

/// `GET` of a log's page.
pub async fn list<K: Kind>(app: App, grant: Grant<K>, ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let mut fields = ask.query();
    let wanted = asked::wanted(K::LOG, &mut fields, app.store.clock().now(), shell.t.zone)?;
    let open: Option<i64> = fields.optional("open");
    fields.done()?;
    reading::told(&app, &grant, &reading::view(&ask)).await?;
    let here = Address::parse(ask.head.uri.path_and_query().map_or(K::PATH, |p| p.as_str()));
    let here = here.without(&["done"]);
    let tabs = tabs(grant.access());
    let facts = grant.read(&app.store, move |r| look(r, wanted, here, open, tabs)).await?;
    let mut page = LogPage::new::<K>(shell, facts);
    if ask.query().get("done") == Some("undone") {
        let t = page.shell.t;
        page.shell.flash.push(crate::ui::Flash::done(t.say("logs-undone")));
    }
    answer::page(&page)
}

fn tabs(access: &Access) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("/logs/access", "logs-access-title"),
        ("/logs/changes", "logs-changes-title"),
        ("/logs/archive", "logs-archive-title"),
    ];
    all.into_iter().filter(|(path, _)| navigation::opens(access, path)).collect()
}

fn look(
    r: &mut Reader<'_>,
    wanted: Wanted,
    here: Address,
    open: Option<i64>,
    tabs: Vec<(&'static str, &'static str)>,
) -> Result<Facts> {
    let listed = listing::list(r, &wanted)?;
    let open = match open {
        Some(idx) => queries::entry(r, wanted.log, idx).map(Some).or_else(|e| match e {
            kernel::Error::NotFound => Ok(None),
            other => Err(other),
        })?,
        None => None,
    };
    let open = match open {
        Some(entry) => {
            let ways = drawer::Ways::of(&entry, &|page| navigation::opens(r.access(), page));
            Some(Open { plan: Plan::looked(r, entry)?, ways })
        }
        None => None,
    };
    let (bars, bar_seconds) = strip(r, &wanted)?;
    let (sealed, size) = queries::sealed(r)?;
    let behind = if size - sealed > MAX_REST_ENTRIES { size - sealed } else { 0 };
    let known = known(r, &wanted, &here)?;
    Ok(Facts { wanted, here, listed, bars, bar_seconds, open, behind, size, tabs, known })
}

/// Groups and queues to choose from, the names of what is chosen, and who fits what is sought.
fn known(r: &mut Reader<'_>, wanted: &Wanted, here: &Address) -> Result<Known> {
    let groups = archived::groups(r)?.into_iter().map(|(id, name)| (id.0, name)).collect();
    let queues = archived::queues(r)?.into_iter().map(|(id, name)| (id.0, name)).collect();
    let mut names = HashMap::new();
    for (_, value) in wanted.facets.iter().filter(|(facet, _)| is_of_people(facet)) {
        let Ok(id) = Uuid::parse_str(value) else { continue };
        match people::user(r, UserId(id)) {
            Ok(user) => drop(names.insert(id, user.particulars.name)),
            Err(kernel::Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let mut sought = None;
    for facet in asked::facets(wanted.log).iter().copied().filter(|facet| is_of_people(facet)) {
        if let Some(text) = here.get(&format!("find-{facet}")).filter(|text| !text.trim().is_empty()) {
            let filter =
                UserFilter { search: Some(text.to_owned()), most: MAX_SOUGHT_USERS, ..UserFilter::default() };
            let (found, _) = people::users(r, &filter)?;
            sought =
                Some((facet, found.into_iter().map(|user| (user.id.0, user.particulars.name)).collect()));
        }
    }
    Ok(Known { groups, queues, names, sought })
}

/// The bars of the strip: the chosen time, or the last week.
fn strip(r: &mut Reader<'_>, wanted: &Wanted) -> Result<(Vec<(Timestamp, Bars)>, i64)> {
    let until = wanted.until.unwrap_or_else(|| r.now().plus_seconds(1));
    let since = wanted.since.unwrap_or_else(|| until.plus_seconds(-STRIP_SECONDS));
    let seconds = (until.seconds_since(since) / BARS).max(1);
    let starts: Vec<Timestamp> = (0..BARS).map(|n| since.plus_seconds(n * seconds)).collect();
    let end = queries::span(r, None, Some(until))?.before;
    let edges = queries::edges(r, &starts)?;
    let mut spans: Vec<Span> = Vec::with_capacity(starts.len());
    let mut before = end;
    for edge in edges.into_iter().rev() {
        let least = edge.unwrap_or(end).min(before);
        spans.push(Span { least, before });
        before = least;
    }
    spans.reverse();
    let Some(counts) = listing::bars(r, wanted, &spans)? else { return Ok((Vec::new(), seconds)) };
    Ok((starts.into_iter().zip(counts).collect(), seconds))
}

impl LogPage {
    fn new<K: Kind>(shell: Shell, facts: Facts) -> LogPage {
        let t = shell.t;
        let title = title(&t, K::LOG);
        let Facts { wanted, here, listed, bars, bar_seconds, open, behind, size, tabs, known } = facts;
        let columns = line::columns(&t, K::LOG, &here);
        let menu = ColumnMenu::new(&t, &here, &columns);
        let rows = listed.entries.iter().map(|entry| line::row(&t, entry, &listed.names, &here)).collect();
        let mut table = Table::new("entries", title.clone(), columns)
            .rows(rows)
            .in_drawer()
            .empty(Empty::new(t.say("logs-empty"), t.say("logs-empty-text")));
        if wanted.before.is_none() && wanted.until.is_none() {
            let query = here.without(&["open", "from"]).to_string();
            let query = query.split_once('?').map_or("", |(_, query)| query);
            let newest = size - 1;
            table = table.live(&t, format!("{}/live?after={newest}&{query}", K::PATH));
        }
        let older = listed.older.map(|idx| here.with("from", idx).without(&["open"]).to_string());
        let newer = wanted.before.map(|_| here.without(&["from", "open"]).to_string());
        let mut notes = Vec::new();
        if listed.cut {
            notes.push(t.say("logs-cut"));
        }
        if behind > 0 {
            notes.push(t.say1("logs-words-behind", "n", behind));
        }
        let filters = bar::filters(&t, &here, &wanted, &listed, &known).extra(menu);
        let drawer = open.map_or_else(Drawer::closed, |open| drawer::drawer(&t, &open, &here));
        let export = here.without(&["open", "from"]).to_string();
        let export = export.split_once('?').map_or("", |(_, query)| query).to_owned();
        let mut shell = shell.titled(title).at(tabs.first().map_or(K::PATH, |(path, _)| path));
        shell = shell.action(Button::link(t.say("logs-export"), format!("{}/export?{export}", K::PATH)));
        LogPage {
            tabs: tabs.into_iter().fold(Tabs::new(t.say("ui-nav-logs")), |all, (path, key)| {
                all.tab(t.say(key), path, path == K::PATH)
            }),
            strip: drawn(&t, &here, &bars, bar_seconds),
            filters,
            notes,
            table,
            pager: Pager::new(&t, newer, older).count(count(&t, &listed)),
            drawer,
            shell,
        }
    }
}

fn count(t: &Locale, listed: &Listed) -> String {
    match listed.older {
        Some(_) if listed.entries.len() == ENTRIES_A_PAGE => t.say1("logs-count-newest", "n", ENTRIES_A_PAGE),
        _ => t.say1("logs-count", "n", listed.entries.len()),
    }
}

/// The name of a log.
pub(in crate::logs) fn title(t: &Locale, log: Log) -> String {
    t.say(match log {
        Log::Access => "logs-access-title",
        Log::Change => "logs-changes-title",
        Log::Archive => "logs-archive-title",
    })
}

fn drawn(t: &Locale, here: &Address, bars: &[(Timestamp, Bars)], seconds: i64) -> Option<Strip> {
    let (first, last) = (bars.first()?, bars.last()?);
    let local = |at: Timestamp| t.zone.to_datetime(at.to_jiff()).strftime("%Y-%m-%dT%H:%M").to_string();
    let bar = |(at, counts): &(Timestamp, Bars)| {
        let end = at.plus_seconds(seconds.max(60));
        let href =
            here.without(&["time", "from", "open"]).with("since", local(*at)).with("until", local(end));
        Bar {
            href: href.to_string(),
            title: t.say_with(
                "logs-bar",
                &[
                    ("at", t.minute(at.to_jiff()).into()),
                    ("all", counts.all.into()),
                    ("bad", counts.bad.into()),
                ],
            ),
            all: counts.all.unsigned_abs(),
            bad: counts.bad.unsigned_abs(),
            chosen: false,
        }
    };
    let middle = bars.get(bars.len() / 2).map_or(first.0, |(at, _)| *at);
    let ticks = [first.0, middle, last.0.plus_seconds(seconds)].map(|at| t.minute(at.to_jiff()));
    Some(Strip::new(t.say("logs-strip"), bars.iter().map(bar).collect(), ticks.to_vec()))
}

impl gallery::Samples for LogPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, LogPage)> {
        super::list::samples::all(shell)
    }
}
gallery::page!("logs/list", LogPage);

#[path = "samples.rs"]
mod samples;
#[path = "telling.rs"]
mod telling;
pub(super) use samples::undo_samples;
