//! Every read of settings and rights.

use super::effect::{GroupRow, OwnRow};
use super::model::{Place, Told};
use super::own;
use kernel::{Actor, Error, GroupId, Reader, Result, UserId, from_row, params, sql};
use std::collections::HashMap;

/// The value given at one place.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn at(r: &mut Reader<'_>, place: Place, key: &str) -> Result<Option<Told>> {
    let row: Option<(String, String)> = if place == Place::System {
        r.maybe(sql!("select value, mode from system_setting where key = $key"), params! { key: key })?
    } else {
        let find = sql!(
            "select value, mode from setting_value
             where tenant_id = $tenant and level = $level and holder = $holder and key = $key"
        );
        r.maybe(find, params! { level: place.level().name(), holder: place.holder(), key: key })?
    };
    Ok(row.map(|(value, mode)| Told::stored(&value, &mode)))
}

/// The values of one setting given to groups.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn group_values(r: &mut Reader<'_>, key: &str) -> Result<HashMap<GroupId, Told>> {
    let find = sql!(
        "select holder, value, mode from setting_value where tenant_id = $tenant and key = $key and level = 'group'"
    );
    let rows: Vec<(GroupId, String, String)> = r.rows(find, params! { key: key })?;
    Ok(rows.into_iter().map(|(id, value, mode)| (id, Told::stored(&value, &mode))).collect())
}

/// The users with a value of their own of one setting, by name: all, those of a group, or one.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own_values(
    r: &mut Reader<'_>,
    key: &str,
    group: Option<GroupId>,
    user: Option<UserId>,
) -> Result<Vec<OwnRow>> {
    let find = sql!(
        "select /* system: a change is judged by all whom it touches */ v.holder, u.name, u.group_id, v.value, v.mode
         from setting_value v join users u on u.tenant_id = v.tenant_id and u.id = v.holder
         where v.tenant_id = $tenant and v.key = $key and v.level = 'user' and u.state <> 'erased'
           {group| and u.group_id = $group} {user| and u.id = $user}
         order by u.sort_key, u.id"
    );
    let rows: Vec<(UserId, String, GroupId, String, String)> =
        r.rows(find, params! { key: key }.filter("group", group).filter("user", user))?;
    let own = |(id, name, group, value, mode): (_, _, _, String, String)| OwnRow {
        id,
        name,
        group,
        told: Some(Told::stored(&value, &mode)),
    };
    Ok(rows.into_iter().map(own).collect())
}

/// The tenant's groups with their numbers of users, by name: all, or one.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn group_rows(r: &mut Reader<'_>, group: Option<GroupId>) -> Result<Vec<GroupRow>> {
    let find = sql!(
        "select /* system: a change is judged by all whom it touches */ g.id, g.name, (select count(*) from users u
           where u.tenant_id = g.tenant_id and u.group_id = g.id and u.state <> 'erased')
         from user_groups g where g.tenant_id = $tenant {group| and g.id = $group} order by g.folded"
    );
    r.rows(find, params! {}.filter("group", group))
}
from_row!(GroupRow { id, name, users });

/// The group and name of a user, whoever asks.
///
/// # Errors
/// `NotFound` when there is none.
pub fn member(r: &mut Reader<'_>, user: UserId) -> Result<(GroupId, String)> {
    let find = sql!(
        "select /* system: whether the asker reaches the user is settled by line */ group_id, name from users
         where tenant_id = $tenant and id = $user and state <> 'erased'"
    );
    r.row(find, params! { user: user })
}

/// Whose settings a page is about: the line of levels down to a place.
#[derive(Clone, Debug)]
pub struct Line {
    /// The place at its end.
    pub place: Place,
    /// The group on the way, with its name.
    pub group: Option<(GroupId, String)>,
    /// The user at the end, with their name.
    pub user: Option<(UserId, String)>,
}

impl Line {
    /// The user's id, if the line ends with one.
    #[must_use]
    pub fn user_id(&self) -> Option<UserId> {
        self.user.as_ref().map(|(id, _)| *id)
    }
    /// The group's id, if the line passes one.
    #[must_use]
    pub fn group_id(&self) -> Option<GroupId> {
        self.group.as_ref().map(|(id, _)| *id)
    }
    /// The name of the group or user at its end.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.place {
            Place::System | Place::Tenant => "",
            Place::Group(_) => self.group.as_ref().map_or("", |(_, name)| name),
            Place::User(_) => self.user.as_ref().map_or("", |(_, name)| name),
        }
    }
}

