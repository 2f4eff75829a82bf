//! Signs each tenant's head within a second of a change. One node does it at a time.
//!
//! - A change of this process wakes it; those of other nodes are found by looking twice a second. Where there are no other
//!   nodes, nothing is done and nothing written until the next change.
//! - A head is stored, then handed out: of one size there is one head, whichever node signs it.
//! - A book that does not go on from the head once handed out is neither signed nor shown as signed (see `witness`).

use super::witness::{self, Known};
use super::{key, queries};
use crate::App;
use crate::logs::events;
use ::book::Head;
use kernel::policy::Machine;
use kernel::work::Lease;
use kernel::{Access, Error, Grant, Origin, RequestId, Result, TenantId, Way};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How long a node keeps the lease without renewing it: another signs so long after it died.
pub const LEASE_SECONDS: u32 = 6;
/// Between two rounds: at most two heads a second, and at most half a second behind another node's change.
pub const ROUND: Duration = Duration::from_millis(400);
/// A round without a lease or with a fault waits so long.
const AFTER_FAULT: Duration = Duration::from_secs(1);

/// Our own work in a tenant.
pub(crate) fn machine(app: &App, tenant: TenantId, account: &str) -> Arc<Access> {
    let request = RequestId::new(app.store.clock().now(), app.store.chance());
    app.gate.machine(tenant, account, Origin::inside(Way::Job, request))
}

/// Every tenant, the operator among them.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn tenants(app: &App) -> Result<Vec<TenantId>> {
    let mut tenants = app.gate.all().await?;
    if !tenants.contains(&app.gate.operator()) {
        tenants.push(app.gate.operator());
    }
    Ok(tenants)
}

/// This node's part in the lease of signing.
#[must_use]
pub fn lease(app: &App) -> Lease {
    Lease::new("book-heads", app.store.chance().uuid(app.store.clock().now()), LEASE_SECONDS)
}

/// Signs until the process ends.
pub async fn run(app: App) {
    run_ringing(app, Arc::default()).await;
}

/// The same; `signed` rings after each round of the node that signs.
pub async fn run_ringing(app: App, signed: Arc<Notify>) {
    let mut lease = lease(&app);
    let mut commits = app.store.commits();
    let ready = app.ready.enter("heads");
    loop {
        commits.mark_unchanged();
        let round = round(&app, &mut lease).await;
        match &round {
            Ok(_) => ready.well(),
            Err(cause) => {
                tracing::error!(%cause, "the heads of the books were not signed");
                ready.unwell("book-head-not-signed");
            }
        }
        if matches!(round, Ok(true)) {
            signed.notify_one();
        }
        tokio::time::sleep(if matches!(round, Ok(true)) { ROUND } else { AFTER_FAULT }).await;
        if round.is_ok() && app.store.alone() && commits.changed().await.is_err() {
            return;
        }
    }
}

/// One look at every book. False when another node signs.
///
/// # Errors
/// The first book's fault, after all were tried; `Busy` when nothing can be written.
pub async fn round(app: &App, lease: &mut Lease) -> Result<bool> {
    let grant: Grant<Machine> = machine(app, app.gate.operator(), "heads").grant()?;
    if !lease.held(&grant, &app.store).await? {
        return Ok(false);
    }
    let mut first_fault = Ok(true);
    for tenant in tenants(app).await? {
        if let Err(fault) = sign(app, tenant).await {
            first_fault = first_fault.and(Err(fault));
        }
    }
    first_fault
}

/// Signs a book's head if it has grown since the last one; gives the newest head's note, `None` for an empty book.
///
/// # Errors
/// `Conflict` for a book that does not go on from what was signed here; `Broken` when the key cannot be opened.
pub async fn sign(app: &App, tenant: TenantId) -> Result<Option<String>> {
    let grant: Grant<Machine> = machine(app, tenant, "heads").grant()?;
    let (edge, last) = grant.read(&app.store, |r| Ok((queries::edge(r)?, queries::last_head(r)?))).await?;
    let Some(edge) = edge else { return Ok(None) };
    let size = i64::try_from(edge.frontier.size()).map_err(Error::broken)?;
    let known = witness::check(app, &grant, &edge).await?;
    if let Some(head) = last.filter(|head| head.size == size) {
        // Signed by another node, or kept by none: this node is its witness from now on.
        if known != Known::Kept {
            witness::keep(app, tenant, &head.note)?;
        }
        return Ok(Some(head.note));
    }
    // Making the key is an entry too, so the edge is read again after it.
    let (key, version) = key::in_force(app, &grant, &edge.origin).await?;
    let edge = grant.read(&app.store, queries::edge).await?.ok_or(Error::NotFound)?;
    witness::check(app, &grant, &edge).await?;
    let size = i64::try_from(edge.frontier.size()).map_err(Error::broken)?;
    let now = app.store.clock().now();
    let head = Head {
        origin: edge.origin,
        size: edge.frontier.size(),
        root: edge.frontier.root(),
        time: now.0,
        extensions: Vec::new(),
    };
    let note = head.sign(&key).map_err(Error::broken)?;
    let stored = note.clone();
    let insert = move |w: &mut kernel::Writer<'_>| events::head_signed(w, size, &stored, version);
    if grant.quietly(&app.store, insert).await? == 0 {
        return Ok(grant.read(&app.store, queries::last_head).await?.map(|head| head.note));
    }
    witness::keep(app, tenant, &note)?;
    Ok(Some(note))
}

/// Whether the book can be written. Where the last commit failed it is tried, by an entry in the operator's book: a server
/// that nobody asks any more, because it said that it is not ready, finds out that it is again.
pub async fn writable(app: &App) -> bool {
    if app.store.writable() {
        return true;
    }
    let Ok(grant) = machine(app, app.gate.operator(), "book").grant::<Machine>() else { return false };
    grant.apply(&app.store, events::BookResumed {}).await.is_ok()
}
