//! What changed since: the newest entry that made each field something else than the change left it.

use crate::logs::listing::{self, Wanted};
use crate::logs::model::Entry;
use crate::users::model::Particulars;
use ::book::Log;
use kernel::{Reader, Result, Timestamp};

/// Pages of later entries about the same thing that are looked through; what is older was changed longer ago than that.
const MAX_PAGES: usize = 4;

/// A field that was changed since, and the entry that did it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The field; empty where the thing itself is gone.
    pub field: String,
    /// The entry.
    pub idx: i64,
    /// Its event.
    pub event: String,
    /// When.
    pub at: Timestamp,
    /// Who did it, by the name of that day.
    pub by: String,
}

/// Whether undoing sets a field back. What merely followed from a change stays as it is.
#[must_use]
pub fn set_back(field: &str) -> bool {
    !matches!(field, "sessions" | "sessions-ended" | "keys" | "links" | "searches")
}

/// Whether undoing an event compares a field with what is there now.
fn compared(event: &str, field: &str) -> bool {
    match event {
        "user.moved" => field == "group",
        "group.created" => field == "name",
        "user.created" => Particulars::default().fields().iter().any(|(name, _)| *name == field),
        _ => set_back(field),
    }
}

/// Events that end what an event without fields made.
fn ended_by(event: &str) -> &'static [&'static str] {
    match event {
        "key.made" => &["key.ended"],
        "password-link.made" => &["password-link.voided", "password.set-by-link", "password-link.made"],
        _ => &[],
    }
}

/// Whether two entries are about the same: a holder can be given several reaches.
fn same(entry: &Entry, later: &Entry) -> bool {
    let reach = |entry: &Entry| entry.event::<String>("reach").ok();
    !entry.name.starts_with("reach.") || reach(entry) == reach(later)
}

/// The fields that were changed since, in the order of the entry, each with the newest entry that the reader may see.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn since(r: &mut Reader<'_>, entry: &Entry) -> Result<Vec<Since>> {
    let later = later(r, entry)?;
    let told = |field: &str, by: &Entry| Since {
        field: field.to_owned(),
        idx: by.idx,
        event: by.name.clone(),
        at: by.at,
        by: Entry::text(&by.who, "name").to_owned(),
    };
    let mut all: Vec<Since> = Vec::new();
    if let Some(by) = later.iter().find(|one| ended_by(&entry.name).contains(&one.name.as_str())) {
        all.push(told("", by));
    }
    for field in entry.fields().iter().filter(|field| compared(&entry.name, &field.name)) {
        let touched = later.iter().find_map(|one| Some((one, one.field(&field.name)?)));
        if let Some((by, _)) = touched.filter(|(_, now)| now.after != field.after) {
            all.push(told(&field.name, by));
        }
    }
    Ok(all)
}

/// Later changes of the same thing, newest first.
fn later(r: &mut Reader<'_>, entry: &Entry) -> Result<Vec<Entry>> {
    let mut wanted = Wanted { after: Some(entry.idx), ..Wanted::all(Log::Change) };
    wanted.facets = match entry.event::<String>("key") {
        Ok(key) if entry.name.starts_with("setting.") && entry.subject.is_nil() => {
            vec![("setting".to_owned(), key)]
        }
        _ => vec![("subject".to_owned(), entry.subject.to_string())],
    };
    let mut all = Vec::new();
    for _ in 0..MAX_PAGES {
        let listed = listing::list(r, &wanted)?;
        let about = |one: &Entry| one.subject == entry.subject && one.subject_kind == entry.subject_kind;
        all.extend(listed.entries.into_iter().filter(|one| about(one) && same(entry, one)));
        wanted.before = listed.older;
        if wanted.before.is_none() {
            break;
        }
    }
    Ok(all)
}
