//! Words and badges of users, said the same way on every page.

use crate::ui::state::{Badge, Tone};
use crate::ui::{Html, Locale};
use crate::users::model::{GroupKind, Standing, UserKind};

/// A user's kind.
#[must_use]
pub fn kind(t: &Locale, kind: UserKind) -> String {
    t.say(match kind {
        UserKind::Person => "users-kind-person",
        UserKind::Wallboard => "users-kind-wallboard",
        UserKind::Bot => "users-kind-bot",
        UserKind::Service => "users-kind-service",
    })
}

/// A group's kind.
#[must_use]
pub fn group_kind(t: &Locale, kind: GroupKind) -> String {
    t.say(match kind {
        GroupKind::Administrators => "groups-kind-administrators",
        GroupKind::Agents => "groups-kind-agents",
        GroupKind::Wallboards => "groups-kind-wallboards",
        GroupKind::Services => "groups-kind-services",
    })
}

/// A user's state as a badge.
#[must_use]
pub fn standing(t: &Locale, standing: Standing) -> Html {
    let (tone, key) = match standing {
        Standing::Active => (Tone::Ok, "users-standing-active"),
        Standing::SuspendedLater(_) => (Tone::Note, "users-standing-later"),
        Standing::Suspended(_) => (Tone::Warn, "users-standing-suspended"),
        Standing::Deactivated => (Tone::Still, "users-standing-deactivated"),
        Standing::Erased => (Tone::Still, "users-standing-erased"),
    };
    Badge::new(tone, t.say(key)).into()
}

/// A user's state as a sentence, with its dates.
#[must_use]
pub fn standing_sentence(t: &Locale, standing: Standing) -> String {
    match standing {
        Standing::Active => t.say("users-may-sign-in"),
        Standing::SuspendedLater(s) => match s.until {
            Some(until) => t.say_with(
                "users-suspended-from-until",
                &[("from", t.minute(s.from.0).into()), ("until", t.minute(until.0).into())],
            ),
            None => t.say1("users-suspended-from", "from", t.minute(s.from.0)),
        },
        Standing::Suspended(s) => match s.until {
            Some(until) => t.say1("users-suspended-until", "until", t.minute(until.0)),
            None => t.say1("users-suspended-since", "from", t.minute(s.from.0)),
        },
        Standing::Deactivated => t.say("users-has-left"),
        Standing::Erased => t.say("users-standing-erased"),
    }
}

/// The sentence of a setting's or right's name.
#[must_use]
pub fn setting(t: &Locale, key: &str) -> String {
    t.say(&format!("setting-{}", key.replace('.', "-")))
}
