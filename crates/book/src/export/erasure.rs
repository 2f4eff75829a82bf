//! The entry that makes a missing part whole: named `part.erased`, its change part lists what was erased.
//!
//!     {"entries":[{"first":17,"last":17,"parts":["who"]},{"first":20,"last":940,"parts":["who","subject"]}]}
//!
//! An erasure speaks of earlier entries only, and the change part of an erasure is never erased itself.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::put;
use crate::canonical::NotCanonical;
use crate::commitment::PartKind;
use crate::scan::Scan;

/// Parts of a run of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The first entry's index.
    pub first: u64,
    /// The last entry's index, `first` itself if it is one entry.
    pub last: u64,
    /// Which parts, ascending by code, at least one. An entry of the run that has no such part is not concerned.
    pub parts: Vec<PartKind>,
}

/// As in the erasure's body, so that a writer can put the runs there as the value of `entries`.
impl Serialize for Erased {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts: Vec<_> = self.kinds().map(PartKind::name).collect();
        let mut run = serializer.serialize_struct("Erased", 3)?;
        run.serialize_field("first", &self.first)?;
        run.serialize_field("last", &self.last)?;
        run.serialize_field("parts", &parts)?;
        run.end()
    }
}

impl Erased {
    /// The parts, ascending by code, each once.
    fn kinds(&self) -> impl Iterator<Item = PartKind> {
        PartKind::ALL.into_iter().filter(|kind| self.parts.contains(kind))
    }
}

/// What the change part of a `part.erased` entry says.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Erasure {
    /// The runs, in any order.
    pub entries: Vec<Erased>,
}

impl Erasure {
    /// The name of the entry that carries an erasure.
    pub const NAME: &'static str = "part.erased";

    /// The erasure of these parts of one entry.
    pub fn of(index: u64, parts: &[PartKind]) -> Erasure {
        Erasure { entries: vec![Erased { first: index, last: index, parts: parts.to_vec() }] }
    }

    /// The canonical body.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put::text(&mut out, "{\"entries\":[");
        for (i, run) in self.entries.iter().enumerate() {
            put::text(&mut out, if i > 0 { ",{\"first\":" } else { "{\"first\":" });
            put::number(&mut out, run.first);
            put::text(&mut out, ",\"last\":");
            put::number(&mut out, run.last);
            put::text(&mut out, ",\"parts\":[");
            for (i, kind) in run.kinds().enumerate() {
                for text in [if i > 0 { ",\"" } else { "\"" }, kind.name(), "\""] {
                    put::text(&mut out, text);
                }
            }
            put::text(&mut out, "]}");
        }
        put::text(&mut out, "]}");
        out
    }

    /// Reads a body; refuses any that [`encode`](Erasure::encode) would not write, and runs that end before they begin.
    pub fn decode(body: &[u8]) -> Result<Erasure, NotCanonical> {
        let mut scan = Scan::new(crate::canonical::utf8(body)?);
        scan.literal("{\"entries\":[")?;
        let mut entries = Vec::new();
        while scan.take_if(if entries.is_empty() { "{\"first\":" } else { ",{\"first\":" }) {
            entries.push(erased(&mut scan)?);
        }
        scan.literal("]}")?;
        scan.end()?;
        Ok(Erasure { entries })
    }
}

fn erased(scan: &mut Scan<'_>) -> Result<Erased, NotCanonical> {
    let first = scan.u64()?;
    scan.literal(",\"last\":")?;
    let last = scan.u64()?;
    scan.literal(",\"parts\":[")?;
    let mut parts = Vec::new();
    for (kind, key, next) in [
        (PartKind::Who, "\"who\"", ",\"who\""),
        (PartKind::Subject, "\"subject\"", ",\"subject\""),
        (PartKind::Change, "\"change\"", ",\"change\""),
        (PartKind::Reason, "\"reason\"", ",\"reason\""),
    ] {
        if scan.take_if(if parts.is_empty() { key } else { next }) {
            parts.push(kind);
        }
    }
    scan.literal("]}")?;
    if parts.is_empty() || last < first {
        scan.literal("at least one part of at least one entry")?;
    }
    Ok(Erased { first, last, parts })
}
