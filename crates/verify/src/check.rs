//! The check itself: fed line by line, so that a file, a socket or a page with progress can drive it.

use book::{Entry, Erasure, Frontier, Hash, Head, Header, PartKind};

use crate::fault::{Fault, Place, What};
use crate::missing::{Missing, bit};
use crate::report::{FAULTS_MAX_COUNT, Report};

/// A check under way.
pub struct Check {
    head: Head,
    earlier: Option<Head>,
    header: Option<Header>,
    tree: Frontier,
    /// The index that the next line must have.
    next: u64,
    /// No entry has been unreadable or out of place so far, so the tree can be compared.
    comparable: bool,
    missing: Missing,
    before: i64,
    report: Report,
    scratch: Vec<u8>,
}

impl Check {
    /// A check of an export against a head, and against an earlier one, both already opened with the book's keys.
    pub fn new(head: Head, earlier: Option<Head>) -> Check {
        let report = Report {
            origin: head.origin.clone(),
            first: 0,
            entries: 0,
            size: head.size,
            root: head.root,
            time: head.time,
            bodies: true,
            erased_parts: 0,
            stepped_back: 0,
            unmarked_steps_back: 0,
            earlier: earlier.as_ref().map(|head| head.size),
            faults: Vec::new(),
        };
        Check {
            head,
            earlier,
            header: None,
            tree: Frontier::new(),
            next: 0,
            comparable: true,
            missing: Missing::default(),
            before: i64::MIN,
            report,
            scratch: Vec::with_capacity(4096),
        }
    }

    /// Takes the next line, with its line feed. What is wrong with it is kept for the report.
    pub fn line(&mut self, line: &[u8]) {
        match (&self.header, self.stopped()) {
            (_, true) => {}
            (None, _) => self.first_line(line),
            (Some(header), _) => {
                let (size, bodies) = (header.size, header.bodies);
                self.entry_line(line, size, bodies);
            }
        }
    }

    /// Takes note of a line that is longer than [`book::LINE_BYTES_MAX`] and so was not read.
    pub fn line_too_long(&mut self) {
        self.fault(
            if self.header.is_none() { Place::Header } else { Place::Entry(self.next) },
            What::LineTooLong,
        );
        self.comparable = false;
        self.next += 1;
    }

    /// Whether further lines are of no use: the first is unreadable, or there are faults enough.
    pub fn stopped(&self) -> bool {
        let no_header = self.header.is_none() && !self.report.faults.is_empty();
        no_header || self.report.faults.len() >= FAULTS_MAX_COUNT
    }

    /// How many entries have been read.
    pub fn entries(&self) -> u64 {
        self.report.entries
    }

    /// The end of the export.
    pub fn finish(mut self) -> Report {
        let Some(header) = &self.header else {
            if self.report.faults.is_empty() {
                let empty = book::NotCanonical { at: 0, what: "the first line of an export" };
                self.fault(Place::Header, What::Form(empty));
            }
            return self.report;
        };
        if self.stopped() {
            return self.report;
        }
        let ends_early = [header.size, self.head.size].into_iter().find(|size| self.next < *size);
        if let Some(size) = ends_early {
            self.fault(Place::Entry(self.next), What::Cut { size });
        }
        if self.head.size < self.report.first && self.next == self.report.first {
            self.fault(Place::Head, What::Uncovered);
        }
        // An erasure may stand in a line that could not be read; only a readable book is searched for it.
        if self.comparable && ends_early.is_none() {
            let room = FAULTS_MAX_COUNT - self.report.faults.len();
            let unlisted = self.missing.left().take(room);
            let fault = |(index, kind)| Fault { place: Place::Entry(index), what: What::Missing(kind) };
            self.report.faults.extend(unlisted.map(fault));
        }
        self.report
    }

    fn fault(&mut self, place: Place, what: What) {
        if self.report.faults.len() < FAULTS_MAX_COUNT {
            self.report.faults.push(Fault { place, what });
        }
    }

    fn first_line(&mut self, line: &[u8]) {
        let header = match Header::decode(line) {
            Ok(header) => header,
            Err(bad) => return self.fault(Place::Header, What::Form(bad)),
        };
        if header.origin != self.head.origin {
            self.fault(Place::Header, What::Origin);
        }
        if header.size < header.first() {
            self.fault(Place::Header, What::Range);
        }
        if let Some(earlier) = self.earlier.as_ref().filter(|earlier| earlier.size > self.head.size) {
            let what = What::RolledBack { earlier: earlier.size, now: self.head.size };
            self.fault(Place::Earlier, what);
        }
        self.next = header.first();
        self.report.first = header.first();
        self.report.bodies = header.bodies;
        self.tree = header.frontier.clone();
        self.header = Some(header);
        self.compare();
    }

