//! Writes reach as a part of a change of a group. Each is called from inside another event's `apply`.

use kernel::{Result, Uuid, Writer, params, sql};

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

/// Takes every reach from a holder that goes away, and takes it out of what others reach.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn forget(w: &mut Writer<'_>, holder: Uuid) -> Result<()> {
    w.any(
        sql!("delete from reach_given where tenant_id = $tenant and holder = $holder"),
        params! { holder: holder },
    )?;
    w.any(
        sql!("delete from reach_part where tenant_id = $tenant and kind = 'group' and scope_id = $holder"),
        params! { holder: holder },
    )?;
    w.any(
        sql!("delete from reach where tenant_id = $tenant and (holder = $holder or kind = 'group' and scope_id = $holder)"),
        params! { holder: holder },
    )?;
    Ok(())
}
