//! The keys that sign a tenant's heads: made on first use, handed over by rotation, kept wrapped.

use super::queries::{self, KeyRow};
use super::{RotateBookKey, heads};
use crate::App;
use crate::logs::events::{BookKeyMade, BookKeyRotated};
use ::book::{Keys, Rotation, SigningKey, VerifierKey};
use kernel::policy::Machine;
use kernel::{Error, Grant, Kept, Result, TenantId};
use vault::Purpose;

/// How often a hand-over is tried when a head is signed in between.
const HAND_OVERS_MAX_COUNT: usize = 5;

/// The tenant as the wrapping binds it.
fn bond(tenant: TenantId) -> [u8; 8] {
    tenant.number().to_be_bytes()
}

/// A new key: its public half, and the private one wrapped.
fn make(app: &App, tenant: TenantId, origin: &str) -> Result<(SigningKey, [u8; 32], Vec<u8>)> {
    let seed: [u8; 32] = app.store.chance().bytes();
    let key = SigningKey::from_seed(origin, &seed).map_err(Error::broken)?;
    let wrapped = app
        .keys
        .wrap_secret(Purpose::BOOK_SIGNING_KEY, &bond(tenant), &seed, app.store.chance().bytes())
        .map_err(Error::broken)?;
    let public = public_half(&key)?;
    Ok((key, public, wrapped))
}

/// The 32 bytes at the end of the verifier key's text.
fn public_half(key: &SigningKey) -> Result<[u8; 32]> {
    let text = key.verifier().to_string();
    let typed = text.splitn(3, '+').nth(2).unwrap_or_default();
    let bytes = data_encoding::BASE64.decode(typed.as_bytes()).map_err(Error::broken)?;
    bytes.get(1..).and_then(|b| b.try_into().ok()).ok_or_else(|| Error::broken("a key without its bytes"))
}

/// The private key of a row.
fn open(app: &App, tenant: TenantId, origin: &str, row: &KeyRow) -> Result<SigningKey> {
    let seed = app
        .keys
        .unwrap_secret(Purpose::BOOK_SIGNING_KEY, &bond(tenant), &row.wrapped)
        .map_err(|e| Error::broken(format!("the key that signs the book of {}: {e}", tenant.number())))?;
    let seed: &[u8; 32] =
        seed.as_slice().try_into().map_err(|_| Error::broken("a signing key of another length"))?;
    let key = SigningKey::from_seed(origin, seed).map_err(Error::broken)?;
    if public_half(&key)? != row.public {
        return Err(Error::broken("the wrapped signing key is not the one of its public half"));
    }
    Ok(key)
}

/// The key in force and its number, made by an entry if there is none yet.
///
/// # Errors
/// `Broken` when the stored one cannot be opened by the master keys at hand; `Busy` when nothing can be written.
pub async fn in_force(app: &App, grant: &Grant<Machine>, origin: &str) -> Result<(SigningKey, i64)> {
    let tenant = grant.access().tenant();
    let rows = grant.read(&app.store, queries::keys).await?;
    if let Some(row) = rows.last() {
        return Ok((open(app, tenant, origin, row)?, row.version));
    }
    let (key, public, wrapped) = make(app, tenant, origin)?;
    let event = BookKeyMade { public: key.verifier().to_string(), bytes: public, wrapped: Kept(wrapped) };
    match grant.apply(&app.store, event).await {
        Ok(()) => Ok((key, 1)),
        // Another node was first.
        Err(Error::Conflict(_)) => {
            let rows = grant.read(&app.store, queries::keys).await?;
            let row = rows.last().ok_or_else(|| Error::broken("a signing key vanished"))?;
            Ok((open(app, tenant, origin, row)?, row.version))
        }
        Err(error) => Err(error),
    }
}

/// Hands over to a new key, from the book's size of this moment on: the old one signs the new one. Gives the new key's number.
///
/// # Errors
/// As [`in_force`]; `NotFound` for a book without entries; `Conflict` when heads are signed faster than this hands over.
pub async fn rotate(app: &App, grant: &Grant<RotateBookKey>) -> Result<i64> {
    for _ in 1..HAND_OVERS_MAX_COUNT {
        match hand_over(app, grant).await {
            Err(Error::Conflict(_)) => {}
            done => return done,
        }
    }
    hand_over(app, grant).await
}

async fn hand_over(app: &App, grant: &Grant<RotateBookKey>) -> Result<i64> {
    let tenant = grant.access().tenant();
    let machine: Grant<Machine> = heads::machine(app, tenant, "heads").grant()?;
    let edge = machine.read(&app.store, queries::edge).await?.ok_or(Error::NotFound)?;
    let (old, before) = in_force(app, &machine, &edge.origin).await?;
    let edge = machine.read(&app.store, queries::edge).await?.ok_or(Error::NotFound)?;
    let (new, public, wrapped) = make(app, tenant, &edge.origin)?;
    let note =
        Rotation::sign(&old, &new, edge.frontier.size(), app.store.clock().now().0).map_err(Error::broken)?;
    let event = BookKeyRotated {
        public: new.verifier().to_string(),
        bytes: public,
        wrapped: Kept(wrapped),
        version: before + 1,
        size: i64::try_from(edge.frontier.size()).map_err(Error::broken)?,
        note,
    };
    grant.apply(&app.store, event).await?;
    Ok(before + 1)
}

/// The key file of a book as FORMAT.md has it: the first verifier key, then each rotation.
///
/// # Errors
/// `NotFound` while there is no key; `Broken` when the stored rotations do not follow.
pub fn file(origin: &str, rows: &[KeyRow]) -> Result<String> {
    let first = rows.first().ok_or(Error::NotFound)?;
    let mut text = format!("{}\n", VerifierKey::new(origin, &first.public).map_err(Error::broken)?);
    for note in rows.iter().filter_map(|row| row.rotation.as_deref()) {
        text.push('\n');
        text.push_str(note);
    }
    Keys::parse(&text).map_err(|e| Error::broken(format!("the stored keys of a book: {e}")))?;
    Ok(text)
}
