//! A recording: one wave a channel, what is masked hatched, what each person heard as a line below.

use std::fmt::Write;

use askama::Template;

use super::component;

/// Drawn width; the height of a channel is 48.
const WIDTH: f64 = 1000.0;

/// One speaker's channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Who speaks.
    pub label: String,
    /// Loudness over time, evenly spread over the whole recording, 0–255.
    pub peaks: Vec<u8>,
}

/// A stretch of a recording, in seconds.
#[derive(Clone, Debug)]
pub struct Span {
    /// Start in seconds.
    pub from_s: f64,
    /// End in seconds.
    pub to_s: f64,
    /// What it is, shown on hover: "card number masked", "heard by Åsa 23 nov 14:05".
    pub title: String,
}

/// A waveform.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/wave.html")]
pub struct Wave {
    label: String,
    length_s: f64,
    channels: Vec<Channel>,
    masked: Vec<Span>,
    heard: Vec<(String, Vec<Span>)>,
    player: Option<String>,
}

impl Wave {
    /// A recording of `length_s` seconds.
    pub fn new(label: impl Into<String>, length_s: f64, channels: Vec<Channel>) -> Wave {
        let masked = Vec::new();
        Wave {
            label: label.into(),
            length_s: length_s.max(0.1),
            channels,
            masked,
            heard: Vec::new(),
            player: None,
        }
    }

    /// Stretches without sound, on purpose.
    pub fn masked(mut self, spans: Vec<Span>) -> Wave {
        self.masked = spans;
        self
    }

    /// What one person heard.
    pub fn heard(mut self, who: impl Into<String>, spans: Vec<Span>) -> Wave {
        self.heard.push((who.into(), spans));
        self
    }

    /// The id of the `<audio>` that a click moves and whose position is shown.
    pub fn player(mut self, id: impl Into<String>) -> Wave {
        self.player = Some(id.into());
        self
    }

    /// Where a span starts and ends in the drawing; what lies outside the recording is cut.
    fn place(&self, span: &Span) -> (f64, f64) {
        let at = |seconds: f64| (seconds / self.length_s).clamp(0.0, 1.0) * WIDTH;
        (at(span.from_s), at(span.to_s))
    }

    fn x(&self, span: &Span) -> String {
        format!("{:.1}", self.place(span).0)
    }

    /// Never less than two units: what was heard for a moment must be seen too.
    fn wide(&self, span: &Span) -> String {
        let (from, to) = self.place(span);
        format!("{:.1}", (to - from).max(2.0))
    }

    /// Lines across a masked stretch.
    fn hatch(&self, span: &Span) -> String {
        let (from, to) = self.place(span);
        let mut path = String::new();
        for i in 0..((to - from) / 5.0).clamp(1.0, 200.0) as u32 {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{:.1} 0v48", from + 2.5 + f64::from(i) * 5.0);
        }
        path
    }

    /// The outline of one channel, mirrored about its middle.
    fn path(&self, channel: &Channel) -> String {
        let step = WIDTH / channel.peaks.len().max(1) as f64;
        let mut path = String::with_capacity(channel.peaks.len() * 12);
        for (i, peak) in channel.peaks.iter().enumerate() {
            let half = f64::from(*peak) / 255.0 * 22.0 + 0.5;
            let x = (i as f64 + 0.5) * step;
            // Writing to a String cannot fail.
            let _ = write!(path, "M{x:.1} {:.1}v{:.1}", 24.0 - half, half * 2.0);
        }
        path
    }
}

component!(Wave);
