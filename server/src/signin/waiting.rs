//! The growing wait after failures in a row: 1, 2, 4 … seconds from the fifth, never more than a quarter of an hour.
//!
//! - Each attempt takes its turn before it is looked at, so attempts at once get no more than attempts in a row.
//! - Failures of a name are counted for each network by itself, so who guesses from elsewhere does not make its holder wait;
//!   a guesser with many networks comes upon the count of the name from anywhere (decisions/0142).
//! - A name that nobody has waits like one that somebody has: names are counted as typed.
//! - A device from which the person came in before, or where they used a link, has its own count: a stranger cannot hold
//!   it shut.

use crate::signin::repeats::network;
use kernel::facet::fold;
use kernel::{TenantId, UserId};
use sha2::{Digest, Sha256};

/// Failures in a row from one network or device that cost nothing.
pub const FREE_FAILURES: i64 = 4;
/// Failures in a row of one name from anywhere that cost nothing; with the waits after it fewer than the 100 that NIST
/// SP 800-63B-4 section 3.2.2 allows come before a day's waiting.
pub const FREE_FAILURES_ANYWHERE: i64 = 40;
/// The longest wait.
pub const MOST_SECONDS: i64 = 15 * 60;
/// Failures are forgotten so long after the last.
pub const FORGOTTEN_SECONDS: i64 = 24 * 3600;

/// Seconds to wait after so many failures in a row, of which some are free.
#[must_use]
pub fn seconds(failures: i64, free: i64) -> i64 {
    match failures - free {
        ..=0 => 0,
        n @ 1..=10 => (1_i64 << (n - 1)).min(MOST_SECONDS),
        _ => MOST_SECONDS,
    }
}

/// Whose failures are counted together.
#[derive(Clone, Copy, Debug)]
pub enum Counted<'a> {
    /// Those of a user from one known device or one session.
    Device(UserId, [u8; 16]),
    /// Those of a name as typed, from one network (of this address), and from anywhere.
    Name(&'a str, &'a str),
}

/// A count in the table, and how many failures it lets pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Its key: a hash.
    pub key: [u8; 32],
    /// Failures that cost nothing.
    pub free: i64,
}

impl Counted<'_> {
    /// The counts that an attempt moves; it waits for each of them.
    #[must_use]
    pub fn counters(&self, tenant: TenantId) -> Vec<Counter> {
        let hash = || Sha256::new().chain_update(tenant.number().to_be_bytes());
        let counter = |hash: Sha256, free| Counter { key: hash.finalize().into(), free };
        match self {
            Self::Device(user, device) => {
                let own = hash().chain_update(b"d").chain_update(user.bytes()).chain_update(device);
                vec![counter(own, FREE_FAILURES)]
            }
            Self::Name(name, address) => {
                let name = Sha256::digest(fold(name));
                let here = hash().chain_update(b"n").chain_update(name).chain_update(network(address));
                let anywhere = hash().chain_update(b"a").chain_update(name);
                vec![counter(here, FREE_FAILURES), counter(anywhere, FREE_FAILURES_ANYWHERE)]
            }
        }
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
