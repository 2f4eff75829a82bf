//! Identifiers of rows: UUID version 7 (RFC 9562 section 5.7), a type of its own for each kind of row.

/// Makes an identifier type: `id!(/// A user's row. UserId)`.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $crate::Uuid);

        impl $name {
            /// A new identifier: 48 bits of time in milliseconds, the rest from chance.
            #[must_use]
            pub fn new(now: $crate::Timestamp, chance: &$crate::Chance) -> Self {
                Self(chance.uuid(now))
            }
            /// The 16 bytes, as a leaf of the book carries them.
            #[must_use]
            pub fn bytes(self) -> [u8; 16] {
                *self.0.as_bytes()
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::Error;
            fn from_str(text: &str) -> $crate::Result<Self> {
                $crate::Uuid::parse_str(text).map(Self).map_err(|_| $crate::Error::NotFound)
            }
        }
        impl $crate::IntoValue for $name {
            fn into_value(self) -> $crate::Value {
                $crate::Value::Id(self.0)
            }
        }
        impl $crate::FromValue for $name {
            fn from_value(value: $crate::Value) -> $crate::Result<Self> {
                $crate::Uuid::from_value(value).map(Self)
            }
        }
    };
}

id!(
    /// A user of a tenant: person, wallboard, bot or service.
    UserId
);
id!(
    /// A user group.
    GroupId
);
id!(
    /// A queue: a medium plus a skill.
    QueueId
);
id!(
    /// A sign-in that lasts: the row of a session, not its secret.
    SessionId
);
id!(
    /// A key of a service user for the API: its row, not its secret.
    KeyId
);
id!(
    /// One request from outside, carried by every entry it causes.
    RequestId
);
