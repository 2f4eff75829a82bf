//! Addresses within the product: a path and its query, changed one parameter at a time.
//!
//! Filters, sorting, hidden columns and the open drawer live in the address, so that a colleague
//! sees the same page. Parameters keep their order; writing percent-encodes them (RFC 3986).

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path with query parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Address {
    /// The bare path.
    pub fn new(path: impl Into<String>) -> Address {
        Address { path: path.into(), pairs: Vec::new() }
    }

    /// Reads `path?query`; at most 64 parameters are kept.
    pub fn parse(text: &str) -> Address {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let pairs = query.split('&').filter(|part| !part.is_empty()).take(64).map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name), decode(value))
        });
        Address { path: path.to_owned(), pairs: pairs.collect() }
    }

    /// The first value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// All parameters, for hidden form fields that carry the other filters along.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The same address with `name` set to `value`, in its old place if it had one.
    pub fn with(&self, name: &str, value: impl fmt::Display) -> Address {
        let mut next = self.clone();
        match next.pairs.iter_mut().find(|(n, _)| n == name) {
            Some(pair) => pair.1 = value.to_string(),
            None => next.pairs.push((name.to_owned(), value.to_string())),
        }
        next
    }

    /// The same address without the named parameters.
    pub fn without(&self, names: &[&str]) -> Address {
        let mut next = self.clone();
        next.pairs.retain(|(n, _)| !names.contains(&n.as_str()));
        next
    }

    /// The same address with `item` put into, or taken out of, a comma-separated parameter.
    pub fn toggle(&self, name: &str, item: &str) -> Address {
        let mut items: Vec<&str> =
            self.get(name).unwrap_or_default().split(',').filter(|i| !i.is_empty()).collect();
        match items.iter().position(|i| *i == item) {
            Some(at) => drop(items.remove(at)),
            None => items.push(item),
        }
        let joined = items.join(",");
        if joined.is_empty() { self.without(&[name]) } else { self.with(name, joined) }
    }

    /// Whether a comma-separated parameter holds `item`.
    pub fn has(&self, name: &str, item: &str) -> bool {
        self.get(name).is_some_and(|list| list.split(',').any(|i| i == item))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for (i, (name, value)) in self.pairs.iter().enumerate() {
            let mark = if i == 0 { '?' } else { '&' };
            write!(f, "{mark}{}={}", utf8_percent_encode(name, QUERY), utf8_percent_encode(value, QUERY))?;
        }
        Ok(())
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.to_string()
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
