//! Whether the program is alive, and whether it can do its work: `/healthz` and `/readyz`.
//!
//! - Every part that can fail holds a [`Check`] and reports on it; the program is ready when every part is well.
//! - Parts begin unwell ("starting"), so that the program is never ready before each has spoken.
//! - The answer names the part and a short code for the reason, nothing else: no address, path or message, since
//!   anybody may ask. The whole story is in the log, once, where it happened.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The register of every part that must be well; cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Readiness {
    parts: Arc<Mutex<BTreeMap<&'static str, Option<&'static str>>>>,
}

/// One part's line in the register.
#[derive(Clone, Debug)]
pub struct Check {
    readiness: Readiness,
    part: &'static str,
}

/// What `/readyz` answers.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct State {
    /// Whether every part is well.
    pub ready: bool,
    /// Each part: `"ok"`, or the code of the reason why not.
    pub parts: BTreeMap<&'static str, &'static str>,
}

impl Readiness {
    /// Enters a part, unwell until it says otherwise. `part` is a short word ("store", "content").
    pub fn enter(&self, part: &'static str) -> Check {
        let check = Check { readiness: self.clone(), part };
        check.unwell("starting");
        check
    }

    /// A part's line, as it is: for a part that is looked at only when somebody asks.
    pub fn part(&self, part: &'static str) -> Check {
        Check { readiness: self.clone(), part }
    }

    /// The state of all parts now.
    pub fn state(&self) -> State {
        let parts = self.lock();
        let ready = parts.values().all(Option::is_none);
        State { ready, parts: parts.iter().map(|(part, reason)| (*part, reason.unwrap_or("ok"))).collect() }
    }

    /// The answer to `/readyz`: 200 when ready, else 503.
    pub fn readyz(&self) -> Response {
        let state = self.state();
        let status = if state.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        (status, NO_STORE, Json(state)).into_response()
    }

    /// The answer to `/healthz`: the process runs and answers.
    pub fn healthz() -> Response {
        (NO_STORE, Json(serde_json::json!({ "alive": true }))).into_response()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, Option<&'static str>>> {
        self.parts.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

const NO_STORE: [(header::HeaderName, HeaderValue); 1] =
    [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];

impl Check {
    /// The part works.
    pub fn well(&self) {
        self.readiness.lock().insert(self.part, None);
    }

    /// The part does not work; `reason` is a short code ("log-cannot-be-written").
    pub fn unwell(&self, reason: &'static str) {
        self.readiness.lock().insert(self.part, Some(reason));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_ready_only_when_every_part_has_said_so() {
        let readiness = Readiness::default();
        let (store, content) = (readiness.enter("store"), readiness.enter("content"));
        assert_eq!(readiness.readyz().status(), 503);
        store.well();
        assert!(!readiness.state().ready, "content is still starting");
        content.well();
        assert_eq!(readiness.readyz().status(), 200);
    }

    #[test]
    fn a_part_that_fails_is_named_with_its_reason_and_can_recover() {
        let readiness = Readiness::default();
        let log = readiness.enter("log");
        log.unwell("log-cannot-be-written");
        let state = readiness.state();
        assert_eq!((state.ready, state.parts["log"]), (false, "log-cannot-be-written"));
        log.well();
        assert_eq!(readiness.state(), State { ready: true, parts: BTreeMap::from([("log", "ok")]) });
    }
}
