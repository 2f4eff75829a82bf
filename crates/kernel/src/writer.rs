//! The two ways to the rows: a [`Reader`] for an answer, a [`Writer`] for a change. Both bind the tenant and the actor.

use crate::engine::Conn;
use crate::facet;
use crate::gate::CLOCKS_APART_SECONDS;
use crate::grant::{Access, Always, pending_entry};
use crate::ledger::Pending;
use crate::policy::Anyone;
use crate::{
    Clock, Error, Event, FromRow, GroupId, Origin, Params, QueueId, Result, Right, Row, Statement, TenantId,
    Timestamp, UserId, Value, sql,
};
use book::PartKind;
use serde::Serialize;
use serde_json::Map;

/// Runs statements that read, in one snapshot, on a connection that cannot write.
pub struct Reader<'a> {
    conn: &'a mut dyn Conn,
    access: &'a Access,
    now: Timestamp,
}

/// Runs the statements of one change, and collects what its entry will say.
pub struct Writer<'a> {
    reader: Reader<'a>,
    pub(crate) draft: Draft,
    /// Entries of changes made along with this one.
    pub(crate) beside: Vec<Pending>,
}

/// What an entry will say, before it has an index.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub who: Map<String, serde_json::Value>,
    pub subject: Map<String, serde_json::Value>,
    pub change: Map<String, serde_json::Value>,
    pub fields: Vec<serde_json::Value>,
    pub facets: Vec<(&'static str, String)>,
    pub group: Option<GroupId>,
    pub queue: Option<QueueId>,
    pub apart: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(conn: &'a mut dyn Conn, access: &'a Access, clock: &Clock) -> Self {
        Self { conn, access, now: clock.moment(access.origin().moment) }
    }
    /// The moment this reader began.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }
    /// The latest moment at which something can have been made that counts now. What was made later was made while the
    /// clock was ahead, or the clock has been set back since: nobody knows how long it has lasted.
    #[must_use]
    pub const fn ahead(&self) -> Timestamp {
        self.now.plus_seconds(CLOCKS_APART_SECONDS)
    }
    /// Who asks.
    #[must_use]
    pub const fn access(&self) -> &Access {
        self.access
    }
    /// The tenant, for names of files and keys; statements have it bound.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.access.tenant()
    }
    fn own(&self, name: &str) -> Option<Value> {
        use crate::IntoValue;
        Some(match name {
            "tenant" => self.access.tenant().into_value(),
            "now" => self.now.into_value(),
            "actor" => self.access.actor().id().into_value(),
            "actor_group" => self.access.actor().group().map_or_else(uuid::Uuid::nil, |g| g.0).into_value(),
            _ => return None,
        })
    }
    fn ask(&mut self, statement: &'static Statement, params: &Params) -> Result<Vec<Row>> {
        let (rendered, values) = statement.bind(self.conn.dialect(), params, &|n| self.own(n))?;
        self.conn.query(rendered, &values)
    }
    /// Every row of the answer.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn rows<T: FromRow>(&mut self, statement: &'static Statement, params: Params) -> Result<Vec<T>> {
        self.ask(statement, &params)?.iter_mut().map(T::from_row).collect()
    }
    /// The first row, if there is one.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn maybe<T: FromRow>(&mut self, statement: &'static Statement, params: Params) -> Result<Option<T>> {
        self.ask(statement, &params)?.first_mut().map(T::from_row).transpose()
    }
    /// The one row.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub fn row<T: FromRow>(&mut self, statement: &'static Statement, params: Params) -> Result<T> {
        self.maybe(statement, params)?.ok_or(Error::NotFound)
    }
    fn execute(&mut self, statement: &'static Statement, params: &Params) -> Result<u64> {
        let (rendered, values) = statement.bind(self.conn.dialect(), params, &|n| self.own(n))?;
        self.conn.execute(rendered, &values)
    }
}

impl<'a> std::ops::Deref for Writer<'a> {
    type Target = Reader<'a>;
    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl std::ops::DerefMut for Writer<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reader
    }
}

