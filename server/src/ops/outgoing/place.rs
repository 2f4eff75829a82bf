//! Which addresses are on the internet: those that IANA's special-purpose registries (RFC 6890) leave over.

use crate::ops::places::special::{embedded_ipv4, special};
use std::net::IpAddr;

/// Whether a host on the internet can have this address. IPv4 carried in IPv6 is judged as IPv4.
#[must_use]
pub fn public(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let carried = embedded_ipv4(address).map(IpAddr::V4);
    special(address).is_none() && carried.is_none_or(|inner| special(inner).is_none())
}
