//! A bounded place for work that takes a core and much memory on purpose: password hashes.
//!
//! - At most `slots` run at once and at most `queue` wait; one more is refused at once with [`Full`].
//! - A caller that goes away while waiting leaves the queue; work once begun ends and keeps its slot until then,
//!   so cancelled requests cannot add up to more work than there are slots.
//! - Waits are measured: `vaktbok_hash_wait_seconds`, `vaktbok_hash_waiting`, `vaktbok_hash_refused_total`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

use tokio::sync::Semaphore;

/// The pool; cloning it shares it.
#[derive(Clone, Debug)]
pub struct HashPool {
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    slots: Arc<Semaphore>,
    slot_count: u64,
    queue: u64,
    waiting: AtomicU64,
    /// Pieces of work that were done.
    done: AtomicU64,
    /// Moving average of one piece of work, for telling callers when to come back.
    work_micros: AtomicU64,
}

/// Every slot is taken and the queue is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// Seconds after which the queue will have room, for `Retry-After`; at least 1.
    pub retry_after_seconds: u64,
}

impl HashPool {
    /// A pool in which `slots` run and `queue` wait.
    pub fn new(slots: u64, queue: u64) -> HashPool {
        let slot_count = slots.max(1);
        let permits = usize::try_from(slot_count).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        let state = State {
            slots: Arc::new(Semaphore::new(permits)),
            slot_count,
            queue,
            waiting: AtomicU64::new(0),
            done: AtomicU64::new(0),
            work_micros: AtomicU64::new(30_000),
        };
        HashPool { state: Arc::new(state) }
    }

    /// Runs `work` on a thread of its own as soon as a slot is free. A panic in `work` is the caller's.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Full> {
        let asked = Instant::now();
        let place = self.queue_up()?;
        let Ok(slot) = Arc::clone(&self.state.slots).acquire_owned().await else {
            return Err(self.full()); // the semaphore is never closed
        };
        drop(place);
        metrics::histogram!("vaktbok_hash_wait_seconds").record(asked.elapsed().as_secs_f64());
        let state = Arc::clone(&self.state);
        let running = tokio::task::spawn_blocking(move || {
            let begun = Instant::now();
            let done = work();
            state.learn(begun.elapsed());
            state.done.fetch_add(1, Ordering::Relaxed);
            drop(slot);
            done
        });
        match running.await {
            Ok(done) => Ok(done),
            Err(ended) if ended.is_panic() => std::panic::resume_unwind(ended.into_panic()),
            Err(_) => Err(self.full()), // the runtime is stopping
        }
    }

    /// Callers waiting now.
    pub fn waiting(&self) -> u64 {
        self.state.waiting.load(Ordering::Relaxed)
    }

    /// Pieces of work done since the start: what each sign-in cost can be counted, not only timed.
    pub fn done(&self) -> u64 {
        self.state.done.load(Ordering::Relaxed)
    }

    /// A place in the queue, given back when dropped.
    fn queue_up(&self) -> Result<Place, Full> {
        // Free slots need no place: a queue of 0 still serves as many as there are slots.
        let room = self.state.queue + self.state.slots.available_permits() as u64;
        let taken = self.state.waiting.fetch_add(1, Ordering::Relaxed);
        let place = Place { state: Arc::clone(&self.state) };
        metrics::gauge!("vaktbok_hash_waiting").set((taken + 1) as f64);
        if taken < room {
            return Ok(place);
        }
        metrics::counter!("vaktbok_hash_refused_total").increment(1);
        Err(self.full())
    }

    fn full(&self) -> Full {
        let micros =
            self.state.work_micros.load(Ordering::Relaxed) * (self.state.queue + 1) / self.state.slot_count;
        Full { retry_after_seconds: micros.div_ceil(1_000_000).max(1) }
    }
}

impl State {
    fn learn(&self, took: Duration) {
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX / 16);
        let before = self.work_micros.load(Ordering::Relaxed);
        self.work_micros.store((before * 7 + took) / 8, Ordering::Relaxed);
    }
}

struct Place {
    state: Arc<State>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let before = self.state.waiting.fetch_sub(1, Ordering::Relaxed);
        metrics::gauge!("vaktbok_hash_waiting").set(before.saturating_sub(1) as f64);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    /// Work of about the length of one hash that counts how many run beside it.
    fn counted(running: &Arc<AtomicUsize>, most: &Arc<AtomicUsize>) -> impl FnOnce() + Send + 'static {
        let (running, most) = (Arc::clone(running), Arc::clone(most));
        move || {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(5));
            running.fetch_sub(1, Ordering::SeqCst);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn r12_a_thousand_sign_ins_at_once_run_two_at_a_time_and_the_rest_are_told_when_to_come_back() {
        let pool = HashPool::new(2, 100);
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let callers: Vec<_> = (0..1000)
            .map(|_| {
                let (pool, work) = (pool.clone(), counted(&running, &most));
                tokio::spawn(async move { pool.run(work).await })
            })
            .collect();
        let (mut served, mut refused) = (0, 0);
        for caller in callers {
            match caller.await.unwrap() {
                Ok(()) => served += 1,
                Err(Full { retry_after_seconds }) => {
                    assert!((1..=60).contains(&retry_after_seconds));
                    refused += 1;
                }
            }
        }
        assert_eq!(served + refused, 1000);
        assert!(served >= 100, "the queue was served: {served}");
        assert!(refused > 0, "the rest were refused");
        assert_eq!(most.load(Ordering::SeqCst), 2, "never more than the slots ran at once");
        assert_eq!(pool.waiting(), 0);
        assert_eq!(pool.run(|| 7).await, Ok(7), "afterwards it serves again");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn callers_that_go_away_leave_the_queue() {
        let pool = HashPool::new(1, 1);
        let (free, blocked) = std::sync::mpsc::channel::<()>();
        let busy = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(move || blocked.recv().is_ok()).await }
        });
        while pool.state.slots.available_permits() > 0 || pool.waiting() > 0 {
            tokio::task::yield_now().await;
        }
        let waiting = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(|| ()).await }
        });
        while pool.waiting() == 0 {
            tokio::task::yield_now().await;
        }
        assert!(pool.run(|| ()).await.is_err(), "one runs and one waits: full");
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert_eq!(pool.waiting(), 0);
        free.send(()).unwrap();
        assert_eq!(busy.await.unwrap(), Ok(true));
    }

    #[tokio::test]
    async fn a_panic_is_the_callers_and_the_slot_is_free_again() {
        let pool = HashPool::new(1, 0);
        let caller = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(|| panic!("in the hash")).await }
        });
        assert!(caller.await.unwrap_err().is_panic());
        assert_eq!(pool.run(|| 1).await, Ok(1));
    }
}
