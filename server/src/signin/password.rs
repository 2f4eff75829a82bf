//! Passwords: what was typed, the rules it is held to, and its hash.
//!
//! - A password is compared in Unicode's form NFC (RFC 8265 section 4.2.2, the profile `OpaqueString`) and otherwise as typed:
//!   nothing trimmed, folded or cut.
//! - Hashes are Argon2id (RFC 9106) with a salt of their own and a pepper that is not in the database; each names its cost
//!   and its pepper, so that both can change.
//! - Nothing here shows a password or a hash by `Debug`.

use super::model::MOST_CHARACTERS;
use super::room;
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64_NOPAD;
use kernel::facet::fold;
use kernel::{Error, Message, Result};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use vault::MasterKeys;
use zeroize::Zeroizing;

/// What a hash costs: memory in KiB, passes, lanes (OWASP's least for Argon2id).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

/// The cost of new hashes. A stored one that differs is made anew at the next sign-in.
pub const COST: Cost = Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
/// Bytes of a salt (RFC 9106 section 3.1 asks for 16).
pub const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;
const SCHEME: &str = "argon2id-v19";

/// What was typed, in the form it is compared in.
#[derive(Clone)]
pub struct Typed(Zeroizing<String>);

impl Typed {
    /// From the field as sent. Text that no rule would let anybody set is not kept: it can match nothing.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.len() > MOST_CHARACTERS * 4 * 3 {
            return Self(Zeroizing::new(String::new()));
        }
        Self(Zeroizing::new(text.nfc().collect()))
    }
    /// Unicode code points.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.0.chars().count()
    }
    /// What keeps it from being set as a password, if anything. `known` are words it must not merely repeat: names.
    #[must_use]
    pub fn unfit(&self, least: usize, known: &[&str]) -> Option<Message> {
        let characters = self.characters();
        if characters < least {
            return Some(Message::new("password-too-short").with("least", least));
        }
        if characters > MOST_CHARACTERS {
            return Some(Message::new("password-too-long").with("most", MOST_CHARACTERS));
        }
        let rest = known
            .iter()
            .filter(|word| word.chars().count() >= 3)
            .fold(fold(&self.0), |rest, word| rest.replace(&fold(word), ""));
        let left = rest.chars().filter(|c| c.is_alphanumeric()).count();
        (left < least / 2 && rest.len() < fold(&self.0).len()).then(|| Message::new("password-is-a-name"))
    }
}

impl PartialEq for Typed {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same password; its hash is as strong as new ones.
    Same,
    /// The same password; its hash is to be made anew.
    Outdated,
    /// Another password.
    Other,
}

struct Stored {
    cost: Cost,
    pepper: String,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

/// The hash of a password for the table. Takes tens of milliseconds and [`Cost::memory_kib`]: only on the hash pool.
///
/// # Errors
/// `Broken` when the key of the pepper cannot be used.
pub fn hash(keys: &MasterKeys, password: &Typed, salt: [u8; SALT_BYTES]) -> Result<String> {
    hash_at(COST, keys, password, salt)
}

/// [`hash`] at another cost: for tests of hashes made in weaker times.
///
/// # Errors
/// As [`hash`].
pub fn hash_at(cost: Cost, keys: &MasterKeys, password: &Typed, salt: [u8; SALT_BYTES]) -> Result<String> {
    let key = keys.current();
    let stored = Stored { cost, pepper: key.id().to_owned(), salt: salt.to_vec(), hash: Vec::new() };
    let hash = compute(keys, password, &stored)?;
    let Cost { memory_kib, passes, lanes } = cost;
    let (salt, hash) = (BASE64_NOPAD.encode(&salt), BASE64_NOPAD.encode(&*hash));
    Ok(format!("{SCHEME}${memory_kib},{passes},{lanes}${}${salt}${hash}", key.id()))
}

/// Compares a password with a stored hash, in the same time whether it fits or not. Only on the hash pool.
///
/// # Errors
/// `Broken` when the stored text is none of ours or its pepper's key is missing.
pub fn check(keys: &MasterKeys, password: &Typed, stored: &str) -> Result<Verdict> {
    let stored = parse(stored)?;
    let hash = compute(keys, password, &stored)?;
    if !bool::from(hash.ct_eq(&stored.hash)) {
        return Ok(Verdict::Other);
    }
    let current = stored.cost == COST && stored.pepper == keys.current().id();
    Ok(if current { Verdict::Same } else { Verdict::Outdated })
}

/// A hash that nothing matches, for names without a password: the same work, another answer.
#[must_use]
pub fn nobodys(keys: &MasterKeys) -> String {
    let Cost { memory_kib, passes, lanes } = COST;
    let salt = BASE64_NOPAD.encode(&[0; SALT_BYTES]);
    let never = BASE64_NOPAD.encode(&[0; HASH_BYTES]);
    format!("{SCHEME}${memory_kib},{passes},{lanes}${}${salt}${never}", keys.current().id())
}

fn compute(keys: &MasterKeys, password: &Typed, stored: &Stored) -> Result<Zeroizing<[u8; HASH_BYTES]>> {
    let key = keys
        .get(&stored.pepper)
        .ok_or_else(|| Error::broken(format!("the master key {} of a password is missing", stored.pepper)))?;
    let pepper = key.pepper().map_err(Error::broken)?;
    let Cost { memory_kib, passes, lanes } = stored.cost;
    let params = Params::new(memory_kib, passes, lanes, Some(HASH_BYTES)).map_err(Error::broken)?;
    let blocks = params.block_count();
    let argon = Argon2::new_with_secret(pepper.bytes(), Algorithm::Argon2id, Version::V0x13, params)
        .map_err(Error::broken)?;
    let mut out = Zeroizing::new([0; HASH_BYTES]);
    room::within(blocks, |room| {
        argon.hash_password_into_with_memory(password.0.as_bytes(), &stored.salt, &mut *out, room)
    })
    .map_err(Error::broken)?;
    Ok(out)
}

fn parse(text: &str) -> Result<Stored> {
    let odd = || Error::broken("a stored password hash is none of ours");
    let parts: Vec<&str> = text.split('$').collect();
    let [SCHEME, cost, pepper, salt, hash] = parts[..] else { return Err(odd()) };
    let numbers: Vec<u32> = cost.split(',').filter_map(|n| n.parse().ok()).collect();
    let [memory_kib, passes, lanes] = numbers[..] else { return Err(odd()) };
    let bytes = |text: &str| BASE64_NOPAD.decode(text.as_bytes()).map_err(|_| odd());
    Ok(Stored {
        cost: Cost { memory_kib, passes, lanes },
        pepper: pepper.to_owned(),
        salt: bytes(salt)?,
        hash: bytes(hash)?,
    })
}