    fn entry_line(&mut self, line: &[u8], size: u64, bodies: bool) {
        self.report.entries += 1;
        let entry = match Entry::decode(line) {
            Ok(entry) => entry,
            Err(bad) => {
                self.fault(Place::Entry(self.next), What::Form(bad));
                self.comparable = false;
                self.next += 1;
                return;
            }
        };
        self.in_place(entry.index(), size);
        self.spelt_once(&entry, line);
        self.parts(&entry, bodies);
        if entry.true_hash(&mut self.scratch) != entry.hash() {
            self.fault(Place::Entry(entry.index()), What::Leaf);
        }
        if bodies && entry.name() == Erasure::NAME {
            self.erasure(&entry);
        }
        self.clock(&entry);
        self.grow(entry.hash());
    }

    /// Entries come in order, one each, as many as stated.
    fn in_place(&mut self, stated: u64, size: u64) {
        if stated != self.next {
            self.fault(Place::Entry(self.next), What::Index { stated });
            self.comparable = false;
        } else if stated == size {
            self.fault(Place::Entry(stated), What::Surplus);
        } else if stated == self.head.size {
            self.fault(Place::Entry(stated), What::Uncovered);
        }
        self.next = self.next.max(stated.saturating_add(1));
    }

    /// What was read is written again and must give the same bytes.
    fn spelt_once(&mut self, entry: &Entry<'_>, line: &[u8]) {
        self.scratch.clear();
        entry.encode_into(&mut self.scratch);
        if self.scratch != line {
            let differs = self.scratch.iter().zip(line).take_while(|(a, b)| a == b).count();
            let bad = book::NotCanonical { at: differs, what: "its own re-encoding" };
            self.fault(Place::Entry(entry.index()), What::Form(bad));
        }
    }

    fn parts(&mut self, entry: &Entry<'_>, bodies: bool) {
        let mut missing = 0;
        for (kind, part) in entry.parts() {
            match &part.open {
                Some(_) if !bodies => self.fault(Place::Entry(entry.index()), What::UnexpectedBody),
                Some(open) if book::commitment(kind, &open.salt, open.body.as_bytes()) != part.commitment => {
                    self.fault(Place::Entry(entry.index()), What::Part(kind));
                }
                Some(_) => {}
                None => missing |= bit(kind),
            }
        }
        if bodies && missing != 0 {
            self.report.erased_parts += u64::from(missing.count_ones());
            self.missing.add(entry.index(), missing);
        }
    }

    /// An erasure speaks of entries before it and is itself never erased.
    fn erasure(&mut self, entry: &Entry<'_>) {
        let change = entry.parts().find(|(kind, _)| *kind == PartKind::Change);
        let body = change.and_then(|(_, part)| part.open.as_ref()).map(|open| open.body);
        let erasure = body.and_then(|body| Erasure::decode(body.as_bytes()).ok());
        match erasure.filter(|erasure| erasure.entries.iter().all(|run| run.last < entry.index())) {
            Some(erasure) => erasure.entries.iter().for_each(|run| self.missing.erase(run)),
            None => self.fault(Place::Entry(entry.index()), What::Erasure),
        }
    }

    fn clock(&mut self, entry: &Entry<'_>) {
        if entry.stepped_back() {
            self.report.stepped_back += 1;
        } else if entry.at() < self.before {
            self.report.unmarked_steps_back += 1;
        }
        self.before = entry.at();
    }

    fn grow(&mut self, leaf: Hash) {
        if self.comparable {
            self.tree.push(leaf);
            self.compare();
        }
    }

    /// Compares the tree with what was signed, wherever something was.
    fn compare(&mut self) {
        let size = self.tree.size();
        if let Some(earlier) = self.earlier.as_ref().filter(|earlier| earlier.size == size)
            && earlier.root != self.tree.root()
        {
            self.fault(Place::Earlier, What::Rewritten { earlier: size });
        }
        if self.head.size == size && self.head.root != self.tree.root() {
            self.fault(Place::Tree, What::Root);
        }
    }
}
