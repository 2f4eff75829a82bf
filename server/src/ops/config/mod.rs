//! The configuration: read once at start, complete and consistent, or refused with everything that is wrong.
//!
//! - Defaults ← file (TOML, `--config`) ← environment (`VAKTBOK_…`) ← flags. One table (`options`) names them all;
//!   flags, manual, `doctor` and the check for unknown keys are made from it.
//! - All problems are reported at once, each with the place where it was stated and what to do.
//! - Plain HTTP is served on loopback, or where the operator states a proxy that encrypts; never otherwise.
//! - A secret is never shown: not in a problem, not by `Debug`, not in a log.

pub mod flags;
pub mod options;
mod problem;
mod reading;
mod rules;
pub mod sources;
#[cfg(test)]
mod tests;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::client::{HostName, ProxyHeader, ProxyRules};
use super::network::Network;
pub use flags::Flags;
pub use problem::{Problem, Stated};
use reading::Reading;
pub use sources::Inputs;

/// The whole configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the portal listens.
    pub listen: SocketAddr,
    /// The folder with everything that is kept, unless it is elsewhere.
    pub data: PathBuf,
    /// PostgreSQL for the application's role; SQLite in `data` when none is stated. May hold a password.
    pub database: Option<Secret>,
    /// PostgreSQL for the role that owns the tables; for migration and backup alone.
    pub database_owner: Option<Secret>,
    /// Where recordings and transcripts are kept; a folder in `data` when none is stated.
    pub content: Option<Secret>,
    /// The key that protects all others.
    pub master_key: MasterKey,
    /// Certificate and key; plain HTTP when none are stated.
    pub tls: Option<TlsFiles>,
    /// Whether a proxy in front encrypts.
    pub behind_proxy: bool,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<Network>,
    /// The header in which they say where a request came from.
    pub proxy_header: ProxyHeader,
    /// Names under which the portal is reached; any when empty.
    pub public_hosts: Vec<HostName>,
    /// What the program itself asks of other machines.
    pub outgoing: OutgoingOptions,
    /// Below which folder heads of books are handed out as files; `handed-out` in `data` when none is stated.
    pub handout_folder: PathBuf,
    /// Files that replace the built-in databases of countries and networks.
    pub places: PlaceFiles,
    /// Form and amount of the log.
    pub log: LogOptions,
    /// Who may read the measures.
    pub metrics: MetricsOptions,
    /// How much of everything.
    pub limits: Limits,
    /// Every option in force, one a line as `name=value`; a secret, and an address that may hold one, as `set`.
    pub shown: String,
    /// What those that are shown as `set` hold.
    pub secrets: Vec<(&'static str, Secret)>,
}

/// Where the master key is.
#[derive(Clone, Debug)]
pub enum MasterKey {
    /// In a file that only the program's account can read.
    File(PathBuf),
    /// Stated in the environment or the file, as text.
    Stated(Secret),
}

/// A certificate chain and its key, in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, the server's own certificate first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Files in MaxMind's format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceFiles {
    /// Countries.
    pub country: Option<PathBuf>,
    /// Networks.
    pub network: Option<PathBuf>,
}

/// What the program itself asks of other machines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutgoingOptions {
    /// Hosts that may be asked although they are not on the internet.
    pub hosts: Vec<HostName>,
    /// Certificate authorities that are believed beside the built-in ones (PEM).
    pub roots: Option<PathBuf>,
}

/// Form and amount of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogOptions {
    /// One line of text, or one JSON object, an event.
    pub format: LogFormat,
    /// Least level, or directives as in `info,server=debug`.
    pub level: String,
}

/// Form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Text for people.
    Text,
    /// JSON for programs.
    Json,
}

/// Who may read the measures; nobody when neither is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricsOptions {
    /// An address of their own.
    pub listen: Option<SocketAddr>,
    /// A token that readers must show.
    pub token: Option<Secret>,
}

/// How much of everything; see `limits` for what each bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is explained in the table of options")]
pub struct Limits {
    pub body_bytes: u64,
    pub upload_bytes: u64,
    pub header_bytes: u64,
    pub connections: u64,
    pub connections_per_address: u64,
    pub header_time: Duration,
    pub idle_time: Duration,
    pub request_time: Duration,
    pub stop_time: Duration,
    pub hash_slots: u64,
    pub hash_queue: u64,
}

