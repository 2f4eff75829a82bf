//! Leases: what one node does at a time.
//!
//! - A node that dies loses its lease by the time limit; one that was paused asks anew before it goes on.
//! - A clock that stepped back does not make a lease last: a limit further ahead than one set now could be holds nothing.
//! - A lease is a way to save work, never the only thing that keeps two nodes apart: what may not happen twice is refused by
//!   the rows themselves.
//! - Where no other process can have the rows, nothing is written at all.

use super::latest;
use crate::policy::Machine;
use crate::{Grant, Result, Store, Writer, from_row, params, sql};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// Holds, or goes on holding, a lease for so many seconds. False while another node has it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn hold(w: &mut Writer<'_>, name: &str, node: Uuid, seconds: i64) -> Result<bool> {
    let (until, latest) = (w.now().plus_seconds(seconds), latest(w.now(), seconds));
    let upsert = sql!(
        "insert into lease (name, node, until) values ($name, $node, $until)
         on conflict (name) do update set node = $node, until = $until
         where lease.node = $node or lease.until < $now or lease.until > $latest"
    );
    Ok(w.any(upsert, params! { name: name, node: node, until: until, latest: latest })? == 1)
}

struct Held {
    node: Uuid,
    free: bool,
}
from_row!(Held { node, free });

/// One node's part in a lease that it holds for as long as it lives.
#[derive(Debug)]
pub struct Lease {
    name: &'static str,
    node: Uuid,
    seconds: u32,
    written: Option<Instant>,
}

impl Lease {
    /// A lease not yet held. `node` is this process; a node that dies is followed by another within `seconds`.
    #[must_use]
    pub const fn new(name: &'static str, node: Uuid, seconds: u32) -> Self {
        Self { name, node, seconds, written: None }
    }
    /// Whether this node holds it now. A holder writes once in a third of the limit, another reads until it is free.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine; nothing is held then.
    pub async fn held(&mut self, grant: &Grant<Machine>, store: &Store) -> Result<bool> {
        // Measured without the clock: it may be put right meanwhile, and a process may be stopped and go on.
        let fresh = Duration::from_secs(self.seconds.into()) / 3;
        if store.alone() || self.written.is_some_and(|at| at.elapsed() < fresh) {
            return Ok(true);
        }
        let (name, node, seconds) = (self.name, self.node, i64::from(self.seconds));
        let begun = Instant::now();
        if self.written.take().is_none() {
            let find =
                sql!("select node, until < $now or until > $latest as free from lease where name = $name");
            let ask = move |r: &mut crate::Reader<'_>| {
                let latest = latest(r.now(), seconds);
                r.maybe::<Held>(find, params! { name: name, latest: latest })
            };
            if grant.read(store, ask).await?.is_some_and(|other| other.node != node && !other.free) {
                return Ok(false);
            }
        }
        let held = grant.quietly(store, move |w| hold(w, name, node, seconds)).await?;
        self.written = held.then_some(begun);
        Ok(held)
    }
}
