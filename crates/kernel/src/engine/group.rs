//! One group of changes: one after the other, their entries last, one commit, then the answers.
//!
//! A group is run without savepoints first, which cost more than most changes. Only if one of its changes fails after it has
//! written is the group rolled back and run again with one before each, so that the failing ones alone leave nothing.

use super::{Change, MAX_GROUP_CHANGES, Output, Shared, TOO_SLOW, Transactions, unwritable};
use crate::ledger::{self, Pending};
use crate::{Error, Result, TenantId};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use tokio::sync::oneshot;

/// Takes groups of changes until the store stops.
pub(super) fn work(shared: &Shared, db: &mut dyn Transactions) {
    while let Some(mut batch) = shared.changes.take(MAX_GROUP_CHANGES, || db.rest()) {
        let changes = std::mem::take(&mut batch.jobs);
        let tenant = batch.tenant;
        // The thread outlives whatever happens in a group: who waits for an answer is told to come again.
        let group = catch_unwind(AssertUnwindSafe(|| commit_group(shared, db, tenant, changes)));
        if let Err(panic) = group {
            tracing::error!(cause = words(&*panic), "a group of changes panicked");
            db.rollback();
        }
    }
}

type Answer = (oneshot::Sender<Result<Output>>, Result<Output>);

fn commit_group(shared: &Shared, db: &mut dyn Transactions, tenant: Option<TenantId>, changes: Vec<Change>) {
    let mut answers: Vec<Answer> = Vec::with_capacity(changes.len());
    let outcome =
        db.heal().and_then(|()| db.begin(tenant)).and_then(|()| run_group(shared, db, tenant, &changes));
    let committed = outcome.and_then(|results| db.commit().map(|()| results));
    match committed {
        Ok((results, entries)) => {
            // A quiet change has nothing for those who follow the log: ringing for it would wake them for ever. Nor does it
            // show that the book can be written: on a full disk there may be room for so little and not for an entry.
            if entries {
                shared.writable.store(true, Ordering::Release);
                shared.commits.send_modify(|n| *n += 1);
            }
            answers.extend(changes.into_iter().map(|c| c.reply).zip(results));
        }
        Err(cause) => {
            db.rollback();
            let slow = matches!(&cause, Error::Busy(message) if message.key == TOO_SLOW);
            let lost = matches!(cause, Error::Busy(_));
            shared.writable.store(!lost || slow, Ordering::Release);
            if !lost {
                tracing::error!(%cause, "a group of changes was rolled back");
            }
            answers.extend(changes.into_iter().map(|c| (c.reply, Err(again(&cause)))));
        }
    }
    for (reply, answer) in answers {
        let _ = reply.send(answer);
    }
}

fn again(cause: &Error) -> Error {
    match cause {
        Error::Busy(message) => Error::Busy(message.clone()),
        other => unwritable(other),
    }
}

type Ran = (Vec<Result<Output>>, bool);

/// Runs the group boldly, and carefully if that did not do. An error here is one of the whole group.
fn run_group(
    shared: &Shared,
    db: &mut dyn Transactions,
    tenant: Option<TenantId>,
    changes: &[Change],
) -> Result<Ran> {
    if changes.len() > 1 {
        if let Some(ran) = run_all(shared, db, changes, false)? {
            return Ok(ran);
        }
        db.rollback();
        db.heal().and_then(|()| db.begin(tenant))?;
    }
    run_all(shared, db, changes, true)?.ok_or_else(|| Error::broken("a careful group asked to be run again"))
}

/// Runs every change; one that fails leaves nothing. `None` if that takes savepoints and there were none. Says whether there
/// are entries.
fn run_all(
    shared: &Shared,
    db: &mut dyn Transactions,
    changes: &[Change],
    savepoints: bool,
) -> Result<Option<Ran>> {
    let mut results = Vec::with_capacity(changes.len());
    let mut pending: Vec<(TenantId, Vec<Pending>)> = Vec::new();
    for change in changes {
        if savepoints {
            db.savepoint()?;
        }
        db.touched();
        let run = catch_unwind(AssertUnwindSafe(|| (change.run)(db.conn(), &change.access, &shared.clock)));
        match run.unwrap_or_else(|panic| Err(Error::broken(format!("a change panicked: {}", words(&*panic)))))
        {
            Ok((output, made)) => {
                results.push(Ok(output));
                let tenant = change.access.tenant();
                match pending.iter_mut().find(|(t, _)| *t == tenant) {
                    Some((_, entries)) => entries.extend(made),
                    None if made.is_empty() => {}
                    None => pending.push((tenant, made)),
                }
            }
            Err(Error::Busy(message)) if message.key != TOO_SLOW => return Err(Error::Busy(message)),
            Err(error) => {
                if savepoints {
                    db.rollback_to_savepoint()?;
                } else if db.touched() {
                    return Ok(None);
                }
                results.push(Err(error));
            }
        }
    }
    let any = !pending.is_empty();
    for (tenant, entries) in pending {
        ledger::append(db.conn(), tenant, entries, &shared.chance)?;
    }
    Ok(Some((results, any)))
}

/// What a panic said.
pub(crate) fn words(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}
