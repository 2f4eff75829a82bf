//! Time as the product keeps it: microseconds of UTC. The clock is an argument everywhere.

use crate::{Error, FromValue, IntoValue, Result, Value};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A moment: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This moment moved by a number of seconds, either way.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
    /// Whole seconds from `earlier` to this moment; negative if this one is earlier.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }
    /// The moment for the calendar functions.
    #[must_use]
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl std::fmt::Display for Timestamp {
    /// RFC 3339 in UTC with microseconds.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.6}", self.to_jiff())
    }
}

impl std::str::FromStr for Timestamp {
    type Err = Error;
    /// RFC 3339 with a zone.
    fn from_str(text: &str) -> Result<Self> {
        text.parse::<jiff::Timestamp>()
            .map(|t| Self(t.as_microsecond()))
            .map_err(|_| Error::broken(format!("not a time: {text}")))
    }
}

impl IntoValue for Timestamp {
    fn into_value(self) -> Value {
        Value::Int(self.0)
    }
}

impl FromValue for Timestamp {
    fn from_value(value: Value) -> Result<Self> {
        i64::from_value(value).map(Self)
    }
}

/// Where the time comes from. The system's clock in service, a moved one in tests and in the demo's history.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    replays: bool,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else is given")]
    pub fn system() -> Self {
        Self::from_fn(|| Timestamp(jiff::Timestamp::now().as_microsecond()))
    }
    /// A clock that asks a function.
    #[must_use]
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), replays: false }
    }
    /// A clock under which a request may say itself when it happened ([`crate::Origin::moment`]): for histories that are
    /// played through the real events. A store that serves people never has it.
    #[must_use]
    pub fn replaying(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), replays: true }
    }
    /// The moment of a request: what it says itself under a replaying clock, else now.
    #[must_use]
    pub(crate) fn moment(&self, said: Option<Timestamp>) -> Timestamp {
        said.filter(|_| self.replays).unwrap_or_else(|| self.now())
    }
    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}
