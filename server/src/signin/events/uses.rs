//! Uses of keys and refusals of them: entries of the access log.

use super::attempts::came_of;
use crate::signin::keys::model::{ADDRESSES_KEPT_SECONDS, USE_AGAIN_SECONDS};
use kernel::policy::Anyone;
use kernel::{Error, Event, GroupId, KeyId, Name, Result, Subject, Timestamp, UserId, Writer, params, sql};
use serde::Serialize;

/// A program used its key: the first time from this address, or after a while.
#[derive(Serialize)]
pub struct KeyUsed {
    /// Which.
    #[serde(skip)]
    pub key: KeyId,
    /// What it is called.
    #[serde(skip)]
    pub name: String,
}

impl Event for KeyUsed {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "key.used", 1);
    fn subject(&self) -> Subject {
        self.key.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let address = w.access().origin().address.clone();
        let find = sql!(
            "select told_at from key_use where tenant_id = $tenant and key_id = $key and address = $address"
        );
        let told: Option<(Timestamp,)> = w.maybe(find, params! { key: self.key, address: &address })?;
        let lately = |at: Timestamp| (0..USE_AGAIN_SECONDS).contains(&w.now().seconds_since(at));
        if told.is_some_and(|(at,)| lately(at)) {
            // Another request of the same moment was quicker.
            return Err(Error::conflict("key-use-told"));
        }
        let keep = sql!(
            "insert into key_use (tenant_id, key_id, address, told_at, used_at) values ($tenant, $key, $address, $now, $now)
             on conflict (tenant_id, key_id, address) do update set told_at = $now, used_at = $now"
        );
        w.one(keep, params! { key: self.key, address: &address })?;
        let forget =
            sql!("delete from key_use where tenant_id = $tenant and key_id = $key and used_at < $old");
        w.any(forget, params! { key: self.key, old: w.now().plus_seconds(-ADDRESSES_KEPT_SECONDS) })?;
        w.about(&self.name);
        if let Some(user) = w.access().actor().user() {
            w.facet("user", user);
        }
        came_of(w, "key", "accepted", None);
        Ok(())
    }
}

/// The last use of a key moves without an entry.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn seen(w: &mut Writer<'_>, key: KeyId, address: &str) -> Result<u64> {
    let move_on = sql!(
        "update key_use set used_at = $now where tenant_id = $tenant and key_id = $key and address = $address"
    );
    w.any(move_on, params! { key: key, address: address })
}

/// A key let nobody in.
#[derive(Serialize)]
pub struct KeyRefused {
    /// The key, its name, its service user and that one's group, where it is or was one.
    #[serde(skip)]
    pub key: Option<(KeyId, String, UserId, Option<GroupId>)>,
    /// Why.
    #[serde(skip)]
    pub reason: &'static str,
    /// Refusals like this one since the last that was told.
    pub passed_over: u64,
}

impl Event for KeyRefused {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "key.refused", 1);
    fn subject(&self) -> Subject {
        self.key.as_ref().map_or(Subject::TENANT, |(key, ..)| (*key).into())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        if let Some((_, name, user, group)) = &self.key {
            w.about(name);
            w.facet("user", user);
            w.belongs(*group, None);
        }
        came_of(w, "key", "refused", Some(self.reason));
        Ok(())
    }
}
