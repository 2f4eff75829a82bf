//! What each kind of group starts with: the settings and rights written down for it when it is made.
//!
//! - Administrators: every right there is, and a shorter idle time (PCI DSS 8.2.8 asks for 15 minutes).
//! - Wallboards: signed in for as long as a session can be; nobody touches a screen on a wall.
//! - Everybody else: no right at all. What somebody may do beyond their own page is given, never assumed.

use super::model::GroupKind;
use kernel::setting::{Kind, Setting, known};
use serde_json::{Value, json};

/// The idle time administrators start with (PCI DSS 4.0.1, 8.2.8).
const ADMINISTRATORS_IDLE_MINUTES: i64 = 15;

/// Key and value of each setting given at the group's level from the start, sorted by key.
#[must_use]
pub fn settings(kind: GroupKind) -> Vec<(&'static str, Value)> {
    let mut out: Vec<(&'static str, Value)> = match kind {
        GroupKind::Administrators => known().filter(|s| s.is_right()).map(|s| (s.key, json!(true))).collect(),
        GroupKind::Wallboards => [&kernel::gate::SESSION_IDLE_MINUTES, &kernel::gate::SESSION_ABSOLUTE_HOURS]
            .into_iter()
            .filter_map(|setting| Some((setting.key, json!(most(setting)?))))
            .collect(),
        GroupKind::Agents | GroupKind::Services => Vec::new(),
    };
    if kind == GroupKind::Administrators {
        out.push((kernel::gate::SESSION_IDLE_MINUTES.key, json!(ADMINISTRATORS_IDLE_MINUTES)));
    }
    out.sort_unstable_by_key(|(key, _)| *key);
    out
}

/// The most that a count can be.
const fn most(setting: &Setting) -> Option<i64> {
    match setting.kind {
        Kind::Count { most, .. } => Some(most),
        _ => None,
    }
}
