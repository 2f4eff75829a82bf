//! Finds the tenant and the actor of a request: from a session, a key, a customer number or a host name. Nothing else does.
//!
//! - A session, key or link is a secret of 256 bits that carries its tenant; the database holds its SHA-256 only.
//! - Everything is checked in the rows at each request: ending a session or suspending a user takes hold at the next one,
//!   on every node.
//! - Idle and absolute limits are counted by the server's clock.

mod key;

use crate::grant::{Access, Grant};
use crate::policy::{Anyone, Policy};
use crate::setting::{Kind, Level, Mode, Setting, Tighter};
use crate::{
    Actor, Chance, Error, GroupId, Origin, Reader, Result, SessionId, Store, TenantId, Timestamp, UserId,
    from_row, params, setting, sql,
};
pub use key::{Key, Opens, Refusal, Why};
use sha2::{Digest, Sha256};
use std::sync::Arc;

setting!(
    /// How long a session may be idle (NIST SP 800-63B-4 section 2.2.3; PCI DSS 8.2.8).
    pub SESSION_IDLE_MINUTES = Setting {
        key: "session.idle_minutes",
        area: "sign-in",
        kind: Kind::Count { least: 1, most: 24 * 60, unit: "minutes", tighter: Tighter::Lower },
        default: "60",
        mode: Mode::Free,
        lowest: Level::User,
    }
);
setting!(
    /// How long a session may last at all.
    pub SESSION_ABSOLUTE_HOURS = Setting {
        key: "session.absolute_hours",
        area: "sign-in",
        kind: Kind::Count { least: 1, most: 24 * 30, unit: "hours", tighter: Tighter::Lower },
        default: "12",
        mode: Mode::Free,
        lowest: Level::User,
    }
);

/// A session's last use is written down when it is older than this.
pub const SEEN_EVERY_SECONDS: i64 = 30;

/// Clocks of two nodes may differ by so much; a session that began later than that from now does not count.
pub const CLOCKS_APART_SECONDS: i64 = 60;

/// A secret handed out once: its text for the holder, its hash for the table.
pub struct Secret {
    /// The text: base64url of the tenant's number (8 bytes, big-endian) and 32 random bytes.
    pub text: String,
    /// SHA-256 of the text.
    pub hash: [u8; 32],
}

impl Secret {
    /// A new secret of a tenant.
    #[must_use]
    pub fn new(tenant: TenantId, chance: &Chance) -> Self {
        let mut bytes = tenant.number().to_be_bytes().to_vec();
        bytes.extend(chance.bytes::<32>());
        let text = data_encoding::BASE64URL_NOPAD.encode(&bytes);
        let hash = hash(&text);
        Self { text, hash }
    }
}

/// The hash of a secret as the tables hold it.
#[must_use]
pub fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Finds who asks.
#[derive(Clone, Debug)]
pub struct Gate {
    store: Store,
}

struct SessionRow {
    id: SessionId,
    user: UserId,
    group: GroupId,
    name: String,
    made_at: Timestamp,
    seen_at: Timestamp,
    stage: String,
}
from_row!(SessionRow { id, user, group, name, made_at, seen_at, stage });

