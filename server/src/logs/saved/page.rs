//! The lists whose filters can be saved: the three logs, and the archive.

use crate::archive::finding;
use crate::archive::pages as archive;
use crate::archive::rights::{OpenContent, ViewArchive};
use crate::logs::pages::{Known, in_words, names, places, title};
use crate::logs::{Kind, ReadAccessLog, ReadArchiveLog, ReadChangeLog, asked};
use crate::ui::{Address, Locale};
use ::book::Log;
use jiff::tz::TimeZone;
use kernel::door::Fields;
use kernel::{Access, Reader, Result, Right, Timestamp};

/// Parameters of a log that are kept, beside its columns.
const KEPT: [&str; 6] = ["request", "q", "time", "since", "until", "list"];

/// A list whose filters can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// A log.
    Log(Log),
    /// The interactions in the archive.
    Interactions,
}

impl Page {
    /// All of them, as the pages show them.
    pub const ALL: [Page; 4] =
        [Page::Interactions, Page::Log(Log::Access), Page::Log(Log::Change), Page::Log(Log::Archive)];

    /// Its name in rows, entries and for programs: `access`, `change`, `archive` for the logs, `interactions`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Log(log) => log.name(),
            Self::Interactions => "interactions",
        }
    }
    /// The list of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.name() == name)
    }
    /// Its address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Log(Log::Access) => ReadAccessLog::PATH,
            Self::Log(Log::Change) => ReadChangeLog::PATH,
            Self::Log(Log::Archive) => ReadArchiveLog::PATH,
            Self::Interactions => "/archive",
        }
    }
    /// What it is called.
    #[must_use]
    pub fn title(self, t: &Locale) -> String {
        match self {
            Self::Log(log) => title(t, log),
            Self::Interactions => t.say("archive-title"),
        }
    }
    /// Whether it opens for somebody.
    #[must_use]
    pub fn opens(self, access: &Access) -> bool {
        access.holds(match self {
            Self::Log(Log::Access) => ReadAccessLog::KEY,
            Self::Log(Log::Change) => ReadChangeLog::KEY,
            Self::Log(Log::Archive) => ReadArchiveLog::KEY,
            Self::Interactions => ViewArchive::KEY,
        })
    }
    /// Whether it opens for somebody with these filters: words of what was said are sought by who may hear it.
    #[must_use]
    pub fn opens_with(self, access: &Access, filters: &str) -> bool {
        let words = || Address::parse(&format!("?{filters}")).get("words").is_some();
        self.opens(access) && (self != Self::Interactions || access.may::<OpenContent>() || !words())
    }
    /// Whether a parameter of its address narrows it.
    #[must_use]
    pub fn keeps(self, name: &str, value: &str) -> bool {
        match self {
            Self::Log(log) => KEPT.contains(&name) || asked::facets(log).contains(&name),
            Self::Interactions => finding::narrows(name, value),
        }
    }
    /// Whether it takes these filters. The archive passes over what it cannot read, and nothing of that is kept.
    ///
    /// # Errors
    /// `Invalid` with what a log refuses.
    pub fn takes(self, filters: &str, now: Timestamp) -> Result<()> {
        let Self::Log(log) = self else { return Ok(()) };
        let mut fields = Fields::urlencoded(filters.as_bytes());
        asked::wanted(log, &mut fields, now, &TimeZone::UTC)?;
        fields.done()
    }
}

/// Says filters in words, with the names of what is within a reader's reach.
pub struct Wording {
    t: Locale,
    known: Known,
    choices: archive::Choices,
}

impl Wording {
    /// For one reader: groups and queues are looked up once.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn new(r: &mut Reader<'_>, t: Locale) -> Result<Self> {
        Ok(Self { t, known: places(r)?, choices: archive::Choices::places(r)? })
    }
    /// Filters of a list as a person reads them.
    ///
    /// # Errors
    /// `Invalid` when the list would not take them, `Busy` or `Broken` from the engine.
    pub fn of(&mut self, r: &mut Reader<'_>, page: Page, filters: &str) -> Result<String> {
        let here = Address::parse(&format!("{}?{filters}", page.path()));
        match page {
            Page::Log(log) => {
                let mut fields = Fields::urlencoded(filters.as_bytes());
                let wanted = asked::wanted(log, &mut fields, r.now(), &TimeZone::UTC)?;
                self.known.names = names(r, &wanted)?;
                Ok(in_words(&self.t, &here, &wanted, &self.known))
            }
            Page::Interactions => {
                self.choices.look(r, &here)?;
                Ok(archive::in_words(&self.t, &here, &self.choices))
            }
        }
    }
}
