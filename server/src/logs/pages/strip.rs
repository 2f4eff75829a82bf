//! The strip above a log: what the filters find over time, the chosen time marked; each bar leads to exactly its time.

use crate::logs::counting::{Bar as Counted, Counted as Counts};
use crate::ui::picture::{Bar, Strip};
use crate::ui::{Address, Locale};
use kernel::Timestamp;

/// A moment for an address: local, with its distance to UTC, so that it is the same one for everybody and in both hours of the
/// night when clocks are set back.
pub(super) fn moment(t: &Locale, at: Timestamp) -> String {
    at.to_jiff().to_zoned(t.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string()
}

/// A moment as a person reads it, to the second; with its distance to UTC where two moments bear that name.
pub(super) fn said(t: &Locale, at: Timestamp) -> String {
    let local = t.zone.to_datetime(at.to_jiff());
    let twice = t.zone.to_ambiguous_timestamp(local).is_ambiguous();
    let zone = at.to_jiff().to_zoned(t.zone.clone()).strftime(" %:z").to_string();
    format!("{}{}", t.second(at.to_jiff()), if twice { zone.as_str() } else { "" })
}

/// The strip; none where there is nothing to count.
pub(super) fn strip(t: &Locale, here: &Address, counts: &Counts) -> Option<Strip> {
    let (first, last) = (counts.bars.first()?, counts.bars.last()?);
    let bar = |bar: &Counted| {
        let stretch = bar.stretch;
        let href = here
            .without(&["time", "from", "open"])
            .with("since", moment(t, stretch.since))
            .with("until", moment(t, stretch.until));
        let said = [
            ("at", t.second(stretch.since.to_jiff()).into()),
            ("until", t.second(stretch.until.to_jiff()).into()),
            ("all", bar.all.into()),
            ("bad", bar.bad.into()),
        ];
        Bar {
            href: href.to_string(),
            title: t.say_with(if bar.known { "logs-bar" } else { "logs-bar-unknown" }, &said),
            all: bar.all.unsigned_abs(),
            bad: bar.bad.unsigned_abs(),
            chosen: stretch.chosen,
            unknown: !bar.known,
        }
    };
    let edges = counts.bars.iter().map(|bar| bar.stretch.since);
    let middle = edges.clone().nth(counts.bars.len() / 2).unwrap_or(first.stretch.since);
    let short = last.stretch.until.seconds_since(first.stretch.since) < SECONDS_SHOWN_BELOW;
    let tick = |at: Timestamp| if short { t.second(at.to_jiff()) } else { t.minute(at.to_jiff()) };
    let ticks = [first.stretch.since, middle, last.stretch.until].map(tick);
    Some(Strip::new(t.say("logs-strip"), counts.bars.iter().map(bar).collect(), ticks.to_vec()))
}

/// A strip of less than this tells its times to the second.
const SECONDS_SHOWN_BELOW: i64 = 48 * 60;

/// What the counts do not hold, in sentences.
pub(super) fn notes(t: &Locale, counts: &Counts) -> Vec<String> {
    let since = counts.known_since().map(|at| t.say1("logs-strip-since", "at", t.second(at.to_jiff())));
    let loose = counts.loose.then(|| t.say("logs-strip-loose"));
    since.into_iter().chain(loose).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Language;

    #[test]
    fn a_moment_keeps_its_second_and_its_side_of_the_night_when_clocks_are_set_back() {
        let t = Locale::new(Language::Sv, "Europe/Stockholm");
        // 25 October 2026 02:30:15, once in summer time and an hour later in winter time.
        let summer = Timestamp(1_792_888_215_000_000);
        let winter = summer.plus_seconds(3600);
        assert_eq!(moment(&t, summer), "2026-10-25T02:30:15+02:00");
        assert_eq!(moment(&t, winter), "2026-10-25T02:30:15+01:00");
        assert!(said(&t, summer).ends_with("02:30:15 +02:00"), "{}", said(&t, summer));
        assert!(said(&t, winter).ends_with("02:30:15 +01:00"), "{}", said(&t, winter));
        assert!(said(&t, winter.plus_seconds(3600)).ends_with("03:30:15"));
        for at in [summer, winter, Timestamp(summer.0 + 250_000)] {
            let read: jiff::Timestamp = moment(&t, at).parse().unwrap();
            assert_eq!(read.as_microsecond(), at.0);
        }
    }
}
