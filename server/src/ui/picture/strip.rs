//! Counts over time as bars; each bar is a link that narrows the page to its time.

use askama::Template;

use super::component;

/// One stretch of time.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Where choosing it leads.
    pub href: String,
    /// The stretch and its counts in words: "23 nov 14–15: 120 good, 4 refused".
    pub title: String,
    /// Everything that happened.
    pub all: u64,
    /// Of these, what went wrong.
    pub bad: u64,
    /// Within the time the page shows.
    pub chosen: bool,
    /// Not all of it is counted.
    pub unknown: bool,
}

/// A bar strip above a log.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/strip.html")]
pub struct Strip {
    label: String,
    bars: Vec<Bar>,
    ticks: Vec<String>,
}

/// A bar as drawn: heights out of 48.
struct Drawn<'a> {
    bar: &'a Bar,
    x: usize,
    all: u64,
    bad: u64,
}

impl Strip {
    /// `ticks` are times written under the strip, evenly spread, first and last at its ends.
    /// At most 240 bars are drawn.
    pub fn new(label: impl Into<String>, bars: Vec<Bar>, ticks: Vec<String>) -> Strip {
        Strip { label: label.into(), bars: bars.into_iter().take(240).collect(), ticks }
    }

    fn width(&self) -> usize {
        self.bars.len().max(1) * 10
    }

    fn drawn(&self) -> Vec<Drawn<'_>> {
        let most = self.bars.iter().map(|b| b.all).max().unwrap_or(0).max(1);
        // Something that happened is never shorter than two units, or it could not be seen.
        let height = |n: u64| if n == 0 { 0 } else { (n * 48 / most).max(2) };
        let drawn = self.bars.iter().enumerate();
        drawn.map(|(i, bar)| Drawn { bar, x: i * 10, all: height(bar.all), bad: height(bar.bad) }).collect()
    }
}

component!(Strip);
