//! Jobs whose node has died: found by their time limit, and ended where nobody can go on with them.
//!
//! - Work that is attended renews its limit while it lives, however long one step of it takes.
//! - Where no other process can have the rows, all that was going before this process began is lost at once.

use super::{JOB_SILENCE_SECONDS, MAX_LISTED_JOBS, latest};
use crate::policy::Right;
use crate::{Grant, Reader, Result, Store, Timestamp, Writer, params, sql};
use std::time::Duration;
use uuid::Uuid;

/// The jobs of a kind whose node has died, and those that were written down and never begun.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn lost(r: &mut Reader<'_>, kind: &'static str) -> Result<Vec<Uuid>> {
    let list = sql!(
        "select id from job where tenant_id = $tenant and kind = $kind and ((state = 'waiting' and made_at < $silent)
         or (state = 'going' and (node_until < $now or node_until > $latest))) limit $most"
    );
    let (latest, silent) = (latest(r.now(), JOB_SILENCE_SECONDS), r.now().plus_seconds(-JOB_SILENCE_SECONDS));
    let given = params! { kind: kind, latest: latest, silent: silent, most: MAX_LISTED_JOBS };
    let rows: Vec<(Uuid,)> = r.rows(list, given)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Ends a job that is lost still; its result stays what it was.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn give_up(w: &mut Writer<'_>, id: Uuid) -> Result<bool> {
    let (latest, silent) = (latest(w.now(), JOB_SILENCE_SECONDS), w.now().plus_seconds(-JOB_SILENCE_SECONDS));
    let update = sql!(
        "update job set state = case when stop = 1 then 'stopped' else 'failed' end, node_until = 0, changed_at = $now
         where tenant_id = $tenant and id = $id and ((state = 'waiting' and made_at < $silent)
         or (state = 'going' and (node_until < $now or node_until > $latest)))"
    );
    Ok(w.any(update, params! { id: id, latest: latest, silent: silent })? == 1)
}

/// Lets go of every job that was going before a moment: for a process that knows that it is alone. False when there was none.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn let_go<R: Right>(grant: &Grant<R>, store: &Store, before: Timestamp) -> Result<bool> {
    let any = sql!(
        "select id from job where tenant_id = $tenant and state = 'going' and changed_at < $before limit 1"
    );
    let ask = move |r: &mut Reader<'_>| r.maybe::<(Uuid,)>(any, params! { before: before });
    if grant.read(store, ask).await?.is_none() {
        return Ok(false);
    }
    let update = sql!(
        "update job set node_until = 0 where tenant_id = $tenant and state = 'going' and changed_at < $before"
    );
    grant.quietly(store, move |w| w.any(update, params! { before: before })).await.map(|n| n > 0)
}

/// Runs the work of a job and renews its time limit meanwhile, so that a long step is not taken for a death.
pub async fn attended<R: Right, T>(
    grant: &Grant<R>,
    store: &Store,
    (job, node): (Uuid, Uuid),
    work: impl Future<Output = T>,
) -> T {
    let mut work = std::pin::pin!(work);
    let every = Duration::from_secs(JOB_SILENCE_SECONDS.unsigned_abs()) / 3;
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(every) => {}
        }
        if let Err(cause) = grant.quietly(store, move |w| renewed(w, job, node)).await {
            tracing::warn!(%cause, "a job's time limit was not renewed");
        }
    }
}

fn renewed(w: &mut Writer<'_>, id: Uuid, node: Uuid) -> Result<u64> {
    let until = w.now().plus_seconds(JOB_SILENCE_SECONDS);
    let update = sql!(
        "update job set node_until = $until where tenant_id = $tenant and id = $id and state = 'going' and node = $node"
    );
    w.any(update, params! { id: id, node: node, until: until })
}
