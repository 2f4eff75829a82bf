//! What stands below the lines: the first steps, the week's picture, oneself, and for the operator the customers.

use super::Show;
use super::counted::{Counted, Day};
use super::facts::{Facts, WEEKS};
use crate::ops::places::country_said;
use crate::signin::pages::tried::attempts;
use crate::ui::facts::{Facts as Named, Section};
use crate::ui::picture::{Bar, Heat, Strip};
use crate::ui::state::{Badge, Button, Tabs, Tone};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Address, Html, Locale};
use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;

/// Rights that are named; of more it is said how many.
const RIGHTS_NAMED: usize = 6;

/// Every part for who reads, in order.
pub(super) fn parts(t: &Locale, facts: &Facts, counted: Option<&Counted>, show: Show) -> Vec<Html> {
    let mut parts = Vec::new();
    if let Some(counted) = counted.filter(|counted| !counted.days.is_empty()) {
        parts.push(sign_ins(t, facts, counted, show).into());
    }
    parts.push(own(t, facts).into());
    parts
}

/// Parts that take the whole width.
pub(super) fn broad(t: &Locale, facts: &Facts) -> Vec<Html> {
    [steps(t, facts), tenants(t, facts), interactions(t, facts), tried(t, facts)]
        .into_iter()
        .flatten()
        .map(Html::from)
        .collect()
}

/// The first steps, one after another.
#[derive(Template)]
#[template(
    source = r#"<ol class="watch steps">{% for (n, text, step) in steps %}<li><span class="quiet num">{{ n }}</span><p>{{ text }}</p>{{ step }}</li>{% endfor %}</ol>"#,
    ext = "html"
)]
struct Steps {
    steps: Vec<(String, String, Html)>,
}

/// What a new customer does first; nothing once all is done.
fn steps(t: &Locale, facts: &Facts) -> Option<Section> {
    let done = facts.steps?;
    let may = facts.may;
    let steps = [
        (may.groups, done.group, "home-first-group", "/groups/new"),
        (may.manage, done.user, "home-first-user", "/users/new"),
        (may.import, done.interaction, "home-first-interaction", "/archive/import"),
    ];
    let steps: Vec<_> = steps.into_iter().filter(|(may, ..)| *may).collect();
    if steps.iter().all(|(_, done, ..)| *done) {
        return None;
    }
    let next = steps.iter().position(|(_, done, ..)| !done);
    let mut said = Vec::new();
    for (n, (_, done, key, href)) in steps.into_iter().enumerate() {
        let step: Html = if done {
            Badge::new(Tone::Ok, t.say("home-first-done")).into()
        } else {
            let button = Button::link(t.say(&format!("{key}-do")), href);
            if next == Some(n) { button.primary().into() } else { button.into() }
        };
        said.push((t.number(n + 1), t.say(key), step));
    }
    let steps = Html::of(&Steps { steps: said });
    Some(Section::new(t.say("home-first")).lead(t.say("home-first-lead")).with(steps))
}

/// Days as bars, the week as a picture.
fn sign_ins(t: &Locale, facts: &Facts, counted: &Counted, show: Show) -> Section {
    let count = |day: &Day| if show == Show::Refused { day.bad } else { day.good + day.bad };
    let counts = counted.week.map(|hours| hours.map(|day| count(&day).unsigned_abs()));
    let label = t.say(if show == Show::Refused { "home-week-refused" } else { "home-week" });
    let mut heat = Heat::new(*t, label, counts);
    let (begin, end, weekends) = facts.work_hours;
    if begin < end {
        for day in 0..if weekends { 7 } else { 5 } {
            heat = heat.work(day, begin..end);
        }
    }
    let tabs = Tabs::new(t.say("home-week-choose")).tab(t.say("home-show-all"), "/", show == Show::All).tab(
        t.say("home-show-refused"),
        "/?show=refused",
        show == Show::Refused,
    );
    Section::new(t.say("home-sign-ins"))
        .id("sign-ins")
        .lead(t.say("home-week-lead"))
        .with(strip(t, counted))
        .with(tabs)
        .with(heat)
}

fn strip(t: &Locale, counted: &Counted) -> Strip {
    let days: Vec<Date> =
        (0..WEEKS * 7).rev().filter_map(|back| counted.today.checked_sub(back.days()).ok()).collect();
    let bar = |date: &Date| {
        let day = counted.days.get(date).copied().unwrap_or_default();
        let next = date.tomorrow().unwrap_or(*date);
        let href = Address::new("/logs/access")
            .with("since", format!("{date}T00:00"))
            .with("until", format!("{next}T00:00"));
        let said = [
            ("day", date_said(t, *date).into()),
            ("all", (day.good + day.bad).into()),
            ("bad", day.bad.into()),
        ];
        Bar {
            href: href.to_string(),
            title: t.say_with("home-bar", &said),
            all: (day.good + day.bad).unsigned_abs(),
            bad: day.bad.unsigned_abs(),
            chosen: false,
            unknown: false,
        }
    };
    let ticks = [days.first(), days.get(days.len() / 2), days.last()];
    let ticks = ticks.into_iter().flatten().map(|date| date_said(t, *date)).collect();
    Strip::new(t.say("home-strip"), days.iter().map(bar).collect(), ticks)
}

