//! Every read of skills, queues, profiles and the customer's own words.

use super::model::{Ability, Profile, Queue, Word, WordKind};
use kernel::{QueueId, Reader, Result, Uuid, from_row, params, sql};

from_row!(Word { id, kind, parent, name });
from_row!(Queue { id, name, medium, skill, skill_name });
from_row!(Profile { id, kind, holder, holder_name, name, skills });

/// The words of a kind, by name; topics after one another by category.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn words(r: &mut Reader<'_>, kind: WordKind) -> Result<Vec<Word>> {
    let find = sql!(
        "select id, kind, parent, name from vocabulary where tenant_id = $tenant and kind = $kind order by parent, folded"
    );
    r.rows(find, params! { kind: kind })
}

/// One word.
///
/// # Errors
/// `NotFound` when there is none.
pub fn word(r: &mut Reader<'_>, word: Uuid) -> Result<Word> {
    r.row(
        sql!("select id, kind, parent, name from vocabulary where tenant_id = $tenant and id = $id"),
        params! { id: word },
    )
}

/// Every queue, by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn queues(r: &mut Reader<'_>) -> Result<Vec<Queue>> {
    let find = sql!(
        "select q.id, q.name, q.medium, q.skill_id, v.name from queue q
         join vocabulary v on v.tenant_id = q.tenant_id and v.id = q.skill_id where q.tenant_id = $tenant order by q.folded"
    );
    r.rows(find, params! {})
}

/// One queue.
///
/// # Errors
/// `NotFound` when there is none.
pub fn queue(r: &mut Reader<'_>, queue: QueueId) -> Result<Queue> {
    let find = sql!(
        "select q.id, q.name, q.medium, q.skill_id, v.name from queue q
         join vocabulary v on v.tenant_id = q.tenant_id and v.id = q.skill_id where q.tenant_id = $tenant and q.id = $id"
    );
    r.row(find, params! { id: queue })
}

/// Templates, and the profiles of the groups and users within reach, by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn profiles(r: &mut Reader<'_>) -> Result<Vec<Profile>> {
    let find = sql!(
        "select p.id, p.kind, p.holder, coalesce(g.name, u.name, ''), p.name,
           (select count(*) from profile_skill s where s.tenant_id = p.tenant_id and s.profile_id = p.id)
         from profile p
         left join user_groups g on g.tenant_id = p.tenant_id and p.kind = 'group' and g.id = p.holder
         left join users u on u.tenant_id = p.tenant_id and p.kind = 'user' and u.id = p.holder
         where p.tenant_id = $tenant and (p.kind = 'template' or p.holder in ($actor, $actor_group)
           or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id in (g.id, u.group_id)))))
         order by p.kind, p.folded, p.id limit $most"
    );
    r.rows(find, params! { most: MAX_LISTED_PROFILES })
}

/// Profiles one list shows.
pub const MAX_LISTED_PROFILES: i64 = 1000;

/// One profile within reach, with its skills in order.
///
/// # Errors
/// `NotFound` when there is none, or not for this actor.
pub fn profile(r: &mut Reader<'_>, profile: Uuid) -> Result<(Profile, Vec<Ability>)> {
    let find = sql!(
        "select p.id, p.kind, p.holder, coalesce(g.name, u.name, ''), p.name,
           (select count(*) from profile_skill s where s.tenant_id = p.tenant_id and s.profile_id = p.id)
         from profile p
         left join user_groups g on g.tenant_id = p.tenant_id and p.kind = 'group' and g.id = p.holder
         left join users u on u.tenant_id = p.tenant_id and p.kind = 'user' and u.id = p.holder
         where p.tenant_id = $tenant and p.id = $id and (p.kind = 'template' or p.holder in ($actor, $actor_group)
           or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id in (g.id, u.group_id)))))"
    );
    let found: Profile = r.row(find, params! { id: profile })?;
    let skills = sql!(
        "select skill_id, level from profile_skill where tenant_id = $tenant and profile_id = $id order by skill_id"
    );
    let skills: Vec<(Uuid, u8)> = r.rows(skills, params! { id: profile })?;
    Ok((found, skills.into_iter().map(|(skill, level)| Ability { skill, level }).collect()))
}
