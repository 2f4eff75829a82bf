//! Words erased when their time is over.

use crate::never;
use ::book::{Erased, Log, PartKind};
use kernel::policy::Machine;
use kernel::{Error, Event, Name, Result, Subject, Writer, params, sql};
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
    const NAME: Name = Name::new("part.erased", 1);
    fn subject(&self) -> Subject {
        Subject::new("log", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (Some(first), Some(last)) = (self.runs.first(), self.runs.last()) else {
            return Err(Error::broken("an erasure of nothing"));
        };
        let index = |n: u64| i64::try_from(n).map_err(Error::broken);
        for run in &self.runs {
            w.erase(index(run.first)?, index(run.last)?, &run.parts)?;
        }
        let (first, last) = (index(first.first)?, index(last.last)?);
        w.unlist(self.log, first, last)?;
        let log = i64::from(self.log.code());
        let hits = sql!(
            "delete from log_word_hit where tenant_id = $tenant and idx >= $first and idx <= $last
             and key in (select key from log_word where tenant_id = $tenant and log = $log)"
        );
        w.any(hits, params! { log: log, first: first, last: last })?;
        let words = sql!(
            "delete from log_word where tenant_id = $tenant and log = $log
             and not exists (select 1 from log_word_hit h where h.tenant_id = $tenant and h.key = log_word.key)"
        );
        w.any(words, params! { log: log })?;
        w.about(self.log.name());
        // The change part is exactly what FORMAT.md says, or nobody could verify it.
        w.say(PartKind::Change, "entries", &self.runs);
        Ok(())
    }
}
