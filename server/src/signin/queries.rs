//! What is asked about passwords, sessions and keys.

use super::model::{Arrival, SessionRow};
use crate::logs::index::walk::{self, Keys};
use crate::logs::queries::Span;
use kernel::facet::{self, fold};
use kernel::{GroupId, Reader, Result, SessionId, Timestamp, UserId, params, sql};

/// The user whom a typed name means: a user name before a mail address.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn arrival(r: &mut Reader<'_>, typed: &str) -> Result<Option<Arrival>> {
    let find = sql!(
        "select u.id, u.group_id, u.name, u.state, t.state,
         cast(case when u.suspended_from <= $now and (u.suspended_until is null or u.suspended_until > $now)
         then 1 else 0 end as bigint), p.hash
         from users u join tenants t on t.tenant_id = u.tenant_id
         left join password p on p.tenant_id = u.tenant_id and p.user_id = u.id
         where u.tenant_id = $tenant /* system: nobody has come in yet */
         and (u.user_name_folded = $typed or u.mail_folded = $typed)
         order by case when u.user_name_folded = $typed then 0 else 1 end limit 1"
    );
    r.maybe(find, params! { typed: fold(typed) })
}

/// The sessions of a user, last used first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn sessions(r: &mut Reader<'_>, user: UserId) -> Result<Vec<SessionRow>> {
    let list = sql!(
        "select id, made_at, seen_at, method, address, country, browser, system from session
         where tenant_id = $tenant and user_id = $user order by seen_at desc, id"
    );
    r.rows(list, params! { user: user })
}

/// How many sessions there are in the tenant, and of how many people.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn session_count(r: &mut Reader<'_>) -> Result<(i64, i64)> {
    let count = sql!("select count(*), count(distinct user_id) from session where tenant_id = $tenant");
    r.row(count, params! {})
}

/// A session that may be over.
pub struct Quiet {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// That one's group.
    pub group: GroupId,
    /// That one's name.
    pub name: String,
    /// When it began.
    pub made_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// Whether the user has settings of their own.
    pub own: bool,
    /// Whether the user may not be here now.
    pub out: bool,
}
kernel::from_row!(Quiet { id, user, group, name, made_at, seen_at, own, out });

/// Sessions in the order of their ids, for the work that ends those which are over.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn quiet_sessions(r: &mut Reader<'_>, after: Option<SessionId>, most: usize) -> Result<Vec<Quiet>> {
    let list = sql!(
        "select /* system: every session has its limits */ s.id, s.user_id, u.group_id, u.name, s.made_at, s.seen_at,
         cast(case when exists (select 1 from setting_value v where v.tenant_id = $tenant and v.level = 'user' and v.holder = s.user_id)
         then 1 else 0 end as bigint),
         cast(case when u.state <> 'active' or (u.suspended_from <= $now and (u.suspended_until is null or u.suspended_until > $now))
         then 1 else 0 end as bigint)
         from session s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
         where s.tenant_id = $tenant {after| and s.id > $after} order by s.id limit $most"
    );
    r.rows(list, params! { most: most as i64 }.filter("after", after))
}

/// Links that ran out before a moment and were not used: whose, and when.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn links_over(r: &mut Reader<'_>, before: Timestamp, most: usize) -> Result<Vec<(UserId, Timestamp)>> {
    let list = sql!(
        "select user_id, until from password_link where tenant_id = $tenant and until < $before
         order by token_hash limit $most"
    );
    r.rows(list, params! { before: before, most: most as i64 })
}

/// One attempt to come in, as its entry tells of it.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Its place in the book.
    pub idx: i64,
    /// When.
    pub at: Timestamp,
    /// The event.
    pub name: String,
    /// The particulars, JSON; nothing where they have been erased.
    pub who: Option<String>,
}
kernel::from_row!(Tried { idx, at, name, who });

/// Entries of one page of one's own attempts.
pub const TRIED_A_PAGE: usize = 20;
/// Entries that one page of one's own attempts looks at.
const LOOKED_AT_ENTRIES: usize = 500;

