//! Files in MaxMind's format ("MaxMind DB File Format Specification" 2.0), for those who have a better database.
//!
//! Country and network are found under the names that the usual makers give them; others read as unknown.

use std::net::IpAddr;
use std::path::Path;

use jiff::Timestamp;
use maxminddb::{PathElement, Reader, path};

use super::{Country, Unreadable};

/// Bytes of a network's name that are kept.
const NAME_BYTES: usize = 200;

/// An open file, read into memory whole.
pub struct MmdbFile(Reader<Vec<u8>>);

impl MmdbFile {
    /// Opens and checks a file.
    pub fn open(path: &Path) -> Result<MmdbFile, Unreadable> {
        let unreadable =
            |cause: maxminddb::MaxMindDbError| Unreadable { path: path.into(), cause: cause.to_string() };
        Reader::open_readfile(path).map(MmdbFile).map_err(unreadable)
    }

    /// The country of an address.
    pub fn country(&self, address: IpAddr) -> Option<Country> {
        let names = [&path!["country", "iso_code"][..], &path!["country_code"], &path!["country"]];
        names.iter().find_map(|name| Country::parse(&self.text(address, name)?))
    }

    /// The name of the network of an address.
    pub fn network(&self, address: IpAddr) -> Option<String> {
        let names = [&path!["autonomous_system_organization"][..], &path!["as_name"], &path!["organization"]];
        let found = names.iter().find_map(|name| self.text(address, name))?;
        Some(found.get(..found.floor_char_boundary(NAME_BYTES))?.to_owned())
    }

    /// When the file was made.
    pub fn made(&self) -> Timestamp {
        let seconds = i64::try_from(self.0.metadata().build_epoch).unwrap_or(0);
        Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn text(&self, address: IpAddr, name: &[PathElement<'_>]) -> Option<String> {
        self.0.lookup(address).ok()?.decode_path::<String>(name).ok()?.filter(|text| !text.is_empty())
    }
}
