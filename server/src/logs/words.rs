//! Substring search in every text of a log.
//!
//! A log says few different things many times: names, addresses, browsers, values. So a search goes through the different texts,
//! each once, and then to the entries that hold one that fits. Any number of characters will do, and `*` stands for anything.
//!
//! - The texts are gathered after commit, by a reader of the log; the page says how far it has come.
//! - A pattern that fits more than [`MAX_TEXTS`] different texts is frequent: the newest entries are read instead.
//! - Which entry is shown is decided by its own words, so a search is never wrong, at most not yet quick.

use super::model::Entry;
use super::{events, queries};
use crate::App;
use crate::logs::book::heads::machine;
use kernel::facet::{fold, key};
use kernel::policy::Machine;
use kernel::{Grant, Result, TenantId, Uuid, work};
use serde_json::Value;
use std::collections::BTreeSet;

/// A pattern that fits more different texts is looked for in the newest entries instead.
pub const MAX_TEXTS: usize = 64;
/// Characters of a pattern.
pub const MAX_PATTERN_CHARACTERS: usize = 100;
/// Characters of a text that are searched.
const MAX_TEXT_CHARACTERS: usize = 400;
/// Entries gathered in one change.
pub const ENTRIES_A_BATCH: i64 = 200;
/// The reader's name among the positions.
pub const READER: &str = "log-words";

/// What is looked for: pieces that must come in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<String>,
}

impl Pattern {
    /// The pattern of what was typed; `None` when it says nothing.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Pattern> {
        let typed: String = typed.chars().take(MAX_PATTERN_CHARACTERS).collect();
        let pieces: Vec<String> =
            fold(&typed).split('*').filter(|p| !p.is_empty()).map(str::to_owned).collect();
        (!pieces.is_empty()).then_some(Pattern { pieces })
    }
    /// As SQL's `like` has it, with `\` before what stands for itself.
    #[must_use]
    pub fn like(&self) -> String {
        let mut out = String::from("%");
        for piece in &self.pieces {
            for c in piece.chars() {
                if matches!(c, '%' | '_' | '\\') {
                    out.push('\\');
                }
                out.push(c);
            }
            out.push('%');
        }
        out
    }
    /// Whether a folded text fits.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let mut rest = text;
        self.pieces.iter().all(|piece| match rest.split_once(piece.as_str()) {
            Some((_, behind)) => {
                rest = behind;
                true
            }
            None => false,
        })
    }
}

/// Every text of an entry, folded, each once: names, particulars, values before and after, the reason. Ids are left out.
#[must_use]
pub fn texts(entry: &Entry) -> BTreeSet<String> {
    let mut out = BTreeSet::from([entry.name.clone()]);
    for part in [&entry.who, &entry.about, &entry.change, &entry.reason] {
        part.values().for_each(|value| gather(value, &mut out));
    }
    out
}

fn gather(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if Uuid::parse_str(text).is_err() => {
            let text: String = fold(text).chars().filter(|c| *c != '\0').take(MAX_TEXT_CHARACTERS).collect();
            if !text.is_empty() {
                out.insert(text);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, out)),
        Value::Object(members) => members.values().for_each(|member| gather(member, out)),
        _ => {}
    }
}

/// Texts and hits of some entries, as JSON lists for one statement each.
fn listed(entries: &[Entry]) -> (String, String) {
    let mut words = BTreeSet::new();
    let mut hits = Vec::new();
    for entry in entries {
        for text in texts(entry) {
            let key = key(entry.log, "text", &text);
            hits.push(serde_json::json!([key, entry.idx]));
            words.insert((i64::from(entry.log.code()), text, key));
        }
    }
    let words: Vec<Value> =
        words.into_iter().map(|(log, text, key)| serde_json::json!([log, text, key])).collect();
    (Value::Array(words).to_string(), Value::Array(hits).to_string())
}

/// Gathers the words of one batch of a tenant's entries; false when there were none.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn gather_batch(app: &App, tenant: TenantId) -> Result<bool> {
    let grant: Grant<Machine> = machine(app, tenant, "log-words").grant()?;
    let (first, entries) = grant
        .read(&app.store, |r| {
            let first = work::position(r, READER)?;
            Ok((first, queries::batch(r, first)?))
        })
        .await?;
    let Some(last) = entries.last() else { return Ok(false) };
    let end = last.idx + 1;
    let (words, hits) = listed(&entries);
    grant.quietly(&app.store, move |w| events::gathered(w, first, end, &words, &hits)).await?;
    Ok(true)
}

/// Gathers until the process ends.
pub async fn run(app: App) {
    let mut commits = app.store.commits();
    loop {
        commits.mark_unchanged();
        match all(&app).await {
            Ok(()) => tokio::time::sleep(std::time::Duration::from_millis(500)).await,
            Err(cause) => {
                tracing::warn!(%cause, "the words of the logs were not gathered");
                tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            }
        }
        if app.config.database.is_none() && commits.changed().await.is_err() {
            return;
        }
    }
}

/// Gathers all there is in every tenant.
///
/// # Errors
/// The first tenant's fault.
pub async fn all(app: &App) -> Result<()> {
    let mut tenants = app.gate.all().await?;
    if !tenants.contains(&app.gate.operator()) {
        tenants.push(app.gate.operator());
    }
    for tenant in tenants {
        while gather_batch(app, tenant).await? {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_and_signs_stand_for_themselves() {
        let pattern = Pattern::parse("Kar*SSON").unwrap();
        assert!(pattern.fits("anna karlsson") && !pattern.fits("ssonkar"));
        assert_eq!(Pattern::parse("50%_\\").unwrap().like(), "%50\\%\\_\\\\%");
        assert_eq!(Pattern::parse(" ** "), None);
        assert!(Pattern::parse("Å").unwrap().fits("åsa"));
    }
}
