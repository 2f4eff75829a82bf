//! `vaktbok serve`: everything started in order, and stopped so that no request is lost.

use super::answer::{complain, unopened};
use super::line::Demo;
use super::{DONE, FAILED, UNCLEAR, account, control};
use crate::App;
use crate::demo::{self, Prepared};
use crate::logs::running;
use crate::ops::config::{Config, MasterKey};
use crate::ops::log;
use crate::ops::metrics::{self, Metrics};
use crate::ops::request::Naming;
use crate::ops::serve::{Asked, CannotServe, Listening, beside};
use crate::tenants::ensure_operator;
use crate::ui::Locale;
use kernel::{Chance, Clock, Error, Timestamp};
use std::io::Write;

/// Serves until asked to stop; gives the exit code.
pub async fn serve(config: Config, t: Locale) -> u8 {
    log::start(&config.log, Clock::system());
    ended(run(config, None, &t).await, &t)
}

/// Fills an empty folder with the demo and serves it; without `--data` the folder is one that goes away at the end.
pub async fn demo(mut config: Config, asked: &Demo, t: Locale) -> u8 {
    log::start(&config.log, Clock::system());
    let passing = match asked.keeps_its_folder() {
        true => None,
        false => match Passing::folder(&mut config) {
            Ok(passing) => Some(passing),
            Err(cause) => {
                complain(&cause.to_string());
                return FAILED;
            }
        },
    };
    let folder = asked.interactions.as_deref();
    let served = match demo::prepare(&config, folder).await {
        Ok(prepared) => run(config, Some(prepared), &t).await,
        Err(error) => Err(Stopped::Building(error)),
    };
    drop(passing);
    ended(served, &t)
}

/// A folder that goes away.
pub(super) struct Passing(std::path::PathBuf);

impl Passing {
    /// A new one, in which everything of this configuration is kept.
    pub(super) fn folder(config: &mut Config) -> std::io::Result<Self> {
        let name: [u8; 8] = Chance::system().bytes();
        let name = format!("vaktbok-passing-{}", data_encoding::HEXLOWER.encode(&name));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        config.data.clone_from(&folder);
        config.master_key = MasterKey::File(folder.join("master.key"));
        Ok(Self(folder))
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn ended(served: Result<(), Stopped>, t: &Locale) -> u8 {
    match served {
        Ok(()) => DONE,
        Err(Stopped::Serving(cause)) => {
            complain(&cause.to_string());
            FAILED
        }
        Err(Stopped::Building(error)) => {
            complain(&unopened(t, &error));
            UNCLEAR
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

async fn run(mut config: Config, prepared: Option<Prepared>, t: &Locale) -> Result<(), Stopped> {
    let measures = Metrics::start(config.metrics.token.clone());
    tokio::spawn(measures.clone().upkeep());
    let listening = Listening::bind(&config).await?;
    config.listen = listening.address();
    let scheme = if listening.speaks_tls() { "https" } else { "http" };
    let (address, own) = (config.listen, config.metrics.listen);
    let engine = if config.database.is_some() { "postgres" } else { "sqlite" };
    let mut app = tokio::task::block_in_place(|| App::build(config, Clock::system(), Chance::system()))?;
    app.demo = prepared.is_some();
    let began = app.store.clock().now();
    ensure_operator(&app, &account::own()).await?;
    crate::settings::arriving::all(&app, &account::own()).await?;
    let control = if engine == "sqlite" { Some(control::listen(&app)?) } else { None };
    // Before the start is written down and the address is said: who reads either may ask it to stop at once.
    let (asked, asked_beside) = (Asked::listen(), Asked::listen());
    let begun = running::started(&app).await;
    metrics::started(env!("CARGO_PKG_VERSION"), engine, app.store.clock().now().0 / 1_000_000, address);
    if let Some(own) = own {
        tokio::spawn(beside(own, measures.router(), app.config.limits, asked_beside.to_stop()));
    }
    let line = t.say1("cli-listening", "address", format!("{scheme}://{address}"));
    let _ = writeln!(std::io::stdout(), "{line}");
    if let Some(prepared) = prepared {
        say_ready(&prepared, t);
    }
    let work = tokio::spawn(beside_requests(app.clone(), began, begun.is_ok()));
    let naming = Naming { clock: app.store.clock().clone(), chance: app.store.chance().clone() };
    let served = listening.serve(app.router(), naming, asked.to_stop()).await;
    work.abort();
    if let Err(cause) = running::stopped(&app).await {
        tracing::error!(%cause, "the stop cannot be written down");
    }
    if let Some(control) = control {
        control.abort();
    }
    served.map_err(Stopped::from)
}

/// What goes on beside requests, until the process ends.
async fn beside_requests(app: App, began: Timestamp, begun: bool) {
    let told = async {
        if !begun {
            running::follow(app.clone()).await;
        }
    };
    tokio::join!(
        told,
        crate::jobs::follow(app.clone(), began),
        crate::logs::work(app.clone()),
        crate::archive::keeping::keep(app.clone()),
        crate::signin::expiring::follow(app.clone()),
        crate::users::import::run::follow(app.clone())
    );
}

/// The sign-ins of the demo, on standard output: they are an answer, not a log line.
fn say_ready(prepared: &Prepared, t: &Locale) {
    let mut out = std::io::stdout().lock();
    let key = if prepared.ready.is_empty() { "cli-demo-again" } else { "cli-demo-ready" };
    for (tenant, brought) in &prepared.brought {
        let words = [
            ("tenant", (*tenant).into()),
            ("imported", brought.imported.into()),
            ("aside", brought.aside.into()),
            ("agents", brought.agents.into()),
        ];
        let _ = writeln!(out, "{}", t.say_with("cli-demo-brought", &words));
    }
    let _ = writeln!(out, "{}", t.say(key));
    for one in &prepared.ready {
        let (role, name) = (t.say(one.role), &one.user_name);
        let _ = writeln!(out, "{:>6}  {:<24} {role:<16} {name:<20} {}", one.number, one.tenant, one.password);
    }
    let _ = out.flush();
}
