//! Where jobs wait for a thread of the engine: in order, bounded, one tenant's changes by one thread at a time.

use super::REST_SECONDS;
use crate::{Error, Result, TenantId};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(crate) struct Intake<J> {
    state: Mutex<State<J>>,
    wake: Condvar,
    limit: usize,
    mixed: bool,
    tenant_of: fn(&J) -> TenantId,
}

struct State<J> {
    waiting: usize,
    mixed: VecDeque<J>,
    queues: HashMap<TenantId, VecDeque<J>>,
    ready: VecDeque<TenantId>,
    busy: HashSet<TenantId>,
    closed: bool,
}

/// Jobs for one thread. While it lives, no other thread gets jobs of the same tenant (unless mixed).
pub(crate) struct Batch<'a, J> {
    intake: &'a Intake<J>,
    pub tenant: Option<TenantId>,
    pub jobs: Vec<J>,
}

impl<J> Intake<J> {
    /// `mixed`: a batch may hold jobs of several tenants, and no tenant is kept to one thread.
    pub(crate) fn new(limit: usize, mixed: bool, tenant_of: fn(&J) -> TenantId) -> Self {
        let state = State {
            waiting: 0,
            mixed: VecDeque::new(),
            queues: HashMap::new(),
            ready: VecDeque::new(),
            busy: HashSet::new(),
            closed: false,
        };
        Self { state: Mutex::new(state), wake: Condvar::new(), limit, mixed, tenant_of }
    }
    fn state(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub(crate) fn push(&self, job: J) -> Result<()> {
        let mut state = self.state();
        if state.closed || state.waiting >= self.limit {
            let key = if state.closed { "error-stopping" } else { "error-overloaded" };
            return Err(Error::Busy(key.into()));
        }
        state.waiting += 1;
        if self.mixed {
            state.mixed.push_back(job);
        } else {
            let tenant = (self.tenant_of)(&job);
            state.queues.entry(tenant).or_default().push_back(job);
            if !state.busy.contains(&tenant) && !state.ready.contains(&tenant) {
                state.ready.push_back(tenant);
            }
        }
        drop(state);
        self.wake.notify_one();
        Ok(())
    }
    /// Waits for jobs and takes at most `most`. `None` once closed and empty. `rest` is called once when none has come in
    /// [`REST_SECONDS`].
    pub(crate) fn take(&self, most: usize, mut rest: impl FnMut()) -> Option<Batch<'_, J>> {
        let mut rested = false;
        let mut state = self.state();
        loop {
            if let Some((tenant, jobs)) = state.next(self.mixed, most) {
                state.waiting -= jobs.len();
                return Some(Batch { intake: self, tenant, jobs });
            }
            if state.closed {
                return None;
            }
            if rested {
                state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let limit = Duration::from_secs(REST_SECONDS);
            let waited = self.wake.wait_timeout(state, limit).unwrap_or_else(PoisonError::into_inner);
            state = waited.0;
            if waited.1.timed_out() {
                drop(state);
                rest();
                rested = true;
                state = self.state();
            }
        }
    }
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.wake.notify_all();
    }
}

impl<J> State<J> {
    fn next(&mut self, mixed: bool, most: usize) -> Option<(Option<TenantId>, Vec<J>)> {
        if mixed {
            let n = self.mixed.len().min(most);
            return (n > 0).then(|| (None, self.mixed.drain(..n).collect()));
        }
        let tenant = self.ready.pop_front()?;
        let queue = self.queues.get_mut(&tenant)?;
        let n = queue.len().min(most);
        let jobs = queue.drain(..n).collect();
        self.busy.insert(tenant);
        Some((Some(tenant), jobs))
    }
}

impl<J> Drop for Batch<'_, J> {
    fn drop(&mut self) {
        let Some(tenant) = self.tenant else { return };
        let mut state = self.intake.state();
        state.busy.remove(&tenant);
        if state.queues.get(&tenant).is_some_and(|q| !q.is_empty()) {
            state.ready.push_back(tenant);
            drop(state);
            self.intake.wake.notify_one();
        } else {
            state.queues.remove(&tenant);
            drop(state);
            self.intake.wake.notify_all();
        }
    }
}
