//! A file as it was taken in: read, hashed, parsed, its recordings checked and decoded. Runs on a thread of its own: it
//! takes seconds for long recordings.

use super::offer::{Offer, Offered};
use crate::archive::audio::Sound;
use crate::archive::chest::Material;
use crate::archive::quarantine::{Quarantine, examine};
use crate::archive::vcon::{self, Fault, Interaction, Problem, Source};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Cursor, Read};
use std::sync::Arc;
use symphonia::core::io::MediaSource;

/// Files are hashed in pieces of this size.
const PIECE_BYTES: usize = 64 * 1024;

/// A recording: its bytes and their SHA-256.
#[derive(Clone)]
pub struct Media {
    /// The file's name, if it is one of its own.
    pub name: String,
    /// The bytes.
    pub material: Material,
    /// Their hash as they were checked: what is encrypted must still have it.
    pub hash: [u8; 32],
}

/// A file as read: what it says, and what lies beside it.
pub struct Taken {
    /// What the file says, or why it cannot be read.
    pub found: Result<Interaction, Quarantine>,
    /// SHA-256 over the file and its recordings' hashes: the same means unchanged.
    pub digest: [u8; 32],
    /// Each recording that is there, in the order of the file.
    pub media: Vec<Media>,
}

/// Reads a vCon and the recordings it names.
pub fn take(offer: &Offer, vcon: &Offered) -> Taken {
    let hash = hash_of(&vcon.material);
    let found = match (hash, small(&vcon.material)) {
        (Some(_), Ok(bytes)) => vcon::parse_whole(bytes).map_err(Quarantine::Unreadable),
        (Some(_), Err(())) => Err(Quarantine::Unreadable(vec![Problem::of_file(Fault::FileTooLarge)])),
        (None, _) => Err(Quarantine::FileUnreadable),
    };
    let named =
        found.iter().flat_map(|call| &call.recordings).filter_map(|recording| match &recording.source {
            Source::Beside(name) => Some((name.clone(), offer.beside(vcon, name)?)),
            Source::Inline(bytes) => Some((String::new(), Material::Held(Arc::clone(bytes)))),
            Source::Elsewhere(_) | Source::Missing => None,
        });
    let media: Vec<Media> = named
        .filter_map(|(name, material)| Some(Media { name, hash: hash_of(&material)?, material }))
        .collect();
    let digest = media
        .iter()
        .fold(Sha256::new().chain_update(hash.unwrap_or_default()), |all, one| all.chain_update(one.hash));
    Taken { found, digest: digest.finalize().into(), media }
}

/// Checks and decodes every recording of an interaction.
///
/// # Errors
/// The first reason to set it aside.
pub fn listen(offer: &Offer, vcon: &Offered, found: &Interaction) -> Result<Vec<Sound>, Quarantine> {
    let beside = |name: &str| offer.beside(vcon, name).and_then(|material| open(&material));
    found.recordings.iter().map(|recording| examine(recording, beside)).collect()
}

fn open(material: &Material) -> Option<Box<dyn MediaSource>> {
    match material {
        Material::File(path) => Some(Box::new(File::open(path).ok()?)),
        Material::Held(bytes) => Some(Box::new(Cursor::new(Arc::clone(bytes)))),
    }
}

/// The bytes of a vCon, unless it is larger than any.
fn small(material: &Material) -> Result<Vec<u8>, ()> {
    let limit = vcon::MAX_VCON_BYTES as u64 + 1;
    let expected = usize::try_from(material.bytes()).unwrap_or(usize::MAX).min(vcon::MAX_VCON_BYTES);
    let mut bytes = Vec::with_capacity(expected + 1);
    match material {
        Material::File(path) => {
            File::open(path).map_err(|_| ())?.take(limit).read_to_end(&mut bytes).map_err(|_| ())?
        }
        Material::Held(held) => held.as_ref().take(limit).read_to_end(&mut bytes).map_err(|_| ())?,
    };
    if bytes.len() > vcon::MAX_VCON_BYTES { Err(()) } else { Ok(bytes) }
}

/// The SHA-256 of something, if it can be read to its end.
pub fn hash_of(material: &Material) -> Option<[u8; 32]> {
    let mut source = open(material)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match source.read(&mut piece) {
            Ok(0) => return Some(hasher.finalize().into()),
            Ok(count) => hasher.update(piece.get(..count)?),
            Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}
