//! What the check found, for people and for programs.

use std::fmt;

use book::Hash;
use serde_json::{Value, json};

use crate::fault::{Fault, Place};

/// How many faults a report lists before the check stops.
pub const FAULTS_MAX_COUNT: usize = 100;

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// All that was asked is proven.
    Whole,
    /// Something is wrong.
    NotWhole,
    /// Nothing is wrong, but the earlier head lies before the range that was exported, so it could not be compared.
    EarlierOutOfReach,
}

/// What the check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The book's origin, from the head.
    pub origin: String,
    /// The index of the first entry in the export.
    pub first: u64,
    /// How many entries were read.
    pub entries: u64,
    /// The size that the head states.
    pub size: u64,
    /// The root that the head states.
    pub root: Hash,
    /// When the head was signed, in microseconds since 1970-01-01 UTC.
    pub time: i64,
    /// Whether the export came with bodies. Without, nothing is said about what is erased.
    pub bodies: bool,
    /// Parts that are erased, each listed by an entry.
    pub erased_parts: u64,
    /// Entries before which the clock went back, as they say themselves.
    pub stepped_back: u64,
    /// Entries dated before the entry before them that do not say so. The order is by index and proven; this is a hint.
    pub unmarked_steps_back: u64,
    /// The earlier head's size, if one was given.
    pub earlier: Option<u64>,
    /// What is wrong, in the order found; at most [`FAULTS_MAX_COUNT`], then the check stopped.
    pub faults: Vec<Fault>,
}

impl Report {
    /// The answer in one word.
    pub fn answer(&self) -> Answer {
        match self.earlier {
            _ if !self.faults.is_empty() => Answer::NotWhole,
            Some(size) if size < self.first => Answer::EarlierOutOfReach,
            _ => Answer::Whole,
        }
    }

    /// The report as JSON, for programs.
    pub fn to_json(&self) -> Value {
        let fault = |fault: &Fault| {
            let entry = if let Place::Entry(index) = fault.place { Some(index) } else { None };
            json!({"entry": entry, "code": fault.what.code(), "message": fault.to_string()})
        };
        json!({
            "whole": self.answer() == Answer::Whole,
            "origin": self.origin,
            "first": self.first,
            "entries": self.entries,
            "size": self.size,
            "root": format!("{:?}", self.root),
            "head_time_us": self.time,
            "bodies": self.bodies,
            "erased_parts": self.erased_parts,
            "stepped_back": self.stepped_back,
            "unmarked_steps_back": self.unmarked_steps_back,
            "earlier": self.earlier,
            "earlier_out_of_reach": self.answer() == Answer::EarlierOutOfReach,
            "faults": self.faults.iter().map(fault).collect::<Vec<_>>(),
        })
    }

    fn summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  book     {}", self.origin)?;
        writeln!(f, "  entries  {} to {}", self.first, self.size.saturating_sub(1))?;
        writeln!(f, "  root     {:?}", self.root)?;
        if self.bodies {
            writeln!(f, "  erased   {} parts, each listed by an entry", self.erased_parts)?;
        } else {
            writeln!(f, "  bodies   left out: nothing is said about them")?;
        }
        if self.first > 0 {
            writeln!(
                f,
                "  before   entries 0 to {} are bound by the same root but not shown",
                self.first - 1
            )?;
        }
        if let Some(size) = self.earlier.filter(|size| *size >= self.first) {
            writeln!(f, "  earlier  the head over {size} entries is a beginning of this book")?;
        }
        if self.stepped_back > 0 {
            writeln!(f, "  clock    went back before {} entries, marked", self.stepped_back)?;
        }
        if self.unmarked_steps_back > 0 {
            writeln!(
                f,
                "  clock    {} entries are dated before the one before them, unmarked",
                self.unmarked_steps_back
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.answer() {
            Answer::Whole => {
                writeln!(f, "WHOLE: every entry is as it was signed")?;
                self.summary(f)
            }
            Answer::EarlierOutOfReach => {
                writeln!(
                    f,
                    "NOT COMPARED: the entries are as signed, but the earlier head lies before the first one; export from entry {} or earlier",
                    self.earlier.unwrap_or_default()
                )?;
                self.summary(f)
            }
            Answer::NotWhole => {
                writeln!(f, "NOT WHOLE: {}", self.origin)?;
                self.faults.iter().try_for_each(|fault| writeln!(f, "  {fault}"))?;
                let stopped = self.faults.len() >= FAULTS_MAX_COUNT;
                if stopped { writeln!(f, "  stopped after {FAULTS_MAX_COUNT} faults") } else { Ok(()) }
            }
        }
    }
}
