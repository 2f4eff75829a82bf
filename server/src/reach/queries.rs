//! Every read of reach.

use super::model::{Definition, Extent, Holder, ReachId};
use crate::users::model::by_name;
use kernel::{GroupId, QueueId, Reader, Result, UserId, Uuid, params, sql};
use std::collections::{HashMap, HashSet};

/// The groups and queues that who asks reaches, kind and id.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn own(r: &mut Reader<'_>) -> Result<HashSet<(&'static str, Uuid)>> {
    let find = sql!(
        "select kind, scope_id from reach where tenant_id = $tenant and holder in ($actor, $actor_group) and kind <> 'all'"
    );
    let rows: Vec<(String, Uuid)> = r.rows(find, params! {})?;
    Ok(rows.into_iter().map(|(kind, id)| (if kind == "group" { "group" } else { "queue" }, id)).collect())
}

/// Every definition with what it holds, by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn definitions(r: &mut Reader<'_>) -> Result<Vec<Definition>> {
    let find = sql!(
        "select d.id, d.name, d.everything, (select count(*) from reach_given g
           where g.tenant_id = d.tenant_id and g.reach_id = d.id)
         from reach_definition d where d.tenant_id = $tenant order by d.folded"
    );
    let rows: Vec<(ReachId, String, bool, i64)> = r.rows(find, params! {})?;
    let mut parts = all_parts(r)?;
    let definition = |(id, name, everything, given)| {
        let (groups, queues) = parts.remove(&id).unwrap_or_default();
        Definition { id, name, extent: Extent { everything, groups, queues }, given }
    };
    Ok(rows.into_iter().map(definition).collect())
}

type Parts = HashMap<ReachId, (Vec<GroupId>, Vec<QueueId>)>;

fn all_parts(r: &mut Reader<'_>) -> Result<Parts> {
    let find = sql!(
        "select reach_id, kind, scope_id from reach_part where tenant_id = $tenant order by reach_id, kind, scope_id"
    );
    let mut out = Parts::new();
    for (id, kind, scope) in r.rows::<(ReachId, String, Uuid)>(find, params! {})? {
        let (groups, queues) = out.entry(id).or_default();
        if kind == "group" {
            groups.push(GroupId(scope));
        } else {
            queues.push(QueueId(scope));
        }
    }
    Ok(out)
}

/// One definition.
///
/// # Errors
/// `NotFound` when there is none.
pub fn definition(r: &mut Reader<'_>, id: ReachId) -> Result<Definition> {
    definitions(r)?.into_iter().find(|d| d.id == id).ok_or(kernel::Error::NotFound)
}

/// Who holds a definition: kind, id and name of each group and user, those within reach of who asks.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn holders(r: &mut Reader<'_>, id: ReachId) -> Result<Vec<(Holder, String)>> {
    let groups = sql!(
        "select g.id, g.name from reach_given d join user_groups g on g.tenant_id = d.tenant_id and g.id = d.holder
         where d.tenant_id = $tenant and d.reach_id = $id order by g.folded"
    );
    let groups: Vec<(GroupId, String)> = r.rows(groups, params! { id: id })?;
    let users = sql!(
        "select u.id, u.name from reach_given d join users u on u.tenant_id = d.tenant_id and u.id = d.holder
         where d.tenant_id = $tenant and d.reach_id = $id
           and (u.id = $actor or exists (select 1 from reach r where r.tenant_id = $tenant
             and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))
         order by u.sort_key, u.id"
    );
    let users: Vec<(UserId, String)> = r.rows(users, params! { id: id })?;
    let groups = groups.into_iter().map(|(id, name)| (Holder::Group(id), name));
    Ok(groups.chain(users.into_iter().map(|(id, name)| (Holder::User(id), name))).collect())
}

/// The definitions given to a holder.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn given_to(r: &mut Reader<'_>, holder: Uuid) -> Result<Vec<ReachId>> {
    let find = sql!(
        "select reach_id from reach_given where tenant_id = $tenant and holder = $holder order by reach_id"
    );
    Ok(r.rows::<(ReachId,)>(find, params! { holder: holder })?.into_iter().map(|(id,)| id).collect())
}

/// The ids of all whom a definition is given to.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn holder_ids(r: &mut Reader<'_>, id: ReachId) -> Result<Vec<Uuid>> {
    let find =
        sql!("select holder from reach_given where tenant_id = $tenant and reach_id = $id order by holder");
    Ok(r.rows::<(Uuid,)>(find, params! { id: id })?.into_iter().map(|(id,)| id).collect())
}

/// Id and name of every group of the tenant, by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn group_names(r: &mut Reader<'_>) -> Result<Vec<(GroupId, String)>> {
    let find = sql!("select id, name from user_groups where tenant_id = $tenant order by folded");
    Ok(by_name(r.rows(find, params! {})?, |(_, name): &(GroupId, String)| name))
}

/// Id and name of every queue, by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn queue_names(r: &mut Reader<'_>) -> Result<Vec<(QueueId, String)>> {
    let find = sql!("select id, name from queue where tenant_id = $tenant order by folded");
    Ok(by_name(r.rows(find, params! {})?, |(_, name): &(QueueId, String)| name))
}

/// Id and name of the groups within reach and one's own, by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn groups_in_reach(r: &mut Reader<'_>) -> Result<Vec<(GroupId, String)>> {
    let find = sql!(
        "select g.id, g.name from user_groups g where g.tenant_id = $tenant
           and (g.id = $actor_group or exists (select 1 from reach r where r.tenant_id = $tenant
             and r.holder in ($actor, $actor_group) and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = g.id))))
         order by g.folded"
    );
    Ok(by_name(r.rows(find, params! {})?, |(_, name): &(GroupId, String)| name))
}

/// Id and name of a group's users within reach, by name; of one's own group without reach, oneself.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn users_of(r: &mut Reader<'_>, group: GroupId, most: i64) -> Result<Vec<(UserId, String)>> {
    let find = sql!(
        "select u.id, u.name from users u
         where u.tenant_id = $tenant and u.group_id = $group and u.state <> 'erased'
           and (u.id = $actor or exists (select 1 from reach r where r.tenant_id = $tenant
             and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))
         order by u.sort_key, u.id limit $most"
    );
    r.rows(find, params! { group: group, most: most })
}
