//! Sorted ranges of blocks with a value each, and their packed form.
//!
//! A block is what one step of a table counts: a /24 of IPv4, a /48 of IPv6, the smallest ranges that are routed on
//! the internet. A table holds where each run of equal values begins; a run without a value has the value 0.

use super::world::Damaged;

/// Runs of blocks: the first block of each and its value.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ranges {
    starts: Vec<u64>,
    values: Vec<u32>,
}

impl Ranges {
    /// A table of runs, given in order of their first block.
    pub fn new(runs: impl IntoIterator<Item = (u64, u32)>) -> Ranges {
        let (starts, values) = runs.into_iter().unzip();
        Ranges { starts, values }
    }

    /// The value at `block`; 0 where none is.
    pub fn at(&self, block: u64) -> u32 {
        let after = self.starts.partition_point(|start| *start <= block);
        after.checked_sub(1).map_or(0, |run| self.values[run])
    }

    /// The number of runs.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Appends the packed form: the number of runs, the distances between their starts, their values; all as
    /// little-endian base 128, starts and values apart since each compresses better among its like.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_number(out, self.starts.len() as u64);
        let mut before = 0;
        for start in &self.starts {
            write_number(out, start - before);
            before = *start;
        }
        for value in &self.values {
            write_number(out, u64::from(*value));
        }
    }

    /// Reads the packed form, with values up to `most`.
    pub fn read(input: &mut &[u8], most: u32) -> Result<Ranges, Damaged> {
        let count = usize::try_from(read_number(input)?).map_err(|_| Damaged)?;
        if count > input.len() {
            return Err(Damaged);
        }
        let (mut starts, mut values) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut start = 0_u64;
        for _ in 0..count {
            start = start.checked_add(read_number(input)?).ok_or(Damaged)?;
            starts.push(start);
        }
        for _ in 0..count {
            let value = u32::try_from(read_number(input)?).map_err(|_| Damaged)?;
            values.push(value);
        }
        if values.iter().any(|value| *value > most) {
            return Err(Damaged);
        }
        Ok(Ranges { starts, values })
    }
}

/// Appends `number` in little-endian base 128.
pub fn write_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number in little-endian base 128 from the front of `input`.
pub fn read_number(input: &mut &[u8]) -> Result<u64, Damaged> {
    let mut number = 0_u64;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = input.split_first().ok_or(Damaged)?;
        *input = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(Damaged)
}
