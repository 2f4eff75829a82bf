//! What must hold between options.

use super::options::choice;
use super::reading::Reading;
use super::{Config, Secret};
use kernel::Message;

/// Characters that a token for the measures must have.
const TOKEN_CHARACTERS: usize = 16;

/// Keeps a problem for everything that does not fit together.
pub fn check(config: &Config, reading: &mut Reading) {
    check_tls(config, reading);
    check_encryption(config, reading);
    check_proxies(config, reading);
    check_stores(config, reading);
    check_master_key(reading);
    check_metrics(config, reading);
    check_log(config, reading);
}

/// Certificate and key come together.
fn check_tls(config: &Config, reading: &mut Reading) {
    let (certificate, key) = (reading.path("tls_certificate"), reading.path("tls_key"));
    if config.tls.is_none() && (certificate.is_some() || key.is_some()) {
        let missing = if key.is_some() { "tls_certificate" } else { "tls_key" };
        reading.wrong(missing, Message::new("config-tls-both"));
    }
}

/// Passwords never cross a network in the clear.
fn check_encryption(config: &Config, reading: &mut Reading) {
    let listens_to_others = !config.listen.ip().to_canonical().is_loopback();
    if listens_to_others && !config.encrypted() {
        reading.wrong("listen", Message::new("config-plain-http").with("value", config.listen));
    }
}

/// Who is behind a proxy says which; otherwise everybody's address would be the proxy's, or their own invention.
fn check_proxies(config: &Config, reading: &mut Reading) {
    if config.behind_proxy && config.trusted_proxies.is_empty() {
        reading.wrong("trusted_proxies", Message::new("config-proxy-which"));
    }
    if !config.encrypted() && !config.trusted_proxies.is_empty() {
        reading.wrong("behind_proxy", Message::new("config-proxy-unstated"));
    }
}

fn check_stores(config: &Config, reading: &mut Reading) {
    let postgres =
        |url: &Secret| ["postgres://", "postgresql://"].iter().any(|s| url.reveal().starts_with(s));
    for (name, url) in [("database", &config.database), ("database_owner", &config.database_owner)] {
        if url.as_ref().is_some_and(|url| !postgres(url)) {
            reading.wrong(name, Message::new("config-database-scheme"));
        }
    }
    if config.database_owner.is_some() && config.database.is_none() {
        reading.wrong("database", Message::new("config-database-both"));
    }
}

fn check_master_key(reading: &mut Reading) {
    if reading.text("master_key").is_some() && reading.text("master_key_file").is_some() {
        reading.wrong("master_key", Message::new("config-key-twice"));
    }
}

fn check_metrics(config: &Config, reading: &mut Reading) {
    let (listen, token) = (config.metrics.listen, &config.metrics.token);
    if token.as_ref().is_some_and(|token| token.reveal().chars().count() < TOKEN_CHARACTERS) {
        reading.wrong("metrics_token", Message::new("config-token-short").with("least", TOKEN_CHARACTERS));
    }
    if listen.is_some_and(|listen| !listen.ip().to_canonical().is_loopback()) && token.is_none() {
        reading.wrong("metrics_listen", Message::new("config-metrics-open"));
    }
    if listen == Some(config.listen) && config.listen.port() != 0 {
        reading.wrong("metrics_listen", Message::new("config-metrics-same"));
    }
}

fn check_log(config: &Config, reading: &mut Reading) {
    debug_assert!(choice("log_level").is_some());
    if tracing_subscriber::EnvFilter::try_new(&config.log.level).is_err() {
        reading.wrong("log_level", Message::new("config-wrong-level"));
    }
}
