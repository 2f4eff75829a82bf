//! What undoing a change would do, before it is done.
//!
//! - It says what each field is set back from and to, and who is affected; nothing is changed by looking.
//! - What was changed since is named: which field, and by which entry. Then undoing would be refused, and is not offered.
//! - The right and the reach that undoing needs are asked before it is offered. The change itself asks again.

mod affected;
mod reached;
mod since;

pub use affected::Affected;
pub use since::{Since, set_back};

use super::model::{Entry, Field};
use super::said::Names;
use super::undo::{self, How};
use ::book::Log;
use kernel::{Reader, Result};

/// Why a change cannot be undone by this reader now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Never; the key of the sentence that says why.
    Never(&'static str),
    /// What it was before is erased, or not of a form that this program knows.
    Unreadable,
    /// The reader lacks the right that undoing needs.
    LacksRight,
    /// What it is about is gone, or beyond the reader's reach.
    BeyondReach,
    /// It was changed since.
    Since(Vec<Since>),
}

impl Kept {
    /// The key of the sentence that says it.
    #[must_use]
    pub const fn sentence(&self) -> &'static str {
        match self {
            Kept::Never(why) => why,
            Kept::Unreadable => "undo-unreadable",
            Kept::LacksRight => "logs-undo-lacks",
            Kept::BeyondReach => "logs-undo-gone",
            Kept::Since(_) => "logs-undo-since-lead",
        }
    }
}

/// What undoing one change would do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The change.
    pub entry: Entry,
    /// What its ids are called.
    pub names: Names,
    /// What keeps it from being undone.
    pub kept: Option<Kept>,
    /// Who is affected, where it can be undone.
    pub affected: Affected,
}

impl Plan {
    /// Looks at what undoing a change would do.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn of(r: &mut Reader<'_>, entry: Entry) -> Result<Plan> {
        let names = Names::of(r, [&entry])?;
        let kept = kept(r, &entry)?;
        let affected = if kept.is_none() { Affected::of(r, &entry)? } else { Affected::Unsaid };
        Ok(Plan { entry, names, kept, affected })
    }
    /// Looks whether it can be undone, and not yet who is affected.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn looked(r: &mut Reader<'_>, entry: Entry) -> Result<Plan> {
        let names = Names::of(r, [&entry])?;
        let kept = if entry.log == Log::Change { kept(r, &entry)? } else { None };
        Ok(Plan { entry, names, kept, affected: Affected::Unsaid })
    }
    /// The fields that are set back: from what they were made to what they were.
    #[must_use]
    pub fn back(&self) -> Vec<Field> {
        self.entry.fields().into_iter().filter(|field| set_back(&field.name)).collect()
    }
    /// What followed from the change and does not come back: sessions that were ended, keys that are gone.
    #[must_use]
    pub fn stays(&self) -> Vec<Field> {
        self.entry.fields().into_iter().filter(|field| !set_back(&field.name)).collect()
    }
}

/// Why a change cannot be undone now; nothing where it can.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn kept(r: &mut Reader<'_>, entry: &Entry) -> Result<Option<Kept>> {
    match undo::how(&entry.name) {
        None => return Ok(Some(Kept::Never("undo-unknown"))),
        Some(How::Never(why)) => return Ok(Some(Kept::Never(why))),
        Some(How::By { .. }) if entry.erased() => return Ok(Some(Kept::Unreadable)),
        Some(How::By { may, .. }) if !may(r.access()) => return Ok(Some(Kept::LacksRight)),
        Some(How::By { .. }) => {}
    }
    let since = since::since(r, entry)?;
    if !since.is_empty() {
        return Ok(Some(Kept::Since(since)));
    }
    Ok(if reached::reached(r, entry)? { None } else { Some(Kept::BeyondReach) })
}
