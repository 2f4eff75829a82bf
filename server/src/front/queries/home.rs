//! What Home asks. Every answer is bounded: by a limit, by an index that begins where the answer begins, or by both.

use crate::front::home::facts::TenantLine;
use crate::logs::index::walk::{self, Keys};
use crate::logs::queries::Span;
use kernel::{Reader, Result, Timestamp, UserId, Uuid, from_row, params, sql};

/// No count goes further than this; the page then says "or more".
pub const MOST_COUNTED: i64 = 500;
/// Own sign-ins that are looked at, newest first.
const MOST_OWN: i64 = 100;
/// Pieces of own work that are shown.
const MOST_WORK: i64 = 6;

/// How many, and the moment that matters: the newest or the nearest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many, at most [`MOST_COUNTED`].
    pub n: i64,
    /// Which moment; none when there are none.
    pub at: Option<Timestamp>,
}
from_row!(Amount { n, at });
from_row!(TenantLine { number, name, entries, last });

/// Files set aside since then, and when the newest was.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn aside(r: &mut Reader<'_>, since: Timestamp) -> Result<Amount> {
    let count = sql!(
        "select count(*), max(at) from (
           select at from set_aside where tenant_id = $tenant and at >= $since order by at desc limit $most) s"
    );
    r.row(count, params! { since: since, most: MOST_COUNTED })
}

/// Persons made since then who may come in and never have, within reach; and when the first of them was made.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn unseen(r: &mut Reader<'_>, since: Timestamp) -> Result<Amount> {
    let count = sql!(
        "select count(*), min(u.made_at) from (
           select id, group_id, made_at, state, kind from users where tenant_id = $tenant and made_at >= $since
           order by made_at desc limit $most) u
         left join user_activity a on a.tenant_id = $tenant and a.user_id = u.id
         where a.last_sign_in is null and u.state = 'active' and u.kind = 'person'
           and exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id)))"
    );
    r.row(count, params! { since: since, most: MOST_COUNTED })
}

/// A suspension that ends soon.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Who.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// When they may come in again.
    pub until: Timestamp,
}
from_row!(Ending { user, name, until });

/// Suspensions that end between now and then, within reach, the nearest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn ending(r: &mut Reader<'_>, until: Timestamp) -> Result<Vec<Ending>> {
    let list = sql!(
        "select u.id, u.name, u.suspended_until from users u
         where u.tenant_id = $tenant and u.suspended_from is not null and u.suspended_until > $now and u.suspended_until <= $until
           and u.suspended_from <= $now and u.state = 'active'
           and exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id)))
         order by u.suspended_until limit $most"
    );
    r.rows(list, params! { until: until, most: MOST_COUNTED })
}

/// Links that were handed out: still to be used, and run out unused.
#[derive(Clone, Copy, Debug, Default)]
pub struct Links {
    /// How many still work.
    pub open: i64,
    /// When the first of those runs out.
    pub until: Option<Timestamp>,
    /// How many ran out since, and nothing came after them.
    pub over: i64,
    /// When the last of those did.
    pub over_at: Option<Timestamp>,
}
from_row!(Links { open, until, over, over_at });

/// Links for a password to users within reach, those that ran out since then included.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn links(r: &mut Reader<'_>, since: Timestamp) -> Result<Links> {
    let count = sql!(
        "select count(*) filter (where l.until > $now), min(case when l.until > $now then l.until end),
           count(*) filter (where l.until <= $now), max(case when l.until <= $now then l.until end)
         from password_link l join users u on u.tenant_id = l.tenant_id and u.id = l.user_id
         where l.tenant_id = $tenant and l.until >= $since and u.state = 'active'
           and not exists (select 1 from password p where p.tenant_id = $tenant and p.user_id = l.user_id and p.set_at >= l.made_at)
           and not exists (select 1 from password_link n where n.tenant_id = $tenant and n.user_id = l.user_id and n.made_at > l.made_at)
           and exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id)))"
    );
    r.row(count, params! { since: since })
}

/// Keys of programs that stop working between now and then, and when the first does.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn expiring(r: &mut Reader<'_>, until: Timestamp) -> Result<Amount> {
    let count = sql!(
        "select count(*), min(k.until) from api_key k
         join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
         where k.tenant_id = $tenant and k.until > $now and k.until <= $until
           and (k.owner_id = $actor or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))"
    );
    r.row(count, params! { until: until })
}

