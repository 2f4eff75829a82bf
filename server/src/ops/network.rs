//! Address ranges in CIDR form (RFC 4632, RFC 4291 section 2.3).
//!
//! - A range with bits set beyond its prefix is refused: it is nearly always a typing error.
//! - IPv4 written inside IPv6 (`::ffff:192.0.2.1`) is the same address as IPv4 everywhere.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A range of addresses: a first address and the number of leading bits that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    prefix_bits: u8,
}

/// Why a text is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANetwork {
    /// Neither an address nor an address, a slash and a number of bits.
    Form,
    /// The address has bits set beyond the prefix; the range that was probably meant is inside.
    HostBits(Network),
}

impl Network {
    /// Whether `address` lies in the range.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4() && masked(address, self.prefix_bits) == self.first
    }

    /// Whether the range holds an eighth of all addresses or more (all of public IPv6 is `2000::/3`), which is
    /// never somebody's own network.
    pub fn is_nearly_everybody(&self) -> bool {
        self.prefix_bits <= 3
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Network, NotANetwork> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| NotANetwork::Form)?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NotANetwork::Form)?;
        let width = width_bits(address);
        let prefix_bits = bits.unwrap_or(width);
        if prefix_bits > width {
            return Err(NotANetwork::Form);
        }
        let meant = Network { first: masked(address, prefix_bits), prefix_bits };
        if meant.first == address { Ok(meant) } else { Err(NotANetwork::HostBits(meant)) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix_bits)
    }
}

fn width_bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn masked(address: IpAddr, prefix_bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix_bits)).unwrap_or(0);
            Ipv4Addr::from_bits(v4.to_bits() & mask).into()
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix_bits)).unwrap_or(0);
            Ipv6Addr::from_bits(v6.to_bits() & mask).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_range_holds_its_own_addresses_and_no_others() {
        assert!(network("10.0.0.0/8").contains(address("10.255.255.255")));
        assert!(!network("10.0.0.0/8").contains(address("11.0.0.0")));
        assert!(network("2001:db8::/32").contains(address("2001:db8:ffff::1")));
        assert!(!network("2001:db8::/32").contains(address("2001:db9::")));
        assert!(network("0.0.0.0/0").contains(address("255.255.255.255")));
        assert!(!network("0.0.0.0/0").contains(address("::1")), "IPv6 is not in an IPv4 range");
    }

    #[test]
    fn a_bare_address_is_a_range_of_one() {
        assert!(network("192.0.2.7").contains(address("192.0.2.7")));
        assert!(!network("192.0.2.7").contains(address("192.0.2.8")));
    }

    #[test]
    fn ipv4_inside_ipv6_is_ipv4() {
        assert!(network("192.0.2.0/24").contains(address("::ffff:192.0.2.9")));
    }

    #[test]
    fn a_mistyped_range_says_what_was_probably_meant() {
        assert_eq!("10.0.0.1/8".parse::<Network>(), Err(NotANetwork::HostBits(network("10.0.0.0/8"))));
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "proxy.example", "10.0.0.0/", "10.0.0.0/-1"] {
            assert_eq!(wrong.parse::<Network>(), Err(NotANetwork::Form), "{wrong}");
        }
    }
}
