//! What the program costs, measured on a folder (or a database) of its own that is filled with made-up entries.
//!
//! - Every entry comes from a real event, committed as in service; nothing is written past the kernel.
//! - A folder that holds another customer is refused. A filled folder is used again, and filled up if it is too small.
//! - A figure is the median of several runs; CPU is this process's own account, so that a busy machine does not falsify it.
//!
//! `town` who works there · `deeds` what they do · `fill` the filling · `gauge` time, CPU, memory · `report` the table ·
//! the rest: one file a part of the table.

mod book;
mod changes;
mod client;
mod deeds;
mod fill;
pub mod gauge;
mod hashing;
mod lists;
mod pages;
mod portal;
mod process;
mod queries;
pub mod report;
mod signing;
mod sound;
mod town;
mod visit;
mod words;

use crate::App;
use crate::ops::config::Config;
use kernel::{Chance, Clock, Error, Message, Result, Store};
pub use report::Report;
use std::time::Duration;
use town::Town;

/// What is to be measured.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Entries of the one customer.
    pub entries: i64,
    /// Runs of each figure.
    pub runs: usize,
    /// Parts of the table; all when empty.
    pub only: Vec<String>,
    /// The application's role on PostgreSQL: the schema is brought up to date first when it is stated.
    pub role: Option<String>,
    /// Sign-ins before memory is looked at.
    pub sign_ins: usize,
    /// How long it is left alone before memory is looked at again.
    pub settle: Duration,
    /// The size of the long recording.
    pub recording_megabytes: u64,
}

/// The parts of the table, in order. The filling itself comes before them.
pub const PARTS: [&str; 7] = ["logs", "pages", "sign-in", "book", "recording", "changes", "process"];

/// A folder of fewer entries is made to try the command: everything is done, but a tenth as often.
const FEW_ENTRIES: i64 = 10_000;

impl Asked {
    /// How often something is done that is done so often for a figure.
    fn times(&self, often: usize) -> usize {
        if self.entries < FEW_ENTRIES { often.div_ceil(10) } else { often }
    }
    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|p| p == part)
    }
}

/// A place to say how far it has come.
pub type Progress = std::sync::Arc<dyn Fn(Message) + Send + Sync>;

/// Fills and measures.
///
/// # Errors
/// What could not be built, filled or measured, and why.
pub async fn run(config: &Config, asked: &Asked, progress: &Progress) -> Result<Report> {
    if let Some(unknown) = asked.only.iter().find(|p| *p != "fill" && !PARTS.contains(&p.as_str())) {
        let parts = PARTS.join(", ");
        return Err(Error::conflict(
            Message::new("bench-no-such-part").with("part", unknown).with("parts", parts),
        ));
    }
    if let (Some(url), Some(role)) =
        (config.database_owner.as_ref().or(config.database.as_ref()), &asked.role)
    {
        tokio::task::block_in_place(|| Store::migrate_postgres(url.reveal(), role))?;
    }
    let mut report = Report::new(config.database.is_some(), asked.entries);
    fill::fill(config, asked.entries, progress, &mut report).await?;
    if PARTS.iter().any(|part| asked.wants(part)) {
        inside(config, asked, &mut report).await?;
    }
    if asked.wants("process") {
        process::measure(config, asked, &mut report).await?;
    }
    Ok(report)
}

/// What is measured inside this process. What adds entries comes last.
async fn inside(config: &Config, asked: &Asked, report: &mut Report) -> Result<()> {
    let app = tokio::task::block_in_place(|| App::build(config.clone(), Clock::system(), Chance::system()))?;
    let town = Town::settle(&app, asked.entries).await?;
    if asked.wants("logs") {
        lists::measure(&app, &town, asked, report).await?;
    }
    if asked.wants("pages") {
        pages::measure(&app, &town, asked, report).await?;
    }
    if asked.wants("sign-in") {
        signing::measure(&app, &town, asked, report).await?;
    }
    if asked.wants("book") {
        book::measure(&app, &town, asked, report).await?;
    }
    if asked.wants("recording") {
        sound::measure(&app, &town, asked, report).await?;
    }
    if asked.wants("changes") {
        changes::measure(&app, &town, asked, report).await?;
    }
    Ok(())
}
