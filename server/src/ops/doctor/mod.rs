//! `vaktbok doctor`: is this machine fit to run the program as configured, and what to do if not.
//!
//! - It changes nothing but a file of its own that it writes into the data folder and removes.
//! - It may run beside a running server.
//! - Every finding says what was looked at, how it is, and what to do; the worst decides the exit code.
//! - What it cannot know (whether the database answers) is added by whoever can, with [`Report::add`].

mod heads;
pub mod machine;
mod secrets;
#[cfg(test)]
mod tests;

use kernel::{Message, Timestamp};
use serde_json::{Value, json};

use super::config::Flags;
use super::config::{Config, Problem};
use super::places::Places;
use crate::ui::Locale;

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// It works, and will not for ever or not as well as it could.
    Warning,
    /// The program cannot run like this.
    Bad,
}

/// One thing looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at: the end of the key `doctor-check-…`.
    pub check: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// How it is in words, and what to do.
    pub message: Message,
}

/// Everything looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings, in the order they were made.
    pub findings: Vec<Finding>,
}

/// Days before its end from which a certificate is warned about.
const CERTIFICATE_DAYS: i64 = 14;
/// Days after which a database of places is old.
const PLACES_DAYS: i64 = 400;

/// Looks at everything that the configuration names. The configuration is handed back if it is whole, for the checks
/// that others add.
pub fn examine(flags: &Flags, now: Timestamp) -> (Report, Option<Config>) {
    let mut report = Report::default();
    match flags.load() {
        Err(problems) => {
            report.findings.extend(problems.into_iter().map(misconfigured));
            (report, None)
        }
        Ok(config) => {
            report.note("config", Verdict::Good, Message::new("doctor-config-good"));
            look(&config, now, &mut report);
            (report, Some(config))
        }
    }
}

/// Looks at what `config` names.
fn look(config: &Config, now: Timestamp, report: &mut Report) {
    machine::clock(config, now, report);
    machine::data_folder(&config.data, report);
    machine::free_space(&config.data, report);
    machine::in_use(&config.data, report);
    machine::open_files(config, report);
    heads::kept(&config.data, report);
    secrets::master_key(config, report);
    secrets::certificate(config, now, report);
    places(config, now, report);
}

fn misconfigured(problem: Problem) -> Finding {
    let message = problem.message.with("option", &problem.option).with("place", problem.stated.place());
    Finding { check: "config", verdict: Verdict::Bad, message }
}

fn places(config: &Config, now: Timestamp, report: &mut Report) {
    match Places::with_files(config.places.country.as_deref(), config.places.network.as_deref()) {
        Err(cause) => {
            report.note("places", Verdict::Bad, Message::new("doctor-places-bad").with("cause", cause))
        }
        Ok(places) => {
            let (made, age_days) =
                (places.made(), (now.to_jiff().as_second() - places.made().as_second()) / 86_400);
            let old = age_days > PLACES_DAYS;
            let (verdict, key) = match old {
                true => (Verdict::Warning, "doctor-places-old"),
                false => (Verdict::Good, "doctor-places-good"),
            };
            report.note("places", verdict, Message::new(key).with("day", day(made)));
        }
    }
}

/// The day of a moment, in UTC.
fn day(moment: jiff::Timestamp) -> String {
    moment.strftime("%Y-%m-%d").to_string()
}

impl Report {
    /// Adds a finding: what a check says of itself, good or bad.
    pub fn add(&mut self, check: &'static str, found: Result<Message, Message>) {
        match found {
            Ok(message) => self.note(check, Verdict::Good, message),
            Err(message) => self.note(check, Verdict::Bad, message),
        }
    }

    /// Adds a finding of any verdict.
    pub fn note(&mut self, check: &'static str, verdict: Verdict, message: Message) {
        self.findings.push(Finding { check, verdict, message });
    }

    /// The worst verdict.
    pub fn verdict(&self) -> Verdict {
        self.findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Good)
    }

    /// 0 when the program can run, warnings included; 1 when it cannot.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.verdict() == Verdict::Bad)
    }

    /// The report for a person: a line or two a finding, then what follows from them.
    pub fn text(&self, locale: &Locale) -> String {
        let lines = self.findings.iter().map(|finding| finding.text(locale));
        let end = match self.verdict() {
            Verdict::Good => "doctor-all-good",
            Verdict::Warning => "doctor-all-warning",
            Verdict::Bad => "doctor-all-bad",
        };
        lines.chain([format!("\n{}\n", locale.say(end))]).collect()
    }

    /// The report for a program.
    pub fn json(&self, locale: &Locale) -> Value {
        let findings: Vec<Value> = self.findings.iter().map(|finding| finding.json(locale)).collect();
        json!({ "verdict": self.verdict().code(), "findings": findings })
    }
}

impl Finding {
    fn text(&self, locale: &Locale) -> String {
        let verdict = locale.say(&format!("doctor-{}", self.verdict.code()));
        let check = locale.say(&format!("doctor-check-{}", self.check));
        format!("{verdict:12} {check:16} {}{}\n", self.place(), locale.tell(&self.message))
    }

    fn json(&self, locale: &Locale) -> Value {
        json!({
            "check": self.check,
            "verdict": self.verdict.code(),
            "code": self.message.key,
            "message": format!("{}{}", self.place(), locale.tell(&self.message)),
        })
    }

    /// Which option is meant, and where it was stated, for a problem of the configuration.
    fn place(&self) -> String {
        let arg = |wanted: &str| {
            self.message.args.iter().find(|(name, _)| *name == wanted).map(|(_, v)| v.as_str())
        };
        match (arg("option"), arg("place")) {
            (Some(option), Some("")) => format!("{option}: "),
            (Some(option), Some(place)) => format!("{option} ({place}): "),
            _ => String::new(),
        }
    }
}

impl Verdict {
    /// The word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Good => "good",
            Verdict::Warning => "warning",
            Verdict::Bad => "bad",
        }
    }
}
