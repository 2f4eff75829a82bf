//! How a field is called and what its value says, to one reader.

use super::Names;
use super::names::ids;
use super::piece::{Piece, Said};
use super::shape::{Shape, Thing, shape};
use crate::archive::sentence;
use crate::settings::wording;
use crate::ui::Locale;
use jiff::Timestamp;
use kernel::Uuid;
use kernel::setting::{self, Mode};
use serde_json::Value;

/// Says entries to one reader.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// The reader's language and zone.
    pub t: &'a Locale,
    /// What the reader may know of whom entries speak of.
    pub names: &'a Names,
}

impl Teller<'_> {
    /// What a field or a detail is called.
    #[must_use]
    pub fn called(&self, member: &str) -> String {
        match member.strip_prefix("setting:") {
            Some(key) => self.t.setting(key),
            None => word(self.t, "logs-word-field", member),
        }
    }
    /// What a value of a field or detail says; nothing where it says nothing, or stands elsewhere on the page.
    #[must_use]
    pub fn said(&self, event: &str, member: &str, value: &Value) -> Option<Said> {
        let said = match shape(event, member) {
            Some(Shape::Unsaid) => return None,
            Some(Shape::Setting) => self.setting(member, value),
            Some(Shape::Thing(thing)) => self.things(thing, &ids(value)),
            Some(Shape::Abilities) => self.abilities(value),
            Some(Shape::Extent) => self.extent(value),
            Some(Shape::Entry) => self.entry(value),
            Some(shape) => Said::words(self.plain(shape, value)),
            None => Said::words(leaves(value)),
        };
        Some(said).filter(|said| !said.is_empty())
    }

    fn plain(&self, shape: Shape, value: &Value) -> String {
        let t = self.t;
        let whole = value.as_u64();
        let each = |say: &dyn Fn(&str) -> String| {
            let some: Vec<String> = texts(value).into_iter().map(say).collect();
            some.join(", ")
        };
        match shape {
            Shape::Name => value.as_str().filter(|_| ids(value).is_empty()).unwrap_or_default().to_owned(),
            Shape::Number => value.as_i64().map(|n| t.number(n)).unwrap_or_default(),
            Shape::Time => moment(value).map_or_else(|| leaves(value), |at| t.second(at)),
            Shape::Length => whole.map(|ms| t.clock(ms.div_ceil(1000))).unwrap_or_default(),
            Shape::Size => whole.map(|bytes| t.bytes(bytes)).unwrap_or_default(),
            Shape::Flag => match value {
                Value::Bool(true) => t.say("settings-yes"),
                Value::Bool(false) => t.say("settings-no"),
                _ => String::new(),
            },
            Shape::Word(family) => each(&|code| word(t, family, code)),
            Shape::Settings => each(&|keys| {
                let names: Vec<String> = keys.split_whitespace().map(|key| t.setting(key)).collect();
                names.join(", ")
            }),
            Shape::Reasons => each(&|key| sentence::bare(t, key)),
            Shape::NameOfEach => {
                let names = value.as_array().into_iter().flatten().filter_map(|one| one.get("name"));
                names.filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
            }
            Shape::Runs => self.runs(value),
            _ => leaves(value),
        }
    }

    fn setting(&self, member: &str, told: &Value) -> Said {
        let key = member.trim_start_matches("setting:");
        let Some(value) = told.get("value") else { return Said::default() };
        let said = match setting::find(key) {
            Some(setting) if setting.fits(value) => wording::value(self.t, setting, value),
            _ => leaves(value),
        };
        match told.get("mode").and_then(Value::as_str).and_then(Mode::parse) {
            None | Some(Mode::Free) => Said::words(said),
            Some(mode) => Said::words(format!("{said} · {}", wording::mode(self.t, mode))),
        }
    }

    fn thing(&self, thing: Thing, id: Uuid) -> Piece {
        let Some((found, name)) = self.names.get(id) else { return Piece::Unnamed(id) };
        let folder = match (thing, found) {
            (_, Thing::User) => "users",
            (_, Thing::Group) => "groups",
            (_, Thing::Queue) => "profiles/queues",
            _ => "profiles/words",
        };
        Piece::Named { name: name.to_owned(), href: Some(format!("/{folder}/{id}")) }
    }

    fn things(&self, thing: Thing, ids: &[Uuid]) -> Said {
        listed(ids.iter().map(|id| vec![self.thing(thing, *id)]).collect())
    }

    fn abilities(&self, value: &Value) -> Said {
        let one = |one: &Value| {
            let id = ids(one.get("skill")?).first().copied()?;
            let level = Piece::Words(format!("\u{a0}{}", one.get("level")?.as_u64()?));
            Some(vec![self.thing(Thing::Word, id), level])
        };
        listed(value.as_array().into_iter().flatten().filter_map(one).collect())
    }

    fn extent(&self, value: &Value) -> Said {
        if value.is_null() {
            return Said::default();
        }
        if value.get("everything") == Some(&Value::Bool(true)) {
            return Said::words(self.t.say("reach-everything"));
        }
        let part = |name: &str| ids(value.get(name).unwrap_or(&Value::Null));
        let mut all: Vec<Vec<Piece>> =
            part("groups").into_iter().map(|id| vec![self.thing(Thing::Group, id)]).collect();
        all.extend(part("queues").into_iter().map(|id| match self.thing(Thing::Queue, id) {
            Piece::Named { name, href } => {
                vec![Piece::Named { name: self.t.say1("reach-queue", "name", name), href }]
            }
            unnamed => vec![unnamed],
        }));
        if all.is_empty() { Said::words(self.t.say("reach-nothing")) } else { listed(all) }
    }

    fn entry(&self, value: &Value) -> Said {
        let Some(idx) = value.as_i64() else { return Said::default() };
        let href = Some(format!("/logs/changes?open={idx}"));
        Said(vec![Piece::Named { name: self.t.number(idx), href }])
    }

    fn runs(&self, value: &Value) -> String {
        let one = |run: &Value| {
            let number = |name: &str| run.get(name).and_then(Value::as_i64);
            let (first, last) = (number("first")?, number("last")?);
            let span = match first == last {
                true => self.t.number(first),
                false => format!("{}–{}", self.t.number(first), self.t.number(last)),
            };
            let parts = texts(run.get("parts")?);
            let parts: Vec<String> =
                parts.into_iter().map(|part| word(self.t, "logs-word-part", part)).collect();
            Some(format!("{span} ({})", parts.join(", ")))
        };
        let all: Vec<String> = value.as_array().into_iter().flatten().filter_map(one).collect();
        all.join("; ")
    }
}

/// A code as the sentence of its family says it; as it stands where there is none.
#[must_use]
pub fn word(t: &Locale, family: &str, code: &str) -> String {
    let dashed = format!("{family}-{}", code.replace(['.', '_'], "-"));
    let stored = || t.known(&format!("{family}-{code}"));
    t.known(&dashed).or_else(stored).unwrap_or_else(|| code.to_owned())
}

/// Pieces with commas between.
fn listed(all: Vec<Vec<Piece>>) -> Said {
    let mut out = Vec::new();
    for pieces in all {
        if !out.is_empty() {
            out.push(Piece::Words(", ".to_owned()));
        }
        out.extend(pieces);
    }
    Said(out)
}

/// The texts of a value that is one, or a list of them.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().filter(|text| !text.is_empty()).into_iter().collect(),
    }
}

fn moment(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(micros) => Timestamp::from_microsecond(micros.as_i64()?).ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Every text and number of a value, with commas between: what is left where nothing is known of its form.
fn leaves(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => joined(items.iter()),
        Value::Object(members) => joined(members.values()),
    }
}

fn joined<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    values.map(leaves).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}
