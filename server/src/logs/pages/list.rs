//! `GET /logs/access`, `/logs/changes`, `/logs/archive`

use super::menus::{Known, is_of_people};
use super::{bar, drawer, line, strip};
use crate::App;
use crate::archive::queries as archived;
use crate::front::{answer, navigation, undoing};
use crate::logs::counting::{self, Counted};
use crate::logs::index::walk::MAX_REST_ENTRIES;
use crate::logs::listing::{self, ENTRIES_A_PAGE, Listed, Wanted};
use crate::logs::queries;
use crate::logs::saved::page::Page;
use crate::logs::undoing::Plan;
use crate::logs::{ExportLogs, Kind, asked, reading};
use crate::ui::facts::Drawer;
use crate::ui::filter::Filters;
use crate::ui::picture::Strip;
use crate::ui::state::{Button, Empty, Tabs};
use crate::ui::table::{ColumnMenu, Pager, Table};
use crate::ui::{Address, Locale, Shell, gallery};
use crate::users::pages::sheet;
use crate::users::queries::{self as people, UserFilter};
use ::book::Log;
use askama::Template;
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Access, Grant, Reader, Result, UserId, Uuid};
use std::collections::HashMap;

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
    strip_notes: Vec<String>,
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
    counts: Counted,
    open: Option<Open>,
    behind: i64,
    size: i64,
    tabs: Vec<(&'static str, &'static str)>,
    known: Known,
    exports: bool,
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
    let shell = sheet::done(shell, &ask, &["logs-done-saved"]);
    let shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    answer::page(&LogPage::new::<K>(shell, facts))
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
    let counts = counting::counted(r, &wanted)?;
    let (sealed, size) = queries::sealed(r)?;
    let behind = if size - sealed > MAX_REST_ENTRIES { size - sealed } else { 0 };
    let known = known(r, &wanted, &here)?;
    let exports = r.access().may::<ExportLogs>();
    Ok(Facts { wanted, here, listed, counts, open, behind, size, tabs, known, exports })
}

/// Groups and queues to choose from, the names of what is chosen, and who fits what is sought.
fn known(r: &mut Reader<'_>, wanted: &Wanted, here: &Address) -> Result<Known> {
    let saved = queries::saved::all_of_page(r, Page::Log(wanted.log))?;
    let mut known = Known { saved, ..places(r)? };
    known.names = names(r, wanted)?;
    for facet in asked::facets(wanted.log).iter().copied().filter(|facet| is_of_people(facet)) {
        if let Some(text) = here.get(&format!("find-{facet}")).filter(|text| !text.trim().is_empty()) {
            let filter =
                UserFilter { search: Some(text.to_owned()), most: MAX_SOUGHT_USERS, ..UserFilter::default() };
            let (found, _) = people::users(r, &filter)?;
            known.sought =
                Some((facet, found.into_iter().map(|user| (user.id.0, user.particulars.name)).collect()));
        }
    }
    Ok(known)
}

/// Groups and queues within reach.
pub(in crate::logs) fn places(r: &mut Reader<'_>) -> Result<Known> {
    let groups = archived::groups(r)?.into_iter().map(|(id, name)| (id.0, name)).collect();
    let queues = archived::queues(r)?.into_iter().map(|(id, name)| (id.0, name)).collect();
    Ok(Known { groups, queues, ..Known::default() })
}

/// The names of the people that are chosen, as far as the reader reaches them.
pub(in crate::logs) fn names(r: &mut Reader<'_>, wanted: &Wanted) -> Result<HashMap<Uuid, String>> {
    let mut names = HashMap::new();
    for (_, value) in wanted.facets.iter().filter(|(facet, _)| is_of_people(facet)) {
        let Ok(id) = Uuid::parse_str(value) else { continue };
        match people::user(r, UserId(id)) {
            Ok(user) => drop(names.insert(id, user.particulars.name)),
            Err(kernel::Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(names)
}

impl LogPage {
    fn new<K: Kind>(shell: Shell, facts: Facts) -> LogPage {
        let t = shell.t;
        let title = title(&t, K::LOG);
        let Facts { wanted, here, listed, counts, open, behind, size, tabs, known, exports } = facts;
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
        let mut shell = shell.titled(title).at(tabs.first().map_or(K::PATH, |(path, _)| path));
        if exports {
            let export = here.without(&["open", "from"]).to_string();
            let export = export.split_once('?').map_or("", |(_, query)| query);
            shell = shell.action(Button::link(t.say("logs-export"), format!("{}/export?{export}", K::PATH)));
        }
        LogPage {
            tabs: tabs.into_iter().fold(Tabs::new(t.say("ui-nav-logs")), |all, (path, key)| {
                all.tab(t.say(key), path, path == K::PATH)
            }),
            strip: strip::strip(&t, &here, &counts),
            strip_notes: strip::notes(&t, &counts),
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
