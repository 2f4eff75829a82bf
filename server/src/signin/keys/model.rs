//! A key as those who manage keys see it, and the limits of keys.

use kernel::setting::{Kind, Level, Mode, Setting, Tighter};
use kernel::{FromRow, KeyId, Result, Row, Timestamp, UserId, setting};

setting!(
    /// How long a key may last. The service user's value counts.
    pub LONGEST_DAYS = Setting {
        key: "keys.longest_days",
        area: "sign-in",
        kind: Kind::Count { least: 1, most: KEY_DAYS_MOST, unit: "days", tighter: Tighter::Lower },
        default: "366",
        mode: Mode::Free,
        lowest: Level::User,
    }
);

/// Days a key may last at the most, whatever the setting says.
pub const KEY_DAYS_MOST: i64 = 1098;
/// Days a key lasts where nothing is said.
pub const KEY_DAYS: i64 = 90;
/// A key that ends within so long is told of, while there is time to make another.
pub const ENDS_SOON_SECONDS: i64 = 14 * 24 * 3600;
/// Characters of a key's name.
pub const NAME_CHARACTERS: usize = 100;
/// Keys of one page of the list.
pub const KEYS_A_PAGE: usize = 100;
/// A key's use from one address is an entry again after so long.
pub const USE_AGAIN_SECONDS: i64 = 15 * 60;
/// A key's last use is written down when it is older than this.
pub const USED_EVERY_SECONDS: i64 = 60;
/// Addresses whose last use of a key is older than this are forgotten; the entries tell of them.
pub const ADDRESSES_KEPT_SECONDS: i64 = 30 * 24 * 3600;
/// Ended keys are known as such for so long; afterwards they are unknown.
pub const ENDED_KEPT_SECONDS: i64 = 400 * 24 * 3600;

/// A key.
#[derive(Clone, Debug)]
pub struct KeyLine {
    /// Which.
    pub id: KeyId,
    /// What it is called.
    pub name: String,
    /// The service user that acts by it.
    pub user: UserId,
    /// That one's name.
    pub user_name: String,
    /// The person who answers for it.
    pub owner: UserId,
    /// That one's name.
    pub owner_name: String,
    /// The rights it opens, of those that the service user holds.
    pub scope: Vec<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// Why it opens nothing now: `key-expired`, `key-not-yet`, `key-user-out`, `key-owner-out`; empty when it works.
    pub why: String,
}

impl FromRow for KeyLine {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self {
            id: row.read()?,
            name: row.read()?,
            user: row.read()?,
            user_name: row.read()?,
            owner: row.read()?,
            owner_name: row.read()?,
            scope: row.read::<String>()?.split_whitespace().map(str::to_owned).collect(),
            made_at: row.read()?,
            until: row.read()?,
            used_at: row.read()?,
            why: row.read()?,
        })
    }
}

/// A service user that may get a key, and who may answer for it.
#[derive(Clone, Debug)]
pub struct Service {
    /// Which.
    pub user: UserId,
    /// Its name.
    pub name: String,
}
kernel::from_row!(Service { user, name });

/// From where a key was used.
#[derive(Clone, Debug)]
pub struct Use {
    /// The address.
    pub address: String,
    /// When last.
    pub used_at: Timestamp,
}
kernel::from_row!(Use { address, used_at });

/// Which keys are listed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of this service user.
    pub user: Option<UserId>,
    /// Of this owner.
    pub owner: Option<UserId>,
    /// Made before this one.
    pub before: Option<KeyId>,
}
