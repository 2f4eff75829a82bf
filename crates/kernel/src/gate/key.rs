//! The key of a program: whom it lets in, or why it lets nobody in. Whoever asks here writes either into the access log.

use super::{Gate, hash};
use crate::grant::Access;
use crate::policy::Policy;
use crate::{
    Actor, Error, GroupId, KeyId, Origin, Reader, Result, TenantId, Timestamp, UserId, from_row, params, sql,
};
use std::sync::Arc;

/// What a key turned out to be.
#[derive(Debug)]
pub enum Key {
    /// It lets its service user in.
    Opens(Opens),
    /// It lets nobody in.
    Refused(Box<Refusal>),
}

/// A key that lets its service user in.
#[derive(Clone, Debug)]
pub struct Opens {
    /// The service user, within the key's scope.
    pub access: Arc<Access>,
    /// Which key.
    pub key: KeyId,
    /// What it is called.
    pub name: String,
    /// When its use from this address was last an entry.
    pub told_at: Option<Timestamp>,
    /// When it was last used from this address, as far as that was written down.
    pub used_at: Option<Timestamp>,
}

/// A key that lets nobody in.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The tenant in whose log this belongs: the one the key names, else the operator.
    pub tenant: TenantId,
    /// Why.
    pub why: Why,
    /// The key, its name, its service user and that one's group, where it is or was one.
    pub key: Option<(KeyId, String, UserId, Option<GroupId>)>,
}

/// Why a key lets nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is none that was made here.
    Unknown,
    /// It was ended.
    Ended,
    /// Its time is over.
    Expired,
    /// By this machine's clock it is not made yet: the clock is, or was, wrong.
    NotYet,
    /// Its service user may not be here now.
    UserOut,
    /// The person who answers for it may not be here now.
    OwnerOut,
    /// The tenant is suspended.
    TenantSuspended,
}

impl Why {
    /// The word in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "key-unknown",
            Self::Ended => "key-ended",
            Self::Expired => "key-expired",
            Self::NotYet => "key-not-yet",
            Self::UserOut => "key-user-out",
            Self::OwnerOut => "key-owner-out",
            Self::TenantSuspended => "tenant-suspended",
        }
    }
    fn parse(word: &str) -> Option<Self> {
        let all = [Self::Expired, Self::NotYet, Self::UserOut, Self::OwnerOut, Self::TenantSuspended];
        all.into_iter().find(|why| why.name() == word)
    }
}

struct Row {
    id: KeyId,
    called: String,
    user: UserId,
    group: GroupId,
    name: String,
    scope: String,
    why: String,
    told_at: Option<Timestamp>,
    used_at: Option<Timestamp>,
    owner: UserId,
    owners: GroupId,
}
from_row!(Row { id, called, user, group, name, scope, why, told_at, used_at, owner, owners });

/// What the tables say of a key's hash.
enum Found {
    Living(Row, Policy),
    Ended(KeyId, String, UserId, Option<GroupId>),
    Unknown { tenant: bool },
}

impl Gate {
    /// The holder of an API key, or why it has none.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub async fn key(&self, secret: &str, origin: Origin) -> Result<Key> {
        let nobodys = |tenant| Ok(Key::Refused(Box::new(Refusal { tenant, why: Why::Unknown, key: None })));
        let Ok(tenant) = self.tenant_of(secret) else { return nobodys(TenantId::OPERATOR) };
        let (hash, address) = (hash(secret), origin.address.clone());
        let visitor = self.visitor(tenant, origin.clone());
        match self.store.read(visitor, move |r| find(r, hash, &address)).await? {
            Found::Unknown { tenant: true } => nobodys(tenant),
            Found::Unknown { tenant: false } => nobodys(TenantId::OPERATOR),
            Found::Ended(key, name, user, group) => {
                let key = Some((key, name, user, group));
                Ok(Key::Refused(Box::new(Refusal { tenant, why: Why::Ended, key })))
            }
            Found::Living(row, policy) => Ok(judged(tenant, origin, row, policy)),
        }
    }
}

fn judged(tenant: TenantId, origin: Origin, row: Row, policy: Policy) -> Key {
    if let Some(why) = Why::parse(&row.why) {
        let key = Some((row.id, row.called, row.user, Some(row.group)));
        return Key::Refused(Box::new(Refusal { tenant, why, key }));
    }
    let actor = Actor::Key { user: row.user, group: row.group, key: row.id };
    let scope = row.scope.split_whitespace().map(str::to_owned).collect();
    let access = Access::new(tenant, actor, row.name, origin, policy).limited(Some(scope), true);
    let (told_at, used_at) = (row.told_at, row.used_at);
    Key::Opens(Opens { access: Arc::new(access), key: row.id, name: row.called, told_at, used_at })
}

fn find(r: &mut Reader<'_>, hash: [u8; 32], address: &str) -> Result<Found> {
    let living = sql!(
        "select k.id, k.name, k.user_id, u.group_id, u.name, k.scope,
         case when t.state <> 'active' then 'tenant-suspended' when k.until <= $now then 'key-expired' when k.made_at > $ahead then 'key-not-yet'
         when u.state <> 'active' or (u.suspended_from <= $now and (u.suspended_until is null or u.suspended_until > $now)) then 'key-user-out'
         when o.state <> 'active' or (o.suspended_from <= $now and (o.suspended_until is null or o.suspended_until > $now)) then 'key-owner-out'
         else '' end, s.told_at, s.used_at, k.owner_id, o.group_id
         from api_key k join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
         join users o on o.tenant_id = k.tenant_id and o.id = k.owner_id
         join tenants t on t.tenant_id = k.tenant_id
         left join key_use s on s.tenant_id = k.tenant_id and s.key_id = k.id and s.address = $address
         where k.tenant_id = $tenant and k.token_hash = $hash"
    );
    if let Some(mut row) =
        r.maybe::<Row>(living, params! { hash: hash, address: address, ahead: r.ahead() })?
    {
        // What the owner may no longer do, no key that they answer for does.
        let owner = Policy::read(r, Some(row.owner), Some(row.owners))?;
        row.scope =
            row.scope.split_whitespace().filter(|right| owner.holds(right)).collect::<Vec<_>>().join(" ");
        let policy = Policy::read(r, Some(row.user), Some(row.group))?;
        return Ok(Found::Living(row, policy));
    }
    let ended = sql!(
        "select e.key_id, e.name, e.user_id, u.group_id from key_ended e
         left join users u on u.tenant_id = e.tenant_id and u.id = e.user_id
         where e.tenant_id = $tenant and e.token_hash = $hash"
    );
    if let Some((key, name, user, group)) = r.maybe(ended, params! { hash: hash })? {
        return Ok(Found::Ended(key, name, user, group));
    }
    let there = sql!("select count(*) from tenants where tenant_id = $tenant");
    let (n,): (i64,) = r.row(there, params! {})?;
    Ok(Found::Unknown { tenant: n > 0 })
}

impl From<Why> for Error {
    fn from(why: Why) -> Self {
        Self::KeyRefused(
            match why {
                Why::Unknown => "key-refused-unknown",
                Why::Ended => "key-refused-ended",
                Why::Expired => "key-refused-expired",
                Why::NotYet => "key-refused-not-yet",
                Why::UserOut => "key-refused-user-out",
                Why::OwnerOut => "key-refused-owner-out",
                Why::TenantSuspended => "key-refused-tenant",
            }
            .into(),
        )
    }
}
