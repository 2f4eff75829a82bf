//! Time, CPU and memory, as this process's own account has them.

use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;
use tokio::time::Instant;

/// CPU seconds of this process so far, over all its threads.
#[must_use]
pub fn cpu_seconds() -> f64 {
    seconds_of(ClockId::ProcessCPUTime)
}

/// CPU seconds of this thread so far.
#[must_use]
pub fn thread_cpu_seconds() -> f64 {
    seconds_of(ClockId::ThreadCPUTime)
}

fn seconds_of(clock: ClockId) -> f64 {
    let spent = clock_gettime(clock);
    spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
}

/// The most resident memory this process ever had, in MiB (`VmHWM`); 0 where the system does not tell.
#[must_use]
pub fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}

/// Something that is being measured.
pub struct Lap {
    began: Instant,
    cpu: f64,
}

impl Lap {
    /// Begins now.
    #[must_use]
    pub fn begin() -> Self {
        Self { cpu: cpu_seconds(), began: Instant::now() }
    }
    /// Wall and CPU seconds since it began.
    #[must_use]
    pub fn end(self) -> (f64, f64) {
        (self.began.elapsed().as_secs_f64(), cpu_seconds() - self.cpu)
    }
}

/// Durations that are looked at together.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }
    /// All of another.
    pub fn extend(&mut self, other: Times) {
        self.0.extend(other.0);
    }
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The value that so many percent do not exceed, in milliseconds.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(at).map_or(0.0, |took| took.as_secs_f64() * 1e3)
    }
}

/// The middle of some values.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let mut times = Times::default();
        (1..=200).for_each(|n| times.add(Duration::from_millis(n)));
        assert_eq!((times.percentile(50), times.percentile(99)), (100.0, 198.0));
        assert_eq!((median(&[3.0, 1.0, 2.0]), Times::default().percentile(99)), (2.0, 0.0));
    }
}
