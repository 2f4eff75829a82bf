//! Collecting what is stated: defaults, then the file, then the environment, then flags; the last one counts.
//!
//! Whatever nobody knows is a problem, with the nearest name that somebody does.

use crate::ui::{Language, Locale};
use kernel::Message;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::options::{CHOICES, choice};
use super::problem::{Problem, Stated};

/// The variable that names the file, as `--config` does.
pub const FILE_VARIABLE: &str = "VAKTBOK_CONFIG";
/// Variables that tests use and the program does not read.
const TEST_PREFIX: &str = "VAKTBOK_TEST_";

/// One option's value as stated, in words yet to be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The value, or the values of a list.
    pub values: Vec<String>,
    /// Where it was stated.
    pub stated: Stated,
}

/// Everything that can state a value, read but not yet understood.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The file and its text.
    pub file: Option<(PathBuf, String)>,
    /// The environment.
    pub environment: Vec<(String, String)>,
    /// Flags, by option.
    pub flags: Vec<(String, Vec<String>)>,
}

/// What was stated, by option, and what nobody knows.
#[derive(Debug, Default)]
pub struct Collected {
    /// The value of each option that has one.
    pub given: BTreeMap<&'static str, Given>,
    /// What was wrong on the way.
    pub problems: Vec<Problem>,
}

impl Inputs {
    /// Reads the file named by `--config` or [`FILE_VARIABLE`], and the environment.
    pub fn gather(config: Option<&Path>, flags: Vec<(String, Vec<String>)>) -> Result<Inputs, Problem> {
        let environment: Vec<(String, String)> = environment().collect();
        let named =
            environment.iter().find(|(name, _)| name == FILE_VARIABLE).map(|(_, path)| PathBuf::from(path));
        let file = match config.map(Path::to_path_buf).or(named) {
            Some(path) => Some(read(path)?),
            None => None,
        };
        Ok(Inputs { file, environment, flags })
    }
}

/// Whoever runs the program on the machine, in the language of their environment (POSIX: `LC_ALL`, `LC_MESSAGES`,
/// `LANG`, the first that is set).
pub fn operator(environment: impl Iterator<Item = (String, String)>) -> Locale {
    let order = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let place = |name: &str| order.iter().position(|known| *known == name);
    let stated = environment.filter(|(_, value)| !value.is_empty());
    let first = stated.filter_map(|(name, value)| Some((place(&name)?, value))).min();
    let language = first.and_then(|(_, value)| Language::parse(value.split('.').next()?));
    Locale::new(language.unwrap_or(Language::En), "UTC")
}

/// The environment as text; what is no text is left out.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

fn read(path: PathBuf) -> Result<(PathBuf, String), Problem> {
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(cause) => {
            let sentence = Message::new("config-file-unreadable").with("cause", cause);
            Err(Problem::new("config", &Stated::File(path), sentence))
        }
    }
}

/// Collects everything stated.
pub fn collect(inputs: &Inputs) -> Collected {
    let mut collected = Collected::default();
    for choice in CHOICES {
        let text = choice.default_text();
        if !text.is_empty() {
            collected.given.insert(choice.name, Given { values: vec![text], stated: Stated::Default });
        }
    }
    if let Some((path, text)) = &inputs.file {
        collected.file(path, text);
    }
    collected.environment(&inputs.environment);
    for (name, values) in &inputs.flags {
        collected.give(name, values.clone(), Stated::Flag(name.replace('_', "-")));
    }
    collected
}

impl Collected {
    fn file(&mut self, path: &Path, text: &str) {
        let stated = Stated::File(path.to_path_buf());
        match text.parse::<toml::Table>() {
            Ok(table) => {
                for (name, value) in table {
                    match values_of(&value) {
                        Some(values) => self.give(&name, values, stated.clone()),
                        None => self.wrong(&name, &stated, Message::new("config-no-tables")),
                    }
                }
            }
            Err(cause) => {
                let line = cause
                    .span()
                    .map_or(1, |span| text.get(..span.start).unwrap_or(text).lines().count().max(1));
                let sentence =
                    Message::new("config-file-broken").with("line", line).with("cause", cause.message());
                self.wrong("config", &stated, sentence);
            }
        }
    }

    /// Lists stand in one variable, separated by commas.
    fn environment(&mut self, environment: &[(String, String)]) {
        for (variable, value) in environment {
            let Some(name) = variable.strip_prefix("VAKTBOK_") else { continue };
            if variable == FILE_VARIABLE || variable.starts_with(TEST_PREFIX) {
                continue;
            }
            self.give(&name.to_ascii_lowercase(), vec![value.clone()], Stated::Environment(variable.clone()));
        }
    }

    fn give(&mut self, name: &str, values: Vec<String>, stated: Stated) {
        match choice(name) {
            Some(choice) => {
                self.given.insert(choice.name, Given { values, stated });
            }
            None => self.wrong(name, &stated, unknown(name)),
        }
    }

    fn wrong(&mut self, name: &str, stated: &Stated, sentence: Message) {
        self.problems.push(Problem::new(name, stated, sentence));
    }
}

fn values_of(value: &toml::Value) -> Option<Vec<String>> {
    match value {
        toml::Value::Array(items) => items.iter().map(text_of).collect(),
        other => text_of(other).map(|text| vec![text]),
    }
}

fn text_of(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    }
}

fn unknown(name: &str) -> Message {
    let near = CHOICES.iter().map(|choice| (distance(name, choice.name), choice.name)).min();
    match near {
        Some((steps, near)) if steps <= near.len() / 3 => {
            Message::new("config-unknown-near").with("near", near)
        }
        _ => Message::new("config-unknown"),
    }
}

/// Steps (letter put in, taken out, replaced) from one name to the other; Levenshtein's distance.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(64).enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
