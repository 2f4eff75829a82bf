//! One entry by its index, and those of one request.

use super::Span;
use crate::logs::model::Entry;
use ::book::Log;
use kernel::{Reader, Result, Uuid, params, sql};

/// One entry of a log, if reach covers it.
///
/// # Errors
/// `NotFound` when there is none, or not for this reader.
pub fn entry(r: &mut Reader<'_>, log: Log, idx: i64) -> Result<Entry> {
    let find = sql!(
        "select e.idx, e.at, e.log, e.name, e.version, e.actor_kind, e.actor_id, e.on_behalf, e.subject_kind,
         e.subject_id, e.group_id, e.queue_id, e.request_id, e.stepped_back, w.body, s.body, c.body, y.body
         from entry e
         left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
         left join entry_part s on s.tenant_id = $tenant and s.idx = e.idx and s.part = 2
         left join entry_part c on c.tenant_id = $tenant and c.idx = e.idx and c.part = 3
         left join entry_part y on y.tenant_id = $tenant and y.idx = e.idx and y.part = 4
         where e.tenant_id = $tenant and e.idx = $idx and e.log = $log and (e.actor_id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = e.group_id)
             or (r.kind = 'queue' and r.scope_id = e.queue_id))))"
    );
    r.row(find, params! { idx: idx, log: i64::from(log.code()) })
}

/// The indexes of the entries that one request made, of any log and whoever sees them, newest first, at most so many.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn of_request(r: &mut Reader<'_>, request: Uuid, span: Span, most: usize) -> Result<Vec<i64>> {
    let look = sql!(
        "select /* system: an index says nothing of its entry */ idx from entry
         where tenant_id = $tenant and request_id = $request and idx >= $least and idx < $before
         order by idx desc limit $most"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let given = params! { request: request, least: span.least, before: span.before, most: most };
    Ok(r.rows::<(i64,)>(look, given)?.into_iter().map(|(idx,)| idx).collect())
}
