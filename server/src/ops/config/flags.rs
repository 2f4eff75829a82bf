//! The flags of the command line, made from the table of options.
//!
//! A command takes them with `#[command(flatten)] options: Flags`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use super::options::{CHOICES, Choice, Form};
use super::sources;
use super::{Config, Inputs, Problem};
use crate::ui::Locale;

/// What was stated by flags.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The file with the configuration.
    pub config: Option<PathBuf>,
    /// Values by option.
    pub values: Vec<(String, Vec<String>)>,
}

impl Flags {
    /// The configuration of these flags, the file, the environment and the defaults.
    pub fn load(&self) -> Result<Config, Vec<Problem>> {
        let inputs =
            Inputs::gather(self.config.as_deref(), self.values.clone()).map_err(|problem| vec![problem])?;
        Config::load(&inputs)
    }

    fn read(matches: &ArgMatches) -> Flags {
        let value = |choice: &Choice| {
            let values: Vec<String> = matches.get_many::<String>(choice.name)?.cloned().collect();
            Some((choice.name.to_owned(), values))
        };
        let flags = CHOICES.iter().filter(|choice| !choice.secret);
        Flags {
            config: matches.get_one::<PathBuf>("config").cloned(),
            values: flags.filter_map(value).collect(),
        }
    }
}

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        let locale = sources::operator(sources::environment());
        let file = clap::value_parser!(PathBuf);
        let config = Arg::new("config").long("config").value_name("FILE").value_parser(file);
        let config = config.help(locale.say("config-config"));
        CHOICES.iter().filter_map(|choice| flag(choice, &locale)).fold(command.arg(config), Command::arg)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Flags::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Flags, clap::Error> {
        Ok(Flags::read(matches))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Flags::read(matches);
        Ok(())
    }
}

fn flag(choice: &Choice, locale: &Locale) -> Option<Arg> {
    // The few names live as long as the program, which parses its command line once.
    let name: &'static str = choice.flag()?.leak();
    let arg = Arg::new(choice.name).long(name).value_name(value_name(choice.form));
    let arg = arg.help(explained(choice, locale));
    Some(match choice.form {
        Form::YesNo => arg.num_args(0..=1).default_missing_value("true").require_equals(true),
        Form::Hosts | Form::Networks => arg.action(ArgAction::Append),
        _ => arg,
    })
}

/// The explanation and the default.
fn explained(choice: &Choice, locale: &Locale) -> String {
    let explanation = locale.say(&choice.explanation());
    match choice.default_text() {
        default if default.is_empty() => explanation,
        default => format!("{explanation} [{default}]"),
    }
}

fn value_name(form: Form) -> &'static str {
    match form {
        Form::Socket => "ADDR",
        Form::Path => "PATH",
        Form::Url => "URL",
        Form::Text => "TEXT",
        Form::YesNo => "true|false",
        Form::OneOf(_) => "WORD",
        Form::Hosts => "HOST",
        Form::Networks => "NETWORK",
        Form::Number { .. } => "N",
    }
}
