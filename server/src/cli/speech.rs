//! The language of the command line, and the explanations that `--help` shows: sentences `cli-…` by command, `cli-arg-…`
//! by option of a command, `config-…` by option of the configuration.

use super::line::Line;
use crate::ops::config::sources;
use crate::ui::Locale;
use clap::{Command, CommandFactory};

/// The language of the account's environment (POSIX: `LC_ALL`, `LC_MESSAGES`, `LANG`); English when it says none of ours.
pub fn locale() -> Locale {
    sources::operator(sources::environment())
}

/// The command line with its explanations.
pub fn explained(t: &Locale) -> Command {
    let line = Line::command().about(t.say("cli"));
    let names: Vec<String> = line.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    names
        .into_iter()
        .fold(line, |line, name| line.mut_subcommand(&name, |c| explain(c, &format!("cli-{name}"), t)))
}

fn explain(command: Command, key: &str, t: &Locale) -> Command {
    let command = command.about(t.say(key));
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let command = names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(&name, |c| explain(c, &format!("{key}-{name}"), t))
    });
    let args: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    args.into_iter().filter(|id| id != "help" && id != "version").fold(command, |command, id| {
        let option = || t.say(&format!("config-{}", id.replace('_', "-")));
        let help = t.known(&format!("cli-arg-{id}")).unwrap_or_else(option);
        command.mut_arg(&id, |arg| arg.help(help))
    })
}
