//! What is wrong with a configuration, said so that the operator knows what to do.

use kernel::Message;
use std::path::PathBuf;

/// Where a value was stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// Nowhere: it is the default.
    Default,
    /// In the file.
    File(PathBuf),
    /// In the environment, in this variable.
    Environment(String),
    /// By this flag.
    Flag(String),
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The option or unknown key it is about.
    pub option: String,
    /// Where that was stated.
    pub stated: Stated,
    /// What is wrong and what to do.
    pub message: Message,
}

impl Problem {
    /// A problem with `option`.
    pub fn new(option: impl Into<String>, stated: &Stated, message: Message) -> Problem {
        Problem { option: option.into(), stated: stated.clone(), message }
    }
}

impl Stated {
    /// The place as the operator writes it: a file's path, a variable, a flag; empty for a default.
    pub fn place(&self) -> String {
        match self {
            Stated::Default => String::new(),
            Stated::File(path) => path.display().to_string(),
            Stated::Environment(variable) => variable.clone(),
            Stated::Flag(flag) => format!("--{flag}"),
        }
    }
}
