//! What can be wrong with a book, and where. Each kind has a code that never changes, for programs.

use std::fmt;

use book::{NotCanonical, PartKind};

/// Where a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The export's first line.
    Header,
    /// The entry with this index.
    Entry(u64),
    /// The tree as a whole: it cannot be said which entry.
    Tree,
    /// The signed head.
    Head,
    /// The earlier signed head.
    Earlier,
}

/// What is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The line is not in the one form that it can have.
    Form(NotCanonical),
    /// The line is longer than any line of an export.
    LineTooLong,
    /// The line belongs to another entry.
    Index {
        /// The index that it states.
        stated: u64,
    },
    /// A part's body or salt is not the one that was entered.
    Part(PartKind),
    /// The fields are not the ones that were entered.
    Leaf,
    /// A part is missing, and no entry lists it as erased.
    Missing(PartKind),
    /// The entry erases something, but its list is missing or cannot be read, or lists entries not yet written.
    Erasure,
    /// The export says it has no bodies, and here is one.
    UnexpectedBody,
    /// The export ends before this entry, but the book has entries up to this size.
    Cut {
        /// The size that the export or the head states.
        size: u64,
    },
    /// There are more entries than the export says.
    Surplus,
    /// The head does not cover this entry.
    Uncovered,
    /// The export belongs to another book than the head.
    Origin,
    /// The first line's size or first index cannot be.
    Range,
    /// The signature does not hold, or is not by a key of this book in force at that size.
    Signature(book::BadHead),
    /// The entries do not add up to the signed root.
    Root,
    /// The book was longer before: entries have been taken away.
    RolledBack {
        /// The size that was signed before.
        earlier: u64,
        /// The size that is signed now.
        now: u64,
    },
    /// The book's beginning is not what was signed before: it has been written anew.
    Rewritten {
        /// The size that was signed before.
        earlier: u64,
    },
}

impl What {
    /// A short name that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            What::Form(_) => "form",
            What::LineTooLong => "line-too-long",
            What::Index { .. } => "index",
            What::Part(_) => "part",
            What::Leaf => "leaf",
            What::Missing(_) => "missing-part",
            What::Erasure => "erasure",
            What::UnexpectedBody => "unexpected-body",
            What::Cut { .. } => "cut",
            What::Surplus => "surplus",
            What::Uncovered => "uncovered",
            What::Origin => "origin",
            What::Range => "range",
            What::Signature(_) => "signature",
            What::Root => "root",
            What::RolledBack { .. } => "rolled-back",
            What::Rewritten { .. } => "rewritten",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Header => f.write_str("first line"),
            Place::Entry(index) => write!(f, "entry {index}"),
            Place::Tree => f.write_str("book"),
            Place::Head => f.write_str("head"),
            Place::Earlier => f.write_str("earlier head"),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Form(bad) => write!(f, "the line is {bad}"),
            What::LineTooLong => f.write_str("the line is longer than any line of an export can be"),
            What::Index { stated } => {
                write!(f, "here stands entry {stated} instead: entries are missing, swapped or put in")
            }
            What::Part(kind) => {
                write!(f, "the part {} is not what was entered: body or salt is altered", kind.name())
            }
            What::Leaf => f.write_str("the fields are not what was entered: they give another leaf hash"),
            What::Missing(kind) => {
                write!(f, "the part {} is missing, and no entry of the book lists it as erased", kind.name())
            }
            What::Erasure => f.write_str("the list of erased parts is missing or wrong"),
            What::UnexpectedBody => {
                f.write_str("the first line says that bodies are left out, and here is one")
            }
            What::Cut { size } => write!(f, "the export ends before it, but the book has {size} entries"),
            What::Surplus => f.write_str("the book has more entries here than the first line says"),
            What::Uncovered => {
                f.write_str("the head does not cover this entry: it was signed before it, or it is put in")
            }
            What::Origin => f.write_str("the export belongs to another book than the head"),
            What::Range => f.write_str("the size is smaller than the first index"),
            What::Signature(bad) => write!(f, "{bad}"),
            What::Root => f.write_str(
                "the entries do not add up to the signed root: some are altered, and their hashes with them",
            ),
            What::RolledBack { earlier, now } => {
                write!(f, "the book had {earlier} entries then and has {now} now: it was rolled back")
            }
            What::Rewritten { earlier } => {
                write!(f, "the first {earlier} entries are not those signed then: the book was written anew")
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}
