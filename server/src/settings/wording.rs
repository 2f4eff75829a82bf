//! Settings in words: a value with its unit, where it comes from, what became of it, what lower levels may do.

use super::model::Place;
use super::queries::Line;
use crate::ui::Locale;
use kernel::setting::{Fate, Kind, Level, Mode, Setting};
use serde_json::Value;

/// A value in words, with its unit.
#[must_use]
pub fn value(t: &Locale, setting: &Setting, value: &Value) -> String {
    match setting.kind {
        Kind::Right => {
            t.say(if value == &Value::Bool(true) { "settings-allowed" } else { "settings-denied" })
        }
        Kind::Flag { .. } => t.say(if value == &Value::Bool(true) { "settings-yes" } else { "settings-no" }),
        Kind::Count { unit, .. } => amount(t, unit, value.as_i64().unwrap_or_default()),
        Kind::Choice { .. } => word(t, setting, value.as_str().unwrap_or_default()),
        Kind::Text { .. } | Kind::Shaped { .. } => match value.as_str() {
            Some(text) if !text.is_empty() => text.to_owned(),
            _ => t.say("settings-empty-text"),
        },
    }
}

/// A number with its unit.
#[must_use]
pub fn amount(t: &Locale, unit: &str, n: i64) -> String {
    t.say1(&format!("settings-unit-{unit}"), "n", n)
}

/// The unit alone, as it stands beside a field.
#[must_use]
pub fn unit(t: &Locale, unit: &str) -> String {
    let many = amount(t, unit, MANY);
    many.replace(&t.number(MANY), "").trim().to_owned()
}

/// A number that takes the plural in both languages, for [`unit`].
const MANY: i64 = 5;

/// One of a setting's words, as `setting-KEY-WORD` says it.
#[must_use]
pub fn word(t: &Locale, setting: &Setting, word: &str) -> String {
    let key = format!("setting-{}-{word}", setting.key.replace('.', "-"));
    t.known(&key).unwrap_or_else(|| word.to_owned())
}

/// What can be chosen, where that is not plain to see.
#[must_use]
pub fn range(t: &Locale, setting: &Setting) -> Option<String> {
    match setting.kind {
        Kind::Count { least, most, unit, .. } => Some(
            t.say_with("settings-range", &[("least", least.into()), ("most", amount(t, unit, most).into())]),
        ),
        Kind::Shaped { form, .. } => Some(t.say(form)),
        Kind::Right | Kind::Flag { .. } | Kind::Choice { .. } | Kind::Text { .. } => None,
    }
}

/// Down to which level it can be given.
#[must_use]
pub fn lowest(t: &Locale, setting: &Setting) -> String {
    t.say(match setting.lowest {
        Level::System => "settings-lowest-system",
        Level::Tenant => "settings-lowest-tenant",
        Level::Group => "settings-lowest-group",
        Level::User => "settings-lowest-user",
    })
}

/// The name of a part of the settings.
#[must_use]
pub fn area(t: &Locale, area: &str) -> String {
    t.known(&format!("settings-area-{area}")).unwrap_or_else(|| area.to_owned())
}

/// Where a value comes from, as a whole sentence. `level` `None` is the default.
#[must_use]
pub fn source(t: &Locale, line: &Line, level: Option<Level>) -> String {
    let name = |name: Option<&String>| name.cloned().unwrap_or_default();
    match level {
        None => t.say("settings-source-default"),
        Some(Level::System) => t.say("settings-source-system"),
        Some(Level::Tenant) => t.say("settings-source-tenant"),
        Some(Level::Group) => {
            t.say1("settings-source-group", "name", name(line.group.as_ref().map(|(_, n)| n)))
        }
        Some(Level::User) => t.say1("settings-source-user", "name", name(line.user.as_ref().map(|(_, n)| n))),
    }
}

/// A level's own word.
#[must_use]
pub fn level(t: &Locale, level: Option<Level>) -> String {
    t.say(match level {
        None => "settings-level-product",
        Some(Level::System) => "settings-level-system",
        Some(Level::Tenant) => "settings-level-tenant",
        Some(Level::Group) => "settings-level-group",
        Some(Level::User) => "settings-level-user",
    })
}

/// What a mode lets lower levels do.
#[must_use]
pub fn mode(t: &Locale, mode: Mode) -> String {
    t.say(match mode {
        Mode::Free => "settings-mode-free",
        Mode::Tighten => "settings-mode-tighten",
        Mode::Fixed => "settings-mode-fixed",
    })
}

/// What became of a value given at a level.
#[must_use]
pub fn fate(t: &Locale, fate: Fate) -> String {
    t.say(match fate {
        Fate::Decides => "settings-fate-decides",
        Fate::Overridden => "settings-fate-overridden",
        Fate::Forbidden => "settings-fate-forbidden",
        Fate::TooLoose => "settings-fate-too-loose",
        Fate::Unfit => "settings-fate-unfit",
    })
}

/// Whose settings a page is about, as its heading.
#[must_use]
pub fn heading(t: &Locale, line: &Line) -> String {
    match line.place {
        Place::System => t.say("settings-of-system"),
        Place::Tenant => t.say("ui-nav-settings"),
        Place::Group(_) | Place::User(_) => t.say1("settings-of", "name", line.name()),
    }
}
