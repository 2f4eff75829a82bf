//! The book at the command line: `vaktbok book head` and `key`.

use super::{heads, key, queries};
use crate::App;
use kernel::policy::Machine;
use kernel::{Error, Grant, Result, TenantId};

/// The newest signed head, signed now if there is something new.
///
/// # Errors
/// `NotFound` for a book without entries; `Busy` when it cannot be written.
pub async fn head(app: &App, tenant: TenantId) -> Result<String> {
    heads::sign(app, tenant).await?.ok_or(Error::NotFound)
}

/// The key file: the verifier key with its rotations.
///
/// # Errors
/// `NotFound` while there is no key.
pub async fn key(app: &App, tenant: TenantId) -> Result<String> {
    let grant: Grant<Machine> = heads::machine(app, tenant, "book").grant()?;
    let (edge, rows) = grant.read(&app.store, |r| Ok((queries::edge(r)?, queries::keys(r)?))).await?;
    key::file(&edge.ok_or(Error::NotFound)?.origin, &rows)
}
