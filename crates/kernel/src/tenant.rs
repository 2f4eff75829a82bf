//! A tenant's identity: private, so that it comes only from a session, a key, a link, a host name or a trunk.

use crate::{FromValue, IntoValue, Result, Value};

/// One customer of the platform. No public constructor: [`crate::gate`] finds it, or nobody has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TenantId(i64);

impl TenantId {
    pub(crate) const fn new(number: i64) -> Self {
        Self(number)
    }
    /// The operator of the platform, who is a tenant too (customer number 0).
    pub(crate) const OPERATOR: Self = Self(0);
    /// The number for names of files, metrics and log lines.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl IntoValue for TenantId {
    fn into_value(self) -> Value {
        Value::Int(self.0)
    }
}

impl FromValue for TenantId {
    fn from_value(value: Value) -> Result<Self> {
        i64::from_value(value).map(Self)
    }
}
