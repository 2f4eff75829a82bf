//! What somebody ordered of a log as a file, and how far it is: what its job keeps, so that any node can go on with it.

use super::cells::{COLUMNS, cells, csv_line, json_line};
use crate::logs::asked;
use crate::logs::listing::Wanted;
use crate::logs::model::Entry;
use crate::logs::said::Teller;
use crate::ui::{Language, Locale};
use ::book::Log;
use jiff::tz::TimeZone;
use kernel::door::{Ask, Fields};
use kernel::work::Job;
use kernel::{Error, Message, Result, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Characters of the filters in an address that a file is ordered with.
pub const MAX_QUERY_CHARACTERS: usize = 2_000;
/// A finished file is kept so long, then it is thrown away.
pub const FILE_KEPT_HOURS: i64 = 24;

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
    /// What stands before the first entry.
    #[must_use]
    pub fn head(self) -> String {
        match self {
            // The mark at the beginning tells spreadsheets that it is UTF-8.
            Self::Csv => format!("\u{feff}{}", csv_line(COLUMNS)),
            Self::JsonLines => String::new(),
        }
    }
    /// An entry.
    #[must_use]
    pub fn line(self, entry: &Entry, teller: &Teller<'_>) -> String {
        match self {
            Self::Csv => csv_line(cells(entry, teller).iter().map(String::as_str)),
            Self::JsonLines => json_line(entry, teller),
        }
    }
}

/// An order and how far it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// The log.
    pub log: String,
    /// The format.
    pub format: String,
    /// The filters, as in the address.
    pub query: String,
    /// In whose time zone times of the filters are meant.
    pub zone: String,
    /// In whose language and local time it tells of changes: the language's code, and a zone.
    pub words: (String, String),
    /// Whose rights and reach it is made by.
    pub user: Option<UserId>,
    /// That reach, when it was ordered; another one ends it.
    pub reach: String,
    /// The key of its parts, wrapped; empty when they were thrown away.
    pub key: String,
    /// The book's size when it was begun: later entries are not in it.
    pub size: Option<i64>,
    /// The index of the first entry it can reach down to.
    pub least: i64,
    /// All entries from this index on are written.
    pub from: i64,
    /// Parts that are written.
    pub parts: u32,
    /// Entries that are written.
    pub entries: i64,
    /// Bytes of the file that are written.
    pub bytes: u64,
    /// When it was taken up last, and from where on: what time is left is reckoned by.
    pub taken: Option<(Timestamp, i64)>,
    /// When it came to its end.
    pub ended: Option<Timestamp>,
    /// Why it failed: a sentence's key.
    pub why: String,
}

impl Order {
    /// What a job keeps: what came of it, or else where it goes on.
    #[must_use]
    pub fn of(job: &Job) -> Self {
        let text = if job.result.is_empty() { &job.resume } else { &job.result };
        serde_json::from_str(text).unwrap_or_default()
    }
    /// Where it goes on, with the key of its parts.
    ///
    /// # Errors
    /// `Broken` when it cannot be read.
    pub fn resumed(job: &Job) -> Result<Self> {
        serde_json::from_str(&job.resume).map_err(Error::broken)
    }
    /// As the job keeps it.
    ///
    /// # Errors
    /// `Broken` when it cannot be written.
    pub fn text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::broken)
    }
    /// What is kept of it when its parts are gone.
    ///
    /// # Errors
    /// `Broken` when it cannot be written.
    pub fn without_key(&self) -> Result<String> {
        Self { key: String::new(), ..self.clone() }.text()
    }
    /// The log it is of.
    ///
    /// # Errors
    /// `NotFound` when there is no such log.
    pub fn log(&self) -> Result<Log> {
        Log::from_name(&self.log).ok_or(Error::NotFound)
    }
    /// How it is written.
    ///
    /// # Errors
    /// `NotFound` when there is no such format.
    pub fn format(&self) -> Result<Format> {
        Format::parse(&self.format).ok_or(Error::NotFound)
    }
    /// The list it is of. `made_at` is when it was ordered: words like "today" mean that day.
    ///
    /// # Errors
    /// `Invalid` where the filters cannot be read.
    pub fn wanted(&self, made_at: Timestamp) -> Result<Wanted> {
        let zone = TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC);
        let mut filters = Fields::urlencoded(self.query.as_bytes());
        let wanted = asked::wanted(self.log()?, &mut filters, made_at, &zone)?;
        filters.done()?;
        Ok(Wanted { before: None, after: None, ..wanted })
    }
    /// In which words it is written.
    #[must_use]
    pub fn locale(&self) -> Locale {
        Locale::new(Language::parse(&self.words.0).unwrap_or(Language::En), &self.words.1)
    }
    /// How many places of the book are looked through, and of how many.
    #[must_use]
    pub fn looked_through(&self) -> (i64, i64) {
        let size = self.size.unwrap_or_default();
        ((size - self.from).max(0), (size - self.least).max(0))
    }
    /// Seconds that it will still take, as far as one can say.
    #[must_use]
    pub fn left_seconds(&self, now: Timestamp) -> Option<i64> {
        let (began, from) = self.taken?;
        let (done, left) = (from - self.from, (self.from - self.least).max(0));
        let seconds = now.seconds_since(began).max(0);
        (done > 0).then(|| (seconds * left).div_euclid(done) + 1)
    }
    /// Until when the file can be fetched.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        self.ended.map(|ended| ended.plus_seconds(FILE_KEPT_HOURS * 3_600))
    }
}

/// The filters that an address orders a file with.
///
/// # Errors
/// `Invalid` when they are longer than is kept: a file by half of them would be another one.
pub fn query_of(ask: &Ask) -> Result<String> {
    let query = ask.head.uri.query().unwrap_or_default();
    if query.chars().count() > MAX_QUERY_CHARACTERS {
        return Err(Error::invalid("q", Message::new("logs-export-long").with("most", MAX_QUERY_CHARACTERS)));
    }
    Ok(query.to_owned())
}
