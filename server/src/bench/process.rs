//! The program as a process of its own: how soon it answers on a filled folder, and what memory it holds.

use super::Asked;
use super::client::Visitor;
use super::report::{Report, Row};
use super::town::{Duty, NUMBER, Town, give_password};
use crate::App;
use crate::ops::config::{Config, MasterKey};
use crate::signin::password::{self, SALT_BYTES, Typed};
use kernel::{Chance, Clock, Error, Result};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Sign-ins at the same moment.
const AT_ONCE: usize = 4;
/// A start that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; killed when dropped.
struct Server {
    process: Child,
    address: SocketAddr,
    took: Duration,
}

/// Measures start and memory. The folder must be closed: one folder is one process.
///
/// # Errors
/// `Broken` when the program does not start or does not answer.
pub async fn measure(config: &Config, asked: &Asked, report: &mut Report) -> Result<()> {
    let (people, password) = prepare(config, asked).await?;
    let mut starts = Vec::new();
    for _ in 0..asked.runs {
        let server = Server::start(config).await?;
        starts.push(server.took.as_secs_f64() * 1e3);
        drop(server);
    }
    report.add(Row::of("start", &starts, "ms").at_most(300.0));
    let server = Server::start(config).await?;
    tokio::time::sleep(asked.settle.min(Duration::from_secs(5))).await;
    report.add(Row::new("memory-idle", server.resident()?, "MiB").at_most(40.0));
    let mut lanes = JoinSet::new();
    for lane in 0..AT_ONCE {
        let (address, password, times) = (server.address, password.clone(), asked.sign_ins / AT_ONCE);
        let names: Vec<String> = people.iter().skip(lane).step_by(AT_ONCE).cloned().collect();
        lanes.spawn(async move { sign_in(address, &names, &password, times).await });
    }
    while let Some(lane) = lanes.join_next().await {
        lane.map_err(Error::broken)??;
    }
    report.add(Row::new("memory-after-sign-ins", server.resident()?, "MiB"));
    tokio::time::sleep(asked.settle).await;
    report.add(Row::new("memory-settled", server.resident()?, "MiB").at_most(90.0));
    drop(server);
    restore(config, asked).await
}

/// Gives a password of this run's own to some people; says who they are, and the password.
async fn prepare(config: &Config, asked: &Asked) -> Result<(Vec<String>, String)> {
    let (app, town) = opened(config, asked).await?;
    let password = data_encoding::BASE64URL_NOPAD.encode(&app.store.chance().bytes::<18>());
    let salt: [u8; SALT_BYTES] = app.store.chance().bytes();
    let hash = password::hash(&app.keys, &Typed::new(&password), salt)?;
    let mut names = Vec::new();
    for person in town.of(Duty::Supervisor).into_iter().take(16) {
        give_password(&app, town.tenant, person.user, hash.clone()).await?;
        names.push(person.user_name.clone());
    }
    Ok((names, password))
}

async fn restore(config: &Config, asked: &Asked) -> Result<()> {
    let (app, town) = opened(config, asked).await?;
    for person in town.of(Duty::Supervisor).into_iter().take(16) {
        give_password(&app, town.tenant, person.user, town.hash.clone()).await?;
    }
    Ok(())
}

async fn opened(config: &Config, asked: &Asked) -> Result<(App, Town)> {
    let app = tokio::task::block_in_place(|| App::build(config.clone(), Clock::system(), Chance::system()))?;
    let town = Town::settle(&app, asked.entries).await?;
    Ok((app, town))
}

async fn sign_in(address: SocketAddr, names: &[String], password: &str, times: usize) -> Result<()> {
    let number = NUMBER.to_string();
    for name in names.iter().cycle().take(times) {
        let mut visitor = Visitor::new(address);
        let form = [("number", number.as_str()), ("name", name), ("password", password)];
        let answer = visitor.post("/sign-in", &form).await?;
        if answer.status != 303 {
            return Err(Error::broken(format!("signing in {name} answered {}", answer.status)));
        }
        visitor.get("/").await?;
    }
    Ok(())
}

impl Server {
    /// Starts this very program as `serve`, and waits until it answers.
    async fn start(config: &Config) -> Result<Server> {
        let mut command = Command::new(std::env::current_exe().map_err(Error::broken)?);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&config.data);
        if let Some(url) = &config.database {
            command.env("VAKTBOK_DATABASE", url.reveal());
        }
        if let MasterKey::File(path) = &config.master_key {
            command.env("VAKTBOK_MASTER_KEY_FILE", path);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let began = Instant::now();
        let mut server = Server {
            process: command.spawn().map_err(Error::broken)?,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            took: Duration::ZERO,
        };
        let out = server.process.stdout.take().ok_or_else(|| Error::broken("no output"))?;
        let mut line = String::new();
        tokio::task::block_in_place(|| BufReader::new(out).read_line(&mut line)).map_err(Error::broken)?;
        let address = line.split("http://").nth(1).and_then(|rest| rest.trim().parse().ok());
        server.address = address.ok_or_else(|| Error::broken("the server did not start"))?;
        let mut visitor = Visitor::new(server.address);
        while visitor.get("/readyz").await?.status != 200 {
            if began.elapsed() > PATIENCE {
                return Err(Error::broken("the server does not become ready"));
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.took = began.elapsed();
        Ok(server)
    }
    /// Resident memory, in MiB.
    fn resident(&self) -> Result<f64> {
        let id = self.process.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).map_err(Error::broken)?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
        kib.map(|kib| kib / 1024.0).ok_or_else(|| Error::broken("the system does not tell memory"))
    }
}

impl Drop for Server {
    /// The folder's lock goes with the process.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
