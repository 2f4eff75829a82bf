//! The address of a web hook, read once: `https://host[:port]/path?query`.

use crate::ops::client::HostName;
use axum::http::Uri;

/// Characters of an address.
pub const MAX_TARGET_CHARACTERS: usize = 500;

/// Where something is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    host: HostName,
    port: u16,
    path: String,
}

impl Target {
    /// Reads an address; `None` for anything but plain HTTPS: no name and password in it, no fragment.
    #[must_use]
    pub fn parse(text: &str) -> Option<Target> {
        if text.len() > MAX_TARGET_CHARACTERS || text.contains('#') {
            return None;
        }
        let uri: Uri = text.parse().ok()?;
        let authority = uri.authority()?;
        if uri.scheme_str() != Some("https") || authority.as_str().contains('@') {
            return None;
        }
        let host = HostName::parse(authority.host())?;
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let port = match authority.as_str().strip_prefix(authority.host())? {
            "" => 443,
            port => port.strip_prefix(':')?.parse().ok().filter(|port| *port > 0)?,
        };
        Some(Target { host, port, path })
    }

    /// The host.
    #[must_use]
    pub const fn host(&self) -> &HostName {
        &self.host
    }
    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }
    /// Path and query, which may hold a secret of the receiver's: never shown, never logged.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
    /// Host and port as they may be shown.
    #[must_use]
    pub fn authority(&self) -> String {
        if self.port == 443 { self.host.to_string() } else { format!("{}:{}", self.host, self.port) }
    }
    /// The name that is looked up; an IPv6 address without its brackets.
    #[must_use]
    pub fn lookup_name(&self) -> &str {
        self.host.as_str().trim_start_matches('[').trim_end_matches(']')
    }
    /// The name that the certificate must bear.
    #[must_use]
    pub fn server_name(&self) -> &str {
        self.lookup_name()
    }
}
