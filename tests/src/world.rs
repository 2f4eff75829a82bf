//! One test's own world.

use crate::{Database, Folder};

/// Which database the product keeps its rows in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Inside the process, a file in the data folder.
    Sqlite,
    /// A database of its own on the run's [`crate::Postgres`].
    Postgres,
}

/// An empty installation: a data folder, and a database if the engine wants one. Gone when dropped.
#[derive(Debug)]
pub struct World {
    engine: Engine,
    database: Option<Database>,
    folder: Folder,
    stated: Vec<(&'static str, String)>,
}

impl World {
    /// A new world. Nothing runs in it yet.
    pub async fn new(engine: Engine) -> World {
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Database::fresh().await),
        };
        World { engine, database, folder: Folder::new(), stated: Vec::new() }
    }

    /// A new world whose rows are kept in this database.
    #[must_use]
    pub fn with(database: Database) -> World {
        World {
            engine: Engine::Postgres,
            database: Some(database),
            folder: Folder::new(),
            stated: Vec::new(),
        }
    }

    /// A store over its rows, with the schema applied. On SQLite one at a time: a folder is one process.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[must_use]
    pub fn store(&self, clock: kernel::Clock) -> kernel::Store {
        let chance = kernel::Chance::system();
        match &self.database {
            None => kernel::Store::sqlite(self.folder.path(), clock, chance).unwrap(),
            Some(database) => {
                let (owner, role, url) =
                    (database.owner_url(), database.application(), database.application_url());
                kernel::Store::migrate_postgres(&owner, &role).unwrap();
                kernel::Store::postgres(kernel::engine::PostgresOptions { url }, clock, chance).unwrap()
            }
        }
    }

    /// The same world with one more option stated in the configuration of its servers.
    #[must_use]
    pub fn stating(mut self, option: &'static str, value: impl ToString) -> World {
        self.stated.push((option, value.to_string()));
        self
    }

    /// The options stated beside those that every world has.
    #[must_use]
    pub fn stated(&self) -> &[(&'static str, String)] {
        &self.stated
    }

    /// What it keeps its rows in.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Its data folder.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Its PostgreSQL database, on that engine.
    #[must_use]
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }
}

/// Runs each test twice, as `name::sqlite` and `name::postgres`, each in a world of its own.
///
/// ```ignore
/// both_engines! {
///     async fn a_suspended_user_is_out_at_once(world: World) { … }
/// }
/// ```
#[macro_export]
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block)*) => {
        $($(#[$meta])* mod $name {
            use super::*;

            async fn story($world: $crate::World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story($crate::World::new($crate::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                story($crate::World::new($crate::Engine::Postgres).await).await;
            }
        })*
    };
}