impl Gate {
    /// A gate to the store.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }
    async fn directory<T: crate::FromRow + Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Reader<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let origin = Origin::inside(crate::Way::Job, crate::RequestId(uuid::Uuid::nil()));
        let access =
            Access::new(TenantId::OPERATOR, Actor::Visitor, String::new(), origin, Policy::default());
        self.store.read(Arc::new(access), ask).await
    }
    /// The tenant of a customer number.
    ///
    /// # Errors
    /// `NotFound` when no tenant has it.
    pub async fn by_number(&self, number: i64) -> Result<TenantId> {
        let (found,) = self
            .directory(move |r| {
                r.row::<(i64,)>(
                    sql!("select number from tenant_directory where number = $number"),
                    params! { number: number },
                )
            })
            .await?;
        Ok(TenantId::new(found))
    }
    /// The tenant of a host name, in lower case without port.
    ///
    /// # Errors
    /// `NotFound` when no tenant has it.
    pub async fn by_host(&self, host: String) -> Result<TenantId> {
        let (found,) = self
            .directory(move |r| {
                r.row::<(i64,)>(
                    sql!("select number from tenant_directory where host = $host"),
                    params! { host: host },
                )
            })
            .await?;
        Ok(TenantId::new(found))
    }
    /// Every tenant, for work that goes over all of them.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub async fn all(&self) -> Result<Vec<TenantId>> {
        let origin = Origin::inside(crate::Way::Job, crate::RequestId(uuid::Uuid::nil()));
        let access =
            Access::new(TenantId::OPERATOR, Actor::Visitor, String::new(), origin, Policy::default());
        let rows: Vec<(i64,)> = self
            .store
            .read(Arc::new(access), |r| {
                r.rows(sql!("select number from tenant_directory order by number"), params! {})
            })
            .await?;
        Ok(rows.into_iter().map(|(n,)| TenantId::new(n)).collect())
    }
    /// The operator's own tenant, customer number 0, which is always there.
    #[must_use]
    pub const fn operator(&self) -> TenantId {
        TenantId::OPERATOR
    }
    /// Somebody who has not signed in.
    #[must_use]
    pub fn visitor(&self, tenant: TenantId, origin: Origin) -> Arc<Access> {
        Arc::new(Access::new(tenant, Actor::Visitor, String::new(), origin, Policy::default()))
    }
    /// A command on the machine or our own work. Only the command line and the jobs make this.
    #[must_use]
    pub fn machine(&self, tenant: TenantId, account: &str, origin: Origin) -> Arc<Access> {
        let actor = Actor::Machine { account: account.to_owned() };
        Arc::new(Access::new(tenant, actor, account.to_owned(), origin, Policy::default()))
    }
    /// Our own work that tells of something a user did: the entry bears the user's name.
    #[must_use]
    pub fn machine_for(
        &self,
        tenant: TenantId,
        account: &str,
        (user, name): (UserId, &str),
        origin: Origin,
    ) -> Arc<Access> {
        let actor = Actor::Machine { account: account.to_owned() };
        let access = Access::new(tenant, actor, name.to_owned(), origin, Policy::default());
        Arc::new(access.for_person(user, name))
    }
    /// Our own work that a person began, named: its entries carry the program, the person, and where the asking came from.
    #[must_use]
    pub fn work_for(
        &self,
        tenant: TenantId,
        work: &str,
        (user, name): (UserId, &str),
        origin: Origin,
    ) -> Arc<Access> {
        let actor = Actor::Machine { account: work.to_owned() };
        let access = Access::new(tenant, actor, work.to_owned(), origin, Policy::default());
        Arc::new(access.for_person(user, name))
    }
    /// Who began a piece of work, for our own work that reads on for them: with the rights and the reach they have now, of no
    /// session and no key. Whoever hands out what was read asks them anew.
    ///
    /// # Errors
    /// `SignedOut` when the user may not be here now.
    pub async fn owner(&self, tenant: TenantId, user: UserId, origin: Origin) -> Result<Arc<Access>> {
        let visitor = self.visitor(tenant, origin.clone());
        let find = sql!(
            "select /* system: who began the work */ u.group_id, u.name from users u
             join tenants t on t.tenant_id = u.tenant_id
             where u.tenant_id = $tenant and u.id = $user and t.state = 'active' and u.state = 'active'
             and (u.suspended_from is null or u.suspended_from > $now or u.suspended_until <= $now)"
        );
        let look = move |r: &mut Reader<'_>| {
            let found = r.maybe::<(GroupId, String)>(find, params! { user: user })?;
            let (group, name) = found.ok_or(Error::SignedOut)?;
            Ok((group, name, Policy::read(r, Some(user), Some(group))?))
        };
        let (group, name, policy) = self.store.read(visitor, look).await?;
        let actor = Actor::User { user, group, session: SessionId(uuid::Uuid::nil()) };
        Ok(Arc::new(Access::new(tenant, actor, name, origin, policy)))
    }
    /// The tenant a secret says it belongs to; proves nothing until the secret is found there.
    ///
    /// # Errors
    /// `SignedOut` when the text is not a secret of ours.
    pub fn tenant_of(&self, secret: &str) -> Result<TenantId> {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(secret.as_bytes()).map_err(|_| Error::SignedOut)?;
        let (number, rest) = bytes.split_first_chunk::<8>().ok_or(Error::SignedOut)?;
        if rest.len() == 32 { Ok(TenantId::new(i64::from_be_bytes(*number))) } else { Err(Error::SignedOut) }
    }
    /// The holder of a session's secret.
    ///
    /// # Errors
    /// `SignedOut` when there is no such session, it has ended, or its user may not be here now.
    pub async fn session(&self, secret: &str, origin: Origin) -> Result<Arc<Access>> {
        let found = self.found(secret, origin).await?;
        let (id, seen_at, now) = (found.session, found.seen_at, found.now);
        if !(0..SEEN_EVERY_SECONDS).contains(&now.seconds_since(seen_at)) {
            let grant: Grant<Anyone> = found.visitor.grant()?;
            let seen = move |w: &mut crate::Writer<'_>| {
                w.any(
                    sql!("update session set seen_at = $now where tenant_id = $tenant and id = $id"),
                    params! { id: id },
                )
            };
            if let Err(cause) = grant.quietly(&self.store, seen).await {
                tracing::warn!(%cause, "a session's last use was not written down");
            }
        }
        Ok(found.access)
    }
    /// The holder of a session's secret, looked up as [`Gate::session`] does but without moving its last use: a page that
    /// goes on by itself must not keep an idle session alive.
    ///
    /// # Errors
    /// `SignedOut` when there is no such session, it has ended, or its user may not be here now.
    pub async fn still(&self, secret: &str, origin: Origin) -> Result<Arc<Access>> {
        Ok(self.found(secret, origin).await?.access)
    }
    async fn found(&self, secret: &str, origin: Origin) -> Result<Found> {
        let tenant = self.tenant_of(secret)?;
        let hash = hash(secret);
        let visitor = self.visitor(tenant, origin.clone());
        let (row, policy, now) =
            self.store.read(Arc::clone(&visitor), move |r| find_session(r, hash)).await?;
        let actor = Actor::User { user: row.user, group: row.group, session: row.id };
        let access = Access::new(tenant, actor, row.name, origin, policy).limited(None, row.stage == "full");
        Ok(Found { access: Arc::new(access), visitor, session: row.id, seen_at: row.seen_at, now })
    }
}

