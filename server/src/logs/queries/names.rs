//! What ids are called, for a reader: only what reach covers has a name.

use kernel::{Reader, Result, Uuid, params, sql};

fn list(ids: &[Uuid]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
    serde_json::json!(ids).to_string()
}

// On SQLite `cross join` keeps the order of the tables: the list first, then each thing by its key.

/// The names of these users, of those within reach; the erased have none.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn users(r: &mut Reader<'_>, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let find = sql! {
        sqlite: "select u.id, u.name from json_each($ids) j
            cross join users u on u.tenant_id = $tenant and u.id = unhex(j.value)
            where u.state <> 'erased' and (u.id = $actor or exists (
              select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
              and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))",
        postgres: "select u.id, u.name from unnest(cast(string_to_array(translate(cast($ids as text), '[]\"', ''), ',') as uuid[])) j(value)
            join users u on u.tenant_id = $tenant and u.id = j.value
            where u.state <> 'erased' and (u.id = $actor or exists (
              select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
              and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))",
    };
    r.rows(find, params! { ids: list(ids) })
}

/// The names of these groups, of those within reach and of one's own.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn groups(r: &mut Reader<'_>, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let find = sql! {
        sqlite: "select g.id, g.name from json_each($ids) j
            cross join user_groups g on g.tenant_id = $tenant and g.id = unhex(j.value)
            where g.id = $actor_group or exists (
              select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
              and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = g.id)))",
        postgres: "select g.id, g.name from unnest(cast(string_to_array(translate(cast($ids as text), '[]\"', ''), ',') as uuid[])) j(value)
            join user_groups g on g.tenant_id = $tenant and g.id = j.value
            where g.id = $actor_group or exists (
              select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
              and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = g.id)))",
    };
    r.rows(find, params! { ids: list(ids) })
}

/// The names of these queues, of those within reach.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn queues(r: &mut Reader<'_>, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let find = sql! {
        sqlite: "select q.id, q.name from json_each($ids) j
            cross join queue q on q.tenant_id = $tenant and q.id = unhex(j.value)
            where exists (
              select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
              and (r.kind = 'all' or (r.kind = 'queue' and r.scope_id = q.id)))",
        postgres: "select q.id, q.name from unnest(cast(string_to_array(translate(cast($ids as text), '[]\"', ''), ',') as uuid[])) j(value)
            join queue q on q.tenant_id = $tenant and q.id = j.value
            where exists (
              select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
              and (r.kind = 'all' or (r.kind = 'queue' and r.scope_id = q.id)))",
    };
    r.rows(find, params! { ids: list(ids) })
}

/// The customer's own words: skills, categories and the like are nobody's secret within the customer.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn words(r: &mut Reader<'_>, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let find = sql! {
        sqlite: "select v.id, v.name from json_each($ids) j
            cross join vocabulary v on v.tenant_id = $tenant and v.id = unhex(j.value)",
        postgres: "select v.id, v.name from unnest(cast(string_to_array(translate(cast($ids as text), '[]\"', ''), ',') as uuid[])) j(value)
            join vocabulary v on v.tenant_id = $tenant and v.id = j.value",
    };
    r.rows(find, params! { ids: list(ids) })
}
