//! What is asked about keys. A key is seen by who reaches its service user.

use super::model::{KEYS_A_PAGE, KeyLine, LONGEST_DAYS, Service, Use, Wanted};
use kernel::facet::fold;
use kernel::policy::Policy;
use kernel::{GroupId, KeyId, Reader, Result, UserId, params, sql};

/// Keys as a [`KeyLine`] reads them, with what else a statement asks of them.
macro_rules! key_lines {
    ($rest:literal) => {
        sql!(concat!(
            "select k.id, k.name, k.user_id, u.name, k.owner_id, o.name, k.scope, k.made_at, k.until,
             (select max(s.used_at) from key_use s where s.tenant_id = $tenant and s.key_id = k.id),
             case when k.until <= $now then 'key-expired' when k.made_at > $ahead then 'key-not-yet'
             when u.state <> 'active' or (u.suspended_from <= $now and (u.suspended_until is null or u.suspended_until > $now)) then 'key-user-out'
             when o.state <> 'active' or (o.suspended_from <= $now and (o.suspended_until is null or o.suspended_until > $now)) then 'key-owner-out'
             else '' end
             from api_key k join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
             join users o on o.tenant_id = k.tenant_id and o.id = k.owner_id
             where k.tenant_id = $tenant ",
            $rest
        ))
    };
}

/// One page of keys, newest first, and whether there are more.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn keys(r: &mut Reader<'_>, wanted: &Wanted) -> Result<(Vec<KeyLine>, bool)> {
    let list = key_lines!(
        "{user| and k.user_id = $user} {owner| and k.owner_id = $owner} {before| and k.id < $before}
         and (u.group_id = $actor_group or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))
         order by k.id desc limit $limit"
    );
    let given = params! { limit: (KEYS_A_PAGE + 1) as i64, ahead: r.ahead() };
    let given =
        given.filter("user", wanted.user).filter("owner", wanted.owner).filter("before", wanted.before);
    let mut found: Vec<KeyLine> = r.rows(list, given)?;
    let more = found.len() > KEYS_A_PAGE;
    found.truncate(KEYS_A_PAGE);
    Ok((found, more))
}

/// Every key of the customer, newest first, for the operator's command.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn every_key(r: &mut Reader<'_>) -> Result<Vec<KeyLine>> {
    let list = key_lines!("/* system: whoever runs the machine ends keys of whomever */ order by k.id desc");
    r.rows(list, params! { ahead: r.ahead() })
}

/// One key.
///
/// # Errors
/// `NotFound` when there is none, it was ended, or it is out of reach.
pub fn key(r: &mut Reader<'_>, key: KeyId) -> Result<KeyLine> {
    let find = key_lines!(
        "and k.id = $key
         and (u.group_id = $actor_group or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))"
    );
    r.row(find, params! { key: key, ahead: r.ahead() })
}

/// From where a key was used, last used first; ask [`key`] first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn uses(r: &mut Reader<'_>, key: KeyId) -> Result<Vec<Use>> {
    let list = sql!(
        "select address, used_at from key_use where tenant_id = $tenant and key_id = $key order by used_at desc, address limit 20"
    );
    r.rows(list, params! { key: key })
}

/// The active service users within reach, by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn services(r: &mut Reader<'_>) -> Result<Vec<Service>> {
    let list = sql!(
        "select u.id, u.name from users u join user_groups g on g.tenant_id = u.tenant_id and g.id = u.group_id
         where u.tenant_id = $tenant and g.kind = 'services' and u.kind = 'service' and u.state = 'active'
         and (u.group_id = $actor_group or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))
         order by u.sort_key, u.id limit 500"
    );
    r.rows(list, params! {})
}

/// A service user's name, its rights, of which a key opens some, and how many days its key may last.
///
/// # Errors
/// `NotFound` when it is out of reach.
pub fn service(r: &mut Reader<'_>, user: UserId) -> Result<(String, Vec<&'static str>, i64)> {
    let find = sql!(
        "select u.name, u.group_id from users u where u.tenant_id = $tenant and u.id = $user and (u.group_id = $actor_group
           or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))"
    );
    let (name, group): (String, GroupId) = r.row(find, params! { user: user })?;
    let policy = Policy::read(r, Some(user), Some(group))?;
    Ok((name, policy.rights(), policy.count(&LONGEST_DAYS)))
}

/// The person of a user name, within reach or oneself.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn person(r: &mut Reader<'_>, user_name: &str) -> Result<Option<UserId>> {
    let find = sql!(
        "select u.id from users u where u.tenant_id = $tenant and u.user_name_folded = $name and u.kind = 'person'
         and (u.id = $actor or (u.group_id = $actor_group or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id)))))"
    );
    Ok(r.maybe::<(UserId,)>(find, params! { name: fold(user_name) })?.map(|(id,)| id))
}

/// The user name of a user.
///
/// # Errors
/// `NotFound` when there is none.
pub fn user_name(r: &mut Reader<'_>, user: UserId) -> Result<String> {
    let find = sql!(
        "select user_name /* system: only oneself, or whom a key in reach names */ from users where tenant_id = $tenant and id = $user"
    );
    r.row::<(String,)>(find, params! { user: user }).map(|(name,)| name)
}
