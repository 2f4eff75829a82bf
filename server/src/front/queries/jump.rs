//! What the jump box finds beside pages, settings, users, groups and queues: interactions and entries.

use crate::archive::model::InteractionId;
use kernel::{Reader, Result, Timestamp, from_row, params, sql};

/// The newest interactions that are searched by a part of their text; older ones are found on the archive's own page.
pub const MOST_SEARCHED: i64 = 2_000;

/// An interaction that was found.
#[derive(Clone, Debug)]
pub struct Met {
    /// Its id.
    pub id: InteractionId,
    /// When it began.
    pub started: Timestamp,
    /// The agent's name of then.
    pub agent: Option<String>,
    /// What it was about.
    pub subject: String,
}
from_row!(Met { id, started, agent, subject });

/// The interaction of that id, within reach.
///
/// # Errors
/// `NotFound` when there is none, or not for this reader.
pub fn interaction(r: &mut Reader<'_>, id: InteractionId) -> Result<Met> {
    let find = sql!(
        "select i.id, i.started_at, i.agent_name, i.subject from interaction i
         where i.tenant_id = $tenant and i.id = $id and (i.agent_id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all'
             or r.kind = 'group' and r.scope_id = i.group_id or r.kind = 'queue' and r.scope_id = i.queue_id)))"
    );
    r.row(find, params! { id: id })
}

/// Interactions within reach whose agent, subject or people hold this part, of the newest [`MOST_SEARCHED`].
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn interactions(r: &mut Reader<'_>, part: &str, most: i64) -> Result<Vec<Met>> {
    let list = sql!(
        "select i.id, i.started_at, i.agent_name, i.subject from (
           select id, started_at, agent_id, agent_name, subject, search, group_id, queue_id from interaction
           where tenant_id = $tenant order by started_at desc, id desc limit $searched) i
         where i.search like $pattern escape '\\' and (i.agent_id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all'
             or r.kind = 'group' and r.scope_id = i.group_id or r.kind = 'queue' and r.scope_id = i.queue_id)))
         order by i.started_at desc, i.id desc limit $most"
    );
    let mut pattern = String::from("%");
    for c in part.chars() {
        match c {
            '*' => pattern.push('%'),
            '%' | '_' | '\\' => pattern.extend(['\\', c]),
            other => pattern.push(other),
        }
    }
    pattern.push('%');
    r.rows(list, params! { pattern: pattern, searched: MOST_SEARCHED, most: most })
}

/// An entry's log and time.
#[derive(Clone, Debug)]
pub struct Place {
    /// The log's code.
    pub log: i64,
    /// When.
    pub at: Timestamp,
}
from_row!(Place { log, at });

/// Where the entry of that index stands, if reach covers it.
///
/// # Errors
/// `NotFound` when there is none, or not for this reader.
pub fn entry(r: &mut Reader<'_>, idx: i64) -> Result<Place> {
    let find = sql!(
        "select e.log, e.at from entry e
         where e.tenant_id = $tenant and e.idx = $idx and (e.actor_id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = e.group_id)
             or (r.kind = 'queue' and r.scope_id = e.queue_id))))"
    );
    r.row(find, params! { idx: idx })
}
