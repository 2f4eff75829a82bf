//! Randomness as an argument: the system's generator in service, a seeded one in tests.

use crate::Timestamp;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A source of random bytes fit for keys, salts and secrets.
#[derive(Clone)]
pub struct Chance(Source);

#[derive(Clone)]
enum Source {
    System(Arc<Mutex<Pool>>),
    Seeded(Arc<(u64, AtomicU64)>),
}

/// Bytes fetched from the system ahead of use: one call of the system for many salts.
struct Pool {
    bytes: [u8; POOL_BYTES],
    used: usize,
}

const POOL_BYTES: usize = 4096;

impl Chance {
    /// The operating system's generator (getrandom), read in blocks and each byte handed out once.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System(Arc::new(Mutex::new(Pool { bytes: [0; POOL_BYTES], used: POOL_BYTES }))))
    }
    /// A repeatable stream for tests and for the demo: SHA-256 of seed and counter. Never for real secrets.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new((seed, AtomicU64::new(0)))))
    }
    /// Fills the buffer. A machine without a working generator cannot go on: this panics, and the request fails.
    #[expect(clippy::panic, reason = "weak secrets are worse than a failed request")]
    pub fn fill(&self, out: &mut [u8]) {
        match &self.0 {
            Source::System(pool) if out.len() <= 64 => {
                pool.lock().unwrap_or_else(PoisonError::into_inner).take(out)
            }
            Source::System(_) => {
                if let Err(cause) = getrandom::fill(out) {
                    panic!("the system gives no random bytes: {cause}");
                }
            }
            Source::Seeded(state) => {
                for block in out.chunks_mut(32) {
                    let n = state.1.fetch_add(1, Ordering::Relaxed);
                    let hash = Sha256::new()
                        .chain_update(state.0.to_be_bytes())
                        .chain_update(n.to_be_bytes())
                        .finalize();
                    block.copy_from_slice(&hash[..block.len()]);
                }
            }
        }
    }
    /// An array of random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        self.fill(&mut out);
        out
    }
    /// A UUID version 7: the time in milliseconds, then 74 random bits (RFC 9562 section 5.7).
    #[must_use]
    pub fn uuid(&self, now: Timestamp) -> uuid::Uuid {
        let millis = u64::try_from(now.0 / 1000).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}

impl Pool {
    #[expect(clippy::panic, reason = "weak secrets are worse than a failed request")]
    fn take(&mut self, out: &mut [u8]) {
        if self.used + out.len() > POOL_BYTES {
            if let Err(cause) = getrandom::fill(&mut self.bytes) {
                panic!("the system gives no random bytes: {cause}");
            }
            self.used = 0;
        }
        let taken = &mut self.bytes[self.used..self.used + out.len()];
        out.copy_from_slice(taken);
        taken.fill(0);
        self.used += out.len();
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chance")
    }
}
