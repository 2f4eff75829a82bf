//! Changes that a program may ask for twice, because an answer can be lost: the second gets the first one's answer.
//!
//! - That a key was used is kept in the commit of the first change made with it, so there is never one without the other.
//!   The answer is kept there too where it is known beforehand ([`once`]), else as soon as it is.
//! - A key belongs to who asks. The same key with another request is refused, and so is one whose answer was lost.
//! - What changed nothing is not kept: asked again, it is tried again.

mod heard;

use crate::engine::Conn;
use crate::{
    Access, Clock, Error, Event, Grant, Message, Reader, Result, Store, Writer, from_row, params, sql,
};
pub(crate) use heard::Heard;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Characters of a key.
pub const KEY_CHARACTERS: usize = 100;
/// Bytes of an answer that is kept; of a longer one it is known only that it was given.
pub const KEPT_ANSWER_BYTES: u64 = 256 * 1024;
/// How long a second request waits for the answer to the first.
const WAIT: Duration = Duration::from_secs(10);
/// Between two looks at whether it is there.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Nothing was changed with the key yet.
const UNUSED: u8 = 0;
/// A change was made with it.
const USED: u8 = 1;
/// The handler is done: what follows (a refusal's entry) is not of the request.
const OVER: u8 = 2;

/// What marks a repetition: a key of the asker's choice, and what was asked.
#[derive(Debug)]
pub struct Repetition {
    key: String,
    heard: Mutex<Heard>,
    state: AtomicU8,
}

impl Repetition {
    /// From the header `Idempotency-Key`, and what begins what is asked: method and address.
    ///
    /// # Errors
    /// `Invalid` when the key is empty or too long.
    pub(crate) fn new(key: &str, heard: Heard) -> Result<Self> {
        let fits =
            !key.is_empty() && key.len() <= KEY_CHARACTERS && key.bytes().all(|b| b.is_ascii_graphic());
        if !fits {
            return Err(Error::invalid("Idempotency-Key", "error-idempotency-key"));
        }
        Ok(Self { key: key.to_owned(), heard: Mutex::new(heard), state: AtomicU8::new(UNUSED) })
    }
    /// Takes in more of the body.
    pub(crate) fn hear(&self, bytes: &[u8]) {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).more(bytes);
    }
    fn digest(&self) -> [u8; 32] {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).digest()
    }
    /// Whether something was changed with the key.
    pub(crate) fn is_used(&self) -> bool {
        self.state.load(Ordering::Acquire) == USED
    }
    /// Ends the request: what is changed after it is not of it.
    pub(crate) fn end(&self) {
        let _ = self.state.compare_exchange(UNUSED, OVER, Ordering::AcqRel, Ordering::Acquire);
    }
}

/// What was kept of the first request with a key; the status is 0 while its answer is not known.
struct Kept {
    digest: [u8; 32],
    status: u16,
    answer: String,
}
from_row!(Kept { digest, status, answer });

fn kept(r: &mut Reader<'_>, key: &str) -> Result<Option<Kept>> {
    let find = sql!(
        "select digest, status, answer from idempotency where tenant_id = $tenant and actor_id = $actor and key = $key"
    );
    r.maybe(find, params! { key: key })
}

/// What a request answers: an HTTP status and a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, JSON; empty where there is none.
    pub body: String,
}

/// Two requests with one key met: the answer of the first is read.
pub(crate) const REPEATED: &str = "error-idempotency-repeated";

/// Marks the key of this request as used, in the commit of what it changes; `Conflict` when another request used it.
pub(crate) fn claim(w: &mut Writer<'_>, answer: Option<&Answer>) -> Result<()> {
    let Some(repetition) = w.access().repetition().cloned() else { return Ok(()) };
    if repetition.state.load(Ordering::Acquire) != UNUSED {
        return Ok(());
    }
    // Until the answer is known the request's id stands in its place: several changes of one request may be under way.
    let own = w.access().origin().request.0.to_string();
    let (status, text) = answer.map_or((0, own.as_str()), |answer| (answer.status, answer.body.as_str()));
    let insert = sql!(
        "insert into idempotency (tenant_id, actor_id, key, digest, status, answer, made_at)
         values ($tenant, $actor, $key, $digest, $status, $answer, $now) on conflict (tenant_id, actor_id, key) do nothing"
    );
    let given = params! { key: &repetition.key, digest: repetition.digest(), status: status, answer: text };
    if w.any(insert, given)? == 1 {
        return Ok(());
    }
    match kept(w, &repetition.key)? {
        Some(kept) if kept.status == 0 && kept.answer == own => Ok(()),
        _ => Err(Error::conflict(REPEATED)),
    }
}

