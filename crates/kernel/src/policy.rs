//! Rights and settings in force for one actor: what follows from the values given at each level.
//!
//! - Rights are settings too, closed by default; a right nobody set is denied.
//! - Computed from the rows at each request, so that a change takes hold at the next one, on every node.

use crate::grant::Always;
use crate::setting::{self, Chain, Given, Level, Setting};
use crate::{GroupId, Reader, Result, UserId, Value, params, sql};
use std::collections::HashMap;

/// A right, as a type: what a handler takes and what a door registers.
pub trait Right: Send + Sync + 'static {
    /// The setting's key that allows it, such as `users.manage`.
    const KEY: &'static str;
    /// Whether it needs no setting.
    const ALWAYS: Always = Always::No;
}

macro_rules! standing {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $always:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name;
        impl Right for $name {
            const KEY: &'static str = $key;
            const ALWAYS: Always = Always::$always;
        }
    )*};
}
standing! {
    /// Held by everybody, also visitors.
    Anyone = "anyone", Anyone;
    /// Held by every user who has come in.
    Person = "person", Person;
    /// Held by every user with a session, also one who must set a first password before anything else.
    Arriving = "arriving", Arriving;
    /// Held by commands on the machine and by our own work.
    Machine = "machine", Machine;
}

/// Makes a right that settings decide, and its setting: `right!(/// May … ManageUsers, "users.manage", "users");`.
/// The third word is the area of the settings page. The sentences are `setting-users-manage` and `setting-users-manage-help`.
#[macro_export]
macro_rules! right {
    ($(#[$doc:meta])* $name:ident, $key:literal, $area:literal) => {
        $(#[$doc])*
        pub struct $name;
        impl $crate::Right for $name {
            const KEY: &'static str = $key;
        }
        const _: () = {
            static SETTING: $crate::setting::Setting = $crate::setting::Setting::right($key, $area);
            $crate::inventory::submit! { $crate::setting::Known(&SETTING) }
        };
    };
}

/// The settings in force for one actor.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    chains: HashMap<&'static str, Chain>,
}

impl Policy {
    /// The policy of a user in a group, from the rows.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn read(r: &mut Reader<'_>, user: Option<UserId>, group: Option<GroupId>) -> Result<Self> {
        Ok(Self::of(&givens(r, user, group)?))
    }
    /// The policy that follows from these values: run twice, it shows who is affected by a change.
    #[must_use]
    pub fn of(givens: &[Given]) -> Self {
        let chains =
            setting::known().map(|s| (s.key, s.resolve(givens.iter().filter(|g| g.key == s.key)))).collect();
        Self { chains }
    }
    /// Whether a right is held.
    #[must_use]
    pub fn holds(&self, right: &str) -> bool {
        self.chains.get(right).is_some_and(|c| c.value == serde_json::Value::Bool(true))
    }
    /// A setting's value.
    #[must_use]
    pub fn value(&self, setting: &'static Setting) -> serde_json::Value {
        self.chains.get(setting.key).map_or_else(|| setting.default_value(), |c| c.value.clone())
    }
    /// A whole number's value; the default when the stored one is not a number.
    #[must_use]
    pub fn count(&self, setting: &'static Setting) -> i64 {
        self.value(setting).as_i64().or_else(|| setting.default_value().as_i64()).unwrap_or_default()
    }
    /// A text's value; empty when the stored one is no text.
    #[must_use]
    pub fn text(&self, setting: &'static Setting) -> String {
        self.value(setting).as_str().unwrap_or_default().to_owned()
    }
    /// How a setting came to its value.
    #[must_use]
    pub fn chain(&self, key: &str) -> Option<&Chain> {
        self.chains.get(key)
    }
    /// Every right held, sorted: two policies with the same list may do the same.
    #[must_use]
    pub fn rights(&self) -> Vec<&'static str> {
        let mut held: Vec<_> =
            setting::known().filter(|s| s.is_right() && self.holds(s.key)).map(|s| s.key).collect();
        held.sort_unstable();
        held
    }
    /// A mark of the rights held: it changes when they do.
    #[must_use]
    pub fn rights_mark(&self) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        Sha256::digest(self.rights().join("\n").as_bytes()).into()
    }
}

/// The values given at every level that bears on a user of a group.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn givens(r: &mut Reader<'_>, user: Option<UserId>, group: Option<GroupId>) -> Result<Vec<Given>> {
    let nil = uuid::Uuid::nil();
    let (user, group) = (user.map_or(nil, |u| u.0), group.map_or(nil, |g| g.0));
    let mut out = Vec::new();
    let system: Vec<(String, String, String)> =
        r.rows(sql!("select key, value, mode from system_setting order by key"), params! {})?;
    out.extend(system.into_iter().map(|(key, value, mode)| Given::new(Level::System, key, &value, &mode)));
    let own = sql!(
        "select level, key, value, mode from setting_value where tenant_id = $tenant and level = 'tenant' and holder = $none
         union all select level, key, value, mode from setting_value where tenant_id = $tenant and level = 'group' and holder = $group
         union all select level, key, value, mode from setting_value where tenant_id = $tenant and level = 'user' and holder = $user"
    );
    let rows: Vec<(String, String, String, String)> =
        r.rows(own, params! { none: Value::Id(nil), group: Value::Id(group), user: Value::Id(user) })?;
    out.extend(
        rows.into_iter()
            .map(|(level, key, value, mode)| Given::new(Level::parse(&level), key, &value, &mode)),
    );
    Ok(out)
}
