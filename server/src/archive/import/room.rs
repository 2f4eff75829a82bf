//! Room for uploads: how many are under way at once, and how much of their vCons stands in memory.
//!
//! - A vCon is read whole. Those that are read at the same time have together no more bytes than one of the largest; the
//!   others wait in their folder on disk, first come, first served.
//! - An upload beyond what is taken at once is told when to come back, before its body is read.

use super::super::vcon::MAX_VCON_BYTES;
use kernel::{Error, Message, Result, TenantId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Uploads under way at once, of all tenants: coming in, or being brought in.
pub const UPLOADS_AT_ONCE: usize = 64;
/// Uploads of one tenant under way at once, so that one does not take the room of all.
pub const UPLOADS_OF_A_TENANT: usize = 16;
/// Bytes of vCons that are read at the same time. In memory stands about three times as much: the file, its JSON, and what
/// is made of it.
pub const VCON_BYTES_AT_ONCE: usize = MAX_VCON_BYTES;
/// Bytes that are counted as one.
const UNIT_BYTES: usize = 1024;

/// What is under way; cloning shares it.
#[derive(Clone, Debug)]
pub struct Room {
    reading: Arc<Semaphore>,
    under_way: Arc<Mutex<HashMap<i64, usize>>>,
}

/// An upload's place, given back when dropped.
#[derive(Debug)]
pub struct Place {
    under_way: Arc<Mutex<HashMap<i64, usize>>>,
    tenant: i64,
}

impl Default for Room {
    fn default() -> Self {
        Self { reading: Arc::new(Semaphore::new(VCON_BYTES_AT_ONCE / UNIT_BYTES)), under_way: Arc::default() }
    }
}

impl Room {
    /// A place for one more upload.
    ///
    /// # Errors
    /// `Limit` when the tenant has as many as it may; `Busy` when all tenants together have.
    pub fn enter(&self, tenant: TenantId) -> Result<Place> {
        let mut under_way = held(&self.under_way);
        let all: usize = under_way.values().sum();
        let own = under_way.entry(tenant.number()).or_default();
        if *own >= UPLOADS_OF_A_TENANT {
            return Err(Error::Limit(Message::new("archive-import-wait").with("most", UPLOADS_OF_A_TENANT)));
        }
        if all >= UPLOADS_AT_ONCE {
            return Err(Error::Busy(Message::new("archive-import-busy")));
        }
        *own += 1;
        Ok(Place { under_way: Arc::clone(&self.under_way), tenant: tenant.number() })
    }

    /// Waits until a vCon of so many bytes can be read; it may stand in memory until what comes back is dropped.
    ///
    /// # Errors
    /// `Busy` when the process is stopping.
    pub async fn read(&self, bytes: u64) -> Result<OwnedSemaphorePermit> {
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).clamp(1, VCON_BYTES_AT_ONCE);
        let units = u32::try_from(bytes.div_ceil(UNIT_BYTES)).unwrap_or(u32::MAX);
        let reading = Arc::clone(&self.reading).acquire_many_owned(units).await;
        reading.map_err(|_| Error::Busy("error-stopping".into()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut under_way = held(&self.under_way);
        match under_way.get_mut(&self.tenant) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                under_way.remove(&self.tenant);
            }
        }
    }
}

fn held(under_way: &Mutex<HashMap<i64, usize>>) -> MutexGuard<'_, HashMap<i64, usize>> {
    under_way.lock().unwrap_or_else(PoisonError::into_inner)
}
