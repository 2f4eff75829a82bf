//! Who is affected when a change is undone.

use crate::logs::model::Entry;
use crate::profiles::queries as profiles;
use crate::reach::model::ReachId;
use crate::reach::queries as reach;
use crate::settings::model::{Change, Place, Told};
use crate::settings::pages::consequence::{self, Alike};
use crate::settings::{effect, queries as settings};
use crate::ui::Locale;
use crate::ui::change::Consequence;
use crate::users::pages::moving;
use crate::users::queries as users;
use kernel::setting;
use kernel::{Error, GroupId, Reader, Result, UserId};

/// Who is affected, and how far that can be said.
#[derive(Clone, Debug)]
pub enum Affected {
    /// It is not undone, so nobody is.
    Unsaid,
    /// Nobody's rights and nobody's reach change.
    Nobody,
    /// One user.
    User(String),
    /// Everybody in a group: its name, and how many they are.
    Group(String, i64),
    /// So many groups and users hold the reach.
    Holders(i64),
    /// Whoever works by the profile of this one.
    Holder(String),
    /// Those whose value of a setting becomes another.
    Values(Change, Vec<Alike>),
    /// One user who goes back to another group: what is gained and lost.
    Moved(String, Box<moving::Outcome>),
}

impl Affected {
    /// Looks who is affected.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn of(r: &mut Reader<'_>, entry: &Entry) -> Result<Affected> {
        let looked = match (entry.name.as_str(), entry.subject_kind.as_str()) {
            ("setting.given" | "setting.cleared", _) => values(r, entry),
            ("user.moved", _) => moved(r, entry),
            ("key.made", _) => user(r, entry.event("user")?),
            ("user.creation_undone", _) => Ok(Affected::User(Entry::text(&entry.about, "name").to_owned())),
            ("group.deleted", _) => Ok(Affected::Nobody),
            (_, "user") => user(r, UserId(entry.subject)),
            (_, "group") => {
                let found = settings::group_rows(r, Some(GroupId(entry.subject)))?.pop();
                Ok(found.map_or(Affected::Nobody, |group| Affected::Group(group.name, group.users)))
            }
            ("reach.changed", _) => {
                Ok(Affected::Holders(reach::definition(r, ReachId(entry.subject))?.given))
            }
            ("profile.created" | "profile.edited", _) => {
                let (profile, _) = profiles::profile(r, entry.subject)?;
                let held = !profile.holder_name.is_empty();
                Ok(if held { Affected::Holder(profile.holder_name) } else { Affected::Nobody })
            }
            _ => Ok(Affected::Nobody),
        };
        match looked {
            Err(Error::NotFound | Error::Conflict(_) | Error::Invalid(_)) => Ok(Affected::Nobody),
            looked => looked,
        }
    }
    /// As the page shows it.
    #[must_use]
    pub fn shown(&self, t: &Locale) -> Option<Consequence> {
        let note = |text: String| Some(Consequence::new(t.say("logs-undo-affected")).note(text));
        match self {
            Affected::Unsaid => None,
            Affected::Nobody => note(t.say("logs-undo-affects-nobody")),
            Affected::User(name) => note(t.say1("logs-undo-affects-user", "name", name.as_str())),
            Affected::Group(name, n) => note(
                t.say_with("logs-undo-affects-group", &[("name", name.as_str().into()), ("n", (*n).into())]),
            ),
            Affected::Holders(n) => note(t.say1("logs-undo-affects-holders", "n", *n)),
            Affected::Holder(name) => note(t.say1("logs-undo-affects-holder", "name", name.as_str())),
            Affected::Values(change, all) => {
                Some(consequence::titled(t, t.say("logs-undo-affected"), change, all))
            }
            Affected::Moved(name, outcome) => {
                let affected = t.say1("logs-undo-affects-user", "name", name.as_str());
                Some(outcome.tell(t, Consequence::new(affected)))
            }
        }
    }
}

fn user(r: &mut Reader<'_>, user: UserId) -> Result<Affected> {
    Ok(Affected::User(settings::line(r, Place::User(user))?.name().to_owned()))
}

/// The policy run both ways, as before the setting was changed by hand.
fn values(r: &mut Reader<'_>, entry: &Entry) -> Result<Affected> {
    let (key, level): (String, String) = (entry.event("key")?, entry.event("place")?);
    let unreadable = || Error::conflict("undo-unreadable");
    let place = Place::of(&level, entry.subject).ok_or_else(unreadable)?;
    let setting = setting::find(&key).ok_or_else(unreadable)?;
    let field = entry.field(&format!("setting:{key}")).ok_or_else(unreadable)?;
    let change = Change { setting, place, to: Told::from_entry(&field.before)? };
    let outcomes = effect::weigh(r, &change)?;
    let alike = consequence::gathered(r, &change, &outcomes)?;
    Ok(Affected::Values(change, alike))
}

fn moved(r: &mut Reader<'_>, entry: &Entry) -> Result<Affected> {
    let to: GroupId = entry.before("group")?;
    let user = users::user(r, UserId(entry.subject))?;
    let keep = users::own_values(r, user.id)?;
    let outcome = moving::Outcome::of(r, &user, to, &keep)?;
    Ok(Affected::Moved(user.particulars.name, Box::new(outcome)))
}
