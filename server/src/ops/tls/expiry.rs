//! When a certificate ends, read from its DER form (X.509, RFC 5280 section 4.1): so little that no parser of all of
//! it is needed. What cannot be read is `None`; whether a certificate is good is for whoever connects to say.

use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The certificate's notAfter.
pub fn not_after(certificate: &[u8]) -> Option<Timestamp> {
    let (_, certificate, _) = element(certificate)?;
    let (tag, signed, _) = element(certificate)?;
    if tag != SEQUENCE {
        return None;
    }
    let (tag, _, after_version) = element(signed)?;
    let (_, _, after_serial) = element(if tag == VERSION { after_version } else { signed })?;
    let (_, _, after_algorithm) = element(after_serial)?;
    let (_, _, after_issuer) = element(after_algorithm)?;
    let (_, validity, _) = element(after_issuer)?;
    let (_, _, after_start) = element(validity)?;
    let (tag, end, _) = element(after_start)?;
    time(tag, end)
}

/// The first element: its tag, its content, and what comes after it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if bytes.len() > 4 {
            return None;
        }
        (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
    };
    let (content, after) = rest.split_at_checked(length)?;
    Some((tag, content, after))
}

/// `YYMMDDHHMMSSZ` (years 1950 to 2049) or `YYYYMMDDHHMMSSZ`.
fn time(tag: u8, text: &[u8]) -> Option<Timestamp> {
    let digits = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match tag {
        UTC_TIME => {
            let (year, rest) = digits.split_at_checked(2)?;
            let year: i16 = year.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        GENERALIZED_TIME => {
            let (year, rest) = digits.split_at_checked(4)?;
            (year.parse().ok()?, rest)
        }
        _ => return None,
    };
    civil(year, rest)?.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp())
}

fn civil(year: i16, digits: &str) -> Option<DateTime> {
    let two = |at: usize| digits.get(at..at + 2)?.parse::<i8>().ok();
    let fits = digits.len() == 10 && (1..=12).contains(&two(0)?) && (1..=31).contains(&two(2)?);
    let fits = fits && two(4)? < 24 && two(6)? < 60 && two(8)? < 60;
    if !fits || jiff::civil::Date::new(year, two(0)?, two(2)?).is_err() {
        return None;
    }
    Some(date(year, two(0)?, two(2)?).at(two(4)?, two(6)?, two(8)?, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::tls::tests as testdata;

    #[test]
    fn the_end_of_a_certificate_is_read() {
        let end = not_after(&testdata::der(testdata::FIRST.0)).unwrap();
        assert_eq!(end.to_string(), testdata::FIRST_ENDS);
    }

    #[test]
    fn a_certificate_cut_anywhere_has_no_end_and_does_no_harm() {
        let whole = testdata::der(testdata::FIRST.0);
        for cut in 0..whole.len() {
            assert_eq!(not_after(&whole[..cut]), None, "cut at {cut}");
        }
        assert_eq!(not_after(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), None);
    }

    #[test]
    fn both_forms_of_time_are_read() {
        assert_eq!(time(UTC_TIME, b"260617120000Z").unwrap().to_string(), "2026-06-17T12:00:00Z");
        assert_eq!(time(UTC_TIME, b"991231235959Z").unwrap().to_string(), "1999-12-31T23:59:59Z");
        assert_eq!(time(GENERALIZED_TIME, b"20560101000000Z").unwrap().to_string(), "2056-01-01T00:00:00Z");
        for wrong in
            ["", "Z", "2606171200Z", "260617120000", "261317120000Z", "260230120000Z", "26061712000åZ"]
        {
            assert_eq!(time(UTC_TIME, wrong.as_bytes()), None, "{wrong}");
        }
    }
}
