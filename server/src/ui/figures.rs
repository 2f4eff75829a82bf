//! Numbers, sizes, durations and times as the reader writes them.
//!
//! Swedish groups digits with a narrow no-break space and has a decimal comma; English groups with
//! a comma and has a decimal point. Times are shown in the reader's zone with the exact UTC time
//! on hover; "3 min ago" never stands alone.

use fluent_templates::fluent_bundle::FluentValue;
use jiff::Timestamp;

use super::html::Html;
use super::locale::{Language, Locale};

/// Narrow no-break space, U+202F.
const NARROW: char = '\u{202f}';
/// No-break space, U+00A0, between a figure and its unit.
const NBSP: char = '\u{a0}';

/// A moment, however the caller holds it.
pub trait Moment {
    /// The moment in UTC.
    fn moment(&self) -> Timestamp;
}

impl Moment for Timestamp {
    fn moment(&self) -> Timestamp {
        *self
    }
}

impl Moment for kernel::Timestamp {
    fn moment(&self) -> Timestamp {
        self.to_jiff()
    }
}

/// Microseconds since 1970 UTC, the stored form.
impl Moment for i64 {
    fn moment(&self) -> Timestamp {
        Timestamp::from_microsecond(*self).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// A whole number of any size; one too large for 64 bits with sign reads as the largest.
pub trait Whole {
    /// The number.
    fn whole(&self) -> i64;
}

macro_rules! whole {
    ($($kind:ty),+) => {$(
        impl Whole for $kind {
            fn whole(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )+};
}
whole!(i64, u64, usize, i32, u32, u16, u8);

impl<T: Whole> Whole for &T {
    fn whole(&self) -> i64 {
        (*self).whole()
    }
}

impl Locale {
    /// A whole number with its digits grouped: `12,345` or `12 345`.
    pub fn number(&self, n: impl Whole) -> String {
        group(n.whole(), self.language)
    }

    /// A number with `places` decimals: `1,234.5` or `1 234,5`.
    pub fn decimal(&self, n: f64, places: usize) -> String {
        let text = format!("{:.places$}", n.abs());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let sign = if n < 0.0 { "−" } else { "" };
        let whole = group(whole.parse().unwrap_or(i64::MAX), self.language);
        match (part, self.language) {
            ("", _) => format!("{sign}{whole}"),
            (part, Language::Sv) => format!("{sign}{whole},{part}"),
            (part, Language::En) => format!("{sign}{whole}.{part}"),
        }
    }

    /// A size in bytes, in powers of 1000: `640 B`, `1.2 MB`.
    pub fn bytes(&self, n: u64) -> String {
        const UNITS: [&str; 6] = ["B", "kB", "MB", "GB", "TB", "PB"];
        let mut value = n as f64;
        let mut unit = 0;
        while value >= 999.5 && unit + 1 < UNITS.len() {
            value /= 1000.0;
            unit += 1;
        }
        let places = usize::from(unit > 0 && value < 99.95);
        format!("{}{NBSP}{}", self.decimal(value, places), UNITS[unit])
    }

    /// A length in words: `45 s`, `3 min 7 s`, `2 h 5 min`, `4 d 3 h`; zero parts are left out.
    pub fn duration(&self, seconds: u64) -> String {
        let (d, h, m, s) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        let part = |n: u64, key: &str| (n > 0).then(|| format!("{n}{NBSP}{}", self.say(key)));
        let parts = match (d, h, m) {
            (0, 0, 0) => return format!("{s}{NBSP}{}", self.say("ui-unit-s")),
            (0, 0, _) => [part(m, "ui-unit-min"), part(s, "ui-unit-s")],
            (0, _, _) => [part(h, "ui-unit-h"), part(m, "ui-unit-min")],
            _ => [part(d, "ui-unit-d"), part(h, "ui-unit-h")],
        };
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// A position in a recording: `3:07`, `1:02:09`.
    pub fn clock(&self, seconds: u64) -> String {
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
    }

    /// The local date: `23 nov 2026`.
    pub fn date(&self, at: impl Moment) -> String {
        let z = self.zone.to_datetime(at.moment());
        format!("{}{NBSP}{}{NBSP}{}", z.day(), self.month(z.month()), z.year())
    }

    /// The local date and time as plain text: `23 nov 2026 14:05`.
    pub fn minute(&self, at: impl Moment) -> String {
        let z = self.zone.to_datetime(at.moment());
        format!("{} {:02}:{:02}", self.date(at.moment()), z.hour(), z.minute())
    }

    /// The local date and time to the second, as plain text: `23 nov 2026 14:05:09`.
    pub fn second(&self, at: impl Moment) -> String {
        let second = self.zone.to_datetime(at.moment()).second();
        format!("{}:{second:02}", self.minute(at.moment()))
    }

    /// The local date and time to the minute, exact UTC on hover.
    pub fn when(&self, at: impl Moment) -> Html {
        time(at.moment(), &self.minute(at.moment()))
    }

    /// The local date and time to the second, exact UTC on hover: for logs.
    pub fn when_exact(&self, at: impl Moment) -> Html {
        time(at.moment(), &self.second(at.moment()))
    }

    /// The local time, followed by how long ago it was, seen from `now`.
    pub fn when_ago(&self, at: impl Moment, now: impl Moment) -> Html {
        let ago = Html::text(&self.ago(at.moment(), now.moment()));
        Html::raw(format!("{} <span class=\"quiet\">{ago}</span>", self.when(at)))
    }

    /// `3 min ago`, `in 2 h`: only beside an absolute time.
    pub fn ago(&self, at: impl Moment, now: impl Moment) -> String {
        let seconds = now.moment().as_second() - at.moment().as_second();
        let length = seconds.unsigned_abs();
        let coarse = match length {
            0..45 => return self.say("ui-now"),
            45..3600 => (length + 30) / 60 * 60,
            3600..86_400 => length / 3600 * 3600,
            _ => length / 86_400 * 86_400,
        };
        let coarse = self.duration(coarse.max(60));
        self.say1(if seconds >= 0 { "ui-ago" } else { "ui-in" }, "length", coarse)
    }

    /// The short name of a month, 1–12.
    pub fn month(&self, month: i8) -> String {
        self.say(MONTHS[(month.clamp(1, 12) - 1) as usize])
    }

    /// The short name of a weekday, 0 is Monday.
    pub fn weekday(&self, day: usize) -> String {
        self.say(WEEKDAYS[day % 7])
    }
}

/// Keys of the short month names, January first.
pub(super) const MONTHS: [&str; 12] = [
    "ui-month-1",
    "ui-month-2",
    "ui-month-3",
    "ui-month-4",
    "ui-month-5",
    "ui-month-6",
    "ui-month-7",
    "ui-month-8",
    "ui-month-9",
    "ui-month-10",
    "ui-month-11",
    "ui-month-12",
];

/// Keys of the short weekday names, Monday first.
pub(super) const WEEKDAYS: [&str; 7] =
    ["ui-day-1", "ui-day-2", "ui-day-3", "ui-day-4", "ui-day-5", "ui-day-6", "ui-day-7"];

fn time(at: Timestamp, text: &str) -> Html {
    let exact = at.strftime("%Y-%m-%d %H:%M:%S%.3f UTC");
    Html::raw(format!("<time datetime=\"{at}\" title=\"{exact}\">{text}</time>"))
}

/// Groups the digits of `n` by three.
fn group(n: i64, language: Language) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + 8);
    if n < 0 {
        text.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(if language == Language::Sv { NARROW } else { ',' });
        }
        text.push(digit);
    }
    text
}

/// How numbers inside Swedish sentences are written.
pub(super) fn swedish<M>(value: &FluentValue, _: &M) -> Option<String> {
    in_sentence(value, Language::Sv)
}

/// How numbers inside English sentences are written.
pub(super) fn english<M>(value: &FluentValue, _: &M) -> Option<String> {
    in_sentence(value, Language::En)
}

fn in_sentence(value: &FluentValue, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value.fract() == 0.0 => Some(group(n.value as i64, language)),
        FluentValue::Number(n) if language == Language::Sv => Some(n.value.to_string().replace('.', ",")),
        _ => None,
    }
}
