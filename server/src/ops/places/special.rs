//! Address ranges that are no place (IANA special-purpose registries, RFC 6890), and IPv4 carried in IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A kind of address that belongs to no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Special {
    /// Loopback: the machine the program runs on.
    ThisMachine,
    /// A private network (RFC 1918, RFC 4193) or one link of it (RFC 3927, RFC 4291).
    PrivateNetwork,
    /// Shared by an access provider's customers (RFC 6598).
    SharedByProvider,
    /// Anything else that no host on the internet has: documentation, multicast, reserved, unspecified.
    NoHost,
}

impl Special {
    /// Every kind.
    pub const ALL: [Special; 4] =
        [Special::ThisMachine, Special::PrivateNetwork, Special::SharedByProvider, Special::NoHost];

    /// The stored word, and the end of the key of its sentence (`place-this-machine`).
    pub fn code(self) -> &'static str {
        match self {
            Special::ThisMachine => "this-machine",
            Special::PrivateNetwork => "private-network",
            Special::SharedByProvider => "shared-by-provider",
            Special::NoHost => "no-host",
        }
    }
}

/// The kind of `address`, if it is no place. IPv4 in IPv6 must have been made IPv4 before.
pub fn special(address: IpAddr) -> Option<Special> {
    match address {
        IpAddr::V4(v4) => special_v4(v4),
        IpAddr::V6(v6) => special_v6(v6),
    }
}

fn special_v4(address: Ipv4Addr) -> Option<Special> {
    let [a, b, c, _] = address.octets();
    if address.is_loopback() {
        Some(Special::ThisMachine)
    } else if address.is_private() || address.is_link_local() {
        Some(Special::PrivateNetwork)
    } else if a == 100 && (64..128).contains(&b) {
        Some(Special::SharedByProvider)
    } else {
        let benchmark = a == 198 && (b == 18 || b == 19);
        let protocols = a == 192 && b == 0 && c == 0;
        let none = a == 0 || a >= 224 || address.is_documentation() || benchmark || protocols;
        none.then_some(Special::NoHost)
    }
}

fn special_v6(address: Ipv6Addr) -> Option<Special> {
    let [a, b, ..] = address.segments();
    if address.is_loopback() {
        Some(Special::ThisMachine)
    } else if address.is_unique_local() || address.is_unicast_link_local() {
        Some(Special::PrivateNetwork)
    } else {
        let documentation = (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b < 0x1000);
        let global = (0x2000..0x4000).contains(&a) || (a == 0x0064 && b == 0xff9b);
        (documentation || !global).then_some(Special::NoHost)
    }
}

/// The IPv4 address that speaks through a translator (64:ff9b::/96, RFC 6052) or 6to4 (2002::/16, RFC 3056).
pub fn embedded_ipv4(address: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(v6) = address else { return None };
    let bits = v6.to_bits();
    match v6.segments() {
        [0x0064, 0xff9b, 0, 0, 0, 0, ..] => Some(Ipv4Addr::from_bits(bits as u32)),
        [0x2002, ..] => Some(Ipv4Addr::from_bits((bits >> 80) as u32)),
        _ => None,
    }
}
