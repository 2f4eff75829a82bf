//! What the definitions given to a holder come to: the rows that every list joins.

use crate::settings::queries::possible_administrators;
use kernel::{Error, Result, Uuid, Writer, params, sql};

/// Makes the holder's rows anew.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn resolve(w: &mut Writer<'_>, holder: Uuid) -> Result<()> {
    let clear = sql!("delete from reach where tenant_id = $tenant and holder = $holder");
    w.any(clear, params! { holder: holder })?;
    let everything = sql!(
        "select count(*) from reach_given g
         join reach_definition d on d.tenant_id = g.tenant_id and d.id = g.reach_id
         where g.tenant_id = $tenant and g.holder = $holder and d.everything = 1"
    );
    if w.row::<(i64,)>(everything, params! { holder: holder })?.0 > 0 {
        let all = sql!(
            "insert into reach (tenant_id, holder, kind, scope_id) values ($tenant, $holder, 'all', $none)"
        );
        w.one(all, params! { holder: holder, none: Uuid::nil() })?;
    }
    let parts = sql!(
        "insert into reach (tenant_id, holder, kind, scope_id)
         select distinct g.tenant_id, g.holder, p.kind, p.scope_id from reach_given g
         join reach_part p on p.tenant_id = g.tenant_id and p.reach_id = g.reach_id
         where g.tenant_id = $tenant and g.holder = $holder"
    );
    w.any(parts, params! { holder: holder })?;
    Ok(())
}

/// Makes the change, and refuses it if it takes everything from the last administrator who reached everything: what
/// holds for the whole centre could be changed by nobody then.
///
/// # Errors
/// `Conflict` in that case, and what the change says.
pub fn keeping_one(w: &mut Writer<'_>, change: impl FnOnce(&mut Writer<'_>) -> Result<()>) -> Result<()> {
    let before = somebody_reaches_everything(w)?;
    change(w)?;
    if before && !somebody_reaches_everything(w)? {
        return Err(Error::conflict("reach-last-everything"));
    }
    Ok(())
}

fn somebody_reaches_everything(w: &mut Writer<'_>) -> Result<bool> {
    let all = sql!("select holder from reach where tenant_id = $tenant and kind = 'all'");
    let holders: Vec<(Uuid,)> = w.rows(all, params! {})?;
    let reaches = |id: Uuid| holders.iter().any(|(holder,)| *holder == id);
    Ok(possible_administrators(w)?.into_iter().any(|(user, group)| reaches(user.0) || reaches(group.0)))
}
