//! Reading what the auditor holds: the export, the heads and the key.

use std::fmt;
use std::io::{self, BufRead, Read};

use book::{BadHead, BadKeys, BadNote, Head, Keys, LINE_BYTES_MAX};

use crate::check::Check;
use crate::fault::{Fault, Place, What};
use crate::report::Report;

/// Why nothing could be said.
#[derive(Debug)]
pub enum CannotRead {
    /// The export could not be read to its end.
    Export(io::Error),
    /// The key file is not a key of a book, or a rotation in it does not hold.
    Key(BadKeys),
    /// The head is not a signed note at all.
    Head,
    /// The earlier head is not a signed note at all.
    Earlier,
    /// The file is not an extract at all.
    Extract,
}

impl fmt::Display for CannotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CannotRead::Export(bad) => write!(f, "the export cannot be read: {bad}"),
            CannotRead::Key(bad) => write!(f, "the key cannot be read: {bad}"),
            CannotRead::Head => {
                f.write_str("the head cannot be read: it does not have the form of a signed note")
            }
            CannotRead::Extract => f.write_str("the file does not have the form of an extract"),
            CannotRead::Earlier => {
                f.write_str("the earlier head cannot be read: it does not have the form of a signed note")
            }
        }
    }
}

impl std::error::Error for CannotRead {}

/// What the auditor holds besides the export, as texts.
#[derive(Clone, Copy, Debug)]
pub struct Papers<'a> {
    /// The signed head.
    pub head: &'a str,
    /// The key file: a verifier key, and any rotations after it.
    pub key: &'a str,
    /// A head that was kept from an earlier day.
    pub earlier: Option<&'a str>,
}

/// Checks an export against what the auditor holds.
pub fn verify(mut export_lines: impl BufRead, papers: Papers<'_>) -> Result<Report, CannotRead> {
    let keys = Keys::parse(papers.key).map_err(CannotRead::Key)?;
    let head = match Head::open(papers.head, &keys) {
        Ok(head) => head,
        Err(bad) => return unsigned(papers.head, bad, Place::Head).ok_or(CannotRead::Head),
    };
    let earlier = match papers.earlier.map(|note| (note, Head::open(note, &keys))) {
        None => None,
        Some((_, Ok(earlier))) => Some(earlier),
        Some((note, Err(bad))) => return unsigned(note, bad, Place::Earlier).ok_or(CannotRead::Earlier),
    };
    export(&mut export_lines, Check::new(head, earlier)).map_err(CannotRead::Export)
}

/// Feeds a check with every line of an export and gives its report.
pub fn export(lines: &mut impl BufRead, mut check: Check) -> io::Result<Report> {
    let mut line = Vec::with_capacity(4096);
    while !check.stopped() {
        line.clear();
        lines.take(LINE_BYTES_MAX as u64 + 1).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        if line.len() > LINE_BYTES_MAX {
            check.line_too_long();
            break;
        }
        check.line(&line);
    }
    Ok(check.finish())
}

/// The report about a head whose form can be read but whose signature says nothing. `None` if it is no note at all.
fn unsigned(note: &str, bad: BadHead, place: Place) -> Option<Report> {
    if matches!(bad, BadHead::Note(BadNote::Form | BadNote::TooLong)) {
        return None;
    }
    let head = Head::parse(book::Note::parse(note).ok()?.text())?;
    let mut report = Check::new(head, None).finish();
    report.faults = vec![Fault { place, what: What::Signature(bad) }];
    Some(report)
}
