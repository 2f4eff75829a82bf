//! Finding: by queue, by name, by words; and that each search is an entry.

use super::{agent, archive_log, bring_in, found, links, names, opened, with_samples};
use server::archive::import::Offer;
use server::archive::samples::SAMPLES;
use vaktbok_tests::{Http, Portal, Tenant, both_engines};

/// A queue of the tenant, made through the pages' own events.
async fn queue(portal: &Portal, tenant: &Tenant, name: &str) -> kernel::QueueId {
    use server::profiles::events::{QueueCreated, QueueShape, WordAdded};
    use server::profiles::model::{Medium, WordKind};
    let (now, chance) = (portal.app().store.clock().now(), portal.app().store.chance());
    let (skill, queue) = (chance.uuid(now), kernel::QueueId(chance.uuid(now)));
    let word = WordAdded {
        word: skill,
        kind: WordKind::Skill,
        parent: kernel::Uuid::nil(),
        name: format!("S {name}"),
    };
    let machine = portal.machine(tenant.id);
    machine.also().unwrap().apply(&portal.app().store, word).await.unwrap();
    let shape = QueueShape { name: name.to_owned(), medium: Medium::Call, skill };
    machine.also().unwrap().apply(&portal.app().store, QueueCreated { queue, shape }).await.unwrap();
    queue
}

async fn lines(http: &Http, query: &str) -> usize {
    let page = http.get(&format!("/archive?{query}")).send().await.expect(200).text();
    page.split("<tbody").nth(1).map_or(0, |rows| rows.matches("href=\"/archive/0").count())
}

both_engines! {
    async fn the_queue_that_a_file_names_is_matched_found_shown_and_gives_reach(world: World) {
        use server::reach::events::{ReachDefined, ReachGiven};
        use server::reach::model::{Extent, Holder, ReachId};
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let cars = queue(&portal, &tenant, "BILSKADOR").await;
        bring_in(&portal, &tenant, Offer::held(SAMPLES)).await;
        let boss = portal.sign_in(&tenant.administrator).await;
        assert_eq!(lines(&boss, &format!("queue={cars}")).await, 1, "one of twelve names it; the others' queues nobody knows");
        let call = found(&boss, &format!("queue={cars}"), "Hagelskada").await;
        let page = boss.get(&format!("/archive/{call}")).send().await.expect(200).text();
        assert!(page.contains("BILSKADOR"), "{page}");
        let page = boss.get(&format!("/archive?queue={cars}")).send().await.expect(200).text();
        assert!(page.contains("Queue:</span> <span class=\"chip-value\">BILSKADOR"), "the chip says its name: {page}");
        let somebody = agent(&portal, &tenant, "leyla@norrsken.example", &["archive.view"]).await;
        let http = portal.sign_in(&somebody).await;
        assert_eq!(lines(&http, "").await, 0);
        let reach = ReachId(portal.app().store.chance().uuid(portal.app().store.clock().now()));
        let extent = Extent { everything: false, groups: Vec::new(), queues: vec![cars] };
        let machine = portal.machine(tenant.id);
        machine.also().unwrap().apply(&portal.app().store, ReachDefined { reach, name: "Bil".to_owned(), extent }).await.unwrap();
        machine.also().unwrap().apply(&portal.app().store, ReachGiven { reach, holder: Holder::User(somebody.user) }).await.unwrap();
        assert_eq!(lines(&http, "").await, 1, "reach over a queue shows what came by it");
        http.get(&format!("/archive/{call}")).send().await.expect(200);
    }

    async fn s32_a_search_for_a_name_number_or_mail_is_an_entry_once_for_each_view(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        for _ in 0..2 {
            http.get("/archive?q=yasmin.khalil").send().await.expect(200);
            http.get("/archive?q=yasmin.khalil&hide=group").send().await.expect(200);
        }
        assert_eq!(names(&portal, &tenant).await, ["archive.searched"], "the same view is told once");
        http.get("/archive?q=yasmin.khalil&medium=chat").send().await.expect(200);
        http.get("/archive?words=hagel").send().await.expect(200);
        http.get("/archive?words=hagel").send().await.expect(200);
        http.get("/archive?medium=chat").send().await.expect(200);
        let log = archive_log(&portal, &tenant).await;
        assert_eq!(log.len(), 3, "{log:?}");
        assert!(log[0].1.contains("yasmin.khalil") && log[1].1.contains("medium=chat") && log[2].1.contains("hagel"), "{log:?}");
        portal.clock().by_seconds(16 * 60);
        let http = portal.sign_in(&tenant.administrator).await;
        http.get("/archive?words=hagel").send().await.expect(200);
        assert_eq!(names(&portal, &tenant).await.len(), 4, "and again after a while");
    }

    async fn every_form_of_every_sought_word_is_marked_and_a_list_leads_to_it(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let call = found(&http, "words=ferries%20tickets", "Missed connection").await;
        let answer = http.post(&format!("/archive/{call}/open?words=ferries%20tickets")).form(&[]).send().await.expect(303);
        let page = http.get(answer.header("location").unwrap()).send().await.expect(200).text();
        assert!(page.contains("<mark>ferry</mark>") && page.contains("<mark>ticket</mark>"), "{page}");
        assert!(page.contains("href=\"#transcript-hit-1\"") && page.contains("id=\"transcript-hit-2\""), "{page}");
        let plain = opened(&http, call, "").await;
        assert!(!plain.contains("<mark>"), "without a search nothing is marked");
    }

    async fn an_agent_is_found_among_many_by_a_part_of_the_name(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        for mail in ["asa.lindqvist@norrsken.example", "jonas.bergstrom@norrsken.example"] {
            agent(&portal, &tenant, mail, &[]).await;
        }
        bring_in(&portal, &tenant, Offer::held(SAMPLES)).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let offered = |page: &str| ["asa.lindqvist", "jonas.bergstrom"].map(|name| page.contains(&format!(">{name}@norrsken.example</a>")));
        let all = http.get("/archive").send().await.expect(200).text();
        assert_eq!(offered(&all), [true, true], "{all}");
        let some = http.get("/archive?agents=BERGS").send().await.expect(200).text();
        assert_eq!(offered(&some), [false, true], "{some}");
        assert_eq!((lines(&http, "most=1").await, lines(&http, "most=100000").await), (0, 12), "lengths at most");
    }

    async fn an_interaction_leads_to_its_entries_and_its_agent_and_shows_who_heard_what(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let asa = agent(&portal, &tenant, "asa.lindqvist@norrsken.example", &["archive.view", "archive.content"]).await;
        bring_in(&portal, &tenant, Offer::held(SAMPLES)).await;
        let boss = portal.sign_in(&tenant.administrator).await;
        let call = found(&boss, "q=Hagelskada", "Hagelskada").await;
        let page = opened(&boss, call, "").await;
        assert!(page.contains(&format!("/users/{}", asa.user)) && page.contains(&format!("/logs/archive?subject={call}")), "{page}");
        let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
        http_heard(&boss, &audio).await;
        let own = portal.sign_in(&asa).await;
        let seen = opened(&own, call, "").await;
        assert!(!seen.contains("Heard by First administrator"), "an agent sees what they heard themselves: {seen}");
        assert!(!seen.contains("/logs/archive?subject="), "and not who opened it");
        let again = opened(&boss, call, "").await;
        assert!(again.contains("Heard by First administrator") && again.contains("0:03"), "{again}");
    }
}

async fn http_heard(http: &Http, audio: &str) {
    let told = [("from", "3"), ("to", "12"), ("over", "1")];
    http.post(&format!("{audio}/heard")).form(&told).send().await.expect(204);
}
