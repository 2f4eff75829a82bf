//! One attempt to come in by a password, from the typed name to the entry that tells of it.
//!
//! - The steps are the same for everybody: find, take a turn, hash, write down. Only the log learns which of them failed.
//! - Nothing is decided on the hash pool, and nothing waits inside a transaction.

use super::device::Device;
use super::events::attempts::{SignInRefused, SignedIn};
use super::model::{Arrival, Reason};
use super::password::{self, SALT_BYTES, Typed, Verdict};
use super::waiting::{Counted, Counter, Turn};
use super::{queries, room, turns};
use crate::App;
use kernel::gate::{Secret, hash};
use kernel::policy::Anyone;
use kernel::{Error, Grant, Message, Origin, Result, SessionId, TenantId};
use std::sync::Arc;

/// What was sent in.
pub struct Attempt {
    /// The tenant, if the number or the host name is one's.
    pub tenant: Option<TenantId>,
    /// The customer number as typed.
    pub number: Option<String>,
    /// The user name or mail address as typed.
    pub typed: String,
    /// The password.
    pub password: Typed,
    /// The cookie of a device that says it is known.
    pub device: Option<String>,
    /// The session secret the browser has already.
    pub session: Option<String>,
}

/// What came of it.
pub enum Outcome {
    /// They are in.
    In(Welcome),
    /// They are not: name or password are wrong, or the user may not come in.
    Refused,
    /// They are not, and will not be looked at for so many seconds.
    Wait(i64),
}

/// What somebody who came in is given.
pub struct Welcome {
    /// The session's secret.
    pub secret: String,
    /// The device's cookie.
    pub device: String,
}

/// Looks at one attempt.
///
/// # Errors
/// `Busy` when the book cannot be written or too many passwords are being hashed; nobody comes in then.
pub async fn attempt(app: &App, origin: Origin, attempt: Attempt) -> Result<Outcome> {
    let tenant = attempt.tenant.unwrap_or_else(|| app.gate.operator());
    let grant: Grant<Anyone> = app.gate.visitor(tenant, origin).grant()?;
    let typed = attempt.typed.clone();
    let in_tenant = attempt.tenant.is_some();
    let found = grant
        .read(&app.store, move |r| queries::arrival(r, &typed).map(|found| found.filter(|_| in_tenant)))
        .await?;
    let device = known_device(app, tenant, found.as_ref(), &attempt);
    let address = grant.access().origin().address.clone();
    let counters = counted(&attempt, found.as_ref(), device, &address).counters(tenant);
    if let Turn::Wait(seconds) = turns::take(app, &grant, counters.clone()).await? {
        refuse(app, &grant, &attempt, found.as_ref(), Reason::Waiting).await?;
        return Ok(Outcome::Wait(seconds));
    }
    let stored = found.as_ref().and_then(|f| f.hash.clone()).unwrap_or_else(|| password::nobodys(&app.keys));
    let verdict = match check(app, attempt.password.clone(), stored).await {
        Err(Error::Busy(message)) => {
            // Nothing was looked at: it is no failure, and an attempt all the same.
            turns::give_back(app, &grant, counters).await?;
            refuse(app, &grant, &attempt, found.as_ref(), Reason::Busy).await?;
            return Err(Error::Busy(message));
        }
        other => other?,
    };
    match judged(&attempt, found.as_ref(), verdict) {
        Err(reason) => {
            refuse(app, &grant, &attempt, found.as_ref(), reason).await?;
            Ok(Outcome::Refused)
        }
        Ok(arrival) => welcome(app, &grant, &attempt, arrival, verdict, counters, device).await,
    }
}

fn known_device(app: &App, tenant: TenantId, found: Option<&Arrival>, attempt: &Attempt) -> Option<Device> {
    Device::known(&app.keys, tenant, found?.user, attempt.device.as_deref()?)
}

fn counted<'a>(
    attempt: &'a Attempt,
    found: Option<&Arrival>,
    device: Option<Device>,
    address: &'a str,
) -> Counted<'a> {
    match (found, device) {
        (Some(found), Some(device)) => Counted::Device(found.user, device.id),
        _ => Counted::Name(&attempt.typed, address),
    }
}

/// Whether this attempt lets its user in; the reason why not.
fn judged<'a>(
    attempt: &Attempt,
    found: Option<&'a Arrival>,
    verdict: Verdict,
) -> std::result::Result<&'a Arrival, Reason> {
    if attempt.tenant.is_none() {
        return Err(Reason::UnknownTenant);
    }
    let found = found.ok_or(Reason::UnknownUser)?;
    if found.hash.is_none() {
        return Err(Reason::NoPassword);
    }
    if verdict == Verdict::Other {
        return Err(Reason::WrongPassword);
    }
    found.barred().map_or(Ok(found), Err)
}

async fn refuse(
    app: &App,
    grant: &Grant<Anyone>,
    attempt: &Attempt,
    found: Option<&Arrival>,
    reason: Reason,
) -> Result<()> {
    let refused = SignInRefused {
        user: found.map(|f| (f.user, f.group, f.name.clone())),
        method: "password",
        reason,
        typed: attempt.typed.clone(),
        number: attempt.number.clone().filter(|_| attempt.tenant.is_none()),
    };
    grant.apply(&app.store, refused).await
}

async fn welcome(
    app: &App,
    grant: &Grant<Anyone>,
    attempt: &Attempt,
    arrival: &Arrival,
    verdict: Verdict,
    counters: Vec<Counter>,
    device: Option<Device>,
) -> Result<Outcome> {
    let (tenant, chance) = (grant.access().tenant(), app.store.chance());
    let rehashed = match verdict {
        Verdict::Outdated => Some(hashed(app, attempt.password.clone()).await?),
        Verdict::Same | Verdict::Other => None,
    };
    let secret = Secret::new(tenant, chance);
    let signed_in = SignedIn {
        user: arrival.user,
        session: SessionId::new(app.store.clock().now(), chance),
        method: "password",
        typed: attempt.typed.clone(),
        token: secret.hash,
        checked: arrival.hash.clone().unwrap_or_default(),
        rehashed,
        counters,
        replaces: attempt.session.as_deref().map(hash),
    };
    match grant.apply(&app.store, signed_in).await {
        Ok(()) => {}
        // Suspended, or another password, since it was looked at.
        Err(Error::Conflict(_)) => {
            refuse(app, grant, attempt, Some(arrival), Reason::WrongPassword).await?;
            return Ok(Outcome::Refused);
        }
        Err(error) => return Err(error),
    }
    let device = device.unwrap_or_else(|| Device::new(arrival.user, chance)).cookie(&app.keys, tenant)?;
    Ok(Outcome::In(Welcome { secret: secret.text, device }))
}

/// Compares on the hash pool.
///
/// # Errors
/// `Busy` when the pool is full.
pub async fn check(app: &App, password: Typed, stored: String) -> Result<Verdict> {
    let keys = Arc::clone(&app.keys);
    room::give_back_later();
    app.hashing.run(move || password::check(&keys, &password, &stored)).await.map_err(|_| full())?
}

/// Hashes on the hash pool.
///
/// # Errors
/// `Busy` when the pool is full.
pub async fn hashed(app: &App, password: Typed) -> Result<String> {
    let keys = Arc::clone(&app.keys);
    let salt: [u8; SALT_BYTES] = app.store.chance().bytes();
    room::give_back_later();
    app.hashing.run(move || password::hash(&keys, &password, salt)).await.map_err(|_| full())?
}

fn full() -> Error {
    Error::Busy(Message::new("sign-in-busy"))
}
