//! Host names as asked for, in one form: lower case, no port, no dot at the end.

use std::fmt;
use std::net::Ipv6Addr;

use axum::http::{HeaderMap, Uri};

/// A host name or address, normalised: ASCII lower case, at most 253 bytes, labels of at most 63 (RFC 1123
/// section 2.1). International names stand in their `xn--` form. An IPv6 address stands in brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostName(String);

impl HostName {
    /// Reads `text`, with or without a port.
    pub fn parse(text: &str) -> Option<HostName> {
        let text = text.trim();
        if text.starts_with('[') {
            return bracketed(text).map(HostName);
        }
        let (name, port) = text.split_once(':').unwrap_or((text, "0"));
        if port.parse::<u16>().is_err() {
            return None;
        }
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let fits = !name.is_empty() && name.len() <= 253 && name.split('.').all(is_label);
        fits.then_some(HostName(name))
    }

    /// The host a request asks for: the authority of its URI (HTTP/2) or its `Host` header.
    pub fn of_request(uri: &Uri, headers: &HeaderMap) -> Option<HostName> {
        let asked =
            uri.authority().map(|authority| authority.as_str()).or_else(|| super::host_header(headers))?;
        HostName::parse(asked)
    }

    /// The name, normalised.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn bracketed(text: &str) -> Option<String> {
    let (address, rest) = text.strip_prefix('[')?.split_once(']')?;
    let port_fits = rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let address: Ipv6Addr = address.parse().ok()?;
    port_fits.then(|| format!("[{address}]"))
}

fn is_label(label: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    !label.is_empty()
        && label.len() <= 63
        && label.bytes().all(inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}
