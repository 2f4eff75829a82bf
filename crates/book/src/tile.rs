//! Tiles of the tree, in the coordinates, paths and bytes of C2SP `tlog-tiles` (c2sp.org/tlog-tiles), height 8.
//!
//! A tile of level L holds up to 256 roots of full subtrees of 2^(8L) leaves; a bundle holds up to 256 entries' leaf bytes.
//! A full tile never changes; a partial one (`.p/W`) is named by its width.

#[cfg(test)]
mod tests;

use crate::hash::{Hash, node_hash};
use crate::proof::Nodes;

/// How many hashes, or entries, a full tile holds.
pub const TILE_WIDTH: u16 = 256;
/// How many levels of the tree a tile covers.
pub const TILE_HEIGHT: u8 = 8;

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Hashes, with the tile's level: 0 for leaf hashes, up to 7.
    Hashes(u8),
    /// The entries themselves.
    Entries,
}

/// One tile of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    kind: TileKind,
    index: u64,
    width: u16,
}

impl Tile {
    /// The tile at this place in a tree of `size` leaves, as wide as the tree makes it; `None` where there is none.
    pub fn at(kind: TileKind, index: u64, size: u64) -> Option<Tile> {
        let level = match kind {
            TileKind::Hashes(level) if level < 8 => level,
            TileKind::Hashes(_) => return None,
            TileKind::Entries => 0,
        };
        let nodes = size >> (TILE_HEIGHT * level);
        let width = nodes.checked_sub(index.checked_mul(TILE_WIDTH.into())?)?.min(TILE_WIDTH.into());
        (width > 0).then_some(Tile { kind, index, width: width as u16 })
    }

    /// The tile of hashes in which the node at this level and index of the tree can be worked out, as wide as a tree
    /// of `size` leaves makes it. `None` if the tree has no such full subtree.
    pub fn holding(level: u8, index: u64, size: u64) -> Option<Tile> {
        if level > 63 || index.checked_add(1)? > size >> level {
            return None;
        }
        let (tile_level, inside) = (level / TILE_HEIGHT, level % TILE_HEIGHT);
        Tile::at(TileKind::Hashes(tile_level), index >> (TILE_HEIGHT - inside), size)
    }

    /// What it holds.
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Its place in its level, from the left, counted in full tiles.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes or entries it holds: 1 to 256.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Its path: `tile/0/x001/x234/067`, `tile/1/000.p/17`, `tile/entries/003`.
    pub fn path(&self) -> String {
        let mut number = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            number = format!("x{:03}/{number}", rest % 1000);
            rest /= 1000;
        }
        let level = match self.kind {
            TileKind::Hashes(level) => level.to_string(),
            TileKind::Entries => "entries".to_owned(),
        };
        match self.width {
            TILE_WIDTH => format!("tile/{level}/{number}"),
            width => format!("tile/{level}/{number}.p/{width}"),
        }
    }

    /// Reads a path; `None` unless [`path`](Tile::path) writes the same.
    pub fn from_path(path: &str) -> Option<Tile> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = if level == "entries" { TileKind::Entries } else { TileKind::Hashes(level.parse().ok()?) };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok()?),
            None => (rest, TILE_WIDTH),
        };
        let index = number.split('/').try_fold(0u64, |sum, part| {
            let three: u64 = part.strip_prefix('x').unwrap_or(part).parse().ok()?;
            sum.checked_mul(1000)?.checked_add(three)
        })?;
        let tile = Tile { kind, index, width };
        let sane = (1..=TILE_WIDTH).contains(&width) && !matches!(kind, TileKind::Hashes(8..));
        (sane && tile.path() == path).then_some(tile)
    }

    /// The bytes of a tile of hashes, from a source of nodes.
    ///
    /// A tile of entries has none: see [`bundle`].
    pub fn bytes<N: Nodes>(&self, nodes: &N) -> Result<Vec<u8>, N::Error> {
        let TileKind::Hashes(level) = self.kind else {
            return Ok(Vec::new());
        };
        let first = self.index * u64::from(TILE_WIDTH);
        let mut bytes = Vec::with_capacity(32 * usize::from(self.width));
        for index in first..first + u64::from(self.width) {
            bytes.extend_from_slice(&nodes.hash(level * TILE_HEIGHT, index)?.0);
        }
        Ok(bytes)
    }

    /// The node at this level and index of the tree, worked out from this tile's bytes; `None` if the tile does not
    /// cover it or the bytes are not of its width.
    pub fn node(&self, bytes: &[u8], level: u8, index: u64) -> Option<Hash> {
        let TileKind::Hashes(own) = self.kind else {
            return None;
        };
        let inside = level.checked_sub(own * TILE_HEIGHT).filter(|inside| *inside < TILE_HEIGHT)?;
        let (hashes, tail) = bytes.as_chunks::<32>();
        if !tail.is_empty() || hashes.len() != usize::from(self.width) {
            return None;
        }
        let start = (index << inside).checked_sub(self.index * u64::from(TILE_WIDTH))? as usize;
        let covered = hashes.get(start..start.checked_add(1 << inside)?)?;
        Some(fold(covered))
    }
}

/// The root over a power of two of hashes.
fn fold(hashes: &[[u8; 32]]) -> Hash {
    match hashes {
        [one] => Hash(*one),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            node_hash(&fold(left), &fold(right))
        }
    }
}

/// The bytes of an entry bundle: each leaf's bytes after their length (2 bytes, big-endian).
/// `None` if a leaf is longer than 65,535 bytes.
pub fn bundle<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for leaf in leaves {
        bytes.extend_from_slice(&u16::try_from(leaf.len()).ok()?.to_be_bytes());
        bytes.extend_from_slice(leaf);
    }
    Some(bytes)
}

/// The leaves in an entry bundle's bytes; `None` if they are cut or more than a tile's width.
pub fn unbundle(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut leaves = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (leaf, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        leaves.push(leaf);
        bytes = rest;
    }
    (leaves.len() <= TILE_WIDTH.into()).then_some(leaves)
}
