//! Canonical JSON: one value, one text. It is RFC 8785 but for three points: keys are sorted by their UTF-8 bytes (RFC
//! 8785: by UTF-16 units), integers of 64 bits are written exactly (RFC 8785: as doubles), and there are no other numbers.

#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::{Map, Value};

use crate::scan::Scan;

/// The deepest nesting that is read, in levels; what `serde_json` reads as a rule stays below it.
pub const DEPTH_MAX: usize = 128;

/// Where a text departs from the canonical form, and what should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCanonical {
    /// The byte, counted from 0.
    pub at: usize,
    /// What the canonical form has there.
    pub what: &'static str,
}

impl fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not canonical at byte {}: expected {}", self.at, self.what)
    }
}

impl std::error::Error for NotCanonical {}

/// Whether these bytes are the canonical text of a value, at most [`DEPTH_MAX`] levels deep.
pub fn check_canonical(bytes: &[u8]) -> Result<(), NotCanonical> {
    let text = utf8(bytes)?;
    let mut scan = Scan::new(text);
    scan.value()?;
    scan.end()
}

pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, NotCanonical> {
    std::str::from_utf8(bytes).map_err(|bad| NotCanonical { at: bad.valid_up_to(), what: "UTF-8" })
}

/// The canonical text of a value: UTF-8, no whitespace, keys sorted by their bytes.
///
/// Integers from -2^63 to 2^64-1 are written in full. Any other number has no canonical form and is written as a
/// *string* holding its shortest decimal text (`1.5` becomes `"1.5"`), because an entry must never fail for it.
pub fn canonical(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(128);
    canonical_into(&mut out, value);
    out
}

fn canonical_into(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) if number.is_i64() || number.is_u64() => {
            out.extend_from_slice(number.to_string().as_bytes())
        }
        Value::Number(number) => string_into(out, &number.to_string()),
        Value::String(text) => string_into(out, text),
        Value::Array(items) => array_into(out, items),
        Value::Object(fields) => object_into(out, fields),
    }
}

fn array_into(out: &mut Vec<u8>, items: &[Value]) {
    out.push(b'[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        canonical_into(out, item);
    }
    out.push(b']');
}

fn object_into(out: &mut Vec<u8>, fields: &Map<String, Value>) {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_unstable_by_key(|(key, _)| key.as_bytes());
    out.push(b'{');
    for (i, (key, value)) in fields.into_iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        string_into(out, key);
        out.push(b':');
        canonical_into(out, value);
    }
    out.push(b'}');
}

/// A string with RFC 8785's escapes: `\" \\ \b \t \n \f \r`, `\u00xx` (lower case) for other control characters below
/// U+0020, everything else as it is.
pub(crate) fn string_into(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut plain = 0;
    for (i, &byte) in bytes.iter().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[plain..i]);
        plain = i + 1;
        match short_escape(byte) {
            Some(letter) => out.extend_from_slice(&[b'\\', letter]),
            None => {
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(byte >> 4)]);
                out.push(HEX[usize::from(byte & 15)]);
            }
        }
    }
    out.extend_from_slice(&bytes[plain..]);
    out.push(b'"');
}

fn short_escape(byte: u8) -> Option<u8> {
    match byte {
        b'"' | b'\\' => Some(byte),
        0x08 => Some(b'b'),
        b'\t' => Some(b't'),
        b'\n' => Some(b'n'),
        0x0c => Some(b'f'),
        b'\r' => Some(b'r'),
        _ => None,
    }
}
