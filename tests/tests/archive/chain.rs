//! The whole chain: brought in, found, played with a reason, in the archive log, exported, and verified offline.

use super::{archive_log, bring_in, found, links, opened, set};
use kernel::Grant;
use server::archive::import::Offer;
use server::archive::samples::SAMPLES;
use server::logs::book::{export, heads, key, queries};
use vaktbok_tests::{Portal, Tenant, both_engines};

/// The book's export, its newest head and its key file: all that an auditor is handed.
async fn handed_out(portal: &Portal, tenant: &Tenant) -> (Vec<u8>, String, String) {
    let app = portal.app();
    let head = heads::sign(app, tenant.id).await.unwrap().unwrap();
    let grant: Grant<kernel::policy::Machine> = portal.machine(tenant.id);
    let range = grant.read(&app.store, |r| export::range(r, 0)).await.unwrap();
    let rows = grant.read(&app.store, queries::keys).await.unwrap();
    let key = key::file(&range.origin, &rows).unwrap();
    let mut pieces = export::stream(app, &grant, range);
    let mut book = Vec::new();
    while let Some(piece) = pieces.recv().await {
        book.extend_from_slice(&piece.unwrap());
    }
    (book, head, key)
}

fn verdict(book: &[u8], head: &str, key: &str) -> verify::Answer {
    verify::verify(book, verify::Papers { head, key, earlier: None }).unwrap().answer()
}

both_engines! {
    async fn from_import_to_offline_verification(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let summary = bring_in(&portal, &tenant, Offer::held(SAMPLES)).await;
        assert_eq!(summary.imported, 12);
        set(&portal, &tenant, "archive.reason_required", true.into()).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let call = found(&http, "words=hagel", "Hagelskada").await;
        let page = opened(&http, call, "Complaint 4711").await;
        let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
        http.get(&audio).send().await.expect(200);
        http.post(&format!("{audio}/heard")).form(&[("from", "0"), ("to", "2")]).send().await.expect(204);
        assert_eq!(archive_log(&portal, &tenant).await.last().unwrap().0, "content.played");
        let (book, head, key) = handed_out(&portal, &tenant).await;
        let text = String::from_utf8(book.clone()).unwrap();
        assert_eq!(text.matches("interaction.imported").count(), 12);
        assert!(text.contains("Complaint 4711") && text.contains("content.played"));
        assert!(!text.contains("Hej och välkommen"), "what was said is not in the book");
        assert_eq!(verdict(&book, &head, &key), verify::Answer::Whole);
        let forged = text.replace("Complaint 4711", "Complaint 4712").into_bytes();
        assert_ne!(verdict(&forged, &head, &key), verify::Answer::Whole, "a reason that was altered later is found");
        let cut: Vec<u8> = text.lines().filter(|line| !line.contains("content.played")).flat_map(|l| l.bytes().chain([b'\n'])).collect();
        assert_ne!(verdict(&cut, &head, &key), verify::Answer::Whole, "a play that was taken out is found");
    }
}
