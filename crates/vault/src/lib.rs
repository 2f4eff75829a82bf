//! Encrypted content, pure: no clock, no socket, no file, no source of chance (randomness is an argument).
//!
//! Promises:
//! - A content file ([`Sealer`], [`Opener`]) can be read from any byte, one chunk at a time, in constant memory.
//! - A file that was cut, lengthened, altered, reordered, or that belongs to another content or tenant is refused
//!   before any of its bytes is given out, and [`ContentError`] says which of these it was.
//! - Keys ([`MasterKeys`], [`TenantKey`], [`ContentKey`]) are wiped from memory when dropped, never printed, and leave
//!   this crate only wrapped; what wraps them names its key, so that keys can be rotated.
//!
//! The bytes are described in `FORMAT.md`, with test vectors; `golden/` keeps files that every later release reads.

mod bond;
mod chunk;
mod content;
mod header;
mod key;
mod layout;
mod master;
mod open;
mod seal;
mod secret;
mod wrap;

pub use bond::{MAX_NAME_BYTES, Owner, Purpose};
pub use content::ContentError;
pub use header::HEADER_BYTES;
pub use key::{ContentKey, TenantKey};
pub use layout::{CHUNK_BYTES, ChunkRange, Layout, MAX_CONTENT_BYTES, SEALED_CHUNK_BYTES};
pub use master::{
    Derived, KeyFileError, MAX_KEY_FILE_BYTES, MAX_KEY_ID_BYTES, MAX_MASTER_KEYS, MasterKey, MasterKeys,
};
pub use open::{Opener, ReadError, read};
pub use seal::Sealer;
pub use secret::{Plain, Random};
pub use wrap::{KeyError, MAX_SECRET_BYTES, wrapped_by};
