//! A program that follows a log: from a position on, oldest first.

use super::searched;
use kernel::policy::Anyone;
use serde_json::Value;
use server::logs::events::LogRead;
use vaktbok_tests::{Http, both_engines};

async fn page(http: &Http, key: &str, query: &str) -> Value {
    http.get(&format!("/api/v1/logs/access?{query}")).key(key).send().await.expect(200).json()
}

fn indexes(page: &Value) -> Vec<i64> {
    page["entries"].as_array().unwrap().iter().map(|entry| entry["index"].as_i64().unwrap()).collect()
}

/// Everything from a position on, page by page until there is no more, and the position then.
async fn followed(http: &Http, key: &str, filter: &str, mut after: i64) -> (Vec<i64>, i64) {
    let mut all = Vec::new();
    loop {
        let page = page(http, key, &format!("{filter}&after={after}")).await;
        all.extend(indexes(&page));
        let next = page["next"].as_i64().unwrap();
        assert!(next > after || page["cut"] == false, "it goes forward: {page}");
        after = next;
        if page["cut"] == false {
            return (all, after);
        }
    }
}

/// Everything newest first, page by page, turned round.
async fn listed(http: &Http, key: &str, filter: &str) -> Vec<i64> {
    let (mut all, mut from) = (Vec::new(), String::new());
    loop {
        let page = page(http, key, &format!("{filter}{from}")).await;
        all.extend(indexes(&page));
        match page["next"].as_i64() {
            Some(next) => from = format!("&from={next}"),
            None => break,
        }
    }
    all.reverse();
    all
}

both_engines! {
    async fn a_program_follows_a_log_from_a_position_oldest_first_and_misses_nothing(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        for name in ["kalle.karlsson", "lisa", "kalle.svensson"] {
            portal.try_sign_in(&portal.http(), 1001, name, "fel lösenord här").await;
        }
        let (service, key) = crate::users::key(&portal, &tenant, &["logs.access"]).await;
        let everything = kernel::sql!(
            "insert into reach (tenant_id, holder, kind, scope_id) values ($tenant, $user, 'all', $none)"
        );
        let given = move |w: &mut kernel::Writer<'_>| {
            w.any(everything, kernel::params! { user: service, none: kernel::Uuid::nil() })
        };
        portal.machine(tenant.id).quietly(&portal.app().store, given).await.unwrap();
        let grant: kernel::Grant<Anyone> = portal.machine(tenant.id).also().unwrap();
        let read = async |count: usize| {
            for n in 0..count {
                grant.apply(&portal.app().store, LogRead { log: "access", view: format!("n={n}") }).await.unwrap();
            }
        };
        read(130).await;
        let http = portal.http();
        // What asking leaves behind stands in the log of readings from the first time on.
        for filter in ["list=readings", "result=refused", "q=kalle", ""] {
            page(&http, &key, filter).await;
        }
        for indexed in [false, true] {
            if indexed {
                searched(&portal).await;
            }
            for (filter, least) in [("list=readings", 130), ("result=refused", 3), ("q=kalle", 2), ("q=finns-inte", 0)] {
                page(&http, &key, filter).await;
                let (all, end) = followed(&http, &key, filter, -1).await;
                assert_eq!(all, listed(&http, &key, filter).await, "{filter}, indexed: {indexed}");
                assert!(all.len() >= least && all.is_sorted(), "{filter}: {all:?}");
                let (none, same) = followed(&http, &key, filter, end).await;
                assert!(none.is_empty() && same == end, "{filter}: nothing new, and it stays there: {none:?}");
            }
            let (_, end) = followed(&http, &key, "list=readings", -1).await;
            read(60).await;
            let (new, _) = followed(&http, &key, "list=readings", end).await;
            assert_eq!(new.len(), 60, "what came since, once: {new:?}");
        }
        let far = page(&http, &key, "after=999999").await;
        assert!(indexes(&far).is_empty() && far["next"] == 999_999 && far["cut"] == false, "{far}");
        http.get("/api/v1/logs/access?after=x").key(&key).send().await.expect(422);
    }
}
