//! What is asked about passwords, sessions and keys.

use super::model::{Arrival, SessionRow};
use kernel::facet::fold;
use kernel::{GroupId, Reader, Result, SessionId, UserId, params, sql};

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

/// Who may set a password by this link now.
///
/// # Errors
/// `NotFound` when there is no such link, it has been used, or its time is over.
pub fn link(r: &mut Reader<'_>, token: [u8; 32]) -> Result<LinkHolder> {
    let find = sql!(
        "select u.id, u.user_name, u.name, t.name, l.purpose, coalesce(u.language, t.language)
         from password_link l join users u on u.tenant_id = l.tenant_id and u.id = l.user_id
         join tenants t on t.tenant_id = l.tenant_id
         where l.tenant_id = $tenant /* system: the link is the proof */ and l.token_hash = $token
         and l.until > $now and u.state = 'active' and t.state = 'active'"
    );
    r.row(find, params! { token: token })
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
