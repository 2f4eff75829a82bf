//! Proofs that an entry is in the book (RFC 6962 section 2.1.1), for its newest signed head, and that a book only grew from
//! one head to another (section 2.1.2).

use super::{export, queries};
use ::book::{Extract, Hash, Nodes, Tile, TileKind};
use data_encoding::BASE64;
use kernel::{Error, Reader, Result};
use serde::Serialize;
use std::cell::RefCell;
use utoipa::ToSchema;

/// What proves one entry.
#[derive(Debug)]
pub struct Proof {
    /// The entry's index.
    pub idx: u64,
    /// Its leaf hash.
    pub leaf: Hash,
    /// The hashes beside its way to the root, lowest first.
    pub path: Vec<Hash>,
    /// The size of the tree it was made for.
    pub size: u64,
    /// The signed head of that size.
    pub head: String,
}

/// Full subtrees out of the tables.
struct Stored<'a, 'b>(RefCell<&'a mut Reader<'b>>);

impl Nodes for Stored<'_, '_> {
    type Error = Error;
    fn hash(&self, level: u8, index: u64) -> Result<Hash> {
        let mut reader = self.0.try_borrow_mut().map_err(Error::broken)?;
        export::subtree(&mut reader, level, index)
    }
}

/// The proof of one entry.
///
/// # Errors
/// `NotFound` when no head covers it yet.
pub fn of(r: &mut Reader<'_>, idx: u64) -> Result<Proof> {
    let newest = queries::last_head(r)?.ok_or(Error::NotFound)?;
    let size = u64::try_from(newest.size).map_err(Error::broken)?;
    if idx >= size {
        return Err(Error::NotFound);
    }
    let first = i64::try_from(idx).map_err(Error::broken)?;
    let leaf = queries::leaves(r, first, first + 1)?.into_iter().next().ok_or(Error::NotFound)?;
    let path = ::book::inclusion(&Stored(RefCell::new(r)), idx, size).map_err(Error::broken)?;
    Ok(Proof { idx, leaf, path, size, head: newest.note })
}

/// The proof that the tree of size `earlier` is the beginning of the one of size `later` (RFC 6962 section 2.1.2).
///
/// # Errors
/// `NotFound` when the book is shorter.
pub fn consistency(r: &mut Reader<'_>, earlier: u64, later: u64) -> Result<Vec<Hash>> {
    ::book::consistency(&Stored(RefCell::new(r)), earlier, later).map_err(|fault| match fault {
        ::book::NoProof::Nodes(cause) => cause,
        other => Error::broken(other),
    })
}

/// The hashes of a tile (C2SP tlog-tiles) of the tree that the newest head signs.
///
/// # Errors
/// `NotFound` for an address that is none, or lies beyond the head.
pub fn tile(r: &mut Reader<'_>, path: &str) -> Result<Vec<u8>> {
    let newest = queries::last_head(r)?.ok_or(Error::NotFound)?;
    let size = u64::try_from(newest.size).map_err(Error::broken)?;
    let tile = Tile::from_path(path).ok_or(Error::NotFound)?;
    let there = Tile::at(tile.kind(), tile.index(), size).is_some_and(|whole| tile.width() <= whole.width());
    if tile.kind() == TileKind::Entries || !there {
        return Err(Error::NotFound);
    }
    tile.bytes(&Stored(RefCell::new(r)))
}

/// One entry, certified: its line, its proof and the newest head in one file (C2SP tlog-proof), for `vaktbok-verify --extract`.
///
/// # Errors
/// `NotFound` when no head covers it yet.
pub fn extract(r: &mut Reader<'_>, idx: u64) -> Result<String> {
    let Proof { path, head, .. } = of(r, idx)?;
    let first = i64::try_from(idx).map_err(Error::broken)?;
    let mut line = Vec::new();
    export::lines(r, first, first + 1, &mut line)?;
    Ok(Extract { line, index: idx, path, head }.encode())
}

impl Proof {
    /// For programs and for keeping.
    #[must_use]
    pub fn body(&self) -> ProofBody {
        let base64 = |hash: &Hash| BASE64.encode(&hash.0);
        ProofBody {
            index: self.idx,
            leaf_hash: base64(&self.leaf),
            tree_size: self.size,
            path: self.path.iter().map(base64).collect(),
            head: self.head.clone(),
        }
    }
}

/// The proof that an entry is in the book (RFC 6962, 2.1.1), under the head it carries. Hashes are base64.
#[derive(Serialize, ToSchema)]
pub struct ProofBody {
    index: u64,
    leaf_hash: String,
    tree_size: u64,
    path: Vec<String>,
    head: String,
}
crate::schema!(ProofBody);
