//! Room to hash passwords in: each hash fills [`super::password::COST`] of memory, which costs a fifth of its time to get anew.
//!
//! - A few rooms are kept and used again, so that memory stays bounded however many threads hash in turn.
//! - When nobody has signed in for a while the rooms are given back to the system, really: what is larger than the
//!   allocator's threshold is a mapping of its own (mallopt(3), `M_MMAP_THRESHOLD`: 32 MiB at most).

use argon2::Block;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Rooms that are kept; hashes beyond it bring their own.
const MOST_KEPT_ROOMS: usize = 4;
/// Blocks of 1 KiB that a room is asked for with, beyond what any allocator keeps for itself; only those used are ever real.
const MAPPED_BLOCKS: usize = 33 * 1024;
/// Rooms are given back when nobody has hashed for so long.
const KEPT: Duration = Duration::from_secs(10);

static ROOMS: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());
static USES: AtomicU64 = AtomicU64::new(0);
static GIVING_BACK: AtomicBool = AtomicBool::new(false);

/// Works in a room of so many blocks. What is in them is of earlier hashes; Argon2's first pass overwrites all of it.
pub fn within<T>(blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> T {
    let kept = ROOMS.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut room = kept.filter(|room| room.capacity() >= blocks).unwrap_or_default();
    if room.capacity() < blocks {
        room = Vec::with_capacity(blocks.max(MAPPED_BLOCKS));
    }
    if room.len() < blocks {
        room.resize(blocks, Block::new());
    }
    let done = work(room.get_mut(..blocks).unwrap_or_default());
    USES.fetch_add(1, Ordering::Relaxed);
    let mut rooms = ROOMS.lock().unwrap_or_else(PoisonError::into_inner);
    if rooms.len() < MOST_KEPT_ROOMS {
        rooms.push(room);
    }
    done
}

/// Gives the rooms back once nobody has hashed for a while. To be called where passwords are hashed, on a runtime.
pub fn give_back_later() {
    if GIVING_BACK.swap(true, Ordering::AcqRel) {
        return;
    }
    tokio::spawn(async {
        loop {
            let before = USES.load(Ordering::Relaxed);
            tokio::time::sleep(KEPT).await;
            if USES.load(Ordering::Relaxed) == before {
                break;
            }
        }
        GIVING_BACK.store(false, Ordering::Release);
        ROOMS.lock().unwrap_or_else(PoisonError::into_inner).clear();
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::{Algorithm, Argon2, Params, Version};

    #[test]
    fn a_room_that_was_used_before_makes_the_same_hash_as_one_of_its_own() {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 2, 1, None).unwrap());
        let (mut own, mut shared) = ([0_u8; 32], [1_u8; 32]);
        argon.hash_password_into(b"second", b"0123456789abcdef", &mut own).unwrap();
        for password in [&b"first"[..], b"second"] {
            within(64, |room| {
                argon
                    .hash_password_into_with_memory(password, b"0123456789abcdef", &mut shared, room)
                    .unwrap();
            });
        }
        assert_eq!(own, shared);
    }
}
