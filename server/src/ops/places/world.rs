//! The built-in database: countries and networks by address, in one compressed file.
//!
//! File, version 1: the eight bytes `VBPLACE1`; the day of the data in seconds since 1970, 8 bytes, little-endian;
//! then one zlib stream (RFC 1950) of: the country codes, one after another, and the network names, one a line, each
//! list after its length in bytes; then four tables of [`Ranges`]: country by IPv4 /24, country by IPv6 /48,
//! network by IPv4 /24, network by IPv6 /48. Value n of a table is the nth code or name, counted from 1.
//! Lengths are in little-endian base 128.

use std::fmt;
use std::io::Read;
use std::net::IpAddr;

use flate2::read::ZlibDecoder;
use jiff::Timestamp;

use super::Country;
use super::ranges::{Ranges, read_number, write_number};

/// The first bytes of the file: what it is, and its version.
pub const MAGIC: &[u8; 8] = b"VBPLACE1";
/// Bits of an IPv4 address inside one block.
pub const BLOCK_BITS_V4: u32 = 8;
/// Bits of an IPv6 address inside one block.
pub const BLOCK_BITS_V6: u32 = 80;
/// Bytes that the unpacked file may have; the real one has about 8 million.
const UNPACKED_BYTES: u64 = 64 << 20;

/// Countries and networks by address.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct World {
    /// Country codes; value n of the country tables is the nth.
    pub countries: Vec<Country>,
    /// Network names, a line each.
    pub names: String,
    /// Where each name begins in `names`, and at last where the last one ends.
    name_starts: Vec<u32>,
    /// The four tables, as in the file.
    pub tables: [Ranges; 4],
}

/// The file is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

impl World {
    /// Puts a world together from its parts.
    pub fn new(countries: Vec<Country>, names: String, tables: [Ranges; 4]) -> World {
        let mut name_starts = vec![0];
        let ends = names.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        name_starts.extend(ends);
        World { countries, names, name_starts, tables }
    }

    /// The country of a public address.
    pub fn country(&self, address: IpAddr) -> Option<Country> {
        let value = self.value(0, address)?;
        self.countries.get(value).copied()
    }

    /// The name of the network of a public address.
    pub fn network(&self, address: IpAddr) -> Option<&str> {
        let value = self.value(2, address)?;
        let (from, to) = (*self.name_starts.get(value)?, *self.name_starts.get(value + 1)?);
        self.names.get(from as usize..to as usize - 1)
    }

    /// The value for `address`, counted from 0, in the pair of tables that begins at `table`.
    fn value(&self, table: usize, address: IpAddr) -> Option<usize> {
        let value = match address {
            IpAddr::V4(v4) => self.tables[table].at(u64::from(v4.to_bits() >> BLOCK_BITS_V4)),
            IpAddr::V6(v6) => self.tables[table + 1].at((v6.to_bits() >> BLOCK_BITS_V6) as u64),
        };
        (value as usize).checked_sub(1)
    }

    /// Reads the file.
    pub fn unpack(file: &[u8]) -> Result<World, Damaged> {
        let packed = file.strip_prefix(MAGIC).and_then(|rest| rest.get(8..)).ok_or(Damaged)?;
        let mut plain = Vec::new();
        ZlibDecoder::new(packed).take(UNPACKED_BYTES).read_to_end(&mut plain).map_err(|_| Damaged)?;
        World::read(&plain)
    }

    /// Reads what stands inside the compression.
    fn read(plain: &[u8]) -> Result<World, Damaged> {
        let mut rest = plain;
        let codes = read_list(&mut rest)?;
        let countries: Vec<Country> =
            codes.as_bytes().chunks(2).filter_map(|c| Country::parse(str::from_utf8(c).ok()?)).collect();
        let names = read_list(&mut rest)?.to_owned();
        let name_count = names.bytes().filter(|byte| *byte == b'\n').count() as u32;
        let mut table = |most| Ranges::read(&mut rest, most);
        let country_count = countries.len() as u32;
        let tables = [table(country_count)?, table(country_count)?, table(name_count)?, table(name_count)?];
        if rest.is_empty() { Ok(World::new(countries, names, tables)) } else { Err(Damaged) }
    }

    /// What stands inside the compression.
    pub fn write(&self) -> Vec<u8> {
        let codes: String = self.countries.iter().map(Country::as_str).collect();
        let mut out = Vec::new();
        for list in [&codes, &self.names] {
            write_number(&mut out, list.len() as u64);
            out.extend_from_slice(list.as_bytes());
        }
        for table in &self.tables {
            table.write(&mut out);
        }
        out
    }
}

/// The day of the data in a file, read from its head alone; 1970 when there is no head.
pub fn made(file: &[u8]) -> Timestamp {
    let day = file.get(8..16).and_then(|bytes| bytes.try_into().ok()).map_or(0, i64::from_le_bytes);
    Timestamp::from_second(day).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn read_list<'a>(input: &mut &'a [u8]) -> Result<&'a str, Damaged> {
    let length = usize::try_from(read_number(input)?).map_err(|_| Damaged)?;
    let (list, rest) = input.split_at_checked(length).ok_or(Damaged)?;
    *input = rest;
    std::str::from_utf8(list).map_err(|_| Damaged)
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("damaged")
    }
}

impl std::error::Error for Damaged {}
