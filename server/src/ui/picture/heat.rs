//! Hours across, weekdays down; the darker, the more. Working hours are outlined.

use std::ops::Range;

use askama::Template;

use super::{Locale, component};

/// A week of counts.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/heat.html")]
pub struct Heat {
    t: Locale,
    label: String,
    counts: [[u64; 24]; 7],
    work: [Option<Range<u8>>; 7],
    most: u64,
}

/// One drawn square.
struct Square {
    x: usize,
    y: usize,
    /// Darkness, 0–5.
    level: u64,
    title: String,
}

impl Heat {
    /// `counts[weekday][hour]`, Monday first, hours in the reader's zone.
    pub fn new(t: Locale, label: impl Into<String>, counts: [[u64; 24]; 7]) -> Heat {
        let most = counts.iter().flatten().copied().max().unwrap_or(0);
        Heat { t, label: label.into(), counts, work: Default::default(), most }
    }

    /// Outlines the working hours of a weekday (0 is Monday).
    pub fn work(mut self, weekday: usize, hours: Range<u8>) -> Heat {
        if let Some(day) = self.work.get_mut(weekday) {
            *day = Some(hours);
        }
        self
    }

    fn squares(&self) -> Vec<Square> {
        let mut squares = Vec::with_capacity(168);
        for (day, hours) in self.counts.iter().enumerate() {
            for (hour, n) in hours.iter().enumerate() {
                let level = if *n == 0 { 0 } else { 1 + (n * 4).div_ceil(self.most.max(1)).min(4) };
                let title =
                    format!("{} {hour:02}–{:02}: {}", self.t.weekday(day), hour + 1, self.t.number(*n));
                squares.push(Square { x: 36 + hour * 20, y: 20 + day * 20, level, title });
            }
        }
        squares
    }

    fn days(&self) -> Vec<(usize, String)> {
        (0..7).map(|day| (33 + day * 20, self.t.weekday(day))).collect()
    }

    fn hours(&self) -> Vec<(usize, String)> {
        (0..24).step_by(3).map(|h| (36 + h * 20, format!("{h:02}"))).collect()
    }

    /// Working hours: neighbouring days with the same hours share one outline.
    fn outlines(&self) -> Vec<(usize, usize, usize, usize)> {
        let mut drawn: Vec<(Range<u8>, usize, usize)> = Vec::new();
        for (day, hours) in self.work.iter().enumerate() {
            let Some(hours) = hours else { continue };
            match drawn.last_mut() {
                Some((same, _, last)) if same == hours && *last + 1 == day => *last = day,
                _ => drawn.push((hours.clone(), day, day)),
            }
        }
        let place = |(h, first, last): (Range<u8>, usize, usize)| {
            (35 + usize::from(h.start) * 20, 19 + first * 20, h.len() * 20, (last + 1 - first) * 20)
        };
        drawn.into_iter().map(place).collect()
    }
}

component!(Heat);