/// Text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(zeroize::Zeroizing<String>);

impl Config {
    /// Understands what was stated, or says everything that is wrong with it.
    pub fn load(inputs: &Inputs) -> Result<Config, Vec<Problem>> {
        let mut reading = Reading::new(sources::collect(inputs));
        let config = Config::read(&mut reading);
        rules::check(&config, &mut reading);
        let problems = reading.problems();
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// What the configuration says when nothing is stated.
    pub fn defaults() -> Config {
        Config::read(&mut Reading::new(sources::collect(&Inputs::default())))
    }

    /// What the client's address and the way there are computed from.
    pub fn proxy_rules(&self) -> ProxyRules {
        ProxyRules {
            trusted: self.trusted_proxies.clone(),
            header: self.proxy_header,
            encrypted: self.encrypted(),
        }
    }

    /// Whether everybody reaches the portal through an encrypted connection: cookies and HSTS depend on it.
    pub fn encrypted(&self) -> bool {
        self.tls.is_some() || self.behind_proxy
    }

    /// Reads every option; one that is wrong gets a harmless value and a problem.
    fn read(from: &mut Reading) -> Config {
        let data = from.path("data").unwrap_or_else(|| PathBuf::from("data"));
        let headers = [ProxyHeader::XForwardedFor, ProxyHeader::Forwarded];
        Config {
            shown: from.shown(),
            secrets: from.hidden(),
            listen: from.socket("listen").unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            database: from.secret("database"),
            database_owner: from.secret("database_owner"),
            content: from.store("content"),
            master_key: master_key(from, &data),
            tls: tls_files(from),
            behind_proxy: from.yes("behind_proxy"),
            trusted_proxies: from.networks("trusted_proxies"),
            proxy_header: headers[from.word("proxy_header")],
            public_hosts: from.hosts("public_hosts"),
            outgoing: OutgoingOptions {
                hosts: from.hosts("outgoing_hosts"),
                roots: from.path("outgoing_roots"),
            },
            handout_folder: from.path("handout_folder").unwrap_or_else(|| data.join("handed-out")),
            places: PlaceFiles { country: from.path("places_country"), network: from.path("places_network") },
            log: log_options(from),
            metrics: MetricsOptions {
                listen: from.socket("metrics_listen"),
                token: from.secret("metrics_token"),
            },
            limits: limits(from),
            data,
        }
    }
}

fn master_key(from: &mut Reading, data: &std::path::Path) -> MasterKey {
    match (from.secret("master_key"), from.path("master_key_file")) {
        (Some(key), _) => MasterKey::Stated(key),
        (None, Some(file)) => MasterKey::File(file),
        (None, None) => MasterKey::File(data.join("master.key")),
    }
}

fn tls_files(from: &mut Reading) -> Option<TlsFiles> {
    Some(TlsFiles { certificate: from.path("tls_certificate")?, key: from.path("tls_key")? })
}

fn log_options(from: &mut Reading) -> LogOptions {
    let formats = [LogFormat::Text, LogFormat::Json];
    LogOptions { format: formats[from.word("log_format")], level: from.text("log_level").unwrap_or_default() }
}

fn limits(from: &mut Reading) -> Limits {
    Limits {
        body_bytes: from.number("body_bytes"),
        upload_bytes: from.number("upload_bytes"),
        header_bytes: from.number("header_bytes"),
        connections: from.number("connections"),
        connections_per_address: from.number("connections_per_address"),
        header_time: Duration::from_secs(from.number("header_seconds")),
        idle_time: Duration::from_secs(from.number("idle_seconds")),
        request_time: Duration::from_secs(from.number("request_seconds")),
        stop_time: Duration::from_secs(from.number("stop_seconds")),
        hash_slots: from.number("hash_slots"),
        hash_queue: from.number("hash_queue"),
    }
}

impl Secret {
    /// Takes `text` as a secret.
    pub fn new(text: String) -> Secret {
        Secret(zeroize::Zeroizing::new(text))
    }

    /// The text, for its one use.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}