/// When the newest check of the book ended, if it was not well since then.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn failed_check(r: &mut Reader<'_>, kind: &str, since: Timestamp) -> Result<Option<Timestamp>> {
    let newest = sql!(
        "select state, changed_at from job where tenant_id = $tenant and state in ('done', 'failed') and made_at >= $since
         and kind = $kind order by made_at desc limit 1"
    );
    let newest: Option<(String, Timestamp)> = r.maybe(newest, params! { kind: kind, since: since })?;
    Ok(newest.filter(|(state, _)| state == "failed").map(|(_, at)| at))
}

/// Long work of who asks.
#[derive(Clone, Debug)]
pub struct OwnWork {
    /// Its id.
    pub id: Uuid,
    /// What kind.
    pub kind: String,
    /// Where it stands.
    pub state: String,
    /// How much is done.
    pub done: i64,
    /// Of how much.
    pub total: i64,
    /// When it last moved.
    pub at: Timestamp,
    /// The upload that it is made from, if of users.
    pub upload: Option<Uuid>,
}
from_row!(OwnWork { id, kind, state, done, total, at, upload });

/// Own work that goes on, and what was stopped or failed since then, the newest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own_work(r: &mut Reader<'_>, since: Timestamp) -> Result<Vec<OwnWork>> {
    let list = sql!(
        "select j.id, j.kind, j.state, j.done, j.total, j.changed_at, u.id from job j
         left join user_import u on u.tenant_id = $tenant and u.owner_id = $actor and u.job_id = j.id
         where j.tenant_id = $tenant and j.owner_id = $actor
           and j.state in ('waiting', 'going', 'stopped', 'failed') and j.made_at >= $since
         order by j.made_at desc limit $most"
    );
    r.rows(list, params! { since: since, most: MOST_WORK })
}

/// When the entry of that index was made.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn entry_at(r: &mut Reader<'_>, idx: i64) -> Result<Option<Timestamp>> {
    let find = sql!(
        "select /* system: a time says nothing of its entry */ at from entry where tenant_id = $tenant and idx = $idx"
    );
    Ok(r.maybe::<(Timestamp,)>(find, params! { idx: idx })?.map(|(at,)| at))
}

/// Sign-ins in the name of who asks that were refused, of the entries from an index on; and when the last was.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own_refused(r: &mut Reader<'_>, own: i64, refused: i64, least: i64) -> Result<Amount> {
    let keys = Keys::of(vec![own, refused], None);
    let span = Span { least, before: i64::MAX };
    let found = walk::newest(r, book::Log::Access, &keys, span, MOST_OWN as usize)?;
    let last = found.first().map_or(Ok(None), |idx| entry_at(r, *idx))?;
    Ok(Amount { n: found.len() as i64, at: last })
}

/// Which of the first steps are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// There is a group beside those one begins with.
    pub group: bool,
    /// There is a user beside the first.
    pub user: bool,
    /// There is an interaction.
    pub interaction: bool,
}
from_row!(Steps { group, user, interaction });

/// How far a new customer has come.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn steps(r: &mut Reader<'_>) -> Result<Steps> {
    let find = sql!(
        "select /* system: whether there is anything at all */
           cast(case when exists (select 1 from user_groups where tenant_id = $tenant and kind = 'agents') then 1 else 0 end as bigint),
           cast(case when (select count(*) from (select id from users where tenant_id = $tenant limit 2) u) = 2 then 1 else 0 end as bigint),
           cast(case when exists (select 1 from interaction where tenant_id = $tenant) then 1 else 0 end as bigint)"
    );
    r.row(find, params! {})
}

/// A customer and the size of its book, for the operator's own page.
///
/// # Errors
/// `NotFound` while it is being made.
pub fn tenant_line(r: &mut Reader<'_>) -> Result<TenantLine> {
    let find = sql!(
        "select t.tenant_id, t.name, coalesce(b.size, 0), b.last_at from tenants t
         left join book b on b.tenant_id = t.tenant_id where t.tenant_id = $tenant"
    );
    r.row(find, params! {})
}
