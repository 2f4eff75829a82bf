//! Settings, rights and reach, through the door, on both engines.

mod arriving;
mod bounds;
mod giving;
mod reach;

use kernel::policy::Policy;
use kernel::{GroupId, UserId};
use vaktbok_tests::{Answer, Http, Portal, Tenant};

/// The rights a user holds now.
async fn rights(portal: &Portal, tenant: &Tenant, user: UserId, group: GroupId) -> Vec<&'static str> {
    portal
        .machine(tenant.id)
        .read(&portal.app().store, move |r| Ok(Policy::read(r, Some(user), Some(group))?.rights()))
        .await
        .unwrap()
}

/// Saves a value on the page of a place: `/settings`, `/groups/…/settings`, `/users/…/settings`.
async fn save(http: &Http, place: &str, key: &str, value: &str, mode: &str) -> Answer {
    let fields = [("step", "save"), ("value", value), ("mode", mode)];
    http.post(&format!("{place}/{key}")).form(&fields).send().await
}
