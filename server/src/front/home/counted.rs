//! Hours of sign-ins, summed by the reader's own days: what is ordinary, and whether today is.

use crate::logs::queries::Hour;
use crate::ui::Locale;
use jiff::ToSpan;
use jiff::civil::Date;
use kernel::Timestamp;
use std::collections::BTreeMap;

/// Fewer refused sign-ins in a day are never called many.
const FEW: i64 = 10;
/// So many times an ordinary day is many.
const MANY_TIMES: i64 = 3;
/// Refused openings in a day that are worth a look.
pub const MANY_DOORS: i64 = 20;

/// One day of sign-ins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Good ones.
    pub good: i64,
    /// Refused ones.
    pub bad: i64,
}

/// Sign-ins by day and hour.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Today, as the reader has it.
    pub today: Date,
    /// Each day that had any.
    pub days: BTreeMap<Date, Day>,
    /// By weekday, Monday first, and hour: good and refused ones.
    pub week: [[Day; 24]; 7],
    /// Refused today up to now.
    pub refused: i64,
    /// What an ordinary day of this weekday has by now; none before there was one.
    pub ordinary: Option<i64>,
    /// The hour of today that had most refused ones.
    pub worst: Option<Timestamp>,
    /// Refused openings today.
    pub doors: i64,
}

impl Counted {
    /// Sums the hours.
    #[must_use]
    pub fn of(t: &Locale, now: Timestamp, hours: &[Hour]) -> Counted {
        let here = t.zone.to_datetime(now.to_jiff());
        let today = here.date();
        let mut all = Counted {
            today,
            days: BTreeMap::new(),
            week: [[Day::default(); 24]; 7],
            refused: 0,
            ordinary: None,
            worst: None,
            doors: 0,
        };
        let mut by_now: BTreeMap<Date, i64> = BTreeMap::new();
        let mut worst = 0;
        for one in hours {
            let begin = Timestamp(one.hour * 3_600_000_000);
            let local = t.zone.to_datetime(begin.to_jiff());
            let is_today = local.date() == today;
            match one.name.as_str() {
                "door.refused" if is_today => all.doors += one.n,
                "door.refused" => {}
                name => {
                    let bad = name == "sign-in.refused";
                    all.add(local, one.n, bad);
                    if bad && local.hour() <= here.hour() {
                        *by_now.entry(local.date()).or_default() += one.n;
                    }
                    if bad && is_today && one.n > worst {
                        (worst, all.worst) = (one.n, Some(begin));
                    }
                }
            }
        }
        all.refused = by_now.get(&today).copied().unwrap_or(0);
        all.ordinary = all.usual(&by_now);
        all
    }

    fn add(&mut self, local: jiff::civil::DateTime, n: i64, bad: bool) {
        let day = self.days.entry(local.date()).or_default();
        let weekday = usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or(0);
        let hour = usize::try_from(local.hour()).unwrap_or(0);
        let square = self.week.get_mut(weekday).and_then(|hours| hours.get_mut(hour));
        for one in [Some(day), square].into_iter().flatten() {
            if bad {
                one.bad += n;
            } else {
                one.good += n;
            }
        }
    }

    /// The middle of the same weekdays before, each up to the same hour; of days before the first sign-in nothing is known.
    fn usual(&self, by_now: &BTreeMap<Date, i64>) -> Option<i64> {
        let first = *self.days.keys().next()?;
        let weeks = (1..=super::facts::WEEKS).filter_map(|n| self.today.checked_sub((n * 7).days()).ok());
        let mut seen: Vec<i64> =
            weeks.filter(|day| *day >= first).map(|day| by_now.get(&day).copied().unwrap_or(0)).collect();
        seen.sort_unstable();
        seen.get(seen.len() / 2).copied()
    }

    /// Whether more were refused today than one should leave alone.
    #[must_use]
    pub fn many(&self) -> bool {
        self.refused >= FEW && self.ordinary.is_none_or(|usual| self.refused >= MANY_TIMES * usual.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Language;

    fn hour(name: &str, at: &str, n: i64) -> Hour {
        let at: jiff::Timestamp = at.parse().unwrap();
        Hour { name: name.into(), hour: at.as_second() / 3600, n }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn a_day_is_ordinary_or_not_against_the_same_weekdays_up_to_the_same_hour() {
        let t = Locale::new(Language::Sv, "Europe/Stockholm");
        let mut hours: Vec<Hour> = ["2026-10-28", "2026-11-04", "2026-11-11", "2026-11-18"]
            .iter()
            .zip([3, 5, 4, 90])
            .map(|(day, n)| hour("sign-in.refused", &format!("{day}T07:00:00Z"), n))
            .collect();
        // Later in the day than now: not compared with.
        hours.push(hour("sign-in.refused", "2026-11-11T20:00:00Z", 500));
        hours.push(hour("sign-in.refused", "2026-11-25T01:00:00Z", 40));
        hours.push(hour("door.refused", "2026-11-24T23:30:00Z", 2));
        let counted = Counted::of(&t, at("2026-11-25T13:05:00Z"), &hours);
        assert_eq!((counted.refused, counted.ordinary, counted.doors), (40, Some(5), 2));
        assert_eq!(counted.worst, Some(at("2026-11-25T01:00:00Z")));
        assert!(counted.many());
        assert_eq!(counted.week[2][2].bad, 40, "Wednesday, two o'clock in Stockholm");
        assert_eq!(counted.days.len(), 5);
    }

    #[test]
    fn a_few_are_never_many_and_before_a_week_nothing_is_ordinary() {
        let t = Locale::new(Language::En, "UTC");
        let few = [hour("sign-in.refused", "2026-11-25T01:00:00Z", 9)];
        let counted = Counted::of(&t, at("2026-11-25T13:05:00Z"), &few);
        assert_eq!((counted.ordinary, counted.many()), (None, false));
    }
}
