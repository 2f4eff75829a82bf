//! What a saved search is, and what of an address is one.

use crate::logs::{Kind, ReadAccessLog, ReadArchiveLog, ReadChangeLog, asked};
use crate::ui::Address;
use ::book::Log;
use jiff::tz::TimeZone;
use kernel::door::Fields;
use kernel::{Access, Error, Message, Result, Right, Timestamp, Uuid};

/// Searches of one's own in one log.
pub const MAX_OWN_SEARCHES: usize = 50;
/// Searches of one log that are shared.
pub const MAX_SHARED_SEARCHES: usize = 100;
/// Characters of a name.
pub const NAME_CHARACTERS: usize = 80;
/// Characters of the filters.
pub const FILTERS_CHARACTERS: usize = 2_000;

/// Where saved searches are.
pub const PATH: &str = "/logs/searches";

/// Parameters that are kept, beside the columns.
const KEPT: [&str; 6] = ["request", "q", "time", "since", "until", "list"];

/// Filters of a log with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its id.
    pub id: Uuid,
    /// Who saved it.
    pub owner: Uuid,
    /// Of which log.
    pub log: Log,
    /// What it is called.
    pub name: String,
    /// The filters, as an address has them.
    pub filters: String,
    /// Whether all who may read that log are offered it.
    pub shared: bool,
}

impl SavedSearch {
    /// The address it opens.
    #[must_use]
    pub fn href(&self) -> String {
        format!("{}?{}", path(self.log), self.filters)
    }
}

/// The address of a log's page.
#[must_use]
pub const fn path(log: Log) -> &'static str {
    match log {
        Log::Access => ReadAccessLog::PATH,
        Log::Change => ReadChangeLog::PATH,
        Log::Archive => ReadArchiveLog::PATH,
    }
}

/// Whether somebody may read a log.
#[must_use]
pub fn may_read(access: &Access, log: Log) -> bool {
    access.holds(match log {
        Log::Access => ReadAccessLog::KEY,
        Log::Change => ReadChangeLog::KEY,
        Log::Archive => ReadArchiveLog::KEY,
    })
}

/// The filters of an address, and nothing else of it: no page, no open drawer, no hidden columns.
#[must_use]
pub fn filters(log: Log, query: &str) -> String {
    let known = |name: &str| KEPT.contains(&name) || asked::facets(log).contains(&name);
    let whole = query.starts_with(['/', '?']);
    let query = query.split_once('?').filter(|_| whole).map_or(query, |(_, query)| query);
    let all = Address::parse(&format!("?{query}"));
    let everything = |name: &str, value: &str| (name, value) == ("time", "all");
    let some = all.pairs().iter().filter(|(name, value)| known(name) && !value.trim().is_empty());
    let some = some.filter(|(name, value)| !everything(name, value));
    let kept = some.fold(Address::new(""), |kept, (name, value)| kept.with(name, value));
    kept.to_string().trim_start_matches('?').to_owned()
}

/// The filters that were sent, if the log's page would take them.
///
/// # Errors
/// `Invalid` at the field `filters`.
pub fn sent(log: Log, query: &str, now: Timestamp) -> Result<String> {
    let filters = filters(log, query);
    if filters.is_empty() {
        return Err(Error::invalid("filters", "logs-saved-nothing"));
    }
    if filters.chars().count() > FILTERS_CHARACTERS {
        let message = Message::new("error-field-too-long").with("most", FILTERS_CHARACTERS);
        return Err(Error::invalid("filters", message));
    }
    let mut fields = Fields::urlencoded(filters.as_bytes());
    let read = asked::wanted(log, &mut fields, now, &TimeZone::UTC).and_then(|_| fields.done());
    match read {
        Ok(()) => Ok(filters),
        Err(Error::Invalid(mut problems)) => {
            let message = problems.swap_remove(0).message;
            Err(Error::invalid("filters", message))
        }
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_of_an_address_is_its_filters() {
        let whole = "?result=refused&from=17&open=3&hide=way&find-user=bo&time=all&country=&q=a%26b&x=1";
        assert_eq!(filters(Log::Access, whole), "result=refused&q=a%26b");
        assert_eq!(filters(Log::Access, &format!("/logs/access{whole}")), "result=refused&q=a%26b");
        assert_eq!(filters(Log::Access, "q=a?b"), "q=a%3Fb");
        assert_eq!(filters(Log::Access, "/logs/access"), "");
        assert_eq!(filters(Log::Change, "result=refused&level=tenant"), "level=tenant");
        assert!(sent(Log::Access, "from=17", Timestamp(0)).is_err());
        assert!(sent(Log::Access, "request=17", Timestamp(0)).is_err());
        assert!(sent(Log::Access, &format!("q={}", "x".repeat(201)), Timestamp(0)).is_err());
    }
}
