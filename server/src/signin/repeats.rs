//! What is refused again and again is an entry once in a while, which says how often it came meanwhile: a program with an
//! old key, or a stranger with guesses, cannot fill the book (decisions/0140).
//!
//! - Counted in memory, on each node by itself: after a restart the next refusal is an entry again.
//! - The memory is bounded; beyond it, refusals of a tenant are told together.

use kernel::{KeyId, Timestamp};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// The same refusal is an entry again after so long.
pub const AGAIN_SECONDS: i64 = 15 * 60;
/// Different refusals that are counted apart.
pub const MAX_COUNTED_REFUSALS: usize = 10_000;

/// What counts as the same refusal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Same {
    /// The number of the tenant in whose log it is told.
    pub tenant: i64,
    /// Why it was refused.
    pub reason: &'static str,
    /// The key it was tried with, where it is one.
    pub key: Option<KeyId>,
    /// From where: see [`network`].
    pub network: String,
}

/// How often each was refused since it was last an entry.
#[derive(Debug, Default)]
pub struct Repeats(Mutex<HashMap<Same, (Timestamp, u64)>>);

impl Repeats {
    /// Counts a refusal. It is to be told if this says how many were not told since the last one.
    pub fn due(&self, same: Same, now: Timestamp) -> Option<u64> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = if counted.len() < MAX_COUNTED_REFUSALS || counted.contains_key(&same) {
            same
        } else {
            counted.retain(|_, (at, _)| lately(*at, now));
            if counted.len() < MAX_COUNTED_REFUSALS {
                same
            } else {
                Same { key: None, network: String::new(), ..same }
            }
        };
        match counted.get_mut(&same) {
            Some((at, passed_over)) if lately(*at, now) => {
                *passed_over += 1;
                None
            }
            Some(told) => {
                let (_, passed_over) = std::mem::replace(told, (now, 0));
                Some(passed_over)
            }
            None => {
                counted.insert(same, (now, 0));
                Some(0)
            }
        }
    }
}

fn lately(at: Timestamp, now: Timestamp) -> bool {
    (0..AGAIN_SECONDS).contains(&now.seconds_since(at))
}

/// The network of an address as far as one subscriber has it: an IPv4 address, or the first 64 bits of an IPv6 one
/// (RFC 6177).
#[must_use]
pub fn network(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(network: usize) -> Same {
        Same { tenant: 1, reason: "key-unknown", key: None, network: network.to_string() }
    }

    #[test]
    fn a_refusal_is_told_once_in_a_while_with_how_often_it_came() {
        let repeats = Repeats::default();
        let at = |seconds: i64| Timestamp(seconds * 1_000_000);
        assert_eq!(repeats.due(same(1), at(0)), Some(0));
        assert_eq!((1..=7).filter_map(|s| repeats.due(same(1), at(s))).count(), 0);
        assert_eq!(repeats.due(same(2), at(8)), Some(0), "another network");
        assert_eq!(repeats.due(same(1), at(AGAIN_SECONDS)), Some(7));
        assert_eq!(repeats.due(same(1), at(-9)), Some(0), "a clock that stepped back hides nothing");
    }

    #[test]
    fn a_flood_of_different_refusals_is_told_together() {
        let repeats = Repeats::default();
        let told = (0..MAX_COUNTED_REFUSALS * 3).filter_map(|n| repeats.due(same(n), Timestamp(5))).count();
        assert!(told <= MAX_COUNTED_REFUSALS + 1, "{told}");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
