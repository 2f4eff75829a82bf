//! Who sees what: rights, reach, and other tenants.

use super::{agent, archive_log, bring_in, found, links, opened, with_samples};
use kernel::Uuid;
use server::archive::import::Offer;
use server::archive::samples::SAMPLES;
use vaktbok_tests::both_engines;

const FERRY: &str = "Missed connection after a late ferry";

both_engines! {
    async fn an_agent_sees_only_their_own_calls_and_only_the_details_of_them(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let priya = agent(&portal, &tenant, "priya.nair@harbourvale.example", &["archive.view"]).await;
        bring_in(&portal, &tenant, Offer::held(SAMPLES)).await;
        let boss = portal.sign_in(&tenant.administrator).await;
        let all = boss.get("/archive").send().await.expect(200).text();
        assert_eq!(all.matches("href=\"/archive/0").count(), 12);
        let http = portal.sign_in(&priya).await;
        let page = http.get("/archive").send().await.expect(200).text();
        let lines = page.matches("href=\"/archive/0").count();
        assert!((1..12).contains(&lines), "{lines} lines");
        assert!(page.matches("priya.nair@harbourvale.example").count() >= lines, "their own calls: {page}");
        let own = links(&page, "/archive/0").remove(0);
        let details = http.get(&own).send().await.expect(200).text();
        assert!(details.contains("Your rights show the details only"), "{details}");
        assert!(!details.contains("/open\"") && !details.contains("<audio"));
        assert_eq!(http.post(&format!("{own}/open")).form(&[]).send().await.status, 403);
        assert_eq!(http.get("/archive?words=ferry").send().await.status, 403, "a search hears what was said");
        let foreign = found(&boss, "q=Hagelskada", "Hagelskada").await;
        assert_eq!(http.get(&format!("/archive/{foreign}")).send().await.status, 404, "beyond reach");
    }

    async fn s26_another_tenants_interaction_is_as_unknown_as_a_made_up_one(world: World) {
        let portal = world.portal().await;
        let first = with_samples(&portal, 1001).await;
        let second = with_samples(&portal, 1002).await;
        let (mine, theirs) = (portal.sign_in(&first.administrator).await, portal.sign_in(&second.administrator).await);
        let foreign = found(&theirs, "q=ferry", FERRY).await;
        let opening = opened(&theirs, foreign, "").await;
        let audio = links(&opening, &format!("/archive/{foreign}/openings/")).remove(0);
        let made_up = Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0001);
        let before = archive_log(&portal, &second).await.len();
        for path in [format!("/archive/{foreign}"), audio.clone()] {
            let same = path.replace(&foreign.to_string(), &made_up.to_string());
            let (one, other) = (mine.get(&path).send().await, mine.get(&same).send().await);
            assert_eq!((one.status, one.text()), (404, other.text()));
        }
        let (one, other) = (mine.post(&format!("/archive/{foreign}/open")).form(&[]).send().await, mine.post(&format!("/archive/{made_up}/open")).form(&[]).send().await);
        assert_eq!((one.status, one.text()), (404, other.text()));
        assert_eq!(archive_log(&portal, &second).await.len(), before);
        assert!(archive_log(&portal, &first).await.is_empty(), "what was not there was not opened");
    }

    async fn s28_words_are_found_in_the_own_archive_alone(world: World) {
        let portal = world.portal().await;
        let full = with_samples(&portal, 1001).await;
        let empty = portal.tenant(1002).await;
        for (tenant, lines) in [(&full, 1), (&empty, 0)] {
            let http = portal.sign_in(&tenant.administrator).await;
            let page = http.get("/archive?words=V%C3%A4xj%C3%B6").send().await.expect(200).text();
            assert_eq!(page.matches("href=\"/archive/0").count(), lines, "{page}");
        }
    }
}
