//! Makes the file while it is fetched.

use super::cells::{COLUMNS, cells, csv_line, json_line};
use crate::App;
use crate::logs::listing::{self, Wanted};
use crate::logs::model::Entry;
use crate::logs::said::Teller;
use crate::ui::Locale;
use bytes::Bytes;
use kernel::work::{self, JobState};
use kernel::{Error, Grant, Result, Right, Uuid};
use tokio::sync::mpsc;

/// Pages of a list between two looks at whether it was stopped.
const PAGES_A_STEP: usize = 20;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets.
    Csv,
    /// For programs.
    JsonLines,
}

impl Format {
    /// The word in addresses, in the log and at the end of the file's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
    /// The format of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Csv, Self::JsonLines].into_iter().find(|format| format.name() == word)
    }
    /// Its media type (RFC 7111; for JSON Lines by custom).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }
    fn head(self) -> String {
        match self {
            // The mark at the beginning tells spreadsheets that it is UTF-8.
            Self::Csv => format!("\u{feff}{}", csv_line(COLUMNS)),
            Self::JsonLines => String::new(),
        }
    }
    fn line(self, entry: &Entry, teller: &Teller<'_>) -> String {
        match self {
            Self::Csv => csv_line(cells(entry, teller).iter().map(String::as_str)),
            Self::JsonLines => json_line(entry, teller),
        }
    }
}

/// One piece of a file.
pub type Made = std::io::Result<Bytes>;

/// Makes a file of a list, newest first, in the words of who takes it, and moves its job along.
pub fn entries<R: Right>(
    app: &App,
    grant: &Grant<R>,
    wanted: Wanted,
    (format, t): (Format, Locale),
    job: Uuid,
) -> mpsc::Receiver<Made> {
    let (sender, pieces) = mpsc::channel(4);
    let (app, grant) = (app.clone(), grant.clone());
    tokio::spawn(async move {
        let node = app.store.chance().uuid(app.store.clock().now());
        let making = make(&app, &grant, wanted, (format, t), (job, node), &sender);
        let outcome = work::attended(&grant, &app.store, (job, node), making).await;
        let state = match &outcome {
            Ok(true) => JobState::Done,
            Ok(false) => JobState::Stopped,
            Err(_) => JobState::Failed,
        };
        if !matches!(outcome, Ok(true)) {
            // A file that is not whole must not look whole.
            let _ = sender.send(Err(std::io::Error::other("not whole"))).await;
        }
        let ended = grant.quietly(&app.store, move |w| work::end(w, job, node, state, "{}")).await;
        if let Err(cause) = ended {
            tracing::warn!(%cause, "the end of an export was not written down");
        }
    });
    pieces
}

/// False when it was stopped, or nobody takes it any more.
async fn make<R: Right>(
    app: &App,
    grant: &Grant<R>,
    mut wanted: Wanted,
    (format, t): (Format, Locale),
    (job, node): (Uuid, Uuid),
    sender: &mpsc::Sender<Made>,
) -> Result<bool> {
    if !grant.quietly(&app.store, move |w| work::take(w, job, node)).await? {
        return Err(Error::conflict("logs-export-over"));
    }
    if sender.send(Ok(Bytes::from(format.head()))).await.is_err() {
        return Ok(false);
    }
    let mut done = 0_i64;
    loop {
        let asked = wanted.clone();
        let (text, count, next) = grant.read(&app.store, move |r| some(r, asked, (format, &t))).await?;
        done += count;
        if !grant.quietly(&app.store, move |w| work::step(w, job, node, done, 0, "{}")).await? {
            return Ok(false);
        }
        if sender.send(Ok(Bytes::from(text))).await.is_err() {
            return Ok(false);
        }
        match next {
            Some(next) => wanted.before = Some(next),
            None => return Ok(true),
        }
    }
}

fn some(
    r: &mut kernel::Reader<'_>,
    mut wanted: Wanted,
    (format, t): (Format, &Locale),
) -> Result<(String, i64, Option<i64>)> {
    let (mut text, mut count) = (String::new(), 0);
    for _ in 0..PAGES_A_STEP {
        let listed = listing::list(r, &wanted)?;
        let teller = Teller { t, names: &listed.names };
        for entry in &listed.entries {
            text.push_str(&format.line(entry, &teller));
            count += 1;
        }
        wanted.before = listed.older;
        if wanted.before.is_none() {
            break;
        }
    }
    Ok((text, count, wanted.before))
}
