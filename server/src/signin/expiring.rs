//! Sessions that nobody ended: idle too long, lasting too long, or of somebody who may not be here. Each gets an entry within
//! a minute or two, and its row goes. The gate refuses it from the moment itself, so nothing hangs on this work.
//!
//! A link that was not used goes likewise, a week after it ran out: until then who clicks it is told that it is over, and a clock
//! that was a day ahead has taken none that works (decisions/0282).

use super::events::links::LinkExpired;
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

/// How long after its end a link is kept: as long as Home tells of links that nobody used.
pub const LINK_KEPT_SECONDS: i64 = 7 * 86_400;
/// Links taken away in one look.
const LINKS_A_LOOK: usize = 500;

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
                    if let Err(cause) = sweep_links(&app, tenant).await {
                        tracing::warn!(%cause, tenant = tenant.number(), "links that ran out were not told of");
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
    let grant = machine(app, tenant, "sessions")?;
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

/// Takes away the links of a tenant that ran out so long ago and were not used; says how many.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn sweep_links(app: &App, tenant: TenantId) -> Result<u64> {
    let grant = machine(app, tenant, "links")?;
    let before = app.store.clock().now().plus_seconds(-LINK_KEPT_SECONDS);
    let over = grant.read(&app.store, move |r| queries::links_over(r, before, LINKS_A_LOOK)).await?;
    let mut gone = 0;
    for (user, until) in over {
        match grant.apply(&app.store, LinkExpired { user, until }).await {
            Ok(()) => gone += 1,
            // Taken away otherwise meanwhile.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(gone)
}

fn machine(app: &App, tenant: TenantId, work: &str) -> Result<Grant<Machine>> {
    let request = RequestId::new(app.store.clock().now(), app.store.chance());
    app.gate.machine(tenant, work, Origin::inside(Way::Job, request)).grant()
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
