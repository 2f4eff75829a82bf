//! Writes reach as a part of a change of a group. Each is called from inside another event's `apply`.

use kernel::{Error, Result, Uuid, Writer, params, sql};

/// Gives everything to a holder through the definition that holds everything, made under `name` if there is none.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn give_everything(w: &mut Writer<'_>, holder: Uuid, new_id: Uuid, name: &str) -> Result<()> {
    let find =
        sql!("select id from reach_definition where tenant_id = $tenant and everything = 1 order by id");
    let id = match w.maybe::<(Uuid,)>(find, params! {})? {
        Some((id,)) => id,
        None => {
            let insert = sql!(
                "insert into reach_definition (tenant_id, id, name, folded, everything) values ($tenant, $id, $name, $folded, 1)"
            );
            w.one(insert, params! { id: new_id, name: name, folded: kernel::facet::fold(name) })?;
            new_id
        }
    };
    w.any(
        sql!("insert into reach_given (tenant_id, holder, reach_id) values ($tenant, $holder, $id) on conflict do nothing"),
        params! { holder: holder, id: id },
    )?;
    w.any(
        sql!("insert into reach (tenant_id, holder, kind, scope_id) values ($tenant, $holder, 'all', $none) on conflict do nothing"),
        params! { holder: holder, none: Uuid::nil() },
    )?;
    w.changed("reach", (), name);
    Ok(())
}

/// Takes everything away again from a holder that goes, if that is how it was given.
///
/// # Errors
/// `Conflict` when the holder has another reach, or stands in one: that is taken away first, where it can be seen.
pub fn take_everything(w: &mut Writer<'_>, holder: Uuid) -> Result<()> {
    let other = sql!(
        "select (select count(*) from reach_given g join reach_definition d on d.tenant_id = g.tenant_id and d.id = g.reach_id
             where g.tenant_id = $tenant and g.holder = $holder and d.everything = 0)
           + (select count(*) from reach_part p where p.tenant_id = $tenant and p.kind = 'group' and p.scope_id = $holder)"
    );
    if w.row::<(i64,)>(other, params! { holder: holder })?.0 > 0 {
        return Err(Error::conflict("groups-has-reach"));
    }
    let named = sql!(
        "select d.name from reach_given g join reach_definition d on d.tenant_id = g.tenant_id and d.id = g.reach_id
         where g.tenant_id = $tenant and g.holder = $holder"
    );
    let Some((name,)) = w.maybe::<(String,)>(named, params! { holder: holder })? else { return Ok(()) };
    w.any(
        sql!("delete from reach_given where tenant_id = $tenant and holder = $holder"),
        params! { holder: holder },
    )?;
    w.any(
        sql!("delete from reach where tenant_id = $tenant and holder = $holder"),
        params! { holder: holder },
    )?;
    w.changed("reach", name, ());
    Ok(())
}
