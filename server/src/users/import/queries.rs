//! Reads of a file between upload and import, and of what its check compares with.

use super::check::{Around, Fault, Known, Open};
use super::events::{LineFate, line_number};
use super::file::Line;
use crate::users::model::{Particulars, UserKind};
use crate::users::queries as people;
use kernel::policy::Policy;
use kernel::{Error, FromRow, GroupId, Reader, Result, Row, Timestamp, UserId, Uuid, from_row, params, sql};
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};

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
    /// Its columns that are read, with commas between.
    pub columns: String,
}
from_row!(Upload { id, owner, file_name, rows, faulty, job, columns });

/// What the clean lines of a file would do, counted.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// Users made.
    pub made: i64,
    /// Users edited.
    pub edited: i64,
    /// Users that are as the file says.
    pub unchanged: i64,
    /// Columns that are passed over, with commas between.
    pub passed_over: String,
}
from_row!(Effects { made, edited, unchanged, passed_over });

/// What the clean lines of a file would do.
///
/// # Errors
/// `NotFound` when it was not counted.
pub fn effects(r: &mut Reader<'_>, import: Uuid) -> Result<Effects> {
    let find = sql!(
        "select made, edited, unchanged, passed_over from user_import_effect where tenant_id = $tenant and import_id = $import"
    );
    r.row(find, params! { import: import })
}

/// The actor's own upload.
///
/// # Errors
/// `NotFound` when there is none, or it is another's.
pub fn upload(r: &mut Reader<'_>, import: Uuid) -> Result<Upload> {
    let find = sql!(
        "select id, owner_id, file_name, row_count, fault_count, job_id, columns from user_import
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
        "select id, owner_id, file_name, row_count, fault_count, job_id, columns from user_import where tenant_id = $tenant and id = $id"
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

/// A user whom an import made, who can come in by no way yet.
#[derive(Clone, Debug)]
pub struct Unlinked {
    /// The user.
    pub user: UserId,
    /// The name.
    pub name: String,
    /// What one signs in by.
    pub user_name: String,
}
from_row!(Unlinked { user, name, user_name });

/// Whom an import made and who got no link and no password yet, by name, within reach.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn unlinked(r: &mut Reader<'_>, import: Uuid, most: i64) -> Result<Vec<Unlinked>> {
    let find = sql!(
        "select u.id, u.name, u.user_name from user_import_made m
         join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
         where m.tenant_id = $tenant and m.import_id = $import and u.state = 'active' and u.kind <> 'service'
           and exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id)))
           and not exists (select 1 from password p where p.tenant_id = $tenant and p.user_id = u.id)
         order by u.sort_key, u.id limit $most"
    );
    r.rows(find, params! { import: import, most: most })
}

/// How many those are.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn unlinked_count(r: &mut Reader<'_>, import: Uuid) -> Result<i64> {
    let count = sql!(
        "select count(*) from user_import_made m
         join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
         where m.tenant_id = $tenant and m.import_id = $import and u.state = 'active' and u.kind <> 'service'
           and exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id)))
           and not exists (select 1 from password p where p.tenant_id = $tenant and p.user_id = u.id)"
    );
    Ok(r.row::<(i64,)>(count, params! { import: import })?.0)
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

/// What a line did that is in no count yet: it is not looked at again.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn fate(r: &mut Reader<'_>, import: Uuid, line: u64) -> Result<Option<LineFate>> {
    let find = sql!(
        "select fate from user_import_fate where tenant_id = $tenant and import_id = $import and line = $line"
    );
    let found: Option<(String,)> = r.maybe(find, params! { import: import, line: line_number(line) })?;
    found.map(|(word,)| LineFate::parse(&word)).transpose()
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::broken)
}

struct KnownRow(Known);

impl FromRow for KnownRow {
    fn from_row(row: &mut Row) -> Result<Self> {
        let (id, group, kind) = (row.read()?, row.read::<GroupId>()?, row.read::<UserKind>()?);
        let particulars = Particulars {
            name: row.read()?,
            user_name: row.read()?,
            mail: row.read()?,
            mobile: row.read()?,
            external_id: row.read()?,
            number: row.read()?,
            keywords: row.read()?,
            language: row.read()?,
        };
        Ok(Self(Known { id, group, kind, reached: false, above: false, particulars }))
    }
}

/// Everything a check compares with, as who asks reaches it and may do it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn around(r: &mut Reader<'_>) -> Result<Around> {
    let all = sql!(
        "select /* system: a name is unique in the whole tenant */ /* whole: every line is compared with everybody */ id, group_id, kind, name, user_name, mail, mobile, external_id,
           number, keywords, language from users where tenant_id = $tenant"
    );
    let mut known: Vec<Known> = r.rows::<KnownRow>(all, params! {})?.into_iter().map(|row| row.0).collect();
    let within = sql!(
        "select g.id from user_groups g where g.tenant_id = $tenant and exists (select 1 from reach r
           where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = g.id)))"
    );
    let reached: Vec<(GroupId,)> = r.rows(within, params! {})?;
    let reached: HashSet<GroupId> = reached.into_iter().map(|(id,)| id).collect();
    let further = further(r)?;
    let mut groups = Vec::new();
    let mut lacked = HashMap::new();
    for (id, name, _) in people::named_groups(r)? {
        let lacks = lacks(r, None, id)?;
        lacked.insert(id, lacks);
        groups.push((Open { id, lacked: lacks, beyond: further.contains(&id) }, name));
    }
    let apart = apart(r)?;
    for user in &mut known {
        user.reached = reached.contains(&user.group);
        user.above = if apart.contains(&user.id) {
            lacks(r, Some(user.id), user.group)?.is_some()
        } else {
            lacked.get(&user.group).copied().flatten().is_some()
        } && r.access().actor().user() != Some(user.id);
    }
    Ok(Around::new(groups, known))
}

/// A right that somebody holds and who asks lacks.
fn lacks(r: &mut Reader<'_>, user: Option<UserId>, group: GroupId) -> Result<Option<&'static str>> {
    let theirs = Policy::read(r, user, Some(group))?.rights();
    Ok(theirs.into_iter().find(|right| !r.access().holds(right)))
}

/// Groups that reach further than who asks.
fn further(r: &mut Reader<'_>) -> Result<HashSet<GroupId>> {
    let find = sql!(
        "select distinct g.holder from reach g where g.tenant_id = $tenant and not exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = g.kind and r.scope_id = g.scope_id)))"
    );
    let rows: Vec<(GroupId,)> = r.rows(find, params! {})?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Users who were given something that their group was not.
fn apart(r: &mut Reader<'_>) -> Result<HashSet<UserId>> {
    let find = sql!("select distinct holder from setting_value where tenant_id = $tenant and level = 'user'");
    let rows: Vec<(UserId,)> = r.rows(find, params! {})?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
