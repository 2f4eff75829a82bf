//! What can go wrong, said so that a person knows what to do next. Doors turn it into a page or problem+json in one place.

use std::borrow::Cow;

/// The result of everything in the product.
pub type Result<T> = std::result::Result<T, Error>;

/// A sentence to be said in the reader's language: the key of a sentence in `locales/`, and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The key in `locales/*/*.ftl`.
    pub key: &'static str,
    /// The arguments by name.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A sentence without arguments.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }
    /// The same sentence with one argument more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

/// What is wrong with one field of what was sent in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name in the form or the JSON body.
    pub field: Cow<'static, str>,
    /// What to do about it.
    pub message: Message,
}

/// Everything that can keep a request from being answered as asked.
#[derive(Debug)]
pub enum Error {
    /// Fields that cannot be used, all of them at once (422).
    Invalid(Vec<Problem>),
    /// Nobody is signed in, or the session has ended (401, or the sign-in page).
    SignedOut,
    /// A program's key opens nothing, and why: whoever has all of it may know (401).
    KeyRefused(Message),
    /// The actor lacks the named right (403).
    Forbidden(&'static str),
    /// No such thing, or not for this actor to see (404).
    NotFound,
    /// It was changed meanwhile, or its state forbids this (409).
    Conflict(Message),
    /// A named limit is reached for now: later it goes (429).
    Limit(Message),
    /// What was sent is larger than a named limit, whenever it is sent (413, RFC 9110 section 15.5.14).
    TooLarge(Message),
    /// What was sent is in a form that is not read here (415, RFC 9110 section 15.5.16).
    Unread(Message),
    /// Not now: overloaded, or the book cannot be written (503). Nothing was changed.
    Busy(Message),
    /// Our fault (500). Logged once, with an incident number that the page shows.
    Broken(String),
}

impl Error {
    /// One field's problem.
    #[must_use]
    pub fn invalid(field: &'static str, message: impl Into<Message>) -> Self {
        Self::Invalid(vec![Problem { field: field.into(), message: message.into() }])
    }
    /// A conflict, with the sentence that says what to do.
    #[must_use]
    pub fn conflict(message: impl Into<Message>) -> Self {
        Self::Conflict(message.into())
    }
    /// Our fault, with what a developer needs to know. Never shown to a person.
    #[must_use]
    pub fn broken(cause: impl std::fmt::Display) -> Self {
        Self::Broken(cause.to_string())
    }
    /// What a file or an object store could not do: `Busy` when it has no room or may not be written, else our fault.
    #[must_use]
    pub fn storage(cause: impl std::error::Error + 'static) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let mut inner: Option<&(dyn std::error::Error + 'static)> = Some(&cause);
        while let Some(error) = inner {
            let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
            if matches!(kind, Some(FileTooLarge | QuotaExceeded | ReadOnlyFilesystem | StorageFull)) {
                tracing::error!(%cause, "the store of contents cannot be written");
                return Self::Busy("error-storage-full".into());
            }
            inner = error.source();
        }
        Self::broken(cause)
    }
    /// The sentence that it carries for whoever asked, where it carries one.
    #[must_use]
    pub const fn message(&self) -> Option<&Message> {
        match self {
            Self::Conflict(m)
            | Self::Limit(m)
            | Self::TooLarge(m)
            | Self::Unread(m)
            | Self::Busy(m)
            | Self::KeyRefused(m) => Some(m),
            Self::Invalid(_) | Self::SignedOut | Self::Forbidden(_) | Self::NotFound | Self::Broken(_) => {
                None
            }
        }
    }
    /// The HTTP status that says the same.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 422,
            Self::SignedOut | Self::KeyRefused(_) => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::TooLarge(_) => 413,
            Self::Unread(_) => 415,
            Self::Limit(_) => 429,
            Self::Busy(_) => 503,
            Self::Broken(_) => 500,
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Invalid(problems) => {
                let fields: Vec<_> =
                    problems.iter().map(|p| format!("{}: {}", p.field, p.message.key)).collect();
                write!(f, "invalid: {}", fields.join(", "))
            }
            Self::SignedOut => f.write_str("signed out"),
            Self::KeyRefused(m) => write!(f, "key refused: {}", m.key),
            Self::Forbidden(right) => write!(f, "forbidden: needs {right}"),
            Self::NotFound => f.write_str("not found"),
            Self::Conflict(m) => write!(f, "conflict: {}", m.key),
            Self::Limit(m) => write!(f, "limit: {}", m.key),
            Self::TooLarge(m) => write!(f, "too large: {}", m.key),
            Self::Unread(m) => write!(f, "not read: {}", m.key),
            Self::Busy(m) => write!(f, "busy: {}", m.key),
            Self::Broken(cause) => write!(f, "broken: {cause}"),
        }
    }
}

impl std::error::Error for Error {}
