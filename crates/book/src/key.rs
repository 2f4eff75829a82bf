//! Ed25519 keys with names, as C2SP `signed-note` writes them (c2sp.org/signed-note).
//!
//! A key's id is the first four bytes of SHA-256(name || 0x0A || 0x01 || public key).

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use sha2::{Digest, Sha256};

/// The signature type of Ed25519 in signed notes.
const ED25519: u8 = 1;

/// Why something is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadKey {
    /// The name is empty or holds a space, a control character or `+`.
    Name,
    /// The text is not `name+id+key`, or the key is of another kind or length.
    Form,
    /// The id is not that of this name and key: a character is wrong.
    Id,
    /// The bytes are no point of the curve, or one of the weak ones.
    Weak,
}

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadKey::Name => "a key's name must not be empty or hold spaces or '+'",
            BadKey::Form => "a key must read name+id+base64 and be of the Ed25519 kind",
            BadKey::Id => "the key's id does not fit its name and bytes: a character is wrong",
            BadKey::Weak => "the bytes are not a usable Ed25519 key",
        })
    }
}

impl std::error::Error for BadKey {}

/// A public key with the name of its signer: what a tenant keeps and hands to an auditor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

impl VerifierKey {
    /// A public key from its name and 32 bytes.
    pub fn new(name: &str, key: &[u8; 32]) -> Result<VerifierKey, BadKey> {
        check_name(name)?;
        let verifying = VerifyingKey::from_bytes(key).map_err(|_| BadKey::Weak)?;
        if verifying.is_weak() {
            return Err(BadKey::Weak);
        }
        Ok(VerifierKey { name: name.to_owned(), id: key_id(name, key), key: verifying })
    }

    /// The signer's name; for a book, its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The four bytes that stand before each signature.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// Whether `signature` (64 bytes) is this key's over `text`. Strict: small-order points and other encodings of
    /// the same signature are refused.
    pub fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(text, &signature).is_ok())
    }
}

/// `name+id+base64(0x01 || key)`: signed-note's verifier key.
impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, HEXLOWER.encode(&self.id), BASE64.encode(&typed))
    }
}

impl FromStr for VerifierKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<VerifierKey, BadKey> {
        // The base64 may itself hold a '+', the name and the id never do.
        let mut fields = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(BadKey::Form);
        };
        let typed = BASE64.decode(key.as_bytes()).map_err(|_| BadKey::Form)?;
        let (&kind, key) = typed.split_first().ok_or(BadKey::Form)?;
        let key: &[u8; 32] = key.try_into().map_err(|_| BadKey::Form)?;
        if kind != ED25519 {
            return Err(BadKey::Form);
        }
        check_name(name)?;
        if HEXLOWER.encode(&key_id(name, key)) != id {
            return Err(BadKey::Id);
        }
        VerifierKey::new(name, key)
    }
}

/// A private key with its name. Its memory is wiped when it is dropped.
pub struct SigningKey {
    name: String,
    id: [u8; 4],
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key that grows from 32 random bytes (RFC 8032 section 5.1.5), which are all that needs to be stored.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<SigningKey, BadKey> {
        check_name(name)?;
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        Ok(SigningKey { name: name.to_owned(), id: key_id(name, key.verifying_key().as_bytes()), key })
    }

    /// The public half.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), id: self.id, key: self.key.verifying_key() }
    }

    /// The signature over `text`: 64 bytes.
    pub fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.key.sign(text).to_bytes()
    }
}

/// Says which key, never what it is.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}+{})", self.name, HEXLOWER.encode(&self.id))
    }
}

fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let mut sha = Sha256::new();
    sha.update(name);
    sha.update([b'\n', ED25519]);
    sha.update(key);
    let [a, b, c, d, ..] = <[u8; 32]>::from(sha.finalize());
    [a, b, c, d]
}

/// The names that signed-note allows: not empty, no space of any kind, no `+`; here also no control character.
pub(crate) fn check_name(name: &str) -> Result<(), BadKey> {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.contains(forbidden) { Err(BadKey::Name) } else { Ok(()) }
}
