//! A command in its own process: it opens the data itself, or asks the server that has it open.

use super::answer::{self, complain};
use super::line::Command;
use super::{Answering, Caller, FAILED, UNCLEAR, account, benching, control, folder, serving, upkeep, work};
use crate::App;
use crate::ops::config::Config;
use crate::tenants::ensure_operator;
use crate::ui::Locale;
use kernel::{Chance, Clock, Error};

/// Does what the command says; gives the exit code.
pub async fn run(command: Command, words: Vec<String>, t: Locale) -> u8 {
    if let Command::Doctor(asked) = &command {
        return upkeep::doctor(asked, &t);
    }
    let config = match command.flags().load() {
        Ok(config) => config,
        Err(problems) => {
            for problem in &problems {
                complain(&format!("{}{}", place(problem), t.tell(&problem.message)));
            }
            return UNCLEAR;
        }
    };
    if let Err(message) = folder::fit(&config, &command) {
        complain(&t.tell(&message));
        return UNCLEAR;
    }
    match command {
        Command::Serve(_) => serving::serve(config, t).await,
        Command::Demo(asked) => serving::demo(config, &asked, t).await,
        Command::Migrate(asked) => upkeep::migrate(&config, &asked, &t),
        Command::Bench(asked) => benching::bench(config, &asked, t).await,
        command => with_data(config, command, words, t).await,
    }
}

/// Through the running server if one has the folder; else by opening it.
async fn with_data(config: Config, command: Command, words: Vec<String>, t: Locale) -> u8 {
    if config.database.is_none() {
        match control::through_server(&config, &words, &t).await {
            Ok(Some(code)) => return code,
            Ok(None) => {}
            Err(cause) => {
                complain(&t.say1("cli-server-does-not-answer", "cause", cause.to_string()));
                return FAILED;
            }
        }
    }
    let app = match tokio::task::block_in_place(|| App::build(config, Clock::system(), Chance::system())) {
        Ok(app) => app,
        Err(error) => {
            complain(&answer::unopened(&t, &error));
            return UNCLEAR;
        }
    };
    let folder = std::env::current_dir().unwrap_or_default();
    let caller = Caller { account: account::own(), folder, t };
    let (mut out, pieces) = Answering::new();
    let writing = tokio::spawn(answer::write(pieces));
    let code = match ensure_operator(&app, &caller.account).await {
        Ok(_) => work(&app, command, &caller, &mut out).await,
        Err(error) => refused(&mut out, &t, &error).await,
    };
    out.exit(code).await;
    writing.await.unwrap_or(FAILED)
}

async fn refused(out: &mut Answering, t: &Locale, error: &Error) -> u8 {
    out.error(t, error).await;
    FAILED
}

/// Where a wrong option was stated, if anywhere.
fn place(problem: &crate::ops::config::Problem) -> String {
    match problem.stated.place() {
        stated if stated.is_empty() => format!("{}: ", problem.option),
        stated => format!("{stated}: "),
    }
}
