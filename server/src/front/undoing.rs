//! Undo beats "are you sure": what was just done is said together with the way back.
//!
//! - Offered to who may read the change log, for the newest change that oneself made, while it is fresh and is the one
//!   that the page says was done. The undo itself is the change log's own: it compares, and leaves its entry.
//! - Afterwards one stands where one stood.

use crate::App;
use crate::logs::{ReadChangeLog, queries, undo, undoing};
use crate::ui::{Address, Flash, Shell};
use axum::http::Uri;
use kernel::{Access, Result};
use std::sync::Arc;

/// An undo is offered beside the message for so long.
const FRESH_SECONDS: i64 = 120;

/// Words of messages that stand for several events.
const WORDS: &[(&str, &[&str])] =
    &[("added", &["created"]), ("saved", &["renamed", "edited"]), ("removed", &["deleted", "removed"])];

/// Whether an event is what a message says: `users-done-moved` and `user.moved`.
fn same(said: &str, event: &str) -> bool {
    let (Some(word), Some(verb)) = (said.rsplit('-').next(), event.rsplit('.').next()) else { return false };
    word == verb || WORDS.iter().any(|(one, verbs)| *one == word && verbs.contains(&verb))
}

/// Where the page stands once the change is undone: where it is, or above a thing that will be gone.
fn back(shell: &Shell, here: &Address, said: &str) -> String {
    let gone = ["created", "defined", "added"].iter().any(|word| said.ends_with(word));
    match shell.path.last().filter(|_| gone) {
        Some((_, above)) => above.clone(),
        None => here.without(&["done", "n"]).to_string(),
    }
}

/// Adds the undo to the message about what was just done, and says so after it was undone.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn offered(app: &App, access: &Arc<Access>, mut shell: Shell, uri: &Uri) -> Result<Shell> {
    let here = Address::parse(&uri.to_string());
    let said = here.get("done").unwrap_or_default();
    if said == "undone" {
        let text = shell.t.say("logs-undone");
        shell.flash.push(Flash::done(text));
    }
    let many = here.get("n").is_some_and(|n| n != "1");
    if said.is_empty() || many || shell.flash.is_empty() || !access.may::<ReadChangeLog>() {
        return Ok(shell);
    }
    let grant = access.grant::<ReadChangeLog>()?;
    let newest = grant.read(&app.store, queries::newest_own).await?;
    let now = app.store.clock().now();
    let newest = newest.filter(|entry| {
        same(said, &entry.name)
            && now.seconds_since(entry.at) < FRESH_SECONDS
            && undo::may(access, &entry.name)
    });
    let Some(entry) = newest else { return Ok(shell) };
    let find = move |r: &mut kernel::Reader<'_>| {
        let entry = queries::entry(r, book::Log::Change, entry.idx)?;
        Ok(undoing::kept(r, &entry)?.is_none().then_some(entry))
    };
    // The right and the reach that undoing needs are asked before it is offered.
    if let Some(entry) = grant.read(&app.store, find).await? {
        let back = ("back".to_owned(), back(&shell, &here, said));
        let action = format!("/logs/changes/{}/undo", entry.idx);
        shell.flash = shell.flash.into_iter().map(|flash| flash.undo(&action, vec![back.clone()])).collect();
    }
    Ok(shell)
}

/// An address of this portal to come back to; anything else leads to `otherwise`.
#[must_use]
pub fn local(next: &str, otherwise: &str) -> String {
    /// Characters of an address that are believed.
    const NEXT_CHARACTERS: usize = 500;
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    let short = next.chars().count() <= NEXT_CHARACTERS;
    if inside && short && next.is_ascii() { next.to_owned() } else { otherwise.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_and_its_event_are_known_by_their_last_word() {
        assert!(same("users-done-moved", "user.moved") && same("profiles-done-saved", "word.renamed"));
        assert!(same("given", "setting.given") && same("profiles-done-removed", "queue.deleted"));
        assert!(!same("users-done-edited", "user.suspended") && !same("", "user.moved"));
    }

    #[test]
    fn one_comes_back_to_this_portal_alone() {
        assert_eq!(local("/users?q=a", "/"), "/users?q=a");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", ""] {
            assert_eq!(local(elsewhere, "/logs/changes"), "/logs/changes", "{elsewhere}");
        }
    }
}