fn date_said(t: &Locale, date: Date) -> String {
    date.to_zoned(t.zone.clone()).map(|at| t.date(at.timestamp())).unwrap_or_default()
}

/// This session, the others, and who tried to come in under one's name.
fn own(t: &Locale, facts: &Facts) -> Section {
    let mut named = Named::new();
    if let Some(this) = facts.sessions.iter().find(|s| Some(s.id) == facts.session) {
        let country = country_said(t, &this.country);
        let from = [this.browser.as_str(), this.system.as_str(), this.address.as_str(), country.as_str()];
        let from: Vec<&str> = from.into_iter().filter(|word| !word.is_empty()).collect();
        named = named
            .fact(t.say("home-own-since"), t.when_ago(this.made_at.to_jiff(), facts.now.to_jiff()))
            .fact(t.say("home-own-from"), from.join(" · ").as_str());
    }
    let others = facts.sessions.iter().filter(|s| Some(s.id) != facts.session).count();
    named = named
        .fact(t.say("home-own-others"), Cell::link(&t.say1("home-own-others-n", "n", others), "/me").html());
    if facts.refused.n == 0 {
        named = named.fact(t.say("home-own-refusals"), t.say("home-own-refusals-none").as_str());
    }
    if !facts.group.is_empty() {
        named = named
            .fact(t.say("home-own-group"), facts.group.as_str())
            .fact(t.say("home-own-may"), may(t, facts));
    }
    Section::new(t.say("home-own")).with(named)
}

/// What one may do: the rights by name while they are few, else how many.
fn may(t: &Locale, facts: &Facts) -> String {
    match facts.rights.as_slice() {
        [] => t.say("home-own-may-nothing"),
        few if few.len() <= RIGHTS_NAMED => {
            few.iter().map(|key| t.setting(key)).collect::<Vec<_>>().join(" · ")
        }
        many => t.say1("home-own-may-n", "n", many.len()),
    }
}

/// Who tried to come in in one's name, for who reads no log: the newest.
fn tried(t: &Locale, facts: &Facts) -> Option<Section> {
    let all = Cell::link(&t.say("home-tried-all"), "/me#tried").html();
    (!facts.tried.is_empty()).then(|| attempts(t, &facts.tried).action(all))
}

/// One's own newest interactions.
fn interactions(t: &Locale, facts: &Facts) -> Option<Section> {
    if facts.interactions.is_empty() {
        return None;
    }
    let columns = vec![
        Column::tight("started", t.say("archive-started")),
        Column::new("customer", t.say("archive-customer")),
        Column::long("subject", t.say("archive-subject")),
    ];
    let row = |one: &crate::archive::queries::ListRow| {
        let cells = vec![
            t.when(one.started.to_jiff()).into(),
            Cell::maybe(one.customer.as_deref()),
            Cell::maybe(Some(one.subject.as_str())),
        ];
        Row::new(one.id.to_string(), cells).to(format!("/archive/{}", one.id))
    };
    let title = t.say("home-interactions");
    let table = Table::new("own-interactions", title.clone(), columns);
    let table = table.rows(facts.interactions.iter().map(row).collect());
    Some(Section::new(title).with(table))
}

/// For the operator: who there is.
fn tenants(t: &Locale, facts: &Facts) -> Option<Section> {
    if facts.tenants.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("name", t.say("home-tenant")),
        Column::number("number", t.say("home-tenant-number")),
        Column::number("entries", t.say("home-tenant-entries")),
        Column::tight("last", t.say("home-tenant-last")),
    ];
    let row = |one: &super::facts::TenantLine| {
        let last = one.last.map_or_else(Cell::none, |at| t.when(at.to_jiff()).into());
        let cells = vec![
            one.name.as_str().into(),
            one.number.to_string().as_str().into(),
            t.number(one.entries).as_str().into(),
            last,
        ];
        Row::new(one.number.to_string(), cells)
    };
    let title = t.say("home-tenants");
    let table = Table::new("tenants", title.clone(), columns);
    Some(Section::new(title).with(table.rows(facts.tenants.iter().map(row).collect())))
}
