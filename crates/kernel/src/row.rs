//! Values on their way into and out of a statement. Four kinds are enough for both engines.

use crate::{Error, Result};
use std::borrow::Cow;
use uuid::Uuid;

/// One value of a column or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL null.
    Null,
    /// A number, a moment (µs UTC) or a yes/no (1/0).
    Int(i64),
    /// Text in UTF-8.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An identifier: `uuid` on PostgreSQL, 16 bytes on SQLite.
    Id(Uuid),
}

/// What may be bound to a parameter.
pub trait IntoValue {
    /// The value as both engines take it.
    fn into_value(self) -> Value;
}

/// What may be read from a column.
pub trait FromValue: Sized {
    /// Reads the column; a value of another kind is our fault.
    ///
    /// # Errors
    /// `Broken` when the column holds another kind of value.
    fn from_value(value: Value) -> Result<Self>;
}

macro_rules! plain {
    ($($type:ty => $kind:ident, $into:expr;)*) => {$(
        impl IntoValue for $type {
            fn into_value(self) -> Value { let into: fn(Self) -> _ = $into; Value::$kind(into(self)) }
        }
    )*};
}
plain! {
    i64 => Int, |v| v;
    i32 => Int, i64::from;
    u32 => Int, i64::from;
    u16 => Int, i64::from;
    u8 => Int, i64::from;
    bool => Int, i64::from;
    String => Text, |v| v;
    Vec<u8> => Bytes, |v| v;
    Uuid => Id, |v| v;
}
impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::Text(self.to_owned())
    }
}
impl IntoValue for &String {
    fn into_value(self) -> Value {
        Value::Text(self.clone())
    }
}
impl IntoValue for Cow<'_, str> {
    fn into_value(self) -> Value {
        Value::Text(self.into_owned())
    }
}
impl IntoValue for &[u8] {
    fn into_value(self) -> Value {
        Value::Bytes(self.to_vec())
    }
}
impl<const N: usize> IntoValue for [u8; N] {
    fn into_value(self) -> Value {
        Value::Bytes(self.to_vec())
    }
}
impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, IntoValue::into_value)
    }
}
impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

fn wrong<T>(wanted: &str, value: &Value) -> Result<T> {
    let kind = match value {
        Value::Null => "null",
        Value::Int(_) => "a number",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
        Value::Id(_) => "an id",
    };
    Err(Error::broken(format!("a column holds {kind} where {wanted} was read")))
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Int(n) => Ok(n),
            other => wrong("a number", &other),
        }
    }
}
macro_rules! narrow {
    ($($type:ty)*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Result<Self> {
                <$type>::try_from(i64::from_value(value)?).map_err(Error::broken)
            }
        }
    )*};
}
narrow! { i32 u64 u32 u16 u8 usize }
impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self> {
        i64::from_value(value).map(|n| n != 0)
    }
}
impl FromValue for String {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Text(text) => Ok(text),
            other => wrong("text", &other),
        }
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            Value::Id(id) => Ok(id.as_bytes().to_vec()),
            other => wrong("bytes", &other),
        }
    }
}
impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: Value) -> Result<Self> {
        Vec::from_value(value)?
            .try_into()
            .map_err(|_| Error::broken(format!("a column holds other than {N} bytes")))
    }
}
impl FromValue for Uuid {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Id(id) => Ok(id),
            Value::Bytes(bytes) => Self::from_slice(&bytes).map_err(Error::broken),
            other => wrong("an id", &other),
        }
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}
impl FromValue for Value {
    fn from_value(value: Value) -> Result<Self> {
        Ok(value)
    }
}

/// Parameters by name, without the `$`. Made by [`params!`](crate::params).
#[derive(Clone, Debug, Default)]
pub struct Params(pub Vec<(&'static str, Value)>);

impl Params {
    /// No parameters of its own.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }
    /// Adds a parameter; its presence switches on the filter of that name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl IntoValue) -> Self {
        self.0.push((name, value.into_value()));
        self
    }
    /// Adds a parameter if there is a value; without one the filter of that name stays off.
    #[must_use]
    pub fn filter(self, name: &'static str, value: Option<impl IntoValue>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    }
}

/// Named parameters: `params! { user: id, until: None::<Timestamp> }`.
#[macro_export]
macro_rules! params {
    ($($name:ident : $value:expr),* $(,)?) => {
        $crate::Params(vec![$((stringify!($name), $crate::IntoValue::into_value($value))),*])
    };
}

/// One row of an answer, read column by column in the statement's order.
#[derive(Debug)]
pub struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }
    /// The next column.
    ///
    /// # Errors
    /// `Broken` when there is none, or it is of another kind.
    pub fn read<T: FromValue>(&mut self) -> Result<T> {
        let value = self.0.next().ok_or_else(|| Error::broken("a row has fewer columns than were read"))?;
        T::from_value(value)
    }
    /// How many columns have not been read yet.
    #[must_use]
    pub fn left(&self) -> usize {
        self.0.len()
    }
}

/// What a row is read into. Made for a struct by [`from_row!`](crate::from_row), and there for tuples.
pub trait FromRow: Sized {
    /// Reads the columns in order.
    ///
    /// # Errors
    /// `Broken` when the columns do not fit.
    fn from_row(row: &mut Row) -> Result<Self>;
}

/// Reads a struct's named fields from a row, in the order written: `from_row!(UserRow { id, name, state })`.
#[macro_export]
macro_rules! from_row {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::FromRow for $name {
            fn from_row(row: &mut $crate::Row) -> $crate::Result<Self> {
                Ok(Self { $($field: row.read()?),* })
            }
        }
    };
}

macro_rules! tuples {
    ($(($($t:ident),+))*) => {$(
        impl<$($t: FromValue),+> FromRow for ($($t,)+) {
            fn from_row(row: &mut Row) -> Result<Self> {
                Ok(($(row.read::<$t>()?,)+))
            }
        }
    )*};
}
tuples! { (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) (A, B, C, D, E, F, G) (A, B, C, D, E, F, G, H) }
