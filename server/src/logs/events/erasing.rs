//! Words erased when their time is over.

use crate::never;
use ::book::{Erased, Log, PartKind};
use kernel::policy::Machine;
use kernel::{Error, Event, Name, Result, Subject, Writer};
use serde::Serialize;

/// The words of entries are gone, with all they were found by.
#[derive(Serialize)]
pub struct PartsErased {
    /// The log they are of.
    #[serde(skip)]
    pub log: Log,
    /// Which, in order.
    #[serde(skip)]
    pub runs: Vec<Erased>,
}
never!("part.erased", "undo-never-erased");

impl Event for PartsErased {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("part.erased", 1);
    fn subject(&self) -> Subject {
        Subject::new("log", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        if self.runs.is_empty() {
            return Err(Error::broken("an erasure of nothing"));
        }
        let index = |n: u64| i64::try_from(n).map_err(Error::broken);
        for run in &self.runs {
            let (first, last) = (index(run.first)?, index(run.last)?);
            w.erase(first, last, &run.parts)?;
            w.unlist(first, last)?;
        }
        w.about(self.log.name());
        // The change part is exactly what FORMAT.md says, or nobody could verify it.
        w.say(PartKind::Change, "entries", &self.runs);
        Ok(())
    }
}
