//! Everything the program is made of, built in order, in one place.
//!
//! - What is built here is shared by every request and never looked up by name.
//! - A part that cannot be built stops the start with what to do about it.

use crate::archive::import::room::Room;
use crate::doors;
use crate::logs::files::Making;
use crate::logs::live::Watches;
use crate::ops::config::Config;
use crate::ops::hash_pool::HashPool;
use crate::ops::keys;
use crate::ops::metrics::Metrics;
use crate::ops::outgoing::Outgoing;
use crate::ops::places::Places;
use crate::ops::ready::Readiness;
use crate::signin::repeats::Repeats;
use kernel::engine::PostgresOptions;
use kernel::gate::Gate;
use kernel::{Chance, Clock, Error, Result, Store};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use std::path::PathBuf;
use std::sync::Arc;
use vault::MasterKeys;

/// The whole program, as a handler is given it. Cloning shares it.
#[derive(Clone)]
pub struct App {
    /// The rows of all tenants.
    pub store: Store,
    /// Finds tenant and actor.
    pub gate: Gate,
    /// The keys that wrap all others.
    pub keys: Arc<MasterKeys>,
    /// Encrypted recordings and transcripts.
    pub content: Arc<dyn ObjectStore>,
    /// Where passwords are hashed, so many at once.
    pub hashing: HashPool,
    /// Country and network of an address.
    pub places: Places,
    /// Room for uploads.
    pub room: Room,
    /// What asks other machines.
    pub outgoing: Outgoing,
    /// What was configured.
    pub config: Arc<Config>,
    /// What is measured.
    pub metrics: Metrics,
    /// Which parts are well.
    pub ready: Readiness,
    /// Refusals that come again and again.
    pub repeats: Arc<Repeats>,
    /// Live pages of the logs.
    pub live: Arc<Watches>,
    /// Files of the logs that are being made here.
    pub exports: Arc<Making>,
    /// Whether this is the demo: the gallery is open then.
    pub demo: bool,
}

impl App {
    /// Builds everything over a configuration.
    ///
    /// # Errors
    /// What could not be built, and why.
    pub fn build(config: Config, clock: Clock, chance: Chance) -> Result<App> {
        let store = open_store(&config, clock, chance)?;
        let gate = Gate::new(store.clone());
        let keys = Arc::new(master_keys(&config, &gate, &store)?);
        let content = open_content(&config)?;
        let files = (config.places.country.as_deref(), config.places.network.as_deref());
        let places = Places::with_files(files.0, files.1)
            .map_err(|e| Error::broken(format!("{}: {}", e.path.display(), e.cause)))?;
        Ok(App {
            metrics: Metrics::start(config.metrics.token.clone()),
            gate,
            store,
            keys,
            content,
            hashing: HashPool::new(config.limits.hash_slots, config.limits.hash_queue),
            places,
            room: Room::default(),
            outgoing: Outgoing::new(&config.outgoing)?,
            config: Arc::new(config),
            ready: Readiness::default(),
            repeats: Arc::default(),
            live: Arc::default(),
            exports: Arc::default(),
            demo: false,
        })
    }

    /// Every door of the product behind one router.
    pub fn router(&self) -> axum::Router {
        kernel::door::router(self.clone(), doors::doors(self.demo))
    }
}

fn open_store(config: &Config, clock: Clock, chance: Chance) -> Result<Store> {
    match &config.database {
        None => Store::sqlite(&config.data, clock, chance),
        Some(url) => {
            let options = PostgresOptions { url: url.reveal().to_owned() };
            Store::postgres(options, clock, chance)
        }
    }
}

/// The keys from the configuration. The first one is made only while no tenant exists: beside data a missing key is a
/// fault that another key would hide.
fn master_keys(config: &Config, gate: &Gate, store: &Store) -> Result<MasterKeys> {
    let kept = if at_once(gate.all())?.is_empty() { keys::Store::Empty } else { keys::Store::InUse };
    keys::open(&config.master_key, kept, store.clock().now(), store.chance()).map_err(Error::Conflict)
}

/// Waits for one answer of the store while the program is being built, on a thread of its own: the one that builds may
/// belong to a runtime, which must not be waited on.
fn at_once<T: Send>(answer: impl Future<Output = Result<T>> + Send) -> Result<T> {
    let wait = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Error::broken)?;
        runtime.block_on(answer)
    };
    let waited = std::thread::scope(|scope| scope.spawn(wait).join());
    waited.unwrap_or_else(|_| Err(Error::broken("the store gave no answer")))
}

/// The folder that contents are kept in.
///
/// # Errors
/// `Broken` when they are to be kept anywhere but in a folder.
pub fn content_folder(config: &Config) -> Result<PathBuf> {
    let Some(url) = &config.content else { return Ok(config.data.join("content")) };
    let path = url.reveal().strip_prefix("file://");
    let wrong = || Error::broken("content: only a folder, as in file:///srv/content, is served so far");
    path.map(PathBuf::from).ok_or_else(wrong)
}

fn open_content(config: &Config) -> Result<Arc<dyn ObjectStore>> {
    let folder = content_folder(config)?;
    std::fs::create_dir_all(&folder).map_err(|e| Error::broken(format!("{}: {e}", folder.display())))?;
    let store = LocalFileSystem::new_with_prefix(&folder).map_err(Error::broken)?.with_fsync(true);
    Ok(Arc::new(store))
}
