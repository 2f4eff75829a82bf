//! Readings of a log, and logs taken out as files.

use crate::logs::ExportLogs;
use kernel::policy::Anyone;
use kernel::{Event, Name, Result, Subject, Writer, work};
use serde::Serialize;

/// Somebody read a log. It stands apart from what is read.
#[derive(Serialize)]
pub struct LogRead {
    /// Which log.
    pub log: &'static str,
    /// The filters, as in the address.
    pub view: String,
}

impl Event for LogRead {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "log.read", 1);
    fn subject(&self) -> Subject {
        Subject::new("log", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(self.log);
        w.apart();
        Ok(())
    }
}

/// Somebody asked for a log as a file.
#[derive(Serialize)]
pub struct LogExported {
    /// The export.
    #[serde(skip)]
    pub id: kernel::Uuid,
    /// Which log.
    pub log: &'static str,
    /// `csv` or `jsonl`.
    pub format: &'static str,
    /// The filters, as in the address.
    pub view: String,
    /// What the job needs to begin.
    #[serde(skip)]
    pub resume: String,
}

impl Event for LogExported {
    type Needs = ExportLogs;
    type Output = ();
    const NAME: Name = kernel::name!(access "log.exported", 1);
    fn subject(&self) -> Subject {
        Subject::new("log", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(self.log);
        w.facet("result", "exported");
        work::begin(w, self.id, EXPORT_JOB, 0, &self.resume)
    }
}

/// Somebody fetched a log that was taken out as a file.
#[derive(Serialize)]
pub struct LogFetched {
    /// The export.
    pub export: kernel::Uuid,
    /// Which log.
    pub log: &'static str,
    /// `csv` or `jsonl`.
    pub format: &'static str,
}

impl Event for LogFetched {
    type Needs = ExportLogs;
    type Output = ();
    const NAME: Name = kernel::name!(access "log.fetched", 1);
    fn subject(&self) -> Subject {
        Subject::new("log", kernel::Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(self.log);
        w.facet("result", "exported");
        Ok(())
    }
}

/// The kind of an export's job.
pub const EXPORT_JOB: &str = "log-export";
