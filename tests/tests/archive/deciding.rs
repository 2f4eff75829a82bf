//! What a person does with files that were set aside.

use super::{agent, bring_in, bytes, links, names};
use server::archive::import::Offer;
use server::archive::samples::sample;
use vaktbok_tests::{World, both_engines};

/// Encrypted files in the content folder.
fn stored(world: &World) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|e| if e.path().is_dir() { count(&e.path()) } else { 1 }).sum()
    }
    count(&world.folder().path().join("content"))
}

both_engines! {
    async fn a_file_that_was_set_aside_is_taken_away_as_it_was_sent_in_and_discarded_for_good(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let file = b"{\"vcon\": \"broken <b>".as_slice();
        let broken = || Offer::held(&[("broken.vcon.json", file)]);
        bring_in(&portal, &tenant, broken()).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let page = http.get("/archive/aside").send().await.expect(200).text();
        let acts = links(&page, "/archive/aside/0");
        let act = |what: &str| acts.iter().find(|act| act.ends_with(what)).unwrap().clone();
        let taken = http.post(&act("/download")).send().await.expect(200);
        assert_eq!(bytes(&taken), file);
        let again = http.post(&act("/retry")).send().await.expect(303);
        assert_eq!(again.header("location"), Some("/archive/aside?done=aside"), "its cause is not mended");
        http.post(&act("/discard")).send().await.expect(303);
        assert_eq!(stored(&world), 0, "nothing of it is kept");
        let page = http.get("/archive/aside").send().await.expect(200).text();
        assert!(!page.contains("broken.vcon.json"), "{page}");
        for gone in [act("/download"), act("/retry"), act("/discard")] {
            assert_eq!(http.post(&gone).send().await.status, 404);
        }
        assert_eq!(names(&portal, &tenant).await, ["aside.opened", "aside.opened"]);
        let log = http.get("/logs/changes?name=aside.decided").send().await.expect(200).text();
        assert!(log.contains("broken.vcon.json"), "{log}");
        bring_in(&portal, &tenant, broken()).await;
        let page = http.get("/archive/aside").send().await.expect(200).text();
        assert!(page.contains("broken.vcon.json"), "sent in again it is looked at anew: {page}");
    }

    async fn a_file_is_tried_again_with_the_recording_that_was_kept_beside_it(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let call = sample("05-late-ferry.vcon.json").unwrap();
        let recording = ("05-late-ferry.mp3", sample("05-late-ferry.mp3").unwrap());
        let other = String::from_utf8(call.to_vec()).unwrap().replace("Oban", "Ardrossan");
        bring_in(&portal, &tenant, Offer::held(&[("call.vcon.json", call), recording])).await;
        let aside = bring_in(&portal, &tenant, Offer::held(&[("call.vcon.json", other.as_bytes()), recording])).await;
        assert_eq!(aside.aside[0].1[0].key(), "quarantine-other-version");
        let http = portal.sign_in(&tenant.administrator).await;
        let page = http.get("/archive/aside").send().await.expect(200).text();
        let retry = links(&page, "/archive/aside/0").into_iter().find(|act| act.ends_with("/retry")).unwrap();
        http.post(&retry).send().await.expect(303);
        let page = http.get("/archive/aside").send().await.expect(200).text();
        assert_eq!(page.matches("/retry\"").count(), 1, "it stays set aside, once: {page}");
        assert!(page.contains("Nothing was overwritten"), "for the same reason, its recording being there: {page}");
    }

    async fn a_program_fetches_the_bytes_of_a_file_that_was_set_aside(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let file = b"{\"vcon\": \"broken <b>".as_slice();
        bring_in(&portal, &tenant, Offer::held(&[("broken.vcon.json", file)])).await;
        let (_, secret) = crate::users::key(&portal, &tenant, &["archive.import"]).await;
        let http = portal.http();
        let listed = http.get("/api/v1/quarantine").key(&secret).send().await.expect(200).json();
        let address = format!("/api/v1/quarantine/{}/download", listed["files"][0]["id"].as_str().unwrap());
        let taken = http.post(&address).key(&secret).send().await.expect(200);
        assert_eq!(bytes(&taken), file);
        assert_eq!(names(&portal, &tenant).await, ["aside.opened"], "and it stands in the log");
        let (_, other) = crate::users::key(&portal, &tenant, &["archive.view"]).await;
        http.post(&address).key(&other).send().await.expect(403);
    }

    async fn s25_who_may_not_import_decides_about_nothing(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        bring_in(&portal, &tenant, Offer::held(&[("broken.vcon.json", b"{".as_slice())])).await;
        let boss = portal.sign_in(&tenant.administrator).await;
        let page = boss.get("/archive/aside").send().await.expect(200).text();
        let rights = ["archive.view", "archive.content", "archive.download"];
        let other = agent(&portal, &tenant, "leyla.haddad@norrsken.example", &rights).await;
        let http = portal.sign_in(&other).await;
        for act in links(&page, "/archive/aside/0") {
            assert_eq!(http.post(&act).send().await.status, 403, "{act}");
        }
    }
}
