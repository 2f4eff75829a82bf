//! What a page of a log costs: the newest fifty with each kind of filter, for one who sees all and for one who sees
//! little, and the page with the entry that says it was read.

use super::gauge::Times;
use super::portal::Portal;
use super::report::{Report, Row};
use super::town::{Person, Town};
use super::{Asked, visit};
use crate::App;
use crate::logs::asked::facets;
use crate::logs::listing::{self, Wanted};
use crate::logs::model::Entry;
use crate::logs::words::Pattern;
use crate::logs::{Kind, ReadAccessLog, ReadArchiveLog, ReadChangeLog};
use ::book::Log;
use kernel::{Error, Grant, Result, Timestamp};
use std::collections::BTreeMap;
use tokio::time::Instant;

/// Times that one list is asked for in one run.
const ASKED_TIMES: usize = 20;
/// Entries that values for filters are taken from.
const LOOKED_AT_ENTRIES: usize = 50;

/// One list that is asked for.
struct Case {
    name: String,
    wanted: Wanted,
    query: String,
    search: bool,
}

/// Measures the three logs.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn measure(app: &App, town: &Town, asked: &Asked, report: &mut Report) -> Result<()> {
    let portal = Portal::open(app).await?;
    for (who, person) in [("all", &town.auditor), ("little", &town.reader)] {
        let mut total = Totals::default();
        log::<ReadAccessLog>(app, town, asked, &portal, (who, person), &mut total).await?;
        log::<ReadChangeLog>(app, town, asked, &portal, (who, person), &mut total).await?;
        log::<ReadArchiveLog>(app, town, asked, &portal, (who, person), &mut total).await?;
        total.tell(who, report);
    }
    Ok(())
}

/// Percentiles over all cases, and each case's own.
#[derive(Default)]
struct Totals {
    rows: Vec<Row>,
    queries: Vec<Times>,
    searches: Vec<Times>,
    pages: Vec<Times>,
}

impl Totals {
    fn tell(self, who: &str, report: &mut Report) {
        for (name, all, bound) in
            [("query", &self.queries, 10.0), ("search", &self.searches, 100.0), ("page", &self.pages, 30.0)]
        {
            let of = |percent| all.iter().map(|t| t.percentile(percent)).collect::<Vec<f64>>();
            report.add(Row::of(format!("log-{name}-{who}-p50"), &of(50), "ms"));
            report.add(Row::of(format!("log-{name}-{who}-p99"), &of(99), "ms").at_most(bound));
        }
        self.rows.into_iter().for_each(|row| report.add(row));
    }
    fn run(all: &mut Vec<Times>, run: usize) -> &mut Times {
        while all.len() <= run {
            all.push(Times::default());
        }
        // The loop above has made it.
        let last = all.len() - 1;
        &mut all[run.min(last)]
    }
}

async fn log<K: Kind>(
    app: &App,
    town: &Town,
    asked: &Asked,
    portal: &Portal,
    (who, person): (&str, &Person),
    total: &mut Totals,
) -> Result<()> {
    let access = visit::come_in(app, town, person).await?;
    let grant: Grant<K> = access.grant()?;
    let mut visitor = portal.as_person(app, town, person).await?;
    let newest = grant.read(&app.store, |r| listing::list(r, &Wanted::all(K::LOG))).await?;
    for (n, case) in cases(K::LOG, &newest.entries).into_iter().enumerate() {
        let mut own = Times::default();
        for run in 0..asked.runs {
            for time in 0..asked.times(ASKED_TIMES) {
                let wanted = case.wanted.clone();
                let began = Instant::now();
                grant.read(&app.store, move |r| listing::list(r, &wanted)).await?;
                let took = began.elapsed();
                own.add(took);
                let all = if case.search { &mut total.searches } else { &mut total.queries };
                Totals::run(all, run).add(took);
                if time % 4 == 0 && !case.search {
                    // A moment of its own makes each view a new one, so that it is an entry.
                    let moment = format!("2001-01-01T{:02}:{:02}:{:02}Z", n % 24, run % 60, time % 60);
                    let path = format!("{}?since={moment}{}", K::PATH, case.query);
                    let page = visitor.get(&path).await?;
                    if page.status != 200 {
                        return Err(Error::broken(format!("{path} answered {}", page.status)));
                    }
                    Totals::run(&mut total.pages, run).add(page.took);
                }
            }
        }
        let name = format!("log-{}-{who}-{}", K::LOG.name(), case.name);
        let bound = if case.search { 100.0 } else { 10.0 };
        total.rows.push(Row::new(name, own.percentile(99), "ms").at_most(bound));
    }
    Ok(())
}

