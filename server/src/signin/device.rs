//! The mark of a device from which a person has signed in: it says who, and is worth nothing without the password.
//!
//! A cookie: user, device, and a tag derived from the master key over tenant, user and device (OWASP, device cookies).

use data_encoding::BASE64URL_NOPAD;
use kernel::{Chance, Error, Result, TenantId, UserId};
use subtle::ConstantTimeEq;
use vault::MasterKeys;

/// The cookie's name.
pub const DEVICE_COOKIE: &str = "__Host-vaktbok-device";
/// How long a browser keeps it.
pub const DEVICE_DAYS: i64 = 400;

/// A device that a user has come in from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// Which device: a random id.
    pub id: [u8; 16],
    user: UserId,
}

impl Device {
    /// A device seen for the first time.
    #[must_use]
    pub fn new(user: UserId, chance: &Chance) -> Self {
        Self { id: chance.bytes(), user }
    }
    /// The cookie's value.
    ///
    /// # Errors
    /// `Broken` when the master key cannot be used.
    pub fn cookie(&self, keys: &MasterKeys, tenant: TenantId) -> Result<String> {
        let key = keys.current();
        let tag = key.derive(&self.label(tenant)).map_err(Error::broken)?;
        let bytes = [&self.user.bytes()[..], &self.id[..], tag.bytes()].concat();
        Ok(format!("{}.{}", key.id(), BASE64URL_NOPAD.encode(&bytes)))
    }
    /// The device of a cookie, if it is this user's and was made here.
    #[must_use]
    pub fn known(keys: &MasterKeys, tenant: TenantId, user: UserId, cookie: &str) -> Option<Self> {
        let (key, text) = cookie.split_once('.')?;
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (whose, rest) = bytes.split_first_chunk::<16>()?;
        let (id, tag) = rest.split_first_chunk::<16>()?;
        let device = Self { id: *id, user };
        let right = keys.get(key)?.derive(&device.label(tenant)).ok()?;
        (*whose == user.bytes() && bool::from(right.bytes().ct_eq(tag))).then_some(device)
    }
    fn label(&self, tenant: TenantId) -> String {
        format!("device {} {} {}", tenant.number(), self.user, BASE64URL_NOPAD.encode(&self.id))
    }
}