/// Attempts to come in by the actor, and by anybody in the actor's name: newest first, and where the page after goes on.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own_attempts(r: &mut Reader<'_>, before: Option<i64>) -> Result<(Vec<Tried>, Option<i64>)> {
    let user = r.access().actor().user().ok_or(kernel::Error::SignedOut)?;
    let list = sql! {
        sqlite: "select /* system: only attempts of oneself and in the own name */ e.idx, e.at, e.name, w.body
            from json_each($list) f
            cross join entry e on e.tenant_id = $tenant and e.idx = f.value
            cross join entry_facet k on k.tenant_id = $tenant and k.idx = e.idx
            left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
            where (e.subject_id = $actor or e.actor_id = $actor)
            and e.name in ('sign-in.accepted', 'sign-in.refused', 'link.used', 'link.refused')
            order by e.idx desc limit $limit",
        postgres: "select /* system: only attempts of oneself and in the own name */ e.idx, e.at, e.name, w.body
            from unnest(cast(string_to_array(translate(cast($list as text), '[]', ''), ',') as bigint[])) f(value)
            join entry e on e.tenant_id = $tenant and e.idx = f.value
            join entry_facet k on k.tenant_id = $tenant and k.idx = e.idx
            left join entry_part w on w.tenant_id = $tenant and w.idx = e.idx and w.part = 1
            where (e.subject_id = $actor or e.actor_id = $actor)
            and e.name in ('sign-in.accepted', 'sign-in.refused', 'link.used', 'link.refused')
            order by e.idx desc limit $limit",
    };
    let key = facet::key(book::Log::Access, "user", &user.to_string());
    let span = Span { least: 0, before: before.unwrap_or(i64::MAX) };
    let keys = Keys::of(vec![key], None);
    let indexes = walk::newest(r, book::Log::Access, &keys, span, LOOKED_AT_ENTRIES)?;
    let limit = TRIED_A_PAGE as i64 + 1;
    let given = params! { list: serde_json::json!(indexes).to_string(), limit: limit };
    let mut found: Vec<Tried> = r.rows(list, given)?;
    let more = found.len() > TRIED_A_PAGE;
    found.truncate(TRIED_A_PAGE);
    let next = found.last().filter(|_| more).map(|tried| tried.idx);
    Ok((found, next))
}

/// The stored hash of a user's password.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn hash(r: &mut Reader<'_>, user: UserId) -> Result<Option<String>> {
    let find = sql!("select hash from password where tenant_id = $tenant and user_id = $user");
    Ok(r.maybe::<(String,)>(find, params! { user: user })?.map(|(hash,)| hash))
}

/// The user of a link that still works.
pub struct LinkHolder {
    /// Whose password it sets.
    pub user: UserId,
    /// What that one signs in by.
    pub user_name: String,
    /// What that one is called.
    pub name: String,
    /// The tenant's name.
    pub tenant: String,
    /// `set-up` or `reset`.
    pub purpose: String,
    /// The user's own language, else the tenant's.
    pub language: String,
}
kernel::from_row!(LinkHolder { user, user_name, name, tenant, purpose, language });

/// The user of a link whose time is over, or who may not be here.
#[derive(Clone, Debug)]
pub struct StaleLink {
    /// Whose password it would have set.
    pub user: UserId,
    /// That one's group.
    pub group: GroupId,
    /// What that one is called.
    pub name: String,
}
kernel::from_row!(StaleLink { user, group, name });

/// Who may set a password by this link now; else whom it was made for, if it has not been used.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn link(r: &mut Reader<'_>, token: [u8; 32]) -> Result<(Option<LinkHolder>, Option<StaleLink>)> {
    let find = sql!(
        "select u.id, u.user_name, u.name, t.name, l.purpose, coalesce(u.language, t.language)
         from password_link l join users u on u.tenant_id = l.tenant_id and u.id = l.user_id
         join tenants t on t.tenant_id = l.tenant_id
         where l.tenant_id = $tenant /* system: the link is the proof */ and l.token_hash = $token
         and l.until > $now and l.made_at <= $ahead and u.state = 'active' and t.state = 'active'
         and (u.suspended_from is null or u.suspended_from > $now or u.suspended_until <= $now)"
    );
    let holder = r.maybe(find, params! { token: token, ahead: r.ahead() })?;
    let stale = sql!(
        "select u.id, u.group_id, u.name from password_link l join users u on u.tenant_id = l.tenant_id and u.id = l.user_id
         where l.tenant_id = $tenant /* system: the log is told whose link it was */ and l.token_hash = $token"
    );
    let stale = if holder.is_none() { r.maybe(stale, params! { token: token })? } else { None };
    Ok((holder, stale))
}

/// The group of a user.
///
/// # Errors
/// `NotFound` when there is no such user.
pub fn group_of(r: &mut Reader<'_>, user: UserId) -> Result<GroupId> {
    let find = sql!(
        "select group_id from users where tenant_id = $tenant and id = $user /* system: rules for a password */"
    );
    r.row::<(GroupId,)>(find, params! { user: user }).map(|(group,)| group)
}

/// User name, name and the tenant's name: what a password may not merely repeat.
///
/// # Errors
/// `NotFound` when there is no such user.
pub fn names(r: &mut Reader<'_>, user: UserId) -> Result<(String, String, String)> {
    let find = sql!(
        "select u.user_name, u.name, t.name from users u join tenants t on t.tenant_id = u.tenant_id
         where u.tenant_id = $tenant and u.id = $user /* system: rules for a password */"
    );
    r.row(find, params! { user: user })
}

/// The mark of the rights a session's secret was given for.
///
/// # Errors
/// `NotFound` when the session has ended.
pub fn mark(r: &mut Reader<'_>, session: SessionId) -> Result<[u8; 32]> {
    let find = sql!("select rights_mark from session where tenant_id = $tenant and id = $id");
    r.row::<([u8; 32],)>(find, params! { id: session }).map(|(mark,)| mark)
}
