//! The tamper-evident book: every entry of a tenant is a leaf of one append-only Merkle tree.
//!
//! Promises:
//! - No I/O, no clock, no randomness: bytes come in, bytes go out; salts, times and keys are arguments.
//! - Every format here is written down in `FORMAT.md`, well enough to write another verifier from.
//! - Every stored or published form has one encoding: what decodes encodes again to the same bytes.
//! - Today's reader reads every file in `golden/`; files are added there, never changed.
//!
//! Where to look: [`Leaf`] is what an entry binds, [`commitment`] hides what may be erased, [`Frontier`] grows the tree.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod canonical;
mod commitment;
mod digits;
mod export;
mod extract;
mod frontier;
mod hash;
mod head;
mod key;
mod keys;
mod leaf;
mod note;
mod proof;
mod scan;
mod tile;

pub use canonical::{DEPTH_MAX, NotCanonical, canonical, check_canonical};
pub use commitment::{PartKind, Salt, commitment};
pub use export::{BODY_BYTES_MAX, BadEntry, Entry, Erased, Erasure, Header, LINE_BYTES_MAX, Open, Part};
pub use extract::{BadExtract, EXTRACT_BYTES_MAX, EXTRACT_MARK, Extract};
pub use frontier::{BadFrontier, Frontier};
pub use hash::{Hash, leaf_hash, node_hash};
pub use head::{BadHead, Head, origin};
pub use key::{BadKey, SigningKey, VerifierKey};
pub use keys::{BadKeys, KEY_FILE_BYTES_MAX, Keys, Rotation};
pub use leaf::{BadLeaf, Leaf, Log, Ref};
pub use note::{BadNote, NOTE_BYTES_MAX, NOTE_SIGNATURES_MAX, Note};
pub use proof::{
    BadProof, NoProof, Nodes, check_consistency, check_inclusion, consistency, inclusion, tree_root,
};
pub use tile::{TILE_HEIGHT, TILE_WIDTH, Tile, TileKind, bundle, unbundle};