/// The line down to a place, if who asks reaches it: oneself, one's own group, and what reach allows.
///
/// # Errors
/// `NotFound` for what is not there or not for this actor to see; the system is the operator's alone.
pub fn line(r: &mut Reader<'_>, place: Place) -> Result<Line> {
    let open = matches!(r.access().actor(), Actor::Machine { .. });
    match place {
        Place::System if r.tenant().number() != 0 => Err(Error::NotFound),
        Place::System | Place::Tenant => Ok(Line { place, group: None, user: None }),
        Place::Group(group) => {
            let found = group_rows(r, Some(group))?.pop().ok_or(Error::NotFound)?;
            let own = r.access().actor().group() == Some(group);
            if open || own || reaches(r, group)? {
                Ok(Line { place, group: Some((group, found.name)), user: None })
            } else {
                Err(Error::NotFound)
            }
        }
        Place::User(user) => {
            let (group, name) = member(r, user)?;
            let own = r.access().actor().user() == Some(user);
            if !(open || own || reaches(r, group)?) {
                return Err(Error::NotFound);
            }
            let group_name = group_rows(r, Some(group))?.pop().map(|g| g.name).unwrap_or_default();
            Ok(Line { place, group: Some((group, group_name)), user: Some((user, name)) })
        }
    }
}

fn reaches(r: &mut Reader<'_>, group: GroupId) -> Result<bool> {
    let within = sql!(
        "select count(*) from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
           and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = $group))"
    );
    Ok(r.row::<(i64,)>(within, params! { group: group })?.0 > 0)
}

/// Whether who asks reaches everything.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn reaches_everything(r: &mut Reader<'_>) -> Result<bool> {
    if matches!(r.access().actor(), Actor::Machine { .. }) {
        return Ok(true);
    }
    let all = sql!(
        "select count(*) from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and r.kind = 'all'"
    );
    Ok(r.row::<(i64,)>(all, params! {})?.0 > 0)
}

/// Persons in administrators groups who can sign in: those of whom one must always be able to run the tenant.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn possible_administrators(r: &mut Reader<'_>) -> Result<Vec<(UserId, GroupId)>> {
    let able = sql!(
        "select /* system: counts administrators whoever asks */ u.id, u.group_id from user_groups g
         join users u on u.tenant_id = g.tenant_id and u.group_id = g.id
         join password p on p.tenant_id = u.tenant_id and p.user_id = u.id
         where g.tenant_id = $tenant and g.kind = 'administrators' and u.kind = 'person' and u.state = 'active'
           and (u.suspended_from is null or u.suspended_until <= $now)
         order by u.sort_key"
    );
    r.rows(able, params! {})
}

/// Every group of administrators, and the rights it was asked about.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn administrators(r: &mut Reader<'_>) -> Result<Vec<(GroupId, Vec<String>)>> {
    let groups =
        sql!("select id from user_groups where tenant_id = $tenant and kind = 'administrators' order by id");
    let groups: Vec<(GroupId,)> = r.rows(groups, params! {})?;
    groups.into_iter().map(|(group,)| Ok((group, own::events::known_rights(r, group)?))).collect()
}

/// The names of a group's users without a value of their own, the first so many by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn names_in(r: &mut Reader<'_>, group: GroupId, key: &str, most: i64) -> Result<Vec<String>> {
    let find = sql!(
        "select u.name from users u where u.tenant_id = $tenant and u.group_id = $group and u.state <> 'erased'
           and not exists (select 1 from setting_value v where v.tenant_id = $tenant and v.level = 'user'
             and v.holder = u.id and v.key = $key)
           and (u.id = $actor or exists (select 1 from reach r where r.tenant_id = $tenant
             and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))
         order by u.sort_key, u.id limit $most"
    );
    let rows: Vec<(String,)> = r.rows(find, params! { group: group, key: key, most: most })?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}
