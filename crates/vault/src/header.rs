//! The first 80 bytes of an encrypted file: what it is, its salt, and proof of whose it is.

use crate::bond::Owner;
use crate::chunk::ChunkCipher;
use crate::content::ContentError;
use crate::key::ContentKey;
use crate::secret::{Random, Secret};

/// Bytes before the first chunk.
pub const HEADER_BYTES: usize = 80;

const MARK: [u8; 7] = *b"VBVAULT";
const VERSION: u8 = 1;
const AES_256_GCM: u8 = 1;
const CHUNK_BITS: u8 = 16;
const SALT_AT: usize = 16;
const COMMITMENT_AT: usize = 48;

/// A header, and the cipher for the chunks that follow it.
pub(crate) struct Header {
    pub(crate) bytes: [u8; HEADER_BYTES],
    pub(crate) cipher: ChunkCipher,
}

impl Header {
    pub(crate) fn make(key: &ContentKey, owner: &Owner<'_>, salt: Random) -> Result<Self, ContentError> {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..7].copy_from_slice(&MARK);
        bytes[7] = VERSION;
        bytes[8] = AES_256_GCM;
        bytes[9] = CHUNK_BITS;
        bytes[SALT_AT..COMMITMENT_AT].copy_from_slice(&salt);
        let (commitment, cipher) = derive(key, owner, &bytes)?;
        bytes[COMMITMENT_AT..].copy_from_slice(commitment.bytes());
        Ok(Self { bytes, cipher })
    }

    pub(crate) fn read(key: &ContentKey, owner: &Owner<'_>, bytes: &[u8]) -> Result<Self, ContentError> {
        let bytes = parameters(bytes)?;
        let (commitment, cipher) = derive(key, owner, &bytes)?;
        let stated = Secret::from_slice(&bytes[COMMITMENT_AT..]).ok_or(ContentError::Truncated)?;
        if stated != commitment {
            return Err(ContentError::OtherOwner);
        }
        Ok(Self { bytes, cipher })
    }
}

/// Checks everything that needs no key.
fn parameters(bytes: &[u8]) -> Result<[u8; HEADER_BYTES], ContentError> {
    let header = bytes.first_chunk::<HEADER_BYTES>().ok_or(ContentError::Truncated)?;
    if header[..7] != MARK {
        return Err(ContentError::NotOurs);
    }
    if header[7] != VERSION {
        return Err(ContentError::UnknownVersion { version: header[7] });
    }
    if header[8] != AES_256_GCM || header[9] != CHUNK_BITS || header[10..SALT_AT] != [0; 6] {
        return Err(ContentError::UnknownParameters);
    }
    Ok(*header)
}

/// The commitment and the chunk key: two outputs of one extraction. The commitment also binds the file to one key,
/// which AES-GCM by itself does not.
fn derive(
    key: &ContentKey,
    owner: &Owner<'_>,
    header: &[u8; HEADER_BYTES],
) -> Result<(Secret, ChunkCipher), ContentError> {
    let owner = owner.encode().ok_or(ContentError::NameTooLong)?;
    let salt = &header[SALT_AT..COMMITMENT_AT];
    let fixed = &header[..COMMITMENT_AT];
    let of = |label: &[u8]| key.secret().derive(salt, &[label, fixed, &owner]).ok_or(ContentError::Cipher);
    let commitment = of(b"vaktbok vault 1 commitment")?;
    let chunk_key = of(b"vaktbok vault 1 chunks")?;
    let mut bound = fixed.to_vec();
    bound.extend_from_slice(&owner);
    Ok((commitment, ChunkCipher::new(&chunk_key, bound)))
}
