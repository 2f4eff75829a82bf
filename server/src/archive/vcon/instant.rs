//! Times and lengths.

use super::node::Node;
use super::{Fault, MAX_DURATION_SECONDS, MAX_WORD_CHARS};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// 1970-01-01 and 2100-01-01, in seconds since 1970: nothing before the one or from the other on is a true time.
const SECONDS: std::ops::Range<i64> = 0..4_102_444_800;

/// A time as RFC 3339 writes it. Without a zone it is UTC.
pub(super) fn of(node: &Node<'_>) -> Option<Timestamp> {
    let text = node.text(MAX_WORD_CHARS)?;
    let text = text.trim();
    let Some(at) = text.parse::<Timestamp>().ok().or_else(|| without_zone(text)) else {
        node.wrong(Fault::NotATime);
        return None;
    };
    if !SECONDS.contains(&at.as_second()) {
        node.wrong(Fault::TimeOutOfRange);
        return None;
    }
    Some(at)
}

fn without_zone(text: &str) -> Option<Timestamp> {
    let civil: DateTime = text.parse().ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Seconds, with a fraction.
pub(super) fn length(node: &Node<'_>) -> Option<Duration> {
    let seconds = node.number()?;
    if !(0.0..=MAX_DURATION_SECONDS).contains(&seconds) {
        node.wrong(Fault::DurationOutOfRange);
        return None;
    }
    // A millisecond is finer than any writer means, and keeps 3.4 from becoming 3.399999.
    Some(Duration::from_millis((seconds * 1000.0).round() as u64))
}

/// `at` and so much later.
pub(super) fn after(at: Timestamp, length: Option<Duration>) -> Timestamp {
    let length = SignedDuration::try_from(length.unwrap_or_default()).unwrap_or_default();
    at.saturating_add(length).unwrap_or(at)
}
