//! Who is affected by a change of a value: the policy run both ways over groups and over users with values of their own.
//!
//! - Works on rows read once, so that a preview and the change itself say the same.
//! - A group stands for all its users without a value of their own.

use super::model::{Change, Outcome, Place, Told, Whose};
use super::queries;
use kernel::setting::{Given, Level};
use kernel::{GroupId, Reader, Result, UserId};
use serde_json::Value;
use std::collections::HashMap;

/// A group within the change's range.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// How many users it has.
    pub users: i64,
}

/// A user with a value of their own, or the one user the change is about.
#[derive(Clone, Debug)]
pub struct OwnRow {
    /// The user.
    pub id: UserId,
    /// The user's name.
    pub name: String,
    /// The user's group.
    pub group: GroupId,
    /// The value, if there is one.
    pub told: Option<Told>,
}

/// Every value of one setting that could matter.
struct Values {
    above: Vec<Given>,
    groups: HashMap<GroupId, Told>,
    group_rows: Vec<GroupRow>,
    own: Vec<OwnRow>,
}

/// What the change does, to whom: those whose value differs, groups by name, then users by name.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn weigh(r: &mut Reader<'_>, change: &Change) -> Result<Vec<Outcome>> {
    let values = read(r, change)?;
    let mut out = Vec::new();
    if !matches!(change.place, Place::User(_)) {
        for row in &values.group_rows {
            let apart = values.own.iter().filter(|o| o.group == row.id && o.told.is_some()).count();
            let users = row.users - i64::try_from(apart).unwrap_or_default();
            let whose = Whose::Group { id: row.id, name: row.name.clone(), users };
            out.extend(outcome(change, &values, None, row.id, whose));
        }
    }
    for row in &values.own {
        let whose = Whose::User { id: row.id, name: row.name.clone() };
        out.extend(outcome(change, &values, Some(row), row.group, whose));
    }
    Ok(out)
}

fn outcome(
    change: &Change,
    values: &Values,
    own: Option<&OwnRow>,
    group: GroupId,
    whose: Whose,
) -> Option<Outcome> {
    let key = change.setting.key;
    let mut givens = values.above.clone();
    let mut put = |level, told: Option<&Told>| {
        givens.extend(told.map(|t| Given {
            level,
            key: key.to_owned(),
            value: t.value.clone(),
            mode: t.mode,
        }));
    };
    put(Level::Group, values.groups.get(&group));
    put(Level::User, own.and_then(|o| o.told.as_ref()));
    let before = in_force(change, &givens);
    let after = in_force(change, &change.made(givens, own.map(|o| o.id), Some(group)));
    (before != after).then_some(Outcome { whose, before, after })
}

fn in_force(change: &Change, givens: &[Given]) -> Value {
    change.setting.resolve(givens.iter()).value
}

fn read(r: &mut Reader<'_>, change: &Change) -> Result<Values> {
    let key = change.setting.key;
    let mut above = Vec::new();
    for place in [Place::System, Place::Tenant] {
        let told = queries::at(r, place, key)?;
        above.extend(told.map(|t| Given {
            level: place.level(),
            key: key.to_owned(),
            value: t.value,
            mode: t.mode,
        }));
    }
    let (group, user) = match change.place {
        Place::System | Place::Tenant => (None, None),
        Place::Group(group) => (Some(group), None),
        Place::User(user) => (None, Some(user)),
    };
    let mut own = queries::own_values(r, key, group, user)?;
    if let (Some(user), true) = (user, own.is_empty()) {
        let (group, name) = queries::member(r, user)?;
        own.push(OwnRow { id: user, name, group, told: None });
    }
    let group_rows = if user.is_some() { Vec::new() } else { queries::group_rows(r, group)? };
    Ok(Values { above, groups: queries::group_values(r, key)?, group_rows, own })
}