impl<'a> Writer<'a> {
    pub(crate) fn new(conn: &'a mut dyn Conn, access: &'a Access, clock: &Clock) -> Self {
        let mut draft = Draft::default();
        draft.about_actor(access);
        Self { reader: Reader::new(conn, access, clock), draft, beside: Vec::new() }
    }
    /// Makes another change, which needs no right, in the same commit. Its own entry stands before this one's: the use of a
    /// link in the access log, and the password it set in the change log.
    ///
    /// # Errors
    /// What that change says; then neither is made.
    pub fn along<E: Event<Needs = Anyone>>(&mut self, event: &E) -> Result<E::Output> {
        let mut draft = Draft::default();
        draft.about_actor(self.access());
        let own = std::mem::replace(&mut self.draft, draft);
        let done = event.apply(self);
        let draft = std::mem::replace(&mut self.draft, own);
        let output = done?;
        let made = pending_entry(event, self.access(), self.now(), draft)?;
        self.beside.push(made);
        Ok(output)
    }
    /// Changes exactly one row.
    ///
    /// # Errors
    /// `NotFound` when no row fits; `Broken` when several do.
    pub fn one(&mut self, statement: &'static Statement, params: Params) -> Result<()> {
        match self.any(statement, params)? {
            1 => Ok(()),
            0 => Err(Error::NotFound),
            n => Err(Error::broken(format!("{statement:?} changed {n} rows, not one"))),
        }
    }
    /// Changes as many rows as fit, and says how many.
    ///
    /// # Errors
    /// `Conflict` for a row that exists already; `Busy` or `Broken` from the engine.
    pub fn any(&mut self, statement: &'static Statement, params: Params) -> Result<u64> {
        self.reader.execute(statement, &params)
    }
    /// Writes a field's value before and after into the entry; a field that stays as it was is left out.
    pub fn changed(&mut self, field: &str, before: impl Serialize, after: impl Serialize) {
        let (before, after) = (json(before), json(after));
        if before != after {
            self.draft.fields.push(serde_json::json!({ "field": field, "before": before, "after": after }));
        }
    }
    /// Says what the subject was called, and adds it to what the entry can be found by.
    pub fn about(&mut self, label: &str) {
        self.draft.subject.insert("name".to_owned(), label.into());
    }
    /// Says to which user group and queue this belonged when it happened: reach looks here.
    pub fn belongs(&mut self, group: Option<GroupId>, queue: Option<QueueId>) {
        self.draft.group = group.or(self.draft.group);
        self.draft.queue = queue.or(self.draft.queue);
    }
    /// Puts one more fact into a part of the entry's body.
    pub fn say(&mut self, part: PartKind, key: &str, value: impl Serialize) {
        let into = match part {
            PartKind::Who => &mut self.draft.who,
            PartKind::Subject => &mut self.draft.subject,
            PartKind::Change | PartKind::Reason => &mut self.draft.change,
        };
        into.insert(key.to_owned(), json(value));
    }
    /// Keeps the entry off the ordinary lists of its log: all its facets are found under names that begin with
    /// [`facet::APART`]. For readings of a log, which would bury what is read.
    pub fn apart(&mut self) {
        self.draft.apart = true;
    }
    /// Destroys these parts of a run of entries of one log, salts and all; their facets go with them. Says how many parts.
    /// The entry of this change must list them (FORMAT.md, Erasure).
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn erase(&mut self, first: i64, last: i64, parts: &[PartKind]) -> Result<u64> {
        let delete = sql!(
            "delete from entry_part where tenant_id = $tenant and idx >= $first and idx <= $last and part = $part"
        );
        let whole =
            sql!("delete from entry_part where tenant_id = $tenant and idx >= $first and idx <= $last");
        if PartKind::ALL.iter().all(|part| parts.contains(part)) {
            return self.any(whole, crate::params! { first: first, last: last });
        }
        let mut gone = 0;
        for part in parts {
            let part = i64::from(part.code());
            gone += self.any(delete, crate::params! { first: first, last: last, part: part })?;
        }
        Ok(gone)
    }
    /// Takes a run of entries out of every list, so that nothing that was erased is found by its values.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn unlist(&mut self, first: i64, last: i64) -> Result<u64> {
        let delete =
            sql!("delete from entry_facet where tenant_id = $tenant and idx >= $first and idx <= $last");
        self.any(delete, crate::params! { first: first, last: last })
    }
    /// Makes the entry findable by a value. Values are folded; empty ones are left out.
    pub fn facet(&mut self, name: &'static str, value: impl ToString) {
        self.draft.facet(name, value.to_string());
    }
}

