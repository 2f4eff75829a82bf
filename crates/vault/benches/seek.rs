//! Seeking in an encrypted recording of 1 GB, and the cipher's speed on one core.
//!
//! `cargo bench -p vaktbok-vault`. The recording is sealed as a stream and only the chunks that will be sought are
//! kept, so that the bench itself shows constant memory.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

use std::collections::HashMap;
use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};
use vault::*;

const RECORDING_BYTES: u64 = 1_000_000_000;
const SEEKS: u64 = 201;
const SEEK_LIMIT: Duration = Duration::from_millis(5);
const OWNER: Owner<'static> = Owner { tenant: b"bench tenant....", content: b"bench content..." };

/// The parts of the encrypted file that are sought, by their position.
type Kept = HashMap<u64, Vec<u8>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = ContentKey::new([1; 32]);
    let layout = Layout::of_plain(RECORDING_BYTES)?;
    // Scattered over the whole recording; an odd step, so that the chunks and the places in them differ.
    let places: Vec<u64> = (0..SEEKS).map(|i| i * 387_420_489 % RECORDING_BYTES).collect();
    let (file, sealing) = seal(&key, &layout, &places)?;
    println!("seal: {:.0} MB/s on one core", megabytes_a_second(RECORDING_BYTES, sealing));
    let seeks = seek(&key, &layout, &file, &places)?;
    let (median, worst) = (seeks[seeks.len() / 2], seeks[seeks.len() - 1]);
    println!("seek to the first byte of 1 GB: median {median:?}, worst of {SEEKS} {worst:?}");
    let opening = open(&key, &layout, &file, &places)?;
    println!("open: {:.0} MB/s on one core", opening);
    if let Some(peak) = peak_kilobytes() {
        println!("peak memory, kept chunks included: {} MB", peak / 1024);
    }
    if median > SEEK_LIMIT {
        return Err(format!("a seek took {median:?}, over {SEEK_LIMIT:?}").into());
    }
    Ok(())
}

fn seal(key: &ContentKey, layout: &Layout, places: &[u64]) -> Result<(Kept, Duration), ContentError> {
    let mut wanted: Vec<u64> = vec![layout.extent(layout.chunks() - 1)?.start];
    for place in places {
        wanted.push(layout.extent(place / CHUNK_BYTES as u64)?.start);
    }
    let mut sealer = Sealer::new(key, &OWNER, [2; 32])?;
    let mut file = Kept::from([(0, sealer.header().to_vec())]);
    let piece = vec![0x5A; CHUNK_BYTES];
    let mut out = Vec::with_capacity(SEALED_CHUNK_BYTES);
    let (mut at, mut left) = (HEADER_BYTES as u64, RECORDING_BYTES);
    let started = Instant::now();
    while left > 0 {
        let now = left.min(CHUNK_BYTES as u64);
        sealer.push(&piece[..now as usize], &mut out)?;
        at = keep(&mut file, &wanted, at, &mut out);
        left -= now;
    }
    sealer.finish(&mut out)?;
    let took = started.elapsed();
    keep(&mut file, &wanted, at, &mut out);
    Ok((file, took))
}

/// Keeps the chunk in `out` if it is wanted; gives the position behind it.
fn keep(file: &mut Kept, wanted: &[u64], at: u64, out: &mut Vec<u8>) -> u64 {
    let behind = at + out.len() as u64;
    if !out.is_empty() && wanted.contains(&at) {
        file.insert(at, out.clone());
    }
    out.clear();
    behind
}

/// From nothing to the first byte: header, last chunk, the chunk sought. Sorted.
fn seek(
    key: &ContentKey,
    layout: &Layout,
    file: &Kept,
    places: &[u64],
) -> Result<Vec<Duration>, ReadError<&'static str>> {
    let mut took = Vec::new();
    let fetch = |r: Range<u64>| file.get(&r.start).cloned().ok_or("not kept");
    for place in places {
        let started = Instant::now();
        let range = *place..place + 1;
        read(key, &OWNER, layout.encrypted_bytes(), range, fetch, |byte| {
            black_box(byte[0]);
        })?;
        took.push(started.elapsed());
    }
    took.sort();
    Ok(took)
}

/// MB/s of opening chunks one after the other.
fn open(
    key: &ContentKey,
    layout: &Layout,
    file: &Kept,
    places: &[u64],
) -> Result<f64, Box<dyn std::error::Error>> {
    let kept = |start: u64| file.get(&start).ok_or("not kept");
    let end = kept(layout.extent(layout.chunks() - 1)?.start)?;
    let opener = Opener::new(key, &OWNER, kept(0)?, *layout, end)?;
    let started = Instant::now();
    let mut bytes = 0;
    for place in places {
        let chunk = place / CHUNK_BYTES as u64;
        let content = opener.chunk(chunk, kept(layout.extent(chunk)?.start)?)?;
        bytes += black_box(content).len() as u64;
    }
    Ok(megabytes_a_second(bytes, started.elapsed()))
}

fn megabytes_a_second(bytes: u64, took: Duration) -> f64 {
    bytes as f64 / 1e6 / took.as_secs_f64()
}

/// `VmHWM`, where the system tells it.
fn peak_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
