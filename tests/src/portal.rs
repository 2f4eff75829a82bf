//! The portal of a world, served from inside the test: the same doors and manners as in service, under a clock that can be moved.

use crate::{Browser, Http, World};
use kernel::{Chance, Clock, Timestamp};
use server::App;
use server::ops::config::{Config, Inputs};
use server::ops::request::Naming;
use server::ops::serve::Listening;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::oneshot;

/// A clock that runs like the machine's, some time ahead of it or behind.
#[derive(Clone, Debug, Default)]
pub struct Moved(Arc<AtomicI64>);

/// A served portal. It stops when dropped.
pub struct Portal {
    app: App,
    clock: Moved,
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl Moved {
    /// Moves it by seconds, forwards or back.
    pub fn by_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// For whatever takes a clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        let (ahead, system) = (Arc::clone(&self.0), Clock::system());
        Clock::from_fn(move || Timestamp(system.now().0 + ahead.load(Ordering::SeqCst)))
    }
}

impl World {
    /// The configuration of a server in this world: a free port on loopback, this data folder, this database.
    ///
    /// # Panics
    /// When it is not accepted.
    #[must_use]
    pub fn config(&self) -> Config {
        let mut stated =
            vec![("listen", "127.0.0.1:0".to_owned()), ("data", self.folder().path().display().to_string())];
        stated.extend(self.database().map(|database| ("database", database.application_url())));
        stated.extend(self.database().map(|database| ("database_owner", database.owner_url())));
        stated.extend(self.stated().iter().cloned());
        let flags = stated.into_iter().map(|(option, value)| (option.to_owned(), vec![value])).collect();
        Config::load(&Inputs { flags, ..Inputs::default() }).unwrap()
    }

    /// The program built over this world, not served; on SQLite one at a time.
    ///
    /// # Panics
    /// When it cannot be built.
    #[must_use]
    pub fn app(&self, clock: Clock) -> App {
        if let Some(database) = self.database() {
            kernel::Store::migrate_postgres(&database.owner_url(), &database.application()).unwrap();
        }
        App::build(self.config(), clock, Chance::system()).unwrap()
    }

    /// The portal of this world, served on a free port of loopback.
    ///
    /// # Panics
    /// When it cannot be built or served.
    pub async fn portal(&self) -> Portal {
        self.portal_on(Moved::default()).await
    }

    /// The same under a clock of the test's own. On PostgreSQL a world can have several portals: nodes.
    ///
    /// # Panics
    /// When it cannot be built or served.
    pub async fn portal_on(&self, clock: Moved) -> Portal {
        self.served(clock.clock(), clock).await
    }

    /// The portal under a clock by which a history is played: each change says its own moment.
    ///
    /// # Panics
    /// When it cannot be built or served.
    pub async fn portal_replaying(&self) -> (Portal, Moved) {
        let moved = Moved::default();
        let under = moved.clock();
        let portal = self.served(Clock::replaying(move || under.now()), moved.clone()).await;
        (portal, moved)
    }

    async fn served(&self, kept: Clock, clock: Moved) -> Portal {
        let config = self.config();
        // Building opens databases and waits for them.
        let app = tokio::task::block_in_place(|| self.app(kept));
        server::tenants::ensure_operator(&app, crate::people::ACCOUNT).await.unwrap();
        let listening = Listening::bind(&config).await.unwrap();
        let address = listening.address();
        let naming = Naming { clock: clock.clock(), chance: Chance::system() };
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = listening.serve(app.router(), naming, async { drop(stopped.await) });
        tokio::spawn(serving);
        Portal { app, clock, address, _stop: stop }
    }
}

impl Portal {
    /// The program itself.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Its clock, to be moved.
    #[must_use]
    pub fn clock(&self) -> &Moved {
        &self.clock
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A visitor with an empty cookie jar.
    #[must_use]
    pub fn http(&self) -> Http {
        Http::new(self.address)
    }

    /// A person at a browser.
    pub async fn browser(&self) -> Browser {
        Browser::new(&format!("http://localhost:{}", self.address.port())).await
    }
}
