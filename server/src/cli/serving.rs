//! `vaktbok serve`: everything started in order, and stopped so that no request is lost.

use super::answer::{complain, said};
use super::{DONE, FAILED, account, control};
use crate::App;
use crate::ops::config::Config;
use crate::ops::log;
use crate::ops::metrics::{self, Metrics};
use crate::ops::request::Naming;
use crate::ops::serve::{CannotServe, Listening, asked_to_stop, beside};
use crate::tenants::ensure_operator;
use crate::ui::Locale;
use kernel::{Chance, Clock, Error};
use std::io::Write;

/// Serves until asked to stop; gives the exit code.
pub async fn serve(config: Config, t: Locale) -> u8 {
    log::start(&config.log, Clock::system());
    match run(config, &t).await {
        Ok(()) => DONE,
        Err(Stopped::Serving(cause)) => {
            complain(&cause.to_string());
            FAILED
        }
        Err(Stopped::Building(error)) => {
            complain(&said(&t, &error));
            FAILED
        }
    }
}

enum Stopped {
    Serving(CannotServe),
    Building(Error),
}

impl From<CannotServe> for Stopped {
    fn from(cause: CannotServe) -> Self {
        Self::Serving(cause)
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Building(error)
    }
}

async fn run(mut config: Config, t: &Locale) -> Result<(), Stopped> {
    let measures = Metrics::start(config.metrics.token.clone());
    tokio::spawn(measures.clone().upkeep());
    let listening = Listening::bind(&config).await?;
    config.listen = listening.address();
    let scheme = if listening.speaks_tls() { "https" } else { "http" };
    let (address, own) = (config.listen, config.metrics.listen);
    let engine = if config.database.is_some() { "postgres" } else { "sqlite" };
    let app = tokio::task::block_in_place(|| App::build(config, Clock::system(), Chance::system()))?;
    ensure_operator(&app, &account::own()).await?;
    let control = if engine == "sqlite" { Some(control::listen(&app)?) } else { None };
    metrics::started(env!("CARGO_PKG_VERSION"), engine, app.store.clock().now().0 / 1_000_000, address);
    if let Some(own) = own {
        tokio::spawn(beside(own, measures.router(), app.config.limits, asked_to_stop()));
    }
    let line = t.say1("cli-listening", "address", format!("{scheme}://{address}"));
    let _ = writeln!(std::io::stdout(), "{line}");
    let naming = Naming { clock: app.store.clock().clone(), chance: app.store.chance().clone() };
    let served = listening.serve(app.router(), naming, asked_to_stop()).await;
    if let Some(control) = control {
        control.abort();
    }
    served.map_err(Stopped::from)
}
