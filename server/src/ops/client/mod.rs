//! Who is at the other end: address, host name asked for, and whether the way there was encrypted.
//!
//! - Computed once per request, here, and read everywhere else from [`Client`] in the request's extensions.
//! - A header is believed only from a proxy that the configuration states, and only the one header it states:
//!   a proxy that appends to `X-Forwarded-For` may well pass on a `Forwarded` that its client invented.
//! - Read from the right: each hop is believed as long as the hop that wrote it is trusted.
//! - No header can make a request fail or take more than [`MAX_HOPS`] steps; nonsense ends the walk at the last
//!   address that was believed.

mod forwarded;
mod host;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

pub use host::HostName;

use super::network::Network;

/// Proxies in a row that are followed; a longer chain is cut at this many.
pub const MAX_HOPS: usize = 16;

/// The one header in which trusted proxies state where a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`, a list of addresses, with `X-Forwarded-Proto` beside it.
    XForwardedFor,
    /// `Forwarded` (RFC 7239), with `for=` and `proto=`.
    Forwarded,
}

/// What the configuration states about proxies.
#[derive(Clone, Debug)]
pub struct ProxyRules {
    /// Addresses of proxies whose header is believed.
    pub trusted: Vec<Network>,
    /// The header they write.
    pub header: ProxyHeader,
    /// Whether every way to the program ends in an encrypted connection: TLS here, or a stated proxy that does it.
    pub encrypted: bool,
}

/// The other end of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The nearest address that no trusted proxy vouches further than. IPv4 inside IPv6 is given as IPv4.
    pub address: IpAddr,
    /// Whether the connection of that client was encrypted.
    pub encrypted: bool,
    /// The host name asked for, if it is one.
    pub host: Option<HostName>,
}

impl ProxyRules {
    /// No proxy at all: the connection's own address is the client's.
    pub fn direct(encrypted: bool) -> ProxyRules {
        ProxyRules { trusted: Vec::new(), header: ProxyHeader::XForwardedFor, encrypted }
    }

    /// The client of a request that arrived from `peer`.
    pub fn client(&self, peer: IpAddr, uri: &Uri, headers: &HeaderMap) -> Client {
        let peer = peer.to_canonical();
        let host = HostName::of_request(uri, headers);
        if !self.trusts(peer) {
            return Client { address: peer, encrypted: self.encrypted, host };
        }
        let hops = match self.header {
            ProxyHeader::XForwardedFor => forwarded::x_forwarded_for(headers),
            ProxyHeader::Forwarded => forwarded::forwarded(headers),
        };
        let stated = match self.header {
            ProxyHeader::XForwardedFor => forwarded::x_forwarded_proto(headers),
            ProxyHeader::Forwarded => forwarded::forwarded_proto(headers),
        };
        Client { address: self.walk(peer, hops), encrypted: stated.unwrap_or(self.encrypted), host }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(address))
    }

    /// Follows `hops` (nearest first) from `peer` to the first address that is not trusted to vouch for another.
    fn walk(&self, peer: IpAddr, hops: impl Iterator<Item = Option<IpAddr>>) -> IpAddr {
        let mut believed = peer;
        for hop in hops.take(MAX_HOPS) {
            let Some(address) = hop else { break };
            believed = address;
            if !self.trusts(address) {
                break;
            }
        }
        believed
    }
}

/// Puts the [`Client`] of each request into its extensions; the outermost layer but the log's.
/// Needs the connection's address: `into_make_service_with_connect_info::<SocketAddr>()`.
pub async fn identify(State(rules): State<Arc<ProxyRules>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    // Without a connection (a test that calls the router directly) the request comes from this machine.
    let peer = peer.unwrap_or(IpAddr::from([127, 0, 0, 1]));
    let client = rules.client(peer, request.uri(), request.headers());
    request.extensions_mut().insert(client);
    next.run(request).await
}

/// All values of a header that may stand several times, last line first.
fn lines_from_last<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> std::iter::Rev<std::vec::IntoIter<&'a str>> {
    let lines: Vec<&str> = headers.get_all(name).iter().map(|v| v.to_str().unwrap_or("")).collect();
    lines.into_iter().rev()
}

fn header_text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The `Host` header, for the host name alone.
fn host_header(headers: &HeaderMap) -> Option<&str> {
    header_text(headers, &header::HOST)
}
