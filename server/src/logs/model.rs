//! An entry as it is read back: what its leaf binds, and the words of its parts that have not been erased.

use book::Log;
use kernel::body::Body;
use kernel::{Error, FromRow, Result, Row, Timestamp, Uuid};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// One entry of a log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the book, from 0.
    pub idx: i64,
    /// When, by the clock of that moment.
    pub at: Timestamp,
    /// Its log.
    pub log: Log,
    /// The event: `user.suspended`.
    pub name: String,
    /// The version its body was written in; the parts below are as today's events say it (`kernel::body`).
    pub version: u32,
    /// `user`, `key`, `machine` or `visitor`.
    pub actor_kind: String,
    /// Who; zero for the machine and visitors.
    pub actor: Uuid,
    /// For whom, if another.
    pub on_behalf: Option<Uuid>,
    /// What kind of thing it was done to.
    pub subject_kind: String,
    /// Which.
    pub subject: Uuid,
    /// The user group it belonged to then.
    pub group: Option<Uuid>,
    /// The queue it belonged to then.
    pub queue: Option<Uuid>,
    /// The request that made it.
    pub request: Uuid,
    /// The clock went back before this entry.
    pub stepped_back: bool,
    /// The actor's particulars: `name`, `way`, `address` …
    pub who: Map<String, Value>,
    /// The subject's: `name` …
    pub about: Map<String, Value>,
    /// What changed: `event`, `fields` and what else was said.
    pub change: Map<String, Value>,
    /// `text`: why.
    pub reason: Map<String, Value>,
}

/// One field of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Null where there was nothing.
    pub before: Value,
    /// Null where nothing is left.
    pub after: Value,
}

impl Entry {
    /// Takes the words of its parts, brought up to what today's events say.
    fn speak(&mut self, mut parts: Body) {
        kernel::body::bring_up(&self.name, self.version, &mut parts);
        let Body { who, about, change, reason } = parts;
        (self.who, self.about, self.change, self.reason) = (who, about, change, reason);
    }
    /// Every field that changed.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let list = self.change.get("fields").and_then(Value::as_array);
        let field = |one: &Value| {
            let name = one.get("field")?.as_str()?.to_owned();
            let value = |side: &str| one.get(side).cloned().unwrap_or_default();
            Some(Field { name, before: value("before"), after: value("after") })
        };
        list.into_iter().flatten().filter_map(field).collect()
    }
    /// What else it tells of itself, member by member: of the event, of the change and of the subject.
    pub fn details(&self) -> impl Iterator<Item = (&str, &Value)> {
        let event = self.change.get("event").and_then(Value::as_object);
        let rest = self.change.iter().filter(|(key, _)| !matches!(key.as_str(), "event" | "fields"));
        let about = self.about.iter().filter(|(key, _)| key.as_str() != "name");
        event.into_iter().flatten().chain(rest).chain(about).map(|(key, value)| (key.as_str(), value))
    }
    /// A field of the change, if it was touched.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<Field> {
        self.fields().into_iter().find(|field| field.name == name)
    }
    /// What a field was before, read into its type.
    ///
    /// # Errors
    /// `Conflict` when the entry does not say: it was erased, or is of a form that is not known.
    pub fn before<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        let field = self.field(name).ok_or_else(|| Error::conflict("undo-unreadable"))?;
        serde_json::from_value(field.before).map_err(|_| Error::conflict("undo-unreadable"))
    }
    /// What a field was after, read into its type.
    ///
    /// # Errors
    /// `Conflict` when the entry does not say.
    pub fn after<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        let field = self.field(name).ok_or_else(|| Error::conflict("undo-unreadable"))?;
        serde_json::from_value(field.after).map_err(|_| Error::conflict("undo-unreadable"))
    }
    /// A member of the event as it was applied, read into its type.
    ///
    /// # Errors
    /// `Conflict` when the entry does not say.
    pub fn event<T: DeserializeOwned>(&self, member: &str) -> Result<T> {
        let value = self.change.get("event").and_then(|event| event.get(member)).cloned();
        serde_json::from_value(value.unwrap_or_default()).map_err(|_| Error::conflict("undo-unreadable"))
    }
    /// What came of it: said by the entry, or what its event has always meant.
    #[must_use]
    pub fn result(&self) -> &str {
        match (Self::text(&self.who, "result"), self.name.as_str()) {
            ("", "door.refused" | "content.damaged") => "refused",
            ("", "log.exported" | "log.fetched" | "users.exported" | "book.exported" | "book.extracted") => {
                "exported"
            }
            ("", "book.resumed") => "resumed",
            (said, _) => said,
        }
    }
    /// The door it came through, as the table of doors names it; empty where none did or it was not written down yet.
    #[must_use]
    pub fn door(&self) -> &str {
        self.said("door")
    }
    /// The right it needed, or lacked where it was refused for that; empty where it needs none.
    #[must_use]
    pub fn right(&self) -> &str {
        self.said("right")
    }
    /// A text of who did it; refusals at a door said theirs in the event before there was a place for it.
    fn said(&self, key: &str) -> &str {
        let event = self.change.get("event").filter(|_| self.name == "door.refused");
        match Self::text(&self.who, key) {
            "" => event.and_then(|event| event.get(key)).and_then(Value::as_str).unwrap_or_default(),
            text => text,
        }
    }
    /// Why, in the person's words.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        self.reason.get("text").and_then(Value::as_str)
    }
    /// A text of a part; empty where there is none.
    #[must_use]
    pub fn text<'a>(part: &'a Map<String, Value>, key: &str) -> &'a str {
        part.get(key).and_then(Value::as_str).unwrap_or_default()
    }
    /// Milliseconds of a recording that the server delivered, where the entry is of a play.
    #[must_use]
    pub fn delivered_ms(&self) -> Option<u64> {
        self.change.get("delivered_ms").and_then(Value::as_u64)
    }
    /// Milliseconds that the player says were heard, where it said so.
    #[must_use]
    pub fn stated_ms(&self) -> Option<u64> {
        self.change.get("played_ms").and_then(Value::as_u64)
    }
    /// Whether all its words are gone.
    #[must_use]
    pub fn erased(&self) -> bool {
        self.who.is_empty()
    }
}

fn part(row: &mut Row) -> Result<Map<String, Value>> {
    let text: Option<String> = row.read()?;
    text.map_or_else(|| Ok(Map::new()), |text| serde_json::from_str(&text).map_err(Error::broken))
}

impl FromRow for Entry {
    fn from_row(row: &mut Row) -> Result<Self> {
        let (idx, at) = (row.read()?, row.read()?);
        let log = u8::try_from(row.read::<i64>()?).ok().and_then(Log::from_code);
        let log = log.ok_or_else(|| Error::broken("an entry of an unknown log"))?;
        let (name, version): (String, u32) = (row.read()?, row.read()?);
        let mut entry = Self {
            idx,
            at,
            log,
            name,
            version,
            actor_kind: row.read()?,
            actor: row.read()?,
            on_behalf: row.read()?,
            subject_kind: row.read()?,
            subject: row.read()?,
            group: row.read()?,
            queue: row.read()?,
            request: row.read()?,
            stepped_back: row.read()?,
            who: Map::new(),
            about: Map::new(),
            change: Map::new(),
            reason: Map::new(),
        };
        let parts = Body { who: part(row)?, about: part(row)?, change: part(row)?, reason: part(row)? };
        entry.speak(parts);
        Ok(entry)
    }
}
