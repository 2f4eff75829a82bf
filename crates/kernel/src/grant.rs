//! A [`Grant`] is proof of a right, and the only way to read or to change. [`Access`] hands it out.

use crate::engine::Conn;
use crate::ledger::Pending;
use crate::once::{self, Answer, Repetition};
use crate::policy::{Policy, Right};
use crate::setting::Setting;
use crate::{Actor, Error, Event, Origin, Reader, Result, Store, TenantId, UserId, Writer};
use std::collections::HashSet;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

/// Who asks, in which tenant, from where, and what they may do: computed anew for each request.
#[derive(Debug)]
pub struct Access {
    tenant: TenantId,
    actor: Actor,
    name: String,
    origin: Origin,
    policy: Policy,
    scope: Option<HashSet<String>>,
    /// The session's stage: `full`, or `password` while a first password must still be set.
    full: bool,
    on_behalf: Option<(UserId, String)>,
    repetition: OnceLock<Arc<Repetition>>,
}

impl Access {
    pub(crate) fn new(tenant: TenantId, actor: Actor, name: String, origin: Origin, policy: Policy) -> Self {
        Self {
            tenant,
            actor,
            name,
            origin,
            policy,
            scope: None,
            full: true,
            on_behalf: None,
            repetition: OnceLock::new(),
        }
    }
    pub(crate) fn limited(mut self, scope: Option<HashSet<String>>, full: bool) -> Self {
        self.scope = scope;
        self.full = full;
        self
    }
    pub(crate) fn for_person(mut self, user: UserId, name: &str) -> Self {
        self.on_behalf = Some((user, name.to_owned()));
        self
    }
    /// Says that what is asked now may have been asked before.
    pub(crate) fn repeats(&self, repetition: Arc<Repetition>) {
        let _ = self.repetition.set(repetition);
    }
    pub(crate) fn repetition(&self) -> Option<&Arc<Repetition>> {
        self.repetition.get()
    }
    /// For whom our own work is done, with the name that entries carry.
    #[must_use]
    pub fn on_behalf(&self) -> Option<(UserId, &str)> {
        self.on_behalf.as_ref().map(|(user, name)| (*user, name.as_str()))
    }
    /// The tenant.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }
    /// Who asks.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }
    /// Their name, as entries carry it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
    /// From where.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }
    /// What follows from the settings for this actor.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }
    /// Whether every step of the sign-in is done.
    #[must_use]
    pub const fn full(&self) -> bool {
        self.full
    }
    /// A setting's value for this actor.
    #[must_use]
    pub fn setting(&self, setting: &'static Setting) -> serde_json::Value {
        self.policy.value(setting)
    }
    /// Whether the right is held.
    #[must_use]
    pub fn may<R: Right>(&self) -> bool {
        self.may_named(R::KEY, R::ALWAYS)
    }
    /// Whether the right of that key is held, within a key's scope.
    #[must_use]
    pub fn holds(&self, key: &str) -> bool {
        self.may_named(key, Always::No)
    }
    fn may_named(&self, key: &str, always: Always) -> bool {
        match always {
            Always::Anyone => true,
            Always::Person => self.full && self.actor.user().is_some(),
            Always::Arriving => self.actor.user().is_some(),
            Always::Machine => matches!(self.actor, Actor::Machine { .. }),
            Always::No => {
                let machine = matches!(self.actor, Actor::Machine { .. });
                let in_scope = self.scope.as_ref().is_none_or(|s| s.contains(key));
                machine || self.full && in_scope && self.policy.holds(key)
            }
        }
    }
    /// Proof of the right.
    ///
    /// # Errors
    /// `SignedOut` for a visitor, else `Forbidden` with the right's name.
    pub fn grant<R: Right>(self: &Arc<Self>) -> Result<Grant<R>> {
        if self.may::<R>() {
            return Ok(Grant { access: Arc::clone(self), right: PhantomData });
        }
        match self.actor {
            Actor::Visitor => Err(Error::SignedOut),
            _ => Err(Error::Forbidden(R::KEY)),
        }
    }
}