/// Every kind of list: plain, each filter with a frequent value, several, none that fits, times, words.
fn cases(log: Log, newest: &[Entry]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |name: &str, change: &dyn Fn(&mut Wanted), query: String| {
        let mut wanted = Wanted::all(log);
        change(&mut wanted);
        let search = wanted.pattern.is_some();
        cases.push(Case { name: name.to_owned(), wanted, query, search });
    };
    add("plain", &|_| (), String::new());
    let values = values(log, newest);
    for (facet, value) in &values {
        let one = (facet.clone(), value.clone());
        add(facet, &|w| w.facets.push(one.clone()), format!("&{facet}={}", encoded(value)));
    }
    let two: Vec<(String, String)> = values
        .iter()
        .filter(|(f, _)| ["name", "system"].contains(&f.as_str()))
        .map(|(f, v)| (f.clone(), v.clone()))
        .collect();
    let query: String = two.iter().map(|(f, v)| format!("&{f}={}", encoded(v))).collect();
    add("two", &|w| w.facets.clone_from(&two), query);
    let nowhere = || ("address".to_owned(), "203.0.113.99".to_owned());
    add("none", &|w| w.facets.push(nowhere()), "&address=203.0.113.99".to_owned());
    let apart = [("country", "private"), ("system", "iOS"), ("way", "command")];
    let apart: Vec<(String, String)> =
        apart.iter().map(|(f, v)| ((*f).to_owned(), (*v).to_owned())).collect();
    add("never-together", &|w| w.facets.clone_from(&apart), "&system=iOS&way=command".to_owned());
    if let Some(last) = newest.last() {
        let until = Timestamp(last.at.0 - 3_600_000_000);
        add("until", &|w| w.until = Some(until), String::new());
        add("older", &|w| w.before = Some(last.idx / 2), String::new());
    }
    for (name, typed) in [
        ("search-name", "karlsson"),
        ("search-rare", "p0017"),
        ("search-none", "qqqxyz"),
        ("search-one", "å"),
        ("search-two", "ka"),
    ] {
        add(name, &|w| w.pattern = Pattern::parse(typed), String::new());
    }
    cases
}

fn encoded(value: &str) -> String {
    percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// For each filter of a log a value that the newest entries have.
fn values(log: Log, newest: &[Entry]) -> Vec<(String, String)> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for entry in newest.iter().take(LOOKED_AT_ENTRIES) {
        let mut say = |facet: &str, value: String| {
            if !value.is_empty() && facets(log).contains(&facet) {
                found.entry(facet.to_owned()).or_insert(value);
            }
        };
        for facet in [
            "typed", "method", "result", "reason", "way", "address", "country", "network", "browser",
            "system",
        ] {
            say(facet, Entry::text(&entry.who, facet).to_owned());
        }
        say("name", entry.name.clone());
        say("group", entry.group.map(|g| g.to_string()).unwrap_or_default());
        if !entry.actor.is_nil() {
            say("actor", entry.actor.to_string());
        }
        if !entry.subject.is_nil() {
            say("subject", entry.subject.to_string());
            if entry.subject_kind == "user" {
                say("user", entry.subject.to_string());
            }
        }
    }
    found.into_iter().collect()
}
