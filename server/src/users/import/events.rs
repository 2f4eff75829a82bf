//! Writes of a file between upload and import: tables that are silent, since each user made of them is an entry. That an
//! import was begun or stopped is one too.

use super::queries::{Effects, Upload};
use super::run::KIND;
use crate::users::events::ImportUsers;
use book::PartKind;
use kernel::body::Body;
use kernel::{
    Error, Event, Name, Params, Result, Subject, Timestamp, UserId, Uuid, Writer, params, sql, work,
};
use serde::{Serialize, Serializer};
use serde_json::Value;

crate::never!("users.import_begun", "undo-never-import-begun");
crate::never!("users.import_stopped", "undo-never-import-begun");

/// The file that an import is of, as the entries of its beginning and its stopping name it.
#[derive(Clone, Debug, Serialize)]
pub struct ImportFile {
    /// The file.
    pub import: Uuid,
    /// What it was called.
    pub file_name: String,
    /// Its lines.
    pub lines: i64,
}

impl From<Upload> for ImportFile {
    fn from(upload: Upload) -> Self {
        Self { import: upload.id, file_name: upload.file_name, lines: upload.rows }
    }
}

/// The line that a user is made or edited from. Its entry names the file; the line is noted beside it, in the same commit.
#[derive(Clone, Copy, Debug)]
pub struct FromLine {
    /// The file.
    pub import: Uuid,
    /// The line, as the file counts.
    pub line: u64,
}

impl Serialize for FromLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.import.serialize(serializer)
    }
}

/// What a line did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFate {
    /// It made a user.
    Made,
    /// It edited one.
    Edited,
}

impl LineFate {
    const fn name(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Edited => "edited",
        }
    }
    /// From the word in the table.
    ///
    /// # Errors
    /// `Broken` for any other word.
    pub fn parse(word: &str) -> Result<Self> {
        let known = [Self::Made, Self::Edited].into_iter().find(|fate| fate.name() == word);
        known.ok_or_else(|| Error::broken(format!("a line with the fate {word}")))
    }
}

/// Somebody began to import a file, or went on with one that was stopped.
#[derive(Serialize)]
pub struct ImportBegun {
    /// The file.
    #[serde(flatten)]
    pub file: ImportFile,
    /// Faulty lines that are set aside.
    pub aside: i64,
    /// The job that imports it.
    #[serde(skip)]
    pub job: Uuid,
    /// The job that came before.
    #[serde(skip)]
    pub before: Option<Uuid>,
    /// Where it goes on.
    #[serde(skip)]
    pub resume: String,
}

impl Event for ImportBegun {
    type Needs = ImportUsers;
    type Output = ();
    const NAME: Name = kernel::name!("users.import_begun", 1);
    fn subject(&self) -> Subject {
        Subject::new("import", self.file.import)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(&self.file.file_name);
        work::begin(w, self.job, KIND, self.file.lines, &self.resume)?;
        if begun(w, self.file.import, self.job, self.before)? {
            Ok(())
        } else {
            Err(Error::conflict("import-under-way"))
        }
    }
}

/// Somebody asked an import to stop.
#[derive(Serialize)]
pub struct ImportStopped {
    /// The file.
    #[serde(flatten)]
    pub file: ImportFile,
    /// The job that imports it.
    #[serde(skip)]
    pub job: Uuid,
}

kernel::upgrade!("users.import_stopped", 1, stopped_without_lines);

/// At first it was not said how many lines the file had, and how many had been looked at.
fn stopped_without_lines(body: &mut Body) {
    if let Some(Value::Object(event)) = body.change.get_mut("event") {
        event.insert("lines".to_owned(), Value::Null);
        body.change.insert("looked_at".to_owned(), Value::Null);
    }
}

impl Event for ImportStopped {
    type Needs = ImportUsers;
    type Output = ();
    const NAME: Name = kernel::name!("users.import_stopped", 2);
    fn subject(&self) -> Subject {
        Subject::new("import", self.file.import)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(&self.file.file_name);
        let looked_at = work::find(w, self.job, KIND)?.done;
        w.say(PartKind::Change, "looked_at", looked_at);
        work::stop(w, self.job, KIND)
    }
}

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

