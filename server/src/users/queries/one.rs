//! One user.

use super::UserRow;
use crate::users::model::User;
use kernel::policy::{self, Policy};
use kernel::{GroupId, Reader, Result, UserId, Uuid, from_row, params, sql};

/// The user, within reach.
///
/// # Errors
/// `NotFound` when there is none, or not for this actor.
pub fn user(r: &mut Reader<'_>, user: UserId) -> Result<User> {
    let find = sql!(
        "select u.id, u.kind, u.group_id, g.name, g.kind, u.state, u.suspended_from, u.suspended_until, u.name, u.user_name,
           u.mail, u.mobile, u.external_id, u.number, u.keywords, u.language, a.last_sign_in, u.made_at, u.sort_key
         from users u join user_groups g on g.tenant_id = u.tenant_id and g.id = u.group_id
         left join user_activity a on a.tenant_id = u.tenant_id and a.user_id = u.id
         where u.tenant_id = $tenant and u.id = $user and u.state <> 'erased'
           and (u.id = $actor or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))"
    );
    let now = r.now();
    Ok(r.row::<UserRow>(find, params! { user: user })?.at(now))
}

/// The user of that id, wherever they are: an import compares with them.
///
/// # Errors
/// `NotFound` when there is none.
pub fn by_id(r: &mut Reader<'_>, user: UserId) -> Result<User> {
    let find = sql!(
        "select /* system: an import is held to the reach of who started it when it writes */ u.id, u.kind, u.group_id, g.name, g.kind, u.state, u.suspended_from, u.suspended_until, u.name, u.user_name,
           u.mail, u.mobile, u.external_id, u.number, u.keywords, u.language, null, u.made_at, u.sort_key
         from users u join user_groups g on g.tenant_id = u.tenant_id and g.id = u.group_id
         where u.tenant_id = $tenant and u.id = $user and u.state <> 'erased'"
    );
    let now = r.now();
    Ok(r.row::<UserRow>(find, params! { user: user })?.at(now))
}

/// The user with this external id, or without one with this user name, wherever they are: an import compares with them.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn by_key(r: &mut Reader<'_>, external_id: Option<&str>, user_name: &str) -> Result<Option<User>> {
    let find = sql!(
        "select /* system: an import is held to the reach of who started it when it writes */ u.id, u.kind, u.group_id, g.name, g.kind, u.state, u.suspended_from, u.suspended_until, u.name, u.user_name,
           u.mail, u.mobile, u.external_id, u.number, u.keywords, u.language, null, u.made_at, u.sort_key
         from users u join user_groups g on g.tenant_id = u.tenant_id and g.id = u.group_id
         where u.tenant_id = $tenant {external| and u.external_id = $external} {name| and u.user_name_folded = $name}"
    );
    let now = r.now();
    if let Some(external) = external_id {
        if let Some(row) = r.maybe::<UserRow>(find, params! { external: external })? {
            return Ok(Some(row.at(now)));
        }
    }
    Ok(r.maybe::<UserRow>(find, params! { name: kernel::facet::fold(user_name) })?.map(|row| row.at(now)))
}

/// What signing in knows of a user.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// Whether there is a password.
    pub password: bool,
    /// Whether a new one must be chosen.
    pub must_change: bool,
    /// Sessions that last.
    pub sessions: i64,
    /// API keys.
    pub keys: i64,
}
from_row!(Account { password, must_change, sessions, keys });

/// What signing in knows of a user; ask [`user`] first, which keeps to reach.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn account(r: &mut Reader<'_>, user: UserId) -> Result<Account> {
    let find = sql!(
        "select (select count(*) from password p where p.tenant_id = $tenant and p.user_id = $user),
           (select count(*) from password p where p.tenant_id = $tenant and p.user_id = $user and p.must_change = 1),
           (select count(*) from session s where s.tenant_id = $tenant and s.user_id = $user),
           (select count(*) from api_key k where k.tenant_id = $tenant and k.user_id = $user)"
    );
    r.row(find, params! { user: user })
}

/// The keys of the settings given to this user alone.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own_values(r: &mut Reader<'_>, user: UserId) -> Result<Vec<String>> {
    let find = sql!(
        "select key from setting_value where tenant_id = $tenant and level = 'user' and holder = $user order by key"
    );
    let rows: Vec<(String,)> = r.rows(find, params! { user: user.0 })?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}

/// What follows from the settings for a user in a group; `keep` names the own values that count, `None` all of them.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn rights_of(
    r: &mut Reader<'_>,
    user: UserId,
    group: GroupId,
    keep: Option<&[String]>,
) -> Result<Policy> {
    let mut givens = policy::givens(r, Some(user), Some(group))?;
    if let Some(keep) = keep {
        givens.retain(|g| g.level != kernel::setting::Level::User || keep.contains(&g.key));
    }
    Ok(Policy::of(&givens))
}

/// A part of what somebody reaches: `all`, `group` or `queue`, whose, and its name where who asks reaches it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachPart {
    /// `all`, `group` or `queue`.
    pub kind: String,
    /// The group or queue; zero for all.
    pub scope: Uuid,
    /// Its name; empty for all, and for what who asks does not reach.
    pub name: String,
}
from_row!(ReachPart { kind, scope, name });

/// What a user of a group reaches, by their own reach and the group's.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn reach_of(r: &mut Reader<'_>, user: UserId, group: GroupId) -> Result<Vec<ReachPart>> {
    let find = sql!(
        "select distinct h.kind, h.scope_id, case when exists (select 1 from reach r where r.tenant_id = $tenant
             and r.holder in ($actor, $actor_group) and (r.kind = 'all' or (r.kind = h.kind and r.scope_id = h.scope_id)))
           then coalesce(g.name, q.name, '') else '' end as named
         from reach h
         left join user_groups g on g.tenant_id = $tenant and h.kind = 'group' and g.id = h.scope_id
         left join queue q on q.tenant_id = $tenant and h.kind = 'queue' and q.id = h.scope_id
         where h.tenant_id = $tenant and h.holder in ($user, $group) order by named"
    );
    r.rows(find, params! { user: user, group: group })
}
