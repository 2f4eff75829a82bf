//! Who and what the ids in some entries are: one look-up for each kind of thing and page, within the reader's reach.

use super::shape::{Shape, Thing, shape};
use crate::logs::model::Entry;
use crate::logs::queries::names as look;
use kernel::{Reader, Result, Uuid};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Names of things by id. What has none here is gone, erased, or beyond the reader's reach.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<Uuid, (Thing, String)>);

/// What some entries speak of by id.
#[derive(Clone, Debug, Default)]
pub struct Sought(BTreeSet<(Thing, Uuid)>);

impl Sought {
    /// By these entries.
    #[must_use]
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Sought {
        let mut sought = Sought::default();
        for entry in entries {
            for field in entry.fields() {
                gather(shape(&entry.name, &field.name), &field.before, &mut sought.0);
                gather(shape(&entry.name, &field.name), &field.after, &mut sought.0);
            }
            for (member, value) in entry.details() {
                gather(shape(&entry.name, member), value, &mut sought.0);
            }
        }
        sought
    }
    /// Whether they speak of nothing by id.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The names of it.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn named(&self, r: &mut Reader<'_>) -> Result<Names> {
        type Find = fn(&mut Reader<'_>, &[Uuid]) -> Result<Vec<(Uuid, String)>>;
        let kinds: [(Thing, Find); 4] = [
            (Thing::User, look::users),
            (Thing::Group, look::groups),
            (Thing::Queue, look::queues),
            (Thing::Word, look::words),
        ];
        let mut names = Names::default();
        for (thing, find) in kinds {
            let ids: Vec<Uuid> = self.0.iter().filter(|(of, _)| *of == thing).map(|(_, id)| *id).collect();
            if !ids.is_empty() {
                let found = find(r, &ids)?;
                names.0.extend(found.into_iter().map(|(id, name)| (id, (thing, name))));
            }
        }
        Ok(names)
    }
}

impl Names {
    /// The names of all that some entries speak of. Costs nothing where they speak of nothing by id.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn of<'e>(r: &mut Reader<'_>, entries: impl IntoIterator<Item = &'e Entry>) -> Result<Names> {
        Sought::of(entries).named(r)
    }
    /// Names given by hand, for samples and tests.
    #[must_use]
    pub fn given(names: &[(Thing, Uuid, &str)]) -> Names {
        Names(names.iter().map(|(thing, id, name)| (*id, (*thing, (*name).to_owned()))).collect())
    }
    /// What something is called, and what kind of thing it is.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<(Thing, &str)> {
        self.0.get(&id).map(|(thing, name)| (*thing, name.as_str()))
    }
}

fn gather(shape: Option<Shape>, value: &Value, wanted: &mut BTreeSet<(Thing, Uuid)>) {
    let mut want = |thing: Thing, value: &Value| {
        for id in ids(value) {
            match thing {
                Thing::Holder => wanted.extend([(Thing::Group, id), (Thing::User, id)]),
                thing => {
                    wanted.insert((thing, id));
                }
            }
        }
    };
    match shape {
        Some(Shape::Thing(thing)) => want(thing, value),
        Some(Shape::Abilities) => {
            let skills = value.as_array().into_iter().flatten().filter_map(|one| one.get("skill"));
            skills.for_each(|skill| want(Thing::Word, skill));
        }
        Some(Shape::Extent) => {
            want(Thing::Group, value.get("groups").unwrap_or(&Value::Null));
            want(Thing::Queue, value.get("queues").unwrap_or(&Value::Null));
        }
        _ => {}
    }
}

/// The ids in a value that is one, or a list of them. Zero stands for nothing.
pub(super) fn ids(value: &Value) -> Vec<Uuid> {
    let one = |value: &Value| value.as_str().and_then(|text| Uuid::parse_str(text).ok());
    let all: Vec<Uuid> = match value {
        Value::Array(items) => items.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    };
    all.into_iter().filter(|id| !id.is_nil()).collect()
}
