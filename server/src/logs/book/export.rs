//! The book as canonical JSON Lines (FORMAT.md, Export): one pass, constant memory, as fast as it is taken.
//!
//! It is made for one signed head: the lines go up to its size. Entries never change, but words may be erased while an
//! export goes on, by an entry behind its end; such an export would not verify, so it is broken off and asked for again.

use super::queries;
use crate::App;
use ::book::{Entry, Frontier, Head, Header, PartKind};
use bytes::Bytes;
use kernel::{Error, Grant, Reader, Result, Right};
use tokio::sync::mpsc;

/// Entries of one read.
pub const ENTRIES_A_READ: i64 = 2_000;
/// Reads that may be ready before the taker takes them.
pub const READS_AHEAD: usize = 4;

/// What an export is made for.
#[derive(Clone, Debug)]
pub struct Range {
    /// The signed head.
    pub note: String,
    /// The book's origin.
    pub origin: String,
    /// The first entry.
    pub first: i64,
    /// The head's size: the end.
    pub end: i64,
}

/// The range from `first` up to the signed head of the size that is asked for, else the newest.
///
/// # Errors
/// `NotFound` when no such head was signed, or `first` lies beyond it; `Conflict` when words have been erased since that
/// head, so that lines up to it would not verify.
pub fn range(r: &mut Reader<'_>, first: i64, head: Option<i64>) -> Result<Range> {
    let head = match head {
        None => queries::last_head(r)?,
        Some(size) => queries::head_of(r, size)?,
    };
    let head = head.ok_or(Error::NotFound)?;
    if queries::erased_since(r, head.size)? {
        return Err(Error::conflict("book-erased-since"));
    }
    let read = Head::unchecked(&head.note).ok_or_else(|| Error::broken("a stored head cannot be read"))?;
    if !(0..=head.size).contains(&first) {
        return Err(Error::NotFound);
    }
    Ok(Range { note: head.note, origin: read.origin, first, end: head.size })
}

/// The tree before entry `first`, from stored nodes and the leaves of the last, unfinished tile.
///
/// # Errors
/// `NotFound` when the book is shorter.
pub fn frontier(r: &mut Reader<'_>, first: i64) -> Result<Frontier> {
    let size = u64::try_from(first).map_err(Error::broken)?;
    let mut peaks = Vec::new();
    let mut start = 0_u64;
    for level in (0..64_u8).rev().filter(|level| size >> level & 1 == 1) {
        peaks.push(subtree(r, level, start >> level)?);
        start += 1 << level;
    }
    Frontier::from_peaks(size, peaks).ok_or_else(|| Error::broken("a frontier of another size"))
}

/// The root of a full subtree, from the stored nodes at or below its level.
///
/// # Errors
/// `NotFound` when the book is shorter.
pub fn subtree(r: &mut Reader<'_>, level: u8, n: u64) -> Result<::book::Hash> {
    if level > 0 && level.is_multiple_of(::book::TILE_HEIGHT) {
        return queries::node(r, level, i64::try_from(n).map_err(Error::broken)?);
    }
    let below = level / ::book::TILE_HEIGHT * ::book::TILE_HEIGHT;
    let width = 1_u64 << (level - below);
    let first = n * width;
    let hashes = if below == 0 {
        let first = i64::try_from(first).map_err(Error::broken)?;
        queries::leaves(r, first, first + i64::try_from(width).map_err(Error::broken)?)?
    } else {
        (first..first + width).map(|n| queries::node(r, below, n as i64)).collect::<Result<Vec<_>>>()?
    };
    if hashes.len() as u64 != width {
        return Err(Error::NotFound);
    }
    let mut tree = Frontier::new();
    hashes.into_iter().for_each(|hash| tree.push(hash));
    Ok(tree.root())
}

/// The first line.
///
/// # Errors
/// As [`frontier`].
pub fn header(r: &mut Reader<'_>, range: &Range) -> Result<Vec<u8>> {
    let size = u64::try_from(range.end).map_err(Error::broken)?;
    let frontier = frontier(r, range.first)?;
    Ok(Header { bodies: true, frontier, origin: range.origin.clone(), size }.encode())
}

/// The lines of some entries, appended to `out`.
///
/// # Errors
/// `Broken` for an entry that cannot be written as the format has it.
pub fn lines(r: &mut Reader<'_>, first: i64, end: i64, out: &mut Vec<u8>) -> Result<()> {
    let entries = queries::bound(r, first, end)?;
    if entries.len() as i64 != end - first {
        return Err(Error::broken(format!("entries between {first} and {end} are missing")));
    }
    let parts = queries::open_parts(r, first, end)?;
    let mut rest = parts.as_slice();
    for entry in &entries {
        let own = rest.iter().take_while(|part| part.idx == entry.idx).count();
        let (own, behind) = rest.split_at(own);
        rest = behind;
        let kind = |code: i64| u8::try_from(code).ok().and_then(PartKind::from_code);
        let open: Vec<_> =
            own.iter().filter_map(|p| Some((kind(p.part)?, p.salt, p.body.as_bytes()))).collect();
        let line = Entry::new(entry.idx, &entry.leaf, &open)
            .map_err(|e| Error::broken(format!("entry {}: {e}", entry.idx)))?;
        line.stating(entry.hash).encode_into(out);
    }
    Ok(())
}

/// Sends an export piece by piece until it is whole or nobody takes it any more.
///
/// # Errors
/// The last piece sent is the error, if there is one.
pub fn stream<R: Right>(app: &App, grant: &Grant<R>, range: Range) -> mpsc::Receiver<Result<Bytes>> {
    let (sender, pieces) = mpsc::channel(READS_AHEAD);
    let (store, grant) = (app.store.clone(), grant.clone());
    tokio::spawn(async move {
        let mut at = range.first;
        let opening = range.clone();
        let mut piece = grant.read(&store, move |r| header(r, &opening)).await;
        loop {
            let failed = piece.is_err();
            if sender.send(piece.map(Bytes::from)).await.is_err() || failed || at >= range.end {
                return;
            }
            let (first, end, whole) = (at, (at + ENTRIES_A_READ).min(range.end), range.end);
            piece = grant
                .read(&store, move |r| {
                    let mut out = Vec::with_capacity(2 * 1024 * 1024);
                    lines(r, first, end, &mut out)?;
                    if end == whole && queries::erased_since(r, whole)? {
                        return Err(Error::conflict("book-erased-meanwhile"));
                    }
                    Ok(out)
                })
                .await;
            at = end;
        }
    });
    pieces
}
