//! The auditor's check, run here as a job: the same export, the same program, with progress.
//!
//! - A check that came to no end says nothing of the book: its job has no report. Only a report can say that a book is not
//!   whole.

use super::{ReadBook, export, key, queries};
use crate::App;
use ::book::{Head, Keys};
use bytes::Bytes;
use kernel::work::{self, JobState};
use kernel::{Error, Grant, Result, Uuid};
use verify::{Answer, Check, Report};

/// The kind of a check's job.
pub const CHECK_JOB: &str = "book-check";

/// What came of a check that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The book is whole.
    Whole,
    /// The report says what is wrong.
    NotWhole,
    /// There is no report: the check could not be made to its end.
    Unknown,
}

/// What a job's result says.
#[must_use]
pub fn found(result: &str) -> Found {
    let report: serde_json::Value = serde_json::from_str(result).unwrap_or_default();
    match report.get("whole").and_then(serde_json::Value::as_bool) {
        Some(true) => Found::Whole,
        Some(false) => Found::NotWhole,
        None => Found::Unknown,
    }
}

/// Runs a check to its end; what it found is the job's result.
pub async fn run(app: App, grant: Grant<ReadBook>, job: Uuid) {
    let node = app.store.chance().uuid(app.store.clock().now());
    let outcome = work::attended(&grant, &app.store, (job, node), check(&app, &grant, job, node)).await;
    let (state, result) = match outcome {
        Ok(Some(report)) => {
            let whole = report.answer() == Answer::Whole;
            (if whole { JobState::Done } else { JobState::Failed }, report.to_json().to_string())
        }
        Ok(None) => (JobState::Stopped, String::new()),
        Err(cause) => {
            tracing::error!(%cause, "a check of a book came to no end");
            (JobState::Failed, String::new())
        }
    };
    let ended = grant.quietly(&app.store, move |w| work::end(w, job, node, state, &result)).await;
    if let Err(cause) = ended {
        tracing::warn!(%cause, "the end of a check was not written down");
    }
}

/// `None` when it was stopped.
async fn check(app: &App, grant: &Grant<ReadBook>, job: Uuid, node: Uuid) -> Result<Option<Report>> {
    if !grant.quietly(&app.store, move |w| work::take(w, job, node)).await? {
        return Ok(None);
    }
    let (range, keys) =
        grant.read(&app.store, |r| Ok((export::range(r, 0, None)?, queries::keys(r)?))).await?;
    let keys = Keys::parse(&key::file(&range.origin, &keys)?).map_err(Error::broken)?;
    let head = Head::open(&range.note, &keys).map_err(Error::broken)?;
    let total = range.end;
    let mut pieces = export::stream(app, grant, range);
    let mut check = Check::new(head, None);
    while let Some(piece) = pieces.recv().await {
        check = feed(check, piece?);
        let done = i64::try_from(check.entries()).map_err(Error::broken)?;
        if !grant.quietly(&app.store, move |w| work::step(w, job, node, done, total, "{}")).await? {
            return Ok(None);
        }
        if check.stopped() {
            break;
        }
    }
    Ok(Some(check.finish()))
}

/// Whole lines: a piece of an export never ends inside one.
fn feed(mut check: Check, piece: Bytes) -> Check {
    for line in piece.split_inclusive(|byte| *byte == b'\n') {
        check.line(line);
    }
    check
}
