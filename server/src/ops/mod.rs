//! What every door stands on: configuration, serving, the client's particulars, logs, measures, readiness.
//!
//! - Nothing here knows a tenant, a table or a page; nothing here keeps data.
//! - `config` is the only reader of environment, file and flags; the rest is handed values.
//! - Every limit has a name with its unit, in `limits` or in the table of options.

pub mod agent;
pub mod client;
pub mod config;
pub mod doctor;
pub mod hash_pool;
pub mod keys;
pub mod limits;
pub mod log;
pub mod metrics;
pub mod network;
pub mod origin;
pub mod outgoing;
pub mod places;
pub mod ready;
pub mod request;
pub mod serve;
pub mod tls;
