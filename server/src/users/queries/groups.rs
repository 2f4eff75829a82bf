//! User groups.

use crate::users::model::{Group, GroupKind, by_name};
use kernel::{Actor, GroupId, Reader, Result, from_row, params, sql};

from_row!(Group { id, name, kind, users });

/// The groups within reach and one's own, by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn groups(r: &mut Reader<'_>) -> Result<Vec<Group>> {
    let find = sql!(
        "select g.id, g.name, g.kind, (select count(*) from users u where u.tenant_id = g.tenant_id and u.group_id = g.id and u.state <> 'erased')
         from user_groups g where g.tenant_id = $tenant
           and (g.id = $actor_group or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = g.id))))
         order by g.folded"
    );
    Ok(by_name(r.rows(find, params! {})?, |group: &Group| &group.name))
}

/// One group, within reach or one's own.
///
/// # Errors
/// `NotFound` when there is none, or not for this actor.
pub fn group(r: &mut Reader<'_>, group: GroupId) -> Result<Group> {
    let find = sql!(
        "select g.id, g.name, g.kind, (select count(*) from users u where u.tenant_id = g.tenant_id and u.group_id = g.id and u.state <> 'erased')
         from user_groups g where g.tenant_id = $tenant and g.id = $group
           and (g.id = $actor_group or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = g.id))))"
    );
    r.row(find, params! { group: group })
}

/// Id, name and kind of every group somebody may place users in: those within reach.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn named_groups(r: &mut Reader<'_>) -> Result<Vec<(GroupId, String, GroupKind)>> {
    Ok(groups(r)?.into_iter().map(|g| (g.id, g.name, g.kind)).collect())
}

/// The group of that name, case apart: within reach, or any for our own work.
///
/// # Errors
/// `NotFound` when there is none, or not for this actor.
pub fn group_by_name(r: &mut Reader<'_>, name: &str) -> Result<GroupId> {
    let find = sql!("select id from user_groups where tenant_id = $tenant and folded = $folded");
    let (id,) = r.row::<(GroupId,)>(find, params! { folded: kernel::facet::fold(name) })?;
    if matches!(r.access().actor(), Actor::Machine { .. }) {
        return Ok(id);
    }
    Ok(group(r, id)?.id)
}
