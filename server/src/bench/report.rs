//! The table of figures: what was measured, what it should be, and whether it is.

use super::gauge::median;
use crate::ui::Locale;
use serde_json::{Value, json};

/// What a figure should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name; the sentence `bench-row-…` explains it.
    pub key: String,
    /// The median.
    pub value: f64,
    /// The least and the most of the runs.
    pub spread: (f64, f64),
    /// The unit.
    pub unit: &'static str,
    /// What it should be.
    pub bound: Option<Bound>,
}

impl Row {
    /// A figure of one run.
    #[must_use]
    pub fn new(key: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { key: key.into(), value, spread: (value, value), unit, bound: None }
    }
    /// A figure of several runs.
    #[must_use]
    pub fn of(key: impl Into<String>, values: &[f64], unit: &'static str) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self { key: key.into(), value: median(values), spread: (least, most), unit, bound: None }
    }
    /// What it should be no more than.
    #[must_use]
    pub fn at_most(mut self, bound: f64) -> Self {
        self.bound = Some(Bound::AtMost(bound));
        self
    }
    /// What it should be no less than.
    #[must_use]
    pub fn at_least(mut self, bound: f64) -> Self {
        self.bound = Some(Bound::AtLeast(bound));
        self
    }
    /// Whether it is as it should be.
    #[must_use]
    pub fn kept(&self) -> Option<bool> {
        self.bound.map(|bound| match bound {
            Bound::AtMost(most) => self.value <= most,
            Bound::AtLeast(least) => self.value >= least,
        })
    }
    fn json(&self) -> Value {
        let (at_most, at_least) = match self.bound {
            Some(Bound::AtMost(most)) => (Some(most), None),
            Some(Bound::AtLeast(least)) => (None, Some(least)),
            None => (None, None),
        };
        json!({
            "key": self.key, "value": rounded(self.value), "unit": self.unit, "least": rounded(self.spread.0),
            "most": rounded(self.spread.1), "at_most": at_most, "at_least": at_least, "kept": self.kept(),
        })
    }
}

/// Three decimals are more than a measurement holds.
fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

/// All figures of one call.
#[derive(Clone, Debug)]
pub struct Report {
    engine: &'static str,
    entries: i64,
    rows: Vec<Row>,
}

impl Report {
    /// An empty table.
    #[must_use]
    pub fn new(postgres: bool, entries: i64) -> Self {
        Self { engine: if postgres { "postgres" } else { "sqlite" }, entries, rows: Vec::new() }
    }
    /// One figure more.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }
    /// For programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        json!({
            "version": env!("CARGO_PKG_VERSION"), "engine": self.engine, "entries": self.entries, "cores": cores,
            "built": if cfg!(debug_assertions) { "debug" } else { "release" },
            "rows": self.rows.iter().map(Row::json).collect::<Vec<_>>(),
        })
    }
    /// For people: a line for each figure.
    #[must_use]
    pub fn text(&self, t: &Locale) -> String {
        let mut out = String::new();
        for row in &self.rows {
            let bound = match row.bound {
                Some(Bound::AtMost(most)) => t.say1("bench-at-most", "n", figure(most)),
                Some(Bound::AtLeast(least)) => t.say1("bench-at-least", "n", figure(least)),
                None => String::new(),
            };
            let kept = match row.kept() {
                Some(true) => t.say("bench-kept"),
                Some(false) => t.say("bench-missed"),
                None => String::new(),
            };
            let (key, unit) = (&row.key, row.unit);
            let line = format!("{key:<44} {:>12} {unit:<10} {bound:<18} {kept}", figure(row.value));
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

fn figure(value: f64) -> String {
    match value.abs() {
        0.0..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_whether_its_bound_is_kept() {
        let row = Row::of("x", &[3.0, 1.0, 2.0], "ms");
        assert_eq!((row.value, row.spread, row.kept()), (2.0, (1.0, 3.0), None));
        assert_eq!(row.clone().at_most(2.0).kept(), Some(true));
        assert_eq!(row.at_least(2.5).kept(), Some(false));
    }
}