/// When a right needs no setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Always {
    /// Never: the settings decide, closed by default.
    No,
    /// For everybody, also visitors: signing in, reading a public page.
    Anyone,
    /// For every user who has come in: own page, own sessions.
    Person,
    /// For every user with a session, also before a first password is set.
    Arriving,
    /// For commands on the machine and our own work.
    Machine,
}

/// Proof that the actor holds the right `R`. No public constructor.
pub struct Grant<R> {
    access: Arc<Access>,
    right: PhantomData<fn() -> R>,
}

impl<R> Clone for Grant<R> {
    fn clone(&self) -> Self {
        Self { access: Arc::clone(&self.access), right: PhantomData }
    }
}

impl<R: Right> Grant<R> {
    /// Who asks.
    #[must_use]
    pub fn access(&self) -> &Arc<Access> {
        &self.access
    }
    /// Proof of another right, if the actor holds it too.
    ///
    /// # Errors
    /// `Forbidden` with the right's name.
    pub fn also<Q: Right>(&self) -> Result<Grant<Q>> {
        self.access.grant()
    }
    /// Makes the change and its entry in one commit; returns once both are on disk.
    ///
    /// # Errors
    /// What the event says; `Busy` when the book cannot be written. Nothing is changed then.
    pub async fn apply<E: Event<Needs = R>>(&self, store: &Store, event: E) -> Result<E::Output> {
        self.answering(store, event, None).await
    }
    /// The same, and keeps what will be answered for who asks again.
    pub(crate) async fn answering<E: Event<Needs = R>>(
        &self,
        store: &Store,
        event: E,
        answer: Option<Answer>,
    ) -> Result<E::Output> {
        let run = move |conn: &mut dyn Conn, access: &Access, clock: &crate::Clock| {
            let mut writer = Writer::new(conn, access, clock);
            once::claim(&mut writer, answer.as_ref())?;
            let output = event.apply(&mut writer)?;
            let at = writer.now();
            let mut made = writer.beside;
            made.push(pending_entry(&event, access, at, writer.draft)?);
            Ok((Box::new(output) as crate::engine::Output, made))
        };
        let output = store.change(Arc::clone(&self.access), Box::new(run)).await?;
        once::claimed(&self.access);
        output
            .downcast::<E::Output>()
            .map(|b| *b)
            .map_err(|_| Error::broken("a change answered with another type"))
    }
    /// Answers from one snapshot, on a connection that cannot write.
    ///
    /// # Errors
    /// What the question says; `Busy` or `Broken` from the engine.
    pub async fn read<T: Send + 'static>(
        &self,
        store: &Store,
        ask: impl FnOnce(&mut Reader<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        store.read(Arc::clone(&self.access), ask).await
    }
    /// Moves a counter of the closed list of silent tables: no entry is made. The statement test knows the tables.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub async fn quietly<T: Send + 'static>(
        &self,
        store: &Store,
        change: impl Fn(&mut Writer<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let run = move |conn: &mut dyn Conn, access: &Access, clock: &crate::Clock| {
            let mut writer = Writer::new(conn, access, clock);
            once::claim(&mut writer, None)?;
            let output = change(&mut writer)?;
            Ok((Box::new(output) as crate::engine::Output, Vec::new()))
        };
        let output = store.change(Arc::clone(&self.access), Box::new(run)).await?;
        once::claimed(&self.access);
        output.downcast::<T>().map(|b| *b).map_err(|_| Error::broken("a change answered with another type"))
    }
}

pub(crate) fn pending_entry<E: Event>(
    event: &E,
    access: &Access,
    at: crate::Timestamp,
    mut draft: crate::writer::Draft,
) -> Result<Pending> {
    let subject = event.subject();
    if let Ok(serde_json::Value::Object(body)) = serde_json::to_value(event)
        && !body.is_empty()
    {
        draft.change.insert("event".to_owned(), body.into());
    }
    draft.needed::<E::Needs>();
    let bodies = draft.bodies(event.reason())?;
    Ok(Pending {
        at,
        log: E::NAME.log,
        name: E::NAME.text,
        version: E::NAME.version,
        actor: (access.actor.kind(), access.actor.id()),
        on_behalf: access.on_behalf().map(|(user, _)| user.0),
        subject: (subject.kind, subject.id),
        request: access.origin.request.0,
        draft,
        bodies,
    })
}
