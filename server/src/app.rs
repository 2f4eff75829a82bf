//! Everything the program is made of, built in order, in one place.
//!
//! - What is built here is shared by every request and never looked up by name.
//! - A part that cannot be built stops the start with what to do about it.

use crate::doors;
use crate::ops::config::{Config, MasterKey};
use crate::ops::hash_pool::HashPool;
use crate::ops::places::Places;
use crate::ops::ready::Readiness;
use kernel::engine::PostgresOptions;
use kernel::gate::Gate;
use kernel::{Chance, Clock, Error, Result, Store};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use std::path::Path;
use std::sync::Arc;
use vault::{MasterKey as Key, MasterKeys};

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
    /// What was configured.
    pub config: Arc<Config>,
    /// Which parts are well.
    pub ready: Readiness,
    /// Whether this is the demo: the gallery is open then.
    pub demo: bool,
}

impl App {
    /// Builds everything over a configuration.
    ///
    /// # Errors
    /// What could not be built, and why.
    pub fn build(config: Config, clock: Clock, chance: Chance) -> Result<App> {
        let store = open_store(&config, clock, chance.clone())?;
        let keys = Arc::new(master_keys(&config.master_key, &chance)?);
        let content = open_content(&config)?;
        let files = (config.places.country.as_deref(), config.places.network.as_deref());
        let places = Places::with_files(files.0, files.1)
            .map_err(|e| Error::broken(format!("{}: {}", e.path.display(), e.cause)))?;
        Ok(App {
            gate: Gate::new(store.clone()),
            store,
            keys,
            content,
            hashing: HashPool::new(config.limits.hash_slots, config.limits.hash_queue),
            places,
            config: Arc::new(config),
            ready: Readiness::default(),
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

/// The keys from the configuration; a key file that is not there yet is made, readable by this account alone.
fn master_keys(source: &MasterKey, chance: &Chance) -> Result<MasterKeys> {
    let text = match source {
        MasterKey::Stated(secret) => secret.reveal().to_owned(),
        MasterKey::File(path) if path.exists() => {
            std::fs::read_to_string(path).map_err(|e| Error::broken(format!("{}: {e}", path.display())))?
        }
        MasterKey::File(path) => make_key_file(path, chance)?,
    };
    MasterKeys::parse(&text).map_err(|e| Error::broken(format!("the master key: {e}")))
}

fn make_key_file(path: &Path, chance: &Chance) -> Result<String> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let failed = |e: std::io::Error| Error::broken(format!("{}: {e}", path.display()));
    let key = Key::new("1", chance.bytes()).ok_or_else(|| Error::broken("a master key cannot be named"))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let text = format!("{}\n", key.to_line().as_str());
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    Ok(text)
}

fn open_content(config: &Config) -> Result<Arc<dyn ObjectStore>> {
    let folder = match &config.content {
        None => config.data.join("content"),
        Some(url) => match url.reveal().strip_prefix("file://") {
            Some(path) => Path::new(path).to_path_buf(),
            None => {
                return Err(Error::broken(
                    "content: only a folder, as in file:///srv/content, is served so far",
                ));
            }
        },
    };
    std::fs::create_dir_all(&folder).map_err(|e| Error::broken(format!("{}: {e}", folder.display())))?;
    let store = LocalFileSystem::new_with_prefix(&folder).map_err(Error::broken)?.with_fsync(true);
    Ok(Arc::new(store))
}
