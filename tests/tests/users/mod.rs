//! Users and groups through the door: who may do what to whom, and what becomes of it.

pub(super) mod bounds;
mod import;
mod leavers;
mod lists;
mod order;
mod profiles;
mod programs;
mod races;
mod undone;

use kernel::{Right, UserId, params, sql};
use vaktbok_tests::{Answer, Http, Portal, Tenant};

/// The index of the newest entry of a name.
pub async fn newest(portal: &Portal, tenant: &Tenant, name: &'static str) -> i64 {
    let find = sql!("select coalesce(max(idx), -1) from entry where tenant_id = $tenant and name = $name");
    let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(find, params! { name: name });
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

/// What the newest entry of a name is about.
pub async fn newest_subject(portal: &Portal, tenant: &Tenant, name: &'static str) -> kernel::Uuid {
    let idx = newest(portal, tenant, name).await;
    let find = sql!("select subject_id from entry where tenant_id = $tenant and idx = $idx");
    let read = move |r: &mut kernel::Reader<'_>| r.row::<(kernel::Uuid,)>(find, params! { idx: idx });
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

/// How many entries there are of a name.
pub async fn count(portal: &Portal, tenant: &Tenant, name: &'static str) -> i64 {
    let find = sql!("select count(*) from entry where tenant_id = $tenant and name = $name");
    let read = move |r: &mut kernel::Reader<'_>| r.row::<(i64,)>(find, params! { name: name });
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().0
}

/// The user as the product knows it, asked by our own work.
pub(super) async fn known(portal: &Portal, tenant: &Tenant, name: &str) -> server::users::model::User {
    let name = name.to_owned();
    let read = move |r: &mut kernel::Reader<'_>| server::users::queries::by_key(r, None, &name);
    portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap().unwrap()
}

/// Sends a form.
pub(super) async fn post(http: &Http, path: &str, fields: &[(&str, &str)]) -> Answer {
    http.post(path).form(fields).send().await
}

/// A key of a service user with these rights, owned by the administrator, for an hour.
pub async fn key(portal: &Portal, tenant: &Tenant, rights: &[&'static str]) -> (UserId, String) {
    lasting_key(portal, tenant, rights, 3600).await
}

/// The same for so many seconds.
pub async fn lasting_key(
    portal: &Portal,
    tenant: &Tenant,
    rights: &[&'static str],
    seconds: i64,
) -> (UserId, String) {
    use server::tenants::{events::UserStarted, model::user_of};
    let (store, machine) = (&portal.app().store, portal.machine(tenant.id));
    let (now, chance) = (store.clock().now(), store.chance());
    let user = UserId::new(now, chance);
    let name = format!("service-{user}");
    let created = user_of(user, server::users::model::UserKind::Service, tenant.services, &name, &name);
    machine.apply(store, UserStarted { user: created, rights: rights.to_vec() }).await.unwrap();
    let secret = kernel::gate::Secret::new(tenant.id, chance);
    let made = server::signin::events::keys::KeyMade {
        key: kernel::KeyId::new(now, chance),
        user,
        owner: tenant.administrator.user,
        name,
        scope: rights.to_vec(),
        until: now.plus_seconds(seconds),
        secret: kernel::Kept(secret.hash),
    };
    machine.also().unwrap().apply(store, made).await.unwrap();
    (user, secret.text)
}

/// The rights to see and to manage users.
pub(super) const PEOPLE: [&str; 2] =
    [server::users::events::ViewUsers::KEY, server::users::events::ManageUsers::KEY];
