//! A file that is set aside, for the doors that decide about it.

use kernel::Reader;
use server::archive::import::{self, Offer};
use server::archive::queries;
use vaktbok_tests::{Portal, Tenant};

/// Brings in a file that is no vCon, and gives the id of what was set aside.
pub async fn made(portal: &Portal, tenant: &Tenant, n: u64) -> String {
    let app = portal.app();
    let access = app.gate.machine(tenant.id, "tests", portal.origin());
    let broken = format!("{{\"vcon\": {n}");
    let offer = Offer::held(&[("broken.vcon.json", broken.as_bytes())]);
    import::run(app, &access, offer, |_, _, _, _| {}).await.unwrap();
    let read = |r: &mut Reader<'_>| queries::asides(r, None);
    portal.machine(tenant.id).read(&app.store, read).await.unwrap()[0].id.to_string()
}