/// Keeps what its clean lines would do.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn keep_effects(w: &mut Writer<'_>, import: Uuid, effects: &Effects) -> Result<()> {
    let insert = sql!(
        "insert into user_import_effect (tenant_id, import_id, made, edited, unchanged, passed_over)
         values ($tenant, $import, $made, $edited, $unchanged, $passed_over)"
    );
    let Effects { made, edited, unchanged, passed_over } = effects;
    let given = params! { import: import, made: *made, edited: *edited, unchanged: *unchanged, passed_over: passed_over };
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
fn begun(w: &mut Writer<'_>, import: Uuid, job: Uuid, before: Option<Uuid>) -> Result<bool> {
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

/// Notes whom an import made.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn made(w: &mut Writer<'_>, import: Uuid, user: UserId) -> Result<()> {
    let insert =
        sql!("insert into user_import_made (tenant_id, import_id, user_id) values ($tenant, $import, $user)");
    w.one(insert, params! { import: import, user: user })
}

/// Notes what a line did, in the commit that does it.
///
/// # Errors
/// `Conflict` when the line was dealt with already: what it does is not done twice.
pub fn fated(w: &mut Writer<'_>, from: FromLine, fate: LineFate) -> Result<()> {
    let insert = sql!(
        "insert into user_import_fate (tenant_id, import_id, line, fate) values ($tenant, $import, $line, $fate)"
    );
    w.one(insert, params! { import: from.import, line: line_number(from.line), fate: fate.name() })
}

/// Throws away the fates of the lines up to one, in the commit that counts them.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn counted(w: &mut Writer<'_>, import: Uuid, last: u64) -> Result<()> {
    let delete = sql!(
        "delete from user_import_fate where tenant_id = $tenant and import_id = $import and line <= $last"
    );
    w.any(delete, params! { import: import, last: line_number(last) }).map(drop)
}

/// A line's number as the tables keep it.
pub(super) fn line_number(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

/// Notes that a link is handed out to a user whom an import made; false when one was already.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn linked(w: &mut Writer<'_>, import: Uuid, user: UserId) -> Result<bool> {
    let delete = sql!(
        "delete from user_import_made where tenant_id = $tenant and import_id = $import and user_id = $user"
    );
    Ok(w.any(delete, params! { import: import, user: user })? == 1)
}

/// Throws away the lines of an import that is done: what they said stands with the users made of them.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn forget(w: &mut Writer<'_>, import: Uuid) -> Result<()> {
    counted(w, import, u64::MAX)?;
    w.any(
        sql!("delete from user_import_part where tenant_id = $tenant and import_id = $import"),
        params! { import: import },
    )
    .map(drop)
}

/// Throws away the files one person uploaded before and never imported.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn clear(w: &mut Writer<'_>, owner: UserId) -> Result<()> {
    throw_away(w, &params! { owner: owner, before: Timestamp(i64::MAX) })
}

/// Throws away files uploaded before a moment, imported or not: they hold people's particulars.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn forget_before(w: &mut Writer<'_>, before: Timestamp) -> Result<()> {
    throw_away(w, &params! { before: before })
}

/// Files uploaded before a moment, with all that was kept of them; of an owner only those never imported.
fn throw_away(w: &mut Writer<'_>, which: &Params) -> Result<()> {
    let parts = sql!(
        "delete from user_import_part where tenant_id = $tenant and import_id in
           (select i.id from user_import i where i.tenant_id = $tenant and i.made_at < $before
            {owner| and i.owner_id = $owner and i.job_id is null})"
    );
    let effects = sql!(
        "delete from user_import_effect where tenant_id = $tenant and import_id in
           (select i.id from user_import i where i.tenant_id = $tenant and i.made_at < $before
            {owner| and i.owner_id = $owner and i.job_id is null})"
    );
    let made = sql!(
        "delete from user_import_made where tenant_id = $tenant and import_id in
           (select i.id from user_import i where i.tenant_id = $tenant and i.made_at < $before
            {owner| and i.owner_id = $owner and i.job_id is null})"
    );
    let fates = sql!(
        "delete from user_import_fate where tenant_id = $tenant and import_id in
           (select i.id from user_import i where i.tenant_id = $tenant and i.made_at < $before
            {owner| and i.owner_id = $owner and i.job_id is null})"
    );
    let files = sql!(
        "delete from user_import where tenant_id = $tenant and made_at < $before
         {owner| and owner_id = $owner and job_id is null}"
    );
    for statement in [parts, effects, made, fates, files] {
        w.any(statement, which.clone())?;
    }
    Ok(())
}