impl Draft {
    fn facet(&mut self, name: &'static str, value: String) {
        if !value.is_empty() {
            self.facets.push((name, value));
        }
    }
    fn about_actor(&mut self, access: &Access) {
        let Origin { way, address, country, network, browser, system, door, request: _, moment: _ } =
            access.origin();
        self.group = access.actor().group();
        self.who.insert("name".to_owned(), access.name().into());
        self.who.insert("way".to_owned(), way.name().into());
        for (key, value) in [
            ("address", address),
            ("country", country),
            ("network", network),
            ("browser", browser),
            ("system", system),
            ("door", door),
        ] {
            if !value.is_empty() {
                self.who.insert(key.to_owned(), value.as_str().into());
                self.facet(key, value.clone());
            }
        }
        if let Some((user, name)) = access.on_behalf() {
            self.who.insert("behalf".to_owned(), name.into());
            self.facet("behalf", user.to_string());
        }
        match access.actor() {
            crate::Actor::User { session, .. } => {
                self.who.insert("session".to_owned(), session.to_string().into());
            }
            crate::Actor::Key { key, .. } => {
                self.who.insert("key".to_owned(), key.to_string().into());
            }
            crate::Actor::Visitor | crate::Actor::Machine { .. } => {}
        }
        self.facet("way", way.name().to_owned());
        self.facet("client", access.actor().kind().to_owned());
    }
    /// The right that the change needed, where settings give it.
    pub(crate) fn needed<R: Right>(&mut self) {
        if R::ALWAYS == Always::No {
            self.who.insert("right".to_owned(), R::KEY.into());
            self.facet("right", R::KEY.to_owned());
        }
    }
    /// The facets every entry has, beside its own.
    pub(crate) fn common_facets(
        &mut self,
        name: &str,
        actor: Option<UserId>,
        (kind, subject): (&'static str, uuid::Uuid),
    ) {
        self.facet("name", name.to_owned());
        self.facet("actor", actor.map(|a| a.to_string()).unwrap_or_default());
        self.facet("kind", kind.to_owned());
        self.facet("subject", if subject.is_nil() { String::new() } else { subject.to_string() });
        self.facet("group", self.group.map(|g| g.to_string()).unwrap_or_default());
        self.facet("queue", self.queue.map(|q| q.to_string()).unwrap_or_default());
    }
    /// The user an attempt belongs to, where the entry's own event does not say another.
    pub(crate) fn of_user(&mut self, user: Option<UserId>) {
        self.facet("user", user.map(|u| u.to_string()).unwrap_or_default());
    }
    /// The texts of the parts, empty ones left out. A text that could not be exported is refused while nothing is written.
    pub(crate) fn bodies(&mut self, reason: Option<&str>) -> Result<Vec<(PartKind, String)>> {
        if !self.fields.is_empty() {
            self.change.insert("fields".to_owned(), std::mem::take(&mut self.fields).into());
        }
        let mut why = Map::new();
        if let Some(text) = reason {
            self.facet("reason", text.to_owned());
            why.insert("text".to_owned(), text.into());
        }
        let parts = [
            (PartKind::Who, std::mem::take(&mut self.who)),
            (PartKind::Subject, std::mem::take(&mut self.subject)),
            (PartKind::Change, std::mem::take(&mut self.change)),
            (PartKind::Reason, why),
        ];
        let text = |(kind, body): (PartKind, Map<String, serde_json::Value>)| {
            let bytes = book::canonical(&serde_json::Value::Object(body));
            if bytes.len() > book::BODY_BYTES_MAX {
                return Err(Error::TooLarge(crate::Message::new("error-entry-too-large")));
            }
            Ok((kind, String::from_utf8(bytes).map_err(Error::broken)?))
        };
        parts.into_iter().filter(|(_, body)| !body.is_empty()).map(text).collect()
    }
    pub(crate) fn facet_keys(&self, log: book::Log) -> Vec<i64> {
        let named = |name: &str| if self.apart { format!("{}{name}", facet::APART) } else { name.to_owned() };
        let mut keys: Vec<i64> =
            self.facets.iter().map(|(name, value)| facet::key(log, &named(name), value)).collect();
        keys.push(facet::key(log, &named(""), ""));
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn json(value: impl Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or(serde_json::Value::Null)
}
