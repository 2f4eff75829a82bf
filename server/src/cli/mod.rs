//! The command line: every command, each with `--help`, and with `--json` where it reports.
//!
//! - A command that needs the data opens it, or goes through the running server that has it open ([`control`]): the same
//!   code on both sides, so that neither harms the other.
//! - Who ran a command is in its entries: the account on the machine.
//! - Answers go to standard output, progress and problems to standard error; the exit code is 0 when it was done, 1 when
//!   it was refused or failed, 2 when the command line or the configuration cannot be understood, or the data cannot be opened.
//!
//! `line` the commands' words · `speech` their explanations · `answer` what they print · `control` through a running
//! server · `serving` the server itself · `customers`, `keys`, `imports`, `upkeep`, `benching`: the work.

mod account;
pub mod answer;
mod benching;
mod books;
pub mod control;
mod customers;
mod direct;
mod folder;
mod imports;
mod keys;
mod line;
mod serving;
mod speech;
mod upkeep;

use crate::App;
use crate::ui::Locale;
pub use answer::Answering;
use clap::FromArgMatches;
use kernel::Error;
use line::{Command, Line};
use std::process::ExitCode;

/// Done.
pub const DONE: u8 = 0;
/// Refused or failed; standard error says why.
pub const FAILED: u8 = 1;
/// The command line or the configuration cannot be understood, or the data that they name cannot be opened.
pub const UNCLEAR: u8 = 2;

/// Who runs a command, where, and in which language.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account on the machine.
    pub account: String,
    /// The folder that file names start from.
    pub folder: std::path::PathBuf,
    /// The language of answers.
    pub t: Locale,
}

/// Understands the command line and does what it says.
#[must_use]
pub fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let t = speech::locale();
    let line = match parse(&words, &t) {
        Ok(line) => line,
        Err(error) => error.exit(),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => {
            answer::complain(&cause.to_string());
            return ExitCode::from(FAILED);
        }
    };
    ExitCode::from(runtime.block_on(direct::run(line.command, words, t)))
}

fn parse(words: &[String], t: &Locale) -> Result<Line, clap::Error> {
    let matches = speech::explained(t).try_get_matches_from(words)?;
    Line::from_arg_matches(&matches)
}

/// Does a command's work over an open program; gives the exit code.
pub async fn work(app: &App, command: Command, caller: &Caller, out: &mut Answering) -> u8 {
    let done = match command {
        Command::Tenant(command) => customers::tenant(app, command, caller, out).await,
        Command::User(command) => customers::user(app, command, caller, out).await,
        Command::Key(command) => keys::run(app, command, caller, out).await,
        Command::Book(command) => books::run(app, command, caller, out).await,
        Command::Import(command) => imports::run(app, command, caller, out).await,
        Command::Demo(_)
        | Command::Serve(_)
        | Command::Migrate(_)
        | Command::Doctor(_)
        | Command::Bench(_) => Err(Error::conflict("cli-not-through-a-server")),
    };
    match done {
        Ok(()) => DONE,
        Err(error) => {
            out.error(&caller.t, &error).await;
            FAILED
        }
    }
}
