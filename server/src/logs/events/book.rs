//! The book taken out or checked.

use crate::logs::book::ReadBook;
use crate::logs::book::checking::CHECK_JOB;
use kernel::policy::Machine;
use kernel::{Event, Name, Result, Subject, Writer, work};
use serde::Serialize;

/// The book was taken out.
#[derive(Serialize)]
pub struct BookExported {
    /// From which entry.
    pub first: i64,
    /// Up to which size.
    pub size: i64,
}

impl Event for BookExported {
    type Needs = ReadBook;
    type Output = ();
    const NAME: Name = kernel::name!(access "book.exported", 1);
    fn subject(&self) -> Subject {
        Subject::new("book", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.facet("result", "exported");
        Ok(())
    }
}

/// One entry was taken out, certified.
#[derive(Serialize)]
pub struct EntryExtracted {
    /// Which.
    pub idx: u64,
}

impl Event for EntryExtracted {
    type Needs = ReadBook;
    type Output = ();
    const NAME: Name = kernel::name!(access "book.extracted", 1);
    fn subject(&self) -> Subject {
        Subject::new("book", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.facet("result", "exported");
        Ok(())
    }
}

/// The book could be written again after it could not: found by trying, where nobody else did.
#[derive(Serialize)]
pub struct BookResumed {}

impl Event for BookResumed {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!(access "book.resumed", 1);
    fn subject(&self) -> Subject {
        Subject::new("book", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.facet("result", "resumed");
        Ok(())
    }
}

/// A check of the whole book was begun.
#[derive(Serialize)]
pub struct BookChecked {
    /// The check's job.
    #[serde(skip)]
    pub job: kernel::Uuid,
}

impl Event for BookChecked {
    type Needs = ReadBook;
    type Output = ();
    const NAME: Name = kernel::name!(access "book.checked", 1);
    fn subject(&self) -> Subject {
        Subject::new("book", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        work::begin(w, self.job, CHECK_JOB, 0, "{}")
    }
}
