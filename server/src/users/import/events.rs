//! Writes of a file between upload and import: tables that are silent, since each user made of them is an entry.

use kernel::{Result, UserId, Uuid, Writer, params, sql};

/// Keeps what is known of a file.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn keep(
    w: &mut Writer<'_>,
    import: Uuid,
    file_name: &str,
    columns: &str,
    counts: (i64, i64),
) -> Result<()> {
    let insert = sql!(
        "insert into user_import (tenant_id, id, owner_id, file_name, columns, row_count, fault_count, job_id, made_at)
         values ($tenant, $id, $actor, $file_name, $columns, $rows, $faults, null, $now)"
    );
    let given =
        params! { id: import, file_name: file_name, columns: columns, rows: counts.0, faults: counts.1 };
    w.one(insert, given)
}

/// Keeps a part of its lines, with their faults, both as JSON.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn keep_part(w: &mut Writer<'_>, import: Uuid, part: i64, lines: &str, faults: &str) -> Result<()> {
    let insert = sql!(
        "insert into user_import_part (tenant_id, import_id, part, lines, faults) values ($tenant, $import, $part, $lines, $faults)"
    );
    w.one(insert, params! { import: import, part: part, lines: lines, faults: faults })
}

/// Notes the job that imports it; false when another does already.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn begun(w: &mut Writer<'_>, import: Uuid, job: Uuid, before: Option<Uuid>) -> Result<bool> {
    let first = sql!(
        "update user_import set job_id = $job where tenant_id = $tenant and id = $id and job_id is null"
    );
    let next = sql!(
        "update user_import set job_id = $job where tenant_id = $tenant and id = $id and job_id = $before"
    );
    let changed = match before {
        None => w.any(first, params! { id: import, job: job })?,
        Some(before) => w.any(next, params! { id: import, job: job, before: before })?,
    };
    Ok(changed == 1)
}

/// Throws away the files one person uploaded before and never imported.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn clear(w: &mut Writer<'_>, owner: UserId) -> Result<()> {
    w.any(
        sql!(
            "delete from user_import_part where tenant_id = $tenant and import_id in
               (select i.id from user_import i where i.tenant_id = $tenant and i.owner_id = $owner and i.job_id is null)"
        ),
        params! { owner: owner },
    )?;
    w.any(
        sql!("delete from user_import where tenant_id = $tenant and owner_id = $owner and job_id is null"),
        params! { owner: owner },
    )?;
    Ok(())
}
