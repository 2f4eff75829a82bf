//! Long work: a bar with counts, that can be left, come back to, and stopped.

use askama::Template;

use super::state::Tone;
use super::{Locale, component};

/// Work under way or over. Its own address gives the same element again, so that the script can ask
/// for it every second until it no longer says to; without script the page reloads itself
/// (`Shell::reload_s`).
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/progress.html")]
pub struct Progress {
    id: String,
    label: String,
    done: u64,
    total: u64,
    counts: String,
    poll: Option<String>,
    stop: Option<(String, String)>,
    over: Option<(Tone, String)>,
}

impl Progress {
    /// `total` 0 means that it is not known yet.
    pub fn new(
        t: &Locale,
        id: impl Into<String>,
        label: impl Into<String>,
        done: u64,
        total: u64,
    ) -> Progress {
        let counts = match total {
            0 => t.number(done),
            _ => t.say_with("ui-progress", &[("done", done.into()), ("total", total.into())]),
        };
        Progress {
            id: id.into(),
            label: label.into(),
            done,
            total,
            counts,
            poll: None,
            stop: None,
            over: None,
        }
    }

    /// Still going: ask again at `href`.
    pub fn going(mut self, href: impl Into<String>) -> Progress {
        self.poll = Some(href.into());
        self
    }

    /// Can be stopped by a POST to `action`.
    pub fn stop(mut self, t: &Locale, action: impl Into<String>) -> Progress {
        self.stop = Some((action.into(), t.say("ui-stop")));
        self
    }

    /// Over, with its outcome as a sentence.
    pub fn over(mut self, tone: Tone, outcome: impl Into<String>) -> Progress {
        self.over = Some((tone, outcome.into()));
        self.poll = None;
        self.stop = None;
        self
    }
}

component!(Progress);
