//! The first line of an export.
//!
//!     {"bodies":true,"first":0,"format":"vaktbok.book/1","frontier":[],"origin":"vaktbok.book/1001/…","size":214}

use super::{body_of, put};
use crate::canonical::{NotCanonical, string_into};
use crate::frontier::Frontier;
use crate::hash::Hash;
use crate::scan::Scan;

/// What an export holds, so that a range of a book can be checked as well as the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Whether the parts come with their bodies. If not, every part is a commitment alone and nothing can be said
    /// about what is erased.
    pub bodies: bool,
    /// The frontier of the tree before the first entry here. Its size is that entry's index.
    pub frontier: Frontier,
    /// Which book: see [`origin`](crate::origin).
    pub origin: String,
    /// The book's size after the last entry here: the export holds the entries `frontier.size()..size`.
    pub size: u64,
}

impl Header {
    /// The index of the first entry here.
    pub fn first(&self) -> u64 {
        self.frontier.size()
    }

    /// The line, with its line feed.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        put::text(&mut out, if self.bodies { "{\"bodies\":true" } else { "{\"bodies\":false" });
        put::text(&mut out, ",\"first\":");
        put::number(&mut out, self.first());
        put::text(&mut out, ",\"format\":\"vaktbok.book/1\",\"frontier\":[");
        for (i, peak) in self.frontier.peaks().iter().enumerate() {
            put::text(&mut out, if i > 0 { "," } else { "" });
            put::bytes32(&mut out, &peak.0);
        }
        put::text(&mut out, "],\"origin\":");
        string_into(&mut out, &self.origin);
        put::text(&mut out, ",\"size\":");
        put::number(&mut out, self.size);
        put::text(&mut out, "}\n");
        out
    }

    /// Reads a line, with its line feed; refuses any that [`encode`](Header::encode) would not write.
    pub fn decode(line: &[u8]) -> Result<Header, NotCanonical> {
        let mut scan = Scan::new(body_of(line)?);
        scan.literal("{\"bodies\":")?;
        let bodies = scan.take_if("true");
        if !bodies {
            scan.literal("false")?;
        }
        scan.literal(",\"first\":")?;
        let first = scan.u64()?;
        scan.literal(",\"format\":\"vaktbok.book/1\",\"frontier\":[")?;
        let peaks = peaks(&mut scan, first)?;
        scan.literal("],\"origin\":")?;
        let origin = scan.string()?.into_owned();
        scan.literal(",\"size\":")?;
        let size = scan.u64()?;
        scan.literal("}")?;
        scan.end()?;
        let frontier = Frontier::from_peaks(first, peaks);
        let wrong = NotCanonical { at: 0, what: "one frontier hash for each bit set in the first index" };
        let header = Header { bodies, frontier: frontier.ok_or(wrong)?, origin, size };
        if header.encode() == line {
            Ok(header)
        } else {
            Err(NotCanonical { at: 0, what: "its own re-encoding" })
        }
    }
}

fn peaks(scan: &mut Scan<'_>, first: u64) -> Result<Vec<Hash>, NotCanonical> {
    let mut peaks = Vec::new();
    for i in 0..first.count_ones() {
        if i > 0 {
            scan.literal(",")?;
        }
        peaks.push(Hash(scan.bytes32()?));
    }
    Ok(peaks)
}
