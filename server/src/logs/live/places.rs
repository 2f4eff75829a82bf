//! Room for live pages, shared out: no customer and no session takes it all.
//!
//! - A customer holds at most as many places as it leaves free, so that there is always room for another.
//! - A place is free again when it is dropped.

use kernel::{TenantId, Uuid};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Live pages of this process.
pub const MAX_LIVE_PAGES: usize = 500;
/// Live pages of one session: a browser keeps six connections to a server without HTTP/2, and needs some to open pages with.
pub const MAX_LIVE_PAGES_A_SESSION: usize = 4;

/// Who holds how many places.
#[derive(Debug, Default)]
pub struct Places {
    taken: Mutex<HashMap<TenantId, HashMap<Uuid, usize>>>,
}

/// One place, held.
#[derive(Debug)]
pub struct Place {
    places: Arc<Places>,
    tenant: TenantId,
    session: Uuid,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// The session has its share.
    Session,
    /// The customer has its share of what there is.
    Tenant,
}

impl Places {
    /// How many are held.
    #[must_use]
    pub fn count(&self) -> usize {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.values().flat_map(HashMap::values).sum()
    }
    /// Takes a place for a session of a customer, if its share allows.
    ///
    /// # Errors
    /// Whose share is used up.
    pub fn take(self: &Arc<Self>, tenant: TenantId, session: Uuid) -> Result<Place, Full> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = taken.values().flat_map(HashMap::values).sum();
        let own: usize = taken.get(&tenant).map_or(0, |own| own.values().sum());
        if own >= MAX_LIVE_PAGES.saturating_sub(all) {
            return Err(Full::Tenant);
        }
        let sessions = taken.entry(tenant).or_default();
        let count = sessions.entry(session).or_default();
        if *count >= MAX_LIVE_PAGES_A_SESSION {
            return Err(Full::Session);
        }
        *count += 1;
        Ok(Place { places: Arc::clone(self), tenant, session })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sessions) = taken.get_mut(&self.tenant) {
            if let Some(count) = sessions.get_mut(&self.session) {
                *count -= 1;
            }
            sessions.retain(|_, count| *count > 0);
        }
        taken.retain(|_, sessions| !sessions.is_empty());
    }
}
