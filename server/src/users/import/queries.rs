//! Reads of a file between upload and import, and of what its check compares with.

use super::check::{Around, Fault, Known};
use super::file::Line;
use crate::users::model::UserKind;
use crate::users::queries as people;
use kernel::{Error, FromRow, GroupId, Reader, Result, Row, Timestamp, UserId, Uuid, from_row, params, sql};
use serde::de::DeserializeOwned;
use std::collections::HashSet;

/// A file between upload and import.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its id.
    pub id: Uuid,
    /// Who uploaded it.
    pub owner: UserId,
    /// What it was called.
    pub file_name: String,
    /// Its lines.
    pub rows: i64,
    /// Its faulty lines.
    pub faulty: i64,
    /// The job that imports it.
    pub job: Option<Uuid>,
}
from_row!(Upload { id, owner, file_name, rows, faulty, job });

/// The actor's own upload.
///
/// # Errors
/// `NotFound` when there is none, or it is another's.
pub fn upload(r: &mut Reader<'_>, import: Uuid) -> Result<Upload> {
    let find = sql!(
        "select id, owner_id, file_name, row_count, fault_count, job_id from user_import
         where tenant_id = $tenant and id = $id and owner_id = $actor"
    );
    r.row(find, params! { id: import })
}

/// Any upload, for the job that imports it.
///
/// # Errors
/// `NotFound` when there is none.
pub fn any_upload(r: &mut Reader<'_>, import: Uuid) -> Result<Upload> {
    let find = sql!(
        "select id, owner_id, file_name, row_count, fault_count, job_id from user_import where tenant_id = $tenant and id = $id"
    );
    r.row(find, params! { id: import })
}

/// Whether a file was uploaded before a moment.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn any_before(r: &mut Reader<'_>, before: Timestamp) -> Result<bool> {
    let find = sql!("select id from user_import where tenant_id = $tenant and made_at < $before limit 1");
    Ok(r.maybe::<(Uuid,)>(find, params! { before: before })?.is_some())
}

/// A part of the lines, with their faults.
///
/// # Errors
/// `Broken` when it cannot be read.
pub fn part(r: &mut Reader<'_>, import: Uuid, part: i64) -> Result<Option<(Vec<Line>, Vec<Fault>)>> {
    let find = sql!(
        "select lines, faults from user_import_part where tenant_id = $tenant and import_id = $import and part = $part"
    );
    let found: Option<(String, String)> = r.maybe(find, params! { import: import, part: part })?;
    found.map(|(lines, faults)| Ok((json(&lines)?, json(&faults)?))).transpose()
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::broken)
}

struct KnownRow(Known);

impl FromRow for KnownRow {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self(Known {
            id: row.read()?,
            group: row.read::<GroupId>()?,
            kind: row.read::<UserKind>()?,
            user_name: row.read()?,
            mail: row.read()?,
            external_id: row.read()?,
            number: row.read()?,
            reached: false,
        }))
    }
}

/// Everything a check compares with, as who asks reaches it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn around(r: &mut Reader<'_>) -> Result<Around> {
    let all = sql!(
        "select /* system: a name is unique in the whole tenant */ id, group_id, kind, user_name_folded, mail_folded, external_id, number
         from users where tenant_id = $tenant"
    );
    let mut known: Vec<Known> = r.rows::<KnownRow>(all, params! {})?.into_iter().map(|row| row.0).collect();
    let groups = people::named_groups(r)?;
    let within = sql!(
        "select g.id from user_groups g where g.tenant_id = $tenant and exists (select 1 from reach r
           where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = g.id)))"
    );
    let reached: Vec<(GroupId,)> = r.rows(within, params! {})?;
    let reached: HashSet<GroupId> = reached.into_iter().map(|(id,)| id).collect();
    for user in &mut known {
        user.reached = reached.contains(&user.group);
    }
    Ok(Around::new(groups.into_iter().map(|(id, name, _)| (id, name)).collect(), known))
}
