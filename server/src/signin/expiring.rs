//! Sessions that nobody ended: idle too long, lasting too long, or of somebody who may not be here. Each gets an entry within
//! a minute or two, and its row goes. The gate refuses it from the moment itself, so nothing hangs on this work.

use super::events::sessions::SessionExpired;
use super::queries::{self, Quiet};
use crate::App;
use futures_util::StreamExt;
use kernel::gate::{CLOCKS_APART_SECONDS, SESSION_ABSOLUTE_HOURS, SESSION_IDLE_MINUTES};
use kernel::policy::{Machine, Policy};
use kernel::{Error, Grant, GroupId, Origin, Reader, RequestId, Result, SessionId, TenantId, Timestamp, Way};
use std::collections::HashMap;
use std::time::Duration;

/// How often it is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Sessions looked at in one read.
pub const SESSIONS_A_LOOK: usize = 500;
/// Sessions ended at once: they are committed together.
const ENDED_AT_ONCE: usize = 64;

/// Looks, for as long as the process lives.
pub async fn follow(app: App) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        match app.gate.all().await {
            Ok(tenants) => {
                for tenant in tenants {
                    if let Err(cause) = sweep(&app, tenant).await {
                        tracing::warn!(%cause, tenant = tenant.number(), "ended sessions were not told of");
                    }
                }
            }
            Err(cause) => tracing::warn!(%cause, "ended sessions were not looked for"),
        }
    }
}

/// Ends the sessions of a tenant that are over; says how many.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn sweep(app: &App, tenant: TenantId) -> Result<u64> {
    let request = RequestId::new(app.store.clock().now(), app.store.chance());
    let origin = Origin::inside(Way::Job, request);
    let grant: Grant<Machine> = app.gate.machine(tenant, "sessions", origin).grant()?;
    let (mut after, mut ended) = (None, 0);
    loop {
        let (over, last, more) = grant.read(&app.store, move |r| look(r, after)).await?;
        let told = over.into_iter().map(|event| grant.apply(&app.store, event));
        let mut told = futures_util::stream::iter(told).buffered(ENDED_AT_ONCE);
        while let Some(done) = told.next().await {
            match done {
                Ok(()) => ended += 1,
                // Used, or ended otherwise, meanwhile.
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        if !more {
            return Ok(ended);
        }
        after = last;
    }
}

type Looked = (Vec<SessionExpired>, Option<SessionId>, bool);

fn look(r: &mut Reader<'_>, after: Option<SessionId>) -> Result<Looked> {
    let sessions = queries::quiet_sessions(r, after, SESSIONS_A_LOOK)?;
    let (last, more) = (sessions.last().map(|s| s.id), sessions.len() == SESSIONS_A_LOOK);
    let mut limits: HashMap<GroupId, (i64, i64)> = HashMap::new();
    let mut over = Vec::new();
    for session in sessions {
        // Users without a value of their own live by their group's.
        let (idle, absolute) = match limits.get(&session.group).filter(|_| !session.own) {
            Some(limits) => *limits,
            None => {
                let user = session.own.then_some(session.user);
                let policy = Policy::read(r, user, Some(session.group))?;
                let found =
                    (policy.count(&SESSION_IDLE_MINUTES) * 60, policy.count(&SESSION_ABSOLUTE_HOURS) * 3600);
                if !session.own {
                    limits.insert(session.group, found);
                }
                found
            }
        };
        if let Some(reason) = reason(&session, idle, absolute, r.now()) {
            let user = (session.user, session.group, session.name);
            over.push(SessionExpired { session: session.id, seen_at: session.seen_at, user, reason });
        }
    }
    Ok((over, last, more))
}

fn reason(session: &Quiet, idle: i64, absolute: i64, now: Timestamp) -> Option<&'static str> {
    let age = now.seconds_since(session.made_at);
    if session.out {
        Some("user-out")
    } else if age >= absolute || age < -CLOCKS_APART_SECONDS {
        Some("lasted-too-long")
    } else {
        (now.seconds_since(session.seen_at) >= idle).then_some("idle-too-long")
    }
}
