//! The two ways proxies state where a request came from, read from the right: nearest hop first.
//!
//! A hop that cannot be read is `None`; the walk ends there.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};

use super::lines_from_last;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The hops of `X-Forwarded-For`, nearest first.
pub fn x_forwarded_for(headers: &HeaderMap) -> Box<dyn Iterator<Item = Option<IpAddr>> + '_> {
    Box::new(lines_from_last(headers, &X_FORWARDED_FOR).flat_map(|line| line.rsplit(',')).map(node))
}

/// The hops of `Forwarded`, nearest first.
pub fn forwarded(headers: &HeaderMap) -> Box<dyn Iterator<Item = Option<IpAddr>> + '_> {
    let elements = lines_from_last(headers, &header::FORWARDED).flat_map(elements_from_last);
    Box::new(elements.map(|element| parameter(element, "for").and_then(|value| node(&value))))
}

/// Whether the nearest proxy states that its client's connection was encrypted.
pub fn x_forwarded_proto(headers: &HeaderMap) -> Option<bool> {
    let last = lines_from_last(headers, &X_FORWARDED_PROTO).next()?.rsplit(',').next()?;
    encrypted(last)
}

/// The same from the nearest element of `Forwarded`.
pub fn forwarded_proto(headers: &HeaderMap) -> Option<bool> {
    let last = lines_from_last(headers, &header::FORWARDED).next()?;
    encrypted(&parameter(elements_from_last(last).next()?, "proto")?)
}

fn encrypted(proto: &str) -> Option<bool> {
    match proto.trim().to_ascii_lowercase().as_str() {
        "https" => Some(true),
        "http" => Some(false),
        _ => None,
    }
}

/// An address with or without a port, IPv6 with or without brackets (RFC 7239 section 6).
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

/// Splits at the commas outside quotes, last element first (RFC 7239 section 4).
fn elements_from_last(line: &str) -> impl Iterator<Item = &str> {
    split_outside_quotes(line, b',').into_iter().rev()
}

/// The value of one parameter of an element, quotes taken off; the name in any case.
fn parameter(element: &str, name: &str) -> Option<String> {
    split_outside_quotes(element, b';').into_iter().find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn split_outside_quotes(text: &str, separator: u8) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if byte == separator && !quoted => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}