/// A session that lasts: whose it is, and when it was last used.
struct Found {
    access: Arc<Access>,
    visitor: Arc<Access>,
    session: SessionId,
    seen_at: Timestamp,
    now: Timestamp,
}

fn find_session(r: &mut Reader<'_>, hash: [u8; 32]) -> Result<(SessionRow, Policy, Timestamp)> {
    let find = sql!(
        "select s.id, s.user_id, u.group_id, u.name, s.made_at, s.seen_at, s.stage
         from session s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
         join tenants t on t.tenant_id = s.tenant_id
         where s.tenant_id = $tenant
         and (s.token_hash = $hash or (s.previous_hash = $hash and s.previous_until > $now)) and t.state = 'active' and u.state = 'active'
         and (u.suspended_from is null or u.suspended_from > $now or u.suspended_until <= $now)"
    );
    let row: SessionRow = r.maybe(find, params! { hash: hash })?.ok_or(Error::SignedOut)?;
    let policy = Policy::read(r, Some(row.user), Some(row.group))?;
    let now = r.now();
    let idle = policy.count(&SESSION_IDLE_MINUTES) * 60;
    let absolute = policy.count(&SESSION_ABSOLUTE_HOURS) * 3600;
    let age = now.seconds_since(row.made_at);
    // A session from the future was made, or used, while the clock was ahead: nobody knows how long it has lasted.
    let future = row.seen_at.seconds_since(now) > CLOCKS_APART_SECONDS;
    if future || now.seconds_since(row.seen_at) >= idle || age >= absolute || age < -CLOCKS_APART_SECONDS {
        return Err(Error::SignedOut);
    }
    Ok((row, policy, now))
}
