//! What a change would do, in words: who gains, who loses, whose value becomes another.

use crate::settings::model::{Change, Outcome, Place, Whose};
use crate::settings::{queries, wording};
use crate::ui::Locale;
use crate::ui::change::Consequence;
use kernel::{Reader, Result};
use serde_json::Value;

/// Names shown of one group.
const NAMES_OF_A_GROUP: i64 = 50;

/// Users whose value changes alike, with their names.
#[derive(Clone, Debug)]
pub struct Alike {
    before: Value,
    after: Value,
    users: i64,
    /// Group (if they stand there as its members), names, how many more there are.
    names: Vec<(Option<String>, Vec<String>, i64)>,
}

/// Gathers the outcomes with the same change, and finds the names.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn gathered(r: &mut Reader<'_>, change: &Change, outcomes: &[Outcome]) -> Result<Vec<Alike>> {
    let mut all: Vec<Alike> = Vec::new();
    for outcome in outcomes.iter().filter(|o| o.whose.users() > 0) {
        let entry = match &outcome.whose {
            Whose::User { name, .. } => (None, vec![name.clone()], 0),
            Whose::Group { id, name, users } => {
                let names = queries::names_in(r, *id, change.setting.key, NAMES_OF_A_GROUP)?;
                let more = users - i64::try_from(names.len()).unwrap_or_default();
                (Some(name.clone()), names, more)
            }
        };
        let alike = |a: &Alike| a.before == outcome.before && a.after == outcome.after;
        let at = all.iter().position(alike).unwrap_or_else(|| {
            let (before, after) = (outcome.before.clone(), outcome.after.clone());
            all.push(Alike { before, after, users: 0, names: Vec::new() });
            all.len() - 1
        });
        if let Some(found) = all.get_mut(at) {
            found.users += outcome.whose.users();
            found.names.push(entry);
        }
    }
    Ok(all)
}

/// The consequence as the page shows it.
#[must_use]
pub fn shown(t: &Locale, change: &Change, all: &[Alike]) -> Consequence {
    titled(t, t.say("settings-preview"), change, all)
}

/// The consequence under another title, where the change is not a form that is saved.
#[must_use]
pub fn titled(t: &Locale, title: String, change: &Change, all: &[Alike]) -> Consequence {
    let setting = change.setting;
    let mut out = Consequence::new(title);
    for alike in all {
        let names = names(t, alike);
        let tighter = setting.as_tight(&alike.after, &alike.before);
        let text = if setting.is_right() {
            let key = if tighter { "settings-preview-lose" } else { "settings-preview-gain" };
            t.say_with(key, &[("n", alike.users.into()), ("right", t.setting(setting.key).into())])
        } else {
            let said = |v| wording::value(t, setting, v);
            t.say_with(
                "settings-preview-changes",
                &[
                    ("n", alike.users.into()),
                    ("before", said(&alike.before).into()),
                    ("after", said(&alike.after).into()),
                ],
            )
        };
        out = if tighter { out.loss(text, names) } else { out.gain(text, names) };
    }
    if all.is_empty() {
        out = out.note(t.say("settings-preview-nobody"));
    }
    if change.place == Place::System {
        out = out.note(t.say("settings-preview-everywhere"));
    }
    out
}

fn names(t: &Locale, alike: &Alike) -> Vec<String> {
    let mut out = Vec::new();
    for (group, names, more) in &alike.names {
        let told = |name: &String| match group {
            Some(group) => format!("{name} ({group})"),
            None => name.clone(),
        };
        out.extend(names.iter().map(told));
        if let (true, Some(group)) = (*more > 0, group) {
            out.push(t.say_with(
                "settings-preview-more",
                &[("n", (*more).into()), ("group", group.as_str().into())],
            ));
        }
    }
    out
}

impl Alike {
    /// For samples.
    #[must_use]
    pub fn sample(before: Value, after: Value, users: i64) -> Self {
        let names = vec![(
            Some("Sales".to_owned()),
            vec!["Åsa Lindqvist".to_owned(), "<b>Bo</b>".to_owned()],
            users - 2,
        )];
        Self { before, after, users, names }
    }
}
