//! Home: is anything wrong, since when, what shall I do.
//!
//! - The title is the answer. Below it a line for each thing, the worst first, each with its time and one step.
//! - Everybody sees what their rights and reach show, and oneself; who sees nothing of the centre sees only that.
//! - Every part is bounded ([`facts`]), so that the page costs the same with ten million entries as with ten.

pub mod counted;
pub mod facts;
pub mod lines;
mod parts;
mod samples;

use super::answer;
use crate::App;
use crate::logs::hours::{WORK_AT_WEEKENDS, WORK_BEGINS, WORK_ENDS};
use crate::logs::{book::heads, retention};
use crate::ui::state::Tone;
use crate::ui::{Html, Shell, gallery};
use askama::Template;
use axum::response::Response;
use counted::Counted;
use facts::{Facts, May, TenantLine};
use kernel::door::Ask;
use kernel::policy::{Machine, Person};
use kernel::{Access, Grant, Result};
use lines::Line;

/// Customers that are listed for the operator.
const MAX_TENANTS_LISTED: usize = 50;

/// The page.
#[derive(Template)]
#[template(path = "front/home.html")]
pub struct Home {
    /// The frame.
    pub shell: Shell,
    lead: String,
    lines: Vec<Line>,
    broad: Vec<Html>,
    parts: Vec<Html>,
}

/// What the picture of the week shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Good and refused sign-ins.
    #[default]
    All,
    /// Refused ones.
    Refused,
}

impl Home {
    /// The page.
    #[must_use]
    pub fn new(shell: Shell, facts: &Facts, show: Show) -> Home {
        let t = shell.t;
        let counted = facts.may.access.then(|| Counted::of(&t, facts.now, &facts.hours));
        let lines = lines::lines(&t, facts, counted.as_ref());
        let urgent = lines.iter().filter(|line| matches!(line.tone, Tone::Bad | Tone::Warn));
        let n = urgent.clone().count();
        let first = urgent.filter_map(|line| line.at).filter(|at| *at <= facts.now).min();
        let title = if n == 0 { t.say("home-well") } else { t.say1("home-wrong", "n", n) };
        let now = t.minute(facts.now.to_jiff());
        let lead = match first {
            Some(at) => {
                t.say_with("home-since", &[("at", t.minute(at.to_jiff()).into()), ("now", now.into())])
            }
            None => t.say1("home-now", "now", now),
        };
        let parts = parts::parts(&t, facts, counted.as_ref(), show);
        Home { shell: shell.titled(title).at("/"), lead, lines, broad: parts::broad(&t, facts), parts }
    }
}

/// `GET /?show=refused`
pub async fn home(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let access: &Access = grant.access();
    let show = if ask.query().get("show") == Some("refused") { Show::Refused } else { Show::All };
    let may = May::of(access);
    let mut facts = grant.read(&app.store, move |r| facts::look(r, may)).await?;
    facts.writable = app.store.writable();
    facts.work_hours = work_hours(access);
    if may.book {
        facts.forgetting = retention::coming(access, &facts.now, grant.read(&app.store, facts::began).await?);
    }
    if access.tenant() == app.gate.operator() && may.book {
        facts.tenants = tenants(&app).await?;
        let state = app.ready.state();
        facts.unwell = state.parts.into_iter().filter(|(_, reason)| *reason != "ok").collect();
    }
    answer::page(&Home::new(shell, &facts, show))
}

fn work_hours(access: &Access) -> (u8, u8, bool) {
    let hour = |setting| access.setting(setting).as_u64().and_then(|h| u8::try_from(h).ok()).unwrap_or(0);
    (hour(&WORK_BEGINS), hour(&WORK_ENDS), access.setting(&WORK_AT_WEEKENDS).as_bool().unwrap_or(false))
}

/// Every customer with the size of its book: the operator sees that there is one, not what stands in it.
async fn tenants(app: &App) -> Result<Vec<TenantLine>> {
    let mut all = app.gate.all().await?;
    all.retain(|tenant| *tenant != app.gate.operator());
    all.truncate(MAX_TENANTS_LISTED);
    let mut lines = Vec::with_capacity(all.len());
    for tenant in all {
        let grant: Grant<Machine> = heads::machine(app, tenant, "home").grant()?;
        lines.push(grant.read(&app.store, super::queries::tenant_line).await?);
    }
    Ok(lines)
}

impl gallery::Samples for Home {
    fn samples(shell: &Shell) -> Vec<(&'static str, Home)> {
        samples::all(shell)
    }
}
gallery::page!("front/home", Home);
