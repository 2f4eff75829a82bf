//! Understanding values: words into addresses, numbers, ranges. Every problem is kept, none ends the reading.

use kernel::Message;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use super::super::client::HostName;
use super::super::network::{Network, NotANetwork};
use super::Secret;
use super::options::{CHOICES, Choice, Form, choice};
use super::problem::{Problem, Stated};
use super::sources::{Collected, Given};

/// Characters of a value that are shown among all options.
const SHOWN_CHARACTERS: usize = 1_000;

/// Reads values one by one and keeps what is wrong with them.
pub struct Reading {
    collected: Collected,
}

impl Reading {
    /// A reading of what was collected.
    pub fn new(collected: Collected) -> Reading {
        Reading { collected }
    }

    /// An address and a port.
    pub fn socket(&mut self, name: &'static str) -> Option<SocketAddr> {
        self.one(name, |text| SocketAddr::from_str(text).map_err(|_| Message::new("config-wrong-socket")))
    }

    /// A folder or file.
    pub fn path(&mut self, name: &'static str) -> Option<PathBuf> {
        self.one(name, |text| Ok(PathBuf::from(text)))
    }

    /// Free text.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.one(name, |text| Ok(text.to_owned()))
    }

    /// Text that is never shown.
    pub fn secret(&mut self, name: &'static str) -> Option<Secret> {
        self.text(name).map(Secret::new)
    }

    /// The address of a store. Only a folder is served so far.
    pub fn store(&mut self, name: &'static str) -> Option<Secret> {
        let read = |text: &str| match text.strip_prefix("file:///") {
            Some(_) => Ok(Secret::new(text.to_owned())),
            None => Err(Message::new("config-wrong-content")),
        };
        self.one(name, read)
    }

    /// `true` or `false`.
    pub fn yes(&mut self, name: &'static str) -> bool {
        let read = |text: &str| match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Message::new("config-wrong-yes")),
        };
        self.one(name, read).unwrap_or(false)
    }

    /// The place of the word among those the option knows.
    pub fn word(&mut self, name: &'static str) -> usize {
        let Some(Form::OneOf(words)) = choice(name).map(|choice| choice.form) else { return 0 };
        let read = |text: &str| {
            let wrong = || Message::new("config-wrong-word").with("words", words.join(", "));
            words.iter().position(|word| *word == text).ok_or_else(wrong)
        };
        self.one(name, read).unwrap_or(0)
    }

    /// A number within the option's bounds.
    pub fn number(&mut self, name: &'static str) -> u64 {
        let Some(Form::Number { least, most }) = choice(name).map(|choice| choice.form) else { return 0 };
        let read = |text: &str| {
            let wrong = || Message::new("config-wrong-number").with("least", least).with("most", most);
            let number = text.replace('_', "").parse::<u64>().ok();
            number.filter(|number| (least..=most).contains(number)).ok_or_else(wrong)
        };
        self.one(name, read).unwrap_or(least)
    }

    /// Ranges of addresses.
    pub fn networks(&mut self, name: &'static str) -> Vec<Network> {
        self.many(name, |text| {
            let network = Network::from_str(text).map_err(|wrong| match wrong {
                NotANetwork::Form => Message::new("config-wrong-network"),
                NotANetwork::HostBits(meant) => Message::new("config-network-bits").with("meant", meant),
            })?;
            if network.is_nearly_everybody() {
                Err(Message::new("config-network-everybody"))
            } else {
                Ok(network)
            }
        })
    }

    /// Host names.
    pub fn hosts(&mut self, name: &'static str) -> Vec<HostName> {
        self.many(name, |text| HostName::parse(text).ok_or_else(|| Message::new("config-wrong-host")))
    }

    /// Every option that has a value, one a line, as it may be shown.
    pub fn shown(&self) -> String {
        let line = |choice: &Choice| {
            let given = self.given(choice.name)?;
            let value = if is_hidden(choice) { "set".to_owned() } else { given.values.join(",") };
            let value: String = value.chars().filter(|c| !c.is_control()).take(SHOWN_CHARACTERS).collect();
            Some(format!("{}={value}\n", choice.name))
        };
        CHOICES.iter().filter_map(line).collect()
    }

    /// Every option that is shown as `set`, with what it holds.
    pub fn hidden(&self) -> Vec<(&'static str, Secret)> {
        let hidden = CHOICES.iter().filter(|choice| is_hidden(choice));
        let value = |choice: &'static Choice| {
            Some((choice.name, Secret::new(self.given(choice.name)?.values.join(","))))
        };
        hidden.filter_map(value).collect()
    }

    /// Where an option was stated.
    pub fn stated(&self, name: &str) -> Stated {
        self.collected.given.get(name).map_or(Stated::Default, |given| given.stated.clone())
    }

    /// Keeps a problem with `name`.
    pub fn wrong(&mut self, name: &'static str, sentence: Message) {
        let stated = self.stated(name);
        self.collected.problems.push(Problem::new(name, &stated, sentence));
    }

    /// What was wrong, when all is read.
    pub fn problems(self) -> Vec<Problem> {
        self.collected.problems
    }

    fn given(&self, name: &str) -> Option<Given> {
        let given = self.collected.given.get(name)?.clone();
        let empty = given.values.iter().all(|value| value.trim().is_empty());
        (!empty).then_some(given)
    }

    fn one<T>(&mut self, name: &'static str, read: impl Fn(&str) -> Result<T, Message>) -> Option<T> {
        let given = self.given(name)?;
        let [value] = given.values.as_slice() else {
            self.wrong(name, Message::new("config-one-value"));
            return None;
        };
        match read(value.trim()) {
            Ok(value) => Some(value),
            Err(sentence) => {
                self.wrong(name, sentence.with("value", shown(name, value)));
                None
            }
        }
    }

    fn many<T>(&mut self, name: &'static str, read: impl Fn(&str) -> Result<T, Message>) -> Vec<T> {
        let Some(given) = self.given(name) else { return Vec::new() };
        let values =
            given.values.iter().flat_map(|value| value.split(',')).map(str::trim).filter(|v| !v.is_empty());
        let mut found = Vec::new();
        for value in values {
            match read(value) {
                Ok(value) => found.push(value),
                Err(sentence) => self.wrong(name, sentence.with("value", shown(name, value))),
            }
        }
        found
    }
}

/// Whether nothing but that it is set may be shown: of a secret, and of an address that may hold one.
fn is_hidden(choice: &Choice) -> bool {
    choice.secret || choice.form == Form::Url
}

/// A value as it may be shown: never a secret, never more than a line.
fn shown(name: &str, value: &str) -> String {
    if choice(name).is_none_or(|choice| choice.secret) {
        return "•••".to_owned();
    }
    value.chars().filter(|c| !c.is_control()).take(80).collect()
}
