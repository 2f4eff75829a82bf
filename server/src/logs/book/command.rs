//! The book at the command line: `vaktbok book head`, `key` and `export`.

use super::{ReadBook, export, heads, key, queries};
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

/// The book from entry `first` on, up to its newest head, piece by piece in constant memory. Pieces end at line ends.
///
/// # Errors
/// `NotFound` when nothing is there from that entry on.
pub async fn pieces(
    app: &App,
    tenant: TenantId,
    first: i64,
) -> Result<tokio::sync::mpsc::Receiver<Result<bytes::Bytes>>> {
    heads::sign(app, tenant).await?;
    let grant: Grant<ReadBook> = heads::machine(app, tenant, "book").grant()?;
    let range = grant.read(&app.store, move |r| export::range(r, first)).await?;
    Ok(export::stream(app, &grant, range))
}
