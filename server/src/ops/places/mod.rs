//! Where an address is: its country, and the network (organisation) that announces it.
//!
//! - Offline only: no lookup leaves the program.
//! - The built-in database (`places/` in the repository says where it comes from) is unpacked on the first lookup,
//!   so a program that nobody signs in to does not carry it; a file in MaxMind's format replaces either half.
//! - Address ranges that belong to no place say which kind they are ([`Special`]), never a country.
//! - A lookup takes under a microsecond, cannot fail, and allocates nothing but the network's name.
//! - A country is where the network is registered or says it is used: good for "unusual", never proof.

mod mmdb;
pub mod pack;
mod ranges;
pub mod special;
#[cfg(test)]
mod tests;
pub mod world;

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::ui::{Language, Locale};
use crate::users::model::sort_key;
use mmdb::MmdbFile;
pub use special::Special;
use special::{embedded_ipv4, special};
use world::World;

/// A country's two letters (ISO 3166-1 alpha-2), upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

/// What is known of where an address is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The country.
    pub country: Option<Country>,
    /// The organisation that announces the address ("Telia Company AB").
    pub network: Option<String>,
    /// Set when the address belongs to no place; the other two are then empty.
    pub special: Option<Special>,
}

/// The databases in use; cloning shares them.
#[derive(Clone)]
pub struct Places {
    country: Arc<Source>,
    network: Arc<Source>,
}

enum Source {
    BuiltIn,
    File(MmdbFile),
}

/// A file that was to replace the built-in database and cannot.
#[derive(Debug)]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// What the reader of the format says.
    pub cause: String,
}

impl Places {
    /// The built-in database alone.
    pub fn built_in() -> Places {
        Places { country: Arc::new(Source::BuiltIn), network: Arc::new(Source::BuiltIn) }
    }

    /// The built-in database with either half replaced by a file in MaxMind's format.
    pub fn with_files(country: Option<&Path>, network: Option<&Path>) -> Result<Places, Unreadable> {
        let source = |path: Option<&Path>| match path {
            Some(path) => MmdbFile::open(path).map(Source::File),
            None => Ok(Source::BuiltIn),
        };
        Ok(Places { country: Arc::new(source(country)?), network: Arc::new(source(network)?) })
    }

    /// Where `address` is.
    pub fn place(&self, address: IpAddr) -> Place {
        let address = address.to_canonical();
        if let Some(kind) = special(address) {
            return Place { special: Some(kind), ..Place::default() };
        }
        let address = embedded_ipv4(address).map_or(address, IpAddr::V4);
        Place {
            country: self.country.country(address),
            network: self.network.network(address),
            special: None,
        }
    }

    /// The day of the older of the two databases in use.
    pub fn made(&self) -> Timestamp {
        self.country.made().min(self.network.made())
    }
}

impl Source {
    fn country(&self, address: IpAddr) -> Option<Country> {
        match self {
            Source::BuiltIn => world().and_then(|world| world.country(address)),
            Source::File(file) => file.country(address),
        }
    }

    fn network(&self, address: IpAddr) -> Option<String> {
        match self {
            Source::BuiltIn => world().and_then(|world| world.network(address)).map(str::to_owned),
            Source::File(file) => file.network(address),
        }
    }

    fn made(&self) -> Timestamp {
        match self {
            Source::BuiltIn => world::made(BUILT_IN),
            Source::File(file) => file.made(),
        }
    }
}

const BUILT_IN: &[u8] = include_bytes!("../../../../places/world.bin");

/// The built-in database, unpacked once. It is part of the program and a test reads it whole, so `None` means
/// that the program's own file was damaged.
fn world() -> Option<&'static World> {
    static WORLD: OnceLock<Option<World>> = OnceLock::new();
    let unpacked =
        || World::unpack(BUILT_IN).map_err(|cause| tracing::error!(%cause, "places unreadable")).ok();
    WORLD.get_or_init(unpacked).as_ref()
}

/// The country of an origin as a person reads it: its name, or the kind of address in words.
pub fn country_said(t: &Locale, stored: &str) -> String {
    match Special::ALL.iter().find(|kind| kind.code() == stored) {
        Some(kind) => t.say(&format!("place-{}", kind.code())),
        None => t.known(&format!("country-{stored}")).unwrap_or_else(|| stored.to_owned()),
    }
}

/// What the country of an origin can be, with what it is called, in the order of the names.
pub fn countries(t: &Locale) -> &'static [(String, String)] {
    static NAMED: [OnceLock<Vec<(String, String)>>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    let place = Language::ALL.iter().position(|language| *language == t.language);
    place.and_then(|place| NAMED.get(place)).map_or(&[], |named| named.get_or_init(|| named_in(t)))
}

fn named_in(t: &Locale) -> Vec<(String, String)> {
    let kinds = Special::ALL.iter().map(|kind| kind.code().to_owned());
    let letters = || b'A'..=b'Z';
    let pairs = letters().flat_map(|a| letters().map(move |b| Country([a, b]).to_string()));
    let named = pairs.filter(|code| t.known(&format!("country-{code}")).is_some());
    let mut all: Vec<(String, String)> =
        kinds.chain(named).map(|code| (country_said(t, &code), code)).collect();
    all.sort_by_cached_key(|(name, _)| sort_key(name));
    all.into_iter().map(|(name, code)| (code, name)).collect()
}

impl Country {
    /// Reads a code; the letters in any case.
    pub fn parse(text: &str) -> Option<Country> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Country([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |source: &Source| match source {
            Source::BuiltIn => "built in",
            Source::File(_) => "file",
        };
        f.debug_struct("Places")
            .field("country", &name(&self.country))
            .field("network", &name(&self.network))
            .finish()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.cause)
    }
}

impl std::error::Error for Unreadable {}
