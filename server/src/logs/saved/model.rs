//! What a saved search is, and what of an address is one.

use super::page::Page;
use crate::ui::Address;
use kernel::{Error, Message, Result, Timestamp, Uuid};

/// Searches of one's own in one list.
pub const MAX_OWN_SEARCHES: usize = 50;
/// Searches of one list that are shared.
pub const MAX_SHARED_SEARCHES: usize = 100;
/// Characters of a name.
pub const NAME_CHARACTERS: usize = 80;
/// Characters of the filters.
pub const FILTERS_CHARACTERS: usize = 2_000;

/// Where saved searches are.
pub const PATH: &str = "/searches";

/// Filters of a list with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its id.
    pub id: Uuid,
    /// Who saved it.
    pub owner: Uuid,
    /// Of which list.
    pub page: Page,
    /// What it is called.
    pub name: String,
    /// The filters, as an address has them.
    pub filters: String,
    /// Whether all whom that list opens for are offered it.
    pub shared: bool,
}

impl SavedSearch {
    /// The address it opens.
    #[must_use]
    pub fn href(&self) -> String {
        format!("{}?{}", self.page.path(), self.filters)
    }
}

/// The filters of an address, and nothing else of it: no page, no open drawer, no order, no hidden columns.
#[must_use]
pub fn filters(page: Page, query: &str) -> String {
    let whole = query.starts_with(['/', '?']);
    let query = query.split_once('?').filter(|_| whole).map_or(query, |(_, query)| query);
    let all = Address::parse(&format!("?{query}"));
    let everything = |name: &str, value: &str| (name, value) == ("time", "all");
    let some = all.pairs().iter().filter(|(name, value)| page.keeps(name, value) && !value.trim().is_empty());
    let some = some.filter(|(name, value)| !everything(name, value));
    let kept = some.fold(Address::new(""), |kept, (name, value)| kept.with(name, value));
    kept.to_string().trim_start_matches('?').to_owned()
}

/// The filters that were sent, if the list would take them.
///
/// # Errors
/// `Invalid` at the field `filters`.
pub fn sent(page: Page, query: &str, now: Timestamp) -> Result<String> {
    let filters = filters(page, query);
    if filters.is_empty() {
        return Err(Error::invalid("filters", "logs-saved-nothing"));
    }
    if filters.chars().count() > FILTERS_CHARACTERS {
        let message = Message::new("error-field-too-long").with("most", FILTERS_CHARACTERS);
        return Err(Error::invalid("filters", message));
    }
    match page.takes(&filters, now) {
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
    use ::book::Log;

    const ACCESS: Page = Page::Log(Log::Access);

    #[test]
    fn what_is_saved_of_an_address_is_its_filters() {
        let whole = "?result=refused&from=17&open=3&hide=way&find-user=bo&time=all&country=&q=a%26b&x=1";
        assert_eq!(filters(ACCESS, whole), "result=refused&q=a%26b");
        assert_eq!(filters(ACCESS, &format!("/logs/access{whole}")), "result=refused&q=a%26b");
        assert_eq!(filters(ACCESS, "q=a?b"), "q=a%3Fb");
        assert_eq!(filters(ACCESS, "/logs/access"), "");
        assert_eq!(filters(Page::Log(Log::Change), "result=refused&level=tenant"), "level=tenant");
        assert!(sent(ACCESS, "from=17", Timestamp(0)).is_err());
        assert!(sent(ACCESS, "request=17", Timestamp(0)).is_err());
        assert!(sent(ACCESS, &format!("q={}", "x".repeat(201)), Timestamp(0)).is_err());
    }

    #[test]
    fn of_the_archive_only_what_it_reads_is_saved() {
        let whole = "/archive?medium=call&least=60&words=faktura&q=Linn%C3%A9a&recorded=1&time=7d";
        let more = "&sort=-length&from=1_0&agents=bo&hide=queue&agent=x&most=-3&since=now&done=x";
        assert_eq!(
            filters(Page::Interactions, &format!("{whole}{more}")),
            "medium=call&least=60&words=faktura&q=Linn%C3%A9a&recorded=1&time=7d"
        );
        assert!(sent(Page::Interactions, "medium=fax&words=%20", Timestamp(0)).is_err());
    }
}
