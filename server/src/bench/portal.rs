//! The portal of the filled folder, served on loopback as in service.

use super::client::Visitor;
use super::town::{Person, Town};
use super::visit;
use crate::App;
use crate::front::SESSION_COOKIE;
use crate::ops::config::Config;
use crate::ops::request::Naming;
use crate::ops::serve::Listening;
use kernel::{Error, Result};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::sync::oneshot;

/// A served portal. It stops when dropped.
pub struct Portal {
    /// Where it listens.
    pub address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl Portal {
    /// Serves on a free port.
    ///
    /// # Errors
    /// `Broken` when there is none.
    pub async fn open(app: &App) -> Result<Portal> {
        let mut config = Config::clone(&app.config);
        (config.listen, config.tls) = (SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), None);
        let listening = Listening::bind(&config).await.map_err(Error::broken)?;
        let address = listening.address();
        let naming = Naming { clock: app.store.clock().clone(), chance: app.store.chance().clone() };
        let (stop, stopped) = oneshot::channel::<()>();
        let router = app.router();
        tokio::spawn(async move {
            let served = listening.serve(router, naming, async { drop(stopped.await) }).await;
            if let Err(cause) = served {
                tracing::error!(%cause, "the portal that is measured ended");
            }
        });
        Ok(Portal { address, _stop: stop })
    }
    /// A visitor with a session of this person's.
    ///
    /// # Errors
    /// As [`visit::session`].
    pub async fn as_person(&self, app: &App, town: &Town, person: &Person) -> Result<Visitor> {
        let (secret, _) = visit::session(app, town, person).await?;
        let mut visitor = Visitor::new(self.address);
        visitor.give_cookie(SESSION_COOKIE, &secret);
        Ok(visitor)
    }
}