/// Notes that a change of this request is on disk.
pub(crate) fn claimed(access: &Access) {
    if let Some(repetition) = access.repetition() {
        let _ = repetition.state.compare_exchange(UNUSED, USED, Ordering::AcqRel, Ordering::Acquire);
    }
}

/// Makes a change whose answer is known beforehand, and keeps that answer with it. A secret must not stand in it.
///
/// # Errors
/// What the event says; `Conflict` when another request used the key meanwhile.
pub async fn once<E: Event>(
    grant: &Grant<E::Needs>,
    store: &Store,
    event: E,
    answer: Answer,
) -> Result<Answer> {
    grant.answering(store, event, Some(answer.clone())).await?;
    Ok(answer)
}

/// The answer to the first request with this key, if there was one; waits a while for one that is under way.
///
/// # Errors
/// `Conflict` when the key came with another request before, or its answer was lost.
pub(crate) async fn earlier(
    store: &Store,
    access: &Arc<Access>,
    repetition: &Repetition,
) -> Result<Option<Answer>> {
    let until = tokio::time::Instant::now() + WAIT;
    loop {
        let key = repetition.key.clone();
        let Some(found) = store.read(Arc::clone(access), move |r| kept(r, &key)).await? else {
            return Ok(None);
        };
        // What the first one asked is known as a whole only when it is answered: its body may still be coming.
        if found.status != 0 && found.digest != repetition.digest() {
            return Err(Error::conflict("error-idempotency-other-body"));
        }
        if found.status != 0 {
            return Ok(Some(Answer { status: found.status, body: found.answer }));
        }
        if tokio::time::Instant::now() >= until {
            return Err(Error::Conflict(Message::new("error-idempotency-lost")));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Whether the key was used before, whatever for.
pub(crate) async fn used(store: &Store, access: &Arc<Access>, repetition: &Repetition) -> Result<bool> {
    let key = repetition.key.clone();
    store.read(Arc::clone(access), move |r| Ok(kept(r, &key)?.is_some())).await
}

/// Keeps the answer of a request that changed something, unless it was kept with the change.
pub(crate) async fn keep(
    store: &Store,
    access: &Arc<Access>,
    repetition: &Repetition,
    answer: Answer,
) -> Result<()> {
    let update = sql!(
        "update idempotency set status = $status, answer = $answer, digest = $digest
         where tenant_id = $tenant and actor_id = $actor and key = $key and status = 0"
    );
    let (key, digest) = (repetition.key.clone(), repetition.digest());
    let run = move |conn: &mut dyn Conn, access: &Access, clock: &Clock| {
        let given = params! { status: answer.status, answer: &answer.body, digest: digest, key: &key };
        Writer::new(conn, access, clock).any(update, given)?;
        Ok((Box::new(()) as crate::engine::Output, Vec::new()))
    };
    store.change(Arc::clone(access), Box::new(run)).await.map(drop)
}

/// Forgets answers that are older than so many seconds: asked again after that, a thing is made anew.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn forget<R: crate::Right>(grant: &Grant<R>, store: &Store, seconds: i64) -> Result<()> {
    let any = sql!("select key from idempotency where tenant_id = $tenant and made_at < $before limit 1");
    let found = grant
        .read(store, move |r| {
            let before = r.now().plus_seconds(-seconds);
            r.maybe::<(String,)>(any, params! { before: before })
        })
        .await?;
    if found.is_none() {
        return Ok(());
    }
    let delete = sql!("delete from idempotency where tenant_id = $tenant and made_at < $before");
    let forgotten = move |w: &mut Writer<'_>| {
        let before = w.now().plus_seconds(-seconds);
        w.any(delete, params! { before: before }).map(drop)
    };
    grant.quietly(store, forgotten).await
}
