//! The growing wait after failures in a row: 1, 2, 4 … seconds from the fifth, never more than a quarter of an hour.
//!
//! - Each attempt takes its turn before it is looked at, so attempts at once get no more than attempts in a row.
//! - A name that nobody has waits like one that somebody has.
//! - A device from which the person came in before has its own count: a stranger cannot hold it shut.

use kernel::facet::fold;
use kernel::{TenantId, UserId};
use sha2::{Digest, Sha256};

/// Failures in a row that cost nothing.
pub const FREE_FAILURES: i64 = 4;
/// The longest wait.
pub const MOST_SECONDS: i64 = 15 * 60;
/// Failures are forgotten so long after the last.
pub const FORGOTTEN_SECONDS: i64 = 24 * 3600;

/// Seconds to wait after so many failures in a row.
#[must_use]
pub fn seconds(failures: i64) -> i64 {
    match failures - FREE_FAILURES {
        ..=0 => 0,
        n @ 1..=10 => (1_i64 << (n - 1)).min(MOST_SECONDS),
        _ => MOST_SECONDS,
    }
}

/// Whose failures are counted together.
#[derive(Clone, Copy, Debug)]
pub enum Counted<'a> {
    /// Those of a user from anywhere.
    User(UserId),
    /// Those of a user from one known device or one session.
    Device(UserId, [u8; 16]),
    /// Those of a name that nobody has.
    Name(&'a str),
}

impl Counted<'_> {
    /// The key in the table.
    #[must_use]
    pub fn key(&self, tenant: TenantId) -> [u8; 32] {
        let hash = Sha256::new().chain_update(tenant.number().to_be_bytes());
        match self {
            Self::User(user) => hash.chain_update(b"u").chain_update(user.bytes()),
            Self::Device(user, device) => {
                hash.chain_update(b"d").chain_update(user.bytes()).chain_update(device)
            }
            Self::Name(name) => hash.chain_update(b"n").chain_update(fold(name)),
        }
        .finalize()
        .into()
    }
}

/// Whether an attempt may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It may; it counts as a failure until it has succeeded.
    Taken,
    /// Not for so many seconds.
    Wait(i64),
}
