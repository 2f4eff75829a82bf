//! The archive, through the door, on both engines.

mod chain;
mod cutting;
mod deciding;
mod demo;
pub mod hearing;
mod hostile;
mod importing;
mod large;
mod order;
mod papers;
mod reaching;
mod seeking;
pub mod senders;

use kernel::{Event as _, Uuid, params, sql};
use server::archive::import::{self, Offer, Summary};
use server::archive::samples::SAMPLES;
use server::settings::events::{Expected, ManageSettings, SettingGiven};
use server::settings::model::{Place, Told};
use server::tenants::events::UserStarted;
use server::tenants::model::user_of;
use server::users::model::UserKind;
use vaktbok_tests::{Answer, Http, Portal, Tenant};

/// Brings files in as the command line does.
async fn bring_in(portal: &Portal, tenant: &Tenant, offer: Offer) -> Summary {
    let access = portal.app().gate.machine(tenant.id, "tests", portal.origin());
    import::run(portal.app(), &access, offer, |_, _, _, _| {}).await.unwrap()
}

/// A tenant with the repository's own samples in its archive.
pub async fn with_samples(portal: &Portal, number: i64) -> Tenant {
    let tenant = portal.tenant(number).await;
    let summary = bring_in(portal, &tenant, Offer::held(SAMPLES)).await;
    assert_eq!((summary.imported, summary.unchanged, summary.aside.len()), (12, 0, 0), "{:?}", summary.aside);
    tenant
}

/// A user with a mail address, who can be found as a call's agent.
async fn agent(
    portal: &Portal,
    tenant: &Tenant,
    mail: &str,
    rights: &[&'static str],
) -> vaktbok_tests::Somebody {
    let user = kernel::UserId::new(portal.app().store.clock().now(), portal.app().store.chance());
    let mut created = user_of(user, UserKind::Person, tenant.agents, mail, mail);
    created.particulars.mail = Some(mail.to_owned());
    let started = UserStarted { user: created, rights: rights.to_vec() };
    portal.machine(tenant.id).apply(&portal.app().store, started).await.unwrap();
    portal.give_password(tenant.id, user, false).await;
    vaktbok_tests::Somebody {
        user,
        number: tenant.number,
        user_name: mail.to_owned(),
        password: vaktbok_tests::PASSWORD.to_owned(),
    }
}

/// Sets a setting for the whole tenant.
async fn set(portal: &Portal, tenant: &Tenant, key: &str, value: serde_json::Value) {
    let given = SettingGiven {
        place: Place::Tenant,
        key: key.to_owned(),
        told: Told { value, mode: kernel::setting::Mode::Free },
        expected: Expected::Anything,
    };
    assert_eq!(SettingGiven::NAME.text, "setting.given");
    let grant = portal.machine(tenant.id).also::<ManageSettings>().unwrap();
    grant.apply(&portal.app().store, given).await.unwrap();
}

/// The entries of the archive log: name, body of the change, reason.
async fn archive_log(portal: &Portal, tenant: &Tenant) -> Vec<(String, String, String)> {
    let statement = sql!(
        "select e.name, coalesce((select p.body from entry_part p where p.tenant_id = $tenant and p.idx = e.idx and p.part = $change), ''),
           coalesce((select p.body from entry_part p where p.tenant_id = $tenant and p.idx = e.idx and p.part = $reason), '')
         from entry e where e.tenant_id = $tenant and e.log = $log order by e.idx"
    );
    let codes = (book::PartKind::Change.code(), book::PartKind::Reason.code(), book::Log::Archive.code());
    let (change, reason, log) = (i64::from(codes.0), i64::from(codes.1), i64::from(codes.2));
    let rows = portal
        .machine(tenant.id)
        .read(&portal.app().store, move |r| {
            r.rows(statement, params! { change: change, reason: reason, log: log })
        })
        .await;
    rows.unwrap()
}

async fn names(portal: &Portal, tenant: &Tenant) -> Vec<String> {
    archive_log(portal, tenant).await.into_iter().map(|(name, _, _)| name).collect()
}

/// The addresses in a page that begin so.
pub fn links(page: &str, start: &str) -> Vec<String> {
    let mark = format!("=\"{start}");
    page.split(&mark)
        .skip(1)
        .map(|rest| format!("{start}{}", rest.split('"').next().unwrap_or_default()))
        .collect()
}

/// The interaction whose line of the list says this.
pub async fn found(http: &Http, query: &str, subject: &str) -> Uuid {
    let page = http.get(&format!("/archive?{query}")).send().await.expect(200).text();
    assert!(page.contains(subject), "{subject} is not in {page}");
    let mut lines = page.split("<tr").skip(1).filter(|row| row.contains("=\"/archive/0"));
    let line = lines.find(|row| row.contains(subject)).unwrap();
    let link = links(line, "/archive/0").remove(0);
    let id = link.trim_start_matches("/archive/").split(['?', '&']).next().unwrap_or_default().to_owned();
    id.parse().unwrap()
}

/// Opens an interaction's content and gives the page.
pub async fn opened(http: &Http, id: Uuid, reason: &str) -> String {
    let answer =
        http.post(&format!("/archive/{id}/open")).form(&[("reason", reason)]).send().await.expect(303);
    let place = answer.header("location").unwrap().to_owned();
    http.get(&place).send().await.expect(200).text()
}

/// An answer's bytes.
fn bytes(answer: &Answer) -> &[u8] {
    answer.body.as_ref()
}
