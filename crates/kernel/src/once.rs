//! Creations that a program may ask for twice, because an answer can be lost: the second gets the first one's answer.
//!
//! - The answer is kept in the commit that makes the thing, so there is never one without the other.
//! - A key belongs to who asks. The same key with another body is refused.

use crate::{Error, Event, Grant, Name, Reader, Result, Store, Subject, Writer, from_row, params, sql};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Characters of a key.
pub const KEY_CHARACTERS: usize = 100;

/// What marks a repetition: a key of the asker's choice, and what was asked.
#[derive(Clone, Debug)]
pub struct Repetition {
    key: String,
    digest: [u8; 32],
}

impl Repetition {
    /// From the header `Idempotency-Key` and everything that was asked.
    ///
    /// # Errors
    /// `Invalid` when the key is empty or too long.
    pub fn new(key: &str, asked: &[&[u8]]) -> Result<Self> {
        let fits =
            !key.is_empty() && key.len() <= KEY_CHARACTERS && key.bytes().all(|b| b.is_ascii_graphic());
        if !fits {
            return Err(Error::invalid("Idempotency-Key", "error-idempotency-key"));
        }
        let mut digest = Sha256::new();
        for part in asked {
            digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(part);
        }
        Ok(Self { key: key.to_owned(), digest: digest.finalize().into() })
    }
    /// The answer given the first time, if there was one.
    fn answered(&self, r: &mut Reader<'_>) -> Result<Option<Answer>> {
        let find = sql!(
            "select digest, status, answer from idempotency where tenant_id = $tenant and actor_id = $actor and key = $key"
        );
        let Some(kept) = r.maybe::<KeptAnswer>(find, params! { key: &self.key })? else { return Ok(None) };
        if kept.digest != self.digest {
            return Err(Error::conflict("error-idempotency-other-body"));
        }
        Ok(Some(Answer { status: kept.status, body: kept.answer }))
    }
}

struct KeptAnswer {
    digest: [u8; 32],
    status: u16,
    answer: String,
}
from_row!(KeptAnswer { digest, status, answer });

/// What a creation answers: an HTTP status and a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, JSON.
    pub body: String,
}

/// An event, and the answer to keep with it.
struct Once<E> {
    event: E,
    repetition: Option<Repetition>,
    answer: Answer,
}

impl<E: Serialize> Serialize for Once<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.event.serialize(serializer)
    }
}

impl<E: Event> Event for Once<E> {
    type Needs = E::Needs;
    /// Whether it was done now; false when it had been done before.
    type Output = ();
    const NAME: Name = E::NAME;
    fn subject(&self) -> Subject {
        self.event.subject()
    }
    fn reason(&self) -> Option<&str> {
        self.event.reason()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        if let Some(repetition) = &self.repetition {
            if repetition.answered(w)?.is_some() {
                return Err(Error::conflict(REPEATED));
            }
            let keep = sql!(
                "insert into idempotency (tenant_id, actor_id, key, digest, status, answer, made_at)
                 values ($tenant, $actor, $key, $digest, $status, $answer, $now)"
            );
            let (status, answer) = (self.answer.status, &self.answer.body);
            let given =
                params! { key: &repetition.key, digest: repetition.digest, status: status, answer: answer };
            w.one(keep, given)?;
        }
        self.event.apply(w).map(drop)
    }
}

/// Two requests with one key met: the answer of the first is read.
const REPEATED: &str = "error-idempotency-repeated";

/// Makes a thing once, however often it is asked for with one key, and answers the same each time.
///
/// # Errors
/// What the event says; `Conflict` when the key came with another body before.
pub async fn once<E: Event>(
    grant: &Grant<E::Needs>,
    store: &Store,
    repetition: Option<Repetition>,
    event: E,
    answer: Answer,
) -> Result<Answer> {
    if let Some(before) = earlier(grant, store, repetition.clone()).await? {
        return Ok(before);
    }
    let (again, answer_now) = (repetition.clone(), answer.clone());
    match grant.apply(store, Once { event, repetition, answer }).await {
        Ok(()) => Ok(answer_now),
        Err(Error::Conflict(message)) if message.key == REPEATED => {
            earlier(grant, store, again).await?.ok_or(Error::Conflict(message))
        }
        Err(error) => Err(error),
    }
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

async fn earlier<R: crate::Right>(
    grant: &Grant<R>,
    store: &Store,
    repetition: Option<Repetition>,
) -> Result<Option<Answer>> {
    let Some(repetition) = repetition else { return Ok(None) };
    grant.read(store, move |r| repetition.answered(r)).await
}
